"""Standing still and ending: of an enforcement (中止、终结执行) and of an investigation (中止、终止调查)."""

from __future__ import annotations

from dataclasses import replace

from dayu.law.citations import cite
from dayu.law.conditions import clock, parties
from dayu.law.conditions.filing import a_reason_is_given
from dayu.law.conditions.matter import Answered, Happened, NotHappened, OneOf, Open, Over, Stated
from dayu.law.procedure import MAY, Procedure, Step
from dayu.law.procedures.enforcement_steps import RESUME, suspension_after
from dayu.law.procedures.matter_duties import LatestOf, MustAfter
from dayu.law.procedures.ordinary_penalty import ORDINARY_PENALTY
from dayu.law.running_limits import LimitRule

C, P = "compulsion-law", "penalty-law"
GIVEN_UP = cite(C, 39, 2, anchor="中止执行满三年未恢复执行的")
AGREED = cite(C, 42, 1, anchor="与当事人达成执行协议")
BREACH = cite(C, 42, 2, anchor="应当恢复强制执行")
ENDINGS = ("enforcement_terminated", "enforcement_given_up", "agreement_fulfilled")
THREE_YEARS = LimitRule(
    "enforcement_suspended", "enforcement_suspended", ("enforcement_resumed", *ENDINGS), act="give_up_enforcement"
)
STANDS = Happened(("enforcement_suspended",), RESUME, "suspend_enforcement", ("enforcement_resumed",))
AGREEMENT = Happened(("agreement_made",), AGREED, "make_agreement", ("agreement_broken", "agreement_fulfilled"))
_suspend, _resume, _terminate = suspension_after("decision_served", "enforcement_decided")

ENFORCEMENT_SUSPENSION = Procedure(
    key="enforcement_suspension",
    steps=(
        _suspend,
        replace(_resume, mainline=True),
        Step(
            "give_up_enforcement", "execution", "enforcement_given_up", (GIVEN_UP,), duty=MAY, roles=("agency_head",),
            requires=(
                STANDS, Over(THREE_YEARS, GIVEN_UP), Answered(("no_evident_social_harm", "party_truly_unable"), GIVEN_UP),
            ),
            documents=("execution_change",), limit="enforcement_suspended",
        ),
        Step(
            "make_agreement", "agreement", "agreement_made", (AGREED,), duty=MAY, repeatable=True, roles=("agency_head",),
            requires=(
                Happened(("decision_served", "enforcement_decided"), AGREED),
                NotHappened(("agreement_made",), AGREED, since=("agreement_broken",)), Stated(("terms", "stages"), AGREED),
                Answered(("public_interest_harmed",), AGREED, wanted=False),
            ),
            documents=("execution_agreement",), leads_to=("record_breach", "record_fulfilment"),
        ),
        Step(
            "record_breach", "agreement", "agreement_broken", (BREACH,), duty=MAY, repeatable=True,
            requires=(AGREEMENT, a_reason_is_given), leads_to=("resume_after_breach",),
        ),
        Step(
            "resume_after_breach", "agreement", "enforcement_resumed", (BREACH,), repeatable=True, mainline=True,
            duty=MustAfter(("agreement_broken",), "agreement_broken", BREACH, MAY, ("enforcement_resumed", *ENDINGS)),
            done_when=LatestOf(("enforcement_resumed",), ("agreement_broken",)),
            requires=(Happened(("agreement_broken",), BREACH, "", ("enforcement_resumed",)),), documents=("execution_change",),
        ),
        Step(
            "record_fulfilment", "agreement", "agreement_fulfilled", (AGREED,), duty=MAY, requires=(AGREEMENT,),
        ),
        _terminate,
    ),
    limits_rules=(THREE_YEARS,),
    always=(Open(ENDINGS, cite(P, 47, anchor="全过程记录")),),
    stages=("execution", "agreement"),
)

NINETY_DAYS = cite(P, 60, anchor="立案之日起九十日内")
ENDED = cite(P, 57, 1, 3, anchor="违法事实不能成立的")
BY_RULE = cite("water-penalty-measures", confirmation="U")
GROUNDS_TO_END = ("party_died", "party_dissolved", "facts_not_established", "case_taken_by_police", "beyond_limitation")

INVESTIGATION_SUSPENSION = Procedure(
    key="investigation_suspension",
    steps=(
        replace(
            ORDINARY_PENALTY.step("pause_clock"), after=(), documents=("investigation_suspend",),
            requires=(*ORDINARY_PENALTY.step("pause_clock").requires, a_reason_is_given),
        ),
        replace(
            ORDINARY_PENALTY.step("resume_clock"), mainline=True, documents=("investigation_suspend",),
            duty=MustAfter(("clock_paused",), "suspended", BY_RULE, MAY, ("clock_resumed", "investigation_terminated")),
            done_when=LatestOf(("clock_resumed",), ("clock_paused",)),
            requires=(clock.clock_is_paused,),
        ),
        Step(
            "terminate_investigation", "investigation", "investigation_terminated", (ENDED,), duty=MAY,
            requires=(
                clock.clock_is_running, parties.nobody_is_decided, OneOf("ground", GROUNDS_TO_END, BY_RULE),
                a_reason_is_given,
            ),
            documents=("investigation_suspend",), roles=("agency_head",),
        ),
    ),
    limits_rules=(LimitRule("decision", "filed", ("investigation_terminated",), case_clock=True),),
    always=(Open(("investigation_terminated",), NINETY_DAYS),),
    stages=("investigation",),
)
