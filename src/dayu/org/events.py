"""What the organisation domain tells others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class OfficerLeft:
    """Somebody left an agency (transfer, retirement, resignation): open work must find a new holder the same day."""

    person_id: int
    agency_id: int
    account_id: int | None
    left_on: date
    kind: str  # transfer | retirement | resignation | other


@dataclass(frozen=True, slots=True)
class CertificateStandingChanged:
    """A certificate was issued, suspended, resumed, revoked or checked."""

    certificate_id: int
    person_id: int
    on: date
    standing: str


@dataclass(frozen=True, slots=True)
class AgencyRenamed:
    """A body bears another name from a day on; papers of earlier days keep the old one."""

    agency_id: int
    valid_from: date
    name: str


@dataclass(frozen=True, slots=True)
class CertificateExpiring:
    """A certificate ends within the alert window; told once for each window."""

    certificate_id: int
    person_id: int
    agency_id: int
    valid_until: date
    alert_days: int
