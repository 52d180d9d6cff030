"""Pages: imported statutes, an edition, an article with what rests on it, importing, and every parameter of a territory."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.apps import apps
from django.contrib.auth.decorators import login_required
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from dayu.basis import services
from dayu.basis.forms import EndForm, ImportForm
from dayu.basis.models import Citation, Edition, Statute
from dayu.basis.policies import may_keep_library
from dayu.basis.selectors import article_on
from dayu.core import clock
from dayu.core.act_pages import act_page
from dayu.core.middleware import actor_of
from dayu.core.refused import require
from dayu.core.ui.parts import Cell, Column, Link, Row, Table
from dayu.law.citations import laws


def tabs(here: str) -> list[Link]:
    """The pages of the library."""
    return [
        Link(_("依据库"), reverse("basis:list"), current=here == "list"),
        Link(_("依据变更"), reverse("basis:changes"), current=here == "changes"),
        Link(_("地区规则"), reverse("basis:parameters"), current=here == "parameters"),
    ]


@login_required
def statutes(request: HttpRequest) -> HttpResponse:
    """Imported editions, and what the rulebook cites but nobody imported yet."""
    actor = actor_of(request)
    editions = list(
        Edition.objects.select_related("statute")
        .annotate(size=Count("articles"))
        .order_by("statute__name", "-in_force_from")
    )
    today = clock.today()
    imported = {e.statute.key for e in editions}
    table = Table(
        columns=[
            Column(_("名称")),
            Column(_("效力级别")),
            Column(_("版本")),
            Column(_("有效期")),
            Column(_("条数"), align="right"),
        ],
        rows=[
            Row(
                [
                    Cell(e.statute.name, url=reverse("basis:edition", args=[e.pk]), note=e.statute.issuer),
                    e.statute.get_level_display(),
                    e.edition,
                    Cell(_span(e), tone="" if e.in_force_until is None or e.in_force_until >= today else "muted"),
                    e.size,
                ],
                url=reverse("basis:edition", args=[e.pk]),
            )
            for e in editions
        ],
        caption=_("依据库"),
        empty_title=_("还没有导入依据"),
        empty_text=_("从官方渠道下载文本后导入；本系统不附带法律文本。导入后可按日期查看条文，并核对文书引用。"),
    )
    missing = [known for key, known in laws().items() if key not in imported]
    return render(
        request,
        "basis/list.html",
        {
            "table": table,
            "tabs": tabs("list"),
            "missing": missing,
            "may_import": may_keep_library(None, actor=actor).allowed,
        },
    )


def _span(edition: Edition) -> str:
    return f"{edition.in_force_from} – {edition.in_force_until or _('现行')}"


@login_required
def edition_page(request: HttpRequest, pk: int) -> HttpResponse:
    """All articles of one edition, each with how much rests on it."""
    actor = actor_of(request)
    edition = get_object_or_404(Edition.objects.select_related("statute"), pk=pk)
    words = request.GET.get("q", "").strip()
    articles = [a for a in edition.articles.all() if not words or words in a.text]
    resting: dict[int | None, int] = {
        row["article"]: row["n"]
        for row in Citation.objects.visible_to(actor)
        .filter(law=edition.statute.key, article__isnull=False)
        .order_by()
        .values("article")
        .annotate(n=Count("subject", distinct=True))
    }
    return render(
        request,
        "basis/edition.html",
        {
            "edition": edition,
            "articles": [(a, resting.get(a.number, 0)) for a in articles],
            "words": words,
            "others": list(edition.statute.editions.exclude(pk=pk)),
            "may_end": edition.in_force_until is None and may_keep_library(edition, actor=actor).allowed,
        },
    )


@login_required
def article_page(request: HttpRequest, law: str, number: int) -> HttpResponse:
    """One article on a day, and the impact list: everything that cites it."""
    actor = actor_of(request)
    on = day_of(request) or clock.today()
    found = article_on(law, number, on) if number < 10000 else None
    name = _law_name(law)
    cited = Citation.objects.visible_to(actor).filter(law=law, article=number).order_by("-id")[:500]
    table = Table(
        columns=[Column(_("援引它的记录")), Column(_("款项")), Column(_("种类"))],
        rows=[Row([Cell(c.label or c.subject, url=address_of(c.subject)), _place(c), _kind(c.subject)]) for c in cited],
        caption=_("援引本条的记录"),
        empty_title=_("没有记录援引本条"),
        empty_text=_("本条修改或者废止时，这里列出需要调整的事项、基准和在办案件。"),
    )
    context = {"law": law, "law_name": name, "number": number, "article": found, "on": on, "table": table}
    return render(request, "basis/article.html", context)


def _law_name(key: str) -> str:
    """The name of a law that the rulebook or the library knows."""
    known = laws().get(key)
    if known is not None:
        return known.name
    return get_object_or_404(Statute, key=key).name


def day_of(request: HttpRequest) -> date | None:
    """The day that the address asks for (`on`), or None."""
    try:
        return date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return None


def _place(citation: Citation) -> str:
    parts = [_("第{n}款").format(n=citation.paragraph)] if citation.paragraph else []
    parts += [_("第{n}项").format(n=citation.item)] if citation.item else []
    return "".join(parts)


def _kind(subject: str) -> str:
    label = subject.rsplit(":", 1)[0]
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):
        return ""


def address_of(subject: str) -> str:
    """The page of a record, by the names that its domain gives to addresses; empty where it has none."""
    label, _colon, pk = subject.rpartition(":")
    domain, _dot, model = label.partition(".")
    for name in (f"{domain}:{model}", f"{domain}:{model.removeprefix('enforcement')}"):
        try:
            return reverse(name, args=[pk])
        except NoReverseMatch:
            continue
    return ""


@login_required
def import_page(request: HttpRequest) -> HttpResponse:
    """Import one edition."""
    actor = actor_of(request)
    require(may_keep_library(None, actor=actor))
    key = request.GET.get("key", "")
    known = laws().get(key)
    initial: dict[str, Any] = {}
    if known is not None:
        newest = known.editions[-1]
        initial = {"key": key, "name": known.name, "short_name": known.short, "level": known.level,
                   "edition": newest.edition, "in_force_from": newest.in_force_from}  # fmt: skip
    return act_page(
        request,
        action=services.import_statute,
        target=None,
        form_class=ImportForm,
        initial=initial,
        title=_("导入依据"),
        note=_("使用官方公布的文本。每条以“第×条”开头另起一行；条号不连续会被拒绝。"),
        back=reverse("basis:list"),
    )


@login_required
def end_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The last day of an edition."""
    edition = get_object_or_404(Edition.objects.select_related("statute"), pk=pk)
    require(may_keep_library(edition, actor=actor_of(request)))
    return act_page(
        request,
        action=services.end_edition,
        target=edition,
        form_class=EndForm,
        title=_("依据废止或失效"),
        note=f"{edition.statute.name}（{edition.edition}）",
        back=reverse("basis:edition", args=[pk]),
    )
