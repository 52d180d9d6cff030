"""Rates: a minute at a time, and nobody hides behind a header of his own making."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.test import RequestFactory

from dayu.core.rates import address_of, wait_for


@pytest.fixture(autouse=True)
def _empty(move_clock):
    cache.clear()
    move_clock(datetime(2026, 11, 20, 1, 0, 15, tzinfo=UTC))


def test_calls_beyond_the_limit_wait_until_the_minute_ends():
    assert [wait_for("a", limit=2) for _ in range(3)] == [0, 0, 45]
    assert wait_for("b", limit=2) == 0


def test_the_next_minute_starts_anew(move_clock):
    assert [wait_for("a", limit=1) for _ in range(2)] == [0, 45]
    move_clock(datetime(2026, 11, 20, 1, 1, 0, tzinfo=UTC))
    assert wait_for("a", limit=1) == 0


def test_without_proxies_the_header_of_a_caller_counts_for_nothing():
    request = RequestFactory().get("/", headers={"X-Forwarded-For": "10.9.9.9"}, REMOTE_ADDR="192.0.2.1")
    assert address_of(request) == "192.0.2.1"


def test_behind_a_proxy_the_entry_that_the_proxy_wrote_counts(settings):
    settings.DAYU_PROXIES = 1
    request = RequestFactory().get("/", headers={"X-Forwarded-For": "10.9.9.9, 192.0.2.7"}, REMOTE_ADDR="127.0.0.1")
    assert address_of(request) == "192.0.2.7"
    assert address_of(RequestFactory().get("/", REMOTE_ADDR="127.0.0.1")) == "127.0.0.1"
