"""Where each procedure beside the ordinary one is explored from, and a second, independent statement of its order."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from dayu.law.situation import Bounds
from dayu.law.tests.enforcement_starts import ENFORCEMENT_STARTS
from dayu.law.tests.matter_walk import Start, Walk
from dayu.law.tests.penalty_case import leniency, make_draft, make_party
from dayu.law.tests.remedy_starts import REMEDY_STARTS


def slip_party(amount: int = 200, side: str = "") -> Any:
    """A party with a small fine, as the law of a small violation allows it."""
    return make_party(
        draft=make_draft(amount), bounds=Bounds(True, Decimal(0), Decimal(5000)), threshold_side=side,
    )


def _slip_amount(walk: Walk) -> dict[str, Any]:
    draft = walk.situation.parties[0].draft
    assert draft is not None
    return {"amount_yuan": str(draft.amount_yuan), "kinds": sorted(draft.kinds), "number": len(walk.situation.journal) + 1}


def _summary_watch(walk: Walk, values: dict[str, Any]) -> None:
    draft = walk.situation.parties[0].draft
    assert draft is not None
    assert draft.amount_yuan is not None
    assert draft.amount_yuan <= 200
    assert sum(1 for o in walk.situation.officers if not o.recused) >= 2


def _seized_in_time(walk: Walk, values: dict[str, Any]) -> None:
    """Sixty days and the days of appraisals are the most that goods may stay seized."""
    seized = walk.situation.last("goods_seized")
    assert seized is not None
    days_of_appraisal = sum(
        (ended.on - began.on).days + 1
        for began, ended in zip(
            walk.situation.journal.all("appraisal_started"), walk.situation.journal.all("appraisal_ended"), strict=False
        )
    )
    assert (walk.today - seized.on).days <= 60 + days_of_appraisal


STARTS: Mapping[str, Start] = {
    **ENFORCEMENT_STARTS,
    **REMEDY_STARTS,
    "summary_penalty": Start(
        lambda: (slip_party(),),
        fills={
            "decide_on_the_spot": lambda w, r: _slip_amount(w),
            "record_payment": lambda w, r: {"channel": "bank", "complete": True, "amount_yuan": "200"},
            "collect_on_the_spot": lambda w, r: {
                "ground": "hard_to_enforce_later", "channel": "on_the_spot", "complete": True, "amount_yuan": "200",
            },
        },
        before={
            "decide_on_the_spot": (("certificates_shown",), ("told_on_the_spot",), ("heard_on_the_spot",)),
            "hand_over_slip": (("decision_sealed",),),
            "collect_on_the_spot": (("decision_served",),),
            "record_payment": (("decision_served",),),
            "close_slip": (("slip_filed",), ("decision_served",), ("fine_paid",)),
        },
        watch={"decide_on_the_spot": _summary_watch},
    ),
    "no_penalty": Start(
        lambda: (make_party(leniency=leniency(first_offence="E1", slight_corrected_harmless="E2")),),
        fills={
            "look_up_earlier_penalties": lambda w, r: {"count": 0},
            "order_correction": lambda w, r: {"content": "恢复", "days": 5},
            "verify_correction": lambda w, r: {"result": "corrected"},
            "exempt_from_penalty": lambda w, r: {
                "ground": r.choice(("first_offence", "slight_corrected_harmless", "no_fault")), "education": "谈话",
            },
            "serve_decision": lambda w, r: {"method": "direct", "proofs": ("receipt",)},
        },
        before={
            "exempt_from_penalty": (("no_penalty_proposed",), ("correction_verified",)),
            "serve_decision": (("no_penalty_decided",),),
            "close_spared": (("no_penalty_decided",), ("decision_served",), ("education_recorded",)),
        },
    ),
    "evidence_preservation": Start(
        fills={"preserve_at_once": lambda w, r: {"urgent": True}},
        before={
            "preserve_evidence": (("preservation_approved",),),
            "dispose_preserved_evidence": (("evidence_preserved",), ("preservation_approved",)),
            "return_preserved_goods": (("evidence_preserved",),),
        },
    ),
    "seizure": Start(
        fills={"start_appraisal": lambda w, r: {"subject": f"a{len(w.situation.journal)}"},
               "end_appraisal": lambda w, r: {"subject": _open_appraisal(w)}},
        before={
            "seize_goods": (("seizure_approved",),),
            "decide_on_seized_goods": (("goods_seized",), ("seizure_approved",)),
            "release_seizure": (("goods_seized",),),
            "return_seized_goods": (("seizure_released",),),
        },
        watch={"decide_on_seized_goods": _seized_in_time},
    ),
}


def _open_appraisal(walk: Walk) -> str:
    started = walk.situation.last("appraisal_started")
    return started.subject if started else "x"
