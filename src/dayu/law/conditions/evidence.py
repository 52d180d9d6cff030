"""Evidence (证据): is every fact supported by checked evidence, and is what was preserved dealt with?"""

from __future__ import annotations

from dayu.law.citations import cite
from dayu.law.journal import Entry
from dayu.law.refusals import ALLOWED, Verdict, all_of, refuse
from dayu.law.situation import FactView, LimitRequest, Situation

CLEAR_FACTS = cite("penalty-law", 40, anchor="必须查明事实")
CHECKED = cite("penalty-law", 46, 2, anchor="证据必须经查证属实")
PRESERVATION = cite("penalty-law", 56, anchor="应当在七日内及时作出处理决定")


def facts_are_supported(s: Situation, party: str | None) -> Verdict:
    """处罚法四十条、四十六条二款: each fact rests on at least one checked piece; unchecked evidence supports nothing."""
    if not s.facts:
        return refuse("procedure.no_facts", CLEAR_FACTS, remedy="record_fact")
    return all_of(_supported(fact) for fact in s.facts)


def _supported(fact: FactView) -> Verdict:
    if fact.checked > 0:
        return ALLOWED
    label = fact.label or fact.key
    if fact.unchecked > 0:
        return refuse("procedure.evidence_unchecked", CHECKED, remedy="check_evidence", fact=label, count=fact.unchecked)
    return refuse("procedure.fact_without_evidence", CLEAR_FACTS, CHECKED, remedy="link_evidence", fact=label)


def undisposed(s: Situation) -> tuple[Entry, ...]:
    """Lists of preserved goods that nobody has decided on."""
    disposed = {e.subject for e in s.journal.all("preserved_evidence_disposed")}
    return tuple(e for e in s.journal.all("evidence_preserved") if e.subject not in disposed)


def preserved_evidence_is_disposed(s: Situation, party: str | None) -> Verdict:
    """处罚法五十六条: registered goods are decided on within seven working days, at the latest before the decision."""
    return all_of(
        refuse(
            "procedure.preserved_undisposed", PRESERVATION, remedy="dispose_preserved_evidence",
            list=entry.subject, until=s.deadline(LimitRequest("register_preserve", entry.on)),
        )
        for entry in undisposed(s)
    )


def something_is_preserved(s: Situation, party: str | None) -> Verdict:
    """There is a list that waits for a decision."""
    waiting = undisposed(s)
    subject = s.proposal.get("subject")
    if any(subject in (None, entry.subject) for entry in waiting):
        return ALLOWED
    return refuse("procedure.nothing_preserved", PRESERVATION)


def head_approved_preservation(s: Situation, party: str | None) -> Verdict:
    """处罚法五十六条: evidence likely to be lost, and the head's approval."""
    if not s.proposal or s.proposal.get("approved_by"):
        return ALLOWED
    return refuse("procedure.preservation_unapproved", cite("penalty-law", 56, anchor="经行政机关负责人批准"))
