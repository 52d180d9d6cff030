"""The ordinary penalty procedure from lead to archive: the straight way, and every gate with its own words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from dayu.law.procedures.ordinary_penalty import ORDINARY_PENALTY
from dayu.law.refusals import worded
from dayu.law.situation import Answer, Bounds, DefencePoint, FactView, LimitRequest, OfficerView
from dayu.law.tests.penalty_case import DEADLINE, A, B, PenaltyCase, leniency, make_party


def reason(case: PenaltyCase, act: str, party: str | None = None, **proposal: object) -> str:
    """All reasons of a refusal in Chinese, for checks of exact words."""
    verdict = case.verdict(act, party, **proposal)
    return "；".join(worded(r).reason for r in verdict.refusals)


def test_a_case_goes_from_lead_to_archive_by_lawful_acts_only() -> None:
    case = PenaltyCase().performed().do("record_education").do("close_case")
    case.do("archive_dossier", digest="d1", missing=())
    assert ORDINARY_PENALTY.stage(case.situation) == "archived"


def test_the_stage_is_derived_from_the_journal() -> None:
    case = PenaltyCase()
    assert ORDINARY_PENALTY.stage(case.situation) == "lead"
    assert ORDINARY_PENALTY.stage(case.do("register_lead").do("verify_lead").situation) == "filing"
    assert ORDINARY_PENALTY.stage(PenaltyCase().filed().situation) == "investigation"
    assert ORDINARY_PENALTY.stage(PenaltyCase().investigated().situation) == "notice"
    assert ORDINARY_PENALTY.stage(PenaltyCase().decided().situation) == "service"
    assert ORDINARY_PENALTY.stage(PenaltyCase().performed().situation) == "closing"


def test_a_decision_without_notice_is_refused() -> None:
    case = PenaltyCase().investigated()
    assert "notice_missing" in case.refused("decide_penalty", A)
    assert "程序步骤缺失：未经事先告知" in reason(case, "decide_penalty", A)


def test_a_notice_that_did_not_arrive_is_no_notice() -> None:
    case = PenaltyCase().investigated().do("give_penalty_notice", A, hearing_offered=False)
    assert "notice_unserved" in case.refused("decide_penalty", A)


def test_a_decision_with_one_officer_is_refused() -> None:
    case = PenaltyCase().notified().do("waive_defence", A, written=True)
    case.change(officers=case.situation.officers[:1])
    assert case.refused("decide_penalty", A) == {"one_officer"}


def test_a_recused_officer_does_not_count_and_does_not_sign() -> None:
    case = PenaltyCase().notified().do("waive_defence", A, written=True)
    first, second = case.situation.officers
    case.change(officers=(first, replace(second, recused=True)))
    assert case.refused("decide_penalty", A, officer="zhou") == {"one_officer", "officer_recused"}
    assert "已回避" in reason(case, "decide_penalty", A, officer="zhou")


def test_a_decision_with_an_expired_certificate_is_refused() -> None:
    case = PenaltyCase().notified().do("waive_defence", A, written=True)
    first, second = case.situation.officers
    case.change(officers=(first, replace(second, certificate_until=case.today - timedelta(days=1))))
    assert case.refused("decide_penalty", A) == {"certificate_expired"}
    assert "周某 的执法证件不在有效期内" in reason(case, "decide_penalty", A)


def test_a_recusal_request_stops_the_decision_and_not_the_investigation() -> None:
    case = PenaltyCase().filed().do("request_recusal", subject="chen", name="陈某")
    assert case.do("report_investigation").verdict("examine_report", route="penalise").allowed
    case.do("examine_report", route="penalise").notified().do("waive_defence", A, written=True)
    assert "recusal_undecided" in case.refused("decide_penalty", A)
    case.do("decide_recusal", subject="chen", granted=False)
    assert "recusal_undecided" not in case.refused("decide_penalty", A)


@pytest.mark.parametrize(
    ("amount", "rule"), [(120_000, "above_range"), (9_999, "below_range")], ids=["above", "below"]
)
def test_an_amount_outside_the_range_is_refused(amount: int, rule: str) -> None:
    case = PenaltyCase().investigated().draft(amount, deviation_reason="另有理由")
    assert rule in case.refused("give_penalty_notice", A, hearing_offered=True)
    assert "超出法定幅度" in reason(case, "give_penalty_notice", A, hearing_offered=True)


def test_an_amount_below_the_range_is_lawful_on_a_proven_ground() -> None:
    case = PenaltyCase(make_party(leniency=leniency(harm_undone="E1"))).investigated()
    case.draft(8_000, deviation_reason="主动消除危害后果，减轻处罚")
    assert case.verdict("give_penalty_notice", A, hearing_offered=False).allowed


def test_an_amount_off_the_benchmark_needs_reasons_review_and_discussion() -> None:
    case = PenaltyCase().investigated().draft(95_000)
    assert case.refused("give_penalty_notice", A, hearing_offered=False) == {"deviation_unreasoned"}
    assert "偏离裁量基准须说明理由" in reason(case, "give_penalty_notice", A, hearing_offered=False)
    case.draft(95_000, deviation_reason="多次违法").notified().do("waive_defence", A, written=True)
    assert case.refused("decide_penalty", A) == {"review_missing", "discussion_missing"}


def test_a_range_that_nobody_determined_is_not_guessed() -> None:
    case = PenaltyCase(make_party(bounds=Bounds())).investigated()
    assert "range_unknown" in case.refused("give_penalty_notice", A, hearing_offered=False)


def notified_thirty_thousand() -> PenaltyCase:
    """30,000 told, and a defence of one answered point."""
    case = PenaltyCase().investigated().draft(30_000).notified()
    case.do("submit_defence", A, final=True).party(points=(DefencePoint("p1", "沙堆是清淤留下的", True),))
    return case.do("reexamine_defence", A, adopted=False)


def test_thirty_thousand_told_twenty_thousand_decided_is_lawful() -> None:
    assert notified_thirty_thousand().draft(20_000).verdict("decide_penalty", A).allowed


def test_heavier_after_a_defence_is_forbidden() -> None:
    case = notified_thirty_thousand().draft(40_000)
    assert case.refused("decide_penalty", A) == {"heavier_after_defence"}
    assert "不得因申辩加重处罚" in reason(case, "decide_penalty", A)
    assert "30,000" in reason(case, "decide_penalty", A)
    assert "heavier_after_defence" in case.refused("give_penalty_notice", A, hearing_offered=False)


def test_heavier_without_a_defence_needs_a_new_notice() -> None:
    case = PenaltyCase().investigated().draft(30_000).notified().do("waive_defence", A, written=True)
    case.draft(40_000)
    assert case.refused("decide_penalty", A) == {"heavier_needs_new_notice"}
    case.do("give_penalty_notice", A, hearing_offered=False, subject="2")
    case.do("serve_penalty_notice", A, method="direct", proofs=("receipt",), subject="2")
    assert case.do("waive_defence", A, written=True).verdict("decide_penalty", A).allowed


def test_heavier_for_new_facts_needs_a_new_notice_and_then_is_lawful() -> None:
    case = notified_thirty_thousand().draft(40_000, facts=frozenset({"F1", "F2"}))
    assert case.refused("decide_penalty", A) == {"heavier_needs_new_notice", "ground_not_told"}
    case.do("give_penalty_notice", A, hearing_offered=False, subject="2")
    case.do("serve_penalty_notice", A, method="direct", proofs=("receipt",), subject="2")
    assert case.do("waive_defence", A, written=True).verdict("decide_penalty", A).allowed


def test_the_notice_has_to_name_facts_and_articles() -> None:
    case = PenaltyCase().notified().do("waive_defence", A, written=True)
    case.draft(20_000, basis=frozenset({"water-law:70"}))
    assert case.refused("decide_penalty", A) == {"ground_not_told"}


def test_a_dropped_fact_needs_no_new_notice() -> None:
    case = PenaltyCase().investigated().draft(20_000, facts=frozenset({"F1", "F2"})).notified()
    assert case.draft(15_000, facts=frozenset({"F1"})).do("waive_defence", A, written=True).verdict("decide_penalty", A).allowed


def test_the_time_to_plead_runs_out_or_is_waived_in_writing() -> None:
    case = PenaltyCase().investigated().do("give_penalty_notice", A, hearing_offered=False)
    until = case.today + timedelta(days=7)
    case.do("serve_penalty_notice", A, method="direct", proofs=("receipt",), defence_until=until.isoformat())
    assert case.refused("decide_penalty", A) == {"defence_period_running"}
    assert case.refused("waive_defence", A, written=False) == {"waiver_not_written"}
    assert case.wait(8).verdict("decide_penalty", A).allowed


def test_every_point_of_a_defence_is_answered() -> None:
    points = (DefencePoint("p1", "一", True), DefencePoint("p2", "二", True), DefencePoint("p3", "三", False))
    case = PenaltyCase().notified().do("submit_defence", A, final=True).party(points=points)
    assert case.refused("reexamine_defence", A) == {"defence_point_unanswered"}
    assert {"defence_point_unanswered", "defence_not_reexamined"} <= case.refused("submit_legal_review", A)


def hearing_case() -> PenaltyCase:
    """A fine that crosses the threshold of a hearing; notice served on Monday 2 March 2026."""
    return PenaltyCase(make_party(hearing_required=True)).notified(hearing=True).do("waive_defence", A, written=True)


def test_a_notice_without_the_right_to_a_hearing_is_refused() -> None:
    case = PenaltyCase(make_party(hearing_required=True)).investigated()
    assert case.refused("give_penalty_notice", A, hearing_offered=False) == {"hearing_not_offered"}


def test_an_open_threshold_counts_as_met() -> None:
    case = PenaltyCase(make_party(hearing_required=None)).investigated()
    assert case.refused("give_penalty_notice", A, hearing_offered=False) == {"hearing_not_offered"}


def test_the_five_working_days_of_the_hearing_request_run_out() -> None:
    case = hearing_case()
    assert DEADLINE(LimitRequest("hearing_request", case.today)) == date(2026, 3, 9)
    assert case.wait(7).refused("decide_penalty", A) == {"hearing_period_running"}
    assert case.wait(1).verdict("decide_penalty", A).allowed


def test_a_written_waiver_of_the_hearing_ends_the_wait() -> None:
    case = hearing_case()
    assert case.refused("waive_hearing", A, written=False) == {"waiver_not_written"}
    assert case.do("waive_hearing", A, written=True).verdict("decide_penalty", A).allowed


def test_a_hearing_asked_for_is_held() -> None:
    case = hearing_case().do("request_hearing", A)
    assert case.wait(30).refused("decide_penalty", A) == {"hearing_not_held"}


def test_a_hearing_is_announced_seven_full_working_days_before() -> None:
    case = hearing_case().do("request_hearing", A)
    early = {"held_on": date(2026, 3, 11), "served_on": date(2026, 3, 2), "presider": "wu"}
    assert case.refused("notice_hearing", A, **early) == {"hearing_notice_late"}
    assert case.verdict("notice_hearing", A, **(early | {"held_on": date(2026, 3, 12)})).allowed


def test_an_investigator_does_not_preside() -> None:
    case = hearing_case().do("request_hearing", A)
    assert case.refused("notice_hearing", A, held_on=date(2026, 3, 20), presider="chen") == {"presider_investigated"}


def heard_case() -> PenaltyCase:
    """A hearing was asked for, announced and held."""
    case = hearing_case().do("request_hearing", A).do("notice_hearing", A, held_on="2026-03-12", presider="wu").wait(10)
    return case.do("hold_hearing", A, transcript="T1")


def test_after_a_hearing_there_is_no_decision_without_review() -> None:
    case = heard_case()
    assert case.refused("decide_penalty", A) == {"review_missing"}
    assert case.reviewed().verdict("decide_penalty", A).allowed


def test_a_hearing_is_not_held_before_its_day_or_without_transcript() -> None:
    case = hearing_case().do("request_hearing", A)
    assert "hearing_not_announced" in case.refused("hold_hearing", A, transcript="T1")
    case.do("notice_hearing", A, held_on="2026-03-12", presider="wu")
    assert case.refused("hold_hearing", A, transcript="T1") == {"hearing_not_yet"}
    assert case.wait(10).refused("hold_hearing", A, transcript="") == {"transcript_missing"}


def test_only_a_late_request_for_a_hearing_is_refused() -> None:
    case = hearing_case().do("request_hearing", A)
    assert case.refused("refuse_hearing", A, reason="逾期") == {"hearing_request_in_time"}
    late = hearing_case().wait(9).do("request_hearing", A)
    assert late.do("refuse_hearing", A, reason="逾期").verdict("decide_penalty", A).allowed


def review_case() -> PenaltyCase:
    """A case that has to be reviewed because one question was never answered."""
    party = make_party()
    answers = {q: a for q, a in party.review_answers.items() if q != "major_public_interest"}
    return PenaltyCase(replace(party, review_answers=answers)).notified().do("waive_defence", A, written=True)


def test_an_unanswered_review_question_counts_as_yes() -> None:
    case = review_case()
    assert case.refused("decide_penalty", A) == {"review_missing"}
    assert "未经法制审核或者审核未通过，不得作出决定" in reason(case, "decide_penalty", A)


def test_a_no_without_a_reason_counts_as_unanswered() -> None:
    party = make_party()
    case = PenaltyCase(replace(party, review_answers={**party.review_answers, "major_rights": Answer(False)}))
    assert "review_missing" in case.notified().do("waive_defence", A, written=True).refused("decide_penalty", A)


def test_one_changed_digit_voids_the_review() -> None:
    case = review_case().reviewed()
    assert case.draft(20_001).refused("decide_penalty", A) == {"substance_changed", "heavier_needs_new_notice"}
    assert case.draft(19_999).refused("decide_penalty", A) == {"substance_changed"}


def test_a_corrected_phone_number_voids_nothing() -> None:
    case = review_case().reviewed()
    case.draft(20_000, remedies_text="六十日内向县人民政府申请复议，电话已更正")
    assert case.verdict("decide_penalty", A).allowed


def test_a_returned_review_is_no_review() -> None:
    case = review_case().do("submit_legal_review", A).do("return_legal_review", A, reason="事实不清")
    assert case.refused("decide_penalty", A) == {"review_not_passed"}


def test_a_draft_that_changed_with_the_reviewer_cannot_pass() -> None:
    case = review_case().do("submit_legal_review", A).draft(15_000)
    assert case.refused("pass_legal_review", A) == {"substance_changed_in_review"}


def test_an_incomplete_package_is_not_submitted() -> None:
    case = review_case().party(package_missing=("听证笔录",))
    assert case.refused("submit_legal_review", A) == {"package_incomplete"}
    assert "送审材料不全：听证笔录" in reason(case, "submit_legal_review", A)


def major_case() -> PenaltyCase:
    """60,000 for an organisation: review and discussion, no hearing."""
    case = PenaltyCase(make_party(discussion_required=True)).investigated().draft(60_000).notified()
    return case.do("waive_defence", A, written=True)


def test_a_major_case_is_discussed_after_the_review() -> None:
    case = major_case()
    assert case.refused("decide_penalty", A) == {"review_missing", "discussion_missing"}
    assert "重大案件未经集体讨论" in reason(case, "decide_penalty", A)
    assert case.refused("hold_collective_discussion", A, present=5) == {"discussion_needs_review"}
    assert case.reviewed().do("hold_collective_discussion", A, present=5).verdict("decide_penalty", A).allowed


def test_a_discussion_needs_its_quorum_and_each_opinion() -> None:
    case = major_case().reviewed()
    assert case.refused("hold_collective_discussion", A, present=2) == {"discussion_without_quorum"}
    assert case.refused("hold_collective_discussion", A, present=5, opinions=4) == {"discussion_opinion_missing"}


def test_the_decision_equals_the_conclusion_to_the_yuan() -> None:
    case = major_case().reviewed().do("hold_collective_discussion", A, present=5).draft(59_999)
    assert "decision_differs_from_discussion" in case.refused("decide_penalty", A)


def test_an_amount_changed_in_discussion_needs_one_confirmation() -> None:
    case = major_case().reviewed().draft(50_000).do("hold_collective_discussion", A, present=5)
    assert case.refused("decide_penalty", A) == {"substance_changed"}
    assert case.do("confirm_legal_review", A).verdict("decide_penalty", A).allowed


def test_a_change_that_nobody_discussed_is_not_just_confirmed() -> None:
    case = major_case().reviewed().do("hold_collective_discussion", A, present=5).draft(50_000)
    assert "change_not_discussed" in case.refused("confirm_legal_review", A)


def test_a_discussion_before_the_notice_is_repeated_after_an_adopted_defence() -> None:
    case = PenaltyCase(make_party(discussion_required=True)).investigated().draft(60_000)
    case.do("hold_collective_discussion", A, present=5).notified().do("submit_defence", A, final=True)
    plain = replace(case.situation)
    case.do("reexamine_defence", A, adopted=False).reviewed()
    assert case.verdict("decide_penalty", A).allowed
    case.change(journal=plain.journal).do("reexamine_defence", A, adopted=True).reviewed()
    assert case.refused("decide_penalty", A) == {"discussion_before_adoption"}


def test_each_fact_rests_on_checked_evidence() -> None:
    case = PenaltyCase().filed().change(facts=(FactView("F1", "无证采砂", 1), FactView("F2", "采挖46立方米", 0, 1)))
    assert case.refused("report_investigation") == {"evidence_unchecked"}
    case.change(facts=(FactView("F1", "无证采砂", 1), FactView("F2", "采挖46立方米")))
    assert case.refused("report_investigation") == {"fact_without_evidence"}
    assert "事实缺少证据：采挖46立方米" in reason(case, "report_investigation")


def test_preserved_goods_are_dealt_with_before_the_decision() -> None:
    case = PenaltyCase().filed().do("preserve_evidence", subject="清单1", approved_by="head")
    case.do("report_investigation").do("examine_report", route="penalise")
    case.do("order_correction", A, content="停止", days=5).notified().do("waive_defence", A, written=True)
    assert case.refused("decide_penalty", A) == {"preserved_undisposed"}
    assert case.do("dispose_preserved_evidence", subject="清单1").verdict("decide_penalty", A).allowed


def test_the_leniency_checklist_is_answered() -> None:
    case = PenaltyCase(make_party(leniency=())).investigated()
    assert case.refused("give_penalty_notice", A, hearing_offered=False) == {"leniency_unanswered"}
    assert "减免情节未核查" in reason(case, "give_penalty_notice", A, hearing_offered=False)


def test_a_proven_ground_leaves_only_the_decision_not_to_penalise() -> None:
    case = PenaltyCase(make_party(leniency=leniency(slight_corrected_harmless="E1"))).investigated()
    assert "no_penalty_due" in case.refused("give_penalty_notice", A, hearing_offered=False)
    assert case.refused("exempt_from_penalty", A, education=False) == {"education_missing"}
    case.do("exempt_from_penalty", A, education="告诫约谈")
    assert case.refused("decide_penalty", A) == {"not_applicable"}


def test_sparing_without_a_ground_is_refused() -> None:
    assert "no_ground_to_spare" in PenaltyCase().investigated().refused("exempt_from_penalty", A, education="x")


def test_a_violation_beyond_the_limitation_is_not_penalised() -> None:
    case = PenaltyCase(make_party(limitation_barred=True))
    assert "limitation_barred" in case.do("register_lead").do("verify_lead").refused("request_filing")


def test_a_fine_goes_with_an_order_to_correct() -> None:
    case = PenaltyCase().filed().do("report_investigation").do("examine_report", route="penalise").notified()
    case.do("waive_defence", A, written=True)
    assert case.refused("decide_penalty", A) == {"fine_without_order"}
    assert "不得只罚款而不纠正" in reason(case, "decide_penalty", A)
    assert case.draft(20_000, includes_order=True).verdict("decide_penalty", A).allowed


def test_already_corrected_is_allowed_with_a_reason() -> None:
    case = PenaltyCase().filed().do("report_investigation").do("examine_report", route="penalise").notified()
    assert case.refused("find_correction_unneeded", A, ground="too_late", reason="x") == {"order_unneeded_unreasoned"}
    case.do("find_correction_unneeded", A, ground="already_corrected", reason="现场已恢复")
    assert case.do("waive_defence", A, written=True).verdict("decide_penalty", A).allowed


def test_an_order_made_by_another_organ_before_filing_counts() -> None:
    case = PenaltyCase(make_party(order_first=True), today=date(2021, 9, 26))
    case.record("correction_ordered", A, on=date(2021, 7, 21), days=30, by="移送机关", taken_over=True)
    case.record("correction_order_served", A, on=date(2021, 7, 21), days=30, taken_over=True)
    case.change(officers=tuple(replace(o, certificate_from=None) for o in case.situation.officers)).filed()
    case.do("report_investigation").do("examine_report", route="penalise")
    assert case.refused("give_penalty_notice", A, hearing_offered=False) == {"order_outcome_unknown"}
    case.do("verify_correction", A, result="not_corrected")
    assert case.verdict("give_penalty_notice", A, hearing_offered=False).allowed


def test_a_fine_that_needs_an_expired_order_waits_for_the_day_after_it() -> None:
    case = PenaltyCase(make_party(order_first=True), today=date(2026, 5, 20)).filed()
    case.do("order_correction", A, content="补办手续", days=30)
    case.do("serve_correction_order", A, method="direct", proofs=("receipt",), days=30)
    case.do("report_investigation").do("examine_report", route="penalise").wait(33)
    assert case.today == date(2026, 6, 22)
    assert case.refused("give_penalty_notice", A, hearing_offered=False) == {"order_still_running"}
    case.wait(1)
    assert case.refused("give_penalty_notice", A, hearing_offered=False) == {"order_outcome_unknown"}


def test_an_order_obeyed_in_time_takes_away_the_premise_of_the_fine() -> None:
    case = PenaltyCase(make_party(order_first=True)).investigated().do("verify_correction", A, result="corrected")
    assert "order_was_obeyed" in case.wait(20).refused("give_penalty_notice", A, hearing_offered=False)


def test_a_decision_without_remedies_text_is_refused() -> None:
    case = PenaltyCase().notified().do("waive_defence", A, written=True).draft(20_000, remedies_text=" ")
    assert case.refused("decide_penalty", A) == {"remedies_missing"}
    assert "缺少救济途径" in reason(case, "decide_penalty", A)


def test_suspicion_of_a_crime_locks_the_fine_only() -> None:
    case = PenaltyCase().notified().do("waive_defence", A, written=True).do("suspect_crime", crime="非法采矿罪")
    assert case.refused("decide_penalty", A) == {"crime_instead_of_fine"}
    assert "不得以罚代刑" in reason(case, "decide_penalty", A)
    assert case.verdict("verify_correction", A, result="corrected").allowed
    case.do("approve_crime_transfer").do("transfer_crime").do("record_police_refusal", document="通知书")
    assert case.verdict("decide_penalty", A).allowed


def test_a_fine_by_the_court_leaves_no_further_fine() -> None:
    case = PenaltyCase().notified().do("waive_defence", A, written=True).do("suspect_crime")
    case.do("approve_crime_transfer").do("transfer_crime").do("record_court_fine", A)
    assert case.refused("decide_penalty", A) == {"fined_by_court"}


def test_meeting_the_conditions_means_filing() -> None:
    case = PenaltyCase().do("register_lead").do("verify_lead")
    assert case.refused("decline_to_file", ground="no_violation", reason="不想办") == {"must_file"}
    assert "有案必立" in reason(case, "decline_to_file", ground="other", reason="x")
    case.change(answers={**case.situation.answers, "violation_suspected": Answer(False, "核查不属实")})
    assert case.do("decline_to_file", ground="no_violation", reason="核查不属实").refused("request_filing") == {"case_ended"}


def test_a_returned_filing_request_is_made_again() -> None:
    case = PenaltyCase().do("register_lead").do("verify_lead").do("request_filing")
    case.do("return_filing", reason="补充照片")
    assert "filing_was_returned" in case.refused("file_case")
    assert case.wait(1).do("request_filing").verdict("file_case").allowed


def test_filing_needs_every_condition_answered() -> None:
    case = PenaltyCase().do("register_lead").do("verify_lead").change(answers={})
    assert case.refused("request_filing") == {"filing_unanswered"}


# -- service, performance, closing -------------------------------------------------------------------------------------


def test_left_service_needs_a_witness_or_a_recording_and_not_both() -> None:
    case = PenaltyCase().decided()
    assert case.refused("serve_decision", A, method="leave", proofs=()) == {"leave_unproved"}
    assert case.verdict("serve_decision", A, method="leave", proofs=("witness",)).allowed
    assert case.verdict("serve_decision", A, method="leave", proofs=("recording",)).allowed


def test_electronic_service_needs_signed_consent() -> None:
    case = PenaltyCase().decided()
    assert case.refused("serve_decision", A, method="electronic") == {"electronic_without_consent"}
    assert case.party(electronic_consent=True).verdict("serve_decision", A, method="electronic").allowed


def test_service_by_public_notice_waits_thirty_days_and_says_why() -> None:
    case = PenaltyCase().decided()
    start = case.today
    assert case.refused("serve_decision", A, method="public_notice") == {"public_notice_unreasoned"}
    proposal = {"method": "public_notice", "proofs": ("reason",), "announced_on": start}
    assert case.wait(29).refused("serve_decision", A, **proposal) == {"public_notice_running"}
    assert case.wait(1).verdict("serve_decision", A, **proposal).allowed


def test_closing_asks_for_payment_correction_publication_and_education() -> None:
    case = PenaltyCase().served()
    assert case.refused("close_case") == {"fine_unpaid", "correction_unverified", "unpublished", "education_missing"}
    assert "缺少普法教育记录" in reason(case, "close_case")
    case.do("record_education").do("publish_decision", A).do("verify_correction", A, result="not_corrected")
    assert case.refused("close_case") == {"fine_unpaid", "correction_not_done"}


def test_the_education_record_is_a_value_of_the_profile() -> None:
    case = PenaltyCase().performed().change(settings={"education_required": False})
    assert case.verdict("close_case").allowed


def test_cash_that_the_organ_collects_itself_is_refused() -> None:
    case = PenaltyCase().served()
    assert case.refused("record_payment", A, channel="cash") == {"fine_and_collection_separate"}
    assert "罚缴分离" in reason(case, "record_payment", A, channel="cash")


def test_the_heads_choice_about_the_additional_fine_is_recorded() -> None:
    case = PenaltyCase().served().do("publish_decision", A).do("verify_correction", A, result="corrected")
    case.do("record_education").wait(20).do("record_payment", A, channel="bank", complete=True)
    assert case.refused("close_case") == {"additional_fine_unchosen"}
    assert case.refused("decide_additional_fine", A, impose=False) == {"additional_fine_unreasoned"}
    assert case.do("decide_additional_fine", A, impose=False, reason="主动整改").verdict("close_case").allowed


def test_a_case_closes_when_the_court_refuses_or_enforcement_is_terminated() -> None:
    case = PenaltyCase().served().do("publish_decision", A).do("verify_correction", A, result="corrected")
    case.do("record_education").wait(20).do("decide_additional_fine", A, impose=True)
    assert case.refused("close_case") == {"fine_unpaid"}
    case.do("terminate_enforcement", A, reason="公民死亡，无遗产可供执行")
    assert case.verdict("close_case").allowed


def test_the_court_is_asked_after_a_demand_and_the_time_to_sue() -> None:
    case = PenaltyCase().served().wait(20)
    assert "additional_fine_unchosen" in case.refused("demand_performance", A)
    case.do("decide_additional_fine", A, impose=True)
    assert case.refused("apply_court_enforcement", A) == {"demand_missing", "suit_period_running"}
    case.do("demand_performance", A)
    assert case.refused("apply_court_enforcement", A) == {"demand_running", "suit_period_running"}
    assert case.wait(190).verdict("apply_court_enforcement", A).allowed


def test_a_closed_case_takes_nothing_more_but_the_archive() -> None:
    case = PenaltyCase().performed().do("record_education").do("close_case")
    assert case.refused("verify_correction", A) == {"case_closed"}
    assert case.refused("archive_dossier", missing=("封面",)) == {"dossier_incomplete"}


# -- several parties ---------------------------------------------------------------------------------------------------


def test_the_first_party_is_decided_while_the_second_is_refused() -> None:
    case = PenaltyCase(make_party(A), make_party(B)).investigated()
    case.notified(A).do("waive_defence", A, written=True)
    case.do("give_penalty_notice", B, hearing_offered=False)
    case.do("decide_penalty", A)
    assert "notice_unserved" in case.refused("decide_penalty", B)
    assert ORDINARY_PENALTY.stage(case.situation, A) == "service"
    assert ORDINARY_PENALTY.stage(case.situation, B) == "notice"
    assert ORDINARY_PENALTY.stage_of_each(case.situation) == {None: "notice", A: "service", B: "notice"}
    assert "party_undecided" in case.refused("close_case")


def test_each_party_has_its_own_limits() -> None:
    case = PenaltyCase(make_party(A), make_party(B)).investigated().notified(A, hearing=True)
    case.wait(40).notified(B, hearing=True)
    starts = {r.party: r.request.start for r in ORDINARY_PENALTY.limits(case.situation) if r.request.key == "hearing_request"}
    assert starts[B] - starts[A] == timedelta(days=40)


def test_a_party_that_was_split_off_leaves_the_case() -> None:
    case = PenaltyCase(make_party(A), make_party(B)).investigated().do("split_party", B, reason="另案处理")
    assert case.refused("give_penalty_notice", B, hearing_offered=False) == {"not_a_party"}
    case.performed(A).do("record_education")
    assert case.verdict("close_case").allowed


# -- time, the past, taking over ---------------------------------------------------------------------------------------


def test_nothing_is_dated_back_or_ahead() -> None:
    case = PenaltyCase().do("register_lead").wait(3).do("verify_lead")
    assert "back_dated" in case.refused("request_filing", on=case.today - timedelta(days=1))
    assert "future_dated" in case.refused("request_filing", on=case.today + timedelta(days=1))


def test_the_case_limit_is_ninety_days_and_lateness_is_a_mark_that_stays() -> None:
    case = PenaltyCase(today=date(2024, 1, 2)).notified().do("waive_defence", A, written=True)
    request = next(r.request for r in ORDINARY_PENALTY.limits(case.situation) if r.request.key == "decision")
    assert DEADLINE(request) == date(2024, 4, 1)
    case.wait(91)
    assert case.today == date(2024, 4, 2)
    assert case.verdict("decide_penalty", A).allowed
    marks = ORDINARY_PENALTY.marks("decide_penalty", case.situation, A)
    assert [m.rule for m in marks] == ["procedure.decision_overdue"]
    assert "办理超时限" in worded(marks[0]).reason


def test_pauses_and_extensions_move_the_limit() -> None:
    case = PenaltyCase(today=date(2024, 1, 2)).filed()
    case.do("pause_clock", subject="p1", ground="appraisal").wait(10).do("resume_clock", subject="p1")
    case.do("approve_extension", days=60)
    request = next(r.request for r in ORDINARY_PENALTY.limits(case.situation) if r.request.key == "decision")
    assert request.excluded == ((date(2024, 1, 2), date(2024, 1, 12)),)
    assert DEADLINE(request) == date(2024, 1, 2) + timedelta(days=90 + 60 + 10)
    assert case.refused("approve_extension", days=1) == {"extension_too_long"}
    assert case.refused("pause_clock", ground="busy") == {"pause_without_ground"}


def test_an_extension_after_the_limit_is_refused() -> None:
    case = PenaltyCase(today=date(2024, 1, 2)).filed().wait(100)
    assert case.refused("approve_extension", days=30) == {"extension_too_late"}


def test_the_past_is_accepted_with_its_defects() -> None:
    case = PenaltyCase()
    case.change(officers=case.situation.officers[:1])
    defects = ORDINARY_PENALTY.past_defects("verify_lead", case.situation, on=case.today - timedelta(days=30))
    assert {d.rule for d in defects} == {"procedure.step_missing", "procedure.one_officer"}


def test_an_unexplained_defect_stops_the_decision_and_an_explained_one_does_not() -> None:
    case = PenaltyCase().notified().do("waive_defence", A, written=True)
    clean = case.situation.journal
    case.record("evidence_linked", defect="procedure.one_officer")
    assert case.refused("decide_penalty", A) == {"defect_unexplained"}
    case.change(journal=clean).record("evidence_linked", defect="procedure.one_officer", explanation="另一人在对岸")
    assert case.verdict("decide_penalty", A).allowed
    case.do("weigh_defect", subject=str(len(case.situation.journal)), fatal=True, reason="严重")
    assert case.refused("decide_penalty", A) == {"defect_fatal"}


def test_a_case_half_way_on_paper_goes_on_where_it_stands() -> None:
    case = PenaltyCase(today=date(2026, 3, 2))
    paper = {"filed": date(2026, 1, 12), "investigation_reported": date(2026, 2, 2), "report_examined": date(2026, 2, 3)}
    for kind, on in paper.items():
        case.record(kind, on=on, taken_over=True)
    assert ORDINARY_PENALTY.stage(case.situation) == "notice"
    states = {state.step.act: state.state for state in ORDINARY_PENALTY.progress(case.situation)}
    assert states["verify_lead"] == "overtaken"
    assert "notice_missing" in case.refused("decide_penalty", A)
    due = next(r.request for r in ORDINARY_PENALTY.limits(case.situation) if r.request.key == "decision")
    assert DEADLINE(due) == date(2026, 4, 12)
    assert case.do("order_correction", A, content="停止", days=3).verdict("give_penalty_notice", A, hearing_offered=False).allowed


def test_next_acts_name_the_step_that_is_now_with_what_blocks_it() -> None:
    case = PenaltyCase().filed().change(facts=())
    first = ORDINARY_PENALTY.next_acts(case.situation)[0]
    assert (first.act, first.party) == ("order_correction", A)
    case.do("order_correction", A, content="停止", days=3)
    first = ORDINARY_PENALTY.next_acts(case.situation)[0]
    assert first.act == "report_investigation"
    assert {r.rule for r in first.verdict.refusals} == {"procedure.no_facts"}


def test_progress_says_which_optional_steps_do_not_apply_and_why() -> None:
    case = PenaltyCase().notified().do("waive_defence", A, written=True)
    duties = {s.step.act: (s.state, s.duty.kind, s.duty.why) for s in ORDINARY_PENALTY.progress(case.situation)}
    assert duties["hold_hearing"] == ("not", "not", "hearing_not_due")
    assert duties["hold_collective_discussion"] == ("ahead", "may", "discussion_unneeded")
    assert duties["decide_penalty"][0] == "now"
    assert duties["file_case"][0] == "done"


def test_limits_carry_amounts_of_days_and_what_met_them() -> None:
    case = PenaltyCase().performed()
    running = {r.request.key: r for r in ORDINARY_PENALTY.limits(case.situation)}
    assert running["publish"].met_by is not None
    assert running["pay"].met_by is not None
    assert running["sue"].met_by is None
    assert running["ordered"].request.days == 10


def test_the_chart_has_every_act_and_only_known_arrows() -> None:
    chart = ORDINARY_PENALTY.chart()
    acts = {n.act for n in chart.nodes}
    assert acts == set(ORDINARY_PENALTY.by_act)
    assert all(e.source in acts and e.target in acts for e in chart.edges)
    assert any(e.source == "serve_penalty_notice" and e.target == "decide_penalty" and e.required for e in chart.edges)


def test_an_unknown_act_is_an_error() -> None:
    with pytest.raises(ValueError, match="no act"):
        PenaltyCase().verdict("set_status")


def test_a_fine_below_the_officers_of_the_future_is_not_touched_by_old_certificates() -> None:
    officer = OfficerView("x", "某", None, date(2026, 1, 1))
    assert officer.certified_on(date(2026, 1, 1))
    assert not officer.certified_on(date(2026, 1, 2))
    assert Decimal("1") == Bounds(True, Decimal("1")).min_yuan
