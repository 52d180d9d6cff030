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


TEXTS = ("territory", "name", "document", "kind", "confirmation", "status", "gate", "rate_fact", "notes", "refines", "replaces",
         "issuer")  # fmt: skip
TIER_TEXTS = ("tier", "plus", "manner", "time_limit")
MOST_TIERS, MOST_ROWS, LONGEST = 60, 300, 2000


def _require_types(key: str, table: Mapping[str, Any]) -> None:
    """What comes from outside is of the kind that the rulebook's own files are, and of a size that a person wrote."""
    tiers = table.get("tiers")
    if not isinstance(tiers, list) or not all(isinstance(t, Mapping) for t in tiers):
        raise RulebookError(f"benchmark {key}: the tiers must be a list of tables")
    texts = [table[n] for n in TEXTS if n in table] + [t[n] for t in tiers for n in TIER_TEXTS if n in t]
    texts += [*_listed(table, "violations"), *_listed(table, "alternative_facts"), *dict(table.get("weights", {})).values()]
    if not all(isinstance(text, str) and len(text) <= LONGEST for text in texts):
        raise RulebookError(f"benchmark {key}: a text is no text, or is too long")
    flags = [t[n] for t in tiers for n in ("no_fine", "unverified") if n in t]
    if not all(isinstance(flag, bool) for flag in flags):
        raise RulebookError(f"benchmark {key}: no_fine and unverified are yes or no")
    if len(tiers) > MOST_TIERS or sum(len(t.get("rows", ())) for t in tiers) > MOST_ROWS:
        raise RulebookError(f"benchmark {key}: more than {MOST_TIERS} tiers or {MOST_ROWS} rows")


def _listed(table: Mapping[str, Any], name: str) -> list[Any]:
    found = table.get(name, [])
    if not isinstance(found, list):
        raise RulebookError(f"{name} must be a list")
    return found


def benchmark_of(key: str, table: Mapping[str, Any]) -> Benchmark:
    """The benchmark of a stored table; raises RulebookError where it is none."""
    try:
        _require_types(key, table)
        return benchmark_from(key, opened(table))
    except (KeyError, TypeError, AttributeError, ValueError, InvalidOperation, RecursionError) as error:
        if isinstance(error, RulebookError):
            raise
        raise RulebookError(f"benchmark {key}: {error.__class__.__name__} {error}") from error
