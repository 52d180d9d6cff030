"""The working-day calendar of a territory: the rulebook's, and the notices that were entered since."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any

from dayu.core.territories import Territory
from dayu.law.calendar import Calendar, YearArrangement, arrangement_from
from dayu.law.calendar import calendar_for as rulebook_calendar
from dayu.work.models.calendars import HolidayNotice


def calendar_for(territory: str = "") -> Calendar:
    """The calendar that holds in a territory today: the newest notice of each year has the last word."""
    return _calendar(territory, HolidayNotice.objects.order_by("-id").values_list("id", "year", "notice").first())


def arrangement_of(notice: HolidayNotice) -> YearArrangement:
    """A notice in the form of the rulebook."""
    return arrangement_from(
        {
            "year": notice.year,
            "territory": notice.territory,
            "source": "notice",
            "notices": [notice.notice],
            "confirmation": "V",
            "holidays": [_holiday(h) for h in notice.holidays],
        }
    )


@lru_cache(maxsize=64)
def _calendar(territory: str, newest: tuple[int, int, str] | None) -> Calendar:
    """Cached by the newest notice: a further notice is another calendar."""
    calendar = rulebook_calendar(territory)
    if newest is None:
        return calendar
    places = ["", *_chain(territory)]
    for notice in HolidayNotice.objects.filter(pk__lte=newest[0], territory__in=places).order_by("id"):
        calendar = calendar.with_arrangement(arrangement_of(notice))
    return calendar


def _chain(territory: str) -> list[str]:
    path = Territory.objects.filter(code=territory).values_list("path", flat=True).first()
    return [code for code in (path or "").split("/") if code]


def _holiday(table: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": table["name"],
        "from": date.fromisoformat(table["from"]),
        "until": date.fromisoformat(table["until"]),
        "make_up_days": [date.fromisoformat(d) for d in table.get("make_up_days", ())],
    }
