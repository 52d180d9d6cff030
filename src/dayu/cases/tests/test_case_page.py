"""The page of a case: procedure, what to do now, amounts, limits, parties; each tab has its address and its price."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dayu.cases import facts
from dayu.cases.screen_reads import case_page
from dayu.cases.tests.situations import Played, draft_for, make_case
from dayu.core.access import AccessEntry

pytestmark = pytest.mark.django_db
TABS = ("", "timeline/", "documents/", "evidence/", "discretion/", "costs/", "people/", "related/", "log/")


@pytest.fixture
def officer(county: Any, client: Any) -> Any:
    client.force_login(county.people["officer"].account)
    return client


def page_of(client: Any, played: Played, tab: str = "") -> str:
    answer = client.get(f"/cases/{played.case.pk}/{tab}")
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content.decode()


@pytest.mark.parametrize("stage", ["open", "filed", "drafted", "notified", "decided", "archived"])
def test_every_tab_of_a_case_costs_at_most_twelve_statements(county, officer, move_clock, stage) -> None:
    played = make_case(county, at=stage)
    page_of(officer, played)
    for tab in TABS:
        with CaptureQueriesContext(connection) as queries:
            page_of(officer, played, tab)
        assert len(queries) <= 12, (tab, len(queries), [q["sql"][:60] + q["sql"][q["sql"].find(" FROM ") :][:60] for q in queries])


@pytest.mark.parametrize("stage", ["open", "filed", "proved", "notified", "heard", "served"])
def test_the_page_sees_the_case_as_the_procedure_does(county, move_clock, stage) -> None:
    played = make_case(county, at=stage, parties=2)
    read = case_page(played.case.pk, actor=county.officer, today=played.today).situation
    asked = facts.situation_of(played.now(), today=played.today)
    procedure = facts.procedure_of(played.case)
    assert read.parties == asked.parties
    assert read.officers == asked.officers
    assert read.facts == asked.facts
    assert procedure.next_acts(read) == procedure.next_acts(asked)


def test_the_first_tab_names_the_next_act_and_what_stands_against_it(county, officer, move_clock) -> None:
    played = make_case(county, at="filed")
    html = page_of(officer, played)
    assert "现在要做" in html and "提交调查终结报告" in html
    assert "还没有列明违法事实" in html and f"/cases/{played.case.pk}/acts/add_fact/" in html
    assert "办案期限" in html and "2026-05-31" in html


def test_a_draft_heavier_than_the_notice_is_shown_as_a_danger_with_its_article(county, officer, move_clock) -> None:
    played = make_case(county, at="notified", fine=20_000)
    draft_for(played, 0, 30_000)
    html = page_of(officer, played)
    assert "加重" in html and "20,000 元" in html and "30,000 元" in html
    assert "data-danger" in html and "第四十" in html
    assert "法定幅度" in html and "已告知" in html


def test_with_several_parties_each_has_its_own_state_and_a_switch(county, officer, move_clock) -> None:
    played = make_case(county, at="drafted", parties=2)
    html = page_of(officer, played)
    assert "张某" in html and "李某" in html and "?party=" in html
    second = officer.get(f"/cases/{played.case.pk}/?party={played.other(1).pk}").content.decode()
    assert "李某" in second


def test_a_colleague_of_another_county_finds_no_page_and_a_reader_sees_covered_fields(county, client, move_clock) -> None:
    played = make_case(county, at="filed")
    client.force_login(county.people["supervisor"].account)
    answer = client.get(f"/cases/{played.case.pk}/")
    if answer.status_code == 200:
        assert "0000-1234567" not in answer.content.decode()
    client.force_login(county.people["archivist"].account)
    html = client.get(f"/cases/{played.case.pk}/people/").content.decode()
    assert "0000-1234567" not in html and "张*" in html


def test_reading_a_case_is_recorded_with_its_purpose(county, officer, move_clock) -> None:
    played = make_case(county, at="filed")
    page_of(officer, played)
    entry = AccessEntry.objects.order_by("-id").first()
    assert entry is not None and f"cases.case:{played.case.pk}" in entry.subjects and entry.purpose == "办理案件"


def test_a_closed_case_says_so_and_offers_no_next_act(county, officer, move_clock) -> None:
    played = make_case(county, at="archived")
    html = page_of(officer, played)
    assert "案件已经办结" in html
