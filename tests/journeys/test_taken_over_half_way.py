"""A case that stands half-way on paper is taken over on the pages: next step and days left are right, what is missing blocks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils.html import strip_tags

from dayu.cases.models import Case
from dayu.core import clock
from tests.cast import make_county

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PAST = [
    {"act": "file_case", "on": "2026-01-12"},
    {"act": "report_investigation", "on": "2026-02-02", "detail": "建议罚款"},
    {"act": "examine_report", "on": "2026-02-03", "explanation": "纸上批准，给予处罚"},
]


@pytest.fixture
def browser(db: None, move_clock: Callable[..., None]) -> Any:
    county = make_county()
    move_clock(clock.legal_moment(date(2026, 3, 2), 9))
    found = Client()
    found.force_login(county.people["officer"].account, backend=BACKEND)
    found.county = county
    return found


def test_a_case_on_paper_goes_on_where_it_stands_and_lacks_its_notice(browser: Any) -> None:
    case = take_over(browser)
    for step in PAST:
        answer = browser.post(f"/cases/{case.pk}/past/", {**step, "more": "1"})
        assert answer.status_code == 302, answer.content.decode()[:2000]
    case.refresh_from_db()
    assert (case.filed_on, case.stage) == (date(2026, 1, 12), "notice")
    text = "".join(strip_tags(browser.get(f"/cases/{case.pk}/").content.decode()).split())
    assert "剩41日" in text and "2026-04-12" in text
    assert "制作处罚事先告知书" in text
    refused = browser.get(f"/cases/{case.pk}/acts/decide_penalty/").content.decode()
    assert "程序步骤缺失：未经事先告知，不得作出处罚决定" in refused


def take_over(browser: Any) -> Case:
    people = browser.county.people
    answer = browser.post("/cases/take-over/", {
        "title": "张某无证采砂案", "case_no": "泽水罚立〔2026〕3号", "explanation": "系统启用前已在纸上立案", "source_type": "巡查",
        "party_name": "张某", "party_kind": "citizen", "violation": "river-reg-44-4",
        "officers": [people["officer"].pk, people["second_officer"].pk],
    })  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()[:2000]
    return Case.objects.get(case_no="泽水罚立〔2026〕3号")
