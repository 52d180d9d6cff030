"""Periodic work: reminders, deadlines of changed calendars, text messages."""

from __future__ import annotations

from datetime import datetime

from dayu.core.actors import SYSTEM
from dayu.core.jobs import every
from dayu.work.models import SmsMessage
from dayu.work.services import recompute_open_deadlines, send_reminders, send_waiting_messages


@every(minutes=60)
def remind_of_deadlines(*, now: datetime) -> None:
    """T-3, T-1, due, overdue upward."""
    send_reminders(None, actor=SYSTEM, moment=now)


@every(minutes=60)
def follow_the_calendar(*, now: datetime) -> None:
    """Open deadlines follow a calendar that changed."""
    recompute_open_deadlines(None, actor=SYSTEM, moment=now)


@every(minutes=1)
def send_text_messages(*, now: datetime) -> None:
    """Messages that wait, and receipts of those under way."""
    if SmsMessage.objects.filter(standing__in=[SmsMessage.WAITING, SmsMessage.SENT]).exists():
        send_waiting_messages(None, actor=SYSTEM, moment=now)
