"""Orders to correct (责令改正): a fine never stands alone, and some fines need an order that was not obeyed."""

from __future__ import annotations

from dayu.law.citations import cite
from dayu.law.journal import Entry, later
from dayu.law.refusals import ALLOWED, Verdict, refuse
from dayu.law.situation import LimitRequest, Situation

ORDER_BESIDE_PENALTY = cite("penalty-law", 28, 1, anchor="应当责令当事人改正或者限期改正")
PREMISE_OF_FINE = cite("penalty-law", 38, 1, anchor="行政处罚没有依据")
UNNEEDED_REASONS = frozenset({"already_corrected", "cannot_be_corrected"})


def fine_goes_with_an_order(s: Situation, party: str | None) -> Verdict:
    """处罚法二十八条一款: an order before or inside the decision, or a reasoned finding that none is needed."""
    draft = s.draft(party)
    if draft is None or not draft.kinds or draft.includes_order or has_order(s, party):
        return ALLOWED
    return refuse("procedure.fine_without_order", ORDER_BESIDE_PENALTY, remedy="order_correction")


def has_order(s: Situation, party: str | None) -> bool:
    """An order of this or another organ, or a recorded reason why there is nothing left to correct."""
    return s.has("correction_ordered", party) or s.has("correction_unneeded", party)


def served_order(s: Situation, party: str | None) -> Entry | None:
    """The latest order to correct that reached the party."""
    return s.last("correction_order_served", party)


def order_was_not_obeyed(s: Situation, party: str | None) -> Verdict:
    """Where the law fines only who lets the time run out (逾期), the order was served, has run out, and was not met."""
    view, draft = s.party(party), s.draft(party)
    if view is None or not view.order_first or (draft is not None and not draft.fines):
        return ALLOWED
    served = served_order(s, party)
    if served is None:
        return refuse("procedure.order_not_served", PREMISE_OF_FINE, remedy="serve_correction_order")
    until = s.deadline(LimitRequest("ordered", served.on, days=int(served.params.get("days", 0))))
    if s.today <= until:
        return refuse("procedure.order_still_running", PREMISE_OF_FINE, until=until)
    checked = s.last("correction_verified", party)
    if checked is None or not later(checked, served):
        return refuse("procedure.order_outcome_unknown", PREMISE_OF_FINE, remedy="verify_correction")
    if checked.params.get("result") == "corrected" and checked.on <= until:
        return refuse("procedure.order_was_obeyed", PREMISE_OF_FINE, remedy="exempt_from_penalty", on=checked.on)
    return ALLOWED


def order_exists(s: Situation, party: str | None) -> Verdict:
    """Only what was ordered can be served or checked."""
    if s.has("correction_ordered", party) or s.has("decision_sealed", party):
        return ALLOWED
    return refuse("procedure.no_order", ORDER_BESIDE_PENALTY, remedy="order_correction")


def order_has_content(s: Situation, party: str | None) -> Verdict:
    """An order says what to do and by when; a day count of at least one."""
    if not s.proposal or (s.proposal.get("content") and int(s.proposal.get("days", 0)) > 0):
        return ALLOWED
    return refuse("procedure.order_without_content", ORDER_BESIDE_PENALTY)


def unneeded_for_a_listed_reason(s: Situation, party: str | None) -> Verdict:
    """No order is needed only where it was already corrected or cannot be corrected, and someone says why."""
    if not s.proposal:
        return ALLOWED
    if s.proposal.get("ground") in UNNEEDED_REASONS and s.proposal.get("reason"):
        return ALLOWED
    return refuse("procedure.order_unneeded_unreasoned", ORDER_BESIDE_PENALTY)


def correction_is_settled(s: Situation, party: str | None) -> Verdict:
    """Before closing: the correction was checked and found done, cannot be done, or was carried on otherwise."""
    if not s.has("correction_ordered", party) and not _ordered_in_decision(s, party):
        return ALLOWED
    if s.has("correction_unneeded", party):
        return ALLOWED
    checked = s.last("correction_verified", party)
    if checked is None:
        return refuse("procedure.correction_unverified", ORDER_BESIDE_PENALTY, remedy="verify_correction")
    if checked.params.get("result") == "not_corrected" and not later(s.last("correction_enforced", party), checked):
        return refuse("procedure.correction_not_done", ORDER_BESIDE_PENALTY, remedy="enforce_correction", on=checked.on)
    return ALLOWED


def _ordered_in_decision(s: Situation, party: str | None) -> bool:
    sealed = s.last("decision_sealed", party)
    return sealed is not None and bool(sealed.params.get("includes_order"))
