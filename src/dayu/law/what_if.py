"""What would a draft benchmark change? Past cases are judged again under it, and the changed outcomes listed and counted.

Nothing is decided anew: the figures tell whoever issues the draft whom it would treat lighter, harder, or not at all.
An amount under the draft is projected: it keeps its place between the ends of its tier.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from dayu.law.benchmarks import Benchmark, ancestors, benchmark_for
from dayu.law.calendar import Calendar, NotComputable
from dayu.law.compiled_benchmark import CompiledBenchmark, Quick
from dayu.law.counting import Interval
from dayu.law.deadlines import deadline
from dayu.law.fact_conditions import Facts
from dayu.law.party_kinds import PartyKind
from dayu.law.receipts import plain

# What the draft does to a case.
SAME = "same"
LIGHTER = "lighter"
HARSHER = "harsher"
OTHER_TIER = "other_tier"  # another tier, neither lighter nor harsher as a whole
NOW_COVERED = "now_covered"  # no tier before, one under the draft
NO_LONGER_COVERED = "no_longer_covered"
FACTS_NEEDED = "facts_needed"  # the draft asks for what the case does not tell
KINDS = (SAME, LIGHTER, HARSHER, OTHER_TIER, NOW_COVERED, NO_LONGER_COVERED, FACTS_NEEDED)

# Upper bounds of the bars of a histogram in yuan: 1, 2 and 5 of every power of ten.
EDGES = tuple(Decimal(n) * 10**p for p in range(2, 8) for n in (1, 2, 5))
DECISION = "decision"  # the limit of rulebook/limits.toml for deciding a case


@dataclass(frozen=True, slots=True)
class PastCase:
    """A decided case as the what-if needs it."""

    reference: str
    violation: str
    territory: str
    party: PartyKind
    facts: Facts
    acted_on: date
    fine_yuan: Decimal | None = None
    filed_on: date | None = None
    decided_on: date | None = None
    excluded: tuple[Interval, ...] = ()
    extension_days: int = 0


@dataclass(frozen=True, slots=True)
class Change:
    """One case whose outcome the draft changes."""

    case: PastCase
    kind: str
    before: Quick | None
    after: Quick
    projected_yuan: Decimal | None
    leaves_tier: bool  # the fine that was imposed would need reasons under the draft

    def as_json(self) -> dict[str, Any]:
        """For the command line and the application."""
        return {
            "case": self.case.reference,
            "kind": self.kind,
            "fine_yuan": plain(self.case.fine_yuan),
            "before": _told(self.before),
            "after": _told(self.after),
            "projected_yuan": plain(self.projected_yuan),
            "leaves_tier": self.leaves_tier,
            "missing": list(self.after.missing),
        }


@dataclass(slots=True)
class WhatIf:
    """The outcome over all cases: how many of each kind, tier to tier, and fines before and after as bars."""

    draft: str
    kinds: Counter[str] = field(default_factory=Counter)
    moves: Counter[tuple[str, str]] = field(default_factory=Counter)
    bars_before: Counter[int] = field(default_factory=Counter)
    bars_after: Counter[int] = field(default_factory=Counter)
    leaving: int = 0
    not_concerned: int = 0
    decided_late: int = 0
    total_before: Decimal = Decimal(0)
    total_after: Decimal = Decimal(0)
    changes: list[Change] = field(default_factory=list)

    @property
    def judged(self) -> int:
        """The cases that the draft concerns."""
        return sum(self.kinds.values())

    def joined(self, other: WhatIf, *, keep: int | None = None) -> WhatIf:
        """Two parts of one question."""
        return WhatIf(
            self.draft,
            self.kinds + other.kinds,
            self.moves + other.moves,
            self.bars_before + other.bars_before,
            self.bars_after + other.bars_after,
            self.leaving + other.leaving,
            self.not_concerned + other.not_concerned,
            self.decided_late + other.decided_late,
            self.total_before + other.total_before,
            self.total_after + other.total_after,
            (self.changes + other.changes)[:keep],
        )

    def histogram(self) -> list[dict[str, Any]]:
        """Bars from the first to the last that has cases: up to how much, how many before, how many under the draft."""
        used = self.bars_before.keys() | self.bars_after.keys()
        if not used:
            return []
        return [
            {
                "from_yuan": plain(EDGES[n - 1]) if n else 0,
                "below_yuan": plain(EDGES[n]) if n < len(EDGES) else None,
                "before": self.bars_before[n],
                "after": self.bars_after[n],
            }
            for n in range(min(used), max(used) + 1)
        ]

    def as_json(self) -> dict[str, Any]:
        """For the command line and the application."""
        return {
            "draft": self.draft,
            "judged": self.judged,
            "not_concerned": self.not_concerned,
            "kinds": {kind: self.kinds[kind] for kind in KINDS if self.kinds[kind]},
            "leaves_tier": self.leaving,
            "decided_late": self.decided_late,
            "moves": [{"before": a, "after": b, "cases": n} for (a, b), n in sorted(self.moves.items())],
            "fines_before_yuan": plain(self.total_before),
            "fines_after_yuan": plain(self.total_after),
            "histogram": self.histogram(),
            "changes": [c.as_json() for c in self.changes],
        }


def what_if(
    draft: Benchmark,
    cases: Iterable[PastCase],
    *,
    known: Mapping[str, Benchmark],
    calendar: Calendar | None = None,
    keep: int | None = None,
) -> WhatIf:
    """Judge past cases under a draft beside the benchmark that applied to each on its day.

    `known` are the benchmarks that apply at present (a draft with the key of one of them replaces it); `calendar` lets
    the limit for deciding be counted as well; `keep` bounds the list of changes, never the figures.
    """
    found = WhatIf(draft.key)
    compiled = {key: CompiledBenchmark(b) for key, b in known.items()}
    under_draft = CompiledBenchmark(draft)

    @cache
    def present(violation: str, territory: str, day: date) -> CompiledBenchmark | None:
        chosen = benchmark_for(violation, territory, day, among=known)
        return compiled[chosen.key] if chosen else None

    @cache
    def concerned(violation: str, territory: str) -> bool:
        return violation in draft.violations and draft.territory in ancestors(territory)

    @cache
    def due(filed_on: date, excluded: tuple[Interval, ...], extension_days: int, territory: str) -> date | None:
        if calendar is None:
            return None
        try:
            limit = deadline(DECISION, filed_on, calendar=calendar, excluded=excluded, extension_days=extension_days,
                             territory=territory)  # fmt: skip
        except NotComputable:
            return None
        return limit.due_on

    for case in cases:
        if case.filed_on is not None and case.decided_on is not None:
            last_day = due(case.filed_on, case.excluded, case.extension_days, case.territory)
            found.decided_late += last_day is not None and case.decided_on > last_day
        if not concerned(case.violation, case.territory):
            found.not_concerned += 1
            continue
        applied = present(case.violation, case.territory, case.acted_on)
        before = applied.outcome(case.facts, case.party) if applied else None
        _count(found, case, before, under_draft.outcome(case.facts, case.party), keep)
    return found


def _count(found: WhatIf, case: PastCase, before: Quick | None, after: Quick, keep: int | None) -> None:
    kind = kind_of(before, after)
    fine, projected = case.fine_yuan, None
    found.kinds[kind] += 1
    found.moves[_name(before), _name(after)] += 1
    leaves = False
    if fine is not None:
        projected = _projected(fine, before, after)
        leaves = after.tier is not None and not after.holds(fine) and (before is None or before.holds(fine))
        found.leaving += leaves
        found.total_before += fine
        found.bars_before[bisect_right(EDGES, fine)] += 1
        if projected is not None:
            found.total_after += projected
            found.bars_after[bisect_right(EDGES, projected)] += 1
    if kind != SAME and (keep is None or len(found.changes) < keep):
        found.changes.append(Change(case, kind, before, after, projected, leaves))


def kind_of(before: Quick | None, after: Quick) -> str:
    """What the draft does: compares the ranges; lighter is a range with no end higher and one end lower."""
    if after.missing:
        return SAME if before is not None and before.missing == after.missing else FACTS_NEEDED
    if before is None or before.tier is None:
        return SAME if after.tier is None else NOW_COVERED
    if after.tier is None:
        return NO_LONGER_COVERED
    old, new = _ends(before), _ends(after)
    if old == new:
        return SAME if before.tier == after.tier else OTHER_TIER
    if None in (*old, *new):
        return OTHER_TIER
    falls = new[0] <= old[0] and new[1] <= old[1]  # type: ignore[operator]  # None was sorted out above
    rises = new[0] >= old[0] and new[1] >= old[1]  # type: ignore[operator]  # as above
    return LIGHTER if falls else HARSHER if rises else OTHER_TIER


def _ends(outcome: Quick) -> tuple[Decimal | None, Decimal | None]:
    return (Decimal(0), Decimal(0)) if outcome.no_fine else (outcome.min_yuan, outcome.max_yuan)


def _projected(fine: Decimal, before: Quick | None, after: Quick) -> Decimal | None:
    """The fine at the same place in the new tier; without an old tier the nearest amount in the new one."""
    low, high = _ends(after)
    if after.tier is None or low is None or high is None:
        return None
    old_low, old_high = _ends(before) if before is not None and before.tier is not None else (None, None)
    if old_low is None or old_high is None or not old_low <= fine <= old_high or old_low == old_high:
        return min(max(fine, low), high)
    if (old_low, old_high) == (low, high):
        return fine
    return low + (high - low) * (fine - old_low) / (old_high - old_low)


def _name(outcome: Quick | None) -> str:
    return "" if outcome is None else outcome.tier or outcome.why


def _told(outcome: Quick | None) -> dict[str, Any] | None:
    if outcome is None:
        return None
    return {
        "why": outcome.why,
        "tier": outcome.tier,
        "min_yuan": plain(outcome.min_yuan),
        "max_yuan": plain(outcome.max_yuan),
        "no_fine": outcome.no_fine,
    }
