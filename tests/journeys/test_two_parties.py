"""Two parties of one case go their own ways: plea and hearing, service in hand and by public notice, their own days to pay.

That the first is decided while the second still lacks its notice, and that public notice must have run out, is proved in
`dayu/cases/tests/test_case_behaviour.py`; here both go the whole way from notice to payment, and the page shows each.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from dayu.cases import services
from dayu.cases.services.journal import verdict_of
from dayu.cases.tests.situations import Played, discuss_party, make_case, notify_party, review_party, services_needed
from tests.cast import make_county

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def played(db: None, move_clock: Callable[..., None]) -> Played:
    return make_case(make_county(), at="drafted", parties=2, fine=30_000)


def test_two_parties_plead_are_heard_served_and_pay_apart(played: Played) -> None:
    waive(played, 0)
    decide(played, 0)
    refused = {r.rule for r in verdict_of(played.now(), "decide_penalty", today=played.today, party=played.other(1)).refusals}
    assert "procedure.notice_missing" in refused
    plead_and_be_heard(played, 1)
    decide(played, 1)
    serve_in_hand(played, 0)
    serve_by_public_notice(played, 1)
    first, second = played.other(0), played.other(1)
    assert [p.defences.count() for p in (first, second)] == [0, 1]
    assert [p.hearings.count() for p in (first, second)] == [0, 1]
    assert first.decided_on < second.decided_on and first.served_on < second.served_on
    assert first.pay_due_on < second.pay_due_on
    assert_page_shows(played, first.pay_due_on, 0)
    assert_page_shows(played, second.pay_due_on, 1)


def waive(p: Played, number: int) -> None:
    notify_party(p, number)
    services.waive_defence(p.other(number), document="放弃陈述申辩声明", **p.by("officer"))
    services.waive_hearing(p.other(number), document="放弃听证声明", **p.by("officer"))


def plead_and_be_heard(p: Played, number: int) -> None:
    p.wait(1)
    notify_party(p, number)
    plea = services.submit_defence(p.other(number), points=["没有参与"], final=True, **p.by("officer"))
    services.answer_defence_point(plea.points.get(), adopted=False, answer="与笔录不符", **p.by("officer"))
    services.reexamine_defence(p.other(number), opinion="不采纳", **p.by("officer"))
    services.request_hearing(p.other(number), **p.by("officer"))
    services.notice_hearing(
        p.other(number), scheduled_at=p.moment + timedelta(days=14), place="三楼会议室", presider=p.county.people["presider"],
        recorder=p.county.people["review_head"], **p.by("officer"),
    )  # fmt: skip
    p.wait(14)
    services.hold_hearing(p.other(number), transcript="听证笔录", opinion="维持拟处罚意见", **p.by("presider"))


def decide(p: Played, number: int) -> None:
    review_party(p, number)
    if "discussion_missing" in services_needed(p, number):
        discuss_party(p, number)
    services.decide_penalty(p.other(number), opinion="同意", **p.by("head"))


def serve_in_hand(p: Played, number: int) -> None:
    services.serve_decision(p.other(number), method="direct", proofs=("receipt",), **p.by("officer"))


def serve_by_public_notice(p: Played, number: int) -> None:
    announced = p.today
    services.announce_decision(p.other(number), where="县政府网站", ground="下落不明", **p.by("officer"))
    p.wait(30)
    services.serve_decision(
        p.other(number), method="public_notice", proofs=("reason",), announced_on=announced, **p.by("officer")
    )


def assert_page_shows(p: Played, due: date, number: int) -> None:
    """The limits of each party stand on that party's own page."""
    browser: Any = Client()
    browser.force_login(p.county.people["officer"].account, backend=BACKEND)
    text = browser.get(f"/cases/{p.case.pk}/limits/?party={p.other(number).key}").content.decode()
    assert due.isoformat() in text
