"""Substances that changed after a passed review, because the collective discussion concluded otherwise.

A higher domain tells; the review page shows what differs and lets the reviewer confirm it once.

    @tells_change("cases.case")
    def change_after(review: LegalReview) -> ChangedSubstance | None: ...
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dayu.legal_review.models import LegalReview


@dataclass(frozen=True, slots=True)
class ChangedSubstance:
    """The substance that waits for a confirmation: its digest, the paper and the minutes that carry it, what differs.

    `ready` is false while the paper still has the old substance.
    """

    digest: str
    document: str
    discussion: str
    differences: tuple[tuple[str, str, str], ...]  # part, before, after
    ready: bool = True


Teller = Callable[[LegalReview], ChangedSubstance | None]
_tellers: dict[str, Teller] = {}


def tells_change(label: str) -> Callable[[Teller], Teller]:
    """Register who knows the matters of one kind."""

    def decorate(function: Teller) -> Teller:
        _tellers[label] = function
        return function

    return decorate


def change_after(review: LegalReview) -> ChangedSubstance | None:
    """What waits for a confirmation of this review, if anything does."""
    teller = _tellers.get(review.subject.partition(":")[0])
    if teller is None or not review.passed:
        return None
    change = teller(review)
    if change is None or change.digest == review.digest:
        return None
    confirmed = any(c.digest == change.digest for c in review.confirmations.all())
    return None if confirmed else change
