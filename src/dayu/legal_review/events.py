"""What legal review tells higher domains."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class ReviewSubmitted:
    """A draft lies with the review body."""

    review_id: int
    subject: str
    party: str
    document: str
    digest: str
    submitted_at: datetime


@dataclass(frozen=True, slots=True)
class ReviewPassed:
    """The opinion is "pass" on exactly this substance."""

    review_id: int
    subject: str
    party: str
    document: str
    digest: str
    concluded_at: datetime


@dataclass(frozen=True, slots=True)
class ReviewNotPassed:
    """The opinion is anything but a pass: supplement, correct, not_within_power, no_penalty, transfer."""

    review_id: int
    subject: str
    party: str
    document: str
    digest: str
    conclusion: str
    opinion: str
    concluded_at: datetime


@dataclass(frozen=True, slots=True)
class ReviewConfirmed:
    """A substance that the collective discussion changed was confirmed by the reviewer."""

    review_id: int
    subject: str
    party: str
    document: str
    digest: str
    confirmed_at: datetime


@dataclass(frozen=True, slots=True)
class ReviewWithdrawn:
    """The handler took the submission back."""

    review_id: int
    subject: str
    party: str
    digest: str
    withdrawn_at: datetime


@dataclass(frozen=True, slots=True)
class SupplementAsked:
    """The reviewer asked for more; the review's clock stands still."""

    review_id: int
    subject: str
    party: str
    asked_for: str
    asked_at: datetime
