"""A running deadline as the pages show it: what is left in the law's own unit, why, and the arithmetic day by day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from dayu.core import clock
from dayu.core.ui.parts import Basis, DayMark, State, day_marks
from dayu.core.ui.parts import Deadline as DeadlinePart
from dayu.core.ui.parts import Unit as UnitWord
from dayu.law.calendar import Calendar
from dayu.law.deadlines import Deadline, Profiles
from dayu.law.lazily import LazySequence
from dayu.law.time_limits import Unit
from dayu.work.limits import engine_answer
from dayu.work.models import RunningDeadline

SOON_DAYS = 3  # from here on a deadline is shown as near: the same number that "within three days" stands for
LONGEST_DAY_BY_DAY = 40
UNITS: dict[Unit, UnitWord] = {
    Unit.WORKING_DAYS: "working_day",
    Unit.CALENDAR_DAYS: "day",
    Unit.MONTHS: "day",
    Unit.YEARS: "day",
    Unit.HOURS: "hour",
}


def shown_deadline(
    running: RunningDeadline,
    *,
    now: datetime,
    calendar: Calendar | None = None,
    waiting: bool = False,
    after: str = "",
    with_days: bool = True,
    with_changes: bool = True,
    known: Profiles | None = None,
) -> DeadlinePart:
    """The part that `due_chip`, `gauge` and `arithmetic` draw. `waiting`: the limit is another's, and one waits it out.

    `with_changes` also tells how the last day moved, which costs a statement for each deadline.
    """
    answer = engine_answer(running, calendar=calendar, known=known)
    return answered_deadline(
        answer,
        now=now,
        name=running.title,
        why=_why(running.start_event or answer.limit.start, running.starts_on, answer),
        due=running.due_at or running.due_on,
        waiting=waiting,
        ended=running.ended_at is not None,
        done=running.ended_how == "met",
        after=after,
        with_days=with_days,
        notes=[*running.notes, *_changes(running)] if with_days and with_changes else list(running.notes),
        provisional=running.provisional,
        id=f"deadline-{running.pk}",
    )


def answered_deadline(
    answer: Deadline,
    *,
    now: datetime,
    name: str,
    why: str = "",
    due: date | datetime | None = None,
    waiting: bool = False,
    ended: bool = False,
    done: bool = False,
    after: str = "",
    with_days: bool = True,
    notes: Sequence[str] = (),
    provisional: bool | None = None,
    id: str = "",
) -> DeadlinePart:
    """The same part for an answer of the engine that no row carries: a limit that a procedure derives."""
    today = clock.legal_date(now)
    left = _left(answer, now, today)
    gauge = answer.gauge(today)
    return DeadlinePart(
        state=_state(left, waiting=waiting, ended=ended),
        left=abs(left),
        unit=UNITS[answer.unit],
        due=due or answer.due,
        name=name,
        why=why or _why(answer.limit.start, answer.starts_on, answer),
        after=after,
        days=LazySequence(lambda: _days(answer, today)) if with_days else (),
        total=gauge.total,
        passed=gauge.counted,
        basis=[Basis(c.text(), confirmation=c.confirmation) for c in answer.basis],
        notes=notes,
        provisional=answer.provisional if provisional is None else provisional,
        done=done,
        id=id,
    )


def _left(answer: Deadline, now: datetime, today: date) -> int:
    return answer.left(now) if answer.unit is Unit.HOURS else answer.left(today)


def _state(left: int, *, waiting: bool, ended: bool) -> State:
    if ended:
        return "fine"
    if waiting:
        return "blocked" if left >= 0 else "fine"
    if left < 0:
        return "overdue"
    return "soon" if left <= SOON_DAYS else "fine"


def _why(event: str, starts_on: date, answer: Deadline) -> str:
    words = {"event": event, "day": starts_on.isoformat(), "n": answer.count, "unit": answer.unit.chinese}
    if answer.limit.backward:
        return _("%(event)s为 %(day)s，须提前 %(n)s%(unit)s送达") % words
    return _("%(day)s %(event)s，%(n)s%(unit)s") % words


def _days(answer: Deadline, today: date) -> tuple[DayMark, ...]:
    """One mark a day, for limits that are short enough to be read day by day."""
    if answer.unit is Unit.HOURS or answer.limit.backward:
        return ()
    first, due = answer.starts_on, answer.due_on
    if (max(due, today) - first).days > LONGEST_DAY_BY_DAY:
        return ()
    following = date.fromordinal(first.toordinal() + 1)
    return day_marks(first=following, due=due, today=today, counts=_counts(answer), names=_names(answer, following))


def _counts(answer: Deadline) -> Callable[[date], bool]:
    def counts(day: date) -> bool:
        if any(first <= day <= last for first, last in answer.excluded):
            return False
        return answer.unit is not Unit.WORKING_DAYS or answer.calendar.is_working_day(day)

    return counts


def _names(answer: Deadline, first: date) -> dict[date, str]:
    names = {}
    for ordinal in range(first.toordinal(), answer.due_on.toordinal() + 1):
        day = date.fromordinal(ordinal)
        if any(a <= day <= b for a, b in answer.excluded):
            names[day] = _("不计入")
        elif "（" in (kind := answer.calendar.kind_of(day)) and answer.unit is Unit.WORKING_DAYS:
            names[day] = kind.split("（", 1)[1].rstrip("）")
    return names


def _changes(running: RunningDeadline) -> list[str]:
    return [
        _("%(before)s 改为 %(after)s：%(why)s") % {"before": c.due_before, "after": c.due_after, "why": c.why}
        for c in running.changes.all()
    ]
