"""Water permits (水行政许可): receipt, one list of missing papers, acceptance, survey, decision in time, delivery."""

from __future__ import annotations

from dayu.law.citations import cite
from dayu.law.conditions import permits
from dayu.law.conditions.matter import Answered, Happened, NotHappened, OneOf, Open, Stated, Within
from dayu.law.procedure import MAY, Procedure, Step
from dayu.law.procedures.matter_duties import LatestOf, MustAfter
from dayu.law.running_limits import LimitRule

X, W = "licensing-law", "abstraction-regulation"
APPLY = cite(X, 29, 1, anchor="应当向行政机关提出申请")
RECEIPT = cite(X, 32, 2, anchor="注明日期的书面凭证")
ACCEPT = cite(X, 32, 1, 5, anchor="应当受理行政许可申请")
GRANT = cite(X, 38, 1, anchor="准予行政许可的书面决定")
REFUSE = cite(X, 38, 2, anchor="应当说明理由")
FORBIDDEN = cite(W, 20, 1, anchor="审批机关不予批准")
OUTSIDE = cite(X, 45, anchor="不计算在本节规定的期限内")
THIRD = cite(X, 36, anchor="应当告知该利害关系人")
HEARING = cite(X, 47, 1, anchor="享有要求听证的权利")
DELIVER = cite(X, 44, anchor="十日内向申请人颁发")
PUBLISH = cite(X, 40, anchor="应当予以公开")
KINDS = (permits.ABSTRACTION, "works_in_rivers", "flood_impact", "soil_conservation_plan", "sand_mining", "planning_consent")
DECIDED = ("permit_granted", "permit_refused")
STILL_OPEN = NotHappened(DECIDED, GRANT)
HEARING_TIME = LimitRule("permit_hearing_request", "interested_told", ("permit_hearing_asked", *DECIDED))
DECISION_TIMES = (
    LimitRule(
        "permit_decide", "permit_accepted", DECIDED, when=permits.other_permit, forward_from=permits.accepted_on,
        pauses=permits.PAUSES, extended_by="permit_extended", act="grant_permit",
    ),
    LimitRule(
        "abstraction_decide", "permit_accepted", DECIDED, when=permits.abstraction, forward_from=permits.accepted_on,
        pauses=permits.PAUSES, act="grant_permit",
    ),
)
DELIVERY_TIME = LimitRule("permit_deliver", "permit_granted", ("permit_delivered",), act="deliver_permit")
IN_TIME = tuple(Within(limit, cite(X, 37, anchor="应当在法定期限内")) for limit in DECISION_TIMES)

WATER_LICENSING = Procedure(
    key="water_licensing",
    steps=(
        Step(
            "receive_application", "acceptance", "permit_papers_received", (APPLY,), mainline=True, limit="permit_accept",
            requires=(OneOf("permit_kind", KINDS, APPLY), Stated(("applicant", "papers", "receipt_given"), RECEIPT)),
            leads_to=("ask_for_papers", "accept_application", "decline_application"),
        ),
        Step(
            "ask_for_papers", "acceptance", "papers_asked", (permits.ONCE,), after=("receive_application",), duty=MAY,
            repeatable=True, leads_to=("receive_supplement",),
            requires=(
                permits.missing_papers_are_asked_once, NotHappened(("permit_accepted", "permit_not_accepted"), ACCEPT),
                Stated(("missing_papers", "receipt_given"), permits.ONCE),
            ),
        ),
        Step(
            "receive_supplement", "acceptance", "permit_papers_received", (ACCEPT,), repeatable=True, by_party=True, duty=MAY,
            requires=(
                Happened(("papers_asked",), permits.ONCE, "ask_for_papers", ("permit_papers_received",)),
                Stated(("papers", "receipt_given"), RECEIPT),
            ),
            leads_to=("accept_application",), limit="permit_accept",
        ),
        Step(
            "accept_application", "acceptance", "permit_accepted", (ACCEPT,), after=("receive_application",), mainline=True,
            requires=(permits.papers_are_here, Stated(("receipt_given",), RECEIPT)), limit="permit_decide",
            leads_to=("survey_site", "tell_interested", "pause_permit_clock"),
        ),
        Step(
            "decline_application", "acceptance", "permit_not_accepted", (cite(X, 32, 1, 2, anchor="即时作出不予受理的决定"),),
            after=("receive_application",), duty=MAY,
            requires=(
                NotHappened(("permit_accepted",), ACCEPT), permits.silence_has_not_accepted,
                OneOf("ground", ("no_permit_needed", "other_organ_decides"), cite(X, 32, 1, 1, anchor="不需要取得行政许可的")),
                Stated(("reason", "receipt_given"), RECEIPT),
            ),
        ),
        Step(
            "withdraw_application", "acceptance", "permit_withdrawn", (APPLY,), after=("receive_application",), duty=MAY,
            by_party=True, requires=(STILL_OPEN,),
        ),
        Step(
            "survey_site", "examination", "site_surveyed", (permits.TWO_STAFF,), after=("accept_application",), repeatable=True,
            requires=(permits.survey_has_two, Stated(("staff", "scene_record"), permits.TWO_STAFF), STILL_OPEN),
            duty=permits.surveying, mainline=True, documents=("scene_examination",),
        ),
        Step(
            "tell_interested", "examination", "interested_told", (THIRD,), after=("accept_application",), duty=MAY,
            repeatable=True, requires=(STILL_OPEN, Stated(("content", "rights"), HEARING)), limit="permit_hearing_request",
            leads_to=("request_permit_hearing", "hear_interested"),
        ),
        Step(
            "hear_interested", "examination", "interested_heard", (cite(X, 36, anchor="应当听取申请人、利害关系人"),), duty=MAY,
            requires=(Happened(("interested_told",), THIRD, "tell_interested"), Stated(("party_statement",), THIRD)), repeatable=True,
        ),
        Step(
            "request_permit_hearing", "examination", "permit_hearing_asked", (HEARING,), duty=MAY, by_party=True, repeatable=True,
            requires=(
                Happened(("interested_told",), HEARING, "tell_interested"), Within(HEARING_TIME, HEARING), STILL_OPEN,
                NotHappened(("permit_hearing_asked",), HEARING),
            ),
            limit="permit_hearing", leads_to=("hold_permit_hearing",),
        ),
        Step(
            "hold_permit_hearing", "examination", "permit_hearing_held", (permits.HEARD,), mainline=True,
            duty=MustAfter(("permit_hearing_asked",), "hearing_requested", permits.HEARD, MAY, ("permit_hearing_held",)),
            requires=(Happened(("permit_hearing_asked",), permits.HEARD, "request_permit_hearing"), Stated(("transcript",), permits.HEARD)),
        ),
        Step(
            "pause_permit_clock", "examination", "permit_clock_paused", (OUTSIDE,), after=("accept_application",), duty=MAY,
            repeatable=True, leads_to=("resume_permit_clock",), roles=("agency_head",),
            requires=(
                STILL_OPEN, NotHappened(("permit_clock_paused",), OUTSIDE, since=("permit_clock_resumed",)),
                OneOf("ground", ("hearing", "inspection", "appraisal", "expert_review", "consultation", "dispute"), OUTSIDE),
                Stated(("subject", "period", "party_told"), OUTSIDE),
            ),
        ),
        Step(
            "resume_permit_clock", "examination", "permit_clock_resumed", (OUTSIDE,), repeatable=True, mainline=True,
            duty=MustAfter(("permit_clock_paused",), "suspended", OUTSIDE, MAY, ("permit_clock_resumed",)),
            done_when=LatestOf(("permit_clock_resumed",), ("permit_clock_paused",)),
            requires=(
                Happened(("permit_clock_paused",), OUTSIDE, "pause_permit_clock", ("permit_clock_resumed",)),
                Stated(("subject",), OUTSIDE),
            ),
        ),
        Step(
            "extend_permit_decision", "examination", "permit_extended", (permits.TEN_MORE,), after=("accept_application",),
            duty=MAY, repeatable=True, roles=("agency_head",),
            requires=(
                STILL_OPEN, permits.extension_is_open,
                Stated(("days", "reason", "party_told"), cite(X, 42, 1, anchor="延长期限的理由告知申请人")),
            ),
        ),
        Step(
            "grant_permit", "decision", "permit_granted", (GRANT,), after=("accept_application", "survey_site"), mainline=True,
            done_when=LatestOf(DECIDED), roles=("agency_head",), limit="permit_deliver", leads_to=("deliver_permit",),
            marks=IN_TIME,
            requires=(
                STILL_OPEN, permits.hearing_is_settled, Answered(("permit_conditions_met",), GRANT),
                Answered(("ground_to_refuse_permit",), FORBIDDEN, wanted=False), Stated(("content", "basis"), GRANT),
            ),
        ),
        Step(
            "refuse_permit", "decision", "permit_refused", (REFUSE,), after=("accept_application",), duty=MAY, done_when=LatestOf(DECIDED),
            roles=("agency_head",), marks=IN_TIME,
            requires=(
                STILL_OPEN, permits.hearing_is_settled,
                Stated(("reason", "basis", "remedies"), cite(X, 38, 2, anchor="申请行政复议或者提起行政诉讼")),
            ),
        ),
        Step(
            "deliver_permit", "delivery", "permit_delivered", (DELIVER,), duty=permits.granted, mainline=True,
            requires=(Happened(("permit_granted",), DELIVER), Stated(("received_by",), DELIVER)), documents=("proof_of_service",),
            limit="permit_deliver", marks=(Within(DELIVERY_TIME, DELIVER),),
        ),
        Step(
            "publish_permit", "delivery", "permit_published", (PUBLISH,), duty=permits.granted, mainline=True, limit="publish",
            requires=(Happened(("permit_granted",), PUBLISH),),
        ),
    ),
    limits_rules=(
        permits.CHECK,
        *DECISION_TIMES,
        HEARING_TIME,
        LimitRule("permit_hearing", "permit_hearing_asked", ("permit_hearing_held",), act="hold_permit_hearing"),
        DELIVERY_TIME,
        LimitRule("publish", "permit_granted", ("permit_published",), act="publish_permit"),
    ),
    always=(Open(("permit_not_accepted", "permit_withdrawn", "permit_refused"), RECEIPT),),
    stages=("acceptance", "examination", "decision", "delivery"),
    runs_on="matter",
)
