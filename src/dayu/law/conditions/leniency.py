"""Leniency (减免情节): was the checklist answered, and does a proven ground forbid, allow or lighten the penalty?"""

from __future__ import annotations

from dayu.law.citations import cite
from dayu.law.leniency import NO_PENALTY, checklist_verdict, fine_verdict, leniency_effect, mitigation_proven
from dayu.law.refusals import ALLOWED, Verdict, refuse
from dayu.law.situation import PartyView, Situation

SPARED = cite("penalty-law", 57, 1, 2, anchor="依法可以不予行政处罚的")
EDUCATE = cite("penalty-law", 33, 3, anchor="应当对当事人进行教育")


def leniency_was_examined(s: Situation, party: str | None) -> Verdict:
    """处罚法三十至三十三、三十六条: every question is answered before a decision is proposed."""
    view = s.party(party)
    return checklist_verdict(view.leniency, natural_person=view.natural_person) if view else ALLOWED


def mitigation_is_proven(view: PartyView) -> bool:
    """Whether the fine may go below the range (减轻)."""
    return mitigation_proven(view.leniency)


def no_ground_forbids_a_penalty(s: Situation, party: str | None) -> Verdict:
    """A proven ground of 应当不予处罚 leaves only the decision not to penalise."""
    view = s.party(party)
    return fine_verdict(view.leniency) if view else ALLOWED


def a_ground_spares_the_party(s: Situation, party: str | None) -> Verdict:
    """A decision not to penalise names a proven ground, an unproven fact, a barred limitation, or a fine by the court."""
    view = s.party(party)
    if view is None:
        return ALLOWED
    effect = leniency_effect(view.leniency)
    if effect is not None and effect.effect == NO_PENALTY:
        return ALLOWED
    if view.limitation_barred or s.has("court_fined", party):
        return ALLOWED
    examined = s.last("report_examined")
    if examined is not None and examined.params.get("route") in ("facts_not_established", "no_penalty"):
        return ALLOWED
    return refuse("procedure.no_ground_to_spare", SPARED, remedy="answer_leniency")


def education_is_planned(s: Situation, party: str | None) -> Verdict:
    """处罚法三十三条三款: who is not penalised is educated."""
    if not s.proposal or s.proposal.get("education") or s.has("education_recorded", party):
        return ALLOWED
    return refuse("procedure.education_missing", EDUCATE, remedy="record_education")
