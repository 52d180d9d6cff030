"""The case page: 现在 with procedure, what to do now, amounts and limits; the limits with their arithmetic; the flow chart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from dayu.cases import facts
from dayu.cases.doors import door_of
from dayu.cases.models import CaseParty
from dayu.cases.panels import panels_of
from dayu.cases.screen_reads import CasePage
from dayu.cases.views.amounts import CompareRow, RangeView, compare, range_view, side_of
from dayu.cases.views.limits import limit_part, open_limits
from dayu.cases.views.people_words import party_pairs
from dayu.cases.views.shared import chosen_party, open_page, show
from dayu.cases.views.steps import NowTask, ahead_rows, column, flow, grouped, now_tasks, refusal_row
from dayu.core import clock
from dayu.core.ui import parts
from dayu.law.course import given_notice
from dayu.law.procedure import RunningLimit

HIDDEN = frozenset({"absorb_case", "archive_dossier"})  # done by another act, or by the domain that owns it


@login_required
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """现在: the first tab."""
    page = open_page(request, pk)
    return show(request, "cases/now.html", page, "case", **now_context(request, page))


def now_context(request: HttpRequest, page: CasePage) -> dict[str, Any]:
    """Everything of the first tab."""
    procedure, s = facts.procedure_of(page.case), page.situation
    key = chosen_party(request, page)
    party = page.party(key)
    limits = _limits(page, key)
    first, others = now_tasks(
        procedure, s, case=page.case.pk, actor=page.actor, waiting=_waiting(page), deadline_of=_deadline_of(page)
    )
    mine = [t for t in first if t.party in (None, key)]
    shown = [row for task in mine for row in task.rows]
    return {
        "ahead": ahead_rows(procedure, s, case=page.case.pk, party=key, shown=shown),
        "steps": column(procedure, s, party=key, url_of=lambda act, who: door_of(act, page.case.pk, who)),
        "tasks": mine,
        "elsewhere": [t for t in first if t.party not in (None, key)],
        "menu": grouped(_for_menu(others, key), procedure),
        "limits": [shown for _limit, shown in limits],
        "overdue": _overdue(page, limits, key),
        "chip": _chip(page, limits),
        "party_row": party,
        "party_pairs": party_pairs(page, party) if party else [],
        "panels": panels_of("now", page.case, page.actor),
        "next_task": _headline(mine),
        **amounts_of(page, party),
    }


def _headline(tasks: list[NowTask]) -> NowTask | None:
    """What the page is about: the first act that holds the case, else the first."""
    return next((t for t in tasks if t.duty == "must"), tasks[0] if tasks else None)


def _for_menu(tasks: list[NowTask], key: str | None) -> list[NowTask]:
    """What else the law allows now, for this party and the case."""
    return [t for t in tasks if t.party in (None, key) and t.act not in HIDDEN]


def _waiting(page: CasePage) -> dict[tuple[str, str | None], tuple[str, str]]:
    found = {}
    for row in page.waiting:
        words = _("%(name)s 于 %(day)s 报请，等待批准") % {"name": row.requested_by, "day": row.requested_at}
        number = row.request.rpartition(":")[2]
        url = reverse("office:approval", args=[int(number)]) if number.isdigit() else ""
        found[row.act, row.party] = (words, url)
    return found


def _limits(page: CasePage, key: str | None) -> list[tuple[RunningLimit, parts.Deadline]]:
    return open_limits(
        facts.procedure_of(page.case), page.situation, party=key, calendar=page.calendar, territory=page.county,
        now=clock.now(),
    )  # fmt: skip


def _overdue(page: CasePage, limits: list[tuple[RunningLimit, parts.Deadline]], key: str | None) -> list[parts.RefusalRow]:
    """Limits that ran out unmet: what the later act will carry as its mark stands on the page from the first day on."""
    procedure = facts.procedure_of(page.case)
    gone = [limit for limit, shown in limits if shown.state == "overdue" and limit.act]
    marks = [m for limit in gone for m in procedure.marks(limit.act, page.situation, limit.party or key)]
    return [replace(refusal_row(m, case=page.case.pk, party=key), danger=True) for m in marks]


def _deadline_of(page: CasePage) -> Callable[[Any], parts.Deadline | None]:
    def answer(limit: RunningLimit) -> parts.Deadline | None:
        return limit_part(
            limit, s=page.situation, calendar=page.calendar, territory=page.county, now=clock.now(), with_days=False
        )

    return answer


def _chip(page: CasePage, limits: list[tuple[RunningLimit, parts.Deadline]]) -> parts.Deadline | None:
    """The limit of the case with its arithmetic, as long as it runs."""
    return next((shown for limit, shown in limits if limit.request.key == "decision"), None)


def amounts_of(page: CasePage, party: CaseParty | None) -> dict[str, Any]:
    """The fine in its range and the notice against the draft, for one party."""
    if party is None or not page.case.violation:
        return {"range": None, "comparison": [], "differences": 0}
    view = page.situation.party(party.key)
    assert view is not None
    notice = given_notice(page.situation, party.key)
    told = dict(notice.params) if notice is not None else None
    amount_told = Decimal(str(told["amount_yuan"])) if told and told.get("amount_yuan") else None
    name = _("草案 v%(n)s") % {"n": party.draft.number} if party.draft else ""
    shown: RangeView = range_view(
        page.assessment(party), view.bounds, draft=view.draft, draft_name=name, notified=amount_told,
        similar=page.similar,
        side=side_of(party.kind, {"treated_as": party.treated_as} if party.treated_as else {}),
    )  # fmt: skip
    rows: list[CompareRow] = compare(
        told, view.draft, orders=party.draft.orders if party.draft else (),
        fact_texts={f"F{f.id}": f"{f.position} {f.text}" for f in page.facts},
    )  # fmt: skip
    return {
        "range": shown,
        "comparison": rows,
        "differences": sum(1 for r in rows if not r.same),
        "told_on": notice.on if notice else None,
        "draft_name": name,
    }


@login_required
def limits(request: HttpRequest, pk: int) -> HttpResponse:
    """Every limit of the case with its working, those that were met as well."""
    page = open_page(request, pk)
    procedure, now = facts.procedure_of(page.case), clock.now()
    shown = [
        limit_part(found, s=page.situation, calendar=page.calendar, territory=page.county, now=now)
        for found in procedure.limits(page.situation)
    ]
    rows = sorted((d for d in shown if d is not None), key=lambda d: (d.done, str(d.due)))
    return show(request, "cases/limits.html", page, "case", rows=rows)


@login_required
def chart(request: HttpRequest, pk: int) -> HttpResponse:
    """The procedure as a flow chart with "you are here"."""
    page = open_page(request, pk)
    key = chosen_party(request, page)
    drawn = flow(facts.procedure_of(page.case), page.situation, party=key, name=_("普通程序"))
    return show(request, "cases/chart.html", page, "case", flow=drawn)
