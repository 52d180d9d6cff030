"""The deadline engine (时限引擎): when a time limit ends, why, and what remains of it.

A deadline is a budget of a unit, the days left out of it, and an extension. It prints its own working, names its
articles, and says when it rests on a year whose holidays are not yet published.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from dayu.law.calendar import DAY, Calendar, NotComputable
from dayu.law.citations import UNVERIFIED, Citation, cite
from dayu.law.counting import (
    MOST,
    Interval,
    Run,
    count_back,
    count_out,
    days_within,
    in_range,
    merged,
    working_days_within,
)
from dayu.law.territories import TerritoryProfile, resolve
from dayu.law.time_limits import Span, TimeLimit, Unit, Variant, time_limit

# Asked only when a limit's number is a territory's to set.
Profiles = Callable[[], Mapping[str, TerritoryProfile]]

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Gauge:
    """How far a limit has run, in its own unit: for the day gauge beside a deadline."""

    counted: int
    total: int
    left: int  # negative when overdue
    unit: Unit

    @property
    def overdue(self) -> bool:
        """Whether the last day has passed."""
        return self.left < 0


@dataclass(frozen=True, slots=True)
class Deadline:
    """An answered time limit. `due` is the last day, or the last moment (local time) where the law counts hours.

    Of a backward limit `starts` is the day of the event and `due` the latest day of service.
    """

    limit: TimeLimit
    starts: date | datetime
    due: date | datetime
    span: Span
    runs: tuple[Run, ...]
    calendar: Calendar
    excluded: tuple[Interval, ...] = ()
    extension_days: int = 0
    variant: Variant | None = None
    number_source: str = ""  # the clause that set the number, where a territory or a paper did
    number_confirmation: str = ""

    @property
    def key(self) -> str:
        """The key of the limit in the rulebook."""
        return self.limit.key

    @property
    def starts_on(self) -> date:
        """The day from which it runs (not counted), or the day of the event of a backward limit."""
        return _day(self.starts)

    @property
    def due_on(self) -> date:
        """The last day."""
        return _day(self.due)

    @property
    def unit(self) -> Unit:
        """The unit in which the law counts here."""
        return self.span.unit

    @property
    def count(self) -> int:
        """How many of the unit, extension and second span included."""
        then = self.limit.then
        return self.span.n + self.extension_days + (then.n if then else 0)

    @property
    def confirmed(self) -> bool:
        """False where the number is a default that nobody has confirmed."""
        return (self.number_confirmation or self.limit.confirmation) != UNVERIFIED

    @property
    def provisional(self) -> bool:
        """Whether the answer rests on a year without the official notice, and will be computed again."""
        return bool(self.provisional_years)

    @property
    def provisional_years(self) -> tuple[int, ...]:
        """The years without the official notice on which the answer rests."""
        years = {y for first, last in self.consulted for y in self.calendar.provisional_years(first, last)}
        return tuple(sorted(years))

    @property
    def consulted(self) -> tuple[Interval, ...]:
        """The stretches of days whose kind (working day or not) the answer rests on."""
        if self.limit.backward:
            return ((self.due_on, self.starts_on),)
        found = []
        for run in self.runs:
            if run.span.unit is Unit.WORKING_DAYS:
                found.append((run.start + DAY, run.due))
            elif run.span.rolls:
                found.append((run.raw, run.due))
        return tuple(found)

    @property
    def basis(self) -> tuple[Citation, ...]:
        """The articles: of the limit itself, then of the way of counting."""
        found = [self.variant.citation] if self.variant else []
        found += self.limit.citations
        if self.unit is not Unit.HOURS:
            found.append(START_DAY_RULE)
        if any(run.due != run.raw for run in self.runs):
            found.append(ROLL_RULE)
        return tuple(dict.fromkeys(found))

    @property
    def related(self) -> Mapping[str, date]:
        """Days that follow from this one, by name: the first day overdue, the day the court may be asked, and so on."""
        return {name: self._related(rule) for name, rule in self.limit.related.items()} | self._service_day()

    def _related(self, rule: str) -> date:
        if rule == "day_after_due":
            return self.due_on + DAY
        if rule == "day_after_first_stage":
            return self.runs[0].due + DAY
        return deadline(rule.removeprefix("limit:"), self.due_on, calendar=self.calendar).due_on

    def _service_day(self) -> dict[str, date]:
        """A backward limit may end on a day off; offices serve on working days."""
        if not self.limit.backward or self.calendar.is_working_day(self.due_on):
            return {}
        return {"latest_working_day": self.calendar.working_day_before(self.due_on, 1)}

    def left(self, now: date | datetime) -> int:
        """What remains after `now` in the law's own unit; 0 on the last day, negative when overdue.

        Months and years are counted in days. Hours are whole hours begun, and need a moment.
        """
        if self.unit is Unit.HOURS:
            if not isinstance(now, datetime) or not isinstance(self.due, datetime):
                raise NotComputable("time.hour-needed", name=self.limit.name)
            return -int((_moment(now) - self.due) // timedelta(hours=1))
        today = _day(now)
        if today > self.due_on:
            return -self._counted(self.due_on, today)
        return self._counted(today, self.due_on)

    def days_left(self, today: date) -> int:
        """`left`, for limits in days; of a limit in hours the calendar days to its last day."""
        return (self.due_on - today).days if self.unit is Unit.HOURS else self.left(today)

    def gauge(self, today: date) -> Gauge:
        """How many units have been counted by the end of `today`, of how many."""
        begin, end = sorted((self.starts_on, self.due_on))
        total = (end - begin).days if self.unit is Unit.HOURS else self._counted(begin, end)
        left = self.days_left(today)
        return Gauge(max(0, total - left), total, left, self.unit)

    def _counted(self, after: date, until: date) -> int:
        if self.unit is Unit.WORKING_DAYS:
            return self.calendar.working_days(after, until) - working_days_within(
                self.excluded, after, until, self.calendar
            )
        return (until - after).days - days_within(self.excluded, after, until)


START_DAY_RULE = cite("civil-procedure-law", 85, 2, anchor="不计算在期间内")
ROLL_RULE = cite("civil-procedure-law", 85, 3, anchor="以法定休假日后的第一日")


def deadline(
    key: str,
    start: date | datetime | None = None,
    *,
    calendar: Calendar,
    excluded: Iterable[Interval] = (),
    extension_days: int = 0,
    days: int | None = None,
    day_of_event: date | None = None,
    territory: str = "",
    profiles: Profiles | None = None,
) -> Deadline:
    """The end of the time limit `key` that runs from `start`.

    `excluded` are days that do not count, first and last included; `extension_days` is what was granted, in the
    limit's own unit; `days` is the number a paper fixed, or a number the law gives for a special situation.
    `profiles` gives the territories' values where an installation has entered its own; without it the rulebook's count.
    A backward limit takes `day_of_event` (or `start`) and answers the latest day of service. A moment with a time zone
    is taken as local time in China. Raises `NotComputable` where there is no answer, never a guess.
    """
    begins = start if start is not None else day_of_event
    if begins is None:
        raise NotComputable("time.start-needed", key=key)
    moment = _local(begins)
    in_range(_day(moment))
    limit = time_limit(key, _day(moment))
    span, variant, source, confirmation = _number(limit, days, territory, _day(moment), profiles)
    _check_extension(limit, extension_days)
    left_out = merged(excluded)
    if span.unit is Unit.HOURS:
        return _in_hours(limit, moment, span, calendar, left_out)
    counted = Span(span.n + extension_days, span.unit, span.rolls) if extension_days else span
    if limit.backward:
        due, _ = count_back(counted.n, _day(moment), calendar=calendar, excluded=left_out)
        return Deadline(
            limit, _day(moment), due, span, (), calendar, left_out, extension_days, variant, source, confirmation
        )
    runs = [count_out(counted, _day(moment), calendar=calendar, excluded=left_out)]
    if limit.then:
        runs.append(count_out(limit.then, runs[0].due, calendar=calendar, excluded=left_out))
    return Deadline(
        limit,
        _day(moment),
        runs[-1].due,
        span,
        tuple(runs),
        calendar,
        left_out,
        extension_days,
        variant,
        source,
        confirmation,
    )


def deemed_served_on(published_on: date, *, calendar: Calendar) -> date:
    """The day on which a paper published by public notice counts as served (公告送达)."""
    return deadline("public_notice_service", published_on, calendar=calendar).due_on


def _number(
    limit: TimeLimit, days: int | None, territory: str, on: date, profiles: Profiles | None
) -> tuple[Span, Variant | None, str, str]:
    """The span to count: the law's, the paper's, a variant's, or the one a territory set."""
    span = limit.span
    if days is not None and not 1 <= days <= MOST:
        raise NotComputable("time.days-impossible", name=limit.name, days=days)
    if limit.number_given:
        if days is None:
            raise NotComputable("time.days-needed", name=limit.name)
        return Span(days, span.unit, span.rolls), None, "", ""
    if days is None or days == span.n:
        return _from_profile(limit, territory, on, profiles) if days is None else (span, None, "", "")
    variant = next((v for v in limit.variants if v.span.n == days), None)
    if variant is not None:
        return variant.span, variant, "", ""
    if limit.confirmation != UNVERIFIED:
        raise NotComputable(
            "time.days-fixed", *limit.citations, name=limit.name, days=days, n=span.n, unit=span.unit.chinese
        )
    return Span(days, span.unit, span.rolls), None, "", ""


def _from_profile(
    limit: TimeLimit, territory: str, on: date, profiles: Profiles | None
) -> tuple[Span, Variant | None, str, str]:
    if not limit.profile:
        return limit.span, None, "", ""
    parameter = resolve(limit.profile, territory, on, profiles=profiles() if profiles is not None else None)
    span = Span(parameter.number, limit.span.unit, limit.span.rolls)
    return span, None, parameter.clause, parameter.confirmation


def _check_extension(limit: TimeLimit, extension_days: int) -> None:
    if not extension_days:
        return
    if not 0 < extension_days <= MOST:
        raise NotComputable("time.days-impossible", name=limit.name, days=extension_days)
    if not limit.extension_max:
        raise NotComputable("time.no-extension", *limit.citations, name=limit.name)
    if extension_days > limit.extension_max and limit.extension_confirmation != UNVERIFIED:
        raise NotComputable(
            "time.extension-too-long",
            *limit.citations,
            name=limit.name,
            days=extension_days,
            most=limit.extension_max,
            unit=limit.span.unit.chinese,
        )


def _in_hours(
    limit: TimeLimit, moment: date | datetime, span: Span, calendar: Calendar, excluded: tuple[Interval, ...]
) -> Deadline:
    """Hours run on through nights and days off; nothing is left out of them."""
    if not isinstance(moment, datetime):
        raise NotComputable("time.hour-needed", name=limit.name)
    if excluded:
        raise NotComputable("time.hours-run-on", name=limit.name)
    return Deadline(limit, moment, moment + timedelta(hours=span.n), span, (), calendar)


def _local(moment: date | datetime) -> date | datetime:
    if isinstance(moment, datetime) and moment.tzinfo is not None:
        return moment.astimezone(CHINA).replace(tzinfo=None)
    return moment


def _day(moment: date | datetime) -> date:
    local = _local(moment)
    return local.date() if isinstance(local, datetime) else local


def _moment(moment: datetime) -> datetime:
    local = _local(moment)
    return local if isinstance(local, datetime) else datetime.combine(local, datetime.min.time())
