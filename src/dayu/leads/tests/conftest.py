"""Fixtures of the leads domain's tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from tests.cast import PASSWORD

from dayu.core import clock
from dayu.core.refused import Refused
from dayu.leads.grounds import conditions
from dayu.leads.models import Lead
from dayu.leads.services import assign_lead, register_lead, verify_lead

TODAY = date(2026, 11, 20)
NOW = clock.legal_moment(TODAY, 9)
ALL_MET = dict.fromkeys(conditions(), True)
NONE_MET = ALL_MET | {"violation_suspected": False}


def rules(caught: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [r.rule for r in caught.value.refusals]


@pytest.fixture
def register(county) -> Callable[..., Lead]:
    def make(**changed) -> Lead:
        values = {
            "actor": county.registrar,
            "moment": NOW,
            "source": "hotline_12345",
            "title": "白鹿河岸边倾倒渣土",
            "content": "反映人称夜间有货车倾倒渣土约两车。",
            "place": "白鹿镇河东村白鹿河左岸",
        }
        return register_lead(None, **(values | changed))

    return make


@pytest.fixture
def at_stage(county, register) -> Callable[..., Lead]:
    """A lead at `received`, `verifying`, or `verified` (with all conditions met, or not)."""

    def make(stage: str = "verified", *, met: bool = False, **changed) -> Lead:
        lead = register(**changed)
        if stage == "received":
            return lead
        officers = [county.people["officer"], county.people["second_officer"]]
        assign_lead(lead, actor=county.unit_head, moment=NOW, officers=officers)
        if stage == "verified":
            answers = ALL_MET if met else NONE_MET
            verify_lead(lead, actor=county.officer, moment=NOW, finding="现场查看。", answers=answers)
        return lead

    return make


@pytest.fixture
def sign_in(county, move_clock) -> Callable[[str], Client]:
    move_clock(NOW)

    def enter(username: str) -> Client:
        client = Client()
        assert client.login(username=username, password=PASSWORD)
        return client

    return enter
