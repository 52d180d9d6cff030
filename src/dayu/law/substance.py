"""The substance of a decision: what legal review, notice and discussion bind to, and what may change without them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from decimal import Decimal
from typing import Any

# What a draft also holds and what does not touch its substance; a change here voids nothing.
EXCLUDED_FIELDS: Mapping[str, str] = {
    "phone": "how to reach the party, not who it is",
    "email": "how to reach the party, not who it is",
    "mailing_address": "how to reach the party, not who it is",
    "representative": "acts for the party, is not the party",
    "handlers": "who prepared the draft; recusal has its own gate",
    "document_no": "given when the decision is sealed",
    "collecting_bank": "where to pay, not what",
    "remedies_text": "told by law, checked by its own gate",
    "layout": "how it looks on paper",
}


@dataclass(frozen=True, slots=True)
class Substance:
    """Party, facts, evidence, basis, kind, amount and manner of one draft decision for one party.

    `party` identifies the person (name and identity or credit number); `facts` and `evidence` are texts or digests;
    `basis` are articles with edition; amounts in yuan; `manner` is how and by when to perform.
    """

    party: tuple[str, str]
    facts: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    basis: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    amount_yuan: Decimal | None = None
    confiscated_yuan: Decimal = Decimal(0)
    orders: tuple[str, ...] = ()
    manner: str = ""


def substance_digest(substance: Substance) -> str:
    """SHA-256 of the substance; the order in which facts, evidence, articles and kinds are listed does not matter."""
    text = json.dumps(_canonical(substance), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def changed_parts(before: Substance, after: Substance) -> tuple[str, ...]:
    """Which parts differ, by name, in the order of the fields: what a reviewer is shown."""
    old, new = _canonical(before), _canonical(after)
    return tuple(f.name for f in fields(Substance) if old[f.name] != new[f.name])


def _canonical(substance: Substance) -> dict[str, Any]:
    return {name: _plain(name, value) for name, value in asdict(substance).items()}


def _plain(name: str, value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value.quantize(Decimal("0.01")), "f")
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, Sequence):
        items = [" ".join(str(item).split()) for item in value]
        return items if name == "party" else sorted(items)
    return value
