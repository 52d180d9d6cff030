"""The organ's own clocks (本机关答复、应诉): as respondent, as defendant, and to the procurator. Tasks name a person."""

from __future__ import annotations

from dayu.law.citations import Citation, cite
from dayu.law.conditions import answering
from dayu.law.conditions.filing import a_reason_is_given
from dayu.law.conditions.matter import Happened, NotHappened, OneOf, Open, Stated, Within
from dayu.law.procedure import MAY, Procedure, Step
from dayu.law.procedures.matter_duties import LatestOf, MustAfter, NotAfter, OnlyAfter
from dayu.law.running_limits import LimitRule

R, G = "reconsideration-law", "litigation-law"
ANSWER = cite(R, 48, anchor="提出书面答复")
SILENT = cite(R, 70, anchor="视为该行政行为没有证据、依据")
LATER = cite(R, 46, 2, anchor="被申请人可以补充证据")
OBEY = cite(R, 77, 1, anchor="应当履行行政复议决定书")
FORWARD = cite(R, 32, 2, anchor="五日内转送行政复议机关")
DEFEND = cite(G, 67, 1, anchor="并提出答辩状")
LATE = cite(G, 34, 2, anchor="视为没有相应证据")
LATER_IN_COURT = cite(G, 36, 2, anchor="被告可以补充证据")
PERFORM = cite(G, 96, anchor="拒绝履行判决、裁定、调解书")
APPEAL = cite(G, 85, anchor="向上一级人民法院提起上诉")
RECORD = cite("penalty-law", 47, anchor="全过程记录")
SUGGESTED = cite(G, 25, 4, anchor="应当向行政机关提出检察建议")
REPLY = cite("procurator-litigation-interpretation", 21, confirmation="U")
OUTCOMES = ("upheld", "changed", "revoked", "confirmed_illegal", "invalid", "ordered_to_act", "withdrawn", "mediated")
REASSIGNED = ("person_renamed",)


def _rename(basis: Citation) -> Step:
    """Another person takes the task over: the limit goes on under the new name."""
    return Step(
        "rename_person", "receipt", "person_renamed", (basis,), duty=MAY, repeatable=True, roles=("unit_head",),
        requires=(Stated(("person", "reason"), basis),), moves=False,
    )


def _freeze(basis: Citation, received: str, answered: str) -> tuple[Step, ...]:
    """Evidence as of the decision, and what came later apart from it."""
    later_basis = LATER if received == "reconsideration_copy_received" else LATER_IN_COURT
    return (
        Step(
            "freeze_evidence", "preparation", "evidence_frozen", (basis,), mainline=True, repeatable=True,
            requires=(
                Happened((received,), basis), answering.evidence_is_as_of_the_decision, Stated(("evidence", "basis"), basis),
                NotHappened((answered,), basis),
            ),
            documents=("evidence_list",), leads_to=("list_later_evidence",),
        ),
        Step(
            "list_later_evidence", "preparation", "later_evidence_listed", (later_basis,), duty=MAY, repeatable=True,
            requires=(
                Happened((received,), basis), OneOf("ground", ("raised_by_the_other_side", "force_majeure_delay"), later_basis),
                answering.nothing_is_collected_now, Stated(("evidence", "consent_of_the_body"), later_basis),
            ),
            documents=("evidence_list",), moves=False,
        ),
    )


RECONSIDERATION_CLOCK = LimitRule(
    "reconsider_answer", "reconsideration_copy_received", ("reconsideration_answered",), act="answer_reconsideration",
    days_from=answering.simplified_days, reassigned_by=REASSIGNED,
)
SUIT_CLOCK = LimitRule(
    "suit_answer", "suit_copy_received", ("suit_answered",), act="answer_suit", reassigned_by=REASSIGNED
)
REPLY_CLOCK = LimitRule(
    "procurator_reply", "recommendation_received", ("recommendation_answered",), act="reply_to_procurator",
    days_from=answering.urgent_days, reassigned_by=REASSIGNED,
)
FORWARD_CLOCK = LimitRule(
    "reconsider_forward", "application_taken", ("application_forwarded", "own_act_changed"), act="forward_application",
    reassigned_by=REASSIGNED,
)
RECONSIDERATION_ANSWER = Procedure(
    key="reconsideration_answer",
    steps=(
        Step(
            "take_application", "receipt", "application_taken", (cite(R, 32, 1, anchor="可以通过作出行政处罚决定的"),),
            duty=NotAfter(("reconsideration_copy_received",), "copy_received", FORWARD, MAY), limit="reconsider_forward",
            requires=(Stated(("person", "decided_on"), FORWARD),), leads_to=("forward_application", "change_own_act"),
        ),
        Step(
            "forward_application", "receipt", "application_forwarded", (FORWARD,), mainline=True, holds=False,
            duty=MustAfter(("application_taken",), "application_taken", FORWARD, MAY, ("application_forwarded", "own_act_changed")),
            requires=(Happened(("application_taken",), FORWARD, "take_application"),), marks=(Within(FORWARD_CLOCK, FORWARD),),
        ),
        Step(
            "receive_application_copy", "receipt", "reconsideration_copy_received", (ANSWER,), mainline=True,
            requires=(OneOf("mode", ("ordinary", "simplified"), ANSWER), Stated(("person", "decided_on"), ANSWER)),
            limit="reconsider_answer", leads_to=("freeze_evidence", "change_own_act"),
        ),
        _rename(ANSWER),
        *_freeze(ANSWER, "reconsideration_copy_received", "reconsideration_answered"),
        Step(
            "change_own_act", "preparation", "own_act_changed", (cite("penalty-law", 75, 2, anchor="应当主动改正"),), duty=MAY,
            requires=(Happened(("reconsideration_copy_received", "application_taken"), ANSWER), a_reason_is_given),
            roles=("agency_head",), moves=False,
        ),
        Step(
            "answer_reconsideration", "answer", "reconsideration_answered", (ANSWER,), after=("freeze_evidence",), mainline=True,
            requires=(Stated(("answer", "evidence_catalogue", "basis"), ANSWER), Stated(("signed_by_head",), ANSWER)),
            marks=(Within(RECONSIDERATION_CLOCK, SILENT),), roles=("agency_head",), limit="reconsider_answer",
            documents=("evidence_list",), leads_to=("give_opinion",),
        ),
        Step(
            "give_opinion", "hearing", "opinion_given", (cite(R, 49, anchor="听取当事人的意见"),), duty=MAY, repeatable=True,
            requires=(Happened(("reconsideration_answered",), ANSWER), Stated(("person",), ANSWER)), moves=False,
        ),
        Step(
            "record_reconsideration_outcome", "outcome", "reconsideration_decided",
            (cite(R, 62, 1, anchor="作出行政复议决定"),), mainline=True,
            requires=(Happened(("reconsideration_copy_received",), ANSWER), OneOf("outcome", OUTCOMES, OBEY)),
            leads_to=("carry_out_outcome",),
        ),
        Step(
            "carry_out_outcome", "outcome", "outcome_carried_out", (OBEY,), after=("record_reconsideration_outcome",),
            mainline=True, requires=(Stated(("manner",), OBEY),), roles=("agency_head",),
        ),
    ),
    limits_rules=(FORWARD_CLOCK, RECONSIDERATION_CLOCK),
    always=(Open(("outcome_carried_out",), RECORD),),
    stages=("receipt", "preparation", "answer", "hearing", "outcome"),
    runs_on="matter",
)

SUIT_ANSWER = Procedure(
    key="suit_answer",
    steps=(
        Step(
            "receive_complaint_copy", "receipt", "suit_copy_received", (DEFEND,), mainline=True, limit="suit_answer",
            requires=(Stated(("person", "decided_on", "court"), DEFEND),), leads_to=("freeze_evidence",),
        ),
        _rename(DEFEND),
        *_freeze(DEFEND, "suit_copy_received", "suit_answered"),
        Step(
            "answer_suit", "answer", "suit_answered", (DEFEND,), after=("freeze_evidence",), mainline=True, limit="suit_answer",
            requires=(
                Stated(("answer", "evidence_catalogue", "basis"), DEFEND),
                Stated(("signed_by_head", "representatives"), DEFEND),
            ),
            marks=(Within(SUIT_CLOCK, LATE),), roles=("agency_head",),
            documents=("evidence_list", "identity_proof", "power_of_attorney"), leads_to=("appear_in_court",),
        ),
        Step(
            "change_own_act", "preparation", "own_act_changed", (cite(G, 62, anchor="被告改变其所作的行政行为"),), duty=MAY,
            requires=(Happened(("suit_copy_received",), DEFEND), a_reason_is_given), roles=("agency_head",), moves=False,
        ),
        Step(
            "appear_in_court", "hearing", "appeared_in_court", (answering.HEAD_APPEARS,), after=("answer_suit",), mainline=True,
            repeatable=True, done_when=LatestOf(("appeared_in_court", "suit_decided")), documents=("power_of_attorney",),
            requires=(
                OneOf("who", ("head", "staff"), answering.HEAD_APPEARS), answering.somebody_fit_appears,
                Stated(("person",), answering.HEAD_APPEARS),
            ),
            roles=("agency_head",),
        ),
        Step(
            "record_judgment_of_organ", "outcome", "suit_decided", (cite(G, 81, anchor="作出第一审判决"),), mainline=True,
            requires=(Happened(("suit_copy_received",), DEFEND), OneOf("outcome", OUTCOMES, PERFORM)), limit="appeal",
            leads_to=("decide_on_appeal", "carry_out_outcome"),
        ),
        Step(
            "decide_on_appeal", "outcome", "appeal_filed", (APPEAL,), after=("record_judgment_of_organ",), duty=MAY,
            roles=("agency_head",), requires=(
                Within(LimitRule("appeal", "suit_decided", ("appeal_filed",)), APPEAL), a_reason_is_given,
                NotHappened(("outcome_carried_out",), APPEAL),
            ),
            leads_to=("record_second_judgment",),
        ),
        Step(
            "record_second_judgment", "outcome", "second_judgment", (APPEAL,), mainline=True,
            duty=OnlyAfter(("appeal_filed",), "no_appeal", APPEAL), requires=(OneOf("outcome", OUTCOMES, APPEAL),),
        ),
        Step(
            "carry_out_outcome", "outcome", "outcome_carried_out", (PERFORM,), mainline=True, roles=("agency_head",),
            after=("record_judgment_of_organ", "record_second_judgment"), requires=(Stated(("manner",), PERFORM),),
        ),
    ),
    limits_rules=(SUIT_CLOCK, LimitRule("appeal", "suit_decided", ("appeal_filed", "outcome_carried_out"), act="decide_on_appeal")),
    always=(Open(("outcome_carried_out",), RECORD),),
    stages=("receipt", "preparation", "answer", "hearing", "outcome"),
    runs_on="matter",
)

PROCURATOR_REPLY = Procedure(
    key="procurator_reply",
    steps=(
        Step(
            "receive_recommendation", "receipt", "recommendation_received", (SUGGESTED,), mainline=True, limit="procurator_reply",
            requires=(Stated(("person", "content"), SUGGESTED),), leads_to=("take_measures",),
        ),
        _rename(SUGGESTED),
        Step(
            "take_measures", "measures", "measures_taken", (SUGGESTED,), after=("receive_recommendation",), mainline=True,
            repeatable=True, requires=(Stated(("content", "person"), SUGGESTED),), leads_to=("reply_to_procurator",),
        ),
        Step(
            "reply_to_procurator", "answer", "recommendation_answered", (REPLY,), after=("receive_recommendation", "take_measures"),
            mainline=True, requires=(Stated(("reply", "signed_by_head"), REPLY),), marks=(Within(REPLY_CLOCK, REPLY),),
            roles=("agency_head",), limit="procurator_reply", leads_to=("report_progress",),
        ),
        Step(
            "report_progress", "answer", "progress_reported", (REPLY,), after=("reply_to_procurator",), duty=MAY, repeatable=True,
            requires=(Stated(("content",), REPLY),), moves=False,
        ),
        Step(
            "record_public_interest_suit", "answer", "public_interest_suit_filed", (cite(G, 25, 4, anchor="向人民法院提起诉讼"),),
            after=("receive_recommendation",), duty=MAY, requires=(Stated(("court",), SUGGESTED),),
        ),
        Step(
            "close_recommendation", "closing", "recommendation_closed", (SUGGESTED,), after=("reply_to_procurator",), mainline=True,
            requires=(Stated(("result",), SUGGESTED),), roles=("agency_head",),
        ),
    ),
    limits_rules=(REPLY_CLOCK,),
    always=(Open(("public_interest_suit_filed", "recommendation_closed"), RECORD),),
    stages=("receipt", "measures", "answer", "closing"),
    runs_on="matter",
)
