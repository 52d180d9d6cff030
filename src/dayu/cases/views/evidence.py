"""证据: cards, the matrix facts × evidence, the player, and what the proof log says of a piece in plain words."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import F, OuterRef, Prefetch, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from dayu.cases import services
from dayu.cases.forms.base import CaseForm, ReasonForm
from dayu.cases.forms.investigation import FactForm, LinkForm
from dayu.cases.models import CaseEvidence, CaseFact
from dayu.cases.panels import panels_of
from dayu.cases.screen_reads import CasePage
from dayu.cases.views.shared import head, open_page, show
from dayu.cases.views.steps import refusal_row
from dayu.core import clock
from dayu.core.audit import AuditEntry, subject_key
from dayu.core.proof_models import Checkpoint
from dayu.core.refused import Refused
from dayu.core.ui import parts
from dayu.core.ui.words import short_day
from dayu.law.refusals import Refusal
from dayu.records.facts import evidence_digest, evidence_standing
from dayu.records.models import EvidenceItem
from dayu.records.models.evidence import EvidenceFile


@dataclass(frozen=True, slots=True)
class Card:
    """A piece of evidence on the board."""

    item: EvidenceItem
    standing: str
    words: str
    mark: str
    picture: str
    facts: Sequence[int]
    sealed: str
    chosen: bool


def standing_words(standing: str) -> tuple[str, str]:
    """How a standing is said and drawn."""
    return {
        "passed": (_("查证属实"), "fine"),
        "unchecked": (_("未查证"), "soon"),
        "changed": (_("查证后有变动"), "soon"),
        "failed": (_("查证不成立"), "overdue"),
        "withdrawn": (_("已撤回"), "waiting"),
    }[standing]


@login_required
def board(request: HttpRequest, pk: int) -> HttpResponse:
    """The board; `?item=` opens one piece beside it."""
    page = open_page(request, pk)
    items = _items(page)
    logged = _logged(items)
    links: dict[int, list[Mapping[str, Any]]] = {}
    for row in page.case.link_rows:  # type: ignore[attr-defined]  # annotated
        links.setdefault(row["item"], []).append(row)
    asked = request.GET.get("item", "")
    chosen = next((i for i in items if str(i.pk) == asked), items[0] if items else None)
    cards = [_card(i, links.get(i.pk, ()), logged, page, chosen) for i in items]
    context = {
        "cards": cards,
        "matrix": _matrix(page, items, links),
        "gaps": [f for f in page.facts if not f.proven],
        "chosen": chosen,
        "chosen_card": next((c for c in cards if c.chosen), None),
        "files": _files(chosen),
        "proof": _proof(chosen, logged) if chosen is not None else [],
        "digest": evidence_digest(chosen) if chosen is not None else "",
        "panels": panels_of("evidence", page.case, page.actor),
    }
    return show(request, "cases/evidence.html", page, "evidence", **context)


def _items(page: CasePage) -> list[EvidenceItem]:
    files = Prefetch("files", EvidenceFile.objects.select_related("stored").order_by("position"))
    rows = EvidenceItem.objects.visible_to(page.actor).of(*page.subjects).select_related("taken_by", "second_taker")
    return list(rows.prefetch_related("checks", files).order_by("id"))


def _logged(items: Sequence[EvidenceItem]) -> dict[str, list[AuditEntry]]:
    """The audit entries of all pieces with their places in the proof log, in one statement."""
    covering = Checkpoint.objects.filter(size__gt=OuterRef("proof__index")).order_by("size").values("signed_at")[:1]
    rows = AuditEntry.objects.filter(subject__in=[subject_key(i) for i in items]).annotate(
        place=F("proof__index"), sealed_at=Subquery(covering)
    )
    found: dict[str, list[AuditEntry]] = {}
    for row in rows.order_by("id"):
        found.setdefault(row.subject, []).append(row)
    return found


def _card(
    item: EvidenceItem, links: Sequence[Mapping[str, Any]], logged: Mapping[str, list[AuditEntry]], page: CasePage, chosen: Any
) -> Card:
    standing = evidence_standing(item)
    words, mark = standing_words(standing)
    picture = next((f for f in item.files.all() if f.stored.media_type.startswith("image/")), None)
    entries: list[Any] = logged.get(subject_key(item), [])
    sealed = next((e.sealed_at for e in entries if e.sealed_at is not None), None)
    numbers = {f.id: f.position for f in page.facts}
    return Card(
        item=item,
        standing=standing,
        words=words,
        mark=mark,
        picture=reverse("records:evidence_file", args=[item.pk, picture.pk]) if picture else "",
        facts=sorted(numbers[r["fact"]] for r in links if r["fact"] in numbers),
        sealed=short_day(sealed) if sealed else "",
        chosen=chosen is not None and item.pk == chosen.pk,
    )


def _matrix(
    page: CasePage, items: Sequence[EvidenceItem], links: Mapping[int, Sequence[Mapping[str, Any]]]
) -> parts.Matrix:
    present = [i for i in items if i.withdrawn_at is None]
    standings = {i.pk: evidence_standing(i) for i in present}
    url = reverse("cases:link_evidence", args=[page.case.pk])
    linked = {(r["fact"], r["item"]): r["id"] for rows in links.values() for r in rows}

    def cell(fact: int, item: EvidenceItem) -> parts.MatrixCell:
        link = linked.get((fact, item.pk))
        if link is None:
            return parts.MatrixCell("", f"{url}?fact={fact}&item={item.pk}" if page.handles else "")
        state: Any = "proves" if standings[item.pk] == "passed" else "unverified"
        away = reverse("cases:unlink_evidence", args=[page.case.pk, link]) if page.handles else ""
        return parts.MatrixCell(state, away)

    here = reverse("cases:evidence", args=[page.case.pk])
    heads = [parts.Link(f"{n} {i.name}", f"{here}?item={i.pk}") for n, i in enumerate(present, 1)]
    rows = [
        parts.MatrixRow(
            f"{f.position} {f.text}", [cell(f.id, i) for i in present],
            url=reverse("cases:fact", args=[page.case.pk, f.id]) if page.handles else "",
        )
        for f in page.facts
    ]  # fmt: skip
    return parts.Matrix(heads, rows)


def _files(item: EvidenceItem | None) -> list[parts.FileView]:
    if item is None:
        return []
    found = []
    for file in item.files.all():
        url = reverse("records:evidence_file", args=[item.pk, file.pk])
        found.append(
            parts.FileView(
                file.name, url, file.stored.media_type, file.stored.size, file.stored.sha256[:16], f"{url}?download", item.name
            )
        )
    return found


def _proof(item: EvidenceItem, logged: Mapping[str, list[AuditEntry]]) -> list[parts.Pair]:
    """“证明” in plain words: when it was recorded, under which seal, and who was there."""
    entries: list[Any] = logged.get(subject_key(item), [])
    pairs = []
    if entries:
        first = entries[0]
        pairs.append(parts.Pair(_("何时记入"), f"{_moment(first.entered_at)} {first.actor_name}"))
        sealed = next((e for e in entries if e.sealed_at is not None), None)
        if sealed is not None:
            words = {"n": sealed.place, "at": _moment(sealed.sealed_at)}
            pairs.append(parts.Pair(_("封在哪里"), _("记录链第 %(n)s 条，%(at)s 由签名的检查点锁定") % words))
        else:
            pairs.append(parts.Pair(_("封在哪里"), _("等待下一次检查点（一分钟内）"), tone="soon"))
        if len(entries) > 1:
            pairs.append(parts.Pair(_("之后的变动"), _("%(n)s 次，每次都有记录") % {"n": len(entries) - 1}))
    witnesses = "、".join(p.name for p in item.takers) or item.provided_by
    if witnesses:
        pairs.append(parts.Pair(_("谁在场"), witnesses))
    if item.place:
        pairs.append(parts.Pair(_("在哪里取得"), item.place))
    return pairs


def _moment(at: Any) -> str:
    return f"{at.astimezone(clock.LEGAL_ZONE):%Y-%m-%d %H:%M}"


# -- acts on the matrix ------------------------------------------------------------------------------------------------


@login_required
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Link a piece to a fact: what does it prove?"""
    page = open_page(request, pk)
    fact = get_object_or_404(CaseFact, case_id=pk, pk=_number(request, "fact"))
    item = get_object_or_404(EvidenceItem.objects.visible_to(page.actor), pk=_number(request, "item"))
    note = _("用“%(item)s”证明：%(fact)s") % {"item": item.name, "fact": fact.text}

    def act(form: CaseForm, **common: Any) -> Any:
        return services.link_evidence(fact, item=item, **common, **form.arguments())

    return _small_act(request, page, _("关联证据"), LinkForm, act, note=note)


@login_required
def unlink(request: HttpRequest, pk: int, link: int) -> HttpResponse:
    """The piece does not prove the fact after all."""
    page = open_page(request, pk)
    row = get_object_or_404(CaseEvidence.objects.select_related("fact__case", "item"), pk=link, fact__case_id=pk)
    note = _("“%(item)s”不再证明：%(fact)s") % {"item": row.item.name, "fact": row.fact.text}

    def act(form: CaseForm, **common: Any) -> Any:
        return services.unlink_evidence(row, **common, **form.arguments())

    return _small_act(request, page, _("解除证据关联"), ReasonForm, act, note=note)


@login_required
def fact(request: HttpRequest, pk: int, fact: int) -> HttpResponse:
    """Another wording of a fact."""
    page = open_page(request, pk)
    row = get_object_or_404(CaseFact.objects.select_related("case"), case_id=pk, pk=fact)

    def act(form: CaseForm, **common: Any) -> Any:
        return services.amend_fact(row, **common, **form.arguments())

    return _small_act(
        request, page, _("修改待证事实"), FactForm, act, initial={"text": row.text},
        also=(_("不再认定"), reverse("cases:drop_fact", args=[pk, fact])),
    )  # fmt: skip


@login_required
def drop(request: HttpRequest, pk: int, fact: int) -> HttpResponse:
    """The fact could not be proved."""
    page = open_page(request, pk)
    row = get_object_or_404(CaseFact.objects.select_related("case"), case_id=pk, pk=fact)

    def act(form: CaseForm, **common: Any) -> Any:
        return services.drop_fact(row, **common, **form.arguments())

    return _small_act(request, page, _("不再认定事实"), ReasonForm, act, note=row.text)


def _number(request: HttpRequest, name: str) -> int:
    value = request.POST.get(name) or request.GET.get(name, "")
    return int(value) if value.isdigit() else 0


def _small_act(
    request: HttpRequest,
    page: CasePage,
    title: str,
    form_class: type[CaseForm],
    act: Callable[..., Any],
    *,
    note: str = "",
    initial: Mapping[str, Any] | None = None,
    also: tuple[str, str] | None = None,
) -> HttpResponse:
    form = form_class(request.POST or None, page=page, initial=dict(initial or {}))
    refused: list[Refusal] = []
    if request.method == "POST" and form.is_valid():
        try:
            act(form, actor=page.actor, moment=clock.now(), idempotency_key=request.POST.get("once", "")[:80])
        except Refused as error:
            refused = list(error.refusals)
        else:
            messages.success(request, _("已办理：%(act)s") % {"act": title})
            return redirect("cases:evidence", pk=page.case.pk)
    context = {
        **head(request, page, "evidence"),
        "act_title": title,
        "form": form,
        "refusal_rows": [refusal_row(r, case=page.case.pk, party=None) for r in refused],
        "note": note,
        "button": title,
        "also": also,
        "once": secrets.token_urlsafe(16),
        "seen_version": "",
    }
    return render(request, "cases/act.html", context, status=422 if request.method == "POST" else 200)
