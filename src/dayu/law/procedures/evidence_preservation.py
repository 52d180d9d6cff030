"""Advance registration of evidence (先行登记保存): one list, seven working days to decide what becomes of the goods."""

from __future__ import annotations

from dayu.law.citations import cite
from dayu.law.conditions import officers
from dayu.law.conditions.filing import a_reason_is_given
from dayu.law.conditions.matter import Answered, Happened, NotHappened, OneOf, Open, Stated, Within
from dayu.law.journal import Entry
from dayu.law.procedure import MAY, Duty, Procedure, Step
from dayu.law.procedures.matter_duties import NotAfter, OnlyAfter
from dayu.law.running_limits import LimitRule, due
from dayu.law.situation import Situation

P = "penalty-law"
AT_RISK = cite(P, 56, anchor="证据可能灭失")
APPROVED = cite(P, 56, anchor="经行政机关负责人批准")
PRESERVE = cite(P, 56, anchor="可以先行登记保存")
SEVEN_DAYS = cite(P, 56, anchor="应当在七日内及时作出处理决定")
WHOLE_COURSE = cite(P, 47, anchor="全过程记录")
DISPOSALS = ("recorded_and_returned", "sent_for_appraisal", "turned_into_seizure", "confiscated", "transferred", "released")
RETURNED = frozenset({"recorded_and_returned", "sent_for_appraisal", "released"})
SEVEN = LimitRule(
    "register_preserve", "evidence_preserved", ("preserved_evidence_disposed",), act="dispose_preserved_evidence"
)
SCENE = Stated(("goods", "list_handed_over", "place_kept", "witnessed_by"), PRESERVE)
LISTED = (officers.at_least_two_officers, officers.certificates_are_valid, Answered(("evidence_may_be_lost",), AT_RISK), SCENE)


def _urgent(s: Situation, entry: Entry) -> bool:
    return bool(entry.params.get("urgency"))


def _returning(s: Situation, party: str | None) -> Duty:
    """Goods go back when they were released, when the seven days passed without a decision, or when the head refused."""
    until, disposed = due(SEVEN, s, party), s.last("preserved_evidence_disposed")
    if disposed is not None:
        back = disposed.params.get("disposal") in RETURNED
        return Duty("must", "goods_released", (SEVEN_DAYS,)) if back else Duty("not", "goods_kept", (SEVEN_DAYS,))
    if s.has("preservation_refused"):
        return Duty("must", "approval_refused", (APPROVED,))
    if until is not None and s.today > until:
        return Duty("must", "preservation_lapsed", (SEVEN_DAYS,))
    return Duty("not", "goods_preserved", (SEVEN_DAYS,))


def _deciding(s: Situation, party: str | None) -> Duty:
    until = due(SEVEN, s, party)
    if s.has("preservation_refused") or (until is not None and s.today > until):
        return Duty("not", "preservation_lapsed", (SEVEN_DAYS,))
    return Duty("must", "goods_preserved", (SEVEN_DAYS,))


URGENT_APPROVAL = LimitRule(
    "preservation_approval", "evidence_preserved", ("preservation_approved", "preservation_refused"), when=_urgent,
    act="approve_preservation",
)
EVIDENCE_PRESERVATION = Procedure(
    key="evidence_preservation",
    steps=(
        Step(
            "request_preservation", "approval", "preservation_requested", (AT_RISK,),
            duty=NotAfter(("evidence_preserved",), "goods_taken_at_once", PRESERVE), mainline=True,
            requires=(Answered(("evidence_may_be_lost",), AT_RISK), Stated(("goods", "reason"), AT_RISK)),
            documents=("preservation_approval",), leads_to=("approve_preservation", "withdraw_preservation_request"),
        ),
        Step(
            "approve_preservation", "approval", "preservation_approved", (APPROVED,), after=("request_preservation",),
            requires=(NotHappened(("preservation_refused",), APPROVED),), mainline=True, holds=False,
            marks=(Within(URGENT_APPROVAL, APPROVED),),
            limit="preservation_approval", documents=("preservation_approval",), roles=("agency_head",),
            leads_to=("preserve_evidence",),
        ),
        Step(
            "withdraw_preservation_request", "approval", "preservation_withdrawn", (APPROVED,), duty=MAY,
            after=("request_preservation",), requires=(NotHappened(("evidence_preserved",), PRESERVE), a_reason_is_given),
        ),
        Step(
            "preserve_evidence", "execution", "evidence_preserved", (PRESERVE,),
            after=("request_preservation", "approve_preservation"), requires=LISTED, mainline=True,
            limit="register_preserve", documents=("preservation_notice", "item_list"),
            leads_to=("dispose_preserved_evidence",),
        ),
        Step(
            "preserve_at_once", "execution", "evidence_preserved", (PRESERVE,), duty=MAY,
            requires=(
                *LISTED, Stated(("urgency",), AT_RISK),
                NotHappened(("preservation_requested",), APPROVED),
            ),
            documents=("preservation_notice", "item_list"), leads_to=("approve_preservation", "refuse_preservation"),
        ),
        Step(
            "refuse_preservation", "approval", "preservation_refused", (APPROVED,),
            duty=OnlyAfter(("evidence_preserved",), "nothing_taken", APPROVED, MAY), roles=("agency_head",),
            requires=(
                NotHappened(("preservation_approved", "preserved_evidence_disposed"), APPROVED), a_reason_is_given,
            ),
            leads_to=("return_preserved_goods",),
        ),
        Step(
            "dispose_preserved_evidence", "disposal", "preserved_evidence_disposed", (SEVEN_DAYS,),
            requires=(
                Happened(("evidence_preserved",), SEVEN_DAYS, "preserve_evidence"),
                Happened(("preservation_approved",), APPROVED, "approve_preservation"), Within(SEVEN, SEVEN_DAYS),
                OneOf("disposal", DISPOSALS, SEVEN_DAYS), a_reason_is_given,
            ),
            duty=_deciding, mainline=True, documents=("preservation_disposal_approval", "preservation_disposal"),
            leads_to=("return_preserved_goods",),
        ),
        Step(
            "return_preserved_goods", "disposal", "preserved_goods_returned", (SEVEN_DAYS,), duty=_returning, mainline=True,
            requires=(
                Happened(("evidence_preserved",), SEVEN_DAYS), Stated(("goods", "received_by"), SEVEN_DAYS),
            ),
            documents=("item_list",),
        ),
    ),
    limits_rules=(
        URGENT_APPROVAL,
        SEVEN,
    ),
    always=(Open(("preservation_withdrawn", "preserved_goods_returned"), WHOLE_COURSE),),
    stages=("approval", "execution", "disposal"),
    runs_on="matter",
)
