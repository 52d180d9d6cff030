"""The assessment as a whole: published cases, traps for careless engines, and what must stay open."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dayu.law.assess import assess
from dayu.law.assess_input import InputError, read_input
from dayu.law.assess_rules import verify_receipt
from dayu.law.violations import violation_keys

Answer = dict[str, Any]


def answer(**told: Any) -> Answer:
    return assess(read_input(told)).as_json()


def statutory(found: Answer) -> tuple[Any, Any]:
    return found["statutory"]["min_yuan"], found["statutory"]["max_yuan"]


def rules(found: Answer) -> list[str]:
    return [r["rule"] for r in found["refusals"]]


def asked(found: Answer) -> list[str]:
    return [q["field"] for q in found["person_decides"]]


def test_case_01_a_changed_road_project_was_ordered_first_and_needs_a_hearing() -> None:
    found = answer(
        violation="soil-53-2-major-change",
        party="organisation",
        fine_yuan=355000,
        acted_from="2022-11",
        discovered_on="2022-11",
        ordered_on="2023-10-09",
        order_met=False,
        as_of="2023-11-01",
        facts={"continuing": True},
    )
    assert statutory(found) == (50000, 500000)
    assert found["order_first"]["required"] is True
    assert found["order_first"]["satisfied"] is True
    assert found["hearing_required"] is True
    assert found["collective_discussion_required"] is True
    assert found["limitation"]["barred"] is False
    assert found["refusals"] == []


def test_case_03_abstraction_above_the_permit_needs_discussion_and_no_hearing() -> None:
    found = answer(
        violation="water-69-2-not-per-permit",
        party="organisation",
        fine_yuan=60000,
        acted_from="2023-01",
        acted_to="2023-12",
        discovered_on="2023-04-06",
        ordered_on="2023-04-06",
        order_met=False,
        as_of="2024-03-06",
    )
    assert statutory(found) == (20000, 100000)
    assert found["hearing_required"] is False
    assert found["collective_discussion_required"] is True
    assert found["refusals"] == []


def test_case_10_fifty_thousand_did_not_exceed_the_old_threshold() -> None:
    told: Answer = {
        "violation": "soil-53-1-no-plan",
        "party": "organisation",
        "fine_yuan": 50000,
        "acted_from": "2020-05",
        "discovered_on": "2021-07-21",
        "ordered_on": "2021-07-21",
        "order_met": False,
    }
    old, new = answer(**told, as_of="2021-12-01"), answer(**told, as_of="2024-01-05")
    assert statutory(old) == (50000, 500000)
    assert old["order_first"]["satisfied"] is True
    assert (old["hearing_required"], old["collective_discussion_required"]) == (False, True)
    assert (new["hearing_required"], new["collective_discussion_required"]) == (False, True)
    assert answer(**told)["hearing_required"] is False


def test_case_13_a_citizen_mining_sand_needs_a_hearing_and_local_law_for_the_amount() -> None:
    found = answer(
        violation="river-reg-44-4",
        party="citizen",
        fine_yuan=100000,
        acted_from="2021-01",
        discovered_on="2023-11-01",
        as_of="2024-02-26",
        facts={"illegal_gain_yuan": 5000},
    )
    assert statutory(found) == (None, None)
    assert found["statutory"]["why"] == "local_law_needed"
    assert found["statutory"]["reason"]
    assert found["hearing_required"] is True
    assert found["limitation"]["barred"] is None
    assert "assess.local_law_missing" in rules(found)
    assert {"territory", "acted_to"} <= set(asked(found))


def test_case_14_goods_under_100000_take_the_fixed_range_and_are_no_crime() -> None:
    found = answer(
        violation="yz-91-sand-mining",
        party="organisation",
        fine_yuan=250000,
        acted_from="2021-06-19",
        acted_to="2021-06-19",
        discovered_on="2021-06-19",
        facts={"value_yuan": 12000, "illegal_gain_yuan": 12000, "prohibited_zone": True},
    )
    assert statutory(found) == (200000, 2000000)
    assert found["criminal"]["suspected"] is False
    assert found["criminal"]["threshold"] == 50000
    assert found["refusals"] == []


@pytest.mark.parametrize(
    ("value", "expected"),
    [("99999.99", (200000, 2000000)), (100000, (200000, 2000000)), (150000, (300000, 3000000))],
)
def test_the_multiple_begins_at_goods_of_exactly_100000(value: Any, expected: tuple[int, int]) -> None:
    found = answer(
        violation="yz-91-sand-mining",
        party="citizen",
        acted_from="2024-01-01",
        acted_to="2024-01-01",
        facts={"value_yuan": value},
    )
    assert statutory(found) == expected


def test_a_fine_per_cubic_metre_follows_the_volume() -> None:
    found = answer(
        violation="soil-55-dump-outside",
        party="organisation",
        acted_from="2024-01-01",
        acted_to="2024-01-01",
        facts={"volume_m3": 1200},
    )
    assert statutory(found) == (12000, 24000)
    open_one = answer(violation="soil-55-dump-outside", party="organisation", acted_from="2024-01-01")
    assert statutory(open_one) == (None, None)
    assert "volume_m3" in asked(open_one)


def test_before_a_law_is_in_force_there_is_no_rule_and_never_a_zero() -> None:
    found = answer(violation="yr-118-1-obstruct", party="citizen", acted_from="2023-03-31", acted_to="2023-03-31")
    assert found["law_in_force"] is None
    assert statutory(found) == (None, None)
    assert found["statutory"]["why"] == "no_rule_in_force"
    assert rules(found) == ["assess.no_rule_in_force"]
    later = answer(violation="yr-118-1-obstruct", party="citizen", acted_from="2023-04-01", acted_to="2023-04-01")
    assert statutory(later) == (50000, 500000)


def test_a_month_in_which_the_law_began_leaves_the_range_open() -> None:
    found = answer(violation="code-1218-groundwater", party="citizen", acted_from="2026-08", acted_to="2026-08")
    assert found["law_in_force"] is None
    assert "day_of_act" in asked(found)
    assert statutory(answer(violation="code-1218-groundwater", party="citizen", acted_from="2026-09")) == (
        20000,
        200000,
    )


def test_an_old_act_keeps_the_lighter_old_sand_regulation() -> None:
    found = answer(
        violation="yzs-18-no-permit",
        party="organisation",
        acted_from="2023-05-01",
        acted_to="2023-05-01",
        as_of="2024-02-01",
        facts={"value_yuan": 80000},
    )
    assert statutory(found) == (100000, 300000)
    assert found["law_in_force"]["edition"] == "2001-10-25"
    unknown_value = answer(
        violation="yzs-18-no-permit",
        party="organisation",
        acted_from="2023-05-01",
        acted_to="2023-05-01",
        as_of="2024-02-01",
    )
    assert statutory(unknown_value) == (100000, 300000)


def test_a_lighter_later_version_applies_to_an_old_act() -> None:
    found = answer(
        violation="yzs-19-not-per-permit",
        party="organisation",
        acted_from="2023-05-01",
        acted_to="2023-05-01",
        as_of="2024-02-01",
        facts={"value_yuan": 10000, "serious": False, "prohibited_zone": False, "prohibited_period": False},
    )
    assert statutory(found) == (10000, 20000)
    assert found["law_in_force"]["why"] == "lighter_later_law"
    heavier = answer(
        violation="yzs-19-not-per-permit",
        party="organisation",
        acted_from="2023-05-01",
        acted_to="2023-05-01",
        as_of="2024-02-01",
        facts={"value_yuan": 150000, "prohibited_zone": True},
    )
    assert statutory(heavier) == (50000, 100000)


def test_which_law_is_lighter_is_asked_where_it_depends_on_missing_facts() -> None:
    found = answer(
        violation="yzs-19-not-per-permit",
        party="organisation",
        acted_from="2023-05-01",
        acted_to="2023-05-01",
        as_of="2024-02-01",
    )
    assert statutory(found) == (None, None)
    assert "lighter_law" in asked(found)


def test_between_signature_and_publication_of_the_sand_regulation_a_person_decides() -> None:
    found = answer(
        violation="yzs-18-no-permit",
        party="citizen",
        acted_from="2023-08-01",
        acted_to="2023-08-01",
        facts={"value_yuan": 5000},
    )
    assert statutory(found) == (None, None)
    assert "uncertain_change" in asked(found)
    assert len(found["statutory"]["alternatives"]) == 2


def test_a_continuing_act_is_judged_by_the_law_of_its_end_and_says_so() -> None:
    found = answer(
        violation="yzs-22-forge-lend-permit", party="organisation", acted_from="2023-01-01", acted_to="2024-01-01"
    )
    assert statutory(found) == (50000, 500000)
    assert found["law_in_force"]["why"] == "end_of_continuing_act"
    assert "spans_change" in asked(found)


def test_basin_law_goes_before_general_law_once_it_is_in_force() -> None:
    told: Answer = {"violation": "water-65-1-obstruct", "party": "citizen", "facts": {"basin": "yellow-river"}}
    after = answer(**told, acted_from="2023-04-01", acted_to="2023-04-01")
    assert after["applied_violation"] == "yr-118-1-obstruct"
    assert statutory(after) == (50000, 500000)
    assert after["order_first"]["required"] is False
    before = answer(**told, acted_from="2023-03-31", acted_to="2023-03-31")
    assert before["applied_violation"] == "water-65-1-obstruct"
    assert statutory(before) == (10000, 100000)


def test_the_basin_is_asked_only_where_the_province_touches_it() -> None:
    told: Answer = {"violation": "water-65-1-obstruct", "party": "citizen", "acted_from": "2024-01-01"}
    assert "basin" in asked(answer(**told, territory="620102"))
    assert "basin" not in asked(answer(**told, territory="440106"))


def test_groundwater_moves_to_the_code_on_15_august_2026() -> None:
    told: Answer = {
        "violation": "water-69-1-unauthorised-abstraction",
        "party": "organisation",
        "facts": {"basin": "other", "water_source": "groundwater", "groundwater_restricted_zone": False},
    }
    assert statutory(answer(**told, acted_from="2026-08-14", acted_to="2026-08-14")) == (20000, 100000)
    after = answer(**told, acted_from="2026-08-15", acted_to="2026-08-15")
    assert after["applied_violation"] == "code-1218-groundwater"
    assert statutory(after) == (20000, 200000)


def test_a_basin_law_is_refused_outside_its_basin() -> None:
    found = answer(violation="yr-113-abstraction", party="citizen", acted_from="2024-01-01", facts={"basin": "other"})
    assert "assess.outside_basin" in rules(found)


def test_serious_circumstances_are_asked_and_never_guessed() -> None:
    told: Answer = {"violation": "code-1109-outfall", "party": "organisation", "acted_from": "2026-09-01"}
    open_one = answer(**told)
    assert statutory(open_one) == (None, None)
    assert "serious" in asked(open_one)
    assert [(a["min_yuan"], a["max_yuan"]) for a in open_one["statutory"]["alternatives"]] == [
        (20000, 100000),
        (100000, 500000),
    ]
    assert statutory(answer(**told, facts={"serious": False})) == (20000, 100000)
    assert statutory(answer(**told, facts={"serious": True})) == (100000, 500000)
    assert "assess.outside_every_range" in rules(answer(**told, fine_yuan=600000))
    assert "assess.outside_every_range" not in rules(answer(**told, fine_yuan=60000))


def test_amounts_outside_the_range_are_refused_and_a_ground_opens_the_lower_side_only() -> None:
    told: Answer = {
        "violation": "water-69-1-unauthorised-abstraction",
        "party": "organisation",
        "acted_from": "2024-01-01",
        "acted_to": "2024-01-01",
        "discovered_on": "2024-01-02",
    }
    assert rules(answer(**told, fine_yuan=120000)) == ["assess.above_range"]
    assert rules(answer(**told, fine_yuan=15000)) == ["assess.below_range"]
    assert rules(answer(**told, fine_yuan=15000, facts={"mitigation_ground": True})) == []
    assert rules(answer(**told, fine_yuan=120000, facts={"mitigation_ground": True})) == ["assess.above_range"]
    for edge in (20000, 100000):
        assert rules(answer(**told, fine_yuan=edge)) == []
    reason = answer(**told, fine_yuan=120000)["refusals"][0]
    assert "超出法定幅度" in reason["reason"] and reason["basis"]


def test_a_fine_without_the_order_that_must_come_first_is_refused() -> None:
    told: Answer = {
        "violation": "soil-53-1-no-plan",
        "party": "organisation",
        "acted_from": "2024-01-01",
        "acted_to": "2024-03-01",
        "discovered_on": "2024-03-01",
        "fine_yuan": 60000,
    }
    assert rules(answer(**told)) == ["assess.order_first_not_met"]
    assert rules(answer(**told, ordered_on="2024-03-05", order_met=True)) == ["assess.order_first_not_met"]
    assert rules(answer(**told, ordered_on="2024-03-05", order_met=False)) == []
    pending = answer(**told, ordered_on="2024-03-05")
    assert pending["order_first"]["satisfied"] is None
    assert "order_met" in asked(pending)


def test_an_order_in_two_stages_needs_both() -> None:
    told: Answer = {
        "violation": "water-65-2-unapproved-works",
        "party": "organisation",
        "ordered_on": "2024-03-05",
        "order_met": False,
        "acted_from": "2024-01-01",
        "territory": "440106",
    }
    assert answer(**told)["order_first"]["satisfied"] is None
    assert "second_order_unmet" in asked(answer(**told))
    assert answer(**told, facts={"second_order_unmet": True})["order_first"]["satisfied"] is True


def test_grave_consequences_make_the_order_needless_where_the_article_says_so() -> None:
    found = answer(violation="drain-49-misconnect", party="citizen", acted_from="2024-01-01", facts={"grave": True})
    assert found["order_first"]["satisfied"] is True
    assert statutory(found) == (20000, 100000)


def test_a_barred_act_is_refused_and_a_later_discovery_asks_whether_it_went_on() -> None:
    told: Answer = {
        "violation": "water-72-1-damage-works",
        "party": "citizen",
        "acted_from": "2021-06-19",
        "discovered_on": "2023-06-20",
    }
    barred = answer(**told, acted_to="2021-06-19")
    assert barred["limitation"]["barred"] is True
    assert rules(barred) == ["assess.barred"]
    assert answer(**told)["limitation"]["barred"] is None
    still = answer(**told, facts={"continuing": True})
    assert (still["limitation"]["last_day"], still["limitation"]["barred"]) == (None, False)


def test_a_suspected_crime_goes_to_the_police_first() -> None:
    found = answer(
        violation="yz-91-sand-mining",
        party="citizen",
        acted_from="2024-01-01",
        acted_to="2024-01-01",
        fine_yuan=700000,
        facts={"value_yuan": 320000},
    )
    assert found["criminal"]["suspected"] is True
    assert "assess.refer_crime_first" in rules(found)


def test_the_demo_county_gets_range_and_tier_from_its_local_law() -> None:
    told: Answer = {
        "violation": "river-reg-44-4",
        "party": "citizen",
        "territory": "990121",
        "acted_from": "2026-10-12",
        "acted_to": "2026-10-12",
        "discovered_on": "2026-10-12",
        "as_of": "2026-11-20",
        "facts": {"volume_m3": 46, "first_offence": True, "stopped_voluntarily": True},
    }
    found = answer(**told, fine_yuan=25000)
    assert statutory(found) == (10000, 100000)
    assert found["benchmark"]["tier"] == "较轻"
    assert (found["benchmark"]["min_yuan"], found["benchmark"]["max_yuan"]) == (20000, 30000)
    assert found["refusals"] == []
    outside = answer(**told, fine_yuan=35000)
    assert rules(outside) == ["assess.deviation_reason"]
    assert "偏离裁量基准须说明理由" in outside["refusals"][0]["reason"]
    assert rules(answer(**told, fine_yuan=100001))[0] == "assess.above_range"


def test_an_individually_owned_business_is_asked_about_and_counts_low_until_then() -> None:
    told: Answer = {
        "violation": "soil-48-hazard-zone",
        "party": "individual_business",
        "acted_from": "2024-01-01",
        "as_of": "2024-06-01",
        "territory": "350100",
    }
    open_one = answer(**told, fine_yuan=10000)
    assert statutory(open_one) == (None, None)
    assert "treated_as" in asked(open_one)
    assert open_one["hearing_required"] is True
    decided = answer(**told, fine_yuan=20000, facts={"treated_as": "organisation", "illegal_gain_yuan": 0})
    assert statutory(decided) == (20000, 200000)
    assert decided["hearing_required"] is False


def test_the_day_of_decision_is_asked_where_old_and_new_thresholds_differ() -> None:
    told: Answer = {"violation": "water-69-1-unauthorised-abstraction", "party": "organisation", "fine_yuan": 60000}
    open_one = answer(**told, acted_from="2022-01-01")
    assert open_one["hearing_required"] is None
    assert "as_of" in asked(open_one)
    assert answer(**told, acted_from="2022-01-01", as_of="2023-04-30")["hearing_required"] is True
    assert answer(**told, acted_from="2022-01-01", as_of="2023-05-01")["hearing_required"] is False
    assert answer(**told, acted_from="2023-06-01")["hearing_required"] is False


def test_a_warning_may_be_given_on_the_spot() -> None:
    found = answer(
        violation="drought-62-illegal-diversion", party="citizen", acted_from="2024-01-01", as_of="2024-01-01"
    )
    assert found["statutory"]["why"] == "no_fine"
    assert found["summary_allowed"] is True
    assert rules(
        answer(violation="drought-62-illegal-diversion", party="citizen", acted_from="2024-01-01", fine_yuan=500)
    ) == ["assess.no_fine_provided"]


def test_without_any_date_one_version_gives_its_range_and_the_law_stays_open() -> None:
    found = answer(violation="soil-54-not-accepted", party="organisation")
    assert statutory(found) == (50000, 500000)
    assert found["law_in_force"] is None
    assert found["limitation"] | {"basis": []} == {"last_day": None, "barred": None, "years": 2, "basis": []}
    assert "day_of_act" in asked(found)


@pytest.mark.parametrize("key", violation_keys())
def test_the_shortest_input_is_answered_for_every_violation(key: str) -> None:
    for party in ("citizen", "organisation"):
        found = answer(violation=key, party=party)
        assert set(found) >= {
            "law_in_force",
            "statutory",
            "order_first",
            "limitation",
            "hearing_required",
            "collective_discussion_required",
            "legal_review_required",
            "summary_allowed",
            "criminal",
            "benchmark",
            "refusals",
            "person_decides",
            "receipt",
        }
        assert all(q["question"] for q in found["person_decides"])
        assert verify_receipt(found["receipt"]) == ()


def test_the_receipt_is_stable_and_shows_any_change() -> None:
    told: Answer = {"violation": "soil-53-1-no-plan", "party": "organisation", "acted_from": "2024-01-01"}
    one, two = answer(**told)["receipt"], answer(**told)["receipt"]
    assert one["digest"] == two["digest"]
    assert json.loads(json.dumps(one)) == one
    altered = json.loads(json.dumps(one))
    altered["result"]["statutory"]["max_yuan"] = 999999
    assert verify_receipt(altered) == ("altered",)
    assert answer(**told, fine_yuan=60000)["receipt"]["digest"] != one["digest"]
    assert {r["id"] for r in one["rules"]} >= {"violation:soil-53-1-no-plan", "limitation", "threshold:hearing"}
    assert all(step["basis"] for step in one["trace"] if step["step"] != "tier_row")


@pytest.mark.parametrize(
    "told",
    [
        {"violation": "nope", "party": "citizen"},
        {"violation": "soil-53-1-no-plan"},
        {"violation": "soil-53-1-no-plan", "party": "alien"},
        {"violation": "soil-53-1-no-plan", "party": "citizen", "colour": "red"},
        {"violation": "soil-53-1-no-plan", "party": "citizen", "facts": {"colour": "red"}},
        {"violation": "soil-53-1-no-plan", "party": "citizen", "facts": {"order_unmet": True}},
        {"violation": "soil-53-1-no-plan", "party": "citizen", "facts": {"volume_m3": -1}},
        {"violation": "soil-53-1-no-plan", "party": "citizen", "facts": {"serious": "yes"}},
        {"violation": "soil-53-1-no-plan", "party": "citizen", "acted_from": "2024-02-30"},
        {"violation": "soil-53-1-no-plan", "party": "citizen", "acted_from": "2024"},
        {"violation": "soil-53-1-no-plan", "party": "citizen", "acted_from": "2024-02-02", "acted_to": "2024-01-01"},
        {"violation": "soil-53-1-no-plan", "party": "citizen", "fine_yuan": True},
        {"violation": "soil-53-1-no-plan", "party": "citizen", "territory": "1234"},
        {"violation": "soil-53-1-no-plan", "party": "citizen", "order_met": "no"},
    ],
)
def test_what_is_unknown_or_unreadable_is_an_error_in_one_line(told: Answer) -> None:
    with pytest.raises(InputError) as error:
        read_input(told)
    assert "\n" not in str(error.value)


def test_null_is_the_same_as_not_told() -> None:
    told: Answer = {"violation": "soil-53-1-no-plan", "party": "citizen"}
    assert answer(**told, acted_from=None, facts={"serious": None}) == answer(**told)


def test_a_law_that_came_after_the_act_is_asked_about_because_it_may_be_lighter() -> None:
    told: Answer = {
        "violation": "water-67-2-outfall-unapproved",
        "party": "organisation",
        "acted_from": "2026-08-01",
        "acted_to": "2026-08-01",
    }
    assert "violation:2026-08-15" not in asked(answer(**told, as_of="2026-08-14"))
    assert "violation:2026-08-15" in asked(answer(**told, as_of="2026-09-01"))


def test_a_benchmark_that_breaks_through_the_law_is_not_followed() -> None:
    found = answer(
        violation="water-72-2-activity-in-protection-zone",
        party="citizen",
        territory="330100",
        acted_from="2024-01-01",
        acted_to="2024-01-01",
        discovered_on="2024-01-01",
        fine_yuan=10000,
        facts={"circumstance": "slight"},
    )
    assert statutory(found) == (10000, 50000)
    assert found["benchmark"]["tier"] == "较轻"
    assert "benchmark_outside_range" in asked(found)
    assert found["refusals"] == []


def test_a_place_outside_the_provinces_of_a_basin_law_is_asked_about() -> None:
    told: Answer = {"violation": "yr-114-over-quota", "party": "organisation", "acted_from": "2024-01-01"}
    assert "basin_province" in asked(answer(**told, territory="130100"))
    assert "basin_province" not in asked(answer(**told, territory="370100"))
