"""Service (送达): does this way of serving count, and is the day of service right?"""

from __future__ import annotations

from dayu.law.citations import cite
from dayu.law.course import day, outcome
from dayu.law.journal import later
from dayu.law.refusals import ALLOWED, Verdict, refuse
from dayu.law.situation import LimitRequest, Situation

LEAVE = cite("civil-procedure-law", 89, anchor="拒绝接收诉讼文书")
CONSENT = cite("penalty-law", 61, 2, anchor="当事人同意并签订确认书")
MAIL = cite("civil-procedure-law", 91, anchor="回执上注明的收件日期")
PUBLIC_NOTICE = cite("civil-procedure-law", 95, anchor="公告送达")
RECEIPT = cite("civil-procedure-law", 87, anchor="送达回证")
SERVE = cite("penalty-law", 61, 1, anchor="在七日内依照")
METHODS = frozenset({"direct", "leave", "mail", "entrusted", "forwarded", "electronic", "public_notice"})


def service_is_proved(s: Situation, party: str | None) -> Verdict:
    """Each method with the proof the law asks for. Leaving it needs a witness or a recording, not both (practice 1)."""
    method = s.proposal.get("method")
    if method is None:
        return ALLOWED
    proofs = frozenset(s.proposal.get("proofs", ()))
    if method not in METHODS:
        return refuse("procedure.unknown_method", RECEIPT, method=method)
    if method == "leave" and not proofs & {"witness", "recording"}:
        return refuse("procedure.leave_unproved", LEAVE)
    if method == "electronic":
        return _electronic(s, party, proofs)
    if method == "mail" and "receipt" not in proofs:
        return refuse("procedure.mail_unproved", MAIL)
    if method == "public_notice":
        return _public_notice(s, party, proofs)
    if method in ("direct", "entrusted", "forwarded") and "receipt" not in proofs:
        return refuse("procedure.receipt_missing", RECEIPT)
    return ALLOWED


def _electronic(s: Situation, party: str | None, proofs: frozenset[str]) -> Verdict:
    view = s.party(party)
    if "consent" in proofs or (view is not None and view.electronic_consent):
        return ALLOWED
    return refuse("procedure.electronic_without_consent", CONSENT)


def _public_notice(s: Situation, party: str | None, proofs: frozenset[str]) -> Verdict:
    if "reason" not in proofs:
        return refuse("procedure.public_notice_unreasoned", PUBLIC_NOTICE)
    announced = day(s.proposal, "announced_on")
    if announced is None:
        return refuse("procedure.public_notice_undated", PUBLIC_NOTICE)
    until = s.deadline(LimitRequest("public_notice_service", announced))
    if s.today < until:
        return refuse("procedure.public_notice_running", PUBLIC_NOTICE, until=until)
    return ALLOWED


def decision_is_unserved(s: Situation, party: str | None) -> Verdict:
    """A decision is served once; a correction of it has its own service."""
    served, decided = s.last("decision_served", party), outcome(s, party)
    if served is None or decided is None or not later(served, decided):
        return ALLOWED
    return refuse("procedure.already_served", SERVE, on=served.on)


def decision_was_served(s: Situation, party: str | None) -> Verdict:
    """处罚法六十一条: what the party owes starts with service."""
    if later(s.last("decision_served", party), outcome(s, party)):
        return ALLOWED
    return refuse("procedure.decision_unserved", SERVE, remedy="serve_decision")


def served_in_time(s: Situation, party: str | None) -> Verdict:
    """A mark: seven working days from the decision, longer only through public notice."""
    decided = outcome(s, party)
    if decided is None or s.proposal.get("method") == "public_notice":
        return ALLOWED
    due = s.deadline(LimitRequest("serve_decision", decided.on))
    served_on = day(s.proposal, "served_on") or s.today
    return ALLOWED if served_on <= due else refuse("procedure.served_late", SERVE, due=due)
