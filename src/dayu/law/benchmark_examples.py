"""Does a benchmark give what its own worked examples say? An example that fails names the field and both values."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from dayu.law.benchmark_findings import Finding, found
from dayu.law.benchmarks import FOUND, Benchmark, TierOutcome, tier
from dayu.law.fact_conditions import FactValue, UnknownFact, fact_kinds, read_facts
from dayu.law.party_kinds import UnknownPartyKind, party_kind
from dayu.law.receipts import plain


def example_findings(benchmark: Benchmark, examples: tuple[Mapping[str, Any], ...]) -> list[Finding]:
    """The examples that the benchmark does not give, and the finding that there are none."""
    if not examples:
        return [found("discretion.no_examples", at=benchmark.key, severity="remark")]
    return [f for number, example in enumerate(examples, start=1) for f in _failing(benchmark, number, example)]


def facts_of(example: Mapping[str, Any]) -> dict[str, FactValue]:
    """The facts of an example; what an assessment would derive (an order not obeyed) is told."""
    given = example["facts"]
    derived = {n: v for n, v in given.items() if n in fact_kinds() and fact_kinds()[n].derived}
    return read_facts({n: v for n, v in given.items() if n not in derived}) | derived


def outcome_of(benchmark: Benchmark, example: Mapping[str, Any]) -> TierOutcome:
    """What the benchmark says to an example."""
    return tier(benchmark, facts=facts_of(example), party=party_kind(example["party"]))


def _failing(benchmark: Benchmark, number: int, example: Mapping[str, Any]) -> list[Finding]:
    try:
        outcome = outcome_of(benchmark, example)
    except (UnknownFact, UnknownPartyKind, KeyError) as error:
        return [found("discretion.example_unreadable", at=str(number), why=str(error))]
    given: dict[str, Any] = {
        "why": outcome.why,
        "tier": outcome.tier,
        "no_fine": outcome.no_fine,
        "unverified": outcome.unverified,
        "missing": list(outcome.missing),
        "min_yuan": outcome.min_yuan,
        "max_yuan": outcome.max_yuan,
    }
    wanted = {"why": FOUND} | {n: v for n, v in example.items() if n in given}
    wanted |= {n: Decimal(wanted[n]) for n in ("min_yuan", "max_yuan") if n in wanted}
    return [
        found(
            "discretion.example_fails", at=f"{number}：{name}", wanted=str(plain(value)), given=str(plain(given[name]))
        )
        for name, value in wanted.items()
        if given[name] != value
    ]
