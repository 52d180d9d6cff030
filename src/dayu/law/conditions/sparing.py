"""Not penalising (不予处罚): do the elements of the ground hold, one by one, each on a record of its own?"""

from __future__ import annotations

from dayu.law.citations import cite
from dayu.law.conditions.leniency import a_ground_spares_the_party
from dayu.law.refusals import ALLOWED, Verdict, refuse
from dayu.law.situation import Situation

SLIGHT = cite("penalty-law", 33, 1, anchor="违法行为轻微并及时改正")
FIRST = cite("penalty-law", 33, 1, anchor="初次违法且危害后果轻微")
NO_FAULT = cite("penalty-law", 33, 2, anchor="有证据足以证明没有主观过错")
CORRECTED = {"slight_corrected_harmless": SLIGHT, "first_offence": FIRST}


def first_violation_is_looked_up(s: Situation, party: str | None) -> Verdict:
    """处罚法三十三条一款后段: the register of earlier penalties was asked, and knows none."""
    if s.proposal.get("ground") != "first_offence":
        return ALLOWED
    looked = s.last("earlier_penalties_looked_up", party)
    if looked is None:
        return refuse("sparing.register_not_asked", FIRST, remedy="look_up_earlier_penalties")
    if int(looked.params.get("count") or 0) > 0:
        return refuse("sparing.not_the_first_time", FIRST, count=looked.params["count"])
    return ALLOWED


def correction_was_prompt(s: Situation, party: str | None) -> Verdict:
    """Both slightness and the first time need a correction that was checked and found done."""
    basis = CORRECTED.get(str(s.proposal.get("ground", "")))
    if basis is None:
        return ALLOWED
    checked = s.last("correction_verified", party)
    if checked is not None and checked.params.get("result") == "corrected":
        return ALLOWED
    return refuse("sparing.not_corrected", basis, remedy="verify_correction")


def ground_is_proven(s: Situation, party: str | None) -> Verdict:
    """The ground named is one that the checklist proves."""
    verdict = a_ground_spares_the_party(s, party)
    view, ground = s.party(party), s.proposal.get("ground")
    if not verdict.allowed or view is None or ground is None:
        return verdict
    if ground in ("facts_not_established", "court_fined") or any(a.item == ground and a.proven for a in view.leniency):
        return ALLOWED
    return refuse("sparing.ground_unproven", SLIGHT, NO_FAULT, remedy="answer_leniency")
