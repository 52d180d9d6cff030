"""Substitute performance (代履行): after order, demand and decision; and the immediate form for rivers and channels."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from dayu.law.citations import cite
from dayu.law.conditions import enforcement, measures, officers, service
from dayu.law.conditions.correction import order_exists, order_has_content
from dayu.law.conditions.matter import Answered, Happened, NotHappened, OneOf, Open, Over, Stated
from dayu.law.journal import Entry
from dayu.law.procedure import MAY, Duty, Procedure, Step
from dayu.law.procedures.enforcement_steps import DEMANDED, NOT_SUSPENDED, PLEAS, remedies_after, suspension_after
from dayu.law.procedures.matter_duties import NotAfter
from dayu.law.procedures.ordinary_penalty import ORDINARY_PENALTY
from dayu.law.running_limits import LimitRule
from dayu.law.situation import Situation

C = "compulsion-law"
MAY_SUBSTITUTE = cite(C, 50, anchor="行政机关可以代履行")
HARM = cite(C, 50, anchor="破坏自然资源的")
NO_INTEREST = cite(C, 50, anchor="没有利害关系的第三人")
CONTENT = cite(C, 51, 1, 1, anchor="代履行决定书应当载明")
REMIND = cite(C, 51, 1, 2, anchor="代履行三日前")
SUPERVISE = cite(C, 51, 1, 3, anchor="应当派员到场监督")
COSTS = cite(C, 51, 2, anchor="按照成本合理确定")
AT_ONCE = cite(C, 52, anchor="可以决定立即实施代履行")
TOLD = cite(C, 52, anchor="应当在事后立即通知当事人")
ORDERED = cite(C, 50, anchor="排除妨碍、恢复原状等义务")
DONE = ("substitute_carried_out",)
ORDER = LimitRule(
    "ordered", "correction_order_served", ("duty_performed", *DONE), days_param="days", act="verify_correction"
)


def _order(act: str, **changes: Any) -> Step:
    step = ORDINARY_PENALTY.step(act)
    return replace(
        step, stage="order", per_party=False, mainline=True, holds=True, done_when=None, repeatable=True,
        duty=NotAfter(DONE, "carried_out", MAY_SUBSTITUTE), **changes,
    )


def _telling(s: Situation, party: str | None) -> Duty:
    carried = s.last("substitute_carried_out")
    if carried is not None and carried.params.get("at_once"):
        return Duty("must", "done_at_once", (TOLD,))
    return Duty("not", "not_done_at_once", (TOLD,))


def _reminded(s: Situation, party: str | None) -> Entry | None:
    return s.last("substitute_reminded")


AFTER_ORDER = NotAfter(DONE, "carried_out", MAY_SUBSTITUTE)
SUBSTITUTE_PERFORMANCE = Procedure(
    key="substitute_performance",
    steps=(
        _order(
            "order_correction", requires=(order_has_content,), leads_to=("serve_correction_order",),
            documents=("correction_order", "remedial_order"),
        ),
        _order(
            "serve_correction_order", after=("order_correction",), leads_to=("verify_correction",),
            requires=(order_exists, service.service_is_proved),
        ),
        replace(
            ORDINARY_PENALTY.step("verify_correction"), stage="order", per_party=False, duty=MAY, done_when=None,
            mainline=False, after=("serve_correction_order",), leads_to=("demand_restoration", "record_own_performance"),
            requires=(officers.at_least_two_officers, officers.certificates_are_valid, Over(ORDER, ORDERED)),
        ),
        Step(
            "demand_restoration", "demand", "enforcement_demanded", (cite(C, 50, anchor="经催告仍不履行"),), duty=AFTER_ORDER,
            after=("serve_correction_order",), mainline=True, limit="enforcement_demand", documents=("demand_notice",),
            requires=(
                Over(ORDER, ORDERED), measures.party_has_not_performed,
                Stated(("days", "manner", "rights"), cite(C, 35, 1, anchor="并载明下列事项")),
            ),
            leads_to=("submit_enforcement_plea",),
        ),
        *PLEAS,
        Step(
            "decide_substitute", "decision", "enforcement_decided", (MAY_SUBSTITUTE,), after=("demand_restoration",),
            duty=AFTER_ORDER, mainline=True, roles=("agency_head",), documents=("coercion_approval", "substitute_decision"),
            requires=(
                Answered(("harm_or_special_power",), HARM), Answered(("performer_has_interest",), NO_INTEREST, wanted=False),
                Over(DEMANDED, cite(C, 50, anchor="经催告仍不履行")), measures.party_has_not_performed,
                enforcement.plea_is_examined, enforcement.decision_still_stands, NOT_SUSPENDED,
                Stated(("reason", "basis", "manner", "time", "subject", "budget", "performer"), CONTENT),
            ),
            leads_to=("serve_substitute_decision",),
        ),
        Step(
            "serve_substitute_decision", "decision", "enforcement_decision_served", (CONTENT,), after=("decide_substitute",),
            duty=AFTER_ORDER, mainline=True, requires=(service.service_is_proved,), documents=("proof_of_service",),
        ),
        Step(
            "remind_before_substitute", "execution", "substitute_reminded", (REMIND,), after=("serve_substitute_decision",),
            duty=AFTER_ORDER, mainline=True, repeatable=True, done_when=_reminded, limit="substitute_demand",
            requires=(Stated(("time", "manner"), REMIND),), documents=("demand_notice",),
        ),
        Step(
            "carry_out_substitute", "execution", "substitute_carried_out", (MAY_SUBSTITUTE,),
            after=("serve_substitute_decision", "remind_before_substitute"), mainline=True, documents=("coercion_record",),
            requires=(
                measures.reminder_came_three_days_before, measures.not_at_night_or_on_a_holiday, NOT_SUSPENDED,
                measures.party_has_not_performed, enforcement.decision_still_stands,
                Stated(("supervisor", "signatures", "recording"), SUPERVISE),
            ),
            leads_to=("settle_costs",),
        ),
        Step(
            "perform_at_once", "execution", "substitute_carried_out", (AT_ONCE,), duty=MAY, documents=("coercion_record",),
            requires=(
                OneOf("place", ("road", "river", "channel", "public_place"), AT_ONCE),
                Answered(("party_cannot_clear",), AT_ONCE), NotHappened(DONE, AT_ONCE),
                Stated(("obstacle", "supervisor", "recording"), AT_ONCE),
            ),
            leads_to=("tell_afterwards", "settle_costs"),
        ),
        Step(
            "tell_afterwards", "execution", "told_afterwards", (TOLD,), duty=_telling, mainline=True,
            requires=(Stated(("content", "remedies"), TOLD),), documents=("coercion_decision",),
        ),
        Step(
            "record_own_performance", "closing", "duty_performed", (cite(C, 51, 1, 2, anchor="当事人履行的，停止代履行"),),
            by_party=True, duty=NotAfter(DONE, "carried_out", REMIND, MAY),
            requires=(Happened(("correction_ordered",), ORDERED),),
        ),
        Step(
            "settle_costs", "closing", "costs_claimed", (COSTS,), after=("carry_out_substitute", "tell_afterwards"),
            mainline=True, requires=(Stated(("amount_yuan", "cost_basis"), COSTS),), documents=("substitute_fee_notice",),
        ),
        *suspension_after("correction_ordered"),
        *remedies_after("correction_order_served"),
    ),
    limits_rules=(
        ORDER,
        replace(DEMANDED, act="decide_substitute"),
        LimitRule("reconsider", "correction_order_served", ("reconsideration_filed", "suit_filed")),
        LimitRule("sue", "correction_order_served", ("suit_filed", "reconsideration_filed")),
    ),
    always=(Open(("duty_performed", "enforcement_terminated"), cite("penalty-law", 47, anchor="全过程记录")),),
    stages=("order", "remedies", "demand", "decision", "execution", "closing"),
    runs_on="matter",
)
