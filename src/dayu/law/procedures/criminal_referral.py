"""Criminal referral (移送涉嫌犯罪案件): three days, twenty-four hours, and the ways back. Orders to restore stay open."""

from __future__ import annotations

from dataclasses import replace

from dayu.law.citations import cite
from dayu.law.conditions import decision, records, referral
from dayu.law.conditions.filing import a_reason_is_given
from dayu.law.conditions.matter import Happened, NotHappened, OneOf, Open, Stated, Within
from dayu.law.procedure import MAY, Procedure, Step
from dayu.law.procedures.matter_duties import LatestOf, NotAfter, OnlyAfter
from dayu.law.procedures.ordinary_penalty import ORDINARY_PENALTY
from dayu.law.running_limits import LimitRule

P, T = "penalty-law", "criminal-transfer-rules"
MUST_TRANSFER = cite(P, 27, 1, anchor="违法行为涉嫌犯罪的")
REPORT = cite(T, 5, 1, anchor="移送涉嫌犯罪案件的书面报告")
DECIDE = cite(T, 5, 2, anchor="接到报告之日起３日内")
SEND = cite(T, 5, 2, anchor="应当在２４小时内")
REASON = cite(T, 5, 2, anchor="将不予批准的理由记录在案")
PACKAGE = cite(T, 6, anchor="应当附有下列材料")
RECEIPT = cite(T, 7, anchor="回执上签字")
POLICE = cite(T, 8, anchor="书面通知移送案件的行政执法机关")
REVIEW = cite(T, 9, 1, anchor="提请作出不予立案决定的公安机关")
SUPERVISE = cite(T, 9, 1, anchor="依法进行立案监督")
HAND_OVER = cite(T, 12, anchor="移交公安机关，并办结交接手续")
ENDS = ("crime_ruled_out", "penalty_resumed", "prosecutor_opinion_followed", "fine_excluded")
POLICE_ANSWERS = ("crime_filed", "police_declined")
OUTCOMES = ("police_file", "police_decline")
BACK = LatestOf(("court_fined", "prosecution_declined", "crime_exempted", "police_declined"), ("crime_filed",))
DECLINED = NotAfter(("crime_filed",), "filed_by_police", POLICE, MAY)
DECIDE_TIME = LimitRule(
    "transfer_decide", "crime_reported", ("crime_transfer_approved", "crime_ruled_out"), act="approve_crime_transfer"
)

SEND_TIME = LimitRule("transfer_send", "crime_transfer_approved", ("crime_transferred",), act="transfer_crime")
GOODS_TIME = LimitRule("goods_handover", "crime_filed", ("goods_handed_over",), act="hand_over_goods")


def _kept_open(act: str) -> Step:
    """Orders to stop, restore and remove go on whatever the police do (practice of 移送规定十一条)."""
    return replace(
        ORDINARY_PENALTY.step(act), stage="orders", after=(), duty=MAY, mainline=False, done_when=None, moves=False, leads_to=(),
    )


CRIMINAL_REFERRAL = Procedure(
    key="criminal_referral",
    steps=(
        Step(
            "suspect_crime", "suspicion", "crime_suspected", (MUST_TRANSFER,), mainline=True, limit="transfer_decide",
            requires=(records.no_crime_is_suspected, Stated(("facts",), MUST_TRANSFER)), leads_to=("form_group",),
        ),
        Step(
            "form_group", "suspicion", "referral_group_formed", (referral.GROUP,), after=("suspect_crime",), mainline=True,
            requires=(referral.group_has_two, Stated(("members",), referral.GROUP)), roles=("agency_head",),
        ),
        Step(
            "report_crime", "suspicion", "crime_reported", (REPORT,), after=("form_group",), mainline=True,
            requires=(Stated(("facts", "evidence", "basis"), REPORT),), limit="transfer_decide",
            documents=("criminal_referral_approval",), leads_to=("approve_crime_transfer", "refuse_crime_transfer"),
        ),
        Step(
            "approve_crime_transfer", "transfer", "crime_transfer_approved", (DECIDE,), after=("report_crime",), mainline=True,
            requires=(decision.crime_is_suspected,), marks=(Within(DECIDE_TIME, DECIDE),), limit="transfer_send",
            documents=("criminal_referral_approval",), roles=("agency_head",),
        ),
        Step(
            "refuse_crime_transfer", "transfer", "crime_ruled_out", (REASON,), after=("report_crime",), duty=MAY,
            requires=(
                decision.crime_is_suspected, a_reason_is_given, NotHappened(("crime_transferred",), MUST_TRANSFER),
            ),
            documents=("criminal_referral_approval",), roles=("agency_head",),
        ),
        Step(
            "transfer_crime", "transfer", "crime_transferred", (SEND,), after=("approve_crime_transfer",), mainline=True,
            requires=(
                decision.crime_is_suspected,
                Stated(("transfer_letter", "investigation_report", "item_list", "appraisal_or_none"), PACKAGE),
            ),
            marks=(Within(SEND_TIME, SEND),), documents=("criminal_referral",), leads_to=("record_police_receipt",),
        ),
        Step(
            "record_police_receipt", "police", "crime_received", (RECEIPT,), after=("transfer_crime",), mainline=True,
            requires=(Stated(("received_by",), RECEIPT),), limit="police_decide",
            leads_to=("record_police_filing", "record_police_refusal"),
        ),
        Step(
            "record_police_filing", "police", "crime_filed", (POLICE,), after=("record_police_receipt",), mainline=True,
            done_when=LatestOf(POLICE_ANSWERS), repeatable=True, limit="goods_handover",
            requires=(
                NotHappened(("crime_filed",), POLICE),
                Happened(("crime_received", "police_review_decided", "supervision_decided"), POLICE, "", ("police_declined",)),
            ),
            leads_to=("hand_over_goods", "record_prosecution_refusal", "record_court_fine", "record_court_exemption"),
        ),
        Step(
            "record_police_refusal", "police", "police_declined", (POLICE,), after=("record_police_receipt",), duty=DECLINED,
            requires=(NotHappened(POLICE_ANSWERS, POLICE), Stated(("reason",), POLICE)), limit="police_review_request",
            leads_to=("request_police_review", "suggest_supervision", "resume_penalty"),
        ),
        Step(
            "request_police_review", "police", "police_review_requested", (REVIEW,), duty=DECLINED, roles=("agency_head",),
            requires=(Happened(("police_declined",), REVIEW), Within(referral.REVIEW_TIME, REVIEW), a_reason_is_given),
            limit="police_review_decide", leads_to=("record_police_review",),
        ),
        Step(
            "record_police_review", "police", "police_review_decided", (cite(T, 9, 2, anchor="并书面通知移送案件"),),
            duty=OnlyAfter(("police_review_requested",), "no_review_asked", REVIEW),
            requires=(OneOf("outcome", OUTCOMES, REVIEW),), limit="supervision_request",
            leads_to=("record_police_filing", "suggest_supervision", "resume_penalty"),
        ),
        Step(
            "suggest_supervision", "police", "supervision_suggested", (SUPERVISE,), duty=DECLINED, roles=("agency_head",),
            requires=(
                Happened(("police_declined",), SUPERVISE), referral.no_review_runs, a_reason_is_given,
                referral.supervision_is_in_time,
            ),
            leads_to=("record_supervision",),
        ),
        Step(
            "record_supervision", "police", "supervision_decided", (cite(T, 9, 3, anchor="接受人民检察院"),),
            duty=OnlyAfter(("supervision_suggested",), "no_supervision_asked", SUPERVISE),
            requires=(OneOf("outcome", OUTCOMES, SUPERVISE),), leads_to=("record_police_filing", "resume_penalty"),
        ),
        Step(
            "hand_over_goods", "police", "goods_handed_over", (HAND_OVER,), mainline=True, holds=False,
            duty=OnlyAfter(("crime_filed",), "not_filed_by_police", HAND_OVER), documents=("item_list",),
            requires=(Stated(("goods", "received_by"), HAND_OVER),), marks=(Within(GOODS_TIME, HAND_OVER),),
        ),
        Step(
            "record_court_fine", "outcome", "court_fined", (referral.NO_FINE,), duty=referral.awaiting, mainline=True,
            done_when=BACK, requires=(Happened(("crime_filed",), referral.NO_FINE), Stated(("amount_yuan",), referral.NO_FINE)),
            leads_to=("conclude_without_fine",),
        ),
        Step(
            "record_prosecution_refusal", "outcome", "prosecution_declined", (referral.RETURNED,), duty=MAY, done_when=BACK,
            requires=(
                Happened(("crime_filed",), referral.RETURNED), OneOf("opinion", ("with_opinion", "without_opinion"), referral.RETURNED),
            ),
            leads_to=("follow_prosecutor_opinion", "resume_penalty"),
        ),
        Step(
            "record_court_exemption", "outcome", "crime_exempted", (cite(P, 27, 1, anchor="免予刑事处罚"),), duty=MAY,
            done_when=BACK, requires=(Happened(("crime_filed",), referral.RETURNED),), leads_to=("resume_penalty",),
        ),
        Step(
            "resume_penalty", "return", "penalty_resumed", (referral.PUNISH,), duty=referral.resuming, mainline=True,
            requires=(referral.no_review_runs, Stated(("answer_attached",), referral.PUNISH)),
        ),
        Step(
            "follow_prosecutor_opinion", "return", "prosecutor_opinion_followed", (referral.RETURNED,), mainline=True,
            duty=referral.following, requires=(Stated(("opinion_attached", "reply"), referral.RETURNED),),
        ),
        Step(
            "conclude_without_fine", "return", "fine_excluded", (referral.NO_FINE,), mainline=True,
            duty=referral.excluding, requires=(Stated(("judgment_attached", "other_sanctions"), referral.NO_FINE),),
        ),
        _kept_open("order_correction"),
        _kept_open("serve_correction_order"),
        _kept_open("verify_correction"),
    ),
    limits_rules=(
        DECIDE_TIME,
        SEND_TIME,
        LimitRule("police_decide", "crime_received", POLICE_ANSWERS),
        referral.REVIEW_TIME,
        LimitRule("police_review_decide", "police_review_requested", ("police_review_decided",)),
        referral.SUPERVISION_TIME,
        GOODS_TIME,
    ),
    always=(Open(ENDS, cite(P, 47, anchor="全过程记录")),),
    stages=("suspicion", "transfer", "police", "outcome", "return", "orders"),
    after_end=frozenset({"order_correction", "serve_correction_order", "verify_correction"}),
)
