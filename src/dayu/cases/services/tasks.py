"""What waits in a case, and on whom: tasks and running deadlines follow from the procedure after every entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from dayu.cases import facts
from dayu.cases.models import Case, CaseParty
from dayu.cases.policies import may_run_system
from dayu.cases.selectors import case_url
from dayu.core import clock
from dayu.core.actions import action, note
from dayu.core.actors import Actor
from dayu.core.audit import plain, subject_key
from dayu.law.procedure import NextAct, RunningLimit, Step
from dayu.law.refusals import Refusal, worded
from dayu.law.words import word
from dayu.work.holders import Holder
from dayu.work.holders import person as by_person
from dayu.work.holders import post as by_post
from dayu.work.models import RunningDeadline, Task
from dayu.work.services import close_task, end_deadline, exclude_days, extend_deadline, open_task, start_deadline

# Acts whose own domain opens the task: publication, archive, review, preserved goods, verification of a lead.
ELSEWHERE = frozenset({
    "publish_decision", "archive_dossier", "pass_legal_review", "dispose_preserved_evidence", "register_lead",
})  # fmt: skip
# Limits that stand beside a task here; the others are watched by the domains that they belong to.
WATCHED = frozenset({
    "decision", "ordered", "serve_decision", "pay", "hearing_request", "defence", "demand", "court_apply",
    "court_apply_deferred", "transfer_decide", "transfer_send",
})  # fmt: skip
# What only time resolves: nothing is to be done but to know the day.
ONLY_TIME = frozenset({
    "procedure.hearing_period_running", "procedure.defence_period_running", "procedure.order_still_running",
    "procedure.public_notice_running", "procedure.demand_running", "procedure.suit_period_running", "procedure.hearing_not_yet",
})  # fmt: skip
LIMIT_BEHIND = {
    "procedure.hearing_period_running": "hearing_request", "procedure.defence_period_running": "defence",
    "procedure.order_still_running": "ordered", "procedure.demand_running": "demand",
}
# Done by the party: the organ watches until the last day, and acts after it.
BY_THE_PARTY = frozenset({"record_payment", "record_performance"})
# What waits on the head himself: nobody whose own part in the case is in question asks for it.
FOR_THE_HEAD = frozenset({"decide_recusal"})
LONGEST_WHY = 300


@dataclass(frozen=True, slots=True)
class Wanted:
    """One task that there should be: the act, for whom, why, until when, and whether it is to be done or only watched."""

    act: str
    party: CaseParty | None
    title: str
    holder: Holder
    manner: str
    why: str
    limit: RunningLimit | None
    refusals: tuple[Refusal, ...]

    def subject(self, case: Case) -> str:
        """What the task is about: the party in this case, or the case."""
        return subject_key(self.party or case)


@action(label=_("更新案件待办"), policy=may_run_system, doors={"system"})
def renew_tasks(case: Case, *, actor: Actor, moment: datetime) -> int:
    """Open, renew and close the tasks of a case, so that they say what the procedure says now. Safe to repeat."""
    today = clock.legal_date(moment)
    situation, procedure = facts.situation_of(case, today=today), facts.procedure_of(case)
    parties = {p.key: p for p in case.parties.all()}
    limits = [limit for limit in procedure.limits(situation) if limit.request.key in WATCHED]
    deadlines = _renew_deadlines(case, limits, parties, actor, moment)
    wanted = _wanted(case, procedure.next_acts(situation), limits, parties, today)
    for row in wanted:
        _open(case, row, deadlines, moment)
    kept = {(row.subject(case), f"cases.{row.act}") for row in wanted}
    closed = 0
    for task in Task.objects.open().filter(related=subject_key(case), act__startswith="cases."):
        if (task.subject, task.act) not in kept:
            closed += close_task(task.subject, task.act, moment=moment, slot=task.slot)
    note(open=len(wanted), closed=closed)
    return len(wanted)


def _wanted(
    case: Case, acts: Iterable[NextAct], limits: list[RunningLimit], parties: Mapping[str, CaseParty], today: date
) -> list[Wanted]:
    asked = set(case.approvals.filter(outcome="").values_list("act", "party_id"))
    handler = _handler_of(case)
    found: dict[tuple[str, int | None], Wanted] = {}
    for entry in acts:
        party = parties.get(entry.party or "")
        key = (entry.act, party.pk if party else None)
        if entry.duty.kind != "must" or entry.act in ELSEWHERE or key in asked or key in found:
            continue
        found[key] = _task_for(case, entry, party, handler, limits, today)
    return list(found.values())


def _task_for(
    case: Case, entry: NextAct, party: CaseParty | None, handler: Holder, limits: list[RunningLimit], today: date
) -> Wanted:
    step = facts.procedure_of(case).step(entry.act)
    refusals = entry.verdict.refusals
    limit = _limit_of(entry, limits)
    name = word("acts", entry.act)
    asked = "agency_head" in step.roles and entry.act not in FOR_THE_HEAD
    title = _text("报请：%(act)s") % {"act": name} if asked else name
    holder = _holder_of(step, handler)
    only_time = bool(refusals) and all(r.rule in ONLY_TIME for r in refusals)
    waiting = entry.act in BY_THE_PARTY and limit is not None and _last_day(case, limit) >= today
    if only_time:
        title = worded(refusals[0]).reason
    why = worded(refusals[0]).reason if refusals else ""
    manner = Task.WATCH if only_time or waiting else Task.ACT
    return Wanted(entry.act, party, title[:200], holder, manner, why[:LONGEST_WHY], limit, refusals)


def _holder_of(step: Step, handler: Holder) -> Holder:
    if step.act in FOR_THE_HEAD:
        return by_post("agency_head")
    return by_post("hearing_presider") if step.roles == ("hearing_presider",) else handler


def _limit_of(entry: NextAct, limits: list[RunningLimit]) -> RunningLimit | None:
    """The limit that drives the act: the period that still blocks it, else its own, else that of the case."""
    behind = [LIMIT_BEHIND[r.rule] for r in entry.verdict.refusals if r.rule in LIMIT_BEHIND]
    open_limits = [limit for limit in limits if entry.party is None or limit.party in (None, entry.party)]
    for key in behind:
        found = next((limit for limit in open_limits if limit.request.key == key), None)
        if found is not None:
            return found
    running = [limit for limit in open_limits if limit.met_by is None]
    own = next((limit for limit in running if limit.act == entry.act), None)
    return own or next((limit for limit in running if limit.request.key == "decision"), None)


def _last_day(case: Case, limit: RunningLimit) -> date:
    return facts.deadline_of(case)(limit.request)


def _handler_of(case: Case) -> Holder:
    """The lead officer; without one, whoever heads the unit."""
    rows = case.officers.filter(until_on=None, recused_on=None).order_by("-role", "id")
    lead = rows.filter(role="lead").first() or rows.first()
    if lead is None:
        return by_post("unit_head", unit_id=case.unit_id)
    return by_person(lead.person_id, unit_id=case.unit_id)


# -- deadlines ---------------------------------------------------------------------------------------------------------

Deadlines = dict[tuple[str, str], RunningDeadline]


def _renew_deadlines(
    case: Case, limits: list[RunningLimit], parties: Mapping[str, CaseParty], actor: Actor, moment: datetime
) -> Deadlines:
    subjects = [subject_key(case), *(subject_key(p) for p in parties.values())]
    rows = RunningDeadline.objects.open().filter(subject__in=subjects, limit_key__in=WATCHED)
    present = {(row.subject, row.limit_key): row for row in rows}
    found: Deadlines = {}
    for limit in limits:
        subject = _owner(case, limit)
        key = (subject, limit.request.key)
        row = present.get(key)
        if limit.met_by is not None:
            if row is not None:
                end_deadline(row, moment=moment)
            continue
        if row is not None and row.starts_on != limit.request.start:
            end_deadline(row, moment=moment, how="void")
            row = None
        found[key] = _follow(row, limit, actor, moment) if row is not None else _start(case, subject, limit, moment)
    wanted = {(_owner(case, x), x.request.key) for x in limits}
    for key, row in present.items():
        if key not in wanted:
            end_deadline(row, moment=moment, how="void")
    return found


def _start(case: Case, subject: str, limit: RunningLimit, moment: datetime) -> RunningDeadline:
    request, handler = limit.request, _handler_of(case)
    starts: date | datetime = request.start
    if request.key == "transfer_send" and request.start_at is not None:
        starts = request.start_at
    row = start_deadline(
        subject, request.key, starts=starts, organ_id=case.organ_id, moment=moment, related=case,
        start_event=word("entries", limit.started_by.kind), territory=case.territory_code, days=request.days,
        exclusions=_ended(request.excluded, clock.legal_date(moment)), responsible_person_id=handler.person_id,
        responsible_unit_id=case.unit_id, url=case_url(case),
    )
    return _follow(row, limit, actor=None, moment=moment)


def _follow(row: RunningDeadline, limit: RunningLimit, actor: Actor | None, moment: datetime) -> RunningDeadline:
    """Grants and pauses since the deadline was last looked at."""
    by = actor or Actor(account_id=None, name=limit.started_by.kind, door="system")
    missing = limit.request.extension_days - sum(int(e["days"]) for e in row.extensions)
    if missing > 0:
        extend_deadline(
            row, days=missing, reason=word("entries", "extension_approved"), by=by, granted_on=clock.legal_date(moment),
            moment=moment,
        )
    known = {tuple(e) for e in row.exclusions}
    for first, last in _ended(limit.request.excluded, clock.legal_date(moment)):
        if (plain(first), plain(last)) not in known:
            exclude_days(row, first=first, last=last, reason=word("entries", "clock_paused"), by=by, moment=moment)
    return row


def _ended(pauses: Iterable[tuple[date, date]], today: date) -> list[tuple[date, date]]:
    """Pauses that are over: of one that still runs nobody knows the last day."""
    return [(first, last) for first, last in pauses if last < today]


def _open(case: Case, row: Wanted, deadlines: Deadlines, moment: datetime) -> None:
    deadline = None
    if row.limit is not None:
        deadline = deadlines.get((_owner(case, row.limit), row.limit.request.key))
    open_task(
        row.subject(case), f"cases.{row.act}", title=row.title, holder=row.holder, organ_id=case.organ_id,
        url=_url(case, row), moment=moment, related=case, matter_no=case.case_no,
        matter_title=f"{case.title}（{row.party.name}）" if row.party and case.parties.count() > 1 else case.title,
        why=row.why, basis=row.refusals[0].basis if row.refusals else (), deadline=deadline, territory=case.territory_code,
        button=_text("查看案件") if row.refusals or row.manner == Task.WATCH else _text("去办理"), manner=row.manner,
        awaited_by_unit_id=case.unit_id,
    )


def _owner(case: Case, limit: RunningLimit) -> str:
    """What the limit runs for: a party of the case, or the case."""
    return f"cases.caseparty:{limit.party}" if limit.party else subject_key(case)


def _url(case: Case, row: Wanted) -> str:
    """The page of the act where it can be done now; the page of the case, with all reasons, where it cannot."""
    if row.refusals or row.manner == Task.WATCH:
        return case_url(case)
    try:
        url = reverse("cases:act", args=[case.pk, row.act])
    except NoReverseMatch:
        return case_url(case)
    return f"{url}?party={row.party.key}" if row.party else url


def renew_waiting(*, actor: Actor, moment: datetime, limit: int = 500) -> int:
    """Tasks whose last day went by: what only time held back may be done now, and what was watched is overdue."""
    today = clock.legal_date(moment)
    gone = Task.objects.open().filter(act__startswith="cases.", related__startswith="cases.case:", due_on__lt=today)
    keys = list(gone.filter(manner=Task.WATCH).values_list("related", flat=True).distinct()[:limit])
    cases = Case.objects.filter(pk__in=[int(k.rpartition(":")[2]) for k in keys]).select_related("organ")
    return len([renew_tasks(case, actor=actor, moment=moment) for case in cases])
