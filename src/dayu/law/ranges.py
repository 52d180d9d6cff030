"""The statutory range (法定幅度) of a fine: which fine of the article applies, and from how much to how much."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from dayu.law.fact_conditions import Facts, FactValue, all_hold, any_holds, circumstance_holds, missing_facts
from dayu.law.party_kinds import PartyKind
from dayu.law.violations import FIXED, LOCAL, RATE_FACTS, Fine, Measure, Version

# Why there is no range, or how far it holds.
FOUND = "found"
NO_FINE = "no_fine"  # the article provides none
NOT_MET = "circumstances_not_met"  # it provides one, but its circumstances are not given
LOCAL_LAW = "local_law_needed"
FACTS_MISSING = "facts_missing"

Bounds = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class RangeOutcome:
    """The range and how it came about. `missing` are facts to ask for; `alternatives` the ranges that are possible."""

    why: str
    min_yuan: Decimal | None = None
    max_yuan: Decimal | None = None
    fine: Fine | None = None
    missing: tuple[str, ...] = ()
    alternatives: tuple[tuple[Fine, Bounds | None], ...] = ()

    @property
    def optional(self) -> bool | None:
        """Whether the fine may be left out (可以处); None where it is open which fine applies."""
        return self.fine.optional if self.fine else None

    @property
    def bounds(self) -> Bounds | None:
        """Both bounds, or None."""
        return None if self.min_yuan is None or self.max_yuan is None else (self.min_yuan, self.max_yuan)


def statutory_range(version: Version, *, facts: Facts, party: PartyKind) -> RangeOutcome:
    """The fine that the facts lead to.

    Where the article fines only after an order was not met, the range is the one behind that gate; whether the gate
    is open is another question (`OrderFirst`). Of two fines whose circumstances hold, the more special one applies.
    """
    if not version.fines:
        return RangeOutcome(NO_FINE)
    side = party.class_for_range(facts)
    mine = [f for f in version.fines if f.party == "any" or f.party == side or not side]
    if not mine:
        return RangeOutcome(NO_FINE)
    told = _behind_the_gate(version, facts)
    answers = [(f, _applies(f, told)) for f in mine]
    certain = [f for f, holds in answers if holds]
    possible = [f for f, holds in answers if holds is None]
    best = max((len(f.circumstances) for f in certain), default=-1)
    rivals = [f for f in possible if len(f.circumstances) > best]
    leading = [f for f in certain if len(f.circumstances) == best]
    if not leading and not rivals:
        return RangeOutcome(NOT_MET)
    asked = missing_facts((c for f in rivals for c in f.circumstances), told)
    if len(leading) + len(rivals) == 1:
        return _amount((leading or rivals)[0], told, asked)
    if not side and {f.party for f in mine} != {"any"}:
        asked = ("treated_as", *asked)
    return RangeOutcome(
        FACTS_MISSING, missing=asked, alternatives=tuple((f, _bounds(f, told)) for f in leading + rivals)
    )


def _behind_the_gate(version: Version, facts: Facts) -> dict[str, FactValue]:
    told = dict(facts)
    if version.order_first is not None:
        told |= {"order_unmet": True, "order_unmet_twice": True}
    return told


def _applies(part: Fine | Measure, facts: Facts) -> bool | None:
    needed = all_hold(circumstance_holds(c, facts) for c in part.when)
    if not part.when_any or needed is False:
        return needed
    return all_hold((needed, any_holds(circumstance_holds(c, facts) for c in part.when_any)))


def _bounds(fine: Fine, facts: Facts) -> Bounds | None:
    if fine.low is None or fine.high is None:
        return None
    if fine.basis == FIXED:
        return fine.low, fine.high
    base = facts.get(RATE_FACTS[fine.basis])
    return (fine.low * base, fine.high * base) if isinstance(base, Decimal) else None


def _amount(fine: Fine, facts: Facts, asked: tuple[str, ...]) -> RangeOutcome:
    if fine.basis == LOCAL:
        return RangeOutcome(LOCAL_LAW, fine=fine, missing=asked)
    bounds = _bounds(fine, facts)
    if bounds is None:
        return RangeOutcome(FACTS_MISSING, fine=fine, missing=(*asked, RATE_FACTS[fine.basis]))
    return RangeOutcome(FOUND, bounds[0], bounds[1], fine, asked)


def measures_of(version: Version, *, facts: Facts, party: PartyKind) -> tuple[tuple[Measure, bool | None], ...]:
    """What else the article provides for this party, each with whether its circumstances hold (None: not known)."""
    side = party.class_for_range(facts)
    return tuple((m, _applies(m, facts)) for m in version.measures if m.party == "any" or m.party == side or not side)
