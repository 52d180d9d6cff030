"""Pages of changed law: editions side by side, the list of what rests on them, settling with a reason, Excel."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from dayu.basis.models import ChangeImpact, Edition
from dayu.basis.tests.conftest import OLD, load


@pytest.fixture
def reviewer(client: Any, county: Any) -> Any:
    client.force_login(county.people["review_head"].account)
    return client


def test_two_editions_stand_side_by_side_with_the_changed_words_marked(reviewer, amended) -> None:
    newest = Edition.objects.get(statute__key="local-sand", edition="2026-11-01")
    page = reviewer.get(f"/basis/editions/{newest.pk}/compare/").content.decode()
    assert "<del>五</del>" in page and "<ins>十</ins>" in page
    assert "第 2 条" in page and "第 1 条" not in page
    assert "第 1 条" in reviewer.get(f"/basis/editions/{newest.pk}/compare/?all=1").content.decode()


def test_an_edition_alone_says_that_there_is_nothing_to_compare(reviewer, county, move_clock) -> None:
    alone = load(county.reviewer, "2014-11-01", date(2015, 1, 1), OLD, key="alone")
    assert "只有一个版本" in reviewer.get(f"/basis/editions/{alone.pk}/compare/").content.decode()


def test_the_list_names_what_rests_on_it_and_is_settled_with_a_reason(
    reviewer, amended, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(12):
        page = reviewer.get("/basis/changes/").content.decode()
    assert "对无证采砂的处罚" in page and "采砂条例第2条" in page and "2027-01-01" in page
    impact = ChangeImpact.objects.get(law="local-sand")
    empty = reviewer.post(f"/basis/changes/{impact.pk}/", {"outcome": "adjusted", "reason": ""})
    assert empty.status_code in {200, 422} and ChangeImpact.objects.open().exists()
    done = reviewer.post(
        f"/basis/changes/{impact.pk}/", {"outcome": "adjusted", "reason": "上限改为十万元", "once": "a1"}
    )
    assert done.status_code == 302
    assert "上限" not in reviewer.get("/basis/changes/").content.decode()
    assert "已调整" in reviewer.get("/basis/changes/?which=settled").content.decode()


def test_the_list_leaves_as_excel(reviewer, amended) -> None:
    answer = reviewer.get("/basis/changes/?which=own&format=xlsx")
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][0] == "对象" and rows[1][0] == "对无证采砂的处罚"


def test_an_officer_sees_the_list_but_no_door_to_settle(client, county, amended) -> None:
    client.force_login(county.people["officer"].account)
    impact = ChangeImpact.objects.get(law="local-sand")
    assert f"/basis/changes/{impact.pk}/" not in client.get("/basis/changes/").content.decode()
    assert client.post(f"/basis/changes/{impact.pk}/", {"outcome": "kept", "reason": "不改"}).status_code == 422
