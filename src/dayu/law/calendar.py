"""Working-day calendars (工作日历): which day is a working day, by whose notice, and how sure that is.

A calendar is put together from one arrangement a year. A year whose notice is published is certain; a later year is
computed from the statutory holidays alone and is *provisional*; a day before the first known year is refused. A
territory may add days off and make-up days of its own (放假办法第四条).
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Any

from dayu.law.citations import CONFIRMATIONS, Citation, citation_from
from dayu.law.refusals import Refusal
from dayu.law.rulebook import RulebookError, load_folder, load_toml

DAY = timedelta(days=1)
WEEKDAYS = "一二三四五六日"
NOTICE, LIBRARY, STATUTORY = "notice", "chinesecalendar", "statutory"
_SOURCES = frozenset({NOTICE, LIBRARY, STATUTORY})


class NotComputable(ValueError):
    """The engine has no answer. `refusal` says why, in a form that a door can put into words."""

    def __init__(self, rule: str, *basis: Citation, **params: Any) -> None:
        self.refusal = Refusal(rule, params, basis)
        super().__init__(f"{rule} {params}")


@dataclass(frozen=True, slots=True)
class YearArrangement:
    """The days off and make-up days of one year (节假日安排), as one notice, or two, gave them."""

    year: int
    days_off: Mapping[date, str]  # day -> name of the holiday
    make_up_days: Mapping[date, str]  # working Saturday or Sunday -> name of the holiday it makes up for
    source: str = NOTICE
    notices: tuple[str, ...] = ()
    confirmation: str = "V"
    territory: str = ""
    territory_name: str = ""

    def __post_init__(self) -> None:
        if both := set(self.days_off) & set(self.make_up_days):
            raise RulebookError(f"calendar {self.year}: {sorted(both)[0]} is both a day off and a make-up day")
        if stray := [d for d in (*self.days_off, *self.make_up_days) if abs(d.year - self.year) > 1]:
            raise RulebookError(f"calendar {self.year} speaks of {stray[0]}")
        if self.source not in _SOURCES or self.confirmation not in CONFIRMATIONS:
            raise RulebookError(f"calendar {self.year}: unknown source {self.source} or {self.confirmation}")

    @property
    def provisional(self) -> bool:
        """Whether the official notice is still to come."""
        return self.source == STATUTORY

    def origin(self) -> str:
        """Where the arrangement comes from, in Chinese."""
        where = self.territory_name or ""
        if self.notices:
            return f"{where}{'、'.join(self.notices)}"
        if self.source == LIBRARY:
            return "未见通知原文，取自 chinesecalendar 数据"
        return "通知未公布，暂按法定节日计算"


@dataclass(frozen=True)
class Calendar:
    """Which days are working days, from 1 January of the first known year to 31 December of the last.

    Counting costs one list access a question, so that a hundred thousand deadlines can be recomputed at once.
    `waiting_years` are years for which a territory has holidays of its own that nobody has entered yet.
    """

    arrangements: tuple[YearArrangement, ...]
    territory: str = ""
    waiting_years: frozenset[int] = frozenset()
    first_day: date = field(init=False)
    last_day: date = field(init=False)
    version: str = field(init=False)
    _off: Mapping[date, str] = field(init=False, repr=False, compare=False)
    _make_up: Mapping[date, str] = field(init=False, repr=False, compare=False)
    _working: list[int] = field(init=False, repr=False, compare=False)  # ordinals of all working days
    _counts: list[int] = field(init=False, repr=False, compare=False)  # working days up to each day, inclusive
    _provisional: frozenset[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        national = [a for a in self.arrangements if not a.territory]
        years = [a.year for a in national]
        if not years or years != list(range(years[0], years[0] + len(years))):
            raise RulebookError(f"the calendar needs every year from first to last once, not {years}")
        off, make_up = _merged(self.arrangements)
        first, last = date(years[0], 1, 1), date(years[-1], 12, 31)
        working, counts = [], []
        for ordinal in range(first.toordinal(), last.toordinal() + 1):
            day = date.fromordinal(ordinal)
            if day in make_up or (day.weekday() < 5 and day not in off):
                working.append(ordinal)
            counts.append(len(working))
        provisional = {a.year for a in national if a.provisional} | self.waiting_years
        for name, value in (
            ("first_day", first),
            ("last_day", last),
            ("version", _digest(self.arrangements, self.waiting_years)),
            ("_off", off),
            ("_make_up", make_up),
            ("_working", working),
            ("_counts", counts),
            ("_provisional", frozenset(provisional)),
        ):
            object.__setattr__(self, name, value)

    def _position(self, day: date) -> int:
        position = day.toordinal() - self.first_day.toordinal()
        if position < 0:
            raise NotComputable("time.before-first-calendar", day=day, first=self.first_day)
        if position >= len(self._counts):
            raise NotComputable("time.after-last-calendar", day=day, last=self.last_day)
        return position

    def is_working_day(self, day: date) -> bool:
        """Whether `day` is a working day (工作日). Days outside the calendar are refused."""
        position = self._position(day)
        return self._counts[position] > (self._counts[position - 1] if position else 0)

    def working_day_after(self, day: date, count: int) -> date:
        """The `count`-th working day after `day`; `day` itself is not counted. `count` is at least 1."""
        index = self._counts[self._position(day)] + count - 1
        if index >= len(self._working):
            raise NotComputable("time.after-last-calendar", day=day, last=self.last_day)
        return date.fromordinal(self._working[index])

    def working_day_before(self, day: date, count: int) -> date:
        """The `count`-th working day before `day`; `day` itself is not counted."""
        index = bisect_right(self._working, day.toordinal() - 1) - count
        self._position(day)
        if index < 0:
            raise NotComputable("time.before-first-calendar", day=day, first=self.first_day)
        return date.fromordinal(self._working[index])

    def on_or_after(self, day: date) -> date:
        """`day` when it is a working day, else the next one: where a last day rolls to (顺延)."""
        return day if self.is_working_day(day) else self.working_day_after(day, 1)

    def working_days(self, after: date, until: date) -> int:
        """How many working days lie in (`after`, `until`]; negative when `until` is earlier."""
        if after == until:
            return 0
        return self._counts[self._position(until)] - self._counts[self._position(after)]

    def is_provisional(self, first: date, last: date) -> bool:
        """Whether a day from `first` to `last` lies in a year whose notice is not known."""
        return any(year in self._provisional for year in range(first.year, last.year + 1))

    def provisional_years(self, first: date, last: date) -> tuple[int, ...]:
        """The years from `first` to `last` whose notice is not known."""
        return tuple(year for year in range(first.year, last.year + 1) if year in self._provisional)

    @property
    def provisional_calendar_years(self) -> frozenset[int]:
        """All years of this calendar whose notice is not known."""
        return self._provisional

    def kind_of(self, day: date) -> str:
        """What the day is, in Chinese: 星期三、星期六（春节调休上班）、星期四（国庆节放假）、星期日（休息日）."""
        weekday = f"星期{WEEKDAYS[day.weekday()]}"
        if day in self._make_up:
            return f"{weekday}（{self._make_up[day]}调休上班）"
        if day in self._off:
            return f"{weekday}（{self._off[day]}放假）"
        return f"{weekday}（休息日）" if day.weekday() >= 5 else weekday

    def holiday(self, day: date) -> str:
        """The name of the public holiday (法定节假日) as whose day off `day` was arranged; empty on any other day."""
        self._position(day)
        return self._off.get(day, "")

    def origins(self, first: date, last: date) -> tuple[str, ...]:
        """Whose notices the days from `first` to `last` rest on, one line a year, in Chinese."""
        lines = [f"{a.year}年：{a.origin()}" for a in self.arrangements if first.year <= a.year <= last.year]
        waiting = [y for y in self.waiting_years if first.year <= y <= last.year]
        return (*lines, *(f"{y}年：本地区地方放假安排未录入" for y in sorted(waiting)))

    def days_that_differ(self, other: Calendar) -> tuple[date, ...]:
        """The days that one of the two calendars counts and the other does not, in order.

        A day that only one of them covers counts as different when it is a working day there.
        """
        differing = set(self._working) ^ set(other._working)
        return tuple(date.fromordinal(ordinal) for ordinal in sorted(differing))

    def with_arrangement(self, arrangement: YearArrangement) -> Calendar:
        """The calendar after a new notice: replaces the arrangement of the same year and territory, or adds it."""
        same = (arrangement.year, arrangement.territory)
        kept = [a for a in self.arrangements if (a.year, a.territory) != same]
        ordered = sorted((*kept, arrangement), key=lambda a: (bool(a.territory), a.territory, a.year))
        waiting = self.waiting_years - {arrangement.year} if arrangement.territory else self.waiting_years
        return Calendar(tuple(ordered), self.territory, waiting)


def _merged(arrangements: Iterable[YearArrangement]) -> tuple[dict[date, str], dict[date, str]]:
    """All days off and make-up days. A later arrangement (the territory's) has the last word on a day."""
    off: dict[date, str] = {}
    make_up: dict[date, str] = {}
    for arrangement in arrangements:
        for day, name in arrangement.days_off.items():
            off[day] = name
            if arrangement.territory:
                make_up.pop(day, None)
        for day, name in arrangement.make_up_days.items():
            make_up[day] = name
            if arrangement.territory:
                off.pop(day, None)
    if both := set(off) & set(make_up):
        raise RulebookError(f"two notices disagree about {sorted(both)[0]}")
    return off, make_up


def _digest(arrangements: Iterable[YearArrangement], waiting_years: frozenset[int]) -> str:
    """Twelve hexadecimal digits that name the content of a calendar: equal content, equal name."""
    text = "\n".join(
        f"{a.year} {a.territory} {a.source} {a.confirmation} {'|'.join(a.notices)} "
        f"{sorted((d.isoformat(), n) for d, n in a.days_off.items())} "
        f"{sorted((d.isoformat(), n) for d, n in a.make_up_days.items())}"
        for a in arrangements
    )
    return hashlib.sha256(f"{text}\n{sorted(waiting_years)}".encode()).hexdigest()[:12]


def arrangement_from(data: Mapping[str, Any]) -> YearArrangement:
    """One year from its TOML table; the same form is entered in the application when a notice comes out."""
    days_off: dict[date, str] = {}
    make_up: dict[date, str] = {}
    for holiday in data["holidays"]:
        if unknown := set(holiday) - {"name", "from", "until", "make_up_days"}:
            raise RulebookError(f"calendar {data['year']}: unknown fields {sorted(unknown)}")
        if holiday["until"] < holiday["from"]:
            raise RulebookError(f"calendar {data['year']}: {holiday['name']} ends before it begins")
        day = holiday["from"]
        while day <= holiday["until"]:
            days_off[day] = holiday["name"]
            day += DAY
        make_up |= dict.fromkeys(holiday.get("make_up_days", ()), holiday["name"])
    return YearArrangement(
        data["year"],
        days_off,
        make_up,
        data["source"],
        tuple(data.get("notices", ())),
        data["confirmation"],
        data.get("territory", ""),
        data.get("territory_name", ""),
    )


def statutory_arrangement(year: int) -> YearArrangement:
    """A year without its notice: weekends and statutory holidays, no make-up days (放假办法第二条)."""
    rules = load_toml("calendars/statutory.toml")
    days: dict[date, str] = {}
    for rule in rules["fixed"]:
        days |= {date.fromisoformat(f"{year}-{day}"): rule["name"] for day in rule["days"]}
    spring = rules["spring_festival"]
    for first in (d for d in spring["first_days"] if d.year == year):
        days |= {first + DAY * n: spring["name"] for n in range(-spring["before"], spring["after"] + 1)}
    for rule in rules["single"]:
        days |= {day: rule["name"] for day in rule["days"] if day.year == year}
    return YearArrangement(year, days, {}, STATUTORY, (), "U")


def statutory_holiday_citation() -> Citation:
    """The rule that names the statutory holidays."""
    return citation_from(load_toml("calendars/statutory.toml")["citation"])


@cache
def published_arrangements() -> tuple[YearArrangement, ...]:
    """The national arrangements of the rulebook, one a year, in order."""
    found = [arrangement_from(t) for name, t in load_folder("calendars").items() if name.isdigit()]
    return tuple(sorted(found, key=lambda a: a.year))


@cache
def territory_arrangements() -> Mapping[str, tuple[YearArrangement, ...]]:
    """What territories have arranged beside the nation: territory code -> its years, in order."""
    found: dict[str, list[YearArrangement]] = {}
    for name, table in load_folder("calendars").items():
        if not name.startswith("territories/"):
            continue
        arrangement = arrangement_from(table)
        if name != f"territories/{arrangement.territory}/{arrangement.year}":
            raise RulebookError(f"rulebook/calendars/{name}.toml is not where its territory and year belong")
        found.setdefault(arrangement.territory, []).append(arrangement)
    return {code: tuple(sorted(years, key=lambda a: a.year)) for code, years in found.items()}


def calendar_from(
    national: Sequence[YearArrangement], additions: Sequence[YearArrangement] = (), *, territory: str = ""
) -> Calendar:
    """A calendar of published years, continued provisionally to the last year whose lunar dates are known."""
    ordered = sorted(national, key=lambda a: a.year)
    last = load_toml("calendars/statutory.toml")["until_year"]
    later = [statutory_arrangement(year) for year in range(ordered[-1].year + 1, last + 1)]
    known = {a.year for a in additions}
    waiting = frozenset(a.year for a in ordered if a.year not in known) if additions else frozenset()
    return Calendar((*ordered, *later, *sorted(additions, key=lambda a: a.year)), territory, waiting)


@cache
def national_calendar() -> Calendar:
    """The calendar of the rulebook for the whole country."""
    return calendar_from(published_arrangements())


@cache
def calendar_for(territory: str = "") -> Calendar:
    """The calendar of a territory: the nation's, and what the territory or one above it arranged beside it."""
    for code in (territory, territory[:4] + "00", territory[:2] + "0000"):
        if additions := territory_arrangements().get(code, ()):
            return calendar_from(published_arrangements(), additions, territory=code)
    return national_calendar()
