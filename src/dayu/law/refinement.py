"""Refinement (细化量化): a lower level may divide and tighten a parent benchmark, and never leave its range or conditions.

For every answer that the table of the child or of the parent distinguishes: where a tier of the child holds, the amounts
lie within those of the parent's tier for the same answer. So a condition that was dropped shows as an amount outside.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import product

from dayu.law.benchmark_findings import REMARK, Finding, found
from dayu.law.benchmarks import RELIEF_LIST, Benchmark, Ends, OpenEnds, Tier, ancestors
from dayu.law.discretion import money
from dayu.law.fact_space import Axis, Region, axes_of, box_of, common, completed
from dayu.law.party_kinds import CITIZEN, ORGANISATION


def parent_of(benchmark: Benchmark, *, among: Mapping[str, Benchmark]) -> Benchmark | None:
    """The benchmark that it refines: the one it names, else the nearest above for one of its violations.

    A local regulation stands on its own: it is judged against the law, not against the province's benchmark.
    """
    if benchmark.refines:
        return among.get(benchmark.refines)
    if benchmark.kind != "benchmark":
        return None
    for code in ancestors(benchmark.territory)[1:]:
        above = [b for b in among.values() if b.territory == code and b.kind != RELIEF_LIST and _share(benchmark, b)]
        if above:
            return max(above, key=lambda b: b.in_force_from or date.min)  # of several versions the newest
    return None


def _share(one: Benchmark, other: Benchmark) -> bool:
    """Whether both speak of one violation on one day."""
    first = max((d for d in (one.in_force_from, other.in_force_from) if d), default=date.min)
    last = min((d for d in (one.in_force_until, other.in_force_until) if d), default=date.max)
    return first <= last and bool(set(one.violations) & set(other.violations))


def refinement_findings(benchmark: Benchmark, *, among: Mapping[str, Benchmark]) -> list[Finding]:
    """不得突破上级裁量幅度: where the child leaves its parent."""
    parent = parent_of(benchmark, among=among)
    if parent is None:
        unknown = benchmark.refines
        return [found("discretion.unknown_parent", at=unknown)] if unknown else []
    raised = list(_frame(benchmark, parent))
    if benchmark.rate_fact != parent.rate_fact:
        return [*raised, found("discretion.parent_incomparable", at=parent.key, severity=REMARK, parent=parent.name)]
    kept: dict[tuple[str, str], Finding] = {}
    for tier in benchmark.tiers:
        for finding in _tier_findings(tier, benchmark, parent):
            kept.setdefault((finding.rule, finding.at), finding)
    return raised + list(kept.values())


def _frame(child: Benchmark, parent: Benchmark) -> list[Finding]:
    """Place, violations, gate and validity."""
    raised = []
    if parent.territory not in ancestors(child.territory)[1:]:
        raised.append(found("discretion.parent_not_above", at=parent.key, parent=parent.name))
    if child.refines:
        raised += [
            found("discretion.parent_lacks_violation", at=key, parent=parent.name)
            for key in child.violations
            if key not in parent.violations
        ]
    if parent.gate and child.gate != parent.gate:
        raised.append(found("discretion.gate_dropped", at=parent.gate, parent=parent.name))
    ends = parent.in_force_until
    if child.refines and ends is not None and (child.in_force_until is None or child.in_force_until > ends):
        raised.append(found("discretion.outlives_parent", at=ends.isoformat(), parent=parent.name))
    return raised


def _tier_findings(tier: Tier, child: Benchmark, parent: Benchmark) -> list[Finding]:
    raised = []
    rows = [r.conditions for t in (*child.tiers, *parent.tiers) for r in t.rows]
    axes = axes_of(rows)
    choices = child.alternative_facts | parent.alternative_facts
    mine = _boxed(tier, axes, choices)
    for other in parent.tiers:
        region = _shared_region(mine, _boxed(other, axes, choices), axes)
        if region is None:
            continue
        for value, rule in _breaks(tier, other):
            at = f"{tier.name}：{value}（{other.name}）"
            names = {"tier": tier.name, "other": other.name, "parent": parent.name, "where": region.text()}
            raised.append(Finding(rule, at, at, names, region.example, completed(axes, region.example)))
    return raised


_Boxed = list[tuple[tuple[int, ...], frozenset[str]]]  # of each row its box, and the alternative facts that it uses


def _boxed(tier: Tier, axes: Sequence[Axis], choices: frozenset[str]) -> _Boxed:
    return [(box_of(r.conditions, axes), frozenset(c.fact for c in r.conditions) & choices) for r in tier.rows]


def _shared_region(mine: _Boxed, theirs: _Boxed, axes: Sequence[Axis]) -> Region | None:
    """Answers for which a tier of the child and one of the parent hold; rows on different alternatives do not meet."""
    for (box, chosen), (other, also) in product(mine, theirs):
        if chosen and also and not chosen & also:
            continue
        if (shared := common(axes, box, other)) is not None:
            return shared
    return None


def _breaks(child: Tier, parent: Tier) -> list[tuple[str, str]]:
    """How the amounts of a tier leave those of the parent's tier: the value, and the rule it breaks."""
    if child.no_fine or (parent.unverified and None in parent.citizen):
        return []
    if parent.no_fine:
        return [("不罚款", "discretion.parent_lets_off")]
    raised = []
    for side in (CITIZEN, ORGANISATION):
        (ends, opens), (limits, limit_opens) = child.ends(side), parent.ends(side)
        raised += [(v, "discretion.beyond_parent") for v in _beyond(ends, opens, limits, limit_opens)]
    return list(dict.fromkeys(raised))


def _beyond(ends: Ends, opens: OpenEnds, limits: Ends, limit_opens: OpenEnds) -> list[str]:
    """The ends that leave the limits: 500＜1,000. A closed end on an open limit leaves it by that one figure."""
    raised = []
    for place, mark in ((0, "＜"), (1, "＞")):
        value, limit = ends[place], limits[place]
        if value is None or limit is None:
            continue
        further = value < limit if place == 0 else value > limit
        if further or (value == limit and limit_opens[place] and not opens[place]):
            raised.append(f"{money(value)}{mark if further else '＝'}{money(limit)}")
    return raised
