"""Coercive measures and enforcement (强制措施、强制执行): when goods may stay seized, and on which day nobody enforces."""

from __future__ import annotations

from datetime import datetime

from dayu.law.citations import cite
from dayu.law.conditions.performance import remedy_is_open
from dayu.law.course import day
from dayu.law.deadlines import CHINA
from dayu.law.journal import later
from dayu.law.refusals import ALLOWED, Verdict, refuse
from dayu.law.running_limits import LimitRule, due
from dayu.law.situation import LimitRequest, Situation

NIGHT = cite("compulsion-law", 43, 1, anchor="不得在夜间或者法定节假日实施")
THIRTY = cite("compulsion-law", 25, 1, anchor="延长期限不得超过三十日")
OUT_OF_TIME = cite("compulsion-law", 28, 1, 4, anchor="期限已经届满")
REMEDY_FIRST = cite("compulsion-law", 44, anchor="不申请行政复议或者提起行政诉讼")
THREE_DAYS = cite("compulsion-law", 51, 1, 2, anchor="代履行三日前")
STOPPED = cite("compulsion-law", 51, 1, 2, anchor="停止代履行")
SEIZED = LimitRule(
    "seizure", "goods_seized", ("seizure_released", "seized_goods_decided"), pauses=("appraisal_started", "appraisal_ended"),
    extended_by="seizure_extended", act="decide_on_seized_goods",
)


def not_at_night_or_on_a_holiday(s: Situation, party: str | None) -> Verdict:
    """强制法四十三条: nothing is enforced at night or on a public holiday, urgency excepted."""
    if s.proposal.get("urgency"):
        return ALLOWED
    moment = local_moment(s.proposal.get("at"))
    on = moment.date() if isinstance(moment, datetime) else day(s.proposal, "on") or s.today
    name = s.holiday(on)
    if name or (s.setting("weekend_is_holiday") and on.weekday() >= 5):
        return refuse("measures.night_or_holiday", NIGHT, on=on)
    begins, ends = s.setting("night_hours")
    if isinstance(moment, datetime) and (moment.hour >= begins or moment.hour < ends):
        return refuse("measures.night_or_holiday", NIGHT, on=f"{moment:%Y-%m-%d %H:%M}")
    return ALLOWED


def local_moment(moment: object) -> datetime | None:
    """A moment as the clock on the wall in China shows it."""
    if not isinstance(moment, datetime):
        return None
    return moment.astimezone(CHINA) if moment.tzinfo else moment


def seizure_still_runs(s: Situation, party: str | None) -> Verdict:
    """强制法二十五条: what becomes of the goods is decided while the seizure runs; afterwards they are released."""
    until = due(SEIZED, s, party)
    if until is None or s.today <= until:
        return ALLOWED
    return refuse("measures.seizure_ran_out", OUT_OF_TIME, THIRTY, remedy="release_seizure", until=until)


def extension_is_the_only_one(s: Situation, party: str | None) -> Verdict:
    """强制法二十五条一款: extended once approved, in all by no more than thirty days."""
    granted = sum(int(e.params.get("days", 0)) for e in s.journal.all("seizure_extended"))
    asked = int(s.proposal.get("days") or 1)
    if granted + asked <= 30:
        return ALLOWED
    return refuse("measures.extension_too_long", THIRTY, already=granted, asked=asked)


def no_appraisal_runs(s: Situation, party: str | None) -> Verdict:
    """One appraisal at a time; its days are left out of the thirty."""
    if later(s.last("appraisal_started"), s.last("appraisal_ended")):
        return refuse("measures.appraisal_runs", cite("compulsion-law", 25, 3, anchor="期间应当明确"))
    return ALLOWED


def remedies_ran_out(s: Situation, party: str | None) -> Verdict:
    """强制法四十四条: removed only when the party neither sued nor asked for reconsideration in time."""
    if remedy_is_open(s, party):
        return refuse("measures.remedy_is_open", REMEDY_FIRST)
    upheld = s.journal.last_of(("reconsideration_decided", "suit_decided"), party)
    if upheld is not None:
        return _decided_remedy(s, party)
    served = s.last("removal_order_served", party)
    if served is None:
        return refuse("measures.order_not_served", REMEDY_FIRST, remedy="serve_removal_order")
    until = max(s.deadline(LimitRequest(key, served.on)) for key in ("reconsider", "sue"))
    return ALLOWED if s.today > until else refuse("measures.remedy_period_runs", REMEDY_FIRST, until=until)


def _decided_remedy(s: Situation, party: str | None) -> Verdict:
    """After a reconsideration the party may still sue for fifteen days; a judgment ends it."""
    reviewed = s.last("reconsideration_decided", party)
    if later(s.last("suit_decided", party), reviewed):
        return ALLOWED
    assert reviewed is not None
    until = s.deadline(LimitRequest("sue_after_reconsider", reviewed.on))
    return ALLOWED if s.today > until else refuse("measures.remedy_period_runs", REMEDY_FIRST, until=until)


def reminder_came_three_days_before(s: Situation, party: str | None) -> Verdict:
    """强制法五十一条: three full working days lie between the reminder and the substitute performance."""
    reminded = s.last("substitute_reminded", party)
    if reminded is None:
        return refuse("measures.reminder_missing", THREE_DAYS, remedy="remind_before_substitute")
    on = day(s.proposal, "on") or s.today
    latest = s.deadline(LimitRequest("substitute_demand", on))
    return ALLOWED if reminded.on <= latest else refuse("measures.reminder_too_late", THREE_DAYS, latest=latest)


def party_has_not_performed(s: Situation, party: str | None) -> Verdict:
    """A check after the order (or after the last demand) found it not done; where it was done, enforcement stops."""
    checked = s.last("correction_verified", party)
    if checked is not None and checked.params.get("result") == "not_corrected":
        return ALLOWED
    return refuse("measures.not_found_unperformed", STOPPED, remedy="verify_correction")
