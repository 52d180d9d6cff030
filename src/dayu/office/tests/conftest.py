"""A day of work in the county: limits of every kind, an approval on its way, something that others must do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pytest
from django.test import Client

from dayu.core import clock
from dayu.core.accounts import Account
from dayu.core.actors import Actor
from dayu.law.citations import cite
from dayu.work import holders
from dayu.work.models import ApprovalRequest, Task
from dayu.work.services import open_task, request_approval, start_deadline

TODAY = date(2026, 11, 20)


def at(month: int, day: int, hour: int = 9) -> datetime:
    return clock.legal_moment(date(2026, month, day), hour)


@pytest.fixture(autouse=True)
def friday() -> Iterator[None]:
    """Friday 20 November 2026, ten o'clock."""
    clock.move_to(at(11, 20, 10))
    yield
    clock.move_to(None)


@dataclass
class Day:
    """The tasks of the day by name."""

    county: Any
    tasks: dict[str, Task]
    request: ApprovalRequest


def limited_task(county: Any, key: str, *, number: int, start: datetime, title: str, manner: str = "act") -> Task:
    """A task of the officer with a running deadline."""
    subject = f"cases.case:{number}"
    running = start_deadline(
        subject, key, starts=clock.legal_date(start), organ_id=county.agency.pk, moment=start, title=title,
        start_event="起算事由", territory="990121",
    )  # fmt: skip
    return open_task(
        subject, f"cases.{key}", title=title, holder=holders.person(county.officer.person_id), organ_id=county.agency.pk,
        url=f"/cases/{number}/", moment=start, matter_no=f"泽水罚立〔2026〕{number}号", deadline=running, button="去办",
        manner=manner,
    )  # fmt: skip


@pytest.fixture
def day(county: Any) -> Day:
    """The work of the day."""
    tasks = {
        "overdue": limited_task(county, "publish", number=9, start=at(11, 9), title="公开处罚决定"),
        "today": limited_task(county, "serve_decision", number=10, start=at(11, 11), title="送达处罚决定书"),
        "soon": limited_task(county, "register_preserve", number=17, start=at(11, 12), title="处理登记保存的物品"),
        "blocked": limited_task(
            county, "hearing_request", number=14, start=at(11, 17), title="听证申请期未满", manner="watch"
        ),
        "week": limited_task(county, "decision", number=3, start=at(8, 28), title="作出决定"),
        "later": limited_task(county, "decision", number=12, start=at(10, 16), title="以后作出决定"),
    }
    org = county.agency.pk
    tasks["undated"] = open_task(
        "cases.case:30", "cases.answer_plea", title="答复申辩第 3 点", holder=holders.person(county.officer.person_id),
        organ_id=org, url="/cases/30/", moment=at(11, 18), basis=(cite("penalty-law", 45, 1),), why="还有 1 点没有答复",
    )  # fmt: skip
    tasks["awaited"] = open_task(
        "cases.case:31", "legal_review.review", title="法制审核", holder=holders.person(county.reviewer.person_id),
        organ_id=org, url="/cases/31/", moment=at(11, 17), matter_no="泽水罚立〔2026〕31号",
        awaited_by_id=county.officer.person_id,
    )  # fmt: skip
    request = ask(county.officer, number=18)
    return Day(county, tasks, request)


def ask(actor: Actor, *, number: int) -> ApprovalRequest:
    """Ask both heads for the filing of a case."""
    return request_approval(
        f"cases.case:{number}", actor=actor, moment=at(11, 19), flow_key="work.two_heads", title=f"立案：第 {number} 号",
        digest=f"{number:064d}", deciding_facts=[("违法事实", "采挖约 46 立方米"), ("立案期限", "11-24 周二")],
        url=f"/cases/{number}/", matter_no=f"泽水罚立〔2026〕{number}号",
    )  # fmt: skip


def signed_in(actor: Actor) -> Client:
    """A browser in which the actor signed in."""
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client
