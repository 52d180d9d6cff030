"""What tests of the API share: tokens made the way a person makes them, and a caller that speaks JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from tests.cast import County

from dayu.api.services import issue_token
from dayu.core import clock

FAR = date(2027, 6, 30)


@pytest.fixture(autouse=True)
def nobody_called_yet() -> None:
    """The minute starts anew for each test."""
    cache.clear()


class Program:
    """A program with (or without) a token."""

    def __init__(self, secret: str = ""):
        self.client = Client(raise_request_exception=True)
        self.headers = {"Authorization": f"Bearer {secret}"} if secret else {}
        self.secret = secret

    def get(self, path: str) -> Any:
        return self.client.get(path, headers=self.headers)

    def post(self, path: str, body: Any) -> Any:
        content = body if isinstance(body, str | bytes) else json.dumps(body)
        return self.client.post(path, content, content_type="application/json", headers=self.headers)

    def act(self, key: str, target: str | None = None, /, **arguments: Any) -> Any:
        return self.post(f"/api/actions/{key}", {"target": target, "arguments": arguments})


@pytest.fixture
def program(county: County) -> Callable[..., Program]:
    """`program("administrator")` is a program that acts as that person of the cast; `program()` acts as nobody."""

    def make(name: str = "", *, may_write: bool = True, expires_on: date = FAR) -> Program:
        if not name:
            return Program()
        token = issue_token(
            None,
            actor=county.actor(name),
            moment=clock.now(),
            label="测试程序",
            expires_on=expires_on,
            may_write=may_write,
        )
        return Program(token.secret)

    return make
