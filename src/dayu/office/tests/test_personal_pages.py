"""Notices, search and personal settings."""

from __future__ import annotations

from typing import Any

import pytest

from dayu.core.search import SearchKind, index_record, register_kind, registered_kinds
from dayu.office.tests.conftest import Day, at, signed_in
from dayu.work.models import Delegation, Notification
from dayu.work.services import notify

pytestmark = pytest.mark.django_db


def test_notices_are_ones_own_and_counted_at_the_bell(county: Any) -> None:
    notify(county.officer.person_id, "将到期：送达处罚决定书", "/", moment=at(11, 20))
    notify(county.reviewer.person_id, "别人的消息", "/", moment=at(11, 20))
    html = signed_in(county.officer).get("/notifications/").content.decode()
    assert "将到期：送达处罚决定书" in html and "别人的消息" not in html
    assert "<b>1</b>" in html


def test_opening_a_notice_reads_it_and_leads_on(county: Any) -> None:
    notice = notify(county.officer.person_id, "去看", "/settings/", moment=at(11, 20))
    response = signed_in(county.officer).post(f"/notifications/{notice.pk}/")
    assert response["Location"] == "/settings/"
    assert Notification.objects.get(pk=notice.pk).read_at is not None
    assert signed_in(county.reviewer).post(f"/notifications/{notice.pk}/").status_code == 404


def test_a_notice_never_leads_out_of_the_house(county: Any) -> None:
    notice = notify(county.officer.person_id, "去看", "https://elsewhere.example/", moment=at(11, 20))
    assert signed_in(county.officer).post(f"/notifications/{notice.pk}/")["Location"] == "/notifications/"


def test_all_notices_are_read_at_once(county: Any) -> None:
    for n in range(3):
        notify(county.officer.person_id, f"消息 {n}", moment=at(11, 20))
    signed_in(county.officer).post("/notifications/")
    assert not Notification.objects.filter(person_id=county.officer.person_id, read_at=None).exists()
    assert "没有消息" in signed_in(county.officer).get("/notifications/?unread=1").content.decode()


def test_search_shows_hits_that_one_may_see(county: Any) -> None:
    register_kind(SearchKind("office.test", "案件", lambda actor, ids: [i for i in ids if i != "2"]))
    index_record("office.test", 1, title="张某在白鹿河无证采砂", url="/cases/1/", text="采砂", moment=at(11, 1))
    index_record("office.test", 2, title="李某秘密采砂", url="/cases/2/", text="采砂", moment=at(11, 2))
    html = signed_in(county.officer).get("/search/?q=采砂").content.decode()
    assert "张某在白鹿河无证采砂" in html and "李某" not in html
    assert 'value="采砂"' in html, "the words stay in the field"
    assert "没有找到" in signed_in(county.officer).get("/search/?q=不存在的词").content.decode()


def test_a_search_with_hits_of_every_kind_costs_at_most_twelve_statements(
    county: Any, django_assert_max_num_queries: Any
) -> None:
    for kind in registered_kinds():
        for number in range(3):
            index_record(kind, number + 1, title="白鹿河采砂", url="/", text="采砂", moment=at(11, number + 1))
    client = signed_in(county.officer)
    with django_assert_max_num_queries(12):
        assert client.get("/search/?q=采砂").status_code == 200


@pytest.mark.parametrize("words", ["", "%", "'", '"', "a" * 300, "*", "OR AND NOT", "〔2026〕"])
def test_search_bears_any_words(county: Any, words: str) -> None:
    assert signed_in(county.officer).get("/search/", {"q": words}).status_code == 200


def test_work_is_delegated_and_taken_back(day: Day) -> None:
    client = signed_in(day.county.officer)
    response = client.post(
        "/settings/",
        {
            "delegate": day.county.third_officer.person_id,
            "covers": "all",
            "valid_from": "2026-11-20",
            "valid_until": "2026-11-27",
            "reason": "出差",
        },
        follow=True,
    )
    assert "骆知水" in response.content.decode()
    row = Delegation.objects.get(principal_id=day.county.officer.person_id)
    client.post(f"/settings/delegations/{row.pk}/revoke/")
    row.refresh_from_db()
    assert row.revoked_at is not None


def test_a_delegation_that_ends_before_it_begins_is_refused_with_the_typed_words(day: Day) -> None:
    response = signed_in(day.county.officer).post(
        "/settings/",
        {
            "delegate": day.county.third_officer.person_id,
            "covers": "all",
            "valid_from": "2026-11-27",
            "valid_until": "2026-11-20",
            "reason": "去省里开会",
        },
    )
    assert response.status_code == 422 and "去省里开会" in response.content.decode()


def test_a_form_with_slips_comes_back_with_its_words(county: Any) -> None:
    response = signed_in(county.officer).post("/settings/", {"reason": "出差"})
    html = response.content.decode()
    assert response.status_code == 422 and 'value="出差"' in html and "还有几处要改" in html


def test_settings_show_posts_and_certificate(county: Any) -> None:
    html = signed_in(county.officer).get("/settings/").content.decode()
    assert "承办人" in html and "有效至 2029-12-31" in html


def test_the_rail_shows_only_what_one_has_something_in(day: Day) -> None:
    head = signed_in(day.county.unit_head).get("/").content.decode()
    clerk = signed_in(day.county.fine_clerk).get("/").content.decode()
    assert 'href="/approvals/"' in head and 'href="/approvals/"' not in clerk
