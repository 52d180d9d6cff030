"""What the remedies domain tells others: the fine stands still, or runs on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class RemedyFiled:
    """A party asked for reconsideration or sued."""

    party_id: int
    kind: str  # reconsideration | litigation
    filed_on: date


@dataclass(frozen=True, slots=True)
class RemedyEnded:
    """A reconsideration was decided, or a judgment became final."""

    party_id: int
    kind: str
    ended_on: date
    result: str
