"""What the documents domain tells others. `subject` and `party` are the opaque keys the drafter gave."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DocumentDrafted:
    """A draft was made or revised; holds are open for its substance."""

    document_id: int
    key: str
    subject: str
    party: str
    substance_digest: str


@dataclass(frozen=True, slots=True)
class DocumentSealed:
    """A document got its number and seal: from here on its text does not change."""

    document_id: int
    key: str
    subject: str
    party: str
    number: str
    dated: date
    substance_digest: str


@dataclass(frozen=True, slots=True)
class DocumentVoided:
    """A sealed document was voided; its number stays visible with the reason."""

    document_id: int
    key: str
    subject: str
    party: str
    number: str
    reason: str


@dataclass(frozen=True, slots=True)
class DocumentServed:
    """A document counts as served on `served_on`. `defects` are the rule ids of what was wrong with the service."""

    document_id: int
    key: str
    subject: str
    party: str
    method: str
    served_on: date
    defects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScanFlagged:
    """A photographed page differs from the approved text, or pages are missing."""

    document_id: int
    key: str
    subject: str
    outcome: str
