"""证据: the board with its cards, the matrix, linking by a click, and the proof in plain words."""

from __future__ import annotations

from typing import Any

import pytest

from dayu.cases.models import CaseEvidence
from dayu.cases.tests.situations import Played, make_case
from dayu.core.proof_log import advance_proof_log
from dayu.records.models import EvidenceItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(county: Any, client: Any) -> Any:
    client.force_login(county.people["officer"].account)
    return client


def board(client: Any, played: Played, query: str = "") -> str:
    answer = client.get(f"/cases/{played.case.pk}/evidence/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_board_shows_who_took_what_when_and_whether_it_was_checked(county, officer, move_clock) -> None:
    played = make_case(county, at="proved")
    html = board(officer, played)
    for words in ("现场笔录", "查证属实", "证明事实 1", "白鹿河龙尾段", "陆河清"):
        assert words in html


def test_an_empty_row_of_the_matrix_is_red_and_its_cell_leads_to_linking(county, officer, move_clock) -> None:
    played = make_case(county, at="proved")
    officer.post(f"/cases/{played.case.pk}/acts/add_fact/", {"text": "采挖 46 立方米", "once": "a"})
    html = board(officer, played)
    assert "data-missing" in html and "1 项事实缺证据" in html
    fact = played.case.case_facts.get(text="采挖 46 立方米")
    item = EvidenceItem.objects.get()
    address = f"/cases/{played.case.pk}/evidence/link/?fact={fact.pk}&item={item.pk}"
    assert address.replace("&", "&amp;") in html
    assert "现场笔录" in officer.get(address).content.decode()
    assert officer.post(address, {"proves": "方量", "once": "b"}).status_code == 302
    assert "data-missing" not in board(officer, played)


def test_a_link_is_taken_back_with_its_reason(county, officer, move_clock) -> None:
    played = make_case(county, at="proved")
    link = CaseEvidence.objects.get()
    address = f"/cases/{played.case.pk}/evidence/unlink/{link.pk}/"
    assert officer.post(address, {"reason": "", "once": "a"}).status_code == 422
    assert officer.post(address, {"reason": "与本事实无关", "once": "b"}).status_code == 302
    assert "缺证据" in board(officer, played)


def test_facts_are_reworded_and_dropped_with_a_reason(county, officer, move_clock) -> None:
    played = make_case(county, at="proved")
    fact = played.case.case_facts.get()
    base = f"/cases/{played.case.pk}/facts/{fact.pk}/"
    assert officer.post(base, {"text": "夜间无证采砂", "once": "a"}).status_code == 302
    assert "夜间无证采砂" in board(officer, played)
    assert officer.post(f"{base}drop/", {"reason": "不能证实", "once": "b"}).status_code == 302
    assert "还没有列明待证事实" in board(officer, played)


def test_the_proof_of_a_piece_is_told_in_plain_words(county, officer, move_clock) -> None:
    played = make_case(county, at="proved")
    assert "等待下一次检查点" in board(officer, played)
    advance_proof_log(now=played.moment)
    html = board(officer, played)
    assert "由签名的检查点锁定" in html and "已封" in html and "谁在场" in html
