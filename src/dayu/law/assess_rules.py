"""Rules of an assessment by id: their content hashes, and whether a stored receipt still agrees with the rulebook."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from dayu.law.benchmarks import Benchmark, benchmarks
from dayu.law.criminal import criminal_rules
from dayu.law.limitation import limitation_hash
from dayu.law.receipts import content_hash, problems_of
from dayu.law.rulebook import load_toml
from dayu.law.thresholds import thresholds_hash
from dayu.law.violations import violation


@cache
def circumstances_hash() -> str:
    """Content hash of the circumstances that fines and measures name."""
    return content_hash(load_toml("circumstances.toml"))


@cache
def party_kinds_hash() -> str:
    """Content hash of the kinds of parties."""
    return content_hash(load_toml("party-kinds.toml"))


_HASHES: Mapping[str, Callable[[str], str]] = {
    "violation": lambda key: violation(key).digest,
    "benchmark": lambda key: benchmarks()[key].digest,
    "threshold": thresholds_hash,
    "criminal": lambda key: criminal_rules()[key].digest,
    "limitation": lambda _: limitation_hash(),
    "circumstances": lambda _: circumstances_hash(),
    "party-kinds": lambda _: party_kinds_hash(),
}


def rule_hash(rule: str, *, known: Mapping[str, Benchmark] | None = None) -> str | None:
    """The content hash that a rule of a receipt has in the rulebook at hand, None where it is gone.

    `known` are the benchmarks to look in, where an organ has issued its own.
    """
    kind, _, key = rule.partition(":")
    if kind == "benchmark" and known is not None:
        return known[key].digest if key in known else None
    try:
        return _HASHES[kind](key)
    except (KeyError, ValueError):
        return None


def verify_receipt(receipt: Mapping[str, Any], *, known: Mapping[str, Benchmark] | None = None) -> tuple[str, ...]:
    """What does not check out in a receipt of an assessment: see `receipts.problems_of`."""
    return problems_of(receipt, current_hash=lambda rule: rule_hash(rule, known=known))
