"""The clock of a review: five working days (a territory may set fewer), standing still while a supplement is awaited."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from dayu.core import clock
from dayu.law.citations import cite
from dayu.legal_review.models import LegalReview
from dayu.org.selectors import holders_of
from dayu.work.holders import Holder
from dayu.work.models import RunningDeadline
from dayu.work.services import close_tasks_of, end_deadlines_of, open_task, start_deadline

LIMIT = "legal_review"
REVIEW_FIRST = cite("penalty-law", 58, 1, anchor="法制审核")
DAY = timedelta(days=1)


def let_run(review: LegalReview, *, moment: datetime) -> RunningDeadline:
    """Start the clock, or let it go on after supplements: the days between asking and answering do not count."""
    running = start_deadline(
        review,
        LIMIT,
        starts=clock.legal_date(review.submitted_at),
        organ_id=review.reviewing_agency_id,
        territory=review.territory,
        related=review.subject,
        title=_("法制审核"),
        start_event=_("收到送审材料"),
        exclusions=list(_pauses(review)),
        responsible_person_id=review.reviewer_id,
        responsible_unit_id=review.reviewing_unit_id,
        url=page_of(review),
        moment=moment,
    )
    wait_on_review_body(review, running, moment=moment)
    return running


def stand_still(review: LegalReview, *, moment: datetime) -> None:
    """Nothing runs while the handler owes a supplement."""
    end_deadlines_of(review, moment=moment, limit_keys=[LIMIT], how="void")
    close_tasks_of(review, moment=moment)


def finish(review: LegalReview, *, moment: datetime) -> None:
    """The review needs nothing more."""
    end_deadlines_of(review, moment=moment, limit_keys=[LIMIT])
    close_tasks_of(review, moment=moment)


def wait_on_review_body(review: LegalReview, running: RunningDeadline | None, *, moment: datetime) -> None:
    """Put the review before its reviewer, or before whoever assigns."""
    close_tasks_of(review, moment=moment)
    if review.reviewer_id is not None:
        holder, act = (
            Holder(person_id=review.reviewer_id, unit_id=review.reviewing_unit_id),
            "legal_review.conclude_review",
        )
        title, button = _("法制审核"), _("去审核")
    else:
        holder, act = (
            Holder(unit_id=review.reviewing_unit_id, post=_assigner(review, moment)),
            "legal_review.assign_reviewer",
        )
        title, button = _("分办法制审核"), _("去分办")
    open_task(
        review,
        act,
        title=title,
        button=button,
        holder=holder,
        organ_id=review.reviewing_agency_id,
        territory=review.territory,
        url=page_of(review),
        related=review.subject,
        matter_no=review.matter_no,
        matter_title=review.matter_title,
        why=_("%(name)s 送审") % {"name": review.submitted_by.name},
        basis=[REVIEW_FIRST],
        deadline=running,
        awaited_by_id=review.submitted_by_id,
        moment=moment,
    )


def running_clock(review: LegalReview) -> RunningDeadline | None:
    """The open deadline of the review, if it runs."""
    return (
        RunningDeadline.objects.open().filter(subject=f"legal_review.legalreview:{review.pk}", limit_key=LIMIT).first()
    )


def page_of(review: LegalReview) -> str:
    """The page of a review."""
    return f"/legal-review/{review.pk}/"


def _pauses(review: LegalReview) -> list[tuple[date, date]]:
    found = []
    for supplement in review.supplements.exclude(answered_at=None):
        asked, answered = clock.legal_date(supplement.asked_at), clock.legal_date(supplement.answered_at)
        if answered > asked:
            found.append((asked + DAY, answered))
    return found


def _assigner(review: LegalReview, moment: datetime) -> str:
    heads = holders_of("review_head", agency=review.reviewing_agency_id, on=clock.legal_date(moment))
    return "review_head" if heads.exists() else "legal_reviewer"
