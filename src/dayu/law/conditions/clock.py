"""The organ's own clock (办案期限): extension, pause and resumption."""

from __future__ import annotations

from dayu.law.citations import cite
from dayu.law.course import extension_days, outcome, pauses
from dayu.law.journal import Entry
from dayu.law.refusals import ALLOWED, Verdict, refuse
from dayu.law.situation import LimitRequest, Situation
from dayu.law.words import Term, has_word

NINETY_DAYS = cite("penalty-law", 60, anchor="立案之日起九十日内")
BY_RULE = cite("water-penalty-measures", confirmation="U")

# What a rule lets stand still. Listed one by one; nothing is added by analogy (处罚法六十条).
PAUSE_GROUNDS = frozenset({
    "hearing", "appraisal", "public_notice", "awaiting_other_case", "awaiting_interpretation", "party_without_successor",
    "force_majeure",
})


def clock_is_running(s: Situation, party: str | None) -> Verdict:
    """Days are counted from filing to the last decision."""
    if not s.has("filed"):
        return refuse("procedure.not_filed", NINETY_DAYS, remedy="file_case")
    if s.parties and all(outcome(s, p.key) for p in s.active_parties()):
        return refuse("procedure.clock_has_stopped", NINETY_DAYS)
    return ALLOWED


def extension_is_within_its_limit(s: Situation, party: str | None) -> Verdict:
    """Approved before the limit runs out, one by one, and in all not beyond what the rule allows."""
    filed = s.last("filed")
    if filed is None:
        return ALLOWED
    already = extension_days(s)
    due = s.deadline(LimitRequest("decision", filed.on, excluded=pauses(s), extension_days=already))
    if s.today > due:
        return refuse("procedure.extension_too_late", NINETY_DAYS, due=due)
    most = int(s.setting("extension_days_total"))
    if already >= most or already + int(s.proposal.get("days", 1)) > most:
        return refuse("procedure.extension_too_long", BY_RULE, most=most, already=already)
    return ALLOWED


def open_pauses(s: Situation) -> tuple[Entry, ...]:
    """Pauses that nobody has ended."""
    ended = {e.subject for e in s.journal.all("clock_resumed")}
    return tuple(p for p in s.journal.all("clock_paused") if p.subject not in ended)


def pause_has_a_listed_ground(s: Situation, party: str | None) -> Verdict:
    """Only the grounds of the list stop the clock; one pause of a ground at a time."""
    ground = s.proposal.get("ground")
    if s.proposal and ground not in PAUSE_GROUNDS:
        return refuse("procedure.pause_without_ground", NINETY_DAYS, BY_RULE, ground=_named(ground))
    if open_pauses(s):
        return refuse("procedure.clock_is_paused", BY_RULE, since=open_pauses(s)[0].on)
    return ALLOWED


def clock_is_paused(s: Situation, party: str | None) -> Verdict:
    """Only a pause can be ended."""
    subject = s.proposal.get("subject")
    if any(subject in (None, p.subject) for p in open_pauses(s)):
        return ALLOWED
    return refuse("procedure.clock_not_paused", BY_RULE)


def _named(ground: object) -> Term | str:
    return Term("pauses", str(ground)) if has_word("pauses", str(ground)) else str(ground or "—")
