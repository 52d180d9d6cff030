"""Is a benchmark whole? Gaps and overlaps of its conditions and amounts, tiers that nothing reaches, amounts off the law.

The conditions are judged exactly: `fact_space` cuts the answers at the figures of the table and nowhere else. A finding
names the offending value. What the source itself has stands as an exemption in the benchmark, with the reason; an
exemption that nothing needs is a finding too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from typing import Any

from dayu.law.benchmark_amounts import amount_findings, range_findings
from dayu.law.benchmark_findings import FAULT, REMARK, Finding, found
from dayu.law.benchmarks import RELIEF_LIST, Benchmark, Exempted, Tier
from dayu.law.fact_conditions import Condition, fact_kinds
from dayu.law.fact_space import Axis, Cell, Region, axes_of, box_of, completed, regions
from dayu.law.refinement import refinement_findings
from dayu.law.violations import violation_keys

SHOWN = 3  # so many regions of one overlap are told; the first is enough to repair it


@dataclass(frozen=True, slots=True)
class Lint:
    """All findings on one benchmark, and those that its own exemptions explain."""

    benchmark: Benchmark
    findings: tuple[Finding, ...]
    exempted: tuple[tuple[Finding, Exempted], ...] = ()

    @property
    def faults(self) -> tuple[Finding, ...]:
        """What must be repaired or explained before the benchmark may be issued."""
        return tuple(f for f in self.findings if f.severity == FAULT)

    @property
    def remarks(self) -> tuple[Finding, ...]:
        """What a reader should know."""
        return tuple(f for f in self.findings if f.severity == REMARK)

    @property
    def clean(self) -> bool:
        """Whether nothing must be repaired."""
        return not self.faults

    def as_json(self, language: str = "zh") -> dict[str, Any]:
        """For the command line and the API."""
        return {
            "benchmark": self.benchmark.key,
            "name": self.benchmark.name,
            "clean": self.clean,
            "faults": [f.as_json(language) for f in self.faults],
            "remarks": [f.as_json(language) for f in self.remarks],
            "exempted": [f.as_json(language) | {"why": e.why} for f, e in self.exempted],
        }


def lint(benchmark: Benchmark, *, among: Mapping[str, Benchmark] | None = None) -> Lint:
    """Everything that is wrong with a benchmark, by itself and against the law; against its parent in `among`."""
    raised = list(_misfits(benchmark))
    if not raised:
        raised += _condition_findings(benchmark)
        raised += amount_findings(benchmark)
        raised += range_findings(benchmark)
        raised += refinement_findings(benchmark, among=among or {})
        raised += _double_validity(benchmark, among or {})
    return _exempt(benchmark, raised)


def lint_all(among: Mapping[str, Benchmark]) -> tuple[Lint, ...]:
    """Every benchmark of a rulebook, each against the others."""
    return tuple(lint(b, among=among) for b in among.values())


def _exempt(benchmark: Benchmark, raised: list[Finding]) -> Lint:
    stated = {(e.rule, e.at): e for e in benchmark.exempted}
    needed = {(f.rule, f.at) for f in raised}
    kept = [f for f in raised if (f.rule, f.at) not in stated]
    idle = [
        found("discretion.idle_exemption", at=e.at, finding=e.rule)
        for e in benchmark.exempted
        if (e.rule, e.at) not in needed
    ]
    explained = tuple((f, stated[f.rule, f.at]) for f in raised if (f.rule, f.at) in stated)
    return Lint(benchmark, tuple(kept + idle), explained)


def _misfits(benchmark: Benchmark) -> Iterator[Finding]:
    """Conditions that cannot be compared, violations that are unknown, tiers with one name: nothing else makes sense."""
    for key in benchmark.violations:
        if key not in violation_keys():
            yield found("discretion.unknown_violation", at=key)
    if benchmark.gate and benchmark.gate not in fact_kinds():
        yield found("discretion.unknown_fact", at=benchmark.gate)
    names = [t.name for t in benchmark.tiers]
    for name in dict.fromkeys(n for n in names if names.count(n) > 1):
        yield found("discretion.tier_named_twice", at=name)
    if not names:
        yield found("discretion.no_tiers", at=benchmark.key)
    for tier in benchmark.tiers:
        for row in tier.rows:
            for condition in row.conditions:
                if not _fits(condition):
                    yield found("discretion.condition_misfit", at=f"{tier.name}：{row.text}", tier=tier.name)


def _fits(condition: Condition) -> bool:
    """Whether the condition asks what its fact can answer: figures of numbers, values of choices."""
    kind = fact_kinds()[condition.fact]
    if kind.kind == "number":
        return condition.value is None
    if kind.kind == "yes_no":
        return isinstance(condition.value, bool)
    return condition.value in kind.choices


@dataclass(frozen=True, slots=True)
class _View:
    """The rows that can be compared with each other: of alternative facts (面积或者方量) one at a time."""

    axes: tuple[Axis, ...]
    boxes: tuple[tuple[int, ...], ...]
    tiers: tuple[int, ...]  # the tier of each row

    def where(self, claim: Callable[[set[int], set[int]], bool | None]) -> tuple[Region, ...]:
        """Where a claim on tiers (possible, certain) is true."""
        return regions(
            self.axes,
            self.boxes,
            lambda live, free: claim({self.tiers[r] for r in live}, {self.tiers[r] for r in free}),
        )


def _views(benchmark: Benchmark) -> tuple[_View, ...]:
    rows = [(n, row.conditions) for n, t in enumerate(benchmark.tiers) for row in t.rows]
    choices = [f for f in benchmark.factors if f in benchmark.alternative_facts] or [""]
    views = []
    for choice in choices:
        others = benchmark.alternative_facts - {choice}
        mine = [(n, conditions) for n, conditions in rows if not others & {c.fact for c in conditions}]
        axes = tuple(
            replace(a, cells=(Cell(value=True),)) if a.fact == benchmark.gate else a
            for a in axes_of(conditions for _, conditions in mine)
        )
        views.append(_View(axes, tuple(box_of(c, axes) for _, c in mine), tuple(n for n, _ in mine)))
    return tuple(views)


def _condition_findings(benchmark: Benchmark) -> list[Finding]:
    views = _views(benchmark)
    dead = _unreachable(benchmark, views)
    raised = [] if benchmark.kind == RELIEF_LIST else [f for v in views for f in _gaps(v)]
    for one, other in combinations(range(len(benchmark.tiers)), 2):
        if one not in dead and other not in dead:
            raised += _overlap(benchmark.tiers[one], benchmark.tiers[other], (one, other), views)
    return raised + list(dead.values()) + _dead_rows(benchmark, views, dead)


def _gaps(view: _View) -> Iterator[Finding]:
    """Answers for which no tier holds."""

    def uncovered(possible: set[int], certain: set[int]) -> bool | None:
        return False if certain else True if not possible else None

    for region in view.where(uncovered):
        yield _at("discretion.gap", region, view)


def _overlap(one: Tier, other: Tier, pair: tuple[int, int], views: tuple[_View, ...]) -> Iterator[Finding]:
    """Answers for which two tiers hold."""

    def both(possible: set[int], certain: set[int]) -> bool | None:
        if not possible >= set(pair):
            return False
        return True if certain >= set(pair) else None

    for view in views:
        places = view.where(both)
        if places:
            yield _at("discretion.overlap", places[0], view, tier=one.name, other=other.name, more=places[1:SHOWN])


def _unreachable(benchmark: Benchmark, views: tuple[_View, ...]) -> dict[int, Finding]:
    """Tiers that never hold alone. From the last to the first, so that of two equal ones the first stays."""
    dead: dict[int, Finding] = {}
    for number in reversed(range(len(benchmark.tiers))):
        gone = frozenset(dead)

        def alone(
            possible: set[int], certain: set[int], number: int = number, gone: frozenset[int] = gone
        ) -> bool | None:
            if number not in possible or certain - gone - {number}:
                return False
            return True if number in certain and not possible - gone - {number} else None

        if any(view.where(alone) for view in views):
            continue
        name = benchmark.tiers[number].name
        covering = _covering(number, gone, views)
        if covering:
            others = "、".join(benchmark.tiers[n].name for n in covering)
            dead[number] = found("discretion.tier_shadowed", at=name, tier=name, others=others)
        else:
            dead[number] = found("discretion.tier_unreachable", at=name, tier=name)
    return dict(sorted(dead.items()))


def _covering(number: int, gone: frozenset[int], views: tuple[_View, ...]) -> list[int]:
    """The tiers that hold wherever this one would."""
    covering: set[int] = set()
    for view in views:
        for other in set(view.tiers) - gone - {number}:

            def both(possible: set[int], certain: set[int], pair: tuple[int, int] = (number, other)) -> bool | None:
                return False if not possible >= set(pair) else True if certain >= set(pair) else None

            if view.where(both):
                covering.add(other)
    return sorted(covering)


def _dead_rows(benchmark: Benchmark, views: tuple[_View, ...], dead: Mapping[int, Finding]) -> list[Finding]:
    """Rows whose own conditions exclude each other, in tiers that are reached by another row."""
    raised = []
    axes = {a.fact: a for v in views for a in v.axes}
    for number, tier in enumerate(benchmark.tiers):
        for row in tier.rows if number not in dead else ():
            mine = [axes[f] for f in dict.fromkeys(c.fact for c in row.conditions) if f in axes]
            if not all(box_of(row.conditions, mine)):
                raised.append(found("discretion.row_unreachable", at=f"{tier.name}：{row.text}", tier=tier.name))
    return raised


def _at(rule: str, region: Region, view: _View, *, more: tuple[Region, ...] = (), **names: str) -> Finding:
    texts = {lang: "；".join(r.text(lang) for r in (region, *more)) for lang in ("zh", "en")}
    return Finding(rule, texts["zh"], texts["en"], names, region.example, completed(view.axes, region.example))


def _double_validity(benchmark: Benchmark, among: Mapping[str, Benchmark]) -> Iterator[Finding]:
    """Two benchmarks of one territory for one violation on one day: nobody could say which applies."""
    for other in among.values():
        if other.key == benchmark.key or other.territory != benchmark.territory:
            continue
        if (other.kind == RELIEF_LIST) is not (benchmark.kind == RELIEF_LIST):
            continue
        shared = [v for v in benchmark.violations if v in other.violations]
        first = max((d for d in (benchmark.in_force_from, other.in_force_from) if d), default=date.min)
        last = min((d for d in (benchmark.in_force_until, other.in_force_until) if d), default=date.max)
        if shared and first <= last:
            yield found("discretion.double_validity", at=other.key, other=other.name, violation=shared[0])
