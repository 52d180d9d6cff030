"""Limits that a procedure declares (起止), and how they run in the journal of a case: what to compute, what met them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from dayu.law.calendar import NotComputable
from dayu.law.course import day, extension_days, pauses
from dayu.law.journal import Entry
from dayu.law.situation import LimitRequest, Situation
from dayu.law.time_limits import time_limit


@dataclass(frozen=True, slots=True)
class LimitRule:
    """Which entry starts a time limit and which ends it. `days_param` names the entry's own count of days, `days_from`
    answers the number that the law gives for the situation the entry describes.

    `pauses` are the kinds that begin and end days which do not count, `extended_by` the kind that grants more days;
    `case_clock` means those of the case itself. `reassigned_by` are entries that name another responsible person.
    """

    key: str
    starts: str
    ends: tuple[str, ...]
    per_party: bool = False
    per_subject: bool = False
    case_clock: bool = False
    days_param: str = ""
    days_from: Callable[[Entry], int | None] | None = None
    fixed_param: str = ""
    forward_from: Callable[[Situation, str | None], date | None] | None = None
    when: Callable[[Situation, Entry], bool] | None = None
    act: str = ""
    pauses: tuple[str, str] | None = None
    extended_by: str = ""
    reassigned_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RunningLimit:
    """A limit that runs or ran: what to compute, for whom, what started it, what met it, and the act that meets it.

    `person` is who has to meet it, where the entry that started it (or a later one) named somebody.
    """

    request: LimitRequest
    party: str | None
    started_by: Entry
    met_by: Entry | None
    act: str = ""
    person: str = ""


def running(rule: LimitRule, s: Situation) -> list[RunningLimit]:
    """The limit for everybody whom the journal started it for."""
    if rule.per_party:
        return [limit for view in s.active_parties() if (limit := latest(rule, s, view.key)) is not None]
    if not rule.per_subject:
        limit = latest(rule, s, None)
        return [limit] if limit else []
    met = {e.subject: e for kind in rule.ends for e in s.journal.all(kind)}
    found = (_limit(rule, s, None, e, met.get(e.subject)) for e in s.journal.all(rule.starts))
    return [limit for limit in found if limit is not None]


def latest(rule: LimitRule, s: Situation, party: str | None) -> RunningLimit | None:
    """The limit as the latest entry started it (the clock of a case: as the first one did), or None."""
    started = s.journal.first(rule.starts, party) if rule.case_clock else s.journal.last(rule.starts, party)
    if started is None or (rule.when is not None and not rule.when(s, started)):
        return None
    met = s.journal.last_of(rule.ends, party)
    if met is not None and met.order < started.order:
        met = None
    return _limit(rule, s, party, started, met)


def due(rule: LimitRule, s: Situation, party: str | None) -> date | None:
    """The last day of the limit, None where it does not run. A limit that nobody can tell raises `NotComputable`."""
    limit = latest(rule, s, party)
    return s.deadline(limit.request) if limit else None


def _limit(rule: LimitRule, s: Situation, party: str | None, started: Entry, met: Entry | None) -> RunningLimit | None:
    """The limit as it runs; None where the law of that day set none (a case of earlier years)."""
    try:
        start = (rule.forward_from(s, party) if rule.forward_from else None) or started.on
        time_limit(rule.key, start)
    except NotComputable:
        return None
    request = LimitRequest(
        rule.key,
        start,
        started.at,
        _days(rule, started),
        _left_out(rule, s),
        _granted(rule, s, started),
        day(started.params, rule.fixed_param) if rule.fixed_param else None,
    )
    return RunningLimit(request, party, started, met, rule.act, _person(rule, s, party, started))


def _days(rule: LimitRule, started: Entry) -> int | None:
    if rule.days_from is not None:
        return rule.days_from(started)
    return int(started.params[rule.days_param]) if rule.days_param and started.params.get(rule.days_param) else None


def _left_out(rule: LimitRule, s: Situation) -> tuple[tuple[date, date], ...]:
    if rule.case_clock:
        return pauses(s)
    return pauses(s, *rule.pauses) if rule.pauses else ()


def _granted(rule: LimitRule, s: Situation, started: Entry) -> int:
    if rule.case_clock:
        return extension_days(s)
    if not rule.extended_by:
        return 0
    return sum(int(e.params.get("days", 0)) for e in s.journal.all(rule.extended_by) if e.order > started.order)


def _person(rule: LimitRule, s: Situation, party: str | None, started: Entry) -> str:
    named = s.journal.last_of(rule.reassigned_by, party)
    if named is not None and named.order > started.order and named.params.get("person"):
        return str(named.params["person"])
    return str(started.params.get("person") or "")
