"""A hundred thousand open deadlines after a change of the calendar: which ones move, in how long. Prints JSON.

Two changes are measured: the official notice of a year that was provisional so far (nearly every open deadline of the
turn of the year is touched), and one make-up day withdrawn. The limit is one second for each.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from datetime import date, timedelta

from dayu.law.calendar import NOTICE, Calendar, YearArrangement, national_calendar
from dayu.law.recalculation import OpenDeadline, changed_deadlines

LIMIT_SECONDS = 1.0
KEYS = (
    "decision", "pay", "hearing_request", "register_preserve", "publish", "publish_other", "demand", "court_apply",
    "reconsider", "sue", "seizure", "serve_decision", "limitation", "lead_verify",
)  # fmt: skip


def open_deadlines(count: int, calendar: Calendar) -> list[OpenDeadline]:
    """Deadlines as they lie open on 20 November 2026: started within the last four months, every fifth one paused."""
    chance = random.Random(20261120)
    found = []
    for number in range(count):
        key = KEYS[number % len(KEYS)]
        starts = date(2026, 11, 20) - timedelta(days=chance.randrange(120))
        excluded: tuple[tuple[date, date], ...] = ()
        if number % 5 == 0:
            paused = starts + timedelta(days=chance.randrange(1, 20))
            excluded = ((paused, paused + timedelta(days=chance.randrange(10))),)
        one = OpenDeadline(number, key, starts, starts, excluded)
        found.append(OpenDeadline(number, key, starts, one.on(calendar).due, excluded))
    return found


def published_2027() -> YearArrangement:
    """An arrangement of the form that a notice has, invented for the measurement."""
    off = {date(2027, 1, 1) + timedelta(days=n): "元旦" for n in range(3)}
    off |= {date(2027, 2, 5) + timedelta(days=n): "春节" for n in range(8)}
    off |= {date(2027, 4, 3) + timedelta(days=n): "清明节" for n in range(3)}
    off |= {date(2027, 5, 1) + timedelta(days=n): "劳动节" for n in range(5)}
    make_up = dict.fromkeys((date(2027, 1, 31), date(2027, 2, 20)), "春节") | {date(2027, 5, 8): "劳动节"}
    return YearArrangement(2027, off, make_up, NOTICE, ("示例通知",), "U")


def without_make_up_day(calendar: Calendar, day: date) -> Calendar:
    """The calendar in which `day` is no make-up day any more."""
    old = next(a for a in calendar.arrangements if day in a.make_up_days)
    kept = {d: name for d, name in old.make_up_days.items() if d != day}
    return calendar.with_arrangement(
        YearArrangement(old.year, old.days_off, kept, old.source, old.notices, old.confirmation)
    )


def main() -> int:
    """Measure both changes and print one JSON object; exit 1 when a limit is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=100_000)
    count = parser.parse_args().count
    before = national_calendar()
    deadlines = open_deadlines(count, before)
    result: dict[str, object] = {"bench": "deadlines", "open_deadlines": count, "limit_seconds": LIMIT_SECONDS}
    slowest = 0.0
    for name, after in (
        ("notice_of_2027_published", before.with_arrangement(published_2027())),
        ("make_up_day_withdrawn", without_make_up_day(before, date(2026, 10, 10))),
    ):
        started = time.perf_counter()
        changed = changed_deadlines(deadlines, before=before, after=after)
        seconds = time.perf_counter() - started
        slowest = max(slowest, seconds)
        result[name] = {
            "seconds": round(seconds, 3),
            "moved": sum(one.moved for one in changed),
            "certain_now": sum(one.was_provisional and not one.after.provisional for one in changed),
        }
    result["holds"] = slowest <= LIMIT_SECONDS
    print(json.dumps(result, ensure_ascii=False))
    return 0 if result["holds"] else 1


if __name__ == "__main__":
    sys.exit(main())
