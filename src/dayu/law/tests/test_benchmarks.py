"""Discretion benchmarks: every example gives its tier, the nearest territory goes first, open questions stay open."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest

from dayu.law.benchmarks import (
    FOUND,
    NO_TIER,
    TIERS_CONFLICT,
    benchmark_examples,
    benchmark_for,
    benchmark_from,
    benchmarks,
    local_bounds,
    local_law_for,
    tier,
)
from dayu.law.fact_conditions import FactValue, read_facts
from dayu.law.party_kinds import party_kind
from dayu.law.rulebook import RulebookError
from dayu.law.violations import violation_keys
from dayu.law.wording import tier_lines


def told(given: dict[str, Any]) -> dict[str, FactValue]:
    derived = {k: v for k, v in given.items() if k.startswith("order_unmet")}
    return read_facts({k: v for k, v in given.items() if k not in derived}) | derived


@pytest.mark.parametrize("key", list(benchmarks()))
def test_every_worked_example_gives_its_tier(key: str) -> None:
    assert benchmark_examples(key)
    for example in benchmark_examples(key):
        found = tier(benchmarks()[key], facts=told(example["facts"]), party=party_kind(example["party"]))
        assert found.why == example.get("why", FOUND), (example, found)
        assert found.tier == example.get("tier")
        assert found.no_fine is example.get("no_fine", False)
        if "missing" in example:
            assert list(found.missing) == example["missing"]
        if "min_yuan" in example:
            assert (found.min_yuan, found.max_yuan) == (Decimal(example["min_yuan"]), Decimal(example["max_yuan"]))
        if example.get("unverified"):
            assert found.unverified


def test_at_least_eight_benchmarks_are_executable_and_name_known_violations() -> None:
    assert len(benchmarks()) >= 8
    for known in benchmarks().values():
        assert set(known.violations) <= set(violation_keys())


def test_the_trace_names_every_row_with_its_answers() -> None:
    demo = benchmarks()["cangning-sand-26"]
    facts = told({"volume_m3": 46, "first_offence": True, "stopped_voluntarily": True})
    found = tier(demo, facts=facts, party=party_kind("citizen"))
    rows = [s for s in found.trace if s.step == "tier_row"]
    assert len(rows) == sum(len(t.rows) for t in demo.tiers)
    assert [s.params["tier"] for s in rows if s.params["holds"]] == ["较轻"]
    assert all(s.basis == demo.basis for s in rows)


def test_a_county_benchmark_goes_before_that_of_its_province() -> None:
    assert (found := benchmark_for("soil-53-1-no-plan", "990121", date(2025, 1, 1))) and found.key == "zechuan-soil-53"
    assert (found := benchmark_for("river-reg-44-4", "990121", date(2026, 1, 1))) and found.key == "cangning-sand-26"
    assert benchmark_for("soil-53-1-no-plan", "990000", date(2025, 1, 1)) is None


def test_a_benchmark_whose_parent_provision_is_gone_is_not_used() -> None:
    assert benchmark_for("soil-48-hazard-zone", "230100", date(2024, 1, 1)) is None


def test_before_a_benchmark_is_in_force_there_is_none() -> None:
    assert benchmark_for("river-reg-44-4", "411502", date(2019, 12, 31)) is None
    assert benchmark_for("river-reg-44-4", "411502", date(2020, 1, 1)) is not None


def test_metrics_that_point_at_different_tiers_are_left_to_a_person() -> None:
    facts = told({"occupied_area_ha": 4, "earthwork_10k_m3": 30, "order_unmet": True})
    found = tier(benchmarks()["zechuan-soil-53"], facts=facts, party=party_kind("organisation"))
    assert (found.why, found.candidates, found.min_yuan) == (TIERS_CONFLICT, ("轻微", "较重"), None)


def test_a_gap_in_the_document_is_named_and_not_filled() -> None:
    facts = told({"serious": False, "corrected_in_time": True, "slight": False, "transferred_share_percent": 85})
    found = tier(benchmarks()["zj-transfer-water-right"], facts=facts, party=party_kind("organisation"))
    assert (found.why, found.tier, found.max_yuan) == (NO_TIER, None, None)


def test_a_tier_whose_source_was_cut_off_says_so() -> None:
    facts = told({"serious": False, "corrected_in_time": True, "slight": False, "transferred_share_percent": 60})
    found = tier(benchmarks()["zj-transfer-water-right"], facts=facts, party=party_kind("organisation"))
    assert (found.tier, found.min_yuan, found.max_yuan, found.unverified) == ("较重", Decimal(50000), None, True)


def test_local_law_fills_the_range_that_the_national_article_leaves_open() -> None:
    demo = local_law_for("river-reg-44-4", "990121", date(2026, 1, 1))
    assert demo is not None and local_bounds(demo, {}) == (Decimal(10000), Decimal(100000))
    ningbo = local_law_for("river-reg-44-4", "330203", date(2024, 1, 1))
    assert ningbo is not None and local_bounds(ningbo, {}) is None
    assert local_bounds(ningbo, {"illegal_gain_yuan": Decimal(12000)}) == (Decimal(12000), Decimal(36000))


def test_the_tiers_of_the_demo_regulation_touch_and_cover_its_whole_range() -> None:
    demo = benchmarks()["cangning-sand-26"]
    for lower, upper in pairwise(demo.tiers):
        assert lower.citizen[1] == upper.citizen[0]
    assert demo.local_range is not None
    assert (demo.tiers[0].citizen[0], demo.tiers[-1].citizen[1]) == (demo.local_range.low, demo.local_range.high)


def test_every_mix_of_answers_leads_to_exactly_one_tier_of_the_demo_regulation() -> None:
    for volume in ("0", "19.99", "20", "49.99", "50", "199.99", "200", "5000"):
        for first in (True, False):
            for stopped in (True, False):
                facts = told({"volume_m3": volume, "first_offence": first, "stopped_voluntarily": stopped})
                found = tier(benchmarks()["cangning-sand-26"], facts=facts, party=party_kind("citizen"))
                assert found.why == FOUND, (volume, first, stopped)


def test_a_tier_without_bounds_must_say_that_it_is_unverified() -> None:
    row = {
        "territory": "990121",
        "name": "n",
        "document": "d",
        "kind": "benchmark",
        "violations": [],
        "tiers": [{"tier": "一般", "min_yuan": "1", "rows": [[{"fact": "serious", "is": True}]]}],
    }
    with pytest.raises(RulebookError):
        benchmark_from("broken", row)


def test_the_words_of_a_decision_carry_document_version_factors_tier_and_range() -> None:
    demo = benchmarks()["cangning-sand-26"]
    facts = told({"volume_m3": 46, "first_offence": True, "stopped_voluntarily": True})
    lines = tier_lines(demo, tier(demo, facts=facts, party=party_kind("citizen")), facts)
    assert lines == (
        f"裁量基准：沧宁省河道采砂管理条例（示例）第二十六条，版本 {demo.digest[:12]}",
        "裁量因素：初次违法：是；主动停止：是；方量（立方米）：46",
        "裁量阶次：较轻，罚款 20,000 元至 30,000 元",
    )


def test_the_words_of_an_unconfirmed_benchmark_say_so() -> None:
    known = benchmarks()["hn-mayang-outfall"]
    facts = told({"correction_state": "stopped"})
    lines = tier_lines(known, tier(known, facts=facts, party=party_kind("organisation")), facts)
    assert "未经核实" in lines[0]
    assert tier_lines(known, tier(known, facts={}, party=party_kind("organisation")), {}) == ()
