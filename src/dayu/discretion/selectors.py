"""Which benchmarks hold: those of the rulebook joined with what authorities have issued."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from dayu.discretion.models import DiscretionBenchmark
from dayu.discretion.tables import benchmark_of
from dayu.law.benchmarks import Benchmark, benchmarks

_Row = tuple[Any, ...]
_FIELDS = ("pk", "agency_id", "key", "number", "table", "in_force_from", "in_force_until", "frozen_on")
# What was issued is read each time; it is joined with the rulebook again only when it has changed.
_last_joined: tuple[list[_Row], Mapping[str, Benchmark]] | None = None


def known_benchmarks() -> Mapping[str, Benchmark]:
    """All benchmarks by id: one statement. A frozen one ends the day before it was frozen."""
    global _last_joined
    rows: list[_Row] = list(DiscretionBenchmark.objects.order_by("pk").values_list(*_FIELDS))
    if not rows:
        return benchmarks()
    if _last_joined is not None and _last_joined[0] == rows:
        return _last_joined[1]
    joined = dict(benchmarks())
    for _pk, agency, key, number, table, first, last, frozen in rows:
        until = min((d for d in (last, frozen - timedelta(days=1) if frozen else None) if d), default=None)
        joined[f"{agency}.{key}.v{number}"] = _in_force(benchmark_of(f"{agency}.{key}.v{number}", table), first, until)
        replaced = joined.get(table.get("replaces", ""))
        if replaced is not None and replaced.key in benchmarks():
            joined[replaced.key] = _ended(replaced, first - timedelta(days=1))
    _last_joined = (rows, joined)
    return joined


def _in_force(benchmark: Benchmark, first: date, last: date | None) -> Benchmark:
    return replace(benchmark, in_force_from=first, in_force_until=last, confirmation="V", status="in-force")


def _ended(benchmark: Benchmark, last: date) -> Benchmark:
    """A benchmark of the rulebook that a later one replaced; it never ends later than it did by itself."""
    until = benchmark.in_force_until
    return replace(benchmark, in_force_until=last if until is None or last < until else until)


def without_versions_of(known: Mapping[str, Benchmark], agency: int, key: str, replaces: str) -> dict[str, Benchmark]:
    """The others: not the earlier versions of a draft and not what it replaces, which end when it is issued."""
    prefix = f"{agency}.{key}.v"
    return {k: b for k, b in known.items() if not k.startswith(prefix) and k != replaces}
