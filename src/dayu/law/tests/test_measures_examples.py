"""Worked examples: summary penalties, no penalty, preservation, seizure, removal and substitute performance, with dates."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest

from dayu.law.deadlines import CHINA
from dayu.law.number_blocks import NumberBlock, allot, block_of
from dayu.law.procedures.register import PROCEDURES
from dayu.law.situation import Bounds
from dayu.law.tests.matter_starts import STARTS, slip_party
from dayu.law.tests.matter_walk import Walk
from dayu.law.tests.penalty_case import leniency, make_draft, make_party


def begin(key: str, today: date | None = None, **settings: object) -> Walk:
    walk = STARTS[key].walk(PROCEDURES[key], **settings)
    return walk.wait(until=today) if today else walk


def at_the_scene(amount: int, side: str = "") -> Walk:
    walk = begin("summary_penalty")
    walk.change(parties=(slip_party(amount, side),))
    return walk.do("show_certificates").do("tell_on_the_spot").do("hear_on_the_spot")


# -- summary procedure -------------------------------------------------------------------------------------------------


def test_201_yuan_for_a_person_are_refused_and_200_are_decided() -> None:
    assert at_the_scene(201).refused("decide_on_the_spot") == {"summary.above_the_ceiling"}
    assert "罚款 201 元超过当场处罚的上限 200 元行政处罚法第五十一条" in at_the_scene(201).reasons("decide_on_the_spot")
    assert at_the_scene(200).verdict("decide_on_the_spot").allowed


def test_an_organisation_may_be_fined_3000_yuan_once_a_person_decided_that_it_is_one() -> None:
    assert at_the_scene(3000, "organisation").verdict("decide_on_the_spot").allowed
    assert at_the_scene(3001, "organisation").refused("decide_on_the_spot") == {"summary.above_the_ceiling"}
    assert at_the_scene(3000).refused("decide_on_the_spot") == {"summary.above_the_ceiling"}


def test_a_confiscation_takes_the_ordinary_procedure() -> None:
    walk = at_the_scene(100)
    party = slip_party(100)
    walk.change(parties=(make_party(draft=make_draft(100, kinds=frozenset({"fine", "confiscation"})), bounds=party.bounds),))
    assert walk.refused("decide_on_the_spot") == {"summary.kind_not_on_the_spot"}
    assert walk.do("turn_to_ordinary").finished


def test_nothing_is_decided_before_certificate_notice_and_hearing() -> None:
    walk = begin("summary_penalty")
    assert walk.refused("decide_on_the_spot") == {"procedure.step_missing"}
    assert "show_certificates" in {r.remedy for r in walk.verdict("decide_on_the_spot").refusals}


def test_a_slip_is_filed_within_two_working_days_and_late_is_a_mark() -> None:
    walk = at_the_scene(200).wait(until=date(2026, 4, 30)).do("decide_on_the_spot").do("hand_over_slip")
    assert walk.due("summary_filing") == date(2026, 5, 7)
    assert walk.due("pay") == date(2026, 5, 15)
    assert PROCEDURES["summary_penalty"].marks("file_slip", walk.wait(until=date(2026, 5, 7)).situation, "zhang") == ()
    late = PROCEDURES["summary_penalty"].marks("file_slip", walk.wait(1).situation, "zhang")
    assert [r.rule for r in late] == ["matter.too_late"]
    assert walk.verdict("file_slip").allowed


def test_cash_is_taken_only_on_a_lawful_ground_with_receipt_and_lies_in_the_bank_in_two_steps() -> None:
    walk = at_the_scene(150).wait(until=date(2026, 4, 3)).do("decide_on_the_spot").do("hand_over_slip")
    assert walk.refused("collect_on_the_spot", ground="up_to_one_hundred") == {"summary.collection_above_one_hundred"}
    assert walk.refused("collect_on_the_spot", ground="it_is_late") == {"summary.collection_without_ground"}
    assert walk.refused("collect_on_the_spot", ground="remote_and_asked") == {"summary.collection_not_asked_for"}
    assert walk.refused("collect_on_the_spot", official_receipt="") == {"matter.particular_missing"}
    walk.do("collect_on_the_spot", ground="remote_and_asked", asked_by_party=True)
    assert walk.due("onsite_cash_in") == date(2026, 4, 8)
    assert walk.refused("close_slip") == {"procedure.step_missing", "summary.cash_not_banked"}
    walk.wait(until=date(2026, 4, 8)).do("hand_in_cash")
    assert walk.due("bank_deposit") == date(2026, 4, 10)
    assert walk.do("bank_cash").do("file_slip").do("close_slip").finished


def test_cash_taken_on_the_water_waits_for_the_landing() -> None:
    walk = at_the_scene(50).do("decide_on_the_spot").do("hand_over_slip")
    walk.do("collect_on_the_spot", ground="up_to_one_hundred", landed_on="2026-03-05")
    assert walk.due("onsite_cash_in") == date(2026, 3, 9)


def test_two_devices_never_give_the_same_number() -> None:
    blocks: list[NumberBlock] = []
    for device in ("phone-1", "phone-2", "phone-1", "phone-3"):
        blocks.append(allot(blocks, device=device, year=2026, size=20))
    numbers = [n for block in blocks for n in range(block.first, block.last + 1)]
    assert len(numbers) == len(set(numbers)) == 80
    assert allot(blocks, device="phone-1", year=2027, size=5).first == 1
    assert block_of(blocks, device="phone-2", year=2026, number=1) is None


def test_a_number_comes_from_the_block_of_the_device_and_is_given_once() -> None:
    block = NumberBlock("phone-1", 2026, 21, 40, frozenset({21}))
    walk = at_the_scene(100).change(settings={"number_blocks": (block,)})
    assert walk.refused("decide_on_the_spot", device="phone-2", number=22) == {"summary.number_not_allotted"}
    assert walk.refused("decide_on_the_spot", device="phone-1", number=21) == {"summary.number_already_given"}
    assert walk.verdict("decide_on_the_spot", device="phone-1", number=block.next_number({22})).allowed
    assert NumberBlock("phone-1", 2026, 1, 1, frozenset({1})).next_number() is None
    with pytest.raises(ValueError, match="at least one"):
        allot([], device="phone-1", year=2026, size=0)


# -- no penalty --------------------------------------------------------------------------------------------------------


def test_a_first_violation_is_spared_only_after_the_register_was_asked_and_the_correction_checked() -> None:
    walk = begin("no_penalty").do("propose_no_penalty", ground="first_offence")
    first = {"ground": "first_offence", "education": "谈话"}
    assert walk.refused("exempt_from_penalty", **first) == {"sparing.register_not_asked", "sparing.not_corrected"}
    walk.do("look_up_earlier_penalties", count=1).do("verify_correction", result="corrected")
    assert walk.refused("exempt_from_penalty", **first) == {"sparing.not_the_first_time"}
    walk.do("look_up_earlier_penalties", count=0)
    assert walk.refused("exempt_from_penalty", ground="first_offence", education="") == {"procedure.education_missing"}
    walk.do("exempt_from_penalty", **first)
    assert walk.due("serve_decision") == date(2026, 3, 11)
    assert walk.next_musts() >= {"serve_decision", "educate_party"}
    assert walk.do("serve_decision").do("educate_party").do("close_spared").finished


def test_an_unproven_ground_spares_nobody() -> None:
    walk = begin("no_penalty").change(parties=(make_party(leniency=leniency()),)).do("propose_no_penalty", ground="no_fault")
    assert walk.refused("exempt_from_penalty", ground="no_fault", education="谈话") == {"procedure.no_ground_to_spare"}


# -- advance registration ----------------------------------------------------------------------------------------------


def preserved(on: date) -> Walk:
    return begin("evidence_preservation", on).do("request_preservation").do("approve_preservation").do("preserve_evidence")


def test_preserved_goods_are_decided_on_within_seven_working_days_or_go_back() -> None:
    walk = preserved(date(2023, 9, 26))
    assert walk.due("register_preserve") == date(2023, 10, 11)
    walk.wait(until=date(2023, 10, 11))
    assert walk.verdict("dispose_preserved_evidence").allowed
    walk.wait(1)
    assert walk.refused("dispose_preserved_evidence") == {"procedure.not_applicable"}
    assert walk.next_musts() == {"return_preserved_goods"}
    assert walk.do("return_preserved_goods").finished


def test_evidence_preserved_in_urgency_needs_approval_within_24_hours_or_goes_back() -> None:
    walk = begin("evidence_preservation").do("preserve_at_once", at=datetime(2026, 3, 2, 9, 15, tzinfo=CHINA))
    assert walk.due("preservation_approval") == date(2026, 3, 3)
    assert walk.refused("dispose_preserved_evidence") == {"matter.not_yet"}
    walk.do("refuse_preservation")
    assert walk.next_musts() == {"return_preserved_goods"}


# -- seizure -----------------------------------------------------------------------------------------------------------


def seized(on: date) -> Walk:
    return begin("seizure", on).do("request_seizure").do("approve_seizure").do("seize_goods")


def test_on_day_31_without_extension_the_release_is_due_and_nothing_else_may_be_decided() -> None:
    walk = seized(date(2025, 1, 2))
    assert walk.due("seizure") == date(2025, 2, 1)
    walk.wait(until=date(2025, 2, 1))
    assert walk.duty("release_seizure") == "may"
    assert walk.verdict("decide_on_seized_goods").allowed
    walk.wait(1)
    assert walk.duty("release_seizure") == "must"
    assert walk.next_musts() == {"release_seizure"}
    assert walk.refused("extend_seizure") == {"measures.seizure_ran_out"}
    assert walk.refused("decide_on_seized_goods") == {"procedure.not_applicable"}
    assert "seizure_release" in PROCEDURES["seizure"].step("release_seizure").documents
    walk.do("release_seizure", ground="ran_out")
    assert walk.next_musts() == {"return_seized_goods"}
    assert walk.do("return_seized_goods").finished


def test_an_extension_adds_thirty_days_at_most_and_appraisal_days_are_left_out() -> None:
    walk = seized(date(2025, 1, 2)).wait(until=date(2025, 1, 10)).do("start_appraisal", subject="sand")
    walk.wait(until=date(2025, 1, 19)).do("end_appraisal", subject="sand")
    assert walk.due("seizure") == date(2025, 2, 11)
    assert walk.refused("extend_seizure", days=31) == {"measures.extension_too_long"}
    walk.do("extend_seizure", days=30)
    assert walk.due("seizure") == date(2025, 3, 13)
    assert walk.refused("extend_seizure", days=1) == {"measures.extension_too_long"}


def test_a_seizure_done_at_once_is_approved_within_24_hours_or_released() -> None:
    walk = begin("seizure").do("seize_at_once", at=datetime(2026, 3, 2, 16, 30, tzinfo=CHINA))
    assert walk.due("seizure_report") == date(2026, 3, 3)
    assert walk.next_musts() >= {"approve_seizure"}
    walk.do("refuse_seizure")
    assert walk.duty("release_seizure") == "must"
    assert walk.refused("approve_seizure") == {"matter.already"}


def test_no_law_no_seizure_and_what_a_family_lives_on_is_never_seized() -> None:
    walk = begin("seizure").answer(power_to_seize=False)
    assert walk.refused("request_seizure") == {"matter.question_no"}
    assert "行政强制法第二十二条" in walk.reasons("request_seizure")
    assert begin("seizure").answer(necessities_of_life=True).refused("seize_at_once") == {"matter.question_yes"}


# -- forced removal ----------------------------------------------------------------------------------------------------


def to_the_day_of_removal() -> Walk:
    """Ordered on 2 March 2026 with ten days; the party neither sues nor removes."""
    walk = begin("forced_removal").do("order_removal").do("serve_removal_order")
    assert walk.due("ordered") == date(2026, 3, 12)
    assert walk.refused("announce_removal") == {"matter.too_early", "measures.not_found_unperformed"}
    walk.wait(until=date(2026, 3, 13)).do("verify_correction").do("announce_removal", days=15).do("demand_removal")
    assert walk.due("own_removal") == date(2026, 3, 30)
    walk.wait(until=date(2026, 3, 31))
    assert walk.refused("decide_removal") == {"measures.remedy_period_runs"}
    assert "2026-09-02" in walk.reasons("decide_removal")
    walk.wait(until=date(2026, 9, 3)).do("decide_removal").do("serve_removal_decision")
    return walk


def test_removal_waits_for_notice_demand_and_the_time_to_sue_and_never_happens_on_a_holiday() -> None:
    walk = to_the_day_of_removal().wait(until=date(2026, 10, 1))
    assert walk.refused("carry_out_removal") == {"measures.night_or_holiday"}
    assert "不得在夜间或法定节假日实施" in walk.reasons("carry_out_removal")
    assert "行政强制法第四十三条第一款" in walk.reasons("carry_out_removal")
    assert walk.verdict("carry_out_removal", urgency="溃堤风险，须立即拆除").allowed
    walk.wait(until=date(2026, 10, 8))
    assert walk.refused("carry_out_removal", at=datetime(2026, 10, 8, 23, 0, tzinfo=CHINA)) == {"measures.night_or_holiday"}
    assert walk.refused("carry_out_removal", at=datetime(2026, 10, 8, 5, 59, tzinfo=CHINA)) == {"measures.night_or_holiday"}
    walk.do("carry_out_removal", at=datetime(2026, 10, 8, 9, 0, tzinfo=CHINA)).do("claim_costs")
    assert walk.finished


def test_whether_a_weekend_counts_as_a_holiday_is_a_parameter() -> None:
    walk = to_the_day_of_removal().wait(until=date(2026, 10, 17))
    assert walk.verdict("carry_out_removal").allowed
    walk.change(settings={"weekend_is_holiday": True})
    assert walk.refused("carry_out_removal") == {"measures.night_or_holiday"}


def test_a_suit_stops_the_removal_and_an_overturned_order_ends_it() -> None:
    walk = to_the_day_of_removal().do("record_suit")
    walk.do("record_judgment", outcome="revoked")
    assert walk.refused("carry_out_removal") == {"enforcement.decision_overturned"}
    assert walk.do("terminate_enforcement", ground="decision_revoked_basis").finished


def test_who_removes_it_himself_ends_the_matter_at_any_time() -> None:
    assert begin("forced_removal").do("order_removal").do("record_own_removal").finished
    assert to_the_day_of_removal().do("record_own_removal").finished


# -- substitute performance --------------------------------------------------------------------------------------------


def test_three_full_working_days_lie_between_the_reminder_and_the_performance() -> None:
    walk = begin("substitute_performance").do("order_correction").do("serve_correction_order")
    walk.wait(until=date(2026, 3, 16)).do("verify_correction").do("demand_restoration", days=3)
    walk.wait(until=date(2026, 3, 20))
    assert walk.due("enforcement_demand") == date(2026, 3, 19)
    walk.do("decide_substitute").do("serve_substitute_decision").do("remind_before_substitute")
    walk.wait(until=date(2026, 3, 25))
    assert walk.refused("carry_out_substitute") == {"measures.reminder_too_late"}
    walk.wait(until=date(2026, 3, 26)).do("carry_out_substitute").do("settle_costs")
    assert walk.finished


def test_a_performer_with_an_interest_is_refused() -> None:
    walk = begin("substitute_performance").do("order_correction").do("serve_correction_order")
    walk.wait(until=date(2026, 3, 16)).do("verify_correction").do("demand_restoration", days=3).wait(10)
    assert walk.answer(performer_has_interest=True).refused("decide_substitute") == {"matter.question_yes"}


def test_an_obstacle_in_a_river_is_cleared_at_once_and_the_party_is_told_afterwards() -> None:
    walk = begin("substitute_performance", date(2026, 10, 1))
    assert walk.refused("perform_at_once", place="private_pond") == {"matter.not_listed"}
    walk.do("perform_at_once", place="river")
    assert walk.next_musts() >= {"tell_afterwards"}
    assert walk.do("tell_afterwards").do("settle_costs").finished


def test_a_slip_stays_within_the_range_of_the_violation_too() -> None:
    walk = at_the_scene(200)
    walk.change(parties=(make_party(draft=make_draft(200), bounds=Bounds(True, Decimal(500), Decimal(5000))),))
    assert "500" in walk.reasons("decide_on_the_spot")
