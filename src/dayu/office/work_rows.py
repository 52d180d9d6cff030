"""From what waits to the lines of *My work*: how urgent in the law's own unit, which act, why, until when, one button."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from dayu.core import clock
from dayu.core.ui import parts
from dayu.core.ui.words import short_day
from dayu.law.calendar import Calendar
from dayu.work.models import Task
from dayu.work.selectors import LATER, OVERDUE, SOON, UNDATED, TaskGroup, TaskRow

LATER_SHOWN = 10


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One line of *My work*."""

    id: int
    act: str
    url: str
    button: str
    deadline: parts.Deadline
    matter_no: str = ""
    matter_title: str = ""
    why: str = ""
    basis: Sequence[Any] = ()
    due: date | datetime | None = None
    arithmetic_url: str = ""
    holder: str = ""
    primary: bool = False
    left_behind: bool = False


@dataclass(frozen=True, slots=True)
class WorkGroup:
    """A group of lines with its number and the day it reaches to."""

    key: str
    title: str
    count: int
    note: str
    rows: list[WorkRow]
    url: str = ""

    @property
    def hidden(self) -> int:
        """How many lines are not shown here."""
        return max(0, self.count - len(self.rows))


@dataclass(frozen=True, slots=True)
class Awaited:
    """What somebody else must do: what, who, since when."""

    what: str
    whom: str
    number: str
    url: str
    days: int
    since: datetime


def group_lines(
    groups: Sequence[TaskGroup], *, now: datetime, calendar: Calendar, with_holders: bool, url: str
) -> list[WorkGroup]:
    """The groups as the page shows them; the most urgent lawful act gets the one filled button."""
    today = clock.legal_date(now)
    shown = [
        WorkGroup(
            g.key,
            str(g.label),
            g.count,
            _note(g.key, today, calendar),
            [line(r, now=now, calendar=calendar, with_holder=with_holders) for r in _some(g)],
            f"{url}&group={g.key}",
        )
        for g in groups
    ]
    for group in shown:
        for i, row in enumerate(group.rows):
            if row.deadline.state != "blocked":
                group.rows[i] = replace(row, primary=True)
                return shown
    return shown


def line(row: TaskRow, *, now: datetime, calendar: Calendar, with_holder: bool) -> WorkRow:
    """One line."""
    task, today = row.task, clock.legal_date(now)
    deadline = row.deadline or _without_limit(task, today, calendar)
    return WorkRow(
        id=task.pk,
        act=task.title,
        url=task.url,
        button=task.button or _("去办理"),
        deadline=deadline,
        matter_no=task.matter_no,
        matter_title=task.matter_title,
        why=(task.why or deadline.why).removeprefix(f"{today.year}-"),
        basis=tuple(_basis(task)) or tuple(deadline.basis[:1]),
        due=task.due_at or task.due_on,
        arithmetic_url=reverse("office:deadline", args=[task.deadline_id]) if task.deadline_id else "",
        holder=row.holder_words if with_holder else "",
        left_behind=row.to_be_reassigned,
    )


def awaited_line(row: TaskRow, *, now: datetime, calendar: Calendar) -> Awaited:
    """What somebody else must do."""
    task = row.task
    return Awaited(
        what=task.title,
        whom=row.holder_words,
        number=task.matter_no,
        url=task.url,
        days=working_days_since(task.held_since, today=clock.legal_date(now), calendar=calendar),
        since=task.held_since,
    )


def working_days_since(moment: datetime, *, today: date, calendar: Calendar) -> int:
    """How many working days something has waited."""
    return max(0, calendar.working_days(clock.legal_date(moment), today))


def waited_words(moment: datetime, *, today: date, calendar: Calendar) -> str:
    """今天送到, 已等 3 个工作日."""
    days = working_days_since(moment, today=today, calendar=calendar)
    return _("今天送到") if days == 0 else _("已等 %(days)s 个工作日") % {"days": days}


def _some(group: TaskGroup) -> Sequence[TaskRow]:
    """What is far away is only begun here."""
    return group.rows[:LATER_SHOWN] if group.key == LATER else group.rows


def _note(key: str, today: date, calendar: Calendar) -> str:
    if key == SOON:
        return _("至 %(day)s") % {"day": short_day(calendar.working_day_after(today, 3))}
    if key == UNDATED:
        return _("没有法定期限，先到先办")
    if key == OVERDUE:
        return _("逾期的期限已提醒负责人")
    return ""


def _without_limit(task: Task, today: date, calendar: Calendar) -> parts.Deadline:
    """A task that no limit of the law stands behind: a plain day, or how long it has waited."""
    if task.due_on is None:
        return parts.Deadline(state="fine", label=waited_words(task.held_since, today=today, calendar=calendar))
    left = (task.due_on - today).days
    state: parts.State = "overdue" if left < 0 else "soon" if left <= 3 else "fine"
    return parts.Deadline(state=state, left=abs(left), unit="day", due=task.due_on)


def _basis(task: Task) -> list[parts.Basis]:
    return [parts.Basis(str(b.get("text", "")), confirmation=str(b.get("confirmation", "V"))) for b in task.basis]
