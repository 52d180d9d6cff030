"""The time limits of the ordinary penalty procedure: what starts each, what meets it, and whose act that is."""

from __future__ import annotations

from datetime import date

from dayu.law.course import decision, fine_is_settled, pay_due, yuan
from dayu.law.journal import Entry
from dayu.law.running_limits import LimitRule
from dayu.law.situation import Situation


def _hearing_offered(s: Situation, entry: Entry) -> bool:
    return bool(entry.params.get("hearing_offered"))


def a_fine_is_owed(s: Situation, entry: Entry) -> bool:
    """Whether the decision imposes a fine."""
    sealed = decision(s, entry.party)
    return sealed is not None and yuan(sealed.params, "amount_yuan") > 0


def _by_public_notice(s: Situation, entry: Entry) -> bool:
    return s.last("decision_served", entry.party) is None


def _unsettled(s: Situation, entry: Entry) -> bool:
    return a_fine_is_owed(s, entry) and not fine_is_settled(s, entry.party)


def _deferred_until(s: Situation, party: str | None) -> date | None:
    return pay_due(s, party)


OUTCOME = ("decision_sealed", "no_penalty_decided")
SERVED = ("decision_served", "decision_revoked")
SETTLED = ("fine_paid", "court_refused", "enforcement_terminated", "court_enforced")

LIMITS = (
    LimitRule("lead_verify", "lead_registered", ("lead_verified", "filed", "filing_declined"), act="verify_lead"),
    LimitRule("decision", "filed", OUTCOME, per_party=True, case_clock=True, act="decide_penalty"),
    LimitRule(
        "register_preserve", "evidence_preserved", ("preserved_evidence_disposed",), per_subject=True,
        act="dispose_preserved_evidence",
    ),
    LimitRule(
        "ordered", "correction_order_served", ("correction_verified", "correction_enforced"), per_party=True,
        days_param="days", act="verify_correction",
    ),
    LimitRule(
        "hearing_request", "penalty_notice_served", ("hearing_requested", "hearing_waived", *OUTCOME), per_party=True,
        when=_hearing_offered,
    ),
    LimitRule(
        "defence", "penalty_notice_served", ("defence_submitted", "defence_waived", *OUTCOME), per_party=True,
        fixed_param="defence_until",
    ),
    LimitRule("legal_review", "legal_review_submitted", (
        "legal_review_passed", "legal_review_returned", "legal_review_withdrawn",
    ), per_party=True, act="pass_legal_review"),
    LimitRule("serve_decision", "decision_sealed", SERVED, per_party=True, act="serve_decision"),
    LimitRule("serve_decision", "no_penalty_decided", SERVED, per_party=True, act="serve_decision"),
    LimitRule(
        "public_notice_service", "decision_announced", ("decision_served",), per_party=True, when=_by_public_notice,
        act="serve_decision",
    ),
    LimitRule(
        "publish", "decision_sealed", ("decision_published", "publication_exempted", "decision_revoked"), per_party=True,
        act="publish_decision",
    ),
    LimitRule(
        "pay", "decision_served", (*SETTLED, "decision_revoked"), per_party=True, when=a_fine_is_owed,
        act="record_payment",
    ),
    LimitRule("demand", "demand_served", (*SETTLED, "court_applied"), per_party=True, act="apply_court_enforcement"),
    LimitRule(
        "court_apply", "decision_served", (*SETTLED, "court_applied", "decision_revoked"), per_party=True, when=_unsettled,
        act="apply_court_enforcement",
    ),
    LimitRule(
        "court_apply_deferred", "deferral_approved", (*SETTLED, "court_applied"), per_party=True, when=_unsettled,
        forward_from=_deferred_until, act="apply_court_enforcement",
    ),
    LimitRule("reconsider", "decision_served", ("reconsideration_filed", "suit_filed", "decision_revoked"), per_party=True),
    LimitRule("sue", "decision_served", ("suit_filed", "reconsideration_filed", "decision_revoked"), per_party=True),
    LimitRule("sue_after_reconsider", "reconsideration_decided", ("suit_filed",), per_party=True),
    LimitRule("withdraw_publicity", "decision_revoked", ("publication_withdrawn",), per_party=True, act="withdraw_publication"),
    LimitRule(
        "transfer_decide", "crime_suspected", ("crime_transfer_approved", "crime_ruled_out", "crime_transferred"),
        act="approve_crime_transfer",
    ),
    LimitRule("transfer_send", "crime_transfer_approved", ("crime_transferred",), act="transfer_crime"),
)
