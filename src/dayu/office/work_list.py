"""What waits on whom, for *My work* and the approvals inbox: filters over open tasks, and the days that part the groups."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from django.db.models import Case, Count, F, IntegerField, Q, QuerySet, Value, When

from dayu.core import clock
from dayu.core.actors import Actor
from dayu.law.calendar import Calendar
from dayu.org.models import DutyShift, Person
from dayu.work.holders import held_directly
from dayu.work.models import ApprovalRequest, Task
from dayu.work.policies import DEPUTISED_POSTS, delegations_on
from dayu.work.services.approval_rows import CONFIRM, SIGN

Scope = Literal["own", "unit", "organ"]
Group = Literal["overdue", "soon", "undated", "week", "later"]

GROUPS: tuple[Group, ...] = ("overdue", "soon", "undated", "week", "later")
SIGNATURES = (SIGN, CONFIRM)
SOON_WORKING_DAYS = 3


@dataclass(frozen=True, slots=True)
class Horizon:
    """The days that part the groups of a work list: today, the third working day, and a Sunday."""

    today: date
    soon: date
    week: date

    @property
    def week_is_next(self) -> bool:
        """Whether the week group ends with the coming week, because the three working days reach over this one."""
        return self.week > self.today + timedelta(days=6 - self.today.weekday())

    def group_of(self, task: Task, now: datetime) -> Group:
        """Where a task stands."""
        if task.due_on is None:
            return "undated"
        if task.due_on < self.today or (task.due_at is not None and task.due_at < now):
            return "overdue"
        if task.due_on <= self.soon:
            return "soon"
        return "week" if task.due_on <= self.week else "later"

    def filter_of(self, group: Group, now: datetime) -> Q:
        """The tasks of a group."""
        late = Q(due_on__lt=self.today) | Q(due_at__lt=now)
        return {
            "overdue": late,
            "soon": Q(due_on__gte=self.today, due_on__lte=self.soon) & (Q(due_at=None) | Q(due_at__gte=now)),
            "undated": Q(due_on=None),
            "week": Q(due_on__gt=self.soon, due_on__lte=self.week),
            "later": Q(due_on__gt=self.week),
        }[group]


def horizon(today: date, calendar: Calendar) -> Horizon:
    """Three working days, then to the end of this week or, where those reach over it, of the next."""
    soon = calendar.working_day_after(today, SOON_WORKING_DAYS)
    week = today + timedelta(days=6 - today.weekday())
    return Horizon(today, soon, week if soon < week else week + timedelta(days=7))


def held_by(actor: Actor, *, on: date) -> Q:
    """Tasks that the actor may do himself: his own, those of his posts, and those he stands in for today."""
    held = held_directly(actor)
    if actor.person_id is None:
        return held
    for row in delegations_on(on).filter(delegate_id=actor.person_id):
        theirs = Q(holder_person_id=row.principal_id, organ_id=row.organ_id)
        held |= theirs & Q(act__in=row.acts) if row.acts else theirs
    on_duty = DutyShift.objects.filter(
        agency_id=actor.organ_id, day=on, role="deputy_approver", person_id=actor.person_id
    )
    if on_duty.exists():
        held |= Q(organ_id=actor.organ_id, holder_person_id=None, holder_post__in=DEPUTISED_POSTS, act=SIGN)
    return held


def open_tasks(actor: Actor, scope: Scope, *, on: date) -> QuerySet[Task]:
    """Open tasks of a scope: one's own, one's unit's, one's organ's."""
    tasks = Task.objects.visible_to(actor).open()
    if scope == "own":
        return tasks.filter(held_by(actor, on=on))
    if scope == "unit":
        members = Person.objects.filter(unit_id=actor.unit_id, agency_id=actor.organ_id).values("pk")
        return tasks.filter(Q(holder_unit_id=actor.unit_id) | Q(holder_person_id__in=members))
    return tasks


def dated(tasks: QuerySet[Task], *, limit: int) -> list[Task]:
    """The most urgent ones that have a last day."""
    return list(tasks.exclude(due_on=None).select_related("deadline").order_by("due_on", "id")[:limit])


def undated_and_awaited(tasks: QuerySet[Task], actor: Actor, *, limit: int) -> tuple[list[Task], list[Task]]:
    """Tasks of the scope without a last day, and those of others that the actor waits for, oldest first: one statement."""
    mine = Q(pk__in=tasks.filter(due_on=None).values("pk"))
    awaited = Q(awaited_by_id=actor.person_id) if actor.person_id is not None else Q(pk__in=[])
    rows = (
        Task.objects.visible_to(actor)
        .open()
        .filter(mine | awaited)
        .annotate(in_scope=Case(When(mine, then=Value(1)), default=Value(0), output_field=IntegerField()))
        .select_related("deadline")
        .order_by("held_since", "id")[:limit]
    )
    found = list(rows)
    own = [t for t in found if t.in_scope]
    return own, [t for t in found if not t.in_scope and t.holder_person_id != actor.person_id]


def count_by_group(tasks: QuerySet[Task], horizon: Horizon, now: datetime) -> dict[Group, int]:
    """How many tasks of a scope stand in each group: one statement."""
    counts = {group: Count("pk", filter=horizon.filter_of(group, now)) for group in GROUPS}
    answer = tasks.order_by().aggregate(**counts)
    return {group: answer[group] for group in GROUPS}


def waiting_signatures(actor: Actor, *, on: date) -> QuerySet[Task]:
    """What waits for the actor's signature, the oldest first."""
    return (
        Task.objects.visible_to(actor)
        .open()
        .filter(held_by(actor, on=on), act__in=SIGNATURES)
        .select_related("deadline")
        .order_by(F("due_on").asc(nulls_last=True), "held_since", "id")
    )


def requests_of(tasks: list[Task]) -> dict[int, ApprovalRequest]:
    """The approval requests behind signature tasks, by task id."""
    ids = {t.pk: int(t.subject.rsplit(":", 1)[-1]) for t in tasks}
    found = ApprovalRequest.objects.in_bulk(set(ids.values()))
    return {task_id: found[request_id] for task_id, request_id in ids.items() if request_id in found}


def working_days_since(moment: datetime, *, today: date, calendar: Calendar) -> int:
    """How many working days something has waited."""
    return max(0, calendar.working_days(clock.legal_date(moment), today))
