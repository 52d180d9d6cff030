"""Joins the procedure and the deadline engine: answers a limit that the procedure asks for, by one calendar."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from dayu.law.calendar import Calendar
from dayu.law.deadlines import Deadline, Profiles, deadline
from dayu.law.situation import Deadline as AskDeadline
from dayu.law.situation import LimitRequest
from dayu.law.time_limits import Unit, time_limit


def full_deadline(
    request: LimitRequest, *, calendar: Calendar, territory: str = "", profiles: Profiles | None = None
) -> Deadline:
    """The deadline with its working: for the page that explains a date day by day."""
    start: date | datetime = request.start
    if request.start_at is not None and time_limit(request.key, request.start).span.unit is Unit.HOURS:
        start = request.start_at
    return deadline(
        request.key, start, calendar=calendar, excluded=request.excluded,
        extension_days=request.extension_days, days=request.days, territory=territory, profiles=profiles,
    )


def answering(calendar: Calendar, territory: str = "", profiles: Profiles | None = None) -> AskDeadline:
    """A function that the procedure may ask for the last day of any limit; equal questions are computed once."""

    @lru_cache(maxsize=4096)
    def answer(request: LimitRequest) -> date:
        if request.fixed is not None:
            return request.fixed
        return full_deadline(request, calendar=calendar, territory=territory, profiles=profiles).due_on

    return answer
