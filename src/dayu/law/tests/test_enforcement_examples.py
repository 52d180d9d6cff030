"""Worked examples: demand and court, deferral, suspension, and the criminal referral with its three ways back."""

from __future__ import annotations

from datetime import date, datetime

from dayu.law.course import crime_is_open
from dayu.law.deadlines import CHINA
from dayu.law.procedures.ordinary_penalty import ORDINARY_PENALTY
from dayu.law.procedures.register import PROCEDURES
from dayu.law.tests.enforcement_starts import ENFORCEMENT_STARTS, fined
from dayu.law.tests.matter_starts import STARTS
from dayu.law.tests.matter_walk import Start, Walk
from dayu.law.tests.penalty_case import A, make_draft, make_party

SERVED = date(2025, 3, 14)


def unpaid(served: date = SERVED) -> Walk:
    start = ENFORCEMENT_STARTS["court_enforcement"]
    return Start(journal=lambda: fined(served), fills=start.fills).walk(PROCEDURES["court_enforcement"]).wait(until=served)


# -- demand and court --------------------------------------------------------------------------------------------------


def test_a_fine_unpaid_goes_by_demand_and_ten_working_days_to_the_court_within_three_months() -> None:
    walk = unpaid()
    assert walk.due("pay") == date(2025, 3, 31)
    assert "procedure.payment_not_overdue" in walk.refused("demand_performance")
    walk.wait(until=date(2025, 9, 25)).do("decide_additional_fine").do("demand_performance")
    assert walk.due("demand") == date(2025, 10, 15)
    assert walk.due("court_apply") == date(2025, 12, 15)
    walk.wait(until=date(2025, 10, 15))
    assert walk.refused("apply_court_enforcement") == {"procedure.demand_running"}
    walk.wait(until=date(2025, 10, 16))
    assert walk.next_musts() == {"apply_court_enforcement"}
    walk.do("apply_court_enforcement")
    assert walk.due("court_accept") == date(2025, 10, 23)
    walk.wait(until=date(2025, 10, 20)).do("record_court_acceptance")
    assert walk.due("court_rule") == date(2025, 10, 29)
    assert walk.do("record_court_enforcement").finished


def test_the_court_is_not_asked_while_the_party_may_still_sue() -> None:
    walk = unpaid().wait(until=date(2025, 4, 1)).do("decide_additional_fine").do("demand_performance")
    walk.wait(until=date(2025, 9, 15))
    assert walk.refused("apply_court_enforcement") == {"procedure.suit_period_running"}
    assert walk.wait(1).verdict("apply_court_enforcement").allowed


def test_after_the_window_only_a_reason_that_excuses_or_the_lawful_end_is_left() -> None:
    walk = unpaid().wait(until=date(2025, 4, 1)).do("decide_additional_fine").do("demand_performance")
    walk.wait(until=date(2025, 12, 15))
    assert walk.verdict("apply_court_enforcement").allowed
    walk.wait(1)
    assert walk.refused("apply_court_enforcement") == {"enforcement.window_closed"}
    assert "2025-12-15" in walk.reasons("apply_court_enforcement")
    assert walk.verdict("apply_court_enforcement", lateness_reason="当事人隐匿，查找不到").allowed
    assert walk.next_musts() == {"terminate_enforcement"}
    assert walk.do("terminate_enforcement", ground="other_termination").finished


def test_after_a_reconsideration_the_window_runs_from_the_fifteen_days_to_sue() -> None:
    walk = unpaid().wait(until=date(2025, 4, 1)).do("decide_additional_fine").do("demand_performance")
    walk.record("reconsideration_filed", A).wait(until=date(2025, 6, 2))
    assert walk.refused("apply_court_enforcement") == {"procedure.remedy_is_open"}
    walk.record("reconsideration_decided", A, outcome="upheld")
    assert walk.wait(until=date(2025, 6, 17)).refused("apply_court_enforcement") == {"procedure.suit_period_running"}
    assert walk.wait(1).verdict("apply_court_enforcement").allowed
    assert walk.due("court_window") == date(2025, 9, 17)
    assert walk.wait(until=date(2025, 9, 18)).refused("apply_court_enforcement") == {"enforcement.window_closed"}


def test_the_application_needs_every_paper_and_the_signature_of_the_head() -> None:
    walk = unpaid().wait(until=date(2025, 9, 25)).do("decide_additional_fine").do("demand_performance")
    walk.wait(until=date(2025, 10, 16))
    assert walk.refused("apply_court_enforcement", signed_by_head="") == {"matter.particular_missing"}
    assert "申请强制执行标的情况" in walk.reasons("apply_court_enforcement", object_of_enforcement="")
    walk.do("submit_enforcement_plea")
    assert walk.refused("apply_court_enforcement") == {"enforcement.plea_unexamined"}
    assert walk.do("examine_enforcement_plea").verdict("apply_court_enforcement").allowed


def test_a_court_that_does_not_accept_is_answered_before_the_higher_court_within_fifteen_days() -> None:
    walk = unpaid().wait(until=date(2025, 9, 25)).do("decide_additional_fine").do("demand_performance")
    walk.wait(until=date(2025, 10, 16)).do("apply_court_enforcement").do("record_court_rejection")
    assert walk.due("court_review_apply") == date(2025, 10, 31)
    assert walk.wait(until=date(2025, 11, 1)).refused("ask_higher_court") == {"matter.too_late"}
    walk.wait(until=date(2025, 10, 31)).do("ask_higher_court").do("record_higher_court").do("record_court_acceptance")
    walk.do("receive_refusal").do("record_court_refusal")
    assert walk.finished


# -- deferral ----------------------------------------------------------------------------------------------------------


def test_a_deferral_is_asked_for_granted_and_lapses_into_a_new_window() -> None:
    start = STARTS["fine_deferral"]
    walk = start.walk(PROCEDURES["fine_deferral"])
    assert walk.refused("approve_deferral") == {"procedure.not_applicable"}
    walk.do("apply_for_deferral", plan="installments")
    assert walk.next_musts() >= {"approve_deferral"}
    walk.do("approve_deferral", until="2026-06-30")
    assert walk.due("court_apply_deferred") == date(2026, 9, 30)
    assert walk.wait(until=date(2026, 6, 30)).refused("note_lapse") == {"procedure.not_applicable"}
    assert walk.wait(1).do("note_lapse").finished


def test_an_application_after_the_time_to_pay_is_marked_not_refused() -> None:
    walk = STARTS["fine_deferral"].walk(PROCEDURES["fine_deferral"]).wait(until=date(2026, 3, 18))
    assert walk.verdict("apply_for_deferral").allowed
    marks = PROCEDURES["fine_deferral"].marks("apply_for_deferral", walk.situation, A)
    assert [r.rule for r in marks] == ["enforcement.deferral_asked_late"]


# -- suspension --------------------------------------------------------------------------------------------------------


def test_after_three_years_of_suspension_and_only_then_an_enforcement_is_given_up() -> None:
    walk = STARTS["enforcement_suspension"].walk(PROCEDURES["enforcement_suspension"])
    walk.do("suspend_enforcement", ground="unable_to_perform")
    assert walk.due("enforcement_suspended") == date(2029, 3, 2)
    assert walk.wait(until=date(2029, 3, 2)).refused("give_up_enforcement") == {"matter.too_early"}
    walk.wait(1)
    assert walk.answer(party_truly_unable=None).refused("give_up_enforcement") == {"matter.question_open"}
    assert walk.answer(party_truly_unable=True).do("give_up_enforcement").finished


def test_a_broken_agreement_resumes_the_enforcement() -> None:
    walk = STARTS["enforcement_suspension"].walk(PROCEDURES["enforcement_suspension"]).do("make_agreement").do("record_breach")
    assert walk.next_musts() == {"resume_after_breach"}
    assert walk.do("resume_after_breach").finished


def test_an_investigation_stands_still_only_on_a_listed_ground_and_its_days_do_not_count() -> None:
    walk = STARTS["investigation_suspension"].walk(PROCEDURES["investigation_suspension"])
    assert walk.due("decision") == date(2026, 5, 31)
    assert walk.refused("pause_clock", ground="holiday_of_the_handler") == {"procedure.pause_without_ground"}
    walk.wait(1).do("pause_clock", ground="force_majeure", subject="p").wait(9).do("resume_clock", subject="p")
    assert walk.due("decision") == date(2026, 6, 10)
    assert walk.do("terminate_investigation", ground="party_died").finished


# -- criminal referral -------------------------------------------------------------------------------------------------

RESTORING = ("order_correction", "serve_correction_order", "verify_correction")
RETURNS = {"resume_penalty", "follow_prosecutor_opinion", "conclude_without_fine"}


def transferred() -> Walk:
    walk = STARTS["criminal_referral"].walk(PROCEDURES["criminal_referral"]).wait(until=date(2026, 4, 30))
    walk.do("suspect_crime").do("form_group").do("report_crime")
    assert walk.due("transfer_decide") == date(2026, 5, 3)
    walk.do("approve_crime_transfer", at=datetime(2026, 4, 30, 9, 15, tzinfo=CHINA))
    assert walk.due("transfer_send") == date(2026, 5, 1)
    walk.do("transfer_crime").do("record_police_receipt")
    assert walk.due("police_decide") == date(2026, 5, 3)
    return walk


def filed_by_police() -> Walk:
    walk = transferred().do("record_police_filing")
    assert walk.due("goods_handover") == date(2026, 5, 3)
    return walk.do("hand_over_goods")


def the_fine_is_locked(walk: Walk) -> bool:
    """Whether the ordinary procedure, on the same journal, refuses a fine because of the crime."""
    situation = walk.change(parties=(make_party(draft=make_draft(20_000)),)).situation
    refusals = ORDINARY_PENALTY.allowed("give_penalty_notice", situation, A, hearing_offered=True).refusals
    return bool({r.rule for r in refusals} & {"procedure.crime_instead_of_fine", "procedure.fined_by_court"})


def orders_stay_open(walk: Walk) -> bool:
    """Whether orders to stop and restore may be given, here and in the ordinary procedure."""
    here = all(walk.verdict(act).allowed for act in RESTORING[:1])
    beside = ORDINARY_PENALTY.allowed("order_correction", walk.situation, A, content="恢复原状", days=5).allowed
    return here and beside


def test_police_declining_an_opinion_and_a_court_fine_each_give_a_different_next_step() -> None:
    declined = transferred().do("record_police_refusal")
    opinion = filed_by_police().do("record_prosecution_refusal", opinion="with_opinion")
    court = filed_by_police().do("record_court_fine")
    assert declined.next_musts() & RETURNS == {"resume_penalty"}
    assert opinion.next_musts() & RETURNS == {"follow_prosecutor_opinion"}
    assert court.next_musts() & RETURNS == {"conclude_without_fine"}
    assert not the_fine_is_locked(declined)
    assert not the_fine_is_locked(opinion)
    assert the_fine_is_locked(court)
    for walk in (declined, opinion, court):
        assert orders_stay_open(walk)


def test_without_an_opinion_or_after_an_exemption_the_penalty_is_resumed() -> None:
    for walk in (
        filed_by_police().do("record_prosecution_refusal", opinion="without_opinion"),
        filed_by_police().do("record_court_exemption"),
    ):
        assert walk.next_musts() & RETURNS == {"resume_penalty"}
        assert walk.do("resume_penalty").finished


def test_orders_to_restore_stay_open_and_the_fine_stays_locked_throughout() -> None:
    walk = STARTS["criminal_referral"].walk(PROCEDURES["criminal_referral"])
    assert orders_stay_open(walk)
    for act in ("suspect_crime", "form_group", "report_crime", "approve_crime_transfer", "transfer_crime",
                "record_police_receipt", "record_police_filing", "hand_over_goods"):
        walk.do(act)
        assert orders_stay_open(walk), act
        assert the_fine_is_locked(walk), act
    walk.do("record_court_fine").do("conclude_without_fine")
    assert walk.finished
    assert orders_stay_open(walk)


def test_against_a_refusal_the_police_are_asked_again_within_three_days_and_then_the_procurator() -> None:
    walk = transferred().wait(until=date(2026, 5, 6)).do("record_police_refusal")
    assert walk.due("police_review_request") == date(2026, 5, 9)
    late = transferred().wait(until=date(2026, 5, 6)).do("record_police_refusal").wait(4)
    assert late.refused("request_police_review") == {"matter.too_late"}
    assert late.refused("suggest_supervision") == {"referral.supervision_too_late"}
    walk.wait(2).do("request_police_review")
    assert walk.refused("resume_penalty") == {"referral.review_runs"}
    walk.do("record_police_review", outcome="police_decline")
    assert walk.due("supervision_request") == date(2026, 5, 11)
    walk.do("suggest_supervision").do("record_supervision", outcome="police_file").do("record_police_filing")
    assert crime_is_open(walk.situation)
    assert the_fine_is_locked(walk)


def test_a_head_who_does_not_approve_records_why_and_the_fine_is_free_again() -> None:
    walk = STARTS["criminal_referral"].walk(PROCEDURES["criminal_referral"])
    walk.do("suspect_crime").do("form_group").do("report_crime")
    assert walk.refused("refuse_crime_transfer", reason="") == {"procedure.reason_missing"}
    assert walk.do("refuse_crime_transfer").finished
    assert not the_fine_is_locked(walk)


def test_one_officer_is_no_group_and_a_late_head_is_marked() -> None:
    walk = STARTS["criminal_referral"].walk(PROCEDURES["criminal_referral"]).do("suspect_crime")
    assert walk.refused("form_group", members=("chen",)) == {"referral.group_too_small"}
    walk.do("form_group").do("report_crime").wait(4)
    marks = PROCEDURES["criminal_referral"].marks("approve_crime_transfer", walk.situation)
    assert [r.rule for r in marks] == ["matter.too_late"]


# -- another organ -----------------------------------------------------------------------------------------------------


def test_a_refused_referral_goes_to_the_common_superior() -> None:
    walk = STARTS["agency_referral"].walk(PROCEDURES["agency_referral"])
    walk.do("propose_transfer", ground="not_our_matter").do("approve_transfer").do("send_case").do("record_transfer_refusal")
    assert "ask_for_designation" in walk.next_musts()
    assert walk.do("ask_for_designation").do("record_designation").finished


def test_what_does_not_belong_elsewhere_is_not_sent_away() -> None:
    walk = STARTS["agency_referral"].walk(PROCEDURES["agency_referral"]).answer(belongs_elsewhere=False)
    assert walk.refused("propose_transfer", ground="not_our_place") == {"matter.question_no"}
