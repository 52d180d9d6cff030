"""Sealing and impoundment (查封、扣押): thirty days, thirty more, appraisal left out, and release when they are over."""

from __future__ import annotations

from dayu.law.citations import cite
from dayu.law.conditions import measures, officers
from dayu.law.conditions.filing import a_reason_is_given
from dayu.law.conditions.matter import Answered, Happened, NotHappened, OneOf, Open, Stated, Within
from dayu.law.journal import later
from dayu.law.procedure import MAY, Duty, Procedure, Step
from dayu.law.procedures.matter_duties import LatestOf, MustAfter, NotAfter, OnlyAfter
from dayu.law.running_limits import LimitRule, due
from dayu.law.situation import Situation

C = "compulsion-law"
POWER = cite(C, 22, anchor="查封、扣押应当由")
CONCERNED = cite(C, 23, 1, anchor="查封、扣押限于涉案的场所")
NOT_TWICE = cite(C, 23, 2, anchor="不得重复查封")
APPROVED = cite(C, 18, 1, 1, anchor="行政机关负责人报告并经批准")
TWO = cite(C, 18, 1, 2, anchor="由两名以上行政执法人员实施")
AT_THE_SCENE = cite(C, 18, 1, 5, anchor="当场告知当事人")
LISTS = cite(C, 24, 1, anchor="当场交付查封、扣押决定书和清单")
URGENT = cite(C, 19, anchor="二十四小时内")
REFUSED = cite(C, 19, anchor="应当立即解除")
DECIDE = cite(C, 27, anchor="规定的期限内作出处理决定")
RELEASE = cite(C, 28, 1, anchor="应当及时作出解除查封、扣押决定")
RETURN = cite(C, 28, 2, anchor="解除查封、扣押应当立即退还财物")
CUSTODY = cite(C, 26, 1, anchor="应当妥善保管")
DISPOSALS = ("confiscated", "destroyed", "transferred")
RELEASE_GROUNDS = ("no_violation", "goods_not_concerned", "no_longer_needed", "ran_out", "approval_refused", "other_release")
REPORT = LimitRule(
    "seizure_report", "goods_seized", ("seizure_approved", "seizure_refused"),
    when=lambda s, e: bool(e.params.get("urgency")), act="approve_seizure",
)
SCENE = (
    officers.at_least_two_officers, officers.certificates_are_valid,
    Answered(("power_to_seize",), POWER), Answered(("goods_concern_the_violation",), CONCERNED),
    Answered(("necessities_of_life",), CONCERNED, wanted=False), Answered(("seized_by_another_organ",), NOT_TWICE, wanted=False),
    Stated(("certificates_shown", "reasons_and_rights_told", "party_statement", "scene_record"), AT_THE_SCENE),
    Stated(("goods", "decision_handed_over", "list_in_two_copies"), LISTS),
)


def _running_out(s: Situation, party: str | None) -> Duty:
    """Release is due on the day after the last day, after a refusal, and where a decision leaves nothing to keep."""
    if later(s.last("seizure_refused"), s.last("seizure_released")):
        return Duty("must", "approval_refused", (REFUSED,))
    until = due(measures.SEIZED, s, party)
    if until is not None and s.today > until and not s.has("seized_goods_decided"):
        return Duty("must", "seizure_ran_out", (measures.OUT_OF_TIME,))
    return Duty("may", "goods_seized", (RELEASE,))


def _deciding(s: Situation, party: str | None) -> Duty:
    if _running_out(s, party).kind == "must" or s.has("seizure_released"):
        return Duty("not", "seizure_ran_out", (DECIDE,))
    return Duty("must", "goods_seized", (DECIDE,))



SEIZURE = Procedure(
    key="seizure",
    steps=(
        Step(
            "request_seizure", "approval", "seizure_requested", (APPROVED,), mainline=True,
            duty=NotAfter(("goods_seized",), "goods_taken_at_once", URGENT),
            requires=(
                Answered(("power_to_seize",), POWER), Answered(("goods_concern_the_violation",), CONCERNED),
                Stated(("goods", "reason", "basis"), APPROVED),
            ),
            documents=("seizure_approval",), leads_to=("approve_seizure", "withdraw_seizure_request"),
        ),
        Step(
            "approve_seizure", "approval", "seizure_approved", (APPROVED,), after=("request_seizure",), mainline=True,
            holds=False, requires=(NotHappened(("seizure_refused",), REFUSED),), limit="seizure_report",
            marks=(Within(REPORT, URGENT),),
            documents=("seizure_approval",), roles=("agency_head",), leads_to=("seize_goods",),
        ),
        Step(
            "withdraw_seizure_request", "approval", "seizure_withdrawn", (APPROVED,), after=("request_seizure",), duty=MAY,
            requires=(NotHappened(("goods_seized",), LISTS), a_reason_is_given),
        ),
        Step(
            "seize_goods", "execution", "goods_seized", (TWO,), after=("request_seizure", "approve_seizure"), requires=SCENE,
            mainline=True, limit="seizure", documents=("seizure_decision", "item_list", "scene_record"),
            leads_to=("entrust_custody", "start_appraisal", "extend_seizure", "decide_on_seized_goods"),
        ),
        Step(
            "seize_at_once", "execution", "goods_seized", (URGENT,), duty=MAY, limit="seizure",
            requires=(*SCENE, Stated(("urgency",), URGENT), NotHappened(("seizure_requested",), APPROVED)),
            documents=("seizure_decision", "item_list", "scene_record"), leads_to=("approve_seizure", "refuse_seizure"),
        ),
        Step(
            "refuse_seizure", "approval", "seizure_refused", (REFUSED,), roles=("agency_head",),
            duty=OnlyAfter(("goods_seized",), "nothing_taken", REFUSED, MAY),
            requires=(NotHappened(("seizure_approved",), REFUSED), a_reason_is_given), leads_to=("release_seizure",),
        ),
        Step(
            "entrust_custody", "custody", "custody_entrusted", (cite(C, 26, 2, anchor="可以委托第三人保管"),), after=("seize_goods",),
            duty=MAY, repeatable=True, requires=(Stated(("keeper", "place_kept", "cost_borne_by_organ"), CUSTODY),),
            leads_to=("check_custody",), moves=False,
        ),
        Step(
            "check_custody", "custody", "custody_checked", (CUSTODY,), after=("seize_goods",), duty=MAY, repeatable=True,
            requires=(Stated(("photo", "condition"), CUSTODY),), moves=False,
        ),
        Step(
            "start_appraisal", "custody", "appraisal_started", (cite(C, 25, 3, anchor="期间应当明确"),), after=("seize_goods",),
            duty=MAY, repeatable=True, documents=("appraisal_commission", "appraisal_period_notice"),
            requires=(
                measures.no_appraisal_runs, measures.seizure_still_runs,
                Stated(("subject", "appraiser", "period", "party_told"), cite(C, 25, 3, anchor="并书面告知当事人")),
            ),
            leads_to=("end_appraisal",),
        ),
        Step(
            "end_appraisal", "custody", "appraisal_ended", (cite(C, 25, 3, anchor="技术鉴定的期间"),),
            duty=MustAfter(("appraisal_started",), "appraisal_runs", CUSTODY, MAY, ("appraisal_ended",)), repeatable=True,
            done_when=LatestOf(("appraisal_ended",), ("appraisal_started",)), documents=("appraisal_result_notice",),
            requires=(
                Happened(("appraisal_started",), CUSTODY, "start_appraisal", ("appraisal_ended",)),
                Stated(("subject", "result"), cite(C, 25, 3, anchor="技术鉴定的期间")),
            ),
        ),
        Step(
            "extend_seizure", "custody", "seizure_extended", (cite(C, 25, 1, anchor="可以延长"),), after=("seize_goods",),
            duty=MAY, repeatable=True, roles=("agency_head",), documents=("seizure_extension",),
            requires=(
                measures.seizure_still_runs, measures.extension_is_the_only_one,
                NotHappened(("seizure_refused", "seizure_released"), REFUSED),
                Stated(("days", "reason", "party_told"), cite(C, 25, 2, anchor="应当及时书面告知当事人")),
            ),
        ),
        Step(
            "sell_perishables", "custody", "perishables_sold", (cite(C, 28, 2, anchor="不易保管的财物拍卖"),),
            after=("seize_goods",), duty=MAY, repeatable=True, roles=("agency_head",), moves=False,
            requires=(Stated(("goods", "reason", "price"), cite(C, 28, 2, anchor="明显低于市场价格")),),
        ),
        Step(
            "decide_on_seized_goods", "disposal", "seized_goods_decided", (DECIDE,), after=("seize_goods",), duty=_deciding,
            requires=(
                Happened(("seizure_approved",), URGENT, "approve_seizure"), measures.no_appraisal_runs,
                measures.seizure_still_runs, OneOf("disposal", DISPOSALS, DECIDE), Stated(("reason",), DECIDE),
            ),
            mainline=True, roles=("agency_head",), done_when=LatestOf(("seized_goods_decided", "seizure_released")),
        ),
        Step(
            "release_seizure", "disposal", "seizure_released", (RELEASE,), after=("seize_goods",), duty=_running_out,
            requires=(NotHappened(("seized_goods_decided",), DECIDE), OneOf("ground", RELEASE_GROUNDS, RELEASE)),
            mainline=True, roles=("agency_head",), documents=("seizure_release_approval", "seizure_release"),
            leads_to=("return_seized_goods",),
        ),
        Step(
            "return_seized_goods", "disposal", "seized_goods_returned", (RETURN,), mainline=True,
            duty=OnlyAfter(("seizure_released",), "not_released", RETURN),
            requires=(Stated(("goods", "received_by"), RETURN),), documents=("item_list",),
        ),
    ),
    limits_rules=(REPORT, measures.SEIZED),
    always=(Open(("seizure_withdrawn", "seized_goods_decided", "seized_goods_returned"), cite(C, 18, 1, 7, anchor="制作现场笔录")),),
    stages=("approval", "execution", "custody", "disposal"),
    runs_on="matter",
)
