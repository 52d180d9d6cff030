"""Execution receipts: which rules, in which wording, led from which input to which result, step by step.

A receipt is plain JSON. Its digest is the SHA-256 of its canonical form, so that it can go into the proof log and be
checked years later: `problems_of` says whether it was altered, and which of its rules read differently today.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from dayu.law.citations import Citation

VERSION = 1


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a trace: what was asked (`step`), the answer and its figures, and the article that says so."""

    step: str
    params: Mapping[str, Any] = field(default_factory=dict)
    basis: tuple[Citation, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """`{step, params, basis}`."""
        return {
            "step": self.step,
            "params": plain(self.params),
            "basis": list(dict.fromkeys(c.text() for c in self.basis)),
        }


def plain(value: Any) -> Any:
    """A value as JSON has it: whole amounts as integers, other decimals as exact strings, days as ISO text."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else format(value.normalize(), "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Citation):
        return value.text()
    if isinstance(value, Mapping):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, Iterable):
        return [plain(v) for v in value]
    raise TypeError(f"{type(value).__name__} has no place in a receipt")


def canonical(value: Any) -> bytes:
    """One byte string for one value: keys sorted, no spaces, UTF-8."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def content_hash(value: Any) -> str:
    """SHA-256 over the canonical form, in hex. Used for rules and for receipts alike."""
    return hashlib.sha256(canonical(plain(value))).hexdigest()


def build_receipt(
    question: str,
    *,
    rules: Mapping[str, str],
    editions: Iterable[Mapping[str, Any]],
    inputs: Mapping[str, Any],
    result: Mapping[str, Any],
    trace: Iterable[Step],
) -> dict[str, Any]:
    """The receipt of one answer. `rules` maps rule ids to content hashes, `editions` says what was chosen and why."""
    body: dict[str, Any] = {
        "version": VERSION,
        "question": question,
        "rules": [{"id": rule, "sha256": rules[rule]} for rule in sorted(rules)],
        "editions": plain(editions),
        "inputs": plain(inputs),
        "result": plain(result),
        "trace": [step.as_json() for step in trace],
    }
    body["digest"] = hashlib.sha256(canonical(body)).hexdigest()
    return body


def problems_of(receipt: Mapping[str, Any], *, current_hash: Callable[[str], str | None]) -> tuple[str, ...]:
    """What does not check out: `altered` first, then `changed:<rule>` or `gone:<rule>` for rules that differ today.

    `current_hash` gives the content hash of a rule in the rulebook at hand, None where it has no such rule.
    """
    body = {k: v for k, v in receipt.items() if k != "digest"}
    found = [] if hashlib.sha256(canonical(body)).hexdigest() == receipt.get("digest") else ["altered"]
    for rule in receipt.get("rules", ()):
        now = current_hash(rule["id"])
        if now is None:
            found.append(f"gone:{rule['id']}")
        elif now != rule["sha256"]:
            found.append(f"changed:{rule['id']}")
    return tuple(found)
