"""Which steps of the ordinary procedure must, may or need not be done here, and what shows that they were."""

from __future__ import annotations

from dayu.law.citations import cite
from dayu.law.conditions import correction, defence, discussion, hearing, officers, performance, review
from dayu.law.course import (
    crime_is_open,
    decision,
    fine_is_settled,
    no_penalty,
    notice_is_served,
    outcome,
    served_notice,
    yuan,
)
from dayu.law.journal import Entry, later
from dayu.law.procedure import MAY, MUST, Duty
from dayu.law.situation import Situation

_HEARING = cite("penalty-law", 63, 1, anchor="当事人要求听证的")
_REVIEW = cite("penalty-law", 58, 1, anchor="有下列情形之一")
_TOGETHER = cite("penalty-law", 57, 2, anchor="情节复杂或者重大违法行为")
_ORDER = cite("penalty-law", 28, 1, anchor="应当责令当事人改正或者限期改正")
_SPARED = cite("penalty-law", 57, 1, anchor="不予行政处罚")
_PERFORM = cite("penalty-law", 66, 1, anchor="予以履行")
_DEFENCE = cite("penalty-law", 45, 1, anchor="当事人有权进行陈述和申辩")

SPARED = Duty("not", "spared", (_SPARED,))
PENALISED = Duty("not", "penalised", (_SPARED,))
UNREQUESTED = Duty("not", "hearing_not_requested", (_HEARING,))
NOT_DUE = Duty("not", "hearing_not_due", (_HEARING,))
NO_PLEA = Duty("not", "no_plea", (_DEFENCE,))
NO_FINE = Duty("not", "no_fine", (_PERFORM,))
NO_OTHER_DUTY = Duty("not", "no_other_duty", (_PERFORM,))
NOTHING_ORDERED = Duty("not", "nothing_ordered", (_ORDER,))
REVIEW_UNNEEDED = Duty("may", "review_unneeded", (_REVIEW,))
DISCUSSION_UNNEEDED = Duty("may", "discussion_unneeded", (_TOGETHER,))


def unless_spared(s: Situation, party: str | None) -> Duty:
    """Steps towards a penalty fall away once it is decided that there is none."""
    return SPARED if no_penalty(s, party) else MUST


def unless_penalised(s: Situation, party: str | None) -> Duty:
    """A decision not to penalise is possible until there is a penalty."""
    return PENALISED if decision(s, party) else MAY


def ordering(s: Situation, party: str | None) -> Duty:
    """处罚法二十八条: an order belongs to every penalty, unless the decision itself holds it."""
    draft = s.draft(party)
    if draft is not None and draft.kinds and not draft.includes_order and not no_penalty(s, party):
        return Duty("must", "penalty_needs_order", (_ORDER,))
    return MAY


def serving_order(s: Situation, party: str | None) -> Duty:
    """What was ordered has to reach the party."""
    return Duty("must", "ordered", (_ORDER,)) if s.has("correction_ordered", party) else NOTHING_ORDERED


def verifying(s: Situation, party: str | None) -> Duty:
    """What was ordered is checked."""
    sealed = decision(s, party)
    ordered = s.has("correction_ordered", party) or (sealed is not None and bool(sealed.params.get("includes_order")))
    return Duty("must", "ordered", (_ORDER,)) if ordered else NOTHING_ORDERED


def pleading(s: Situation, party: str | None) -> Duty:
    """A plea is re-examined; where none came there is nothing to examine."""
    if defence.current_defence(s, party):
        return Duty("must", "pleaded", (_DEFENCE,))
    if no_penalty(s, party):
        return SPARED
    notice = served_notice(s, party)
    if notice is not None and (defence.waived(s, party) or defence.party_was_heard(s, party).allowed):
        return NO_PLEA
    return MAY


def hearing_duty(s: Situation, party: str | None) -> Duty:
    """A hearing is held when it was asked for."""
    if hearing.open_request(s, party):
        return Duty("must", "hearing_requested", (_HEARING,))
    if no_penalty(s, party):
        return SPARED
    if not hearing.hearing_is_due(s, party):
        return NOT_DUE
    if notice_is_served(s, party) and hearing.hearing_is_resolved(s, party).allowed:
        return UNREQUESTED
    return MAY


def reviewing(s: Situation, party: str | None) -> Duty:
    """处罚法五十八条; otherwise the organ may ask for a review."""
    if no_penalty(s, party):
        return SPARED
    return Duty("must", "review_needed", (_REVIEW,)) if review.review_is_needed(s, party) else REVIEW_UNNEEDED


def discussing(s: Situation, party: str | None) -> Duty:
    """处罚法五十七条二款; otherwise the heads may discuss."""
    if no_penalty(s, party):
        return SPARED
    return Duty("must", "discussion_needed", (_TOGETHER,)) if discussion.discussion_is_needed(s, party) else DISCUSSION_UNNEEDED


def paying(s: Situation, party: str | None) -> Duty:
    """Only who is fined pays."""
    if no_penalty(s, party):
        return SPARED
    decided = decision(s, party)
    if decided is not None and yuan(decided.params, "amount_yuan") == 0:
        return NO_FINE
    return MUST


def performing(s: Situation, party: str | None) -> Duty:
    """Confiscation, revocation and the like."""
    if no_penalty(s, party):
        return SPARED
    if decision(s, party) is None:
        return MAY
    return MUST if performance.there_are_other_duties(s, party).allowed else NO_OTHER_DUTY


def publishing(s: Situation, party: str | None) -> Duty:
    """Penalties are published; a decision not to penalise is not."""
    if no_penalty(s, party):
        return SPARED
    return MUST if s.setting("publication_required") else MAY


def educating(s: Situation, party: str | None) -> Duty:
    """A value of the territory profile."""
    return MUST if s.setting("education_required") else MAY


def crime_duty(s: Situation, party: str | None) -> Duty:
    """A suspicion that is open has to be followed."""
    if crime_is_open(s) and not s.has("crime_transferred"):
        return Duty("must", "crime_suspected", (cite("penalty-law", 27, 1, anchor="违法行为涉嫌犯罪的"),))
    return MAY


def recusal_duty(s: Situation, party: str | None) -> Duty:
    """Whoever asks for a recusal gets the head's decision; the investigation goes on meanwhile."""
    if officers.recusal_is_requested(s, party).allowed:
        return Duty("must", "recusal_requested", (officers.HEAD_DECIDES_RECUSAL,))
    return MAY


# -- what shows that a step is done ------------------------------------------------------------------------------------


def filing_requested(s: Situation, party: str | None) -> Entry | None:
    """Requested, and not returned since."""
    asked = s.last("filing_requested")
    return s.last("filed") or (asked if later(asked, s.last("filing_returned")) else None)


def ordered(s: Situation, party: str | None) -> Entry | None:
    """Ordered, or found unneeded for a recorded reason."""
    return s.journal.last_of(("correction_ordered", "correction_unneeded"), party)


def notice_given(s: Situation, party: str | None) -> Entry | None:
    """The latest notice, given or (where taken over) only known to have arrived."""
    return s.journal.last_of(("penalty_notice_given", "penalty_notice_served"), party)


def notice_served(s: Situation, party: str | None) -> Entry | None:
    """Served, and no later notice is on its way."""
    return served_notice(s, party) if notice_is_served(s, party) else None


def plea_answered(s: Situation, party: str | None) -> Entry | None:
    """The plea upon the latest notice is re-examined."""
    submitted, examined = defence.current_defence(s, party), s.last("defence_reexamined", party)
    return examined if submitted is not None and later(examined, submitted) else None


def hearing_held(s: Situation, party: str | None) -> Entry | None:
    """Held, or ended by the party's absence, upon the latest notice."""
    held = s.journal.last_of(("hearing_held", "hearing_ended"), party)
    return held if held is not None and later(held, served_notice(s, party)) else None


def review_submitted(s: Situation, party: str | None) -> Entry | None:
    """Lies with the reviewer, or has passed."""
    return review.open_submission(s, party) or review_passed(s, party)


def review_passed(s: Situation, party: str | None) -> Entry | None:
    """Passed, on exactly this substance."""
    passed = review.passed_review(s, party)
    if passed is None or not review.review_was_passed_on_this_substance(s, party).allowed:
        return None
    draft = s.draft(party)
    return passed if outcome(s, party) or (draft is not None and draft.digest == passed.digest) else None


def discussed(s: Situation, party: str | None) -> Entry | None:
    """Held in time, with the conclusion that the draft now has."""
    held = s.last("collective_discussion_held", party)
    if held is None or outcome(s, party):
        return held
    in_time = discussion.discussion_was_held(s, party).allowed
    return held if in_time and discussion.decision_equals_the_conclusion(s, party).allowed else None


def decided(s: Situation, party: str | None) -> Entry | None:
    """A decision of either kind stands."""
    return outcome(s, party)


def served(s: Situation, party: str | None) -> Entry | None:
    """Served after the decision that stands."""
    arrived = s.last("decision_served", party)
    return arrived if outcome(s, party) and later(arrived, outcome(s, party)) else None


def published(s: Situation, party: str | None) -> Entry | None:
    """Published, or exempted with a reason, after the decision that stands."""
    made_public = s.journal.last_of(("decision_published", "publication_exempted"), party)
    return made_public if outcome(s, party) and later(made_public, outcome(s, party)) else None


def paid(s: Situation, party: str | None) -> Entry | None:
    """Settled in full, or lawfully ended."""
    if decision(s, party) is None or not fine_is_settled(s, party):
        return None
    return s.journal.last_of(("fine_paid", "court_refused", "enforcement_terminated", "court_enforced"), party)


def performed(s: Situation, party: str | None) -> Entry | None:
    """The other duties were performed after the decision."""
    done = s.last("duty_performed", party)
    return done if decision(s, party) and later(done, decision(s, party)) else None


def correction_verified(s: Situation, party: str | None) -> Entry | None:
    """Checked and settled."""
    checked = s.journal.last_of(("correction_verified", "correction_enforced", "correction_unneeded"), party)
    return checked if checked and correction.correction_is_settled(s, party).allowed else None
