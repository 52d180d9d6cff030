"""Demand and court enforcement (催告、申请人民法院强制执行) of a fine: ten working days, then the court within its window."""

from __future__ import annotations

from dataclasses import replace

from dayu.law.citations import cite
from dayu.law.conditions import decision, enforcement, performance
from dayu.law.conditions.filing import a_reason_is_given
from dayu.law.conditions.matter import Happened, NotHappened, Stated, Within
from dayu.law.course import court_window_ends, pay_due, suit_ends
from dayu.law.journal import Entry, later
from dayu.law.procedure import MAY, Duty, Procedure, Step
from dayu.law.procedures.enforcement_steps import NOT_SUSPENDED, PLEAS, suspension_after
from dayu.law.procedures.matter_duties import LatestOf, MustAfter
from dayu.law.procedures.ordinary_limits import SETTLED, a_fine_is_owed
from dayu.law.procedures.ordinary_penalty import ORDINARY_PENALTY
from dayu.law.running_limits import LimitRule
from dayu.law.situation import Situation

C = "compulsion-law"
DEMAND = cite(C, 54, anchor="应当催告当事人履行义务")
PACKAGE = cite(C, 55, 1, anchor="应当提供下列材料")
SIGNED = cite(C, 55, 2, anchor="应当由行政机关负责人签名")
WINDOW = cite(C, 53, anchor="三个月内")
HIGHER = cite(C, 56, 2, anchor="向上一级人民法院申请复议")
REFUSED = cite(C, 58, 3, anchor="向上一级人民法院申请复议")
ANSWERED = ("court_accepted", "court_not_accepted")
REVIEW = LimitRule(
    "court_review_apply", "court_not_accepted", ("court_review_asked",), per_party=True, act="ask_higher_court"
)
REVIEW_OF_REFUSAL = replace(REVIEW, starts="court_refusal_received", ends=("court_review_asked", "court_refused"))


def _lost(s: Situation, party: str | None) -> bool:
    """Whether the way to the court is closed: out of time without an application that lies there, or overturned."""
    if not enforcement.decision_still_stands(s, party).allowed:
        return True
    until = court_window_ends(s, party)
    lies_there = later(s.last("court_applied", party), s.last("court_not_accepted", party))
    return until is not None and s.today > until and not lies_there and not s.has("court_accepted", party)


def _applying(s: Situation, party: str | None) -> Duty:
    if _lost(s, party):
        return Duty("may", "window_closed", (WINDOW,))
    return enforcement.unless_settled(s, party)


def _ending(s: Situation, party: str | None) -> Duty:
    """Where the window has closed unused, the enforcement is ended with the reason on record."""
    if _lost(s, party) and enforcement.unless_settled(s, party).kind == "must":
        return Duty("must", "window_closed", (WINDOW,))
    return enforcement.may_unless_settled(s, party)


def _applied(s: Situation, party: str | None) -> Entry | None:
    applied = s.last("court_applied", party)
    lies_there = applied if later(applied, s.last("court_not_accepted", party)) else s.last("court_accepted", party)
    return enforcement.settled(s, party) or lies_there


def _at_the_court(s: Situation, party: str | None) -> Duty:
    """What the court does is awaited once the application lies there."""
    if _lost(s, party) or _applied(s, party) is None:
        return enforcement.may_unless_settled(s, party)
    return enforcement.unless_settled(s, party)


def _accepted(s: Situation, party: str | None) -> Entry | None:
    return enforcement.settled(s, party) or s.last("court_accepted", party)


SUSPENSION = {step.act: replace(step, per_party=True, stage="court") for step in suspension_after("demand_served")}

COURT_ENFORCEMENT = Procedure(
    key="court_enforcement",
    steps=(
        replace(
            ORDINARY_PENALTY.step("demand_performance"), stage="demand", after=(), mainline=True, moves=True,
            duty=enforcement.unless_settled, leads_to=("submit_enforcement_plea", "apply_court_enforcement"),
            requires=(
                Happened(("decision_served",), DEMAND), decision.there_is_a_penalty, enforcement.something_is_owed,
                enforcement.decision_still_stands, performance.payment_is_overdue, performance.additional_fine_is_chosen,
                Stated(("manner", "amount_yuan", "rights"), cite(C, 35, 1, anchor="并载明下列事项")),
            ),
        ),
        replace(
            ORDINARY_PENALTY.step("decide_additional_fine"), stage="demand", after=(), duty=enforcement.may_unless_settled,
            leads_to=("demand_performance",),
        ),
        *(replace(step, per_party=True) for step in PLEAS),
        Step(
            "apply_court_enforcement", "application", "court_applied", (WINDOW,), after=("demand_performance",),
            per_party=True, mainline=True, roles=("agency_head",), duty=_applying, done_when=_applied, repeatable=True,
            limit="court_apply", documents=("court_enforcement_application",),
            requires=(
                enforcement.something_is_owed, performance.demand_ran_out, performance.court_may_be_asked,
                enforcement.court_window_is_open, enforcement.plea_is_examined, enforcement.decision_still_stands,
                NOT_SUSPENDED, NotHappened(("court_applied",), WINDOW, since=("court_not_accepted",)),
                Stated(("application", "decision_and_grounds", "party_opinion_and_demand", "object_of_enforcement"), PACKAGE),
                Stated(("signed_by_head",), SIGNED),
            ),
            leads_to=("record_court_acceptance", "record_court_rejection"),
        ),
        Step(
            "record_court_acceptance", "court", "court_accepted", (cite(C, 56, 1, anchor="应当在五日内受理"),), per_party=True,
            duty=_at_the_court, limit="court_rule", mainline=True, done_when=_accepted,
            requires=(Happened(("court_applied", "court_review_decided"), WINDOW, "apply_court_enforcement", ANSWERED),),
            leads_to=("record_court_enforcement", "receive_refusal"),
        ),
        Step(
            "record_court_rejection", "court", "court_not_accepted", (cite(C, 56, 2, anchor="不予受理的裁定有异议"),),
            per_party=True, duty=enforcement.may_unless_settled, repeatable=True,
            requires=(Happened(("court_applied",), WINDOW, "apply_court_enforcement", ANSWERED), a_reason_is_given),
            leads_to=("ask_higher_court", "apply_court_enforcement"),
        ),
        Step(
            "receive_refusal", "court", "court_refusal_received", (cite(C, 58, 2, anchor="裁定不予执行的，应当说明理由"),),
            per_party=True, duty=enforcement.may_unless_settled, repeatable=True,
            requires=(Happened(("court_accepted",), WINDOW, "record_court_acceptance"), a_reason_is_given),
            leads_to=("ask_higher_court", "record_court_refusal"),
        ),
        Step(
            "ask_higher_court", "court", "court_review_asked", (HIGHER,), per_party=True, repeatable=True,
            duty=enforcement.may_unless_settled, roles=("agency_head",), limit="court_review_apply",
            requires=(
                Happened(("court_not_accepted", "court_refusal_received"), HIGHER, "", ("court_review_asked",)),
                Within(REVIEW, HIGHER), Within(REVIEW_OF_REFUSAL, REFUSED), a_reason_is_given,
            ),
            leads_to=("record_higher_court",),
        ),
        Step(
            "record_higher_court", "court", "court_review_decided", (HIGHER,), per_party=True, repeatable=True,
            duty=MustAfter(("court_review_asked",), "higher_court_asked", HIGHER, MAY, ("court_review_decided", *SETTLED)),
            done_when=LatestOf(("court_review_decided",), ("court_review_asked",)),
            requires=(
                Happened(("court_review_asked",), HIGHER, "ask_higher_court", ("court_review_decided",)),
                Stated(("result",), HIGHER),
            ),
            leads_to=("record_court_acceptance", "record_court_refusal"),
        ),
        replace(
            ORDINARY_PENALTY.step("record_court_enforcement"), stage="court", duty=_at_the_court, mainline=True,
            done_when=enforcement.settled, requires=(Happened(("court_accepted",), WINDOW, "record_court_acceptance"),),
        ),
        replace(
            ORDINARY_PENALTY.step("record_court_refusal"), stage="court", duty=enforcement.may_unless_settled,
            requires=(Happened(("court_refusal_received",), REFUSED, "receive_refusal"),),
        ),
        replace(
            ORDINARY_PENALTY.step("record_payment"), stage="court", after=(), mainline=False,
            duty=enforcement.may_unless_settled, done_when=enforcement.settled,
        ),
        replace(SUSPENSION["suspend_enforcement"], duty=enforcement.may_unless_settled),
        SUSPENSION["resume_enforcement"],
        replace(
            SUSPENSION["terminate_enforcement"], duty=_ending, mainline=True, done_when=enforcement.settled,
            requires=SUSPENSION["terminate_enforcement"].requires[1:],
        ),
    ),
    limits_rules=(
        LimitRule("pay", "decision_served", SETTLED, per_party=True, when=a_fine_is_owed, act="record_payment"),
        LimitRule("demand", "demand_served", (*SETTLED, "court_applied"), per_party=True, act="apply_court_enforcement"),
        LimitRule(
            "court_apply", "decision_served", (*SETTLED, "court_applied", "reconsideration_decided", "deferral_approved"),
            per_party=True, when=a_fine_is_owed, act="apply_court_enforcement",
        ),
        LimitRule(
            "court_apply_deferred", "deferral_approved", (*SETTLED, "court_applied"), per_party=True, forward_from=pay_due,
            act="apply_court_enforcement",
        ),
        LimitRule(
            "court_window", "reconsideration_decided", (*SETTLED, "court_applied"), per_party=True, forward_from=suit_ends,
            act="apply_court_enforcement",
        ),
        LimitRule("court_accept", "court_applied", ANSWERED, per_party=True),
        LimitRule("court_rule", "court_accepted", ("court_enforced", "court_refusal_received"), per_party=True),
        REVIEW,
        REVIEW_OF_REFUSAL,
    ),
    stages=("demand", "application", "court"),
)
