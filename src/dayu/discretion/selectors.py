"""Which benchmarks hold: those of the rulebook joined with what authorities have issued."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from dayu.discretion.models import DiscretionBenchmark
from dayu.discretion.tables import benchmark_of
from dayu.law.benchmarks import Benchmark, benchmarks


class KnownBenchmarks(dict[str, Benchmark]):
    """Benchmarks by id. Equal only to itself, so that what was worked out from it can be remembered by it."""

    __hash__ = object.__hash__
    __eq__ = object.__eq__


_PUBLISHED = KnownBenchmarks(benchmarks())
_FIELDS = ("pk", "agency_id", "key", "number", "digest", "in_force_from", "in_force_until", "frozen_on")
Stamp = frozenset[tuple[str, ...]]

# What was issued is looked at each time; it is joined with the rulebook again only when it has changed.
_last_joined: tuple[Stamp, KnownBenchmarks] = (frozenset(), _PUBLISHED)


def stamp_columns() -> dict[str, str]:
    """The columns that tell whether anything changed, for a door that reads them along with its own record."""
    return {name: name for name in _FIELDS}


def stamp_of(rows: Iterable[Mapping[str, Any]]) -> Stamp:
    """What tells one state of the issued benchmarks from another; days may be days or ISO texts."""
    return frozenset(tuple("" if row[name] is None else str(row[name]) for name in _FIELDS) for row in rows)


def known_benchmarks(stamp: Stamp | None = None) -> KnownBenchmarks:
    """All benchmarks by id: one statement, or none where a `stamp` that was read already says that nothing changed.

    A frozen one ends the day before it was frozen.
    """
    global _last_joined
    if stamp is None:
        stamp = stamp_of(DiscretionBenchmark.objects.values(*_FIELDS))
    if _last_joined[0] != stamp:
        _last_joined = (stamp, _joined() if stamp else _PUBLISHED)
    return _last_joined[1]


def _joined() -> KnownBenchmarks:
    joined = KnownBenchmarks(benchmarks())
    for row in DiscretionBenchmark.objects.order_by("pk"):
        frozen = row.frozen_on - timedelta(days=1) if row.frozen_on else None
        until = min((d for d in (row.in_force_until, frozen) if d), default=None)
        joined[row.rule_key] = _in_force(benchmark_of(row.rule_key, row.table), row.in_force_from, until)
        replaced = joined.get(row.table.get("replaces", ""))
        if replaced is not None and replaced.key in benchmarks():
            joined[replaced.key] = _ended(replaced, row.in_force_from - timedelta(days=1))
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
