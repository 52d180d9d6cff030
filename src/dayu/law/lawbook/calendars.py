"""Chapter: the working-day calendars, year by year, with the notice each rests on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby

from dayu.law.calendar import (
    WEEKDAYS,
    YearArrangement,
    national_calendar,
    published_arrangements,
    statutory_arrangement,
    statutory_holiday_citation,
    territory_arrangements,
)
from dayu.law.lawbook.markdown import CONFIRMATION_WORDS, bullets, cited, table

FILE = "calendars.md"
TITLE = "工作日历"
DAY = timedelta(days=1)


def render() -> str:
    """The nation's years, the territories' own days, the years still provisional."""
    calendar = national_calendar()
    years = published_arrangements()
    parts = [
        f"工作日历以国务院办公厅当年的通知为准，自 {calendar.first_day} 起；更早的日子不予计算。"
        f"{years[-1].year + 1} 年起通知未公布，按法定节日暂定（{cited([statutory_holiday_citation()])}），"
        "不含调休，凡涉及的结果都标明“暂定”，通知公布后重新计算。",
        table(
            ("年份", "放假（含首尾）", "调休上班", "来源", "确认"),
            [_row(year) for year in reversed(years)],
        ),
        "## 地方假日",
        "民族自治地方等在全国安排之外另有规定的，以地方安排为准。某年的地方安排未录入时，该地区该年的结果标为暂定。",
    ]
    for code, arrangements in sorted(territory_arrangements().items()):
        parts.append(f"### {arrangements[0].territory_name}（{code}）")
        parts.append(table(("年份", "放假（含首尾）", "调休上班", "来源", "确认"), [_row(a) for a in arrangements]))
    parts += [
        "## 暂定的年份",
        bullets(_provisional(year) for year in range(years[-1].year + 1, calendar.last_day.year + 1)),
    ]
    return "\n\n".join(parts)


def _row(year: YearArrangement) -> tuple[str, str, str, str, str]:
    return (
        str(year.year),
        "\n".join(_stretches(year)),
        "、".join(f"{_dated(day, year.year)}（周{WEEKDAYS[day.weekday()]}）" for day in sorted(year.make_up_days)),
        "、".join(year.notices) or year.origin(),
        CONFIRMATION_WORDS[year.confirmation],
    )


def _provisional(year: int) -> str:
    return f"{year}年：{'；'.join(_stretches(statutory_arrangement(year)))}"


def _stretches(year: YearArrangement) -> Iterable[str]:
    """元旦 01-01 至 01-03: consecutive days of one holiday."""
    days = sorted(year.days_off)
    positions = {d: n for n, d in enumerate(days)}
    for (name, _), group in groupby(days, key=lambda d: (year.days_off[d], d - DAY * positions[d])):
        members = list(group)
        first, last = members[0], members[-1]
        yield f"{name} {_dated(first, year.year)}" + (f" 至 {_dated(last, year.year)}" if last != first else "")


def _dated(day: date, year: int) -> str:
    """The day without its year, where that is the year of the line."""
    return day.isoformat()[5:] if day.year == year else day.isoformat()
