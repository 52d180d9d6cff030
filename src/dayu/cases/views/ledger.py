"""案件台账 and 处罚台账: filters as links, words, sorting, pages by key, Excel and print."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from dayu.cases import ledger as lines
from dayu.cases.doors import stage_name
from dayu.cases.forms.investigation import violation_choices
from dayu.cases.models import Case, CaseParty, CaseSource
from dayu.cases.policies import may_open_case
from dayu.core import clock
from dayu.core.access import note_access
from dayu.core.actors import Actor
from dayu.core.middleware import actor_of
from dayu.core.ui import parts
from dayu.core.ui.excel import sheet_response
from dayu.core.ui.paging import key_page
from dayu.core.ui.words import amount
from dayu.org.models import Agency
from dayu.parties.identifiers import covered_name
from dayu.work.deadline_view import SOON_DAYS

SIZE = 50
PRINTED = 500
PERSON_KINDS = frozenset({"citizen", "individual_business", "minor", "minor_with_guardian"})


@login_required
def ledger(request: HttpRequest) -> HttpResponse:
    """The cases one may see."""
    actor, today = actor_of(request), clock.today()
    wanted = lines.wanted_of(request.GET)
    found = lines.with_lines(lines.cases_wanted(actor, wanted, today=today))
    page = key_page(found, lines.SORTS[wanted.sort], query=request.GET, size=SIZE)
    note_access(page.rows, purpose=_("查阅台账"))
    counts = lines.open_counts(actor)
    table = parts.Table(
        columns=[
            parts.Column(_("案号")), parts.Column(_("案由、当事人")), parts.Column(_("阶段")),
            _sorted(request, _("办案期限"), "due", wanted.sort, "ascending"), parts.Column(_("罚款（元）"), align="right"),
            _sorted(request, _("立案"), "filed", wanted.sort, "descending"), parts.Column(_("承办"), hide_narrow=True),
        ],
        rows=[_row(c, actor) for c in page.rows],
        caption=_("案件台账"),
        filters=_filters(request, actor, wanted, counts),
        pager=page.pager(request.GET, shown=_("本页 %(n)s 件") % {"n": len(page.rows)}),
        export_url=f"{reverse('cases:export')}?{request.GET.urlencode()}",
        empty_title=_("没有符合条件的案件") if not wanted.is_plain else _("还没有案件"),
        empty_text=_("去掉一个条件再看；核查属实的线索可以立案。"),
        empty_action=parts.Link(_("看全部案件"), reverse("cases:ledger")),
    )  # fmt: skip
    context = {
        "table": table,
        "wanted": wanted,
        "open_total": sum(counts.values()),
        "may_open": may_open_case(None, actor=actor).allowed,
        "violations": violation_choices()[1:],
        "organs": _organs(actor),
        "query": request.GET.urlencode(),
    }
    return render(request, "cases/ledger.html", context)


def _row(case: Any, actor: Actor) -> parts.Row:
    url = reverse("cases:case", args=[case.pk])
    found = lines.parties_of(case)
    own = case.organ_id == actor.organ_id
    names = "、".join(p["name"] if own or p["kind"] not in PERSON_KINDS else covered_name(p["name"]) for p in found)
    fines = [float(p["fine"]) for p in found if p["fine"] not in (None, "")]
    chip = _chip(case)
    mark = [] if case.source == CaseSource.APP else [case.get_source_display()]
    return parts.Row(
        [
            parts.Cell(case.case_no or _("未立案"), url=url, nowrap=True, note="、".join(mark)),
            parts.Cell(case.title, note=names),
            stage_name(case.stage),
            parts.Cell(deadline=chip, text="") if chip else parts.Cell(_over(case), tone="muted"),
            parts.Cell(amount(str(round(sum(fines), 2))) if fines else "", tone="strong"),
            parts.Cell(case.filed_on.isoformat() if case.filed_on else "", nowrap=True),
            parts.Cell("、".join(lines.officers_of(case)), note="" if own else case.organ.short_name or case.organ.name),
        ],
        url=url,
        state=chip.state if chip else "",
    )


def _over(case: Case) -> str:
    if case.closed_on:
        return _("%(day)s 结案") % {"day": case.closed_on.isoformat()}
    return _("%(day)s 终结") % {"day": case.ended_on.isoformat()} if case.ended_on else ""


def _chip(case: Case) -> parts.Deadline | None:
    if case.decision_due_on is None or case.is_over:
        return None
    left = (case.decision_due_on - clock.today()).days
    state: parts.State = "overdue" if left < 0 else "soon" if left <= SOON_DAYS else "fine"
    return parts.Deadline(state=state, left=abs(left), due=case.decision_due_on)


def _sorted(request: HttpRequest, label: str, key: str, present: str, way: Any) -> parts.Column:
    query = _without(request, "sort", "after", "before")
    query["sort"] = "new" if present == key else key
    return parts.Column(label, sort_url=f"?{query.urlencode()}", sorted=way if present == key else "")


def _without(request: HttpRequest, *names: str) -> Any:
    query = request.GET.copy()
    for name in names:
        query.pop(name, None)
    return query


def _choice(request: HttpRequest, name: str, value: str, label: str, count: int | None = None) -> parts.Link:
    query = _without(request, name, "after", "before")
    if value:
        query[name] = value
    return parts.Link(label, f"?{query.urlencode()}", count, current=request.GET.get(name, "") == value)


def _filters(
    request: HttpRequest, actor: Actor, wanted: lines.Wanted, counts: dict[str, int]
) -> list[parts.FilterGroup]:
    """Each choice is a link that keeps the others; a number beside it is the number of open cases behind it."""
    total = sum(counts.values())
    stages = [_choice(request, "stage", "", _("全部"))]
    stages += [
        _choice(request, "stage", s, stage_name(s), counts.get(s))
        for s in lines.ALL_STAGES
        if counts.get(s) or s in ("archived", wanted.stage)
    ]
    today = clock.today()
    years = [_choice(request, "year", "", _("全部"))]
    years += [_choice(request, "year", str(y), str(y)) for y in range(today.year, today.year - 5, -1)]
    people = [_choice(request, "officer", "", _("全部"))]
    if actor.person_id is not None:
        people.append(_choice(request, "officer", str(actor.person_id), _("我办的")))
    if wanted.officer and wanted.officer != actor.person_id:
        people.append(_choice(request, "officer", str(wanted.officer), _("所选承办人")))
    return [
        parts.FilterGroup(
            _("办理"),
            [
                _choice(request, "state", "", _("全部")),
                _choice(request, "state", "open", _("在办"), total),
                _choice(request, "state", "over", _("已结")),
            ],
        ),
        parts.FilterGroup(_("阶段"), stages),
        parts.FilterGroup(
            _("期限"),
            [
                _choice(request, "due", "", _("全部")),
                _choice(request, "due", "overdue", _("逾期")),
                _choice(request, "due", "soon", _("三日内")),
                _choice(request, "due", "month", _("三十日内")),
            ],
        ),
        parts.FilterGroup(_("立案年度"), years),
        parts.FilterGroup(_("承办"), people),
        parts.FilterGroup(
            _("来源"),
            [_choice(request, "source", "", _("全部"))]
            + [_choice(request, "source", value, str(label)) for value, label in CaseSource.choices],
        ),
    ]


def _organs(actor: Actor) -> list[tuple[int, str]]:
    """Several organs only where the actor sees beyond his own."""
    if all(s.organ_id is not None for s in actor.scopes):
        return []
    return list(Agency.objects.visible_to(actor).order_by("territory__path", "id").values_list("pk", "name")[:80])


@login_required
def export(request: HttpRequest) -> HttpResponseBase:
    """The ledger as Excel, with the filters of the page."""
    actor, today = actor_of(request), clock.today()
    wanted = lines.wanted_of(request.GET)
    rows = lines.cases_wanted(actor, wanted, today=today).order_by("-id")
    note_access(["cases.ledger"], purpose=_("导出台账"))
    note = _("导出人 %(name)s，%(day)s，按页面条件，最多 %(n)s 行") % {
        "name": actor.name, "day": today.isoformat(), "n": lines.EXPORTED,
    }  # fmt: skip
    return sheet_response(_("案件台账"), lines.sheet_columns(), lines.sheet_rows(rows), note=note)


@login_required
def print_ledger(request: HttpRequest) -> HttpResponse:
    """The ledger on A4, with the filters of the page."""
    actor, today = actor_of(request), clock.today()
    wanted = lines.wanted_of(request.GET)
    rows = list(lines.with_lines(lines.cases_wanted(actor, wanted, today=today)).order_by("-id")[:PRINTED])
    note_access(rows, purpose=_("打印台账"))
    context = {
        "rows": [
            {
                "case": c, "stage": stage_name(c.stage), "parties": "、".join(p["name"] for p in lines.parties_of(c)),
                "officers": "、".join(lines.officers_of(c)),
                "fine": amount(str(sum(float(p["fine"]) for p in lines.parties_of(c) if p["fine"]))),
            }
            for c in rows
        ],
        "back_url": f"{reverse('cases:ledger')}?{request.GET.urlencode()}",
        "printed_by": actor.name,
        "cut": len(rows) == PRINTED,
    }  # fmt: skip
    return render(request, "cases/print_ledger.html", context)


# -- the penalty ledger ------------------------------------------------------------------------------------------------


@login_required
def penalties(request: HttpRequest) -> HttpResponse:
    """处罚台账: one line for each decided party, made of the acts."""
    actor, today = actor_of(request), clock.today()
    wanted = lines.penalties_wanted_of(request.GET, today=today)
    rows = lines.penalties(actor, wanted, today=today)
    page = key_page(rows, ("-decided_on", "-id"), query=request.GET, size=SIZE)
    note_access([p.case for p in page.rows], purpose=_("查阅处罚台账"))
    table = parts.Table(
        columns=[
            parts.Column(_("决定书文号")), parts.Column(_("当事人、案由")), parts.Column(_("罚款（元）"), align="right"),
            parts.Column(_("决定")), parts.Column(_("送达")), parts.Column(_("缴款期限")),
            parts.Column(_("已缴（元）"), align="right"), parts.Column(_("缴清")), parts.Column(_("台账来源"), hide_narrow=True),
        ],
        rows=[_penalty_row(p, actor) for p in page.rows],
        caption=_("处罚台账"),
        filters=_penalty_filters(request, wanted),
        pager=page.pager(request.GET, shown=_("本页 %(n)s 条") % {"n": len(page.rows)}),
        export_url=f"{reverse('cases:export_penalties')}?{request.GET.urlencode()}",
        empty_title=_("这一年还没有处罚决定"),
        empty_text=_("作出决定、送达、缴款后自动记入，不能手工加行；旧账从“导入旧台账”进来并带来源标记。"),
    )  # fmt: skip
    totals = lines.penalty_totals(rows) if wanted.year else None
    context = {"table": table, "wanted": wanted, "totals": totals, "query": request.GET.urlencode()}
    return render(request, "cases/penalties.html", context)


def _penalty_row(party: CaseParty, actor: Actor) -> parts.Row:
    case = party.case
    url = f"{reverse('cases:costs', args=[case.pk])}?party={party.pk}"
    own = case.organ_id == actor.organ_id
    late = party.pay_due_on is not None and party.paid_on is None and party.pay_due_on < clock.today()
    return parts.Row(
        [
            parts.Cell(party.decision_no or case.case_no, url=url, nowrap=True),
            parts.Cell(party.name if own or not party.natural_person else covered_name(party.name), note=case.title),
            parts.Cell(amount(party.fine_yuan) or "0", tone="strong"),
            _day(party.decided_on), _day(party.served_on),
            parts.Cell(party.pay_due_on.isoformat() if party.pay_due_on else "", tone="danger" if late else "", nowrap=True),
            amount(party.paid_yuan),
            _day(party.paid_on),
            parts.Cell(case.get_source_display(), note=case.source_note),
        ],
        url=url,
        state="overdue" if late else "",
    )  # fmt: skip


def _day(value: Any) -> parts.Cell:
    return parts.Cell(value.isoformat() if value else "", nowrap=True)


def _penalty_filters(request: HttpRequest, wanted: lines.PenaltyWanted) -> list[parts.FilterGroup]:
    today = clock.today()
    years = []
    for year in range(today.year, today.year - 6, -1):
        query = _without(request, "year", "after", "before")
        query["year"] = str(year)
        years.append(parts.Link(str(year), f"?{query.urlencode()}", current=wanted.year == year))
    query = _without(request, "year", "after", "before")
    query["year"] = "all"
    years.append(parts.Link(_("全部年度"), f"?{query.urlencode()}", current=wanted.year is None))
    paid = [("", _("全部")), ("paid", _("已缴清")), ("owing", _("未缴清")), ("late", _("逾期未缴"))]
    return [
        parts.FilterGroup(_("决定年度"), years),
        parts.FilterGroup(_("缴款"), [_choice(request, "paid", v, w) for v, w in paid]),
        parts.FilterGroup(
            _("来源"),
            [_choice(request, "source", "", _("全部"))]
            + [_choice(request, "source", value, str(label)) for value, label in CaseSource.choices],
        ),
    ]


@login_required
def export_penalties(request: HttpRequest) -> HttpResponseBase:
    """The penalty ledger as Excel."""
    actor, today = actor_of(request), clock.today()
    rows = lines.penalties(actor, lines.penalties_wanted_of(request.GET, today=today), today=today)
    note_access(["cases.penalties"], purpose=_("导出处罚台账"))
    note = _("导出人 %(name)s，%(day)s；由办案行为自动形成") % {"name": actor.name, "day": today.isoformat()}
    return sheet_response(_("处罚台账"), lines.penalty_columns(), lines.penalty_rows(rows), note=note)
