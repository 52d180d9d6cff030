"""What the inspections domain tells others."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CheckConcluded:
    """An on-site check ended."""

    check_id: int
    result: str
    lead_id: int | None
