"""Holiday notices entered in the application, and the deadlines that move with a calendar or a territory's value."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dayu.core import clock
from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.audit import plain, subject_key
from dayu.core.refused import refuse_now
from dayu.core.territories import Territory
from dayu.law.calendar import Calendar
from dayu.law.rulebook import RulebookError
from dayu.law.territories import declarations
from dayu.law.time_limits import time_limits
from dayu.work import people
from dayu.work.calendars import arrangement_of, calendar_for
from dayu.work.limits import engine_answer
from dayu.work.models import CalendarSnapshot, HolidayNotice, RunningDeadline, Task
from dayu.work.policies import may_administer, may_run_jobs
from dayu.work.services.deadlines import move_deadline, remember_calendar
from dayu.work.services.notices import notify

MOST_DAYS_NAMED = 6


@action(label=gettext_lazy("录入节假日安排"), policy=may_administer)
def enter_holiday_notice(
    target: None,
    *,
    actor: Actor,
    moment: datetime,
    year: int,
    notice: str,
    holidays: list[dict[str, Any]],
    territory: str = "",
) -> HolidayNotice:
    """Enter a year's notice as published; open deadlines are computed again by the next run of the job.

    `holidays` are `{"name", "from", "until", "make_up_days"}` with ISO dates.
    """
    row = HolidayNotice(
        year=year,
        territory=territory,
        notice=notice,
        holidays=plain(holidays),
        entered_at=moment,
        entered_by=actor.name,
    )
    try:
        arrangement_of(row)
    except (RulebookError, KeyError, ValueError) as error:
        refuse_now("work.notice_contradicts", what=str(error))
    row.save()
    note_subject(row)
    note(year=year, notice=notice, territory=territory)
    return row


@action(label=gettext_lazy("按新日历重算期限"), policy=may_run_jobs, doors={"system"})
def recompute_open_deadlines(target: None, *, actor: Actor, moment: datetime) -> int:
    """Compute open deadlines again whose calendar has changed since; answers how many last days moved.

    Each one that moved keeps its old and new day and the days of the calendar that changed, and its holder is told.
    """
    moved = looked_at = 0
    for territory in RunningDeadline.objects.open().order_by().values_list("territory", flat=True).distinct():
        calendar = calendar_for(territory)
        remember_calendar(calendar, territory=territory, moment=moment)
        stale = RunningDeadline.objects.open().filter(territory=territory).exclude(calendar_version=calendar.version)
        for running in stale.order_by("id").iterator(chunk_size=500):
            looked_at += 1
            moved += _recompute(running, calendar, actor, moment)
    note(looked_at=looked_at, moved=moved)
    return moved


@action(label=gettext_lazy("按地区规则重算期限"), policy=may_run_jobs, doors={"system"})
def recompute_for_parameter(target: None, *, actor: Actor, moment: datetime, key: str, territory: str) -> int:
    """Compute open deadlines of a territory again whose number it set or ended; answers how many last days moved.

    A deadline takes the value of the day on which it began, so that a value of the future moves nothing.
    """
    limits = [name for name, versions in time_limits().items() if any(v.profile == key for v in versions)]
    places = Territory.objects.filter(path__contains=f"/{territory}/").values("code")
    why = _("地区规则“%(name)s”有新的取值") % {"name": declarations()[key].name}
    found = RunningDeadline.objects.open().filter(limit_key__in=limits, territory__in=places, given_days=None)
    moved = sum(
        _recompute(running, calendar_for(running.territory), actor, moment, why=why)
        for running in found.order_by("id").iterator(chunk_size=500)
    )
    note(key=key, territory=territory, moved=moved)
    return moved


def _recompute(
    running: RunningDeadline, calendar: Calendar, actor: Actor, moment: datetime, *, why: str = ""
) -> bool:
    before = running.due_on
    after = engine_answer(running, calendar=calendar).due_on
    why = why or _why(running.calendar_version, calendar, running.starts_on, max(before, after))
    move_deadline(running, why=why, by=actor.name, moment=moment, calendar=calendar)
    if running.due_on == before:
        return False
    text = _("期限变动：%(title)s 由%(before)s改为%(after)s。%(why)s") % {
        "title": running.title,
        "before": before,
        "after": running.due_on,
        "why": why,
    }
    for person_id in _told(running, clock.legal_date(moment)):
        notify(person_id, text, running.url, moment=moment, subject=subject_key(running))
    return True


def _why(old_version: str, calendar: Calendar, first: date, last: date) -> str:
    """Which days changed between two calendars, as far as they lie within the deadline."""
    old = CalendarSnapshot.objects.filter(version=old_version).first()
    if old is None:
        return _("工作日历已更新（%(version)s）") % {"version": calendar.version}
    off = {d.isoformat() for a in calendar.arrangements for d in a.days_off}
    make_up = {d.isoformat() for a in calendar.arrangements for d in a.make_up_days}
    changed = sorted((off ^ set(old.days_off)) | (make_up ^ set(old.working_days)))
    within = [d for d in changed if first.isoformat() <= d <= last.isoformat()]
    days = "；".join(f"{d} {calendar.kind_of(date.fromisoformat(d))}" for d in within[:MOST_DAYS_NAMED])
    more = _("等%(n)s天") % {"n": len(within)} if len(within) > MOST_DAYS_NAMED else ""
    return _("工作日历由%(old)s更新为%(new)s：%(days)s") % {
        "old": old_version,
        "new": calendar.version,
        "days": days + more,
    }


def _told(running: RunningDeadline, on: date) -> set[int]:
    persons: set[int] = set()
    for task in Task.objects.open().filter(deadline=running):
        persons.update(people.persons_of(task.holder, organ_id=task.organ_id, on=on))
    return persons or ({running.responsible_person_id} if running.responsible_person_id else set())
