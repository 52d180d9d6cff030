"""Fixtures of the work domain's tests: the fixed cast, and a request for approval."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest

from dayu.core import clock
from dayu.core.refused import Refused
from dayu.work.models import ApprovalRequest
from dayu.work.services import request_approval

TODAY = date(2026, 11, 20)
NOW = clock.legal_moment(TODAY, 9)
DIGEST = "a" * 64


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    return clock.legal_moment(day, hour, minute)


def rules(caught: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [r.rule for r in caught.value.refusals]


@pytest.fixture
def ask(county) -> Callable[..., ApprovalRequest]:
    def make(**changed) -> ApprovalRequest:
        values = {
            "flow_key": "work.two_heads",
            "title": "立案：张某无证采砂",
            "digest": DIGEST,
            "deciding_facts": [("案由", "未经许可采砂"), ("初查", "现场采砂船1艘")],
            "url": "/cases/12/",
            "matter_no": "泽水罚立〔2026〕12号",
            "moment": NOW,
            "actor": county.officer,
        }
        return request_approval("cases.case:12", **(values | changed))

    return make
