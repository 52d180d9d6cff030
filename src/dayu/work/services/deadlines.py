"""Running deadlines: started from an event inside an act, extended, and watched until they end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dayu.core import clock
from dayu.core.actions import action, note
from dayu.core.actors import Actor
from dayu.core.audit import plain, subject_key
from dayu.core.events import publish
from dayu.core.refused import refuse_now
from dayu.law.calendar import Calendar
from dayu.law.time_limits import time_limit
from dayu.work import people
from dayu.work.calendars import calendar_for
from dayu.work.events import DeadlineMoved, DeadlinePassed
from dayu.work.holders import Holder
from dayu.work.limits import LimitAnswer, compute, engine_answer
from dayu.work.models import CalendarSnapshot, DeadlineChange, Reminder, RunningDeadline, Task
from dayu.work.policies import may_run_jobs
from dayu.work.reminders import ReminderRule, reminder_rule, stage_of
from dayu.work.services.notices import notify


def start_deadline(
    subject: Any,
    limit_key: str,
    *,
    starts: date | datetime,
    organ_id: int,
    moment: datetime,
    related: Any = None,
    title: str = "",
    start_event: str = "",
    territory: str = "",
    days: int | None = None,
    exclusions: Iterable[tuple[date, date]] = (),
    responsible_person_id: int | None = None,
    responsible_unit_id: int | None = None,
    url: str = "",
) -> RunningDeadline:
    """Start the time limit `limit_key` for a subject from an event; the engine says when it ends.

    `starts` is a day, or a moment where the law counts hours. `days` is the number that a paper fixed (`ordered`).
    """
    day = clock.legal_date(starts) if isinstance(starts, datetime) else starts
    running = RunningDeadline(
        subject=subject_key(subject),
        related=subject_key(related) if related is not None else subject_key(subject),
        limit_key=limit_key,
        organ_id=organ_id,
        territory=territory,
        starts_on=day,
        starts_at=starts if isinstance(starts, datetime) else None,
        start_event=start_event,
        given_days=days,
        exclusions=[[plain(a), plain(b)] for a, b in exclusions],
        responsible_person_id=responsible_person_id,
        responsible_unit_id=responsible_unit_id,
        url=url,
    )
    calendar = calendar_for(territory)
    _write_answer(running, compute(running, calendar=calendar))
    running.title = title or time_limit(limit_key, day).name
    remember_calendar(calendar, territory=territory, moment=moment)
    running.save()
    return running


def extend_deadline(
    running: RunningDeadline, *, days: int, reason: str, by: Actor, granted_on: date, moment: datetime
) -> RunningDeadline:
    """延长: a grant of so many of the limit's own units. Called inside the act that grants it; the engine may refuse."""
    _still_open(running)
    grant = {"days": days, "granted_on": plain(granted_on), "granted_by": by.name, "reason": reason}
    running.extensions = [*running.extensions, grant]
    why = _("延长%(days)s：%(reason)s") % {"days": days, "reason": reason}
    return move_deadline(running, why=why, by=by.name, moment=moment)


def exclude_days(
    running: RunningDeadline, *, first: date, last: date, reason: str, by: Actor, moment: datetime
) -> RunningDeadline:
    """不计入: days from `first` to `last`, both included, do not count (appraisal, public notice, hearing …)."""
    _still_open(running)
    if last < first:
        refuse_now("work.days_in_order")
    running.exclusions = [*running.exclusions, [plain(first), plain(last)]]
    why = _("%(first)s至%(last)s不计入：%(reason)s") % {"first": first, "last": last, "reason": reason}
    return move_deadline(running, why=why, by=by.name, moment=moment)


def end_deadline(running: RunningDeadline, *, moment: datetime, how: str = "met") -> RunningDeadline:
    """The deadline runs no longer: `met` (done), `lapsed` (ran out, as it may), or `void`."""
    if running.ended_at is None:
        running.ended_at, running.ended_how = moment, how
        running.save()
    return running


def end_deadlines_of(subject: Any, *, moment: datetime, limit_keys: Sequence[str] = (), how: str = "met") -> int:
    """End the open deadlines of a subject, all or those of some limits; answers how many."""
    running = RunningDeadline.objects.open().filter(subject=subject_key(subject))
    if limit_keys:
        running = running.filter(limit_key__in=limit_keys)
    return len([end_deadline(r, moment=moment, how=how) for r in running])


def move_deadline(
    running: RunningDeadline, *, why: str, by: str, moment: datetime, calendar: Calendar | None = None
) -> RunningDeadline:
    """Compute again; where the last day moved, keep before, after and why, and move the tasks along."""
    before, version = running.due_on, running.calendar_version
    _write_answer(running, compute(running, calendar=calendar))
    running.save()
    if running.due_on == before:
        return running
    DeadlineChange.objects.create(
        deadline=running,
        due_before=before,
        due_after=running.due_on,
        why=why[:300],
        calendar_before=version,
        calendar_after=running.calendar_version,
        changed_at=moment,
        changed_by=by,
    )
    Task.objects.open().filter(deadline=running).update(
        due_on=running.due_on, due_at=running.due_at, order_on=running.due_on
    )
    publish(
        DeadlineMoved(
            running.pk, running.subject, running.related, running.limit_key, before, running.due_on, why[:300]
        ),
        moment=moment,
    )
    return running


def remember_calendar(calendar: Calendar, *, territory: str, moment: datetime) -> None:
    """Keep what a calendar looked like, so that a later one can be compared with it."""
    if CalendarSnapshot.objects.filter(version=calendar.version).exists():
        return
    off = {d for a in calendar.arrangements for d in a.days_off}
    make_up = {d for a in calendar.arrangements for d in a.make_up_days}
    years = calendar.provisional_years(calendar.first_day, calendar.last_day)
    CalendarSnapshot.objects.create(
        version=calendar.version,
        territory=territory,
        working_days=plain(sorted(make_up)),
        days_off=plain(sorted(off)),
        provisional_years=list(years),
        stored_at=moment,
    )


@action(label=gettext_lazy("期限提醒"), policy=may_run_jobs, doors={"system"})
def send_reminders(target: None, *, actor: Actor, moment: datetime) -> int:
    """Remind of deadlines that come near or have passed; each stage of each last day once."""
    today, sent = clock.legal_date(moment), 0
    places = RunningDeadline.objects.open().order_by().values_list("territory", flat=True).distinct()
    for territory in list(places):
        rule = reminder_rule(territory, today)
        near = RunningDeadline.objects.open().filter(
            territory=territory, due_on__lte=today + timedelta(days=rule.horizon_days)
        )
        for running in near.order_by("due_on", "id").iterator(chunk_size=500):
            stage = stage_of(rule, engine_answer(running).days_left(today))
            if stage and not Reminder.objects.filter(deadline=running, due_on=running.due_on, stage=stage).exists():
                _remind(running, stage, rule, moment)
                sent += 1
    note(reminders=sent)
    return sent


def _remind(running: RunningDeadline, stage: str, rule: ReminderRule, moment: datetime) -> None:
    today = clock.legal_date(moment)
    Reminder.objects.create(deadline=running, due_on=running.due_on, stage=stage, sent_at=moment)
    if stage == rule.first_overdue_stage:
        publish(
            DeadlinePassed(running.pk, running.subject, running.related, running.limit_key, running.due_on),
            moment=moment,
        )
    tasks = list(Task.objects.open().filter(deadline=running))
    words = {"title": running.title, "day": running.due_on}
    overdue = stage.startswith("overdue")
    text = (_("已逾期：%(title)s，%(day)s到期") if overdue else _("将到期：%(title)s，%(day)s")) % words
    if tasks and tasks[0].matter_no:
        text = f"{tasks[0].matter_no} {text}"
    for person_id in _whom_to_remind(running, tasks, rule.upward(stage), today):
        notify(
            person_id,
            text,
            tasks[0].url if tasks else running.url,
            moment=moment,
            subject=subject_key(running),
            urgent=overdue or stage == "due",
        )


def _whom_to_remind(running: RunningDeadline, tasks: list[Task], upward: Sequence[str], today: date) -> set[int]:
    persons: set[int] = set()
    for task in tasks:
        persons.update(people.persons_of(task.holder, organ_id=task.organ_id, on=today))
    if not persons and running.responsible_person_id is not None:
        persons.add(running.responsible_person_id)
    units = {t.holder_unit_id for t in tasks} | {running.responsible_unit_id}
    for post in upward:
        for unit in units if post == "unit_head" else {None}:
            persons.update(people.persons_of(Holder(unit_id=unit, post=post), organ_id=running.organ_id, on=today))
    return persons


def _write_answer(running: RunningDeadline, answer: LimitAnswer) -> None:
    for name, value in asdict(answer).items():
        setattr(running, name, value)


def _still_open(running: RunningDeadline) -> None:
    if running.ended_at is not None:
        refuse_now("work.deadline_has_ended")
