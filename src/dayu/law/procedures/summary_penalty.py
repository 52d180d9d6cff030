"""The summary procedure (简易程序，当场处罚): one slip, one party, decided and handed over at the scene."""

from __future__ import annotations

from dataclasses import replace

from dayu.law.citations import cite
from dayu.law.conditions import (
    amount,
    decision,
    evidence,
    filing,
    leniency,
    limitation,
    officers,
    parties,
    performance,
    summary,
)
from dayu.law.conditions.matter import Happened, NotHappened, Open, Stated, Within
from dayu.law.journal import Entry
from dayu.law.procedure import MAY, Duty, Procedure, Step
from dayu.law.procedures import ordinary_duties as duties
from dayu.law.procedures.ordinary_limits import SETTLED, a_fine_is_owed
from dayu.law.procedures.ordinary_penalty import ORDINARY_PENALTY
from dayu.law.running_limits import LimitRule
from dayu.law.situation import Situation

P = "penalty-law"
FILED_WITH_ORGAN = cite(P, 52, 3, anchor="应当报所属行政机关备案")
HANDED_OVER = cite(P, 52, 1, anchor="当场交付当事人")
CONTENT = cite(P, 52, 2, anchor="应当载明当事人的违法行为")
TWO_DAYS = cite(P, 71, anchor="二日内，交至行政机关")
DECIDED = ("decision_sealed",)
ENDS = ("turned_ordinary", "closed")


def _cash(s: Situation, party: str | None) -> Duty:
    if summary.cash_waits(s, party):
        return Duty("must", "cash_collected", (TWO_DAYS,))
    return Duty("not", "no_cash_collected", (TWO_DAYS,))


def _decided(s: Situation, party: str | None) -> Entry | None:
    return s.last("decision_sealed", party)


FILING_LIMIT = LimitRule("summary_filing", "decision_sealed", ("slip_filed",), per_party=True, act="file_slip")
LIMITS = (
    FILING_LIMIT,
    LimitRule("pay", "decision_served", SETTLED, per_party=True, when=a_fine_is_owed, act="record_payment"),
    LimitRule(
        "onsite_cash_in", "fine_paid", ("cash_handed_in", "cash_banked"), per_party=True, when=summary.collected,
        forward_from=summary.landed_on, act="hand_in_cash",
    ),
    LimitRule("bank_deposit", "cash_handed_in", ("cash_banked",), per_party=True, act="bank_cash"),
    LimitRule("reconsider", "decision_served", ("reconsideration_filed",), per_party=True),
)

STEPS = (
    Step(
        "show_certificates", "scene", "certificates_shown", (cite(P, 52, 1, anchor="应当向当事人出示执法证件"),),
        requires=(officers.at_least_two_officers, officers.certificates_are_valid, parties.there_is_a_party), mainline=True,
    ),
    Step(
        "tell_on_the_spot", "scene", "told_on_the_spot", (cite(P, 44, anchor="应当告知当事人"),),
        after=("show_certificates",), per_party=True, repeatable=True,
        requires=(Stated(("content", "facts", "basis", "rights"), cite(P, 44, anchor="事实、理由、依据")),), mainline=True,
    ),
    Step(
        "hear_on_the_spot", "scene", "heard_on_the_spot", (cite(P, 45, 1, anchor="充分听取当事人的意见"),),
        after=("tell_on_the_spot",), per_party=True, repeatable=True,
        requires=(Stated(("party_statement",), cite(P, 45, 1, anchor="充分听取当事人的意见")),), mainline=True,
    ),
    Step(
        "decide_on_the_spot", "decision", "decision_sealed", (cite(P, 51, anchor="可以当场作出行政处罚决定"),),
        after=("show_certificates", "tell_on_the_spot", "hear_on_the_spot"), per_party=True,
        requires=(
            decision.not_yet_decided, officers.at_least_two_officers, officers.certificates_are_valid,
            summary.only_a_fine_or_a_warning, summary.amount_is_within_the_ceiling, amount.amount_is_within_the_law,
            evidence.facts_are_supported, leniency.no_ground_forbids_a_penalty, limitation.limitation_is_not_barred,
            decision.crime_does_not_lock_the_fine, decision.remedies_are_told,
            Stated(("number", "act_described", "basis", "time_and_place"), CONTENT),
            Stated(("review_first_told",), cite("reconsideration-law", 23, 2, anchor="应当告知公民")),
            summary.number_is_from_the_block,
        ),
        done_when=_decided, mainline=True, missing="procedure.no_decision", limit="summary_filing",
        documents=("onspot_decision",), leads_to=("hand_over_slip",),
    ),
    Step(
        "hand_over_slip", "decision", "decision_served", (HANDED_OVER,), after=("decide_on_the_spot",), per_party=True,
        requires=(Stated(("signed_or_refusal_noted",), cite(P, 52, 1, anchor="拒绝签收的")),), mainline=True,
        missing="procedure.decision_unserved", limit="pay", leads_to=("collect_on_the_spot", "record_payment"),
    ),
    Step(
        "file_slip", "filing", "slip_filed", (FILED_WITH_ORGAN,), after=("decide_on_the_spot",), per_party=True,
        marks=(Within(FILING_LIMIT, FILED_WITH_ORGAN),), mainline=True, limit="summary_filing", holds=False,
    ),
    Step(
        "collect_on_the_spot", "performance", "fine_paid", (cite(P, 68, 1, anchor="执法人员可以当场收缴罚款"),),
        after=("hand_over_slip",), per_party=True, duty=MAY,
        requires=(
            performance.there_is_a_fine, summary.cash_may_be_collected,
            Stated(("ground", "official_receipt"), cite(P, 70, anchor="统一制发的专用票据")),
        ),
        limit="onsite_cash_in", documents=("fine_receipt_register",), leads_to=("hand_in_cash",),
    ),
    Step(
        "hand_in_cash", "performance", "cash_handed_in", (TWO_DAYS,), per_party=True, repeatable=True,
        requires=(summary.cash_was_collected, NotHappened(("cash_handed_in",), TWO_DAYS, since=("fine_paid",))),
        duty=_cash, limit="bank_deposit", leads_to=("bank_cash",),
    ),
    Step(
        "bank_cash", "performance", "cash_banked", (cite(P, 71, anchor="应当在二日内将罚款缴付"),), per_party=True,
        requires=(summary.cash_was_collected, Happened(("cash_handed_in",), TWO_DAYS, "hand_in_cash", ("fine_paid",))),
        duty=_cash, repeatable=True,
    ),
    replace(ORDINARY_PENALTY.step("record_payment"), after=("hand_over_slip",), duty=duties.paying),
    Step(
        "turn_to_ordinary", "decision", "turned_ordinary", (summary.CERTAIN,), duty=MAY,
        requires=(NotHappened(DECIDED, cite(P, 29, anchor="不得给予两次以上罚款")), filing.a_reason_is_given),
    ),
    Step(
        "close_slip", "closing", "closed", (cite(P, 47, anchor="归档保存"),), after=("hand_over_slip", "file_slip"),
        requires=(summary.slip_is_settled,), mainline=True,
    ),
)

SUMMARY_PENALTY = Procedure(
    key="summary_penalty",
    steps=STEPS,
    limits_rules=LIMITS,
    always=(Open(ENDS, cite(P, 47, anchor="全过程记录")),),
    stages=("scene", "decision", "filing", "performance", "closing"),
    runs_on="matter",
)
