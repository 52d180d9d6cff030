"""Pages: two editions side by side, and what rests on changed law with whoever has to settle it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from dayu.basis.changes import previous_edition, settle_impact
from dayu.basis.comparing import ArticleChange, compare_editions
from dayu.basis.forms import SettleForm
from dayu.basis.impact import kind_name
from dayu.basis.models import ChangeImpact, Edition, Statute
from dayu.basis.policies import may_settle_impact
from dayu.basis.views import address_of, tabs
from dayu.core import clock
from dayu.core.act_pages import act_page
from dayu.core.actors import Actor
from dayu.core.middleware import actor_of
from dayu.core.refused import require
from dayu.core.ui.excel import sheet_response
from dayu.core.ui.parts import Cell, Column, DiffRow, FilterGroup, Link, Pager, Piece, Row, Table, Tone
from dayu.law.citations import laws

PAGE = 100
ROW_KINDS: Mapping[str, Literal["same", "changed", "removed", "added"]] = {
    "same": "same",
    "moved": "same",
    "changed": "changed",
    "added": "added",
    "repealed": "removed",
}


@login_required
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """An edition beside another one, by default the one before it: what changed, in which words."""
    edition = get_object_or_404(Edition.objects.select_related("statute"), pk=pk)
    others = list(edition.statute.editions.exclude(pk=pk))
    wanted = request.GET.get("with", "")
    other = next((o for o in others if str(o.pk) == wanted), None) or previous_edition(edition) or (others or [None])[0]
    changes: list[ArticleChange] = []
    if other is not None:
        old, new = sorted([other, edition], key=lambda e: e.in_force_from)
        changes = compare_editions(list(old.articles.all()), list(new.articles.all()))
    whole = request.GET.get("all") == "1"
    context = {
        "edition": edition,
        "other": other,
        "others": others,
        "changes": [(_heading(c), c, _row(c)) for c in changes if whole or c.kind not in {"same", "moved"}],
        "counts": _counts(changes),
        "whole": whole,
    }
    if other is not None:
        context |= {"old": old, "new": new}
    return render(request, "basis/compare.html", context)


def _heading(change: ArticleChange) -> str:
    old, new = change.old, change.new
    if old is None:
        return _("第 {n} 条（新增）").format(n=new)
    if new is None:
        return _("原第 {n} 条（删去）").format(n=old)
    return _("第 {n} 条").format(n=new) if old == new else _("第 {n} 条（原第 {old} 条）").format(n=new, old=old)


def _row(change: ArticleChange) -> DiffRow:
    pieces = change.pieces()
    left = [Piece(p.text, p.how == "old") for p in pieces if p.how != "new"]
    right = [Piece(p.text, p.how == "new") for p in pieces if p.how != "old"]
    return DiffRow(ROW_KINDS[change.kind], left, right)


def _counts(changes: Sequence[ArticleChange]) -> list[tuple[str, int]]:
    words = [
        ("changed", _("修改")),
        ("added", _("新增")),
        ("repealed", _("删去")),
        ("moved", _("只改条号")),
        ("same", _("未变")),
    ]
    return [(word, sum(1 for c in changes if c.kind == kind)) for kind, word in words]


@login_required
def changes(request: HttpRequest) -> HttpResponse:
    """What rests on changed law: open first, by the day from which the change counts."""
    actor = actor_of(request)
    which = request.GET.get("which", "open")
    rows = _wanted(request, actor, which)
    if request.GET.get("format") == "xlsx":
        return sheet_response(_("依据变更影响清单"), *_sheet(rows))
    found = list(rows[: PAGE + 1])
    names = dict(Statute.objects.filter(key__in={r.law for r in found}).values_list("key", "short_name"))
    table = Table(
        columns=[
            Column(_("引用依据的对象")), Column(_("种类"), hide_narrow=True), Column(_("变更的条文")),
            Column(_("新规定施行")), Column(_("处理")),
        ],
        rows=[_line(r, names, actor) for r in found[:PAGE]],
        caption=_("依据变更影响清单"),
        filters=[FilterGroup(_("范围"), _queues(request, actor, which))],
        pager=Pager(next_url=f"?which={which}&after={found[PAGE - 1].pk}") if len(found) > PAGE else None,
        empty_title=_("没有待处理的依据变更"),
        empty_text=_("导入修改后的依据时，引用被修改条文的事项、裁量阶次、期限、文书和在办案件会列在这里。"),
    )  # fmt: skip
    context = {"table": table, "tabs": tabs("changes"), "law": request.GET.get("law", ""), "which": which}
    return render(request, "basis/changes.html", context)


def _wanted(request: HttpRequest, actor: Actor, which: str) -> Any:
    rows = ChangeImpact.objects.visible_to(actor)
    rows = rows.open() if which != "settled" else rows.exclude(settled_at=None)
    if which == "frozen":
        rows = rows.filter(freezes_on__lte=clock.today())
    if which == "own":
        rows = rows.filter(organ_id=actor.organ_id)
    law, after = request.GET.get("law", ""), request.GET.get("after", "")
    if law:
        rows = rows.filter(law=law)
    if after.isdecimal():
        rows = rows.filter(pk__gt=int(after))
    return rows.order_by("pk")


def _queues(request: HttpRequest, actor: Actor, which: str) -> list[Link]:
    counts = ChangeImpact.objects.visible_to(actor).open().aggregate(
        open=Count("pk"), own=Count("pk", filter=Q(organ_id=actor.organ_id)),
        frozen=Count("pk", filter=Q(freezes_on__lte=clock.today())),
    )  # fmt: skip
    kinds = [("open", _("待处理")), ("own", _("本单位")), ("frozen", _("已冻结")), ("settled", _("已处理"))]
    return [
        Link(label, f"?which={key}", current=key == which, count=counts.get(key) if key in counts else None)
        for key, label in kinds
    ]


def _line(impact: ChangeImpact, names: dict[str, str], actor: Actor) -> Row:
    url = reverse("basis:settle", args=[impact.pk])
    place = _("{law}第{n}条").format(law=names.get(impact.law, impact.law), n=impact.article)
    became = "" if impact.new_article in (None, impact.article) else _("现第{n}条").format(n=impact.new_article)
    may = impact.settled_at is None and may_settle_impact(impact, actor=actor).allowed
    return Row(
        [
            Cell(impact.label, url=address_of(impact.subject)),
            kind_name(impact.kind),
            Cell(place, note=became, url=reverse("basis:article", args=[impact.law, impact.article or 1])),
            Cell(f"{impact.freezes_on}", nowrap=True),
            _settling(impact, url if may else ""),
        ],
        url=url if may else "",
    )


def _settling(impact: ChangeImpact, url: str) -> Cell:
    if impact.settled_at is not None:
        return Cell(impact.get_outcome_display(), note=f"{impact.settled_by} {clock.legal_date(impact.settled_at)}")
    frozen = impact.freezes_on <= clock.today()
    tone: Tone = "danger" if frozen else "soon"
    return Cell(_("已冻结，去处理") if frozen else _("去处理"), url=url, tone=tone)


def _sheet(rows: Any) -> tuple[list[str], list[list[Any]]]:
    columns = [
        _("对象"),
        _("种类"),
        _("依据"),
        _("原条文"),
        _("新条文"),
        _("新规定施行"),
        _("处理结果"),
        _("处理说明"),
        _("处理人"),
    ]
    known = laws()
    return columns, [
        [r.label, kind_name(r.kind), known[r.law].short if r.law in known else r.law, r.article, r.new_article,
         r.freezes_on, r.get_outcome_display(), r.reason, r.settled_by]
        for r in rows.iterator()
    ]  # fmt: skip


@login_required
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what became of one record."""
    actor = actor_of(request)
    impact = get_object_or_404(ChangeImpact.objects.visible_to(actor).select_related("edition__statute"), pk=pk)
    require(may_settle_impact(impact, actor=actor))
    articles = _("第{n}条").format(n=impact.article)
    law = impact.edition.statute.name if impact.edition is not None else impact.law
    return act_page(
        request,
        action=settle_impact,
        target=impact,
        form_class=SettleForm,
        title=_("处理依据变更：{label}").format(label=impact.label),
        note=_("{law}{articles}有变更，{day}起施行。").format(law=law, articles=articles, day=impact.freezes_on),
        back=f"{reverse('basis:changes')}?law={impact.law}",
    )
