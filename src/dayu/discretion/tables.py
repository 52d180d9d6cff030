"""Tables of benchmarks as the database keeps them: the TOML table with its days as texts, and back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import InvalidOperation
from typing import Any

from dayu.law.benchmarks import Benchmark, benchmark_from
from dayu.law.receipts import plain
from dayu.law.rulebook import RulebookError

DAYS = ("in_force_from", "in_force_until", "issued_on")


def stored(table: Mapping[str, Any]) -> dict[str, Any]:
    """The table as JSON; every figure stays the text that it is."""
    kept: dict[str, Any] = plain(table)
    return kept


def opened(table: Mapping[str, Any]) -> dict[str, Any]:
    """The table as the law reads it: days are days again."""
    found = dict(table)
    for name in DAYS:
        if isinstance(found.get(name), str):
            found[name] = date.fromisoformat(found[name])
    if "examples" in found:
        found["examples"] = [
            {**e, "on": date.fromisoformat(e["on"])} if isinstance(e.get("on"), str) else e for e in found["examples"]
        ]
    return found


def benchmark_of(key: str, table: Mapping[str, Any]) -> Benchmark:
    """The benchmark of a stored table; raises RulebookError where it is none."""
    try:
        return benchmark_from(key, opened(table))
    except (KeyError, TypeError, AttributeError, ValueError, InvalidOperation) as error:
        if isinstance(error, RulebookError):
            raise
        raise RulebookError(f"benchmark {key}: {error.__class__.__name__} {error}") from error
