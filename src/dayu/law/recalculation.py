"""Which open deadlines a new calendar changes, and by which days (日历变更后的重新计算).

A new notice, a corrected day or a territory's own holiday makes a new calendar version. Deadlines are not typed dates:
they are computed again, and whoever watches one is told what moved it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from dayu.law.calendar import Calendar
from dayu.law.counting import Interval
from dayu.law.deadlines import Deadline, deadline


@dataclass(frozen=True, slots=True)
class OpenDeadline:
    """A running deadline as a caller stores it. `due` is what the calendar before the change answered."""

    reference: str | int
    key: str
    starts: date | datetime
    due: date | datetime
    excluded: tuple[Interval, ...] = ()
    extension_days: int = 0
    days: int | None = None
    territory: str = ""

    def on(self, calendar: Calendar) -> Deadline:
        """The same deadline, counted with `calendar`."""
        return deadline(
            self.key,
            self.starts,
            calendar=calendar,
            excluded=self.excluded,
            extension_days=self.extension_days,
            days=self.days,
            territory=self.territory,
        )


@dataclass(frozen=True, slots=True)
class ChangedDeadline:
    """A deadline that the new calendar moves, or makes certain (or uncertain) on the same day."""

    open: OpenDeadline
    after: Deadline
    because: tuple[date, ...]  # the days that one calendar counts and the other does not
    was_provisional: bool

    @property
    def moved(self) -> bool:
        """Whether the last day is another one."""
        return self.open.due != self.after.due

    def reasons(self, before: Calendar) -> tuple[str, ...]:
        """The days that moved it, in Chinese: 2027-02-08 原为星期一，现为星期一（春节放假）."""
        now = self.after.calendar
        return tuple(f"{day} 原为{before.kind_of(day)}，现为{now.kind_of(day)}" for day in self.because)


def changed_deadlines(
    open_deadlines: Iterable[OpenDeadline], *, before: Calendar, after: Calendar
) -> list[ChangedDeadline]:
    """The open deadlines whose answer differs between two versions of one calendar, each with its reasons.

    A deadline whose days the change does not touch costs two look-ups; only the others are counted again. All must
    belong to the territory of the calendars.
    """
    differing = [day.toordinal() for day in before.days_that_differ(after)]
    certainty = before.provisional_calendar_years ^ after.provisional_calendar_years
    changed = []
    for one in open_deadlines:
        first, last = sorted((_day(one.starts), _day(one.due)))
        touched = bisect_left(differing, first.toordinal()) < bisect_right(differing, last.toordinal())
        if not touched and not any(first.year <= year <= last.year for year in certainty):
            continue
        answer = one.on(after)
        was_provisional = bool(certainty) and one.on(before).provisional
        if answer.due == one.due and was_provisional == (answer.provisional if certainty else was_provisional):
            continue
        last = max(last, answer.due_on)
        first = min(first, answer.due_on)
        days = differing[bisect_left(differing, first.toordinal()) : bisect_right(differing, last.toordinal())]
        changed.append(ChangedDeadline(one, answer, tuple(map(date.fromordinal, days)), was_provisional))
    return changed


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment
