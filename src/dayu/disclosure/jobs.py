"""Hourly watch: the owner on the fourth working day, the head on the sixth, everybody once the limit passed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.utils.translation import gettext as _

from dayu.basis.selectors import parameter
from dayu.core.actors import SYSTEM
from dayu.core.audit import subject_key
from dayu.core.clock import legal_date
from dayu.core.jobs import every
from dayu.disclosure import facts
from dayu.disclosure.models import Publication, PublicationAlert
from dayu.disclosure.services import REVIEW, alert_about_publication, ask_for_review
from dayu.org.selectors import holders_of
from dayu.work.models import Task

LOOK_BACK_DAYS = 400


@every(minutes=60)
def watch_publications(*, now: datetime) -> None:
    """Send the alerts that are due and were not sent."""
    today = legal_date(now)
    rows = Publication.objects.open().filter(decided_on__gte=today - timedelta(days=LOOK_BACK_DAYS))
    for publication in rows.select_related("agency", "owner"):
        for level, text in _due_levels(publication, today):
            _send(publication, level, publication.due_on, text, today, now)
    waiting = Publication.objects.public().filter(withdraw_due_on__isnull=False).select_related("agency", "owner")
    for publication in waiting:
        text = _("决定已被变更或撤销，{due} 前撤回公示：{no}").format(due=publication.withdraw_due_on, no=publication.decision_no)
        _send(publication, "withdraw", publication.withdraw_due_on or today, text, today, now)


def _due_levels(publication: Publication, today: date) -> Iterator[tuple[str, str]]:
    """The alerts that are due today, by the working day since the limit began."""
    territory = publication.agency.territory_id
    begins = publication.decided_on
    if publication.served_on is not None and facts.publish_limit(territory, begins).due_on < publication.due_on:
        begins = publication.served_on
    passed = facts.working_days_between(territory, begins, today)
    no, due = publication.decision_no, publication.due_on
    if publication.served_on is None and today > due:
        return  # service comes first; it moves the limit
    if passed >= parameter("publication_owner_alert_day", territory, today).number:
        yield "owner", _("处罚决定尚未公示，期限 {due}：{no}").format(due=due, no=no)
    if passed >= parameter("publication_head_alert_day", territory, today).number:
        yield "head", _("处罚决定临近公示期限 {due}，仍未公示：{no}").format(due=due, no=no)
    if today > due:
        yield "late", _("处罚决定已逾期未公示，期限 {due}：{no}").format(due=due, no=no)


def _send(publication: Publication, level: str, due_on: date, text: str, today: date, now: datetime) -> None:
    if PublicationAlert.objects.filter(publication=publication, level=level, due_on=due_on).exists():
        return
    people = _whom(publication, level, today)
    alert_about_publication(
        publication, actor=SYSTEM, moment=now, level=level, due_on=due_on, text=text, person_ids=sorted(people)
    )


def _whom(publication: Publication, level: str, today: date) -> set[int]:
    """The owner, the head, or both. Who holds the task is reminded with the task."""
    people: set[int] = set()
    if level != "owner":
        people |= set(holders_of("agency_head", agency=publication.agency_id, on=today).values_list("pk", flat=True))
    if level != "head" and publication.owner_id is not None:
        people.add(publication.owner_id)
    if not people:
        keys = ("disclosure_officer", "agency_head")
        people |= set(holders_of(*keys, agency=publication.agency_id, on=today).values_list("pk", flat=True))
    return people


@every(minutes=720)
def ask_for_reviews(*, now: datetime) -> None:
    """What was withheld is looked at again on its review day."""
    today = legal_date(now)
    rows = Publication.objects.filter(withheld_on__isnull=False, review_on__lte=today, released_on=None)
    for publication in rows.select_related("agency", "owner", "case"):
        if not Task.objects.open().filter(subject=subject_key(publication), act=REVIEW).exists():
            ask_for_review(publication, actor=SYSTEM, moment=now)
