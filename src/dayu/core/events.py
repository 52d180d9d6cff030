"""Events: what happened, told to whoever subscribed. Written in the act's transaction, delivered at least once.

A domain declares frozen dataclasses in its `events.py` and calls `publish(event, moment=…)` inside an action. A higher domain
subscribes in its `handlers.py`:

    @handles(ReviewPassed)
    def record_passed_review(event: ReviewPassed, *, moment: datetime) -> None: ...

Handlers must be idempotent. A handler that fails is tried again and stays visible with its error.
"""

from __future__ import annotations

import dataclasses
import logging
import traceback
from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar, get_type_hints

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from dayu.core.audit import plain

log = logging.getLogger(__name__)

E = TypeVar("E")
Handler = Callable[..., None]
MOST_ATTEMPTS = 8


class EventRow(models.Model):
    """事件: one thing that happened, with its content as JSON."""

    name = models.CharField(_("名称"), max_length=120)
    content = models.JSONField(_("内容"), default=dict)
    moment = models.DateTimeField(_("时间"))

    class Meta:
        app_label = "core"
        verbose_name = _("事件")
        verbose_name_plural = _("事件")

    def __str__(self) -> str:
        return self.name


class EventDelivery(models.Model):
    """事件投递: one handler that must hear of one event."""

    event = models.ForeignKey(EventRow, on_delete=models.PROTECT, related_name="deliveries")
    handler = models.CharField(_("处理程序"), max_length=160)
    done_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    error = models.TextField(blank=True)

    class Meta:
        app_label = "core"
        verbose_name = _("事件投递")
        verbose_name_plural = _("事件投递")
        constraints = [models.UniqueConstraint(fields=["event", "handler"], name="delivered_once")]
        indexes = [models.Index(fields=["done_at", "next_at"], name="delivery_open")]

    def __str__(self) -> str:
        return f"{self.handler} <- {self.event_id}"


_event_types: dict[str, type] = {}
_handlers: dict[str, dict[str, Handler]] = {}


def event_name(event_type: type) -> str:
    """`legal_review.ReviewPassed`."""
    return f"{event_type.__module__.split('.')[1]}.{event_type.__name__}"


def handles(event_type: type[E]) -> Callable[[Handler], Handler]:
    """Subscribe a function to an event type."""

    def decorate(function: Handler) -> Handler:
        name = event_name(event_type)
        _event_types[name] = event_type
        _handlers.setdefault(name, {})[f"{function.__module__}.{function.__qualname__}"] = function
        return function

    return decorate


def publish(event: Any, *, moment: datetime) -> EventRow:
    """Write the event and one delivery for each subscriber, in the present transaction."""
    name = event_name(type(event))
    row = EventRow.objects.create(name=name, content=plain(dataclasses.asdict(event)), moment=moment)
    EventDelivery.objects.bulk_create(
        [EventDelivery(event=row, handler=h, next_at=moment) for h in _handlers.get(name, {})]
    )
    return row


def deliver_due(now: datetime, *, limit: int = 500) -> int:
    """Deliver what is due; answers how many deliveries succeeded. Events reach a handler in their order."""
    due = EventDelivery.objects.filter(done_at=None, next_at__lte=now, attempts__lt=MOST_ATTEMPTS)
    succeeded = 0
    for delivery in due.select_related("event").order_by("id")[:limit]:
        succeeded += _deliver(delivery, now)
    return succeeded


def _deliver(delivery: EventDelivery, now: datetime) -> bool:
    function = _handlers.get(delivery.event.name, {}).get(delivery.handler)
    try:
        if function is None:
            raise LookupError(f"handler {delivery.handler} is no longer installed")
        with transaction.atomic():
            # Another worker may have been quicker between the list and this row.
            if not EventDelivery.objects.select_for_update().filter(pk=delivery.pk, done_at=None).exists():
                return False
            function(_event_of(delivery.event), moment=delivery.event.moment)
            delivery.done_at = now
            delivery.attempts += 1
            delivery.error = ""
            delivery.save()
        return True
    except Exception:  # a failing handler must not stop the others; its error stays on the delivery
        log.exception("event %s was not handled by %s", delivery.event.name, delivery.handler)
        delivery.done_at = None
        delivery.attempts += 1
        delivery.error = traceback.format_exc()[-4000:]
        delivery.next_at = now + timedelta(seconds=2**delivery.attempts)
        delivery.save()
        return False


def _event_of(row: EventRow) -> Any:
    event_type = _event_types[row.name]
    hints = get_type_hints(event_type)
    values = {f.name: _revive(row.content.get(f.name), hints[f.name]) for f in dataclasses.fields(event_type)}
    return event_type(**values)


def _revive(value: Any, hint: Any) -> Any:
    if value is None:
        return None
    names = str(hint)
    if hint is datetime or "datetime.datetime" in names:
        return datetime.fromisoformat(value)
    if hint is date or "datetime.date" in names:
        return date.fromisoformat(value)
    if hint is Decimal or "Decimal" in names:
        return Decimal(value)
    if names.startswith("tuple"):
        return tuple(value)
    if names.startswith("frozenset"):
        return frozenset(value)
    return value
