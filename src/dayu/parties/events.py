"""What the parties domain tells others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PartyRenamed:
    """A party bears another name; papers that carry the old one are listed by whoever wrote them."""

    party_id: int
    name_before: str
    name_after: str
    reason: str


@dataclass(frozen=True, slots=True)
class PartyStandingChanged:
    """A party died, was deregistered, vanished, or was found again."""

    party_id: int
    standing: str
    on: date
