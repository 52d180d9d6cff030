"""Filing (立案): may the case be filed, may filing be declined, and is the case open for work?"""

from __future__ import annotations

from dayu.law.citations import cite
from dayu.law.course import ending
from dayu.law.refusals import ALLOWED, Verdict, all_of, refuse
from dayu.law.rulebook import load_toml
from dayu.law.situation import Situation
from dayu.law.words import Term

MUST_FILE = cite("penalty-law", 54, 2, anchor="符合立案标准的")
FACTS_OF_VIOLATION = cite("penalty-law", 54, 1, anchor="依法应当给予行政处罚的行为的")
JURISDICTION = cite("penalty-law", 22, anchor="违法行为发生地的行政机关管辖")
WHOLE_COURSE = cite("penalty-law", 47, anchor="全过程记录")

# The four things filing rests on (立案条件), each answered by a person with a reason.
FILING_QUESTIONS = {
    "violation_suspected": FACTS_OF_VIOLATION,
    "penalty_due": FACTS_OF_VIOLATION,
    "within_jurisdiction": JURISDICTION,
    "within_limitation": cite("penalty-law", 36, 1, anchor="不再给予行政处罚"),
}
# The grounds on which a lead may lawfully end without a case.
_LISTED = load_toml("leads.toml")["grounds"]
# A duplicate is dealt with in the other case, an unfounded lead shows no violation: both hold whatever was answered.
DECLINE_GROUNDS = frozenset({*_LISTED, "duplicate", "invalid_lead"})
DESPITE_CONDITIONS = frozenset({k for k, row in _LISTED.items() if row["despite_conditions"]} | {"duplicate", "invalid_lead"})


def filing_conditions_are_met(s: Situation, party: str | None) -> Verdict:
    """处罚法五十四条二款: all four conditions answered with yes; an unanswered one counts as not met."""
    return all_of(_condition_met(s, question) for question in FILING_QUESTIONS)


def _condition_met(s: Situation, question: str) -> Verdict:
    answer = s.answers.get(question)
    basis = FILING_QUESTIONS[question]
    if answer is None or answer.value is None:
        return refuse("procedure.filing_unanswered", basis, remedy="request_filing", question=Term("questions", question))
    if answer.value is False:
        return refuse("procedure.filing_condition_unmet", basis, question=Term("questions", question), answer=answer.reason)
    return ALLOWED


def declining_has_a_listed_ground(s: Situation, party: str | None) -> Verdict:
    """有案必立: what meets the conditions is filed; a refusal needs a listed ground and a reason."""
    if "ground" not in s.proposal:
        return ALLOWED
    if s.proposal["ground"] not in DECLINE_GROUNDS:
        return refuse("procedure.must_file", MUST_FILE, remedy="file_case")
    if not str(s.proposal.get("reason", "")).strip():
        return refuse("procedure.decline_without_reason", MUST_FILE)
    if filing_conditions_are_met(s, party).allowed and s.proposal["ground"] not in DESPITE_CONDITIONS:
        return refuse("procedure.must_file", MUST_FILE, remedy="file_case")
    return ALLOWED


def filing_is_requested(s: Situation, party: str | None) -> Verdict:
    """A request that was returned has to be made again before the head can approve."""
    returned, asked = s.last("filing_returned"), s.last("filing_requested")
    if returned and (asked is None or returned.order > asked.order):
        return refuse("procedure.filing_was_returned", MUST_FILE, remedy="request_filing", reason=returned.explanation)
    return ALLOWED


def case_is_open(s: Situation, party: str | None) -> Verdict:
    """After closing, or after the case ended another way, nothing more is done in it."""
    closed = s.last("closed")
    if closed:
        return refuse("procedure.case_closed", WHOLE_COURSE, on=closed.on)
    ended = ending(s)
    if ended:
        return refuse("procedure.case_ended", WHOLE_COURSE, how=Term("entries", ended.kind), on=ended.on)
    return ALLOWED


def not_yet_filed(s: Situation, party: str | None) -> Verdict:
    """A case is filed once (处罚法六十条 counts from that day)."""
    filed = s.last("filed")
    if filed is None:
        return ALLOWED
    return refuse("procedure.already_filed", cite("penalty-law", 60, anchor="立案之日起九十日"), on=filed.on)


def a_reason_is_given(s: Situation, party: str | None) -> Verdict:
    """Acts that end or stop something say why."""
    if not s.proposal or str(s.proposal.get("reason", "")).strip():
        return ALLOWED
    return refuse("procedure.reason_missing", WHOLE_COURSE)
