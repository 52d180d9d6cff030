"""What the cases domain tells others. Keys are opaque; a higher domain loads what it needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class CaseOpened:
    """A case was made from a lead, an inspection, or by hand."""

    case_id: int
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseActed:
    """An entry was added to the journal of a case: the general event; `kind` is that of the entry."""

    case_id: int
    party_id: int | None
    kind: str
    entry_id: int
    happened_on: date
    subject: str


@dataclass(frozen=True, slots=True)
class CaseFiled:
    """The case was filed (立案)."""

    case_id: int
    filed_on: date
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FilingDeclined:
    """The head declined to file (不予立案)."""

    case_id: int
    declined_on: date
    ground: str
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PenaltyDecided:
    """A penalty decision was sealed for one party."""

    case_id: int
    party_id: int
    document: str
    decided_on: date
    amount_yuan: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DecisionServed:
    """A decision reached the party: time to pay and remedies run."""

    case_id: int
    party_id: int
    served_on: date
    amount_yuan: str
    pay_due_on: date | None


@dataclass(frozen=True, slots=True)
class DecisionRevoked:
    """A decision was revoked or changed: publication and credit follow."""

    case_id: int
    party_id: int
    revoked_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class CaseClosed:
    """The case was closed (结案)."""

    case_id: int
    closed_on: date


@dataclass(frozen=True, slots=True)
class CaseArchived:
    """The dossier of the case was archived."""

    case_id: int
    archived_on: date
