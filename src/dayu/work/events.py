"""What the work domain tells others: how approvals ended, and deadlines that passed or moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ApprovalGranted:
    """Every signer agreed to `digest`. `by_phone` while a signature still follows."""

    request_id: int
    flow_key: str
    subject: str
    related: str
    digest: str
    granted_by_id: int | None
    granted_by_name: str
    by_phone: bool = False


@dataclass(frozen=True, slots=True)
class ApprovalReturned:
    """A signer sent the request back to the one who asked."""

    request_id: int
    flow_key: str
    subject: str
    related: str
    digest: str
    returned_by_id: int | None
    returned_by_name: str
    words: str


@dataclass(frozen=True, slots=True)
class ApprovalRefused:
    """The request ended without agreement. `disowned` when an approval noted by telephone was denied afterwards."""

    request_id: int
    flow_key: str
    subject: str
    related: str
    digest: str
    refused_by_id: int | None
    refused_by_name: str
    words: str
    disowned: bool = False


@dataclass(frozen=True, slots=True)
class ApprovalDropped:
    """The requester gave the request up."""

    request_id: int
    flow_key: str
    subject: str
    related: str
    words: str


@dataclass(frozen=True, slots=True)
class DeadlineMoved:
    """The last day of a running deadline changed."""

    deadline_id: int
    subject: str
    related: str
    limit_key: str
    due_before: date
    due_after: date
    why: str


@dataclass(frozen=True, slots=True)
class DeadlinePassed:
    """A deadline ran out and nobody ended it before."""

    deadline_id: int
    subject: str
    related: str
    limit_key: str
    due_on: date
