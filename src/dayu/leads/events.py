"""What the leads domain tells others."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LeadRegistered:
    """A lead came in."""

    lead_id: int
    source: str


@dataclass(frozen=True, slots=True)
class LeadVerified:
    """The verification is finished; `all_met` when every condition of filing is."""

    lead_id: int
    all_met: bool


@dataclass(frozen=True, slots=True)
class LeadDisposed:
    """A lead ended: filed, declined, transferred, joined, invalid."""

    lead_id: int
    disposal: str
    target: str
