"""Counting time: where a span ends that starts on a day, with days left out and the last day rolled over.

The day on which something begins is not counted (民事诉讼法第八十五条第二款); a month ends on the day of the same number,
or, where there is none, on the last day of the month; a last day that is a day off rolls to the next working day
where the limit says so (第三款).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from dayu.law.calendar import DAY, Calendar, NotComputable
from dayu.law.time_limits import Span, Unit

Interval = tuple[date, date]  # both days included
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)  # outside lies a slip of the pen, not a case
MOST = 36_500  # no paper gives more days than a century has


@dataclass(frozen=True, slots=True)
class Run:
    """One span counted out: `raw` is the last day before rolling over, `due` the one after."""

    start: date
    span: Span
    raw: date
    due: date


def merged(excluded: Iterable[Interval]) -> tuple[Interval, ...]:
    """Excluded intervals in order, overlapping and touching ones joined. One that ends before it begins is refused."""
    joined: list[Interval] = []
    for first, last in sorted(excluded):
        in_range(first, last)
        if last < first:
            raise NotComputable("time.interval-backwards", first=first, last=last)
        if joined and first <= joined[-1][1] + DAY:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return tuple(joined)


def in_range(*days: date) -> None:
    """Refuse days that no case can have."""
    for day in days:
        if not EARLIEST <= day <= LATEST:
            raise NotComputable("time.day-out-of-range", day=day)


def count_out(span: Span, start: date, *, calendar: Calendar, excluded: tuple[Interval, ...] = ()) -> Run:
    """Count a span of days, months or years forward from `start`. `excluded` must be `merged`."""
    if span.unit is Unit.WORKING_DAYS:
        raw = _working_days(span.n, start, calendar, excluded)
        return Run(start, span, raw, raw)
    if span.unit is Unit.CALENDAR_DAYS:
        raw = start + timedelta(days=span.n)
    else:
        raw = add_months(start, span.n * (12 if span.unit is Unit.YEARS else 1))
    for first, last in excluded:
        if first > raw:
            break
        raw += timedelta(days=max(0, (last - max(first - DAY, start)).days))
    return Run(start, span, raw, calendar.on_or_after(raw) if span.rolls else raw)


def _working_days(n: int, start: date, calendar: Calendar, excluded: tuple[Interval, ...]) -> date:
    due = calendar.working_day_after(start, n)
    for first, last in excluded:
        if first > due:
            break
        if last > start:
            n += calendar.working_days(max(first - DAY, start), last)
            due = calendar.working_day_after(start, n)
    return due


def count_back(n: int, event: date, *, calendar: Calendar, excluded: tuple[Interval, ...] = ()) -> tuple[date, date]:
    """The latest day such that `n` full working days lie between it and `event`, and the first of those days."""
    first_counted = calendar.working_day_before(event, n)
    for first, last in reversed(excluded):
        if last < first_counted:
            break
        if first < event:
            n += calendar.working_days(first - DAY, min(last, event - DAY))
            first_counted = calendar.working_day_before(event, n)
    return first_counted - DAY, first_counted


def add_months(day: date, months: int) -> date:
    """The day of the same number `months` later, or the last day of that month where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def has_corresponding_day(day: date, end: date) -> bool:
    """Whether the month of `end` has a day of the same number as `day`."""
    return day.day <= monthrange(end.year, end.month)[1]


def days_within(excluded: Iterable[Interval], after: date, until: date) -> int:
    """How many excluded days lie in (`after`, `until`]."""
    return sum(max(0, (min(last, until) - max(first - DAY, after)).days) for first, last in excluded)


def working_days_within(excluded: Iterable[Interval], after: date, until: date, calendar: Calendar) -> int:
    """How many excluded working days lie in (`after`, `until`]."""
    total = 0
    for first, last in excluded:
        begin, end = max(first - DAY, after), min(last, until)
        total += calendar.working_days(begin, end) if end > begin else 0
    return total
