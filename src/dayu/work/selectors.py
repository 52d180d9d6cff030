"""Reads of the work domain: what waits on whom (my work), the approvals inbox, deadlines of a matter, the bell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any

from django.db import connection
from django.db.models import Case, CharField, Count, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.expressions import RawSQL
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dayu.basis.selectors import profiles
from dayu.core import clock
from dayu.core.actors import Actor
from dayu.core.audit import subject_key
from dayu.core.statements import finished_columns, finished_text
from dayu.core.ui.parts import Deadline as DeadlinePart
from dayu.law.calendar import Calendar
from dayu.law.deadlines import Profiles
from dayu.org.models import DutyShift, OrgUnit, Person
from dayu.org.models.people import post_name
from dayu.work.calendars import calendar_for
from dayu.work.deadline_view import SOON_DAYS, shown_deadline
from dayu.work.models import ApprovalRequest, ApprovalStep, Delegation, Notification, RunningDeadline, Task
from dayu.work.models.tasks import NO_DAY
from dayu.work.policies import DEPUTISED_POSTS

MINE, UNIT, AGENCY = "mine", "unit", "agency"
SIGNING_ACTS = ("work.sign", "work.confirm_phone")
OVERDUE, SOON, UNDATED, WEEK, LATER = "overdue", "soon", "undated", "week", "later"
GROUPS: dict[str, str | Promise] = {
    OVERDUE: _("逾期"),
    SOON: _("三天内"),
    UNDATED: _("尽快办"),
    WEEK: _("七天内"),
    LATER: _("以后"),
}
PAGE = 100
MOST_WAITING = 50


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One line of my work. What waits on others carries no deadline: it is theirs."""

    task: Task
    group: str
    deadline: DeadlinePart | None
    holder_words: str

    @property
    def to_be_reassigned(self) -> bool:
        """待重新指派."""
        return self.task.to_be_reassigned


@dataclass(frozen=True, slots=True)
class TaskGroup:
    """Lines that are equally urgent; `count` is how many there are in all, also beyond this page."""

    key: str
    label: str | Promise
    count: int
    rows: Sequence[TaskRow]


@dataclass(frozen=True, slots=True)
class Work:
    """What waits: on the actor by urgency, and on others for the actor. `next_key` asks for the next page."""

    groups: Sequence[TaskGroup]
    waiting: Sequence[TaskRow]
    waiting_count: int
    next_key: str
    today: date
    is_working_day: bool

    @property
    def count(self) -> int:
        """How many tasks wait on the actor."""
        return sum(g.count for g in self.groups)

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits on anybody."""
        return self.count == 0 and not self.waiting


def work_of(
    actor: Actor, scope: str = MINE, *, now: datetime, after: str = "", limit: int = PAGE, group: str = ""
) -> Work:
    """My work in at most four statements: the page of lines, the counts, what others hold, and the calendar's version.

    `scope` is `mine`, `unit` or `agency`; `after` a `next_key`; `group` narrows to one urgency.
    """
    today = clock.legal_date(now)
    calendar = calendar_for(actor.territory)
    edges = _edges(today, calendar)
    held = Task.objects.open().filter(_in_scope(actor, scope, today))
    counts = _counts(held, edges)
    page = _with_holder_names(held.filter(_group_filter(group, edges)) if group else held)
    if after:
        day, pk = after.split("~")
        page = page.filter(Q(order_on__gt=day) | Q(order_on=day, pk__gt=int(pk)))
    rows = list(page.select_related("deadline").order_by("order_on", "id")[: limit + 1])
    more, rows = len(rows) > limit, rows[:limit]
    known = cache(profiles)
    shown = [_row(t, now, calendar, edges, known) for t in rows]
    waiting = [] if after or group else list(_waiting(actor, scope, today)[: MOST_WAITING + 1])
    return Work(
        groups=[
            TaskGroup(key, label, counts[key], [r for r in shown if r.group == key])
            for key, label in GROUPS.items()
            if counts[key] and (not group or group == key)
        ],
        waiting=[TaskRow(t, _group_of(t.order_on, edges), None, holder_words(t)) for t in waiting[:MOST_WAITING]],
        waiting_count=len(waiting),
        next_key=f"{rows[-1].order_on.isoformat()}~{rows[-1].pk}" if more else "",
        today=today,
        is_working_day=calendar.is_working_day(today),
    )


def tasks_of(target: object) -> QuerySet[Task]:
    """Open tasks of a matter (a case, a lead), the most urgent first, with the names of their holders."""
    found = Task.objects.open().filter(related=subject_key(target))
    return _with_holder_names(found).select_related("deadline").order_by("order_on", "id")


def deadlines_of(
    target: object, *, now: datetime, territory: str = "", with_ended: bool = False
) -> list[tuple[RunningDeadline, DeadlinePart]]:
    """The deadlines of a matter as the page shows them, the nearest first."""
    found = RunningDeadline.objects.filter(Q(related=subject_key(target)) | Q(subject=subject_key(target)))
    if not with_ended:
        found = found.open()
    calendar = calendar_for(territory)
    rows = found.prefetch_related("changes").order_by("due_on", "id")
    known = cache(profiles)
    return [(r, shown_deadline(r, now=now, calendar=calendar, known=known)) for r in rows]


@dataclass(frozen=True, slots=True)
class InboxRow:
    """One request that waits for the actor's signature."""

    request: ApprovalRequest
    task: Task
    position: int
    confirms_phone: bool


def approvals_inbox(actor: Actor, *, now: datetime, limit: int = PAGE) -> list[InboxRow]:
    """Requests that wait for the actor (or for whom the actor stands in for), oldest first, in two statements."""
    today = clock.legal_date(now)
    waiting = Task.objects.open().filter(_in_scope(actor, MINE, today), act__in=SIGNING_ACTS)
    tasks = list(waiting.order_by("held_since", "id")[:limit])
    requests = ApprovalRequest.objects.in_bulk([_pk_of(t.subject) for t in tasks])
    return [InboxRow(requests[_pk_of(t.subject)], t, int(t.slot), t.act == "work.confirm_phone") for t in tasks]


def approvals_asked_by(actor: Actor, *, limit: int = PAGE, before: int | None = None) -> list[ApprovalRequest]:
    """What the actor asked for, newest first; `before` is the id that the next page starts below."""
    found = ApprovalRequest.objects.filter(requested_by_id=actor.person_id)
    if before is not None:
        found = found.filter(pk__lt=before)
    return list(found.order_by("-id")[:limit])


def approvals_signed_by(actor: Actor, *, limit: int = PAGE, before: int | None = None) -> list[ApprovalRequest]:
    """What the actor signed, returned or refused, newest first."""
    found = ApprovalRequest.objects.filter(marks__person_id=actor.person_id).exclude(requested_by_id=actor.person_id)
    if before is not None:
        found = found.filter(pk__lt=before)
    return list(found.order_by("-id").distinct()[:limit])


def approvals_of(target: object) -> QuerySet[ApprovalRequest]:
    """Approvals of a matter, newest first, with steps and marks."""
    key = subject_key(target)
    found = ApprovalRequest.objects.filter(Q(related=key) | Q(subject=key))
    return found.prefetch_related("steps", "marks").order_by("-id")


def unread_count(actor: Actor) -> int:
    """How many notifications the bell shows."""
    if actor.person_id is None:
        return 0
    return Notification.objects.filter(person_id=actor.person_id, read_at=None).count()


def notifications_of(actor: Actor, *, limit: int = PAGE, before: int | None = None) -> list[Notification]:
    """One's own notifications, newest first, with their text messages."""
    found = Notification.objects.visible_to(actor)
    if before is not None:
        found = found.filter(pk__lt=before)
    return list(found.prefetch_related("messages").order_by("-id")[:limit])


def tasks_held_by(actor: Actor, *, on: date) -> QuerySet[Task]:
    """Open tasks that wait on the actor, or on whom he stands in for. Also the purposes that open protected fields."""
    return Task.objects.open().filter(_in_scope(actor, MINE, on))


def step_words(step: ApprovalStep) -> str:
    """机关负责人; the label of a step, or of its post."""
    return step.label or post_name(step.holder_post)


def holder_words(task: Task) -> str:
    """Whom a task waits on, for a task that carries its names: 李某, or 水政监察大队 承办机构负责人."""
    if task.holder_person_id is not None:
        return getattr(task, "holder_name", None) or ""
    unit = getattr(task, "unit_name", None) or ""
    return f"{unit} {post_name(task.holder_post)}".strip()


def _pk_of(key: str) -> int:
    return int(key.rsplit(":", 1)[1])


def _in_scope(actor: Actor, scope: str, today: date) -> Q:
    if scope == AGENCY:
        return Q(organ_id=actor.organ_id) if actor.organ_id is not None else Q(pk__in=[])
    if scope == UNIT:
        return Q(holder_unit_id=actor.unit_id) if actor.unit_id is not None else Q(pk__in=[])
    if scope != MINE:
        raise ValueError(f"unknown scope {scope!r}")
    held = _held_text(connection.vendor, actor, today)
    return Q(pk__in=[]) if held is None else Q(pk__in=RawSQL(*held))  # noqa: S611 - compiled, never typed


@lru_cache(maxsize=512)
def _held_text(vendor: str, actor: Actor, today: date) -> tuple[str, tuple[Any, ...]] | None:
    """The statement of `_held_ids`, made once for each actor and day."""
    return finished_text(_held_ids(actor, today))


def _held_ids(actor: Actor, today: date) -> QuerySet[Task, Any]:
    """Ids of what waits on the actor, his posts, and those he stands in for.

    A union of plain lookups, each with its own index: one condition of several alternatives would read every open task.
    """
    branches = [Task.objects.open().filter(way) for way in (*_own(actor), *_delegated(actor, today), *_on_duty(actor, today))]
    if not branches:
        return Task.objects.none().values("pk")
    first, *others = [branch.order_by().values("pk") for branch in branches]
    return first.union(*others, all=True) if others else first


def _own(actor: Actor) -> Iterator[Q]:
    """What he holds himself, and what waits on his posts in his unit or in the organ."""
    if actor.person_id is not None:
        yield Q(holder_person_id=actor.person_id)
    if actor.posts and actor.organ_id is not None:
        by_post = Q(holder_person_id=None, holder_post__in=sorted(actor.posts), organ_id=actor.organ_id)
        yield by_post & (Q(holder_unit_id=None) | Q(holder_unit_id=actor.unit_id))


def _delegated(actor: Actor, today: date) -> Iterator[Q]:
    """What waits on somebody who delegated to the actor for today."""
    if actor.person_id is None:
        return
    now = Delegation.objects.filter(
        delegate_id=actor.person_id, valid_from__lte=today, valid_until__gte=today, revoked_at=None
    )
    yield Q(holder_person_id__in=now.filter(covers=Delegation.ALL).values("principal_id"))
    signing = now.filter(covers=Delegation.SIGNING).values("principal_id")
    yield Q(holder_person_id__in=signing, act__in=SIGNING_ACTS)


def _on_duty(actor: Actor, today: date) -> Iterator[Q]:
    """Signatures that wait on a head whom the actor stands in for by the duty roster."""
    if actor.person_id is None:
        return
    shifts = DutyShift.objects.filter(day=today, role="deputy_approver", person_id=actor.person_id)
    yield Q(
        organ_id__in=shifts.values("agency_id"),
        holder_person_id=None,
        holder_post__in=DEPUTISED_POSTS,
        act__in=SIGNING_ACTS,
    )


def _waiting(actor: Actor, scope: str, today: date) -> QuerySet[Task]:
    """What others must do first, the longest wait first."""
    if scope == MINE:
        awaited = Q(awaited_by_id=actor.person_id) if actor.person_id is not None else Q(pk__in=[])
    elif scope == UNIT:
        awaited = Q(awaited_by_unit_id=actor.unit_id) if actor.unit_id is not None else Q(pk__in=[])
    else:
        return Task.objects.none()  # within the organ everything that waits is in the list itself
    found = Task.objects.open().filter(awaited).exclude(_in_scope(actor, scope, today))
    return _with_holder_names(found).order_by("held_since", "id")


def _edges(today: date, calendar: Calendar) -> tuple[date, date, date]:
    """Today, the last day of "within three days" (working days), and of "within seven days"."""
    near = calendar.working_day_after(today, SOON_DAYS)
    return today, near, max(near, today + timedelta(days=7))


def _group_filter(group: str, edges: tuple[date, date, date]) -> Q:
    today, near, week = edges
    return {
        OVERDUE: Q(order_on__lt=today),
        SOON: Q(order_on__gte=today, order_on__lte=near),
        WEEK: Q(order_on__gt=near, order_on__lte=week),
        LATER: Q(order_on__gt=week, order_on__lt=NO_DAY),
        UNDATED: Q(order_on=NO_DAY),
    }[group]


def _group_of(day: date, edges: tuple[date, date, date]) -> str:
    today, near, week = edges
    if day == NO_DAY:
        return UNDATED
    if day < today:
        return OVERDUE
    if day <= near:
        return SOON
    return WEEK if day <= week else LATER


def _counts(tasks: QuerySet[Task], edges: tuple[date, date, date]) -> dict[str, int]:
    """How many there are of each urgency: counted by day from the index, so that the rows themselves are not read."""
    counts = dict.fromkeys(GROUPS, 0)
    for day, number in tasks.order_by().values_list("order_on").annotate(n=Count("pk")):
        counts[_group_of(day, edges)] += number
    return counts


def _with_holder_names(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Names come along in the same statement; the page shows a bounded number of rows."""
    return tasks.annotate(**_name_columns(connection.vendor))


@lru_cache(maxsize=4)
def _name_columns(vendor: str) -> dict[str, Any]:
    """Of the holder, the unit, and of who left: finished text."""
    person = Person.objects.filter(pk=OuterRef("holder_person_id")).values("name")[:1]
    unit = OrgUnit.objects.filter(pk=OuterRef("holder_unit_id")).values("name")[:1]
    left = Person.objects.filter(pk=OuterRef("left_person_id")).values("name")[:1]
    held_by_post, has_left = Q(holder_person_id=None), Q(left_person_id__isnull=False)
    columns = {
        "holder_name": Subquery(person),
        "unit_name": Case(When(held_by_post, then=Subquery(unit)), default=Value(None), output_field=CharField()),
        "left_name": Case(When(has_left, then=Subquery(left)), default=Value(None), output_field=CharField()),
    }
    return finished_columns(Task.objects.all(), columns)


def _row(
    task: Task, now: datetime, calendar: Calendar, edges: tuple[date, date, date], known: Profiles
) -> TaskRow:
    shown = None
    if task.deadline is not None:
        shown = shown_deadline(
            task.deadline, now=now, calendar=calendar, waiting=task.manner == Task.WATCH, with_changes=False, known=known
        )
    return TaskRow(task, _group_of(task.order_on, edges), shown, holder_words(task))
