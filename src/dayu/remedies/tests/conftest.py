"""Fixtures of the remedies domain's tests: a fined party on Monday 2 March 2026 and after."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import Client
from tests.cast import PASSWORD

from dayu.cases.tests.situations import Played, make_case
from dayu.core import clock
from dayu.core.refused import Refused


def rules(caught: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [r.rule for r in caught.value.refusals]


@pytest.fixture
def served(county) -> Iterator[Played]:
    """A decision of 20,000 yuan that reached the party today."""
    yield make_case(county, at="served", fine=20_000)
    clock.move_to(None)


@pytest.fixture
def sign_in(county):
    def enter(username: str) -> Client:
        client = Client()
        assert client.login(username=username, password=PASSWORD)
        return client

    return enter
