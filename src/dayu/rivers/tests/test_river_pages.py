import pytest

from dayu.rivers.models import River
from dayu.rivers.tests.test_register_river import register


@pytest.fixture
def registrar(county, client):
    client.force_login(county.people["registrar"].account)
    return client


def test_the_list_shows_rivers_and_filters_by_words_and_kind(county, registrar):
    register(county)
    register(county, code="FB001", name="青石湖", kind="lake")
    assert "白鹿河" in registrar.get("/rivers/").content.decode()
    page = registrar.get("/rivers/?q=青石&kind=lake").content.decode()
    assert "青石湖" in page and ">白鹿河<" not in page


def test_strangers_are_sent_to_the_sign_in_page(county, client):
    assert client.get("/rivers/").status_code == 302


def test_a_river_is_registered_through_the_form_and_shown(county, registrar):
    answer = registrar.post(
        "/rivers/new/",
        {"code": "FA009", "name": "柳溪", "kind": "river", "level": "county", "territory": "990121"},
        follow=True,
    )
    assert "柳溪" in answer.content.decode() and River.objects.get(code="FA009").name == "柳溪"


def test_a_refused_form_keeps_what_was_typed_and_says_why(county, registrar):
    register(county)
    answer = registrar.post(
        "/rivers/new/",
        {"code": "FA001", "name": "另一条河", "kind": "river", "level": "county", "territory": "990121"},
    )
    page = answer.content.decode()
    assert answer.status_code == 422 and "FA001" in page and "已存在" in page and "另一条河" in page


def test_an_officer_sees_no_form_and_may_not_post_one(county, client):
    client.force_login(county.people["officer"].account)
    assert client.get("/rivers/new/").status_code == 422
    river = register(county)
    assert client.post(f"/rivers/{river.pk}/remove/", {"removed_on": "2026-11-20", "reason": "x"}).status_code == 422
    river.refresh_from_db()
    assert river.removed_on is None


def test_the_page_of_a_river_costs_a_bounded_number_of_statements(county, registrar, django_assert_max_num_queries):
    river = register(county)
    with django_assert_max_num_queries(12):
        assert registrar.get(f"/rivers/{river.pk}/").status_code == 200


def test_every_act_on_a_river_has_its_form(county, registrar):
    river = register(county)
    for act in ("change", "remove", "add-reach"):
        assert registrar.get(f"/rivers/{river.pk}/{act}/").status_code == 200
