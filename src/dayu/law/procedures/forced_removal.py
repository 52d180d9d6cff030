"""Forced removal (强制拆除): order, public notice with time to remove it oneself, demand, decision, and never by night."""

from __future__ import annotations

from dataclasses import replace

from dayu.law.citations import cite
from dayu.law.conditions import enforcement, measures, officers, service
from dayu.law.conditions.matter import Answered, Happened, NotHappened, Open, Over, Stated
from dayu.law.procedure import MAY, Procedure, Step
from dayu.law.procedures.enforcement_steps import DEMANDED, NOT_SUSPENDED, PLEAS, remedies_after, suspension_after
from dayu.law.procedures.matter_duties import NotAfter
from dayu.law.procedures.ordinary_penalty import ORDINARY_PENALTY
from dayu.law.running_limits import LimitRule

C = "compulsion-law"
ORDERED = cite("water-law", 65, 1, anchor="限期拆除违法建筑物、构筑物")
POWER = cite("water-law", 65, 1, anchor="强行拆除")
ANNOUNCED = cite(C, 44, anchor="应当由行政机关予以公告")
DECIDED = cite(C, 37, 2, anchor="强制执行决定应当以书面形式")
RECORDED = cite("penalty-law", 47, anchor="全过程记录")
HOMES = cite(C, 43, 2, anchor="停止供水、供电、供热")
COSTS = cite("water-law", 65, 1, anchor="所需费用由违法单位或者个人")
OWN = ("duty_performed",)
ORDER = LimitRule("ordered", "removal_order_served", (*OWN, "enforcement_decided"), days_param="days", act="verify_correction")
NOTICE = LimitRule("own_removal", "removal_announced", (*OWN, "enforcement_decided"), days_param="days", act="decide_removal")

FORCED_REMOVAL = Procedure(
    key="forced_removal",
    steps=(
        Step(
            "order_removal", "order", "removal_ordered", (ORDERED,), mainline=True,
            requires=(Stated(("content", "days", "basis", "remedies"), ORDERED), officers.at_least_two_officers),
            documents=("demolition_notice",), leads_to=("serve_removal_order",),
        ),
        Step(
            "serve_removal_order", "order", "removal_order_served", (ORDERED,), after=("order_removal",), mainline=True,
            requires=(service.service_is_proved, Stated(("days",), ORDERED)), limit="ordered",
            documents=("proof_of_service",), leads_to=("record_reconsideration", "record_suit"),
        ),
        replace(
            ORDINARY_PENALTY.step("verify_correction"), stage="order", per_party=False, after=("serve_removal_order",),
            duty=MAY, done_when=None, mainline=False, basis=(ORDERED,), leads_to=("announce_removal", "record_own_removal"),
            requires=(officers.at_least_two_officers, officers.certificates_are_valid, Over(ORDER, ORDERED)),
        ),
        Step(
            "announce_removal", "notice", "removal_announced", (ANNOUNCED,), after=("serve_removal_order",), mainline=True,
            requires=(
                Answered(("power_to_remove",), POWER), Over(ORDER, ORDERED), measures.party_has_not_performed,
                enforcement.decision_still_stands, Stated(("days", "place"), cite(C, 44, anchor="限期当事人自行拆除")),
            ),
            limit="own_removal", documents=("demolition_announcement",), leads_to=("demand_removal",),
        ),
        Step(
            "demand_removal", "demand", "enforcement_demanded", (cite(C, 35, 1, anchor="应当事先催告当事人履行义务"),),
            after=("serve_removal_order",), mainline=True, limit="enforcement_demand", documents=("demand_notice",),
            requires=(
                Over(ORDER, ORDERED), measures.party_has_not_performed,
                Stated(("days", "manner", "rights"), cite(C, 35, 1, anchor="并载明下列事项")),
            ),
            leads_to=("submit_enforcement_plea",),
        ),
        *PLEAS,
        Step(
            "decide_removal", "decision", "enforcement_decided", (DECIDED,), after=("announce_removal", "demand_removal"),
            mainline=True, roles=("agency_head",), documents=("coercion_approval", "coercion_decision"),
            requires=(
                Over(NOTICE, ANNOUNCED), Over(DEMANDED, cite(C, 37, 1, anchor="逾期仍不履行行政决定")),
                measures.party_has_not_performed, measures.remedies_ran_out, enforcement.plea_is_examined,
                enforcement.decision_still_stands, NOT_SUSPENDED,
                Stated(("reason", "basis", "manner", "time", "remedies"), cite(C, 37, 2, anchor="并载明下列事项")),
            ),
            leads_to=("serve_removal_decision",),
        ),
        Step(
            "serve_removal_decision", "decision", "enforcement_decision_served", (cite(C, 38, anchor="应当直接送达当事人"),),
            after=("decide_removal",), mainline=True, requires=(service.service_is_proved,), documents=("proof_of_service",),
        ),
        Step(
            "carry_out_removal", "execution", "removal_carried_out", (cite(C, 44, anchor="可以依法强制拆除"),),
            after=("serve_removal_decision",), mainline=True, documents=("coercion_record",),
            requires=(
                measures.not_at_night_or_on_a_holiday, officers.at_least_two_officers, officers.certificates_are_valid,
                NOT_SUSPENDED, enforcement.decision_still_stands, measures.party_has_not_performed,
                Answered(("living_cut_off",), HOMES, wanted=False),
                Stated(("recording", "scene_record", "witnessed_by"), RECORDED),
            ),
            leads_to=("claim_costs",),
        ),
        Step(
            "claim_costs", "closing", "costs_claimed", (COSTS,), after=("carry_out_removal",), mainline=True,
            requires=(Stated(("amount_yuan", "cost_basis"), COSTS),), documents=("substitute_fee_notice",),
        ),
        Step(
            "record_own_removal", "closing", "duty_performed", (cite(C, 44, anchor="限期当事人自行拆除"),), by_party=True,
            duty=NotAfter(("removal_carried_out",), "carried_out", ANNOUNCED, MAY),
            requires=(Happened(("removal_ordered",), ORDERED), NotHappened(("removal_carried_out",), ANNOUNCED)),
        ),
        *suspension_after("removal_ordered"),
        *remedies_after("removal_order_served"),
    ),
    limits_rules=(
        ORDER,
        NOTICE,
        replace(DEMANDED, act="decide_removal"),
        LimitRule("reconsider", "removal_order_served", ("reconsideration_filed", "suit_filed")),
        LimitRule("sue", "removal_order_served", ("suit_filed", "reconsideration_filed")),
    ),
    always=(Open(("duty_performed", "enforcement_terminated"), RECORDED),),
    stages=("order", "remedies", "notice", "demand", "decision", "execution", "closing"),
    runs_on="matter",
)
