from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from dayu.core import events
from dayu.core.events import EventDelivery, deliver_due, handles, publish

MOMENT = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Happened:
    what: str
    at: datetime


@pytest.fixture
def heard():
    found: list[Happened] = []
    yield found
    events._handlers.pop(events.event_name(Happened), None)


def test_an_event_reaches_each_subscriber_once_with_its_types(heard):
    @handles(Happened)
    def listen(event: Happened, *, moment: datetime) -> None:
        heard.append(event)

    publish(Happened("flood", MOMENT), moment=MOMENT)
    assert deliver_due(MOMENT) == 1 and deliver_due(MOMENT) == 0
    assert heard == [Happened("flood", MOMENT)]


def test_a_failing_handler_stays_visible_and_is_tried_again_later(heard):
    @handles(Happened)
    def fail(event: Happened, *, moment: datetime) -> None:
        heard.append(event)
        if len(heard) == 1:
            raise ValueError("the river is closed")

    publish(Happened("flood", MOMENT), moment=MOMENT)
    assert deliver_due(MOMENT) == 0
    assert "the river is closed" in EventDelivery.objects.get().error
    assert deliver_due(MOMENT) == 0, "not before its time"
    assert deliver_due(MOMENT + timedelta(minutes=1)) == 1
    assert EventDelivery.objects.get().error == ""
