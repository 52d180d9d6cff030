"""The amounts of a benchmark: do its tiers meet without hole and without overlap, and does each stay inside the law?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise

from dayu.law.benchmark_findings import FAULT, REMARK, Finding, found
from dayu.law.benchmarks import Benchmark, Bounds, Tier
from dayu.law.citations import Citation
from dayu.law.discretion import money
from dayu.law.fact_conditions import Condition, FactValue, circumstances
from dayu.law.fact_space import axes_of, box_of, points
from dayu.law.party_kinds import CITIZEN, ORGANISATION, party_kind
from dayu.law.ranges import FOUND, LOCAL_LAW, NO_FINE, NOT_MET, statutory_range
from dayu.law.violations import FIXED, RATE_FACTS, Fine, Version, violation

SIDES = {CITIZEN: ("公民", "citizens"), ORGANISATION: ("单位", "organisations")}


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The amounts of one tier for one side, in the order of the document."""

    place: int
    tier: Tier
    low: Decimal
    high: Decimal
    low_open: bool
    high_open: bool

    @property
    def fixed(self) -> bool:
        return self.low == self.high


def amount_findings(benchmark: Benchmark) -> list[Finding]:
    """Holes and overlaps between the amounts of neighbouring tiers, for either side of the party."""
    raised: dict[tuple[str, str], Finding] = {}
    for side in SIDES if any(t.split for t in benchmark.tiers) else (ORGANISATION,):
        prefix = SIDES[side] if any(t.split for t in benchmark.tiers) else ("", "")
        incomplete = [n for n, t in enumerate(benchmark.tiers) if not t.no_fine and None in t.ends(side)[0]]
        known = sorted(_stretches(benchmark, side), key=lambda s: (s.low, s.high, s.place))
        for lower, upper in pairwise(known):
            unknown = any(lower.place < n < upper.place for n in incomplete)
            for finding in _between(lower, upper, prefix, unknown=unknown):
                raised.setdefault((finding.rule, finding.at), finding)
    return list(raised.values())


def _stretches(benchmark: Benchmark, side: str) -> Iterator[_Stretch]:
    for place, tier in enumerate(benchmark.tiers):
        (low, high), (low_open, high_open) = tier.ends(side)
        if not tier.no_fine and low is not None and high is not None:
            yield _Stretch(place, tier, low, high, low_open, high_open)


def _between(lower: _Stretch, upper: _Stretch, prefix: tuple[str, str], *, unknown: bool) -> Iterator[Finding]:
    names = {"tier": lower.tier.name, "other": upper.tier.name}
    first, last = upper.low, min(lower.high, upper.high)
    if first < last or (first == last and lower.fixed and upper.fixed):
        yield _amount_finding("discretion.amount_overlap", first, last, prefix, names, FAULT)
    elif first == last and not (upper.low_open or lower.high_open):
        # 以上、以下 include both figures: only where the ends were stated is a shared figure a slip.
        stated = lower.tier.stated and upper.tier.stated
        rule = "discretion.amount_double" if stated else "discretion.amount_shared"
        yield _amount_finding(rule, first, first, prefix, names, FAULT if stated else REMARK)
    elif first == last and upper.low_open and lower.high_open:
        yield _amount_finding("discretion.amount_gap", first, first, prefix, names, FAULT)
    elif first > last and not unknown and not (lower.fixed and upper.fixed):
        yield _amount_finding("discretion.amount_gap", last, first, prefix, names, FAULT)


def _amount_finding(
    rule: str, low: Decimal, high: Decimal, prefix: tuple[str, str], names: dict[str, str], severity: str
) -> Finding:
    figure = money(low) if low == high else f"{money(low)}–{money(high)}"
    at, at_en = (f"{p}{mark}{figure}" if p else figure for p, mark in zip(prefix, ("：", ": "), strict=True))
    return Finding(rule, at, at_en, names, value=(low + high) / 2, severity=severity)


def range_findings(benchmark: Benchmark) -> list[Finding]:
    """Amounts that lie outside what the law provides for the violation, under every version in force in its life."""
    raised: dict[tuple[str, str], Finding] = {}
    for finding in _range_findings(benchmark):
        raised.setdefault((finding.rule, finding.at), finding)
    return list(raised.values())


def _range_findings(benchmark: Benchmark) -> Iterator[Finding]:
    for tier in benchmark.tiers:
        if tier.no_fine:
            continue
        for side in SIDES:
            (low, high), _ = tier.ends(side)
            if benchmark.local_range is not None:
                own = (benchmark.local_range.low, benchmark.local_range.high)
                yield from _outside(tier, (low, high), own, "", benchmark.basis)
            for key in benchmark.violations:
                for version in _versions(benchmark, key):
                    yield from _against(benchmark, tier, side, key, version)


def _versions(benchmark: Benchmark, key: str) -> list[Version]:
    """The versions of a violation that the benchmark can meet. Unknown beginning: the last of them."""
    last = benchmark.in_force_until or date.max
    known = [v for v in violation(key).versions if v.in_force_from <= last]
    if benchmark.in_force_from is None:
        return known[-1:]
    return [v for v in known if v.in_force_until is None or v.in_force_until >= benchmark.in_force_from]


def _against(benchmark: Benchmark, tier: Tier, side: str, key: str, version: Version) -> Iterator[Finding]:
    """One tier against one version: where its rows hold, does every amount lie in a range that the article allows?"""
    ends, _ = tier.ends(side)
    party = party_kind(side)
    for facts in _points(tier, version):
        outcome = statutory_range(version, facts=facts, party=party)
        if outcome.why == LOCAL_LAW:
            continue
        if outcome.why in (NO_FINE, NOT_MET):
            yield found("discretion.no_fine_provided", at=f"{tier.name}（{key}）", tier=tier.name)
            continue
        fines = [outcome.fine] if outcome.fine else [f for f, _ in outcome.alternatives]
        bounds = [b for f in fines if f is not None and (b := _comparable(f, benchmark)) is not None]
        if len(bounds) < len(fines) or (not bounds and outcome.why == FOUND):
            yield found("discretion.incomparable", at=f"{tier.name}（{key}）", severity=REMARK, tier=tier.name)
            continue
        whole = (min(b[0] for b in bounds), max(b[1] for b in bounds))
        yield from _outside(tier, ends, whole, key, version.citations)


def _comparable(fine: Fine, benchmark: Benchmark) -> Bounds | None:
    """The range of a fine in the unit in which the benchmark speaks, None where the two units differ."""
    if fine.low is None or fine.high is None:
        return None
    same = not benchmark.rate_fact if fine.basis == FIXED else RATE_FACTS.get(fine.basis) == benchmark.rate_fact
    return (fine.low, fine.high) if same else None


def _outside(
    tier: Tier, ends: tuple[Decimal | None, Decimal | None], law: Bounds, key: str, basis: tuple[Citation, ...]
) -> Iterator[Finding]:
    where = f"（{key}）" if key else ""
    for value, limit, mark in ((ends[0], law[0], "＜"), (ends[1], law[1], "＞")):
        if value is None or not (value < limit if mark == "＜" else value > limit):
            continue
        at = f"{tier.name}：{money(value)}{mark}{money(limit)}{where}"
        yield Finding("discretion.out_of_range", at, at, {"tier": tier.name}, value=value, basis=basis)


def _points(tier: Tier, version: Version) -> Iterator[dict[str, FactValue]]:
    """Answers under which the tier holds, one for every way in which the circumstances of the fines can lie."""
    asked: list[Condition] = [
        c for f in version.fines for name in f.circumstances for c in circumstances()[name] if c.fact != "treated_as"
    ]
    for row in tier.rows:
        axes = axes_of([row.conditions, asked])
        box = box_of(row.conditions, axes)
        if all(box):
            yield from points(axes, box)
