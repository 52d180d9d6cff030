"""Worked examples: remedies, the organ's own clocks, self-correction, filing of major penalties, water permits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from dayu.law.conditions.answering import evidence_lists
from dayu.law.procedures.register import PROCEDURES
from dayu.law.situation import Answer
from dayu.law.tests.enforcement_starts import fined
from dayu.law.tests.matter_starts import STARTS
from dayu.law.tests.matter_walk import Start, Walk
from dayu.law.tests.penalty_case import make_party


def begin(key: str, today: date | None = None, **settings: object) -> Walk:
    walk = STARTS[key].walk(PROCEDURES[key], **settings)
    return walk.wait(until=today) if today else walk


# -- remedies of the party ---------------------------------------------------------------------------------------------


def test_against_a_fine_on_the_spot_reconsideration_comes_before_the_suit() -> None:
    walk = begin("party_remedies")
    assert walk.refused("record_suit") == {"answering.reconsider_first"}
    assert "行政复议法第二十三条第一款第一项" in walk.reasons("record_suit")
    walk.do("record_reconsideration").do("record_reconsideration_decision", outcome="upheld")
    assert walk.due("sue_after_reconsider") == date(2026, 3, 17)
    assert walk.verdict("record_suit").allowed


def test_against_an_ordinary_fine_the_party_chooses_and_does_not_do_both_at_once() -> None:
    walk = Start(journal=fined).walk(PROCEDURES["party_remedies"])
    assert walk.due("reconsider") == date(2026, 5, 6)
    assert walk.due("sue") == date(2026, 9, 2)
    walk.do("record_suit")
    assert walk.refused("record_reconsideration") == {"matter.already"}


def test_an_overturned_decision_is_carried_out_and_withdrawn_from_the_public_within_three_days() -> None:
    walk = begin("party_remedies", date(2026, 4, 30)).do("record_reconsideration")
    walk.do("record_reconsideration_decision", outcome="revoked")
    assert walk.due("withdraw_publicity") == date(2026, 5, 8)
    assert walk.next_musts() == {"carry_out_outcome", "withdraw_publication"}
    assert walk.do("carry_out_outcome").do("withdraw_publication").finished


def test_a_decision_that_is_upheld_leaves_nothing_to_carry_out() -> None:
    walk = begin("party_remedies").do("record_reconsideration").do("record_reconsideration_decision", outcome="upheld")
    assert walk.refused("carry_out_outcome") == {"procedure.not_applicable"}
    assert walk.finished


# -- the organ as respondent and defendant -----------------------------------------------------------------------------


def test_the_clock_of_the_answer_names_a_person_and_is_shorter_in_the_simplified_procedure() -> None:
    walk = begin("reconsideration_answer", date(2026, 1, 30)).do("receive_application_copy", mode="ordinary", person="李某")
    assert walk.due("reconsider_answer") == date(2026, 2, 13)
    (limit,) = [x for x in walk.procedure.limits(walk.situation) if x.request.key == "reconsider_answer"]
    assert (limit.person, limit.act) == ("李某", "answer_reconsideration")
    walk.do("rename_person", person="王某")
    (limit,) = [x for x in walk.procedure.limits(walk.situation) if x.request.key == "reconsider_answer"]
    assert limit.person == "王某"
    short = begin("reconsideration_answer", date(2026, 1, 30)).do("receive_application_copy", mode="simplified")
    assert short.due("reconsider_answer") == date(2026, 2, 6)


@pytest.mark.parametrize(
    ("key", "act"),
    [
        ("reconsideration_answer", "receive_application_copy"), ("suit_answer", "receive_complaint_copy"),
        ("procurator_reply", "receive_recommendation"),
    ],
)
def test_nothing_is_received_without_a_person_who_answers_it(key: str, act: str) -> None:
    walk = begin(key)
    assert walk.refused(act, person="") == {"matter.particular_missing"}
    assert "承办人（姓名）" in walk.reasons(act, person="")


def test_evidence_is_frozen_as_of_the_decision_and_what_came_later_is_listed_apart() -> None:
    day = date(2026, 3, 2)
    pieces = [("E3", day + timedelta(days=1)), ("E2", day), ("E1", day - timedelta(days=9))]
    lists = evidence_lists(pieces, decided_on=day)
    assert (lists.frozen, lists.later) == (("E1", "E2"), ("E3",))
    walk = begin("suit_answer").do("receive_complaint_copy")
    assert walk.refused("freeze_evidence", evidence=tuple(pieces)) == {"answering.evidence_is_later"}
    assert "E3" in walk.reasons("freeze_evidence", evidence=tuple(pieces))
    walk.do("freeze_evidence", evidence=tuple(pieces[1:]))
    collected = {"ground": "raised_by_the_other_side", "collected_from_the_other_side": True}
    assert walk.refused("list_later_evidence", **collected) == {"answering.collected_meanwhile"}
    assert walk.refused("list_later_evidence", ground="we_forgot") == {"matter.not_listed"}
    assert walk.verdict("list_later_evidence", ground="raised_by_the_other_side").allowed


def test_a_late_answer_is_marked_with_the_article_that_makes_it_no_evidence() -> None:
    walk = begin("suit_answer", date(2025, 9, 22)).do("receive_complaint_copy").do("freeze_evidence")
    assert walk.due("suit_answer") == date(2025, 10, 9)
    walk.wait(until=date(2025, 10, 10))
    (mark,) = PROCEDURES["suit_answer"].marks("answer_suit", walk.situation)
    assert mark.basis[0].text() == "行政诉讼法第三十四条第二款"
    assert walk.verdict("answer_suit").allowed


def test_the_head_appears_or_says_why_and_sends_staff() -> None:
    walk = begin("suit_answer").do("receive_complaint_copy").do("freeze_evidence").do("answer_suit")
    assert walk.refused("appear_in_court", who="lawyer") == {"matter.not_listed", "answering.head_absent"}
    assert walk.refused("appear_in_court", who="staff", reason="") == {"answering.head_absent"}
    assert walk.verdict("appear_in_court", who="staff", reason="防汛值守").allowed
    walk.do("appear_in_court", who="head").do("record_judgment_of_organ", outcome="revoked")
    assert walk.due("appeal") == date(2026, 3, 17)
    assert walk.wait(16).refused("decide_on_appeal") == {"matter.too_late"}
    assert walk.do("carry_out_outcome").finished


def test_an_application_handed_in_with_us_is_forwarded_within_five_working_days() -> None:
    walk = begin("reconsideration_answer", date(2026, 4, 30)).do("take_application")
    assert walk.due("reconsider_forward") == date(2026, 5, 11)
    assert "forward_application" in walk.next_musts()


def test_a_recommendation_of_the_procurator_is_answered_in_two_months_or_fifteen_days_when_urgent() -> None:
    calm = begin("procurator_reply", date(2025, 12, 31)).do("receive_recommendation")
    assert calm.due("procurator_reply") == date(2026, 2, 28)
    urgent = begin("procurator_reply").do("receive_recommendation", urgent=True)
    assert urgent.due("procurator_reply") == date(2026, 3, 17)
    assert urgent.refused("reply_to_procurator") == {"procedure.step_missing"}
    assert urgent.do("take_measures").do("reply_to_procurator").do("report_progress").do("close_recommendation").finished


# -- self-correction ---------------------------------------------------------------------------------------------------


def test_a_revocation_changes_public_money_and_ledger_in_days() -> None:
    walk = begin("self_correction").do("find_error", source="own_review").do("examine_error", result="error_of_substance")
    assert walk.next_musts() == {"revoke_decision", "change_decision", "confirm_illegality"}
    walk.do("revoke_decision")
    assert walk.due("withdraw_publicity") == date(2026, 3, 5)
    assert walk.due("serve_decision") == date(2026, 3, 11)
    assert walk.next_musts() == {"serve_correction", "withdraw_publication", "refund_payment", "enter_correction"}
    walk.do("serve_correction").do("withdraw_publication").do("refund_payment").do("enter_correction", source="own_review")
    assert walk.finished


def test_a_slip_is_mended_and_served_without_touching_the_decision() -> None:
    walk = begin("self_correction").do("find_error", source="complaint").do("examine_error", result="slip")
    assert walk.refused("revoke_decision") == {"procedure.not_applicable"}
    assert walk.do("correct_slip").do("serve_correction").finished


def test_a_change_to_the_worse_takes_a_new_notice() -> None:
    walk = begin("self_correction").do("find_error", source="superior").do("examine_error", result="error_of_substance")
    assert walk.refused("change_decision", heavier=True) == {"correcting.heavier_needs_a_new_notice"}


# -- major penalties ---------------------------------------------------------------------------------------------------


def decided(amount: int, **settings: object) -> Walk:
    return Start(journal=lambda: fined(amount=amount)).walk(PROCEDURES["major_penalty_filing"], **settings)


def test_a_fine_of_60000_above_a_threshold_of_50000_is_filed_and_its_clock_runs() -> None:
    walk = decided(60_000, major_penalty_yuan=50_000)
    assert walk.next_musts() == {"make_filing_package"}
    assert walk.due("major_filing") == date(2026, 3, 17)
    walk.do("make_filing_package", person="李某")
    assert [limit.person for limit in walk.procedure.limits(walk.situation)] == ["李某"]
    assert decided(49_999, major_penalty_yuan=50_000).finished


def test_that_no_threshold_makes_every_penalty_major_is_a_parameter() -> None:
    assert decided(200).next_musts() == {"make_filing_package"}
    walk = decided(200, every_penalty_is_major_without_threshold=False)
    assert walk.finished
    assert walk.running() == set()


def test_a_package_without_the_review_opinion_is_refused() -> None:
    walk = decided(60_000)
    reviewed = replace(make_party(), review_answers={"major_public_interest": Answer(True, "是", by="officer")})
    walk.change(parties=(reviewed,))
    assert walk.refused("make_filing_package") == {"filing.package_lacks_review"}
    assert walk.verdict("make_filing_package", review_opinion="D7").allowed
    walk.change(parties=(replace(make_party(), discussion_required=True),))
    assert "filing.package_lacks_discussion" in walk.refused("make_filing_package")


def test_a_comment_of_the_receiver_comes_back_as_a_task() -> None:
    walk = decided(60_000).do("make_filing_package").do("file_major_penalty", recipients="government_and_superior")
    walk.do("record_filing_receipt")
    assert walk.finished
    walk.do("record_filing_comment", person="李某")
    assert walk.next_musts() == {"answer_filing_comment"}
    assert walk.do("answer_filing_comment").finished


# -- water permits -----------------------------------------------------------------------------------------------------


def test_an_abstraction_runs_45_working_days_and_other_permits_20() -> None:
    taken = begin("water_licensing").do("receive_application", permit_kind="water_abstraction").do("accept_application")
    assert taken.due("abstraction_decide") == date(2026, 5, 8)
    assert taken.next_musts() == {"survey_site"}
    assert taken.refused("extend_permit_decision", days=5) == {"permits.no_extension"}
    works = begin("water_licensing").do("receive_application", permit_kind="works_in_rivers").do("accept_application")
    assert works.due("permit_decide") == date(2026, 3, 30)
    assert works.refused("extend_permit_decision", days=11) == {"permits.extension_too_long"}
    works.do("extend_permit_decision", days=10)
    assert works.due("permit_decide") == date(2026, 4, 14)


def test_what_is_missing_is_asked_for_once_and_silence_accepts_from_the_day_the_papers_came() -> None:
    walk = begin("water_licensing").do("receive_application", permit_kind="works_in_rivers")
    assert walk.due("permit_accept") == date(2026, 3, 9)
    walk.do("ask_for_papers")
    assert walk.refused("accept_application") == {"permits.papers_missing"}
    walk.wait(3).do("receive_supplement")
    assert walk.refused("ask_for_papers") == {"permits.asked_before"}
    assert walk.verdict("accept_application").allowed
    silent = begin("water_licensing").do("receive_application", permit_kind="works_in_rivers").wait(until=date(2026, 3, 10))
    assert silent.refused("ask_for_papers") == {"permits.deemed_accepted"}
    assert silent.refused("decline_application") == {"permits.deemed_accepted"}
    silent.do("accept_application")
    assert silent.due("permit_decide") == date(2026, 3, 30)


def test_the_days_of_hearing_and_expert_review_are_left_out() -> None:
    walk = begin("water_licensing").do("receive_application", permit_kind="works_in_rivers").do("accept_application")
    walk.wait(until=date(2026, 3, 9)).do("pause_permit_clock", ground="expert_review", subject="r")
    walk.wait(until=date(2026, 3, 13)).do("resume_permit_clock", subject="r")
    assert walk.due("permit_decide") == date(2026, 4, 7)
    assert walk.refused("pause_permit_clock", ground="backlog") == {"matter.not_listed"}


def test_a_survey_needs_two_and_a_hearing_asked_for_in_time_is_held_before_the_decision() -> None:
    walk = begin("water_licensing").do("receive_application", permit_kind="water_abstraction").do("accept_application")
    assert walk.refused("survey_site", staff=("chen",)) == {"permits.survey_needs_two"}
    walk.do("survey_site").do("tell_interested")
    assert walk.due("permit_hearing_request") == date(2026, 3, 9)
    late = begin("water_licensing").do("receive_application", permit_kind="water_abstraction").do("accept_application")
    assert late.do("tell_interested").wait(8).refused("request_permit_hearing") == {"matter.too_late"}
    walk.do("request_permit_hearing")
    assert walk.due("permit_hearing") == date(2026, 3, 30)
    assert walk.refused("grant_permit") == {"permits.hearing_waits"}
    walk.do("hold_permit_hearing")
    assert walk.answer(ground_to_refuse_permit=True).refused("grant_permit") == {"matter.question_yes"}
    walk.answer(ground_to_refuse_permit=False).do("grant_permit")
    assert walk.due("permit_deliver") == date(2026, 3, 16)
    assert walk.due("publish") == date(2026, 3, 11)
    assert walk.next_musts() == {"deliver_permit", "publish_permit"}
    assert walk.do("deliver_permit").do("publish_permit").finished


def test_a_refusal_says_why_and_which_remedies_there_are() -> None:
    walk = begin("water_licensing").do("receive_application", permit_kind="sand_mining").do("accept_application")
    assert "申请人" not in walk.reasons("refuse_permit", remedies="")
    assert walk.refused("refuse_permit", remedies="", reason="") == {"matter.particular_missing"}
    assert walk.do("refuse_permit").finished


def test_a_late_decision_and_a_late_delivery_are_marked_not_refused() -> None:
    walk = begin("water_licensing").do("receive_application", permit_kind="works_in_rivers").do("accept_application")
    walk.wait(until=date(2026, 3, 31))
    permit = PROCEDURES["water_licensing"]
    assert [r.params["limit"].key for r in permit.marks("grant_permit", walk.situation)] == ["permit_decide"]
    walk.do("grant_permit").wait(until=date(2026, 4, 20))
    assert [r.params["limit"].key for r in permit.marks("deliver_permit", walk.situation)] == ["permit_deliver"]
    assert walk.verdict("deliver_permit").allowed
