"""What disclosure tells others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DecisionPublished:
    """A decision became public."""

    publication_id: int
    case_id: int
    party_id: int
    code: str
    released_on: date


@dataclass(frozen=True, slots=True)
class PublicationWithdrawn:
    """A public decision was withdrawn, with its reason."""

    publication_id: int
    case_id: int
    party_id: int
    withdrawn_on: date
    reason: str
