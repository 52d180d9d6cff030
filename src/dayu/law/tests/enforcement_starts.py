"""Where enforcement procedures are explored from: orders, demands, courts, deferrals, suspensions."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from dayu.law.journal import Entry
from dayu.law.situation import LimitRequest
from dayu.law.tests.matter_walk import MONDAY, Start, Walk
from dayu.law.tests.penalty_case import DEADLINE, A

SERVICE = {"method": "direct", "proofs": ("receipt",)}
NOT_DONE = {"result": "not_corrected"}


def fined(served: date = MONDAY, amount: int = 20_000, **terms: Any) -> tuple[Entry, ...]:
    """A fine decided and served on a day."""
    params = {"amount_yuan": str(amount), "kinds": ["fine"], **terms}
    return (
        Entry("filed", served - timedelta(days=30), sequence=1),
        Entry("decision_sealed", served, party=A, params=params, sequence=2),
        Entry("decision_served", served, party=A, params={"method": "direct"}, sequence=3),
    )


def _nothing_by_night(walk: Walk, values: dict[str, Any]) -> None:
    assert not walk.situation.holiday(walk.today) or values.get("urgency")


def _after_the_remedies(walk: Walk, values: dict[str, Any]) -> None:
    served = walk.situation.last("removal_order_served")
    assert served is not None
    if not walk.situation.has("reconsideration_decided") and not walk.situation.has("suit_decided"):
        assert (walk.today - served.on).days > 180


def _three_days_after_the_reminder(walk: Walk, values: dict[str, Any]) -> None:
    reminded = walk.situation.last("substitute_reminded")
    assert reminded is not None
    assert (walk.today - reminded.on).days > 3
    _nothing_by_night(walk, values)


def _in_the_window(walk: Walk, values: dict[str, Any]) -> None:
    demanded, served = walk.situation.last("demand_served", A), walk.situation.last("decision_served", A)
    assert demanded is not None and served is not None
    assert (walk.today - demanded.on).days > 10, "without the ten days of the demand"
    if not walk.situation.has("reconsideration_decided"):
        assert DEADLINE(LimitRequest("sue", served.on)) < walk.today <= DEADLINE(LimitRequest("court_apply", served.on)), "without a window"


def _deferred(walk: Walk) -> dict[str, Any]:
    return {"applied": True, "until": (walk.today + timedelta(days=60)).isoformat()}


ENFORCEMENT_STARTS: Mapping[str, Start] = {
    "forced_removal": Start(
        fills={
            "serve_removal_order": lambda w, r: SERVICE,
            "serve_removal_decision": lambda w, r: SERVICE,
            "verify_correction": lambda w, r: NOT_DONE,
        },
        before={
            "announce_removal": (("removal_order_served",),),
            "decide_removal": (("removal_announced",), ("enforcement_demanded",), ("removal_order_served",)),
            "carry_out_removal": (("enforcement_decision_served",), ("removal_announced",)),
            "claim_costs": (("removal_carried_out",),),
        },
        watch={"carry_out_removal": _nothing_by_night, "decide_removal": _after_the_remedies},
    ),
    "substitute_performance": Start(
        fills={
            "order_correction": lambda w, r: {"content": "清除弃渣", "days": 10},
            "serve_correction_order": lambda w, r: {**SERVICE, "days": 10},
            "serve_substitute_decision": lambda w, r: SERVICE,
            "verify_correction": lambda w, r: NOT_DONE,
            "perform_at_once": lambda w, r: {"at_once": True},
        },
        before={
            "decide_substitute": (("enforcement_demanded",), ("correction_order_served",)),
            "carry_out_substitute": (("enforcement_decision_served",), ("substitute_reminded",)),
            "settle_costs": (("substitute_carried_out",),),
        },
        watch={"carry_out_substitute": _three_days_after_the_reminder},
        rare=frozenset({"perform_at_once"}),
    ),
    "court_enforcement": Start(
        journal=lambda: fined(date(2025, 8, 25)),
        fills={
            "decide_additional_fine": lambda w, r: {"impose": True},
            "record_payment": lambda w, r: {"channel": "court", "complete": True, "amount_yuan": "20000"},
        },
        before={
            "apply_court_enforcement": (("demand_served",), ("decision_served",)),
            "record_court_enforcement": (("court_accepted",),),
            "record_court_refusal": (("court_accepted",),),
            "ask_higher_court": (("court_not_accepted", "court_refusal_received"),),
        },
        watch={"apply_court_enforcement": _in_the_window},
        waits=(1, 2, 5, 8),
    ),
    "fine_deferral": Start(
        journal=fined,
        fills={
            "approve_deferral": lambda w, r: _deferred(w),
            "record_payment": lambda w, r: {"channel": "bank", "complete": True, "amount_yuan": "20000"},
        },
        before={"approve_deferral": (("deferral_applied",),), "note_lapse": (("deferral_approved",),)},
    ),
    "enforcement_suspension": Start(
        journal=fined,
        before={
            "resume_enforcement": (("enforcement_suspended",),),
            "give_up_enforcement": (("enforcement_suspended",),),
            "record_breach": (("agreement_made",),),
        },
        waits=(1, 5, 1200),
    ),
    "investigation_suspension": Start(
        journal=lambda: (Entry("filed", MONDAY, sequence=1),),
        fills={
            "pause_clock": lambda w, r: {"ground": "force_majeure", "subject": f"p{len(w.situation.journal)}"},
            "resume_clock": lambda w, r: {"subject": _paused(w)},
        },
        before={"resume_clock": (("clock_paused",),)},
    ),
}


def _paused(walk: Walk) -> str:
    paused = walk.situation.last("clock_paused")
    return paused.subject if paused else "x"
