"""Where referrals, remedies, corrections, filings and permits are explored from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dayu.law.journal import Entry
from dayu.law.tests.enforcement_starts import SERVICE, fined
from dayu.law.tests.matter_walk import MONDAY, Start, Walk
from dayu.law.tests.penalty_case import A


def _one_way_back(walk: Walk, values: dict[str, Any]) -> None:
    """What police, prosecutor or court said last is what is acted on, and a review that runs is waited for."""
    kinds = [entry.kind for entry in walk.situation.journal]
    answers = [k for k in kinds if k in ("police_declined", "prosecution_declined", "court_fined", "crime_exempted")]
    assert answers
    assert answers[-1] != "court_fined"


def _after_the_group(walk: Walk, values: dict[str, Any]) -> None:
    reported = walk.situation.last("crime_reported")
    assert reported is not None and walk.situation.last("referral_group_formed") is not None


def _published_fine() -> tuple[Entry, ...]:
    return (
        *fined(),
        Entry("decision_published", MONDAY, party=A, sequence=4),
        Entry("fine_paid", MONDAY, party=A, params={"complete": True, "channel": "bank"}, sequence=5),
    )


def _asked_once(walk: Walk, values: dict[str, Any]) -> None:
    assert not walk.situation.has("papers_asked")
    received = walk.situation.last("permit_papers_received")
    assert received is not None and (walk.today - received.on).days <= 16


def _papers_complete(walk: Walk, values: dict[str, Any]) -> None:
    kinds = [e.kind for e in walk.situation.journal if e.kind in ("papers_asked", "permit_papers_received")]
    assert kinds[-1] == "permit_papers_received"


def _decided_once(walk: Walk, values: dict[str, Any]) -> None:
    assert not walk.situation.has("permit_granted") and not walk.situation.has("permit_refused")


DECIDED = {"decided_on": MONDAY.isoformat()}
REMEDY_STARTS: Mapping[str, Start] = {
    "criminal_referral": Start(
        journal=lambda: (Entry("filed", MONDAY, sequence=1),),
        fills={
            "form_group": lambda w, r: {"members": ("chen", "zhou")},
            "order_correction": lambda w, r: {"content": "恢复", "days": 5},
            "serve_correction_order": lambda w, r: {**SERVICE, "days": 5},
            "verify_correction": lambda w, r: {"result": "corrected"},
        },
        before={
            "approve_crime_transfer": (("crime_suspected",), ("referral_group_formed",), ("crime_reported",)),
            "transfer_crime": (("crime_transfer_approved",),),
            "record_police_filing": (("crime_transferred",), ("crime_received",)),
            "hand_over_goods": (("crime_filed",),),
            "resume_penalty": (("police_declined", "prosecution_declined", "crime_exempted"),),
            "conclude_without_fine": (("court_fined",),),
            "follow_prosecutor_opinion": (("prosecution_declined",),),
        },
        watch={"resume_penalty": _one_way_back, "approve_crime_transfer": _after_the_group},
    ),
    "agency_referral": Start(
        journal=lambda: (Entry("filed", MONDAY, sequence=1),),
        before={
            "approve_transfer": (("transfer_proposed",),),
            "send_case": (("transfer_approved",),),
            "ask_for_designation": (("transfer_refused",),),
            "record_designation": (("designation_asked",),),
        },
    ),
    "party_remedies": Start(
        journal=lambda: (*fined(procedure="summary"), Entry("decision_published", MONDAY, party=A, sequence=4)),
        before={
            "record_suit": (("reconsideration_decided",),),
            "record_reconsideration_decision": (("reconsideration_filed",),),
            "record_judgment": (("suit_filed",),),
            "record_appeal_judgment": (("appeal_filed",),),
        },
    ),
    "reconsideration_answer": Start(
        fills={
            "receive_application_copy": lambda w, r: DECIDED,
            "take_application": lambda w, r: DECIDED,
            "freeze_evidence": lambda w, r: {"evidence": (("E1", MONDAY),)},
        },
        before={
            "answer_reconsideration": (("evidence_frozen",), ("reconsideration_copy_received",)),
            "forward_application": (("application_taken",),),
            "carry_out_outcome": (("reconsideration_decided",),),
        },
    ),
    "suit_answer": Start(
        fills={
            "receive_complaint_copy": lambda w, r: DECIDED,
            "freeze_evidence": lambda w, r: {"evidence": (("E1", MONDAY),)},
        },
        before={
            "answer_suit": (("evidence_frozen",), ("suit_copy_received",)),
            "appear_in_court": (("suit_answered",),),
            "carry_out_outcome": (("suit_decided",),),
            "record_second_judgment": (("appeal_filed",),),
        },
    ),
    "procurator_reply": Start(
        before={
            "reply_to_procurator": (("recommendation_received",), ("measures_taken",)),
            "close_recommendation": (("recommendation_answered",),),
        },
    ),
    "self_correction": Start(
        journal=_published_fine,
        fills={"serve_correction": lambda w, r: SERVICE, "change_decision": lambda w, r: {"heavier": False}},
        before={
            "revoke_decision": (("error_found",), ("error_examined",)),
            "change_decision": (("error_found",), ("error_examined",)),
            "correct_slip": (("error_examined",),),
            "withdraw_publication": (("decision_revoked", "decision_changed", "illegality_confirmed"),),
            "refund_payment": (("decision_revoked", "decision_changed", "illegality_confirmed"),),
        },
    ),
    "major_penalty_filing": Start(
        journal=fined,
        before={
            "file_major_penalty": (("filing_package_made",), ("decision_sealed",)),
            "record_filing_receipt": (("major_penalty_filed",),),
            "answer_filing_comment": (("filing_commented",),),
        },
    ),
    "water_licensing": Start(
        fills={
            "survey_site": lambda w, r: {"staff": ("chen", "zhou")},
            "pause_permit_clock": lambda w, r: {"subject": f"p{len(w.situation.journal)}"},
            "resume_permit_clock": lambda w, r: {"subject": _paused(w)},
        },
        before={
            "accept_application": (("permit_papers_received",),),
            "grant_permit": (("permit_accepted",),),
            "refuse_permit": (("permit_accepted",),),
            "deliver_permit": (("permit_granted",),),
            "hold_permit_hearing": (("permit_hearing_asked",),),
        },
        watch={
            "ask_for_papers": _asked_once, "accept_application": _papers_complete, "grant_permit": _decided_once,
            "refuse_permit": _decided_once,
        },
    ),
}


def _paused(walk: Walk) -> str:
    paused = walk.situation.last("permit_clock_paused")
    return paused.subject if paused else "x"
