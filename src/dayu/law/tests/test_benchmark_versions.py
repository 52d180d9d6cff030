"""Versions of a benchmark: the one of the day of the act, and the newer one exactly where it is lighter."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from dayu.law.assess import assess
from dayu.law.assess_input import read_input
from dayu.law.benchmark_versions import LIGHTER, ON_DAY_OF_ACT, UNCLEAR, applicable_benchmark
from dayu.law.benchmarks import Benchmark, benchmark_from, benchmark_table
from dayu.law.party_kinds import party_kind

KEY = "cangning-sand-26"
FACTS: dict[str, Any] = {"volume_m3": 46, "first_offence": True, "stopped_voluntarily": True}


def version(key: str, first: date | None, last: date | None, **figures: str) -> Benchmark:
    text = json.dumps(benchmark_table(KEY), default=str)
    for old, new in figures.items():
        text = text.replace(f'"{old.strip("_")}"', f'"{new}"')
    table = {k: v for k, v in json.loads(text).items() if k != "in_force_from"}
    dates = {"in_force_from": first} if first else {}
    return benchmark_from(key, table | dates | ({"in_force_until": last} if last else {}))


OLD = version("v1", date(2020, 1, 1), date(2025, 12, 31))


def known(**figures: str) -> dict[str, Benchmark]:
    return {"v1": OLD, "v2": version("v2", date(2026, 1, 1), None, **figures)}


def told(**more: Any) -> dict[str, Any]:
    base = {"violation": "river-reg-44-4", "party": "citizen", "territory": "990121", "facts": FACTS}
    return base | {"acted_from": "2025-06-01", "as_of": "2026-03-01"} | more


def choice(among: dict[str, Benchmark], decided: date = date(2026, 3, 1)) -> Any:
    return applicable_benchmark(
        "river-reg-44-4", "990121", acted_on=date(2025, 6, 1), decided_on=decided,
        facts=read_input(told()).facts, party=party_kind("citizen"), among=among,
    )  # fmt: skip


def test_after_a_lightening_change_the_newer_version_is_proposed_with_its_article() -> None:
    found = assess(read_input(told()), known=known(_20000="15000", _30000="22000"))
    assert found.benchmark is not None and found.benchmark.key == "v2"
    assert found.tier is not None and (found.tier.min_yuan, found.tier.max_yuan) == (15000, 22000)
    step = next(s for s in found.trace if s.step == "benchmark_version")
    assert step.params["why"] == LIGHTER
    assert [c.text() for c in step.basis] == ["行政处罚法第三十七条"]
    assert {"benchmark:v1", "benchmark:v2"} <= set(found.rules)


def test_after_a_harshening_change_the_old_version_is_kept() -> None:
    found = assess(read_input(told()), known=known(_20000="25000", _30000="40000"))
    assert found.benchmark is not None and found.benchmark.key == "v1"
    assert choice(known(_20000="25000", _30000="40000")).why == ON_DAY_OF_ACT


def test_a_version_that_changes_nothing_on_these_facts_leaves_the_old_one() -> None:
    assert choice(known(_200="300")).benchmark.key == "v1"


def test_a_lighter_version_counts_only_once_it_is_in_force() -> None:
    assert choice(known(_30000="22000"), decided=date(2025, 12, 31)).benchmark.key == "v1"
    assert choice(known(_30000="22000"), decided=date(2026, 1, 1)).benchmark.key == "v2"


def test_versions_that_cross_are_left_to_a_person() -> None:
    crossing = known(_20000="15000", _30000="40000")
    assert choice(crossing).why == UNCLEAR
    assert "lighter_benchmark" in assess(read_input(told()), known=crossing).questions


def test_an_act_before_the_first_version_has_no_benchmark() -> None:
    only_new = {"v2": known()["v2"]}
    assert choice(only_new) is None
    assert assess(read_input(told()), known=only_new).benchmark is None
