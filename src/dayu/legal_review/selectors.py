"""Reads of legal review: queues, one review with everything its page shows, and the answer "is it passed?"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from dayu.core.actors import Actor
from dayu.legal_review.definitions import Point, points
from dayu.legal_review.facts import is_passed_on, premarked_bad
from dayu.legal_review.models import LegalReview, ReviewPoint, ScopeAnswer


def passed_review(subject: str, party: str, digest: str) -> LegalReview | None:
    """The review that lets exactly this substance through, if there is one."""
    rows = LegalReview.objects.of(subject, party).filter(conclusion="pass").prefetch_related("confirmations")
    return next((r for r in rows.order_by("-id") if is_passed_on(r, digest)), None)


def reviews_of(subject: str, *, actor: Actor) -> QuerySet[LegalReview]:
    """All submissions of a matter, newest first."""
    return LegalReview.objects.visible_to(actor).filter(subject=subject).select_related("reviewer", "submitted_by")


def queue_of(actor: Actor, *, which: str = "open") -> QuerySet[LegalReview]:
    """What lies with the review body (`open`), with the actor (`mine`), was asked for more (`waiting`), or is over."""
    rows = LegalReview.objects.visible_to(actor).select_related("reviewer", "submitted_by", "organ")
    if which == "over":
        return rows.exclude(concluded_at=None, withdrawn_at=None)
    rows = rows.open()
    if which == "mine":
        return rows.filter(reviewer_id=actor.person_id)
    if which == "waiting":
        return rows.filter(supplements__answered_at=None, supplements__isnull=False)
    return rows


def sampled_answers(actor: Actor) -> QuerySet[ScopeAnswer]:
    """Answers "no" that the review body looks at again."""
    return ScopeAnswer.objects.filter(organ_id=actor.organ_id, sampled=True).select_related("answered_by")


@dataclass(frozen=True, slots=True)
class PointRow:
    """One line of the checklist: the point, what the system knows of it, and the reviewer's answer."""

    point: Point
    premarks: Sequence[Mapping[str, str]]
    answer: ReviewPoint | None
    is_red: bool

    @property
    def mark(self) -> str:
        """The shape beside it: overdue (red), soon (to be looked at), fine, waiting (nobody judged)."""
        if self.is_red:
            return "overdue"
        if self.answer is None:
            return "soon" if any(m["state"] == "soon" for m in self.premarks) else "waiting"
        return "fine"


def checklist(review: LegalReview) -> list[PointRow]:
    """The nine points in order."""
    answers = {a.key: a for a in review.points.all()}
    rows = []
    for key, point in points().items():
        answer = answers.get(key)
        marks = [m for m in review.premarks if m["point"] == key]
        overruled = answer is not None and bool(answer.ground.strip())
        red = (premarked_bad(review, key) or (answer is not None and answer.answer == "problem")) and not overruled
        rows.append(PointRow(point, marks, answer, red))
    return rows
