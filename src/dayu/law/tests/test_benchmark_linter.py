"""The linter of benchmarks: planted faults are named exactly, shipped benchmarks are clean, and no gap can hide."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dayu.law.benchmark_findings import FAULT, REMARK
from dayu.law.benchmark_linter import Lint, lint, lint_all
from dayu.law.benchmarks import (
    FOUND,
    NO_TIER,
    TIERS_CONFLICT,
    Benchmark,
    benchmark_from,
    benchmark_table,
    benchmarks,
    tier,
)
from dayu.law.fact_conditions import FactValue
from dayu.law.party_kinds import party_kind
from dayu.law.rulebook import RulebookError
from dayu.law.violations import violation, violation_keys


def draft(tiers: list[dict[str, Any]], **more: Any) -> Benchmark:
    base = {"territory": "990121", "name": "草案", "document": "草案", "kind": "benchmark", "violations": []}
    return benchmark_from("draft", base | {"tiers": tiers} | more)


def one_tier(name: str, low: str, high: str, *rows: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {"tier": name, "min_yuan": low, "max_yuan": high, "rows": list(rows)} | more


def volume(**bounds: str) -> dict[str, Any]:
    return {"fact": "volume_m3", **bounds}


def told(found: Lint) -> list[tuple[str, str]]:
    return [(f.rule.removeprefix("discretion."), f.at) for f in found.faults]


WHOLE = {
    "violations": ["water-69-1-unauthorised-abstraction"],
    "tiers": [
        one_tier("较轻", "20000", "30000", [volume(below="100")]),
        one_tier("一般", "30000", "60000", [volume(**{"from": "100"}, below="500")]),
        one_tier("严重", "60000", "100000", [volume(**{"from": "500"})]),
    ],
}


def planted(*faults: str) -> Benchmark:
    """The whole benchmark with some of four faults."""
    low, middle, high = (dict(t) for t in WHOLE["tiers"])
    if "gap" in faults:
        low["rows"] = [[volume(to="95")], [volume(above="96", below="100")]]
    if "overlap" in faults:
        middle["rows"] = [[volume(**{"from": "100"}, to="500")]]
    if "out_of_range" in faults:
        high["max_yuan"] = "120000"
    tiers = [low, middle, high]
    if "tier_unreachable" in faults:
        tiers.append({"tier": "特别严重", "no_fine": True, "rows": [[volume(above="500", below="500")]]})
    return draft(tiers, violations=WHOLE["violations"])


PLANTED = {
    "gap": "95＜方量（立方米）≤96",
    "overlap": "方量（立方米）＝500",
    "out_of_range": "严重：120,000＞100,000（water-69-1-unauthorised-abstraction）",
    "tier_unreachable": "特别严重",
}


def test_four_planted_faults_are_named_and_nothing_else() -> None:
    assert told(lint(planted())) == []
    found = lint(planted(*PLANTED))
    assert sorted(told(found)) == sorted(PLANTED.items())
    words = {f.rule: f.text() for f in found.faults}
    assert "95.5" in words["discretion.gap"] and "不落入任何一档" in words["discretion.gap"]
    assert "“一般”和“严重”" in words["discretion.overlap"]
    assert "95.5" in next(f for f in found.faults if f.rule == "discretion.gap").text("en")


@pytest.mark.parametrize("fault", PLANTED)
def test_each_planted_fault_alone_is_the_only_one_named(fault: str) -> None:
    assert told(lint(planted(fault))) == [(fault, PLANTED[fault])]


def test_between_5_and_6_the_value_5_and_a_half_falls_in_no_tier() -> None:
    found = lint(
        draft([one_tier("轻", "1", "2", [volume(to="5")]), one_tier("重", "2", "3", [volume(**{"from": "6"})])])
    )
    (gap,) = found.faults
    assert (gap.at, gap.example) == ("5＜方量（立方米）＜6", {"volume_m3": Decimal("5.5")})
    assert gap.text("en") == "Gap between the tiers: 5＜volume (m³)＜6 (e.g. 5.5) falls in no tier"
    assert gap.as_json()["example"] == {"volume_m3": "5.5"}


def test_a_single_figure_between_two_open_bounds_is_a_gap() -> None:
    found = lint(draft([one_tier("轻", "1", "2", [volume(below="5")]), one_tier("重", "2", "3", [volume(above="5")])]))
    assert told(found) == [("gap", "方量（立方米）＝5")]


def test_the_double_3_the_gap_6_to_7_and_the_double_condition_are_reported() -> None:
    stated = [
        {"tier": "较轻", "from_yuan": "10000", "to_yuan": "30000", "rows": [[volume(below="300")]]},
        {
            "tier": "一般",
            "from_yuan": "30000",
            "to_yuan": "60000",
            "rows": [
                [{"fact": "first_offence", "is": True}, volume(**{"from": "300"}, to="600")],
                [{"fact": "first_offence", "is": False}, volume(**{"from": "300"}, below="600")],
            ],
        },
        {"tier": "严重", "above_yuan": "70000", "to_yuan": "100000", "rows": [[volume(**{"from": "600"})]]},
    ]
    found = lint(draft(stated))
    assert sorted(told(found)) == [
        ("amount_double", "30,000"),
        ("amount_gap", "60,000–70,000"),
        ("overlap", "方量（立方米）＝600，初次违法：是"),
    ]
    assert next(f for f in found.faults if f.rule.endswith("amount_gap")).value == 65000


def test_open_and_closed_ends_of_amounts_meet_without_hole_and_without_double() -> None:
    rows = [[volume(below="1")]], [[volume(**{"from": "1"})]]
    met = [
        {"tier": "轻", "from_yuan": "1", "below_yuan": "3", "rows": rows[0]},
        {"tier": "重", "from_yuan": "3", "to_yuan": "6", "rows": rows[1]},
    ]
    assert lint(draft(met)).findings == ()
    both_open = [met[0], {"tier": "重", "above_yuan": "3", "to_yuan": "6", "rows": rows[1]}]
    assert told(lint(draft(both_open))) == [("amount_gap", "3")]


def test_a_shared_end_of_inclusive_amounts_is_a_remark_and_fixed_amounts_need_not_meet() -> None:
    rows = [[volume(below="1")]], [[volume(**{"from": "1"})]]
    shared = lint(draft([one_tier("轻", "1", "3", *rows[0]), one_tier("重", "3", "6", *rows[1])]))
    assert shared.clean and [(f.severity, f.at) for f in shared.findings] == [(REMARK, "3")]
    fixed = lint(draft([one_tier("轻", "50000", "50000", *rows[0]), one_tier("重", "70000", "70000", *rows[1])]))
    assert fixed.findings == ()


def test_overlapping_amounts_are_named_by_their_figures() -> None:
    rows = [[volume(below="1")]], [[volume(**{"from": "1"})]]
    found = lint(draft([one_tier("轻", "1", "4", *rows[0]), one_tier("重", "3", "6", *rows[1])]))
    assert told(found) == [("amount_overlap", "3–4")]


def test_a_choice_without_a_tier_and_a_mix_of_answers_without_a_tier_are_gaps() -> None:
    source = lint(draft([one_tier("轻", "1", "2", [{"fact": "water_source", "is": "surface"}])]))
    assert told(source) == [("gap", "取水水源：地下水或者水资源保护区地下水")]
    mixed = draft(
        [
            one_tier("轻", "1", "2", [{"fact": "first_offence", "is": True}, volume(to="10")]),
            one_tier(
                "重", "2", "3", [volume(above="10")], [{"fact": "first_offence", "is": False}, volume(below="10")]
            ),
        ]
    )
    assert told(lint(mixed)) == [("gap", "初次违法：否，方量（立方米）＝10")]


def test_a_tier_that_others_cover_is_told_once_and_not_as_an_overlap() -> None:
    covered = draft(
        [
            one_tier("轻", "1", "2", [volume(below="10")]),
            one_tier("重", "2", "3", [volume(**{"from": "10"})]),
            one_tier("特重", "3", "4", [volume(**{"from": "5"}, below="20"), {"fact": "first_offence", "is": False}]),
        ]
    )
    assert told(lint(covered)) == [("tier_shadowed", "特重")]
    assert "轻、重" in lint(covered).faults[0].text()


def test_of_two_equal_tiers_the_second_is_the_superfluous_one() -> None:
    everything = [volume(**{"from": "0"})]
    twice = draft([one_tier("轻", "1", "2", everything), one_tier("重", "2", "3", everything)])
    assert told(lint(twice)) == [("tier_shadowed", "重")]


def test_alternative_facts_are_judged_one_at_a_time() -> None:
    area = {"fact": "area_m2"}
    tiers = [
        one_tier("轻", "1", "2", [volume(below="10")], [area | {"below": "100"}]),
        one_tier("重", "2", "3", [volume(**{"from": "10"})], [area | {"from": "120"}]),
    ]
    assert told(lint(draft(tiers, alternative_facts=["volume_m3", "area_m2"]))) == [("gap", "100≤面积（平方米）＜120")]


def test_the_gate_is_open_where_the_tiers_are_read() -> None:
    tiers = [one_tier("轻", "1", "2", [{"fact": "order_unmet", "is": True}])]
    assert told(lint(draft(tiers, gate="order_unmet"))) == []
    closed = [*tiers, one_tier("重", "2", "3", [{"fact": "order_unmet", "is": False}])]
    assert told(lint(draft(closed, gate="order_unmet"))) == [("tier_unreachable", "重")]


def test_amounts_are_judged_for_either_side_of_the_party() -> None:
    tiers = [
        {
            "tier": "轻",
            "by_party": {"citizen": ["1000", "5000"], "organisation": ["20000", "100000"]},
            "rows": [[volume(below="1")]],
        },
        {
            "tier": "重",
            "by_party": {"citizen": ["6000", "10000"], "organisation": ["90000", "300000"]},
            "rows": [[volume(**{"from": "1"})]],
        },
    ]
    assert sorted(told(lint(draft(tiers, violations=["soil-48-hazard-zone"])))) == [
        ("amount_gap", "公民：5,000–6,000"),
        ("amount_overlap", "单位：90,000–100,000"),
        ("out_of_range", "重：300,000＞200,000（soil-48-hazard-zone）"),
    ]


def test_rates_are_compared_with_the_rates_of_the_article() -> None:
    rows = [[{"fact": "slope_degree", "from": "0"}]]
    tiers = [{"tier": "一般", "by_party": {"citizen": ["1", "3"], "organisation": ["2", "10"]}, "rows": rows}]
    found = lint(draft(tiers, violations=["soil-49-steep-slope"], rate_fact="area_m2"))
    assert told(found) == [("out_of_range", "一般：3＞2（soil-49-steep-slope）")]
    in_yuan = lint(draft([one_tier("一般", "10", "20", *rows)], violations=["soil-49-steep-slope"]))
    assert [f.rule for f in in_yuan.remarks] == ["discretion.incomparable"]


def test_a_tier_is_judged_by_the_fine_that_its_own_conditions_lead_to() -> None:
    key, fact, low, high = next(_violations_with_two_ranges())
    tiers = [
        one_tier("一般", str(low[0]), str(low[1]), [{"fact": fact, "is": False}]),
        one_tier("严重", str(low[0]), str(high[1]), [{"fact": fact, "is": True}]),
    ]
    found = [f for f in lint(draft(tiers, violations=[key])).faults if f.rule == "discretion.out_of_range"]
    assert [f.value for f in found] == [low[0]]


def _violations_with_two_ranges() -> Any:
    for key in violation_keys():
        fines = [f for f in violation(key).versions[-1].fines if f.basis == "fixed" and f.party == "any"]
        plain = [f for f in fines if not f.circumstances]
        serious = [f for f in fines if f.when == ("serious",)]
        if len(fines) == 2 and plain and serious and serious[0].low > plain[0].low:
            yield key, "serious", (plain[0].low, plain[0].high), (serious[0].low, serious[0].high)


def test_what_cannot_be_compared_at_all_is_told_first() -> None:
    assert told(lint(draft([one_tier("轻", "1", "2", [{"fact": "volume_m3", "is": "surface"}])]))) == [
        ("condition_misfit", "轻：方量（立方米）：surface")
    ]
    twice = [one_tier("轻", "1", "2", [volume(below="1")]), one_tier("轻", "2", "3", [volume(**{"from": "1"})])]
    assert told(lint(draft(twice, violations=["no-such"]))) == [
        ("unknown_violation", "no-such"),
        ("tier_named_twice", "轻"),
    ]
    assert told(lint(draft([]))) == [("no_tiers", "draft")]


@pytest.mark.parametrize(
    "bad",
    [
        {"tier": "轻", "min_yuan": "a", "max_yuan": "2", "rows": []},
        {"tier": "轻", "min_yuan": "5", "max_yuan": "2", "rows": []},
        {"tier": "轻", "min_yuan": "1", "from_yuan": "1", "max_yuan": "2", "rows": []},
        {"tier": "轻", "min_yuan": "1", "max_yuan": "2", "rows": [], "colour": "red"},
        {"min_yuan": "1", "max_yuan": "2", "rows": []},
    ],
)
def test_a_tier_that_contradicts_itself_is_not_read(bad: dict[str, Any]) -> None:
    with pytest.raises(RulebookError):
        draft([bad])


@pytest.mark.parametrize("key", list(benchmarks()))
def test_every_shipped_benchmark_is_clean_or_says_what_its_source_lacks(key: str) -> None:
    found = lint(benchmarks()[key], among=benchmarks())
    assert found.faults == ()
    assert all(e.why for _, e in found.exempted)


def test_all_shipped_exemptions_are_needed_and_removing_one_shows_its_fault() -> None:
    assert sum(len(found.exempted) for found in lint_all(benchmarks())) >= 10
    for key, known in benchmarks().items():
        table = {k: v for k, v in benchmark_table(key).items() if k != "exempted"}
        bare = lint(benchmark_from(key, table), among=benchmarks())
        assert {(f.rule, f.at) for f in bare.faults} == {(e.rule, e.at) for e in known.exempted}


def test_an_exemption_that_explains_nothing_is_a_fault_itself() -> None:
    idle = [{"rule": "discretion.gap", "at": "方量（立方米）＝7", "why": "x"}]
    assert told(lint(draft([one_tier("轻", "1", "2", [volume(**{"from": "0"})])], exempted=idle))) == [
        ("idle_exemption", "方量（立方米）＝7")
    ]


def test_two_benchmarks_of_one_place_for_one_violation_on_one_day() -> None:
    known = benchmarks()["zechuan-soil-53"]
    again = benchmark_from("again", dict(benchmark_table("zechuan-soil-53")) | {"name": "又一个"})
    assert ("double_validity", "zechuan-soil-53") in told(lint(again, among={known.key: known}))
    ended = benchmark_from(
        "ended",
        dict(benchmark_table("zechuan-soil-53"))
        | {"in_force_until": date(2021, 12, 31), "in_force_from": date(2020, 1, 1)},
    )
    assert told(lint(ended, among={known.key: known})) == []


BOUNDS = st.integers(0, 6).map(str)


@st.composite
def conditions(draw: st.DrawFn) -> list[dict[str, Any]]:
    row: list[dict[str, Any]] = []
    for fact in draw(st.lists(st.sampled_from(["volume_m3", "area_m2"]), unique=True, max_size=2)):
        bounds = {}
        if draw(st.booleans()):
            bounds[draw(st.sampled_from(["from", "above"]))] = draw(BOUNDS)
        if draw(st.booleans()) or not bounds:
            bounds[draw(st.sampled_from(["to", "below"]))] = draw(BOUNDS)
        row.append({"fact": fact, **bounds})
    if draw(st.booleans()):
        row.append({"fact": "first_offence", "is": draw(st.booleans())})
    if draw(st.booleans()):
        row.append({"fact": "water_source", "is": draw(st.sampled_from(["surface", "groundwater"]))})
    return row


TABLES = st.lists(st.lists(conditions(), min_size=1, max_size=3), min_size=1, max_size=4)
GRID = [Decimal(n) / 2 for n in range(15)]  # 0, 0.5, 1 … 7: every figure, and between and beyond all figures
EVERYTHING = [
    {"volume_m3": v, "area_m2": a, "first_offence": f, "water_source": w}
    for v, a, f, w in product(GRID, GRID, (True, False), ("surface", "groundwater", "groundwater_protected"))
]


@settings(max_examples=60, deadline=None)
@given(TABLES)
def test_the_linter_and_the_engine_agree_on_every_answer(table: list[list[list[dict[str, Any]]]]) -> None:
    """Brute force over a grid that meets every cell: gaps, overlaps and unreachable tiers are there exactly when told."""
    drafted = draft([one_tier(f"{n}档", str(n), str(n), *rows) for n, rows in enumerate(table, start=1)])
    found = lint(drafted)
    party = party_kind("citizen")
    outcomes = [tier(drafted, facts=facts, party=party) for facts in EVERYTHING]
    rules = {f.rule.removeprefix("discretion.") for f in found.faults}
    assert ("gap" in rules) == any(o.why == NO_TIER for o in outcomes)
    whole: dict[str, FactValue] = {
        "volume_m3": Decimal(0),
        "area_m2": Decimal(0),
        "first_offence": True,
        "water_source": "surface",
    }
    for finding in found.faults:
        answer = tier(drafted, facts=whole | dict(finding.whole), party=party)
        if finding.rule == "discretion.gap":
            assert answer.why == NO_TIER
        if finding.rule == "discretion.overlap":
            assert answer.why == TIERS_CONFLICT
            assert {finding.names["tier"], finding.names["other"]} <= set(answer.candidates)
    alone = {o.tier for o in outcomes if o.why == FOUND}
    silent = {f.at for f in found.faults if f.rule in ("discretion.tier_unreachable", "discretion.tier_shadowed")}
    assert not silent & alone
    if not silent:
        assert ("overlap" in rules) == any(o.why == TIERS_CONFLICT for o in outcomes)
    for name in {t.name for t in drafted.tiers} - alone - silent:
        # It holds alone only where tiers that were told superfluous hold as well.
        assert silent and any(name in o.candidates and set(o.candidates) - {name} <= silent for o in outcomes)


def test_many_factors_are_judged_at_once() -> None:
    """Eight numbers with ten figures each: 21 to the eighth answers, judged by walking states, not answers."""
    facts = [
        "volume_m3",
        "area_m2",
        "weight_t",
        "occupied_area_ha",
        "earthwork_10k_m3",
        "slope_degree",
        "daily_abstraction_m3",
        "fee_yuan",
    ]
    light = [{"fact": f, "to": str(n)} for f in facts for n in [10]]
    tiers = [
        one_tier("轻", "1", "2", light),
        one_tier("重", "2", "3", *[[{"fact": f, "above": "10"}] for f in facts]),
    ]
    found = lint(draft(tiers))
    assert found.faults == ()
    tiers[0]["rows"] = [[*light[:-1], {"fact": facts[-1], "below": "10"}]]
    (gap,) = lint(draft(tiers)).faults
    assert gap.rule == "discretion.gap" and gap.severity == FAULT and "应缴费额（元）＝10" in gap.at
