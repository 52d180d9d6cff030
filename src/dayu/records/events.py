"""What the records domain tells others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class EvidenceChecked:
    """A piece of evidence was found fit to support a fact, or not."""

    item_id: int
    subject: str
    passed: bool


@dataclass(frozen=True, slots=True)
class EvidenceWithdrawn:
    """A piece of evidence no longer counts; facts that rested on it alone lose their proof."""

    item_id: int
    subject: str
    reason: str


@dataclass(frozen=True, slots=True)
class EvidencePreserved:
    """Things were registered and kept; seven working days run."""

    preservation_id: int
    subject: str
    preserved_at: datetime
    decide_by: date


@dataclass(frozen=True, slots=True)
class PreservationDecided:
    """Every thing of a preservation has its decision."""

    preservation_id: int
    subject: str
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class PreservationLapsed:
    """The seven working days ended and something was still undecided: it must be released."""

    preservation_id: int
    subject: str
    lapsed_at: datetime
    undecided: int


@dataclass(frozen=True, slots=True)
class ProceedingsRecorded:
    """A record of proceedings was entered."""

    record_id: int
    subject: str
    kind: str
    started_at: datetime
    ended_at: datetime
    defects: tuple[str, ...]
