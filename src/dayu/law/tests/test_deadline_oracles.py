"""Every deadline of 1 to 180 days from every day of 2004 to 2026, against two independent oracles.

`chinesecalendar` and `holidays` know nothing of the rulebook. The arrangements of 2004 and 2005 were taken from
chinesecalendar, so that over those years only `holidays` counts. `make test` looks at a fixed part, `make soak` at all.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import chinese_calendar
import holidays
import pytest

from dayu.law.calendar import LIBRARY, national_calendar, published_arrangements
from dayu.law.counting import count_out
from dayu.law.tests.test_calendar import EXPLAINED
from dayu.law.time_limits import Span, Unit

DAY = timedelta(days=1)
FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)
STARTS = tuple(FIRST + n * DAY for n in range((LAST - FIRST).days + 1))
LENGTHS = range(1, 181)
# A fixed part for every run: every ninth day and the lengths that the law uses.
SOME_STARTS, SOME_LENGTHS = STARTS[::9], (1, 2, 3, 5, 7, 10, 15, 20, 30, 45, 60, 90, 180)
CALENDAR = national_calendar()
# The library is also the source of these years: from the day after the last of them on, it is a second opinion.
COPIED = max(a.year for a in published_arrangements() if a.source == LIBRARY)


@dataclass(frozen=True)
class Oracle:
    """Whether a day is a working day, as somebody else says; `counts_from` is the first day on which that counts."""

    name: str
    is_working_day: Callable[[date], bool]
    counts_from: date

    @cache  # noqa: B019 - two oracles live as long as the tests
    def working_days(self) -> list[date]:
        """All its working days of the years that both sides know."""
        return [day for day in STARTS if day >= self.counts_from and self.is_working_day(day)]


@cache
def _library() -> tuple[holidays.HolidayBase, set[date]]:
    found = holidays.country_holidays("CN", years=range(2003, 2028))
    return found, set(found.weekend_workdays)


def _holidays_says(day: date) -> bool:
    found, make_up = _library()
    return day not in found and (day.weekday() < 5 or day in make_up)


ORACLES = (
    Oracle("chinesecalendar", chinese_calendar.is_workday, date(COPIED + 1, 1, 1)),
    Oracle("holidays", _holidays_says, FIRST),
)


@dataclass(frozen=True)
class Difference:
    """One deadline on which the two sides disagree."""

    oracle: str
    unit: str
    start: date
    n: int
    mine: date
    theirs: date

    @property
    def explained(self) -> bool:
        """Whether a day that the official notice settles lies in the stretch that was counted."""
        return any(self.start < day <= max(self.mine, self.theirs) for day in EXPLAINED)


def differences(oracle: Oracle, starts: Iterable[date], lengths: Iterable[int]) -> tuple[int, list[Difference]]:
    """How many deadlines were compared, and those that differ. What ends after 2026 is not known to either side."""
    theirs = oracle.working_days()
    compared, found = 0, []
    numbers = tuple(lengths)
    for start in starts:
        if start < oracle.counts_from - DAY:
            continue
        before = bisect_right(theirs, start)
        for n in numbers:
            for unit, end in (
                (Unit.WORKING_DAYS, theirs[before + n - 1] if before + n <= len(theirs) else None),
                (Unit.CALENDAR_DAYS, _rolled(theirs, start + n * DAY)),
            ):
                if end is None:
                    continue
                mine = count_out(Span(n, unit, rolls=True), start, calendar=CALENDAR).due
                compared += 1
                if mine != end:
                    found.append(Difference(oracle.name, unit.value, start, n, mine, end))
    return compared, found


def _rolled(working: list[date], last: date) -> date | None:
    index = bisect_right(working, last - DAY)
    return working[index] if index < len(working) else None


@pytest.mark.parametrize("oracle", ORACLES, ids=lambda o: o.name)
def test_a_fixed_part_of_all_deadlines_agrees_with_the_oracle(oracle: Oracle) -> None:
    compared, found = differences(oracle, SOME_STARTS, SOME_LENGTHS)
    assert found == []
    assert compared > 20_000


@pytest.mark.soak
@pytest.mark.parametrize("oracle", ORACLES, ids=lambda o: o.name)
def test_every_deadline_from_every_day_agrees_with_the_oracle(oracle: Oracle) -> None:
    compared, found = differences(oracle, STARTS, LENGTHS)
    assert found == []
    assert compared > 2_000_000


def test_only_the_explained_day_sets_the_library_apart_in_the_years_copied_from_it() -> None:
    """Over 2004 and 2005 every deadline that differs from chinesecalendar spans 2005-12-31, which the notice settles."""
    whole = Oracle("chinesecalendar, copied years", chinese_calendar.is_workday, FIRST)
    early = [day for day in STARTS if day.year <= COPIED]
    _compared, found = differences(whole, early[::3], SOME_LENGTHS)
    assert found
    assert all(difference.explained for difference in found)
    assert set(EXPLAINED) == {date(2005, 12, 31)}
    assert all("国办发明电" in reason for reason in EXPLAINED.values())


def test_an_oracle_that_errs_by_one_day_is_noticed() -> None:
    """The comparison can fail: one working day called off is seen by the deadlines that span it."""
    wrong = Oracle("wrong", lambda day: day != date(2024, 2, 18) and _holidays_says(day), FIRST)
    _compared, found = differences(wrong, [date(2024, 2, 9)], [1, 5, 10])
    assert {d.n for d in found} == {1, 5, 10}


def test_what_ends_after_the_last_known_year_is_provisional_and_says_so() -> None:
    run = count_out(Span(30, Unit.WORKING_DAYS), date(2026, 12, 15), calendar=CALENDAR)
    assert run.due.year == 2027
    assert CALENDAR.is_provisional(date(2026, 12, 16), run.due)
