"""The bridge from running deadlines to the deadline engine of `law`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from dayu.basis.selectors import profiles
from dayu.core import clock
from dayu.core.refused import Refused
from dayu.law.calendar import Calendar, NotComputable
from dayu.law.deadlines import Deadline, Profiles, deadline
from dayu.law.time_limits import Unit
from dayu.law.working import notes_of, working_of
from dayu.work.calendars import calendar_for
from dayu.work.models import RunningDeadline


@dataclass(frozen=True, slots=True)
class LimitAnswer:
    """What is stored of an answered time limit."""

    due_on: date
    due_at: datetime | None
    unit: str
    provisional: bool
    confirmation: str
    calendar_version: str
    working: list[dict[str, Any]] = field(default_factory=list)
    basis: list[dict[str, Any]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def compute(running: RunningDeadline, *, calendar: Calendar | None = None) -> LimitAnswer:
    """Ask the engine for a running deadline's last day. What it cannot answer is refused with its reason."""
    return answer_of(engine_answer(running, calendar=calendar))


def engine_answer(
    running: RunningDeadline, *, calendar: Calendar | None = None, known: Profiles | None = None
) -> Deadline:
    """The engine's own answer, for gauges and for the working on screen.

    A list reads the values of territories once for all its rows: `known=cache(profiles)`.
    """
    try:
        return deadline(
            running.limit_key,
            running.starts_at or running.starts_on,
            calendar=calendar or calendar_for(running.territory),
            excluded=[(date.fromisoformat(a), date.fromisoformat(b)) for a, b in running.exclusions],
            extension_days=sum(e["days"] for e in running.extensions),
            days=running.given_days,
            territory=running.territory,
            profiles=known or profiles,
        )
    except NotComputable as error:
        raise Refused([error.refusal]) from error


def answer_of(found: Deadline) -> LimitAnswer:
    """The engine's answer in the form that rows keep."""
    due_at = None
    if found.unit is Unit.HOURS and isinstance(found.due, datetime):
        due_at = found.due.replace(tzinfo=clock.LEGAL_ZONE)
    return LimitAnswer(
        due_on=found.due_on,
        due_at=due_at,
        unit=found.unit.value,
        provisional=found.provisional,
        confirmation=found.number_confirmation or found.limit.confirmation,
        calendar_version=found.calendar.version,
        working=[line.as_json() for line in working_of(found)],
        basis=[c.as_json() for c in found.basis],
        notes=list(notes_of(found)),
    )
