"""Which version of a benchmark applies: that of the day of the act, or a later one that is lighter on the facts.

从旧兼从轻 as in 行政处罚法第三十七条, here for the versions of a benchmark. The two are compared by the tiers to which
the facts lead, not by their tables as such.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dayu.law import in_force
from dayu.law.benchmarks import FOUND, Benchmark, TierOutcome, benchmark_for, tier
from dayu.law.fact_conditions import Facts
from dayu.law.party_kinds import PartyKind

ON_DAY_OF_ACT = in_force.ON_DAY_OF_ACT
LIGHTER = "lighter_later_benchmark"
UNCLEAR = "lighter_benchmark_unclear"


@dataclass(frozen=True, slots=True)
class VersionChoice:
    """The benchmark that applies, its outcome, why it, and the one it was compared with."""

    benchmark: Benchmark
    outcome: TierOutcome
    why: str = ON_DAY_OF_ACT
    other: Benchmark | None = None
    other_outcome: TierOutcome | None = None


def applicable_benchmark(
    violation: str,
    territory: str,
    *,
    acted_on: date,
    decided_on: date | None,
    facts: Facts,
    party: PartyKind,
    among: Mapping[str, Benchmark] | None = None,
) -> VersionChoice | None:
    """The benchmark of the day of the act; where another is in force on the day of the decision, the lighter of the two.

    None where there was none on the day of the act: a benchmark that came later is no ground to fine by it.
    """
    old = benchmark_for(violation, territory, acted_on, among=among)
    if old is None:
        return None
    before = tier(old, facts=facts, party=party)
    new = benchmark_for(violation, territory, decided_on, among=among) if decided_on and decided_on > acted_on else old
    if new is None or new.key == old.key:
        return VersionChoice(old, before)
    after = tier(new, facts=facts, party=party)
    if before.why != FOUND or after.why != FOUND:
        return VersionChoice(old, before, UNCLEAR if after.why == FOUND else ON_DAY_OF_ACT, new, after)
    order = in_force.compare(_bounds(before), _bounds(after))
    if order is None:
        return VersionChoice(old, before, UNCLEAR, new, after)
    if order > 0:
        return VersionChoice(new, after, LIGHTER, old, before)
    return VersionChoice(old, before, ON_DAY_OF_ACT, new, after)


def _bounds(outcome: TierOutcome) -> tuple[Decimal, Decimal] | None:
    if outcome.no_fine:
        return Decimal(0), Decimal(0)
    if outcome.min_yuan is None or outcome.max_yuan is None:
        return None
    return outcome.min_yuan, outcome.max_yuan
