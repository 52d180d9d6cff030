"""Fixtures of the inspections domain's tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client
from tests.cast import PASSWORD

from dayu.core import clock
from dayu.core.refused import Refused
from dayu.inspections.models import OnSiteCheck
from dayu.inspections.services import (
    arrive,
    confirm_presence,
    finish_looking,
    note_finding,
    open_check,
    show_certificates,
    tell_rights,
    write_record,
)

TODAY = date(2026, 11, 20)
NOW = clock.legal_moment(TODAY, 9)
DUMPING = "flood-dump-or-affect-river"


def at(hour: int, minute: int = 0) -> datetime:
    return clock.legal_moment(TODAY, hour, minute)


def rules(caught: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [r.rule for r in caught.value.refusals]


@pytest.fixture
def begin(county) -> Callable[..., OnSiteCheck]:
    def make(**changed) -> OnSiteCheck:
        values = {
            "actor": county.officer,
            "moment": at(9),
            "object_text": "白鹿河二号砂场",
            "place": "白鹿镇河东村",
            "purpose": "日常巡查发现堆砂",
            "officers": [county.people["officer"], county.people["second_officer"]],
        }
        return open_check(None, **(values | changed))

    return make


@pytest.fixture
def up_to(county, begin) -> Callable[..., OnSiteCheck]:
    """A check in which everything before `step` was done."""

    def make(step: str, *, findings: tuple[tuple[str, str], ...] = (), **changed) -> OnSiteCheck:
        check = begin(**changed)
        acts = {
            "show": lambda: _arrive(check, county),
            "tell": lambda: show_certificates(check, actor=county.officer, moment=at(10, 5)),
            "look": lambda: tell_rights(check, actor=county.officer, moment=at(10, 10), answer="听清了，不申请回避。"),
            "write": lambda: _look(check, county, findings),
            "conclude": lambda: write_record(
                check, actor=county.officer, moment=at(11), text="现场情况", signature="signed"
            ),
        }
        for name, act in acts.items():
            if step == "arrive":
                break
            act()
            if name == step:
                break
        return check

    return make


def _arrive(check, county) -> None:
    arrive(check, actor=county.officer, moment=at(10), present_name="马某", present_role="现场负责人")
    confirm_presence(
        check, actor=county.officer, moment=at(10, 2), officer=county.people["second_officer"], secret=PASSWORD
    )


def _look(check, county, findings) -> None:
    for text, violation in findings:
        note_finding(check, actor=county.officer, moment=at(10, 20), text=text, violation=violation)
    finish_looking(check, actor=county.officer, moment=at(10, 50))


@pytest.fixture
def sign_in(county, move_clock) -> Callable[[str], Client]:
    move_clock(at(9))

    def enter(username: str) -> Client:
        client = Client()
        assert client.login(username=username, password=PASSWORD)
        return client

    return enter
