"""The ordinary penalty procedure (普通程序): steps, order, papers, people and limits. Declarations only."""

from __future__ import annotations

from dayu.law.citations import cite
from dayu.law.conditions import (
    amount,
    clock,
    closing,
    correction,
    decision,
    defence,
    discussion,
    evidence,
    filing,
    hearing,
    leniency,
    limitation,
    notice,
    officers,
    parties,
    performance,
    records,
    review,
    service,
)
from dayu.law.procedure import MAY, Procedure, Step
from dayu.law.procedures import ordinary_duties as duties
from dayu.law.procedures.ordinary_limits import LIMITS

P = "penalty-law"
ORDERED = cite(P, 28, 1, anchor="应当责令当事人改正或者限期改正")
REVIEWED = cite(P, 58, 1, anchor="应当由从事行政处罚决定法制审核")
UNREVIEWED = cite(P, 58, 1, anchor="未经法制审核或者审核未通过的")
STAGES = (
    "lead", "filing", "investigation", "notice", "defence", "legal_review", "discussion", "decision", "service",
    "performance", "closing", "archive",
)

LEAD = (
    Step(
        "register_lead", "lead", "lead_registered", (cite(P, 54, 1, anchor="必须全面、客观、公正地调查"),),
        mainline=True, documents=("lead_registration",), leads_to=("verify_lead",),
    ),
    Step(
        "verify_lead", "lead", "lead_verified", (cite(P, 54, 2, anchor="符合立案标准的"),),
        after=("register_lead",), requires=(officers.at_least_two_officers, officers.certificates_are_valid),
        mainline=True, limit="lead_verify",
    ),
)

FILING = (
    Step(
        "request_filing", "filing", "filing_requested", (cite(P, 54, 2, anchor="应当及时立案"),),
        after=("verify_lead",),
        requires=(
            filing.not_yet_filed, filing.filing_conditions_are_met, limitation.limitation_leaves_someone,
            officers.at_least_two_officers, officers.certificates_are_valid,
        ),
        done_when=duties.filing_requested, mainline=True, documents=("filing_approval",),
    ),
    Step(
        "file_case", "filing", "filed", (cite(P, 54, 2, anchor="应当及时立案"),),
        after=("request_filing",),
        requires=(
            filing.filing_is_requested, filing.filing_conditions_are_met, limitation.limitation_leaves_someone,
            officers.at_least_two_officers, officers.certificates_are_valid,
        ),
        mainline=True, missing="procedure.not_filed", limit="decision", documents=("filing_approval",),
        roles=("agency_head",),
    ),
    Step(
        "return_filing", "filing", "filing_returned", (cite(P, 54, 2, anchor="符合立案标准的"),),
        after=("request_filing",), requires=(filing.not_yet_filed, filing.filing_is_requested, filing.a_reason_is_given),
        duty=MAY, repeatable=True, roles=("agency_head",), leads_to=("request_filing",),
    ),
    Step(
        "decline_to_file", "filing", "filing_declined", (cite(P, 54, 2, anchor="符合立案标准的"),),
        after=("verify_lead",), requires=(filing.not_yet_filed, filing.declining_has_a_listed_ground),
        duty=MAY, documents=("filing_refusal",), roles=("agency_head",),
    ),
    Step(
        "withdraw_filing", "filing", "filing_withdrawn", (cite(P, 57, 1, anchor="违法事实不能成立的"),),
        after=("file_case",), requires=(parties.nobody_is_decided, filing.a_reason_is_given),
        duty=MAY, documents=("filing_withdrawal",), roles=("agency_head",), leads_to=("close_case",),
    ),
)

PEOPLE = (
    Step(
        "assign_officers", "investigation", "officers_assigned", (cite(P, 42, 1, anchor="执法人员不得少于两人"),),
        duty=MAY, repeatable=True, roles=("unit_head",), moves=False,
    ),
    Step(
        "request_recusal", "investigation", "recusal_requested", (cite(P, 43, 2, anchor="有权申请回避"),),
        requires=(officers.recusal_comes_in_time,), duty=MAY, repeatable=True, by_party=True,
        leads_to=("decide_recusal",), moves=False,
    ),
    Step(
        "decide_recusal", "investigation", "recusal_decided", (cite(P, 43, 3, anchor="由行政机关负责人决定"),),
        requires=(officers.recusal_is_requested,), duty=duties.recusal_duty, repeatable=True, documents=("recusal_decision",),
        roles=("agency_head",), moves=False,
    ),
    Step(
        "correct_party", "investigation", "party_corrected", (cite(P, 59, 1, 1, anchor="当事人的姓名或者名称"),),
        per_party=True, requires=(filing.a_reason_is_given,), duty=MAY, repeatable=True, documents=("correction_notice",), moves=False,
    ),
    Step(
        "split_party", "investigation", "party_split_off", (cite(P, 40, anchor="必须查明事实"),),
        after=("file_case",), per_party=True,
        requires=(parties.more_than_one_party_remains, parties.party_is_undecided, filing.a_reason_is_given),
        duty=MAY, roles=("agency_head",),
    ),
    Step(
        "absorb_case", "investigation", "case_absorbed", (cite(P, 40, anchor="必须查明事实"),),
        after=("file_case",), requires=(filing.a_reason_is_given,), duty=MAY, repeatable=True, roles=("agency_head",),
    ),
    Step(
        "merge_case", "investigation", "case_merged", (cite(P, 40, anchor="必须查明事实"),),
        after=("file_case",), requires=(parties.nobody_is_decided, filing.a_reason_is_given), duty=MAY,
        roles=("agency_head",),
    ),
    Step(
        "transfer_case", "investigation", "case_transferred", (cite(P, 25, 1, anchor="由最先立案的行政机关管辖"),),
        requires=(parties.nobody_is_decided, filing.a_reason_is_given), duty=MAY, documents=("case_transfer_letter",),
        roles=("agency_head",), leads_to=("close_case",),
    ),
)

INVESTIGATION = (
    Step(
        "order_correction", "investigation", "correction_ordered", (ORDERED,),
        per_party=True, requires=(correction.order_has_content,), duty=duties.ordering, repeatable=True,
        done_when=duties.ordered, mainline=True, holds=False,
        documents=("cease_order", "correction_order"),
        leads_to=("serve_correction_order",),
    ),
    Step(
        "serve_correction_order", "investigation", "correction_order_served",
        (ORDERED,),
        per_party=True, requires=(correction.order_exists, service.service_is_proved), duty=duties.serving_order,
        repeatable=True, limit="ordered", documents=("proof_of_service",), leads_to=("verify_correction",),
    ),
    Step(
        "find_correction_unneeded", "investigation", "correction_unneeded",
        (ORDERED,),
        per_party=True, requires=(correction.unneeded_for_a_listed_reason,), duty=MAY,
    ),
    Step(
        "preserve_evidence", "investigation", "evidence_preserved", (cite(P, 56, anchor="可以先行登记保存"),),
        requires=(
            officers.at_least_two_officers, officers.certificates_are_valid, evidence.head_approved_preservation,
        ),
        duty=MAY, repeatable=True, limit="register_preserve",
        documents=("preservation_approval", "preservation_notice", "item_list"), leads_to=("dispose_preserved_evidence",), moves=False,
    ),
    Step(
        "dispose_preserved_evidence", "investigation", "preserved_evidence_disposed",
        (cite(P, 56, anchor="应当在七日内及时作出处理决定"),),
        requires=(evidence.something_is_preserved,), duty=MAY, repeatable=True,
        documents=("preservation_disposal",), moves=False,
    ),
    Step(
        "approve_extension", "investigation", "extension_approved", (cite(P, 60, anchor="法律、法规、规章另有规定"),),
        after=("file_case",), requires=(clock.clock_is_running, clock.extension_is_within_its_limit), duty=MAY,
        repeatable=True, documents=("extension_approval",), roles=("agency_head",),
    ),
    Step(
        "pause_clock", "investigation", "clock_paused", (cite(P, 60, anchor="法律、法规、规章另有规定"),),
        after=("file_case",), requires=(clock.clock_is_running, clock.pause_has_a_listed_ground), duty=MAY,
        repeatable=True, roles=("agency_head",), leads_to=("resume_clock",),
    ),
    Step(
        "resume_clock", "investigation", "clock_resumed", (cite(P, 60, anchor="法律、法规、规章另有规定"),),
        requires=(clock.clock_is_paused,), duty=MAY, repeatable=True, roles=("agency_head",),
    ),
    Step(
        "report_investigation", "investigation", "investigation_reported", (cite(P, 57, 1, anchor="调查终结"),),
        after=("file_case",),
        requires=(
            parties.there_is_a_party, officers.at_least_two_officers, officers.certificates_are_valid,
            officers.actor_is_not_recused, evidence.facts_are_supported,
        ),
        mainline=True, missing="procedure.investigation_unreported", documents=("investigation_report",),
    ),
    Step(
        "examine_report", "investigation", "report_examined", (cite(P, 57, 1, anchor="应当对调查结果进行审查"),),
        after=("report_investigation",), mainline=True, missing="procedure.report_unexamined", roles=("agency_head",),
        leads_to=("give_penalty_notice", "exempt_from_penalty", "suspect_crime"),
    ),
    Step(
        "terminate_investigation", "investigation", "investigation_terminated", (cite(P, 57, 1, anchor="违法事实不能成立的"),),
        after=("file_case",), requires=(parties.nobody_is_decided, filing.a_reason_is_given), duty=MAY,
        roles=("agency_head",), leads_to=("close_case",),
    ),
)

NOTICE = (
    Step(
        "give_penalty_notice", "notice", "penalty_notice_given", (cite(P, 44, anchor="应当告知当事人"),),
        after=("file_case", "report_investigation", "examine_report"), per_party=True,
        requires=(
            decision.not_yet_decided, decision.route_is_a_penalty, notice.there_is_a_draft,
            officers.actor_is_not_recused, evidence.facts_are_supported, leniency.leniency_was_examined,
            leniency.no_ground_forbids_a_penalty, limitation.limitation_is_not_barred, amount.amount_is_within_the_law,
            amount.deviation_is_reasoned, correction.order_was_not_obeyed, decision.crime_does_not_lock_the_fine,
            notice.the_notice_would_be_new, notice.new_notice_is_not_a_penalty_for_pleading,
            hearing.notice_offers_the_hearing,
        ),
        duty=duties.unless_spared, repeatable=True, done_when=duties.notice_given, mainline=True,
        missing="procedure.notice_missing", documents=("penalty_notice", "hearing_right_notice"),
    ),
    Step(
        "serve_penalty_notice", "notice", "penalty_notice_served", (cite(P, 44, anchor="应当告知当事人"),),
        after=("give_penalty_notice",), per_party=True,
        requires=(notice.a_notice_waits_to_be_served, service.service_is_proved), duty=duties.unless_spared,
        done_when=duties.notice_served, mainline=True, missing="procedure.notice_unserved", limit="hearing_request",
        documents=("proof_of_service",), leads_to=("submit_defence", "request_hearing", "submit_legal_review"),
    ),
)

DEFENCE = (
    Step(
        "submit_defence", "defence", "defence_submitted", (cite(P, 45, 1, anchor="当事人有权进行陈述和申辩"),),
        per_party=True, requires=(defence.notice_can_be_answered, decision.not_yet_decided), duty=MAY, repeatable=True,
        documents=("defence_record",), by_party=True, leads_to=("reexamine_defence",),
    ),
    Step(
        "waive_defence", "defence", "defence_waived", (cite(P, 62, anchor="明确放弃陈述或者申辩权利"),),
        per_party=True,
        requires=(defence.notice_can_be_answered, defence.waiver_is_in_writing, decision.not_yet_decided),
        duty=MAY, repeatable=True, by_party=True,
    ),
    Step(
        "reexamine_defence", "defence", "defence_reexamined", (cite(P, 45, 1, anchor="应当进行复核"),),
        per_party=True, requires=(defence.a_defence_waits, defence.every_point_is_answered), duty=duties.pleading,
        done_when=duties.plea_answered, mainline=True, missing="procedure.defence_not_reexamined",
        documents=("defence_review",),
    ),
    Step(
        "request_hearing", "defence", "hearing_requested", (cite(P, 64, 1, 1, anchor="告知后五日内提出"),),
        per_party=True,
        requires=(defence.notice_can_be_answered, hearing.hearing_may_be_asked_for, decision.not_yet_decided),
        duty=MAY, repeatable=True, documents=("hearing_application",), by_party=True,
        leads_to=("notice_hearing", "refuse_hearing"),
    ),
    Step(
        "waive_hearing", "defence", "hearing_waived", (cite(P, 63, 1, anchor="当事人有要求听证的权利"),),
        per_party=True,
        requires=(
            defence.notice_can_be_answered, hearing.hearing_may_be_asked_for, defence.waiver_is_in_writing,
            decision.not_yet_decided,
        ),
        duty=MAY, repeatable=True, by_party=True,
    ),
    Step(
        "refuse_hearing", "defence", "hearing_refused", (cite(P, 64, 1, 1, anchor="告知后五日内提出"),),
        per_party=True, requires=(hearing.hearing_was_asked_for, hearing.request_was_late, filing.a_reason_is_given),
        duty=MAY, repeatable=True, documents=("hearing_refusal",), roles=("agency_head",),
    ),
    Step(
        "notice_hearing", "defence", "hearing_noticed", (cite(P, 64, 1, 2, anchor="举行听证的七日前"),),
        per_party=True,
        requires=(
            hearing.hearing_was_asked_for, hearing.hearing_is_announced_in_time, hearing.presider_did_not_investigate,
        ),
        duty=duties.hearing_duty, repeatable=True, limit="hearing_notice",
        documents=("hearing_notice", "hearing_announcement"), leads_to=("hold_hearing", "end_hearing"),
    ),
    Step(
        "hold_hearing", "defence", "hearing_held", (cite(P, 64, 1, 7, anchor="当事人进行申辩和质证"),),
        per_party=True,
        requires=(
            hearing.hearing_was_asked_for, hearing.hearing_was_announced, hearing.presider_did_not_investigate,
            hearing.transcript_is_signed,
        ),
        duty=duties.hearing_duty, done_when=duties.hearing_held, mainline=True, missing="procedure.hearing_not_held",
        documents=("hearing_record", "hearing_report"), roles=("hearing_presider",), leads_to=("submit_legal_review",),
    ),
    Step(
        "end_hearing", "defence", "hearing_ended", (cite(P, 64, 1, 6, anchor="视为放弃听证权利"),),
        per_party=True, requires=(hearing.hearing_was_asked_for, hearing.hearing_was_announced, hearing.absence_is_noted),
        duty=MAY, repeatable=True, roles=("hearing_presider",),
    ),
)

# What has to be right before the reviewer sees the draft, and again when the head decides.
READY = (
    decision.not_yet_decided, notice.there_is_a_draft, decision.route_is_a_penalty,
    officers.at_least_two_officers, officers.certificates_are_valid, officers.actor_is_not_recused,
    officers.recusal_requests_are_decided, evidence.facts_are_supported,
    leniency.leniency_was_examined, leniency.no_ground_forbids_a_penalty, limitation.limitation_is_not_barred,
    correction.fine_goes_with_an_order, correction.order_was_not_obeyed, decision.crime_does_not_lock_the_fine,
    amount.amount_is_within_the_law, amount.deviation_is_reasoned,
    notice.draft_is_not_heavier_than_notice, notice.facts_and_basis_were_told,
    defence.party_was_heard, defence.every_point_is_answered, hearing.hearing_right_was_told, hearing.hearing_is_resolved,
    decision.defects_are_explained,
)

REVIEW = (
    Step(
        "submit_legal_review", "legal_review", "legal_review_submitted", (REVIEWED,),
        after=("file_case", "serve_penalty_notice"), per_party=True,
        requires=(*READY, review.no_submission_is_open, review.draft_is_not_passed_yet, review.package_is_complete),
        duty=duties.reviewing, repeatable=True, done_when=duties.review_submitted, mainline=True,
        leads_to=("pass_legal_review", "return_legal_review"),
    ),
    Step(
        "withdraw_legal_review", "legal_review", "legal_review_withdrawn",
        (REVIEWED,),
        per_party=True, requires=(review.a_submission_is_open,), duty=MAY, repeatable=True,
        leads_to=("submit_legal_review",),
    ),
    Step(
        "pass_legal_review", "legal_review", "legal_review_passed", (UNREVIEWED,),
        per_party=True, requires=(review.review_is_submitted,), duty=duties.reviewing, repeatable=True,
        done_when=duties.review_passed, mainline=True, missing="procedure.review_missing", documents=("legal_review_opinion",),
        roles=("legal_reviewer",), leads_to=("hold_collective_discussion", "decide_penalty"),
    ),
    Step(
        "return_legal_review", "legal_review", "legal_review_returned", (cite(P, 58, 1, anchor="审核未通过的"),),
        per_party=True, requires=(review.a_submission_is_open, filing.a_reason_is_given), duty=MAY, repeatable=True,
        documents=("legal_review_opinion",), roles=("legal_reviewer",), leads_to=("submit_legal_review",),
    ),
    Step(
        "confirm_legal_review", "legal_review", "legal_review_confirmed", (UNREVIEWED,),
        per_party=True, requires=(decision.not_yet_decided, review.change_came_from_discussion), duty=MAY, repeatable=True,
        documents=("legal_review_opinion",), roles=("legal_reviewer",),
    ),
)

DISCUSSION = (
    Step(
        "hold_collective_discussion", "discussion", "collective_discussion_held", (cite(P, 57, 2, anchor="应当集体讨论决定"),),
        after=("examine_report",), per_party=True,
        requires=(
            decision.not_yet_decided, notice.there_is_a_draft, discussion.discussion_has_its_turn,
            discussion.quorum_is_present,
        ),
        duty=duties.discussing, repeatable=True, done_when=duties.discussed, mainline=True,
        missing="procedure.discussion_missing", documents=("collective_discussion",), roles=("agency_head",),
        leads_to=("confirm_legal_review",),
    ),
)

DECISION = (
    Step(
        "decide_penalty", "decision", "decision_sealed", (cite(P, 57, 1, anchor="作出行政处罚决定"),),
        after=("file_case", "report_investigation", "examine_report", "give_penalty_notice", "serve_penalty_notice"),
        per_party=True,
        requires=(
            *READY, review.review_was_passed_on_this_substance, discussion.discussion_was_held,
            discussion.decision_equals_the_conclusion, evidence.preserved_evidence_is_disposed,
            decision.remedies_are_told, decision.content_is_complete,
        ),
        marks=(decision.decision_is_in_time,), duty=duties.unless_spared, done_when=duties.decided, mainline=True,
        missing="procedure.no_decision", limit="serve_decision", documents=("decision_approval", "penalty_decision"),
        roles=("agency_head",), leads_to=("serve_decision",),
    ),
    Step(
        "exempt_from_penalty", "decision", "no_penalty_decided", (cite(P, 57, 1, anchor="不予行政处罚"),),
        after=("file_case", "report_investigation", "examine_report"), per_party=True,
        requires=(
            decision.not_yet_decided, officers.at_least_two_officers, leniency.leniency_was_examined,
            leniency.a_ground_spares_the_party, leniency.education_is_planned, decision.no_crime_blocks_sparing,
        ),
        marks=(decision.decision_is_in_time,), duty=duties.unless_penalised, done_when=duties.decided,
        documents=("no_penalty_decision",), roles=("agency_head",), leads_to=("serve_decision",),
    ),
    Step(
        "revoke_decision", "decision", "decision_revoked", (cite(P, 75, 2, anchor="发现有错误的，应当主动改正"),),
        per_party=True, requires=(decision.there_is_a_decision, filing.a_reason_is_given), duty=MAY, repeatable=True,
        roles=("agency_head",), leads_to=("withdraw_publication", "give_penalty_notice"),
    ),
    Step(
        "weigh_defect", "decision", "defect_weighed", (cite(P, 38, 2, anchor="违反法定程序构成重大且明显违法"),),
        requires=(records.there_is_a_defect, filing.a_reason_is_given), duty=MAY, repeatable=True,
        roles=("legal_reviewer", "agency_head"), moves=False,
    ),
)

CRIME = (
    Step(
        "suspect_crime", "investigation", "crime_suspected", (cite(P, 27, 1, anchor="违法行为涉嫌犯罪的"),),
        after=("file_case",), duty=MAY, repeatable=True, limit="transfer_decide",
        requires=(records.no_crime_is_suspected,),
        leads_to=("approve_crime_transfer", "rule_out_crime"), moves=False,
    ),
    Step(
        "approve_crime_transfer", "investigation", "crime_transfer_approved",
        (cite("criminal-transfer-rules", 5, anchor="批准移送或者不批准移送的决定"),),
        requires=(decision.crime_is_suspected,), duty=duties.crime_duty, repeatable=True, limit="transfer_send",
        roles=("agency_head",), moves=False,
    ),
    Step(
        "rule_out_crime", "investigation", "crime_ruled_out",
        (cite("criminal-transfer-rules", 5, anchor="批准移送或者不批准移送的决定"),),
        requires=(decision.crime_is_suspected, filing.a_reason_is_given), duty=MAY, repeatable=True, roles=("agency_head",), moves=False,
    ),
    Step(
        "transfer_crime", "investigation", "crime_transferred", (cite(P, 27, 1, anchor="及时将案件移送司法机关"),),
        after=("approve_crime_transfer",), requires=(decision.crime_is_suspected,), duty=duties.crime_duty, repeatable=True,
        documents=("criminal_referral",),
        leads_to=("record_police_refusal", "record_prosecution_refusal", "record_court_fine"), moves=False,
    ),
    Step(
        "record_police_refusal", "investigation", "police_declined",
        (cite("criminal-transfer-rules", 10, anchor="应当依法实施行政处罚"),),
        requires=(decision.crime_was_transferred,), duty=MAY, repeatable=True, moves=False,
    ),
    Step(
        "record_prosecution_refusal", "investigation", "prosecution_declined", (cite(P, 27, 1, anchor="应当给予行政处罚的"),),
        requires=(decision.crime_was_transferred,), duty=MAY, repeatable=True, moves=False,
    ),
    Step(
        "record_court_fine", "investigation", "court_fined", (cite(P, 35, 2, anchor="不再给予罚款"),),
        per_party=True, requires=(decision.crime_was_transferred,), duty=MAY,
    ),
)

SERVICE = (
    Step(
        "serve_decision", "service", "decision_served", (cite(P, 61, 1, anchor="在七日内依照"),),
        per_party=True,
        requires=(decision.there_is_a_decision, service.decision_is_unserved, service.service_is_proved),
        marks=(service.served_in_time,), done_when=duties.served, mainline=True,
        missing="procedure.decision_unserved", limit="pay", documents=("proof_of_service", "service_announcement"),
        leads_to=("publish_decision", "record_payment", "record_performance"),
    ),
    Step(
        "publish_decision", "service", "decision_published", (cite("publicity-opinion", confirmation="U"),),
        after=("serve_decision",), per_party=True, requires=(decision.there_is_a_penalty,), duty=duties.publishing,
        done_when=duties.published, mainline=True, limit="publish", documents=("publication_approval",),
        leads_to=("withdraw_publication",),
    ),
    Step(
        "exempt_from_publication", "service", "publication_exempted", (cite(P, 50, anchor="商业秘密或者个人隐私"),),
        per_party=True, requires=(decision.there_is_a_penalty, filing.a_reason_is_given), duty=MAY,
        done_when=duties.published, roles=("agency_head",),
    ),
    Step(
        "withdraw_publication", "service", "publication_withdrawn", (cite(P, 48, 2, anchor="在三日内撤回行政处罚决定信息"),),
        per_party=True, requires=(records.it_was_published, filing.a_reason_is_given), duty=MAY, repeatable=True, moves=False,
    ),
)

PERFORMANCE = (
    Step(
        "record_payment", "performance", "fine_paid", (cite(P, 67, 3, anchor="缴纳罚款"),),
        after=("serve_decision",), per_party=True,
        requires=(performance.there_is_a_fine, performance.fine_went_to_the_bank), duty=duties.paying, repeatable=True,
        done_when=duties.paid, mainline=True, documents=("fine_receipt_register",),
    ),
    Step(
        "approve_deferral", "performance", "deferral_approved", (cite(P, 66, 2, anchor="可以暂缓或者分期缴纳"),),
        after=("serve_decision",), per_party=True,
        requires=(performance.there_is_a_fine, performance.deferral_was_applied_for), duty=MAY, repeatable=True,
        limit="court_apply_deferred", documents=("deferral_approval", "deferral_notice"),
        roles=("agency_head",),
    ),
    Step(
        "decide_additional_fine", "performance", "additional_fine_decided",
        (cite(P, 72, 1, 1, anchor="按罚款数额的百分之三加处罚款"),),
        after=("serve_decision",), per_party=True,
        requires=(decision.there_is_a_penalty, performance.payment_is_overdue, performance.choice_is_reasoned),
        duty=MAY, repeatable=True, limit="additional_fine", roles=("agency_head",),
    ),
    Step(
        "demand_performance", "performance", "demand_served", (cite("compulsion-law", 54, anchor="应当催告当事人履行义务"),),
        after=("serve_decision",), per_party=True,
        requires=(decision.there_is_a_penalty, performance.payment_is_overdue, performance.additional_fine_is_chosen),
        duty=MAY, repeatable=True, limit="demand", documents=("demand_notice",), leads_to=("apply_court_enforcement",), moves=False,
    ),
    Step(
        "apply_court_enforcement", "performance", "court_applied", (cite("compulsion-law", 53, anchor="三个月内"),),
        after=("serve_decision",), per_party=True,
        requires=(decision.there_is_a_penalty, performance.demand_ran_out, performance.court_may_be_asked), duty=MAY,
        repeatable=True, limit="court_apply", documents=("court_enforcement_application",), roles=("agency_head",),
        leads_to=("record_court_enforcement", "record_court_refusal"), moves=False,
    ),
    Step(
        "record_court_enforcement", "performance", "court_enforced", (cite("compulsion-law", 57, anchor="作出执行裁定"),),
        per_party=True, requires=(performance.court_was_asked,), duty=MAY, repeatable=True,
    ),
    Step(
        "record_court_refusal", "performance", "court_refused", (cite("compulsion-law", 58, anchor="是否执行的裁定"),),
        per_party=True, requires=(performance.court_was_asked,), duty=MAY, repeatable=True,
    ),
    Step(
        "terminate_enforcement", "performance", "enforcement_terminated", (cite("compulsion-law", 40, anchor="终结执行"),),
        after=("serve_decision",), per_party=True, requires=(decision.there_is_a_penalty, filing.a_reason_is_given),
        duty=MAY, repeatable=True, roles=("agency_head",),
    ),
    Step(
        "record_performance", "performance", "duty_performed", (cite(P, 66, 1, anchor="予以履行"),),
        after=("serve_decision",), per_party=True, requires=(performance.there_are_other_duties,), duty=duties.performing,
        done_when=duties.performed, mainline=True,
    ),
    Step(
        "verify_correction", "performance", "correction_verified", (ORDERED,),
        per_party=True,
        requires=(correction.order_exists, officers.at_least_two_officers, officers.certificates_are_valid),
        duty=duties.verifying, repeatable=True, done_when=duties.correction_verified, mainline=True,
        documents=("recheck_record",), leads_to=("enforce_correction",),
    ),
    Step(
        "enforce_correction", "performance", "correction_enforced", (cite("compulsion-law", 50, anchor="可以代履行"),),
        per_party=True, requires=(records.correction_was_not_done,), duty=MAY, repeatable=True,
    ),
)

REMEDIES = (
    Step(
        "record_reconsideration", "performance", "reconsideration_filed",
        (cite("reconsideration-law", 20, 1, anchor="六十日内"),),
        per_party=True, requires=(decision.there_is_a_decision,), duty=MAY, repeatable=True, by_party=True,
        leads_to=("record_reconsideration_decision",), moves=False,
    ),
    Step(
        "record_reconsideration_decision", "performance", "reconsideration_decided",
        (cite("reconsideration-law", 62, 1, anchor="六十日内作出行政复议决定"),),
        per_party=True, requires=(records.reconsideration_is_open,), duty=MAY, repeatable=True, moves=False,
    ),
    Step(
        "record_suit", "performance", "suit_filed", (cite("litigation-law", 46, 1, anchor="六个月内提出"),),
        per_party=True, requires=(decision.there_is_a_decision,), duty=MAY, repeatable=True, by_party=True,
        leads_to=("record_judgment",), moves=False,
    ),
    Step(
        "record_judgment", "performance", "suit_decided", (cite("litigation-law", 46, 1, anchor="六个月内提出"),),
        per_party=True, requires=(records.suit_is_open,), duty=MAY, repeatable=True, moves=False,
    ),
)

CLOSING = (
    Step(
        "record_education", "closing", "education_recorded", (cite(P, 6, anchor="坚持处罚与教育相结合"),),
        duty=duties.educating, repeatable=True, mainline=True, moves=False,
    ),
    Step(
        "close_case", "closing", "closed", (cite(P, 47, anchor="全过程记录"),),
        requires=(
            records.there_was_a_case, closing.every_party_is_finished, closing.education_was_given,
            evidence.preserved_evidence_is_disposed, closing.no_crime_is_pending,
        ),
        mainline=True, documents=("closing_approval",), roles=("agency_head",), leads_to=("archive_dossier",),
    ),
    Step(
        "archive_dossier", "archive", "archived", (cite(P, 47, anchor="归档保存"),),
        requires=(closing.case_is_closed, closing.dossier_is_complete), mainline=True,
        documents=("dossier_cover", "dossier_catalog", "dossier_memo"),
    ),
    Step(
        "annul_entry", "closing", "annulled", (cite(P, 47, anchor="全过程记录"),),
        requires=(records.entry_may_be_annulled, filing.a_reason_is_given), duty=MAY, repeatable=True,
        roles=("agency_head",),
    ),
)

ORDINARY_PENALTY = Procedure(
    key="ordinary_penalty",
    steps=(
        *LEAD, *FILING, *PEOPLE, *INVESTIGATION, *NOTICE, *DEFENCE, *REVIEW, *DISCUSSION, *DECISION, *CRIME, *SERVICE,
        *PERFORMANCE, *REMEDIES, *CLOSING,
    ),
    limits_rules=LIMITS,
    always=(filing.case_is_open,),
    stages=STAGES,
    after_end=frozenset({
        "close_case", "archive_dossier", "revoke_decision", "withdraw_publication", "record_reconsideration",
        "record_reconsideration_decision", "record_suit", "record_judgment",
    }),
)
