"""A benchmark for many cases at once: each answer is looked up by the cells in which the facts lie.

Between two neighbouring figures of the table nothing changes, so that the outcome of one case holds for all others in
the same cells. The first case of each is asked of `benchmarks.tier` itself; answers therefore never differ from it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from dayu.law.benchmarks import CLOSED, FOUND, Benchmark, OpenEnds, tier
from dayu.law.fact_conditions import Condition, Facts, FactValue, UnknownFact, fact_kinds
from dayu.law.party_kinds import PartyKind

ABSENT = -1


@dataclass(frozen=True, slots=True)
class Quick:
    """The outcome of a tier without its trace; see `benchmarks.TierOutcome`."""

    why: str
    tier: str | None = None
    min_yuan: Decimal | None = None
    max_yuan: Decimal | None = None
    no_fine: bool = False
    open: OpenEnds = CLOSED
    missing: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()

    def times(self, base: Decimal) -> Quick:
        """The same outcome with rates multiplied."""
        low, high = (None if end is None else end * base for end in (self.min_yuan, self.max_yuan))
        return Quick(self.why, self.tier, low, high, self.no_fine, self.open, self.missing, self.candidates)

    def holds(self, yuan: Decimal) -> bool:
        """Whether an amount lies in the range; what is not known excludes nothing."""
        low, high = self.min_yuan, self.max_yuan
        if self.no_fine:
            return yuan == 0
        if low is not None and (yuan < low or (yuan == low and self.open[0])):
            return False
        return high is None or yuan < high or (yuan == high and not self.open[1])


class CompiledBenchmark:
    """Looks outcomes up. Not for one case: `benchmarks.tier` is as quick and keeps its trace."""

    def __init__(self, benchmark: Benchmark) -> None:
        self.benchmark = benchmark
        conditions = [c for t in benchmark.tiers for r in t.rows for c in r.conditions]
        asked = dict.fromkeys(c.fact for c in conditions)
        if benchmark.gate:
            asked[benchmark.gate] = None
        self._places = tuple((fact, _place_of(fact, conditions)) for fact in asked)
        self._known: dict[tuple[object, ...], Quick] = {}

    def outcome(self, facts: Facts, party: PartyKind) -> Quick:
        """The tier that the facts lead to, as `benchmarks.tier` finds it."""
        cells = tuple([ABSENT if (v := facts.get(fact)) is None else place(v) for fact, place in self._places])
        rate_fact = self.benchmark.rate_fact
        base = facts.get(rate_fact) if rate_fact else None
        key = (*cells, party.class_for_range(facts), base is None)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._asked(facts, party)
        if isinstance(base, Decimal) and found.why == FOUND:
            return found.times(base)
        return found

    def _asked(self, facts: Facts, party: PartyKind) -> Quick:
        """The interpreted outcome, with rates instead of amounts so that it holds for every base."""
        one = tier(self.benchmark, facts=facts, party=party)
        low, high = one.min_yuan, one.max_yuan
        if self.benchmark.rate_fact and one.why == FOUND:
            chosen = next(t for t in self.benchmark.tiers if t.name == one.tier)
            low, high = chosen.ends(party.class_for_range(facts))[0]
        return Quick(one.why, one.tier, low, high, one.no_fine, one.open, one.missing, one.candidates)


def _place_of(fact: str, conditions: list[Condition]) -> Callable[[FactValue], int]:
    """The number of the cell of an answer: of a figure 2n+1, of the stretch before it 2n; of a choice its value."""
    if fact_kinds()[fact].kind != "number":
        values: dict[FactValue, int] = {}

        def place_of_value(value: FactValue) -> int:
            return values.setdefault(value, len(values))

        return place_of_value
    figures = sorted({b for c in conditions if c.fact == fact for b in (c.lower, c.upper) if b is not None})
    count = len(figures)

    def place_of_number(value: FactValue) -> int:
        if not isinstance(value, Decimal):
            raise UnknownFact(f"fact {fact!r} must be a number")
        place = bisect_left(figures, value)
        return 2 * place + 1 if place < count and figures[place] == value else 2 * place

    return place_of_number
