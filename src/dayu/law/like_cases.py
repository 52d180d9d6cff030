"""Like cases alike (类案): where an amount stands among those of the same violation and tier, and where all amounts are one.

The shares are parameters of the territory (`high_fine_share`, `like_case_gap`): defaults that no document sets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from statistics import median

from dayu.law.citations import Citation, cite
from dayu.law.discretion import Bounds, money
from dayu.law.refusals import ALLOWED, Verdict, refuse

FEWEST_FOR_COMPARISON = 3  # fewer like cases say nothing
FEWEST_FOR_ALERT = 10
FEWEST_TIERS = 2  # unlike facts: cases of at least two tiers


@dataclass(frozen=True, slots=True)
class LikeCase:
    """A decided case as the comparison needs it."""

    reference: str
    unit: str
    violation: str
    tier: str
    fine_yuan: Decimal


@dataclass(frozen=True, slots=True)
class Likeness:
    """An amount among like cases. `gap` is its distance from the median as a share of it; None without like cases."""

    amount_yuan: Decimal
    count: int
    median_yuan: Decimal | None = None
    low_yuan: Decimal | None = None
    high_yuan: Decimal | None = None
    gap: Decimal | None = None
    cases: tuple[LikeCase, ...] = ()

    def stands_out(self, share: Decimal) -> bool:
        """Whether the amount is further from the median than the share allows."""
        return self.count >= FEWEST_FOR_COMPARISON and self.gap is not None and abs(self.gap) > share


def compare(amount_yuan: Decimal, *, violation: str, tier: str, cases: Iterable[LikeCase]) -> Likeness:
    """The amount among the cases of the same violation and the same tier; cases of other tiers do not count."""
    like = tuple(sorted((c for c in cases if (c.violation, c.tier) == (violation, tier)), key=lambda c: c.fine_yuan))
    if not like:
        return Likeness(amount_yuan, 0)
    middle = median(c.fine_yuan for c in like)
    gap = (amount_yuan - middle) / middle if middle else None
    return Likeness(amount_yuan, len(like), middle, like[0].fine_yuan, like[-1].fine_yuan, gap, like)


def likeness_verdict(found: Likeness, *, share: Decimal, reason: str) -> Verdict:
    """类案偏离: an amount off the median by more than the share needs reasons, which reviewer and head see."""
    if not found.stands_out(share) or reason.strip():
        return ALLOWED
    return refuse(
        "assess.unlike_cases",
        *_equality_basis(),
        remedy="state_deviation_reason",
        fine_yuan=money(found.amount_yuan),
        median_yuan=money(found.median_yuan or Decimal(0)),
        count=found.count,
        gap=f"{abs(found.gap or 0):.0%}",
    )


def high_fine_verdict(fine_yuan: Decimal, bounds: Bounds, *, share: Decimal, aggravating: Sequence[str]) -> Verdict:
    """顶格罚款: an amount at or above the share of the maximum needs an aggravating fact that evidence supports."""
    if bounds[1] <= 0 or bounds[0] == bounds[1] or fine_yuan < share * bounds[1] or any(a.strip() for a in aggravating):
        return ALLOWED
    return refuse(
        "assess.high_fine_unsupported",
        *_equality_basis(),
        remedy="add_aggravating_fact",
        fine_yuan=money(fine_yuan),
        max_yuan=money(bounds[1]),
        share=f"{share:.0%}",
    )


@dataclass(frozen=True, slots=True)
class Uniform:
    """一刀切: a unit whose fines for one violation are alike although the facts are not."""

    unit: str
    violation: str
    count: int
    tiers: tuple[str, ...]
    low_yuan: Decimal
    high_yuan: Decimal


def uniform_fines(cases: Iterable[LikeCase], *, spread: Decimal = Decimal("0.05")) -> list[Uniform]:
    """One alert for each unit and violation: ten cases or more, over several tiers, within a spread of the median."""
    groups: defaultdict[tuple[str, str], list[LikeCase]] = defaultdict(list)
    for case in cases:
        groups[case.unit, case.violation].append(case)
    found = []
    for (unit, violation), mine in sorted(groups.items()):
        tiers = tuple(dict.fromkeys(c.tier for c in mine))
        low, high = min(c.fine_yuan for c in mine), max(c.fine_yuan for c in mine)
        alike = high - low <= spread * median(c.fine_yuan for c in mine)
        if len(mine) >= FEWEST_FOR_ALERT and len(tiers) >= FEWEST_TIERS and alike:
            found.append(Uniform(unit, violation, len(mine), tiers, low, high))
    return found


@cache
def _equality_basis() -> tuple[Citation, ...]:
    """行政处罚法第五条第二款: the penalty matches facts, nature, circumstances and harm."""
    return (cite("penalty-law", 5, 2, anchor="以事实为依据"),)
