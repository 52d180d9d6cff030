"""Notifications by bell and text message. `notify` is called inside acts; messages leave after the act, by a job."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from dayu.core.actions import action, note
from dayu.core.actors import Actor
from dayu.work import people
from dayu.work.models import Notification, SmsMessage
from dayu.work.policies import may_read_notices, may_run_jobs
from dayu.work.sms import gateway

MOST_ATTEMPTS = 5


def notify(
    person_id: int,
    text: str,
    url: str = "",
    *,
    moment: datetime,
    subject: str = "",
    urgent: bool = False,
    sms: bool = False,
) -> Notification:
    """Ring the person's bell; with `sms` (or when urgent) also send a text message if a telephone is known."""
    notice = Notification.objects.create(
        person_id=person_id, text=text[:300], url=url, subject=subject, urgent=urgent, created_at=moment
    )
    phone = people.phone_of(person_id) if sms or urgent else ""
    if phone:
        SmsMessage.objects.create(notification=notice, phone=phone, text=text[:300], created_at=moment)
    return notice


@action(label=_("通知已读"), policy=may_read_notices)
def mark_read(person: str, *, actor: Actor, moment: datetime, ids: list[int] | None = None) -> int:
    """Mark one's own notifications as read: the named ones, or all."""
    unread = Notification.objects.filter(person_id=actor.person_id, read_at=None)
    if ids is not None:
        unread = unread.filter(pk__in=ids)
    return unread.update(read_at=moment)


@action(label=_("发送短信"), policy=may_run_jobs, doors={"system"})
def send_waiting_messages(target: None, *, actor: Actor, moment: datetime, limit: int = 200) -> int:
    """Hand waiting messages to the gateway and ask it about the ones under way; answers how many left."""
    sent = 0
    door = gateway()
    for message in SmsMessage.objects.filter(standing=SmsMessage.WAITING).order_by("id")[:limit]:
        message.attempts += 1
        answer = door.send(message.phone, message.text, reference=str(message.pk))
        if answer.accepted:
            message.standing, message.receipt, message.sent_at, message.error = SmsMessage.SENT, answer.receipt, moment, ""
            sent += 1
        else:
            message.error = answer.error[:300]
            if message.attempts >= MOST_ATTEMPTS:
                message.standing = SmsMessage.FAILED
        message.save()
    _fetch_receipts(door, moment)
    note(sent=sent)
    return sent


def _fetch_receipts(door: object, moment: datetime) -> None:
    under_way = list(SmsMessage.objects.filter(standing=SmsMessage.SENT).order_by("id")[:500])
    answers = door.receipts([m.receipt for m in under_way])  # type: ignore[attr-defined]
    for message in under_way:
        answer = answers.get(message.receipt)
        if answer is None:
            continue
        message.standing = SmsMessage.DELIVERED if answer.delivered else SmsMessage.FAILED
        message.delivered_at = moment if answer.delivered else None
        message.error = answer.error[:300]
        message.save()
