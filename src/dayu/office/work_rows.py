"""From tasks to the rows of *My work*: how urgent in the law's own unit, which act, why, until when, one button."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from dayu.core import clock
from dayu.core.ui import parts
from dayu.core.ui.words import short_day
from dayu.law.calendar import Calendar
from dayu.office.work_list import Group, Horizon, working_days_since
from dayu.org.models.people import PostKey
from dayu.work.deadline_view import shown_deadline
from dayu.work.models import Task
from dayu.work.people import names_of, unit_names_of


def post_name(key: str) -> str:
    """A post in words: 承办人, 机关负责人."""
    return str(PostKey(key).label) if key in PostKey.values else key


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


@dataclass(slots=True)
class WorkGroup:
    """A group of lines with its number and the day it reaches to."""

    key: Group
    title: str
    count: int
    note: str = ""
    rows: list[WorkRow] = field(default_factory=list)
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


class RowMaker:
    """Builds rows for one page: one calendar, one moment, names read once."""

    def __init__(self, *, now: datetime, calendar: Calendar, with_holders: bool, tasks: Iterable[Task]):
        self.now, self.calendar, self.today = now, calendar, clock.legal_date(now)
        self.with_holders = with_holders
        known = list(tasks)
        self.names = names_of(t.holder_person_id for t in known)
        units = {t.holder_unit_id for t in known if t.holder_person_id is None}
        self.units = unit_names_of(units)

    def row(self, task: Task) -> WorkRow:
        """One line."""
        deadline = self._deadline(task)
        return WorkRow(
            id=task.pk,
            act=task.title,
            url=task.url,
            button=task.button or _("去办理"),
            deadline=deadline,
            matter_no=task.matter_no,
            matter_title=task.matter_title,
            why=(task.why or deadline.why).removeprefix(f"{self.today.year}-"),
            basis=tuple(_basis(task.basis)) or tuple(deadline.basis[:1]),
            due=task.due_at or task.due_on,
            arithmetic_url=reverse("office:deadline", args=[task.deadline_id]) if task.deadline_id else "",
            holder=self.holder(task) if self.with_holders else "",
            left_behind=task.to_be_reassigned,
        )

    def awaited(self, task: Task) -> Awaited:
        """One line of what others must do."""
        return Awaited(
            what=task.title,
            whom=self.holder(task),
            number=task.matter_no,
            url=task.url,
            days=working_days_since(task.held_since, today=self.today, calendar=self.calendar),
            since=task.held_since,
        )

    def holder(self, task: Task) -> str:
        """Whose turn it is: a name, or a post."""
        if task.holder_person_id is not None:
            return self.names.get(task.holder_person_id, "")
        post = post_name(task.holder_post)
        unit = self.units.get(task.holder_unit_id or 0, "")
        return f"{unit} {post}".strip()

    def _deadline(self, task: Task) -> parts.Deadline:
        blocks = task.manner == Task.WATCH
        if task.deadline is not None:
            return shown_deadline(task.deadline, now=self.now, calendar=self.calendar, waiting=blocks)
        if task.due_on is not None:
            return self._plain_day(task.due_on)
        days = working_days_since(task.held_since, today=self.today, calendar=self.calendar)
        return parts.Deadline(
            state="fine",
            label=_("今天送到") if days == 0 else _("已等 %(days)s 个工作日") % {"days": days},
        )

    def _plain_day(self, due: date) -> parts.Deadline:
        """A day that no limit of the law stands behind: counted in calendar days."""
        left = (due - self.today).days
        state: parts.State = "overdue" if left < 0 else "soon" if left <= 3 else "fine"
        return parts.Deadline(state=state, left=abs(left), unit="day", due=due)


def _basis(rows: Sequence[Mapping[str, Any]]) -> list[parts.Basis]:
    return [parts.Basis(str(b.get("text", "")), confirmation=str(b.get("confirmation", "V"))) for b in rows]


def titles(horizon: Horizon) -> dict[Group, tuple[str, str]]:
    """The heading and the note of each group."""
    return {
        "overdue": (_("逾期"), ""),
        "soon": (_("3 个工作日内"), _("至 %(day)s") % {"day": short_day(horizon.soon)}),
        "undated": (_("尽快办"), _("没有法定期限，先到先办")),
        "week": (
            _("下周内") if horizon.week_is_next else _("本周内"),
            _("至 %(day)s") % {"day": short_day(horizon.week)},
        ),
        "later": (_("以后"), ""),
    }
