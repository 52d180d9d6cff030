"""What every page of a case shows: head, tabs, the chosen party, the chip of the time limit."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from dayu.cases.doors import stage_name
from dayu.cases.screen_reads import CasePage, case_page
from dayu.core import clock
from dayu.core.access import note_access
from dayu.core.middleware import actor_of
from dayu.core.ui import parts
from dayu.law.procedures.ordinary_penalty import STAGES
from dayu.work.deadline_view import SOON_DAYS

ORDER = {stage: place for place, stage in enumerate((*STAGES, "ended", "archived"))}


def open_page(request: HttpRequest, pk: int) -> CasePage:
    """The case for this request; who may not see it finds no page. The reading is recorded."""
    page = case_page(pk, actor=actor_of(request), today=clock.today())
    note_access([page.case], purpose=_("办理案件") if page.handles else _("查阅案件"), masked=not page.handles)
    return page


def chosen_party(request: HttpRequest, page: CasePage) -> str | None:
    """The party that the reader chose, else the one that is furthest behind."""
    present = [p for p in page.party_names if not p["left_on"]]
    asked = request.GET.get("party", "")
    if any(str(p["id"]) == asked for p in present):
        return asked
    if not present:
        return None
    return str(min(present, key=lambda p: (ORDER.get(p["stage"], 0), p["position"]))["id"])


def show(request: HttpRequest, template: str, page: CasePage, tab: str, **context: Any) -> HttpResponse:
    """A page of the case with its head."""
    return render(request, template, {**head(request, page, tab), **context})


def head(request: HttpRequest, page: CasePage, tab: str) -> dict[str, Any]:
    """The head of the page: number, cause, officers, chip, tabs, party switch."""
    case = page.case
    party = chosen_party(request, page)
    return {
        "page": page,
        "case": case,
        "party": party,
        "stage": stage_name(case.stage),
        "handlers": [o.name for o in page.officers if o.present and o.recused_on is None],
        "tabs": tabs(page, tab, party),
        "switch": switch(page, party, request.path),
        "chip": chip(page),
        "current_tab": tab,
    }


def tabs(page: CasePage, current: str, party: str | None) -> list[parts.Link]:
    """The nine tabs; numbers are doors."""
    counted: dict[str, int | None] = {
        "timeline": page.case.entries,
        "documents": page.counts["documents"],
        "evidence": page.counts["evidence"],
        "related": len(page.origins) + len([c for c in (page.case.merged_into_id, page.case.split_from_id) if c]) or None,
        "log": page.counts["audit"],
    }
    names = [
        ("case", _("现在")), ("timeline", _("经过")), ("documents", _("文书")), ("evidence", _("证据")),
        ("discretion", _("裁量")), ("costs", _("费用")), ("people", _("人员")), ("related", _("关联")), ("log", _("操作记录")),
    ]  # fmt: skip
    keep = f"?party={party}" if party and len(page.party_names) > 1 else ""
    return [
        parts.Link(
            label, reverse(f"cases:{name}", args=[page.case.pk]) + keep, counted.get(name), current=name == current
        )
        for name, label in names
    ]


def switch(page: CasePage, party: str | None, path: str) -> list[parts.Link]:
    """One link for each party where there are several, with where it stands."""
    present = [p for p in page.party_names if not p["left_on"]]
    if len(present) < 2:
        return []
    return [
        parts.Link(f"{p['name']} · {stage_name(p['stage'] or page.case.stage)}", f"{path}?party={p['id']}",
                   current=str(p["id"]) == party)
        for p in present
    ]  # fmt: skip


def chip(page: CasePage) -> parts.Deadline | None:
    """The limit of the whole case, from the kept answer; its arithmetic stands on the first tab."""
    case = page.case
    if case.decision_due_on is None or case.is_over:
        return None
    left = (case.decision_due_on - page.today).days
    state: parts.State = "overdue" if left < 0 else "soon" if left <= SOON_DAYS else "fine"
    return parts.Deadline(
        state=state, left=abs(left), due=case.decision_due_on, name=_("办案期限"),
        url=reverse("cases:limits", args=[case.pk]),
    )
