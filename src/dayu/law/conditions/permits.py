"""Water permits (水行政许可): one list of what is missing, deemed acceptance, and which clock runs."""

from __future__ import annotations

from datetime import date

from dayu.law.citations import cite
from dayu.law.journal import Entry, later
from dayu.law.procedure import Duty
from dayu.law.refusals import ALLOWED, Verdict, refuse
from dayu.law.running_limits import LimitRule, due
from dayu.law.situation import Situation

X = "licensing-law"
ONCE = cite(X, 32, 1, 4, anchor="一次告知申请人")
DEEMED = cite(X, 32, 1, 4, anchor="收到申请材料之日起即为受理")
TWO_STAFF = cite(X, 34, 3, anchor="两名以上工作人员进行核查")
TEN_MORE = cite(X, 42, 1, anchor="可以延长十日")
NO_EXTENSION = cite("abstraction-regulation", 19, 1, anchor="45个工作日内决定")
HEARD = cite(X, 47, 1, anchor="应当在二十日内组织听证")
ABSTRACTION = "water_abstraction"
PAUSES = ("permit_clock_paused", "permit_clock_resumed")
CHECK = LimitRule(
    "permit_accept", "permit_papers_received", ("papers_asked", "permit_accepted", "permit_not_accepted"), act="accept_application"
)


def is_abstraction(s: Situation) -> bool:
    """Whether water is to be taken; other permits of the organ keep the general clock."""
    applied = s.journal.first("permit_papers_received")
    return applied is not None and applied.params.get("permit_kind") == ABSTRACTION


def accepted_on(s: Situation, party: str | None) -> date | None:
    """The day of acceptance; where the organ was silent for five days, the day the papers came."""
    accepted = s.last("permit_accepted")
    if accepted is None:
        return None
    received = next((e for e in reversed(s.journal.all("permit_papers_received")) if e.order < accepted.order), None)
    if received is None or later(s.last("papers_asked"), received):
        return accepted.on
    until = due(CHECK, s, party)
    return received.on if until is not None and accepted.on > until else accepted.on


def missing_papers_are_asked_once(s: Situation, party: str | None) -> Verdict:
    """许可法三十二条一款四项: all at once, within five working days; silent until then means accepted."""
    asked = s.journal.first("papers_asked")
    if asked is not None:
        return refuse("permits.asked_before", ONCE, remedy="accept_application", on=asked.on)
    until = due(CHECK, s, party)
    if until is not None and s.today > until:
        return refuse("permits.deemed_accepted", DEEMED, remedy="accept_application", until=until)
    return ALLOWED


def papers_are_here(s: Situation, party: str | None) -> Verdict:
    """After a list of missing papers, the application is accepted when they have come."""
    if later(s.last("papers_asked"), s.last("permit_papers_received")):
        return refuse("permits.papers_missing", ONCE, remedy="receive_supplement")
    return ALLOWED


def silence_has_not_accepted(s: Situation, party: str | None) -> Verdict:
    """Declining comes within the five working days too."""
    until = due(CHECK, s, party)
    if until is None or s.today <= until:
        return ALLOWED
    return refuse("permits.deemed_accepted", DEEMED, remedy="accept_application", until=until)


def survey_has_two(s: Situation, party: str | None) -> Verdict:
    """许可法三十四条三款: two of the staff at least."""
    staff = s.proposal.get("staff")
    if staff is None or len(tuple(staff)) >= 2:
        return ALLOWED
    return refuse("permits.survey_needs_two", TWO_STAFF, count=len(tuple(staff)))


def extension_is_open(s: Situation, party: str | None) -> Verdict:
    """许可法四十二条一款: ten working days once; the clock of water abstraction knows no extension."""
    if is_abstraction(s):
        return refuse("permits.no_extension", NO_EXTENSION)
    granted = sum(int(e.params.get("days", 0)) for e in s.journal.all("permit_extended"))
    asked = int(s.proposal.get("days") or 1)
    return ALLOWED if granted + asked <= 10 else refuse("permits.extension_too_long", TEN_MORE, already=granted, asked=asked)


def hearing_is_settled(s: Situation, party: str | None) -> Verdict:
    """A hearing that was asked for in time is held before the decision."""
    if later(s.last("permit_hearing_asked"), s.last("permit_hearing_held")):
        return refuse("permits.hearing_waits", HEARD, remedy="hold_permit_hearing")
    return ALLOWED


def abstraction(s: Situation, entry: Entry) -> bool:
    """For the clock of water abstraction."""
    return is_abstraction(s)


def other_permit(s: Situation, entry: Entry) -> bool:
    """For the general clock."""
    return not is_abstraction(s)


def surveying(s: Situation, party: str | None) -> Duty:
    """Where the substance is to be checked on the spot the survey is due; water abstraction always is."""
    if is_abstraction(s):
        return Duty("must", "abstraction_is_surveyed", (TWO_STAFF,))
    return Duty("may", "survey_as_needed", (TWO_STAFF,))


def granted(s: Situation, party: str | None) -> Duty:
    """Delivery and publication follow a grant."""
    if s.has("permit_granted"):
        return Duty("must", "permit_was_granted", (cite(X, 44, anchor="十日内向申请人颁发"),))
    return Duty("not", "permit_not_granted", (cite(X, 44, anchor="十日内向申请人颁发"),))
