"""What-if: the compiled benchmark answers as the table does, and changed outcomes are listed and counted."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dayu.law.benchmarks import Benchmark, benchmark_from, benchmark_table, benchmarks, tier
from dayu.law.calendar import national_calendar
from dayu.law.compiled_benchmark import CompiledBenchmark, Quick
from dayu.law.fact_conditions import FactValue, UnknownFact, fact_kinds
from dayu.law.party_kinds import party_kind
from dayu.law.what_if import (
    FACTS_NEEDED,
    HARSHER,
    LIGHTER,
    NO_LONGER_COVERED,
    NOW_COVERED,
    OTHER_TIER,
    SAME,
    PastCase,
    kind_of,
    what_if,
)

SAND = "cangning-sand-26"


def figures(benchmark: Benchmark, fact: str) -> list[Decimal]:
    """Every figure of the table on a fact, and a little to both sides."""
    told = {
        b for t in benchmark.tiers for r in t.rows for c in r.conditions if c.fact == fact for b in (c.lower, c.upper)
    }
    return sorted(
        {
            max(b + step, Decimal(0))
            for b in told
            if b is not None
            for step in (Decimal("-0.01"), Decimal(0), Decimal("0.01"))
        }
    )


def answers(benchmark: Benchmark) -> st.SearchStrategy[dict[str, FactValue]]:
    """Any answers to its facts, some missing, many on the very figures."""
    strategies: dict[str, st.SearchStrategy[Any]] = {}
    for fact in dict.fromkeys((*benchmark.factors, benchmark.gate, "treated_as")):
        if not fact:
            continue
        kind = fact_kinds()[fact]
        if kind.kind == "yes_no":
            strategies[fact] = st.booleans()
        elif kind.kind == "choice":
            strategies[fact] = st.sampled_from(kind.choices)
        else:
            near = st.sampled_from(figures(benchmark, fact) or [Decimal(7)])
            strategies[fact] = near | st.decimals(0, 20000, allow_nan=False, places=2)
    return st.fixed_dictionaries({}, optional=strategies)


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_a_compiled_benchmark_answers_as_the_interpreted_one(data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(sorted(benchmarks())))
    benchmark = benchmarks()[key]
    compiled = CompiledBenchmark(benchmark)
    for facts in data.draw(st.lists(answers(benchmark), min_size=1, max_size=12)):
        party = party_kind(data.draw(st.sampled_from(["citizen", "organisation", "individual_business"])))
        told = tier(benchmark, facts=facts, party=party)
        quick = compiled.outcome(facts, party)
        for name in ("why", "tier", "min_yuan", "max_yuan", "no_fine", "open", "missing", "candidates"):
            assert getattr(quick, name) == getattr(told, name), (key, name, facts)


def test_a_compiled_benchmark_refuses_what_is_no_number() -> None:
    with pytest.raises(UnknownFact):
        CompiledBenchmark(benchmarks()[SAND]).outcome({"volume_m3": "many"}, party_kind("citizen"))


def draft(**changed: str) -> Benchmark:
    """The demo benchmark with some of its figures changed."""
    text = json.dumps(benchmark_table(SAND), default=str)
    for old, new in changed.items():
        text = text.replace(f'"{old.strip("_")}"', f'"{new}"')
    table = json.loads(text)
    table.pop("in_force_from")
    return benchmark_from("draft", table)


def case(reference: str, volume: str, fine: str | None = None, **more: Any) -> PastCase:
    facts: dict[str, FactValue] = {"first_offence": True, "stopped_voluntarily": True, "volume_m3": Decimal(volume)}
    base: dict[str, Any] = {
        "violation": "river-reg-44-4",
        "territory": "990121",
        "party": party_kind("citizen"),
        "facts": facts,
        "acted_on": date(2026, 1, 10),
        "fine_yuan": None if fine is None else Decimal(fine),
    }
    return PastCase(reference, **(base | more))


def test_a_draft_that_changes_nothing_changes_no_case() -> None:
    found = what_if(draft(), [case("a", "46", "25000"), case("b", "300", "80000")], known=benchmarks())
    assert (dict(found.kinds), found.changes, found.total_before) == ({SAME: 2}, [], found.total_after)


def test_changed_outcomes_are_listed_with_tier_projected_fine_and_kind() -> None:
    lighter_below_60 = draft(_50="60")
    found = what_if(
        lighter_below_60,
        [case("a", "46", "25000"), case("b", "50", "45000"), case("c", "60", "45000")],
        known=benchmarks(),
    )
    assert dict(found.kinds) == {SAME: 2, LIGHTER: 1}
    (change,) = found.changes
    assert change.case.reference == "b"
    assert (change.before and change.before.tier, change.after.tier) == ("一般", "较轻")
    assert change.projected_yuan == 25000  # the middle of its tier before, the middle of its tier under the draft
    assert change.leaves_tier
    assert found.moves == {("较轻", "较轻"): 1, ("一般", "较轻"): 1, ("一般", "一般"): 1}
    assert (found.total_before, found.total_after) == (115000, 95000)


def test_the_histogram_counts_fines_before_and_under_the_draft() -> None:
    found = what_if(draft(_50="60"), [case("a", "46", "25000"), case("b", "50", "50000")], known=benchmarks())
    bars = found.histogram()
    assert [(b["from_yuan"], b["below_yuan"], b["before"], b["after"]) for b in bars] == [
        (20000, 50000, 1, 2),
        (50000, 100000, 1, 0),
    ]
    assert sum(b["before"] for b in bars) == found.judged


def test_cases_elsewhere_and_of_other_violations_are_not_concerned() -> None:
    others = [case("a", "46", territory="110101"), case("b", "46", violation="soil-53-1-no-plan")]
    found = what_if(draft(), others, known=benchmarks())
    assert (found.not_concerned, found.judged) == (2, 0)


def test_without_a_benchmark_before_the_draft_covers_and_a_hole_uncovers() -> None:
    assert what_if(draft(), [case("a", "46", "5000")], known={}).kinds == {NOW_COVERED: 1}
    table = dict(benchmark_table(SAND)) | {"tiers": benchmark_table(SAND)["tiers"][:2]}
    found = what_if(benchmark_from("draft", table), [case("a", "120", "40000")], known=benchmarks())
    assert found.kinds == {NO_LONGER_COVERED: 1} and found.changes[0].projected_yuan is None


def test_a_draft_that_asks_for_more_names_the_missing_fact() -> None:
    table = json.loads(json.dumps(benchmark_table(SAND), default=str))
    table.pop("in_force_from")
    table["tiers"][0]["rows"] = [[{"fact": "slight", "is": True}]]
    for one in table["tiers"][1:]:
        one["rows"] = [[{"fact": "slight", "is": False}, *row] for row in one["rows"]]
    found = what_if(benchmark_from("draft", table), [case("a", "46", "25000")], known=benchmarks())
    assert found.kinds == {FACTS_NEEDED: 1}
    assert found.changes[0].as_json()["missing"] == ["slight"]


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        (("轻", 1, 3), ("轻", 1, 3), SAME),
        (("轻", 1, 3), ("中", 1, 3), OTHER_TIER),
        (("轻", 1, 3), ("轻", 1, 2), LIGHTER),
        (("轻", 1, 3), ("轻", 2, 3), HARSHER),
        (("轻", 1, 3), ("轻", 0, 4), OTHER_TIER),
        (("轻", 1, None), ("轻", 1, 4), OTHER_TIER),
    ],
)
def test_lighter_and_harsher_are_judged_by_both_ends(before: Any, after: Any, kind: str) -> None:
    def quick(told: tuple[str, int, int | None]) -> Quick:
        return Quick("found", told[0], Decimal(told[1]), None if told[2] is None else Decimal(told[2]))

    assert kind_of(quick(before), quick(after)) == kind
    assert kind_of(quick(before), Quick("found", "不予处罚", no_fine=True)) == (
        OTHER_TIER if None in before else LIGHTER
    )


def test_decisions_after_their_deadline_are_counted_with_pauses_and_extension() -> None:
    days = {"filed_on": date(2026, 1, 5), "decided_on": date(2026, 4, 6)}  # the 91st day
    pause = ((date(2026, 2, 2), date(2026, 2, 3)),)
    cases = [
        case("late", "46", **days),
        case("paused", "46", excluded=pause, **days),
        case("extended", "46", extension_days=30, **days),
    ]
    assert what_if(draft(), cases, known=benchmarks(), calendar=national_calendar()).decided_late == 1
    assert what_if(draft(), cases, known=benchmarks()).decided_late == 0


def test_parts_of_one_question_join_to_the_whole() -> None:
    cases = [case(str(n), str(n), str(10000 + 100 * n)) for n in range(0, 240, 3)]
    drafted = draft(_50="60", _200="150")
    whole = what_if(drafted, cases, known=benchmarks())
    parts = [what_if(drafted, cases[n::2], known=benchmarks()) for n in (0, 1)]
    joined = parts[0].joined(parts[1])
    assert (joined.kinds, joined.moves, joined.bars_after) == (whole.kinds, whole.moves, whole.bars_after)
    assert (joined.total_after, len(joined.changes)) == (whole.total_after, len(whole.changes))
    assert whole.kinds[HARSHER] > 0 and whole.kinds[LIGHTER] > 0
    assert len(what_if(drafted, cases, known=benchmarks(), keep=2).changes) == 2
