"""Closing and archiving (结案、归档): is everything done for every party?"""

from __future__ import annotations

from dayu.law.citations import cite
from dayu.law.conditions.correction import correction_is_settled
from dayu.law.conditions.performance import (
    additional_fine_is_chosen,
    fine_settlement,
    remedy_is_open,
    there_are_other_duties,
)
from dayu.law.course import decision, ending, no_penalty, outcome
from dayu.law.journal import later
from dayu.law.refusals import ALLOWED, Refusal, Verdict, refuse
from dayu.law.situation import PartyView, Situation

PERFORM = cite("penalty-law", 66, 1, anchor="在行政处罚决定书载明的期限内")
SERVED = cite("penalty-law", 61, 1, anchor="将行政处罚决定书送达当事人")
PUBLISH = cite("publicity-opinion", confirmation="U")
EDUCATION = cite("penalty-law", 6, anchor="坚持处罚与教育相结合")
RECORD = cite("penalty-law", 47, anchor="归档保存")
CRIME = cite("penalty-law", 27, 1, anchor="违法行为涉嫌犯罪的")
REMEDY = cite("penalty-law", 73, 1, anchor="申请行政复议或者提起行政诉讼")


def every_party_is_finished(s: Situation, party: str | None) -> Verdict:
    """Every party has its decision, served, performed or lawfully ended; the order to correct was checked."""
    if ending(s):
        return ALLOWED
    refusals: list[Refusal] = []
    for view in s.active_parties():
        refusals += [_named(r, view) for r in party_is_finished(s, view.key).refusals]
    return Verdict(tuple(refusals))


def party_is_finished(s: Situation, party: str | None) -> Verdict:
    """What is left to do for one party."""
    if outcome(s, party) is None:
        return refuse("procedure.party_undecided", PERFORM, remedy="decide_penalty")
    if not later(s.last("decision_served", party), outcome(s, party)):
        return refuse("procedure.decision_receipt_missing", SERVED, RECORD, remedy="serve_decision")
    verdict = correction_is_settled(s, party)
    if no_penalty(s, party):
        return verdict & publication_is_settled(s, party)
    verdict &= fine_settlement(s, party) & additional_fine_is_chosen(s, party)
    verdict &= _other_duties_done(s, party) & publication_is_settled(s, party)
    if remedy_is_open(s, party):
        verdict &= refuse("procedure.closing_during_remedy", REMEDY)
    return verdict


def _other_duties_done(s: Situation, party: str | None) -> Verdict:
    if not there_are_other_duties(s, party).allowed:
        return ALLOWED
    done = s.journal.last_of(("duty_performed", "enforcement_terminated", "court_refused", "court_enforced"), party)
    if later(done, decision(s, party)):
        return ALLOWED
    return refuse("procedure.duty_unperformed", PERFORM, remedy="record_performance")


def publication_is_settled(s: Situation, party: str | None) -> Verdict:
    """Published, or a recorded reason why not; a revoked decision has no publication left."""
    if not s.setting("publication_required") or no_penalty(s, party):
        return ALLOWED
    if later(s.journal.last_of(("decision_published", "publication_exempted"), party), outcome(s, party)):
        return ALLOWED
    return refuse("procedure.unpublished", PUBLISH, remedy="publish_decision")


def education_was_given(s: Situation, party: str | None) -> Verdict:
    """CAS-13, a value of the territory profile: at least one record of explaining the law."""
    if not s.setting("education_required") or ending(s) or s.has("education_recorded"):
        return ALLOWED
    return refuse("procedure.education_missing", EDUCATION, remedy="record_education")


def no_crime_is_pending(s: Situation, party: str | None) -> Verdict:
    """A suspicion that was never transferred does not disappear by closing."""
    suspected = s.last("crime_suspected")
    answered = s.journal.last_of(("crime_transferred", "crime_ruled_out", "police_declined", "prosecution_declined"))
    if suspected is None or later(answered, suspected):
        return ALLOWED
    return refuse("procedure.crime_pending", CRIME, remedy="transfer_crime")


def case_is_closed(s: Situation, party: str | None) -> Verdict:
    """Only a closed case is archived."""
    if s.has("closed"):
        return ALLOWED
    return refuse("procedure.not_closed", RECORD, remedy="close_case")


def dossier_is_complete(s: Situation, party: str | None) -> Verdict:
    """处罚法四十七条: cover, index, page numbers; nothing listed as missing; one digest over all."""
    if not s.proposal:
        return ALLOWED
    if s.proposal.get("missing"):
        return refuse("procedure.dossier_incomplete", RECORD, missing="、".join(s.proposal["missing"]))
    if not s.proposal.get("digest"):
        return refuse("procedure.dossier_incomplete", RECORD, missing="—")
    return ALLOWED


def _named(refusal: Refusal, view: PartyView) -> Refusal:
    if "party" in refusal.params:
        return refusal
    return Refusal(refusal.rule, {**refusal.params, "party": view.name or view.key}, refusal.basis, refusal.remedy)
