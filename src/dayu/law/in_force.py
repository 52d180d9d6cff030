"""Which version of a violation applies to an act: the law of the day of the act, or a lighter later one.

行政处罚法第三十七条: the law of the time of the act; where it was changed before the decision and the new provision is
lighter, or no longer calls it a violation, the new one. A continuing act is judged by the law of its end.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from dayu.law.citations import Citation, cite
from dayu.law.partial_dates import PartialDate
from dayu.law.violations import FIXED, Fine, Version, Violation

Bounds = tuple[Decimal, Decimal]
RangeOf = Callable[[Version], Bounds | None]

# Why a version was chosen, or none.
ON_DAY_OF_ACT = "day_of_act"
END_OF_CONTINUING_ACT = "end_of_continuing_act"
LIGHTER = "lighter_later_law"
NOT_IN_FORCE = "no_rule_in_force"
DATE_UNKNOWN = "date_unknown"
UNCERTAIN_CHANGE = "uncertain_change"
INCOMPARABLE = "lighter_law_unclear"


@dataclass(frozen=True, slots=True)
class Choice:
    """The version that applies and why. Without a version `why` says what is missing; `asks` names what a person decides."""

    version: Version | None
    why: str
    asks: tuple[str, ...] = ()
    candidates: tuple[Version, ...] = ()
    in_force_known: bool = True


@cache
def basis() -> tuple[Citation, ...]:
    """行政处罚法第三十七条."""
    return (cite("penalty-law", 37, anchor="适用违法行为发生时的"),)


def applicable_version(
    violation: Violation,
    *,
    acted_from: PartialDate | None,
    acted_to: PartialDate | None,
    decided_on: date | None,
    range_of: RangeOf = lambda _: None,
) -> Choice:
    """The version for an act between two days, decided on `decided_on`.

    `range_of` gives the range of a version on the facts of the case, so that old and new law can be compared; without
    it, or where facts are missing, the extremes of both are compared.
    """
    end = acted_to or acted_from
    if end is None:
        return _without_date(violation)
    on_first, on_last = violation.version_on(end.first), violation.version_on(end.last)
    if on_first is not on_last:
        return Choice(None, DATE_UNKNOWN, ("day_of_act",), tuple(v for v in (on_first, on_last) if v))
    if on_last is None:
        return Choice(None, NOT_IN_FORCE)
    if on_last.uncertain_until and end.first <= on_last.uncertain_until:
        older = violation.version_on(on_last.in_force_from - timedelta(days=1))
        return Choice(None, UNCERTAIN_CHANGE, ("uncertain_change",), tuple(v for v in (older, on_last) if v))
    if decided_on is not None:
        later = violation.version_on(decided_on)
        if later is not on_last and decided_on > end.last:
            return _lighter(on_last, later, range_of)
    began = acted_from or end
    if violation.version_on(began.first) is not on_last:
        return Choice(on_last, END_OF_CONTINUING_ACT, ("spans_change",))
    return Choice(on_last, ON_DAY_OF_ACT)


def _without_date(violation: Violation) -> Choice:
    """No day of the act: one version is the answer with a reservation, several are a question."""
    if len(violation.versions) == 1:
        return Choice(violation.versions[0], DATE_UNKNOWN, ("day_of_act",), in_force_known=False)
    return Choice(None, DATE_UNKNOWN, ("day_of_act",), violation.versions)


def _lighter(old: Version, new: Version | None, range_of: RangeOf) -> Choice:
    if new is None:
        # The provision is gone by the day of decision: whether the act is lawful now, or covered elsewhere, is not data.
        return Choice(old, ON_DAY_OF_ACT, ("repealed_since",))
    order = compare(range_of(old) or _extremes(old), range_of(new) or _extremes(new))
    if order is None:
        return Choice(None, INCOMPARABLE, ("lighter_law",), (old, new))
    return Choice(new, LIGHTER) if order > 0 else Choice(old, ON_DAY_OF_ACT)


def compare(old: Bounds | None, new: Bounds | None) -> int | None:
    """Above 0 where the new range is lighter, 0 or below where not, None where the two cannot be compared as such."""
    if old is None or new is None:
        return None
    if new[0] <= old[0] and new[1] <= old[1]:
        return 1 if new != old else 0
    return -1 if new[0] >= old[0] and new[1] >= old[1] else None


def _extremes(version: Version) -> Bounds | None:
    """The least and the most that the version can lead to, whatever the facts; a multiple has no upper end."""
    lows, highs = [Decimal("Infinity")], [Decimal(0)]
    for fine in version.fines:
        floor = _floor(fine)
        if floor is None or fine.high is None:
            return None
        lows.append(floor)
        highs.append(fine.high if fine.basis == FIXED else Decimal("Infinity"))
    return (min(lows), max(highs)) if version.fines else (Decimal(0), Decimal(0))


def _floor(fine: Fine) -> Decimal | None:
    if fine.basis == FIXED or fine.low is None:
        return fine.low
    # 货值不足十万元 has a fine of its own, so that this multiple starts at 100,000 yuan.
    return fine.low * 100_000 if "value_at_least_100k" in fine.when else None
