"""Fixtures of the parties domain's tests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from dayu.core import clock
from dayu.core.refused import Refused
from dayu.parties.models import Party
from dayu.parties.services import register_party

TODAY = date(2026, 11, 20)
NOW = clock.legal_moment(TODAY, 9)
EARLIER = clock.legal_moment(date(2026, 11, 2), 9)
USCC = "91990121MA00000A13"


def id_card(born: str = "19800101", place: str = "990121", number: str = "001") -> str:
    """An invented identity number with the right check character."""
    body = f"{place}{born}{number}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


def uscc(body: str = "91990121MA00000A1") -> str:
    """An invented credit code with the right check character."""
    signs = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    weights = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
    return body + signs[(31 - sum(signs.index(c) * w for c, w in zip(body, weights, strict=True)) % 31) % 31]


def rules(caught: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [r.rule for r in caught.value.refusals]


@pytest.fixture
def register(county) -> Callable[..., Party]:
    def make(name="张水生", **changed) -> Party:
        values = {
            "kind": "citizen",
            "actor": county.officer,
            "moment": EARLIER,
            "phone": "13912345678",
            "address": "泽川县白鹿镇河东村3组12号",
        }
        return register_party(None, name=name, **(values | changed))

    return make
