"""Performance (履行): paying, deferral, additional fine, demand, court."""

from __future__ import annotations

from dayu.law.citations import cite
from dayu.law.course import day, decision, fine_is_settled, pay_due, suit_ends, yuan
from dayu.law.journal import later
from dayu.law.refusals import ALLOWED, Verdict, refuse
from dayu.law.situation import LimitRequest, Situation

SEPARATE = cite("penalty-law", 67, 2, anchor="不得自行收缴罚款")
FIFTEEN_DAYS = cite("penalty-law", 67, 3, anchor="行政处罚决定书之日起十五日内")
DEFERRAL = cite("penalty-law", 66, 2, anchor="可以暂缓或者分期缴纳")
ADDITIONAL = cite("penalty-law", 72, 1, 1, anchor="按罚款数额的百分之三加处罚款")
MEASURES = cite("penalty-law", 72, 1, anchor="可以采取下列措施")
DEMAND = cite("compulsion-law", 54, anchor="应当催告当事人履行义务")
COURT = cite("compulsion-law", 53, anchor="三个月内")
TERMINATED = cite("compulsion-law", 40, anchor="终结执行")
CHANNELS = frozenset({"bank", "e_payment", "court", "on_the_spot"})


def there_is_a_fine(s: Situation, party: str | None) -> Verdict:
    """Money is owed by decision, and not yet settled."""
    decided = decision(s, party)
    if decided is None or yuan(decided.params, "amount_yuan") == 0:
        return refuse("procedure.no_fine_owed", FIFTEEN_DAYS)
    if fine_is_settled(s, party):
        return refuse("procedure.fine_settled", FIFTEEN_DAYS)
    return ALLOWED


def fine_went_to_the_bank(s: Situation, party: str | None) -> Verdict:
    """处罚法六十七条: the organ that fines does not collect; on the spot only in the lawful cases, with receipt."""
    channel = s.proposal.get("channel")
    if channel is None:
        return ALLOWED
    if channel not in CHANNELS or (channel == "on_the_spot" and not s.proposal.get("ground")):
        return refuse("procedure.fine_and_collection_separate", SEPARATE)
    return ALLOWED


def payment_is_overdue(s: Situation, party: str | None) -> Verdict:
    """处罚法七十二条: measures follow when the time to pay is over."""
    due = pay_due(s, party)
    if due is not None and s.today > due:
        return ALLOWED
    return refuse("procedure.payment_not_overdue", FIFTEEN_DAYS, until=due or "—")


def deferral_was_applied_for(s: Situation, party: str | None) -> Verdict:
    """处罚法六十六条二款: on application, for real economic hardship, with a new date."""
    if not s.proposal:
        return ALLOWED
    until = day(s.proposal, "until")
    if s.proposal.get("applied") and s.proposal.get("reason") and until is not None and until > s.today:
        return ALLOWED
    return refuse("procedure.deferral_incomplete", DEFERRAL)


def additional_fine_is_chosen(s: Situation, party: str | None) -> Verdict:
    """处罚法七十二条 says "may": the head's choice is recorded before a fine paid late is settled or demanded."""
    due, decided = pay_due(s, party), decision(s, party)
    if due is None or decided is None or yuan(decided.params, "amount_yuan") == 0:
        return ALLOWED
    paid = s.last("fine_paid", party)
    late = paid.on > due if later(paid, decided) and paid and paid.params.get("complete") else s.today > due
    if not late or later(s.last("additional_fine_decided", party), decided):
        return ALLOWED
    return refuse("procedure.additional_fine_unchosen", ADDITIONAL, MEASURES, remedy="decide_additional_fine")


def choice_is_reasoned(s: Situation, party: str | None) -> Verdict:
    """Not imposing, or reducing, is written down with its reason."""
    if not s.proposal or s.proposal.get("impose") is True or s.proposal.get("reason"):
        return ALLOWED
    return refuse("procedure.additional_fine_unreasoned", ADDITIONAL)


def demand_ran_out(s: Situation, party: str | None) -> Verdict:
    """强制法五十四条: ten working days after the demand was served the court may be asked."""
    demanded = s.last("demand_served", party)
    if demanded is None or not later(demanded, decision(s, party)):
        return refuse("procedure.demand_missing", DEMAND, remedy="demand_performance")
    until = s.deadline(LimitRequest("demand", demanded.on))
    if s.today <= until:
        return refuse("procedure.demand_running", DEMAND, until=until)
    return ALLOWED


def court_may_be_asked(s: Situation, party: str | None) -> Verdict:
    """强制法五十三条: after the time to sue, within three months; while a suit or reconsideration runs, not yet."""
    if remedy_is_open(s, party):
        return refuse("procedure.remedy_is_open", COURT)
    until = suit_ends(s, party)
    if until is None or s.today > until:
        return ALLOWED
    return refuse("procedure.suit_period_running", COURT, until=until)


def remedy_is_open(s: Situation, party: str | None) -> bool:
    """Whether a reconsideration or suit of this party still runs."""
    filed = s.journal.last_of(("reconsideration_filed", "suit_filed"), party)
    return later(filed, s.journal.last_of(("reconsideration_decided", "suit_decided"), party))


def court_was_asked(s: Situation, party: str | None) -> Verdict:
    """A court answers an application."""
    if s.has("court_applied", party):
        return ALLOWED
    return refuse("procedure.court_not_asked", COURT, remedy="apply_court_enforcement")


def there_are_other_duties(s: Situation, party: str | None) -> Verdict:
    """Confiscation, revocation and the like are performed apart from the fine."""
    decided = decision(s, party)
    if decided is not None and frozenset(decided.params.get("kinds", ())) - {"fine", "warning", "public_criticism"}:
        return ALLOWED
    return refuse("procedure.no_other_duty", MEASURES)


def fine_settlement(s: Situation, party: str | None) -> Verdict:
    """The fine is paid in full or ended by a court or by termination (强制法四十条)."""
    if fine_is_settled(s, party):
        return ALLOWED
    return refuse("procedure.fine_unpaid", FIFTEEN_DAYS, TERMINATED, remedy="record_payment")
