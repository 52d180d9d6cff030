import io

import pytest

from dayu.basis.models import Edition, ProfileValue
from dayu.basis.tests.test_import_statute import TEXT, load


@pytest.fixture
def reviewer(county, client):
    client.force_login(county.people["review_head"].account)
    return client


def page(client, url, status=200):
    answer = client.get(url)
    assert answer.status_code == status, answer.content.decode()[:400]
    return answer.content.decode()


def test_an_empty_library_says_what_to_do_and_names_what_the_rules_cite(county, reviewer):
    shown = page(reviewer, "/basis/")
    assert "还没有导入依据" in shown and "中华人民共和国行政处罚法" in shown
    form = page(reviewer, "/basis/import/?key=penalty-law")
    assert "2021-07-15" in form and "中华人民共和国行政处罚法" in form


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_statute_is_imported_from_a_file_and_read_article_by_article(county, reviewer, encoding):
    file = io.BytesIO(TEXT.encode(encoding))
    file.name = "law.txt"
    answer = reviewer.post(
        "/basis/import/",
        {"key": "demo-law", "name": "某地节水条例", "level": "local-regulation", "edition": "2020-01-01",
         "in_force_from": "2020-03-01", "file": file},
        follow=True,
    )  # fmt: skip
    shown = answer.content.decode()
    assert "（二）取用地下水。" in shown and "第一章 总则" in shown
    edition = Edition.objects.get()
    assert "取用地下水" not in page(reviewer, f"/basis/editions/{edition.pk}/?q=罚款")


def test_the_text_of_an_article_on_a_past_day_is_shown(county, reviewer):
    load(county.reviewer)
    assert "逾期不改正的" in page(reviewer, "/basis/articles/demo-water-saving/3/?on=2024-01-01")
    assert "没有这一天的条文" in page(reviewer, "/basis/articles/demo-water-saving/3/?on=2019-01-01")


def test_an_article_names_what_rests_on_it_before_anybody_imported_it(county, reviewer):
    shown = page(reviewer, "/basis/articles/soil-conservation-law/53/")
    assert "执法事项" in shown and "/powers/" in shown
    page(reviewer, "/basis/articles/no-such-law/1/", 404)


def test_a_text_that_cannot_be_read_keeps_what_was_typed(county, reviewer):
    answer = reviewer.post(
        "/basis/import/",
        {"key": "demo-law", "name": "某地节水条例", "level": "local-regulation", "edition": "2020-01-01",
         "in_force_from": "2020-03-01", "text": "这里没有条文可读"},
    )  # fmt: skip
    shown = answer.content.decode()
    assert answer.status_code == 422 and "读不出条文" in shown and "这里没有条文可读" in shown


def test_the_parameters_show_value_origin_and_whether_anybody_confirmed_it(county, reviewer):
    shown = page(reviewer, "/basis/parameters/")
    for words in ("结案", "泽川县", "缺省值，未确认", "执法证件到期前提醒的天数"):
        assert words in shown


def test_a_value_is_set_tightened_only_and_ended_through_the_forms(county, reviewer):
    url = "/basis/parameters/closing_days/"
    typed = {"value": "10", "clause": "县局规程第三条", "valid_from": "2026-01-01", "confirmation": "V"}
    assert 'method="post"' in page(reviewer, url)
    assert "县局规程第三条" in reviewer.post(url, {**typed, "once": "1"}, follow=True).content.decode()
    refused = reviewer.post(url, {**typed, "value": "99", "valid_from": "2027-01-01", "once": "2"})
    assert refused.status_code == 422 and "不得低于上级标准" in refused.content.decode()
    stored = ProfileValue.objects.get()
    ended = reviewer.post(f"/basis/parameters/values/{stored.pk}/end/", {"valid_until": "2026-12-31", "once": "3"})
    assert ended.status_code == 302 and ProfileValue.objects.get().valid_until is not None


@pytest.mark.parametrize("url", ["/basis/import/", "/basis/parameters/closing_days/"])
def test_an_officer_gets_no_form(county, client, url):
    client.force_login(county.people["officer"].account)
    page(client, url, 422)


def test_the_pages_cost_a_bounded_number_of_statements(county, reviewer, django_assert_max_num_queries):
    edition = load(county.reviewer)
    for url in (
        "/basis/",
        f"/basis/editions/{edition.pk}/",
        "/basis/parameters/",
        "/basis/articles/demo-water-saving/3/",
    ):
        page(reviewer, url)
        with django_assert_max_num_queries(14):
            page(reviewer, url)
