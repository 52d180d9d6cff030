"""The first page and the search: nobody signs in, nothing private is found."""

from urllib.parse import quote

import pytest
from django.urls import reverse

from dayu.disclosure.tests.situations import HOME, IDENTITY, NAME, PHONE


def text(answer):
    return answer.content.decode()


def test_nobody_signs_in_to_see_the_first_page(county, client):
    answer = client.get("/public/")
    assert answer.status_code == 200 and reverse("portal:home") == "/public/"
    page = text(answer)
    assert "泽川县水行政执法公示" in page and 'role="search"' in page
    assert "还没有公开的处罚决定" in page


def test_an_installation_without_any_organisation_still_has_a_first_page(db, client):
    assert client.get("/public/").status_code == 200
    assert client.get("/public/search/?q=采砂").status_code == 200


def test_the_latest_decisions_stand_on_the_first_page(county, client, decided):
    publication = decided()
    page = text(client.get("/public/"))
    assert publication.decision_no in page and "全部 1 件" in page and "张某" in page
    assert f'href="/public/decisions/{publication.code}/"' in page


def test_tiles_lead_to_pages_that_exist(county, client):
    page = text(client.get("/public/"))
    for name in ("tip", "follow", "decisions", "officers", "powers", "rivers", "verify", "guide"):
        address = reverse(f"portal:{name}")
        assert f'href="{address}"' in page and client.get(address).status_code == 200


@pytest.mark.parametrize("address", ["/public/", "/public/decisions/", "/public/officers/?q=陆河清", "/public/powers/"])
def test_a_page_costs_a_bounded_number_of_statements(
    county, client, decided, river, django_assert_max_num_queries, address
):
    decided()
    with django_assert_max_num_queries(12):
        assert client.get(address).status_code == 200


def test_the_search_looks_at_decisions_rivers_powers_officers_and_papers(county, client, decided, river):
    publication = decided()
    assert publication.decision_no in text(client.get(f"/public/search/?q={quote('采砂')}"))
    assert "/public/rivers/FA001/" in text(client.get(f"/public/search/?q={quote('白鹿河')}"))
    assert "证件有效" in text(client.get(f"/public/search/?q={quote('陆河清')}"))
    by_number = text(client.get(f"/public/search/?q={quote(publication.decision_no)}"))
    assert "行政处罚决定书" in by_number and "核对手里的这份文书" in by_number
    assert "没有找到" in text(client.get(f"/public/search/?q={quote('月球')}"))


def test_the_search_finds_nobody_by_address_or_number_of_identity(county, client, decided):
    publication = decided()
    for words in (NAME, IDENTITY, PHONE, HOME):
        assert publication.decision_no not in text(client.get(f"/public/search/?q={quote(words)}"))


def test_strange_words_do_no_harm(county, client):
    for words in ("%00", "'; drop table", "<script>alert(1)</script>", "（" * 50, "%F0%9F%90%9F"):
        answer = client.get(f"/public/search/?q={words}")
        assert answer.status_code == 200 and "<script>alert(1)" not in text(answer)


def test_the_pages_are_not_written_to(county, client):
    for address in ("/public/", "/public/decisions/", "/public/guide/", "/public/verify/"):
        assert client.post(address).status_code == 405


def test_who_is_not_signed_in_is_led_from_the_front_door_to_the_portal(county, client):
    answer = client.get("/")
    assert answer.status_code == 302 and answer["Location"] == "/public/"
    assert "/accounts/login/" in text(client.get("/public/"))
    client.force_login(county.people["officer"].account)
    assert client.get("/").status_code == 200


def test_the_language_can_be_changed(county, client):
    page = text(client.get("/public/guide/"))
    assert 'action="/i18n/setlang/"' in page and "English" in page
    client.post("/i18n/setlang/", {"language": "en", "next": "/public/guide/"})
    assert 'lang="en"' in text(client.get("/public/guide/"))[:200]
