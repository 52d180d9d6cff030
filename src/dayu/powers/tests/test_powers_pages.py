import pytest

from dayu.powers.models import BenchmarkPublication, EnforcementItem
from dayu.powers.tests.test_publish_benchmark import local_benchmark


@pytest.fixture
def keeper(county, client):
    client.force_login(county.people["review_head"].account)
    return client


def page(client, url, status=200):
    answer = client.get(url)
    assert answer.status_code == status, answer.content.decode()[:400]
    return answer.content.decode()


def test_the_list_is_found_by_words_department_and_own_post(county, client):
    client.force_login(county.people["officer"].account)
    assert "水土保持方案" in page(client, "/powers/?q=水土保持方案")
    assert "不属本机关" in page(client, "/powers/?department=ecology")
    assert "水政监察大队" in page(client, "/powers/?mine=1")
    client.force_login(county.people["reviewer"].account)
    assert "没有符合条件的执法事项" in page(client, "/powers/?mine=1")


def test_a_long_list_is_paged_by_key(county, keeper):
    first = page(keeper, "/powers/")
    assert "after=" in first
    following = first.split("?after=")[1].split('"')[0]
    assert page(keeper, f"/powers/?after={following}") != first


def test_an_item_shows_its_basis_and_the_posts_that_exercise_it(county, keeper):
    item = EnforcementItem.objects.get(agency=county.agency, code="soil-53-1-no-plan")
    shown = page(keeper, f"/powers/{item.pk}/")
    assert "水土保持法第五十三条" in shown and "水土保持股" in shown and "收回" in shown


@pytest.mark.parametrize("url", ["/powers/new/", "/powers/adopt/", "/powers/{item}/end/", "/powers/{item}/assign/",
                                 "/powers/assignments/{assignment}/end/"])  # fmt: skip
def test_every_act_has_its_form_for_the_keeper_and_none_for_an_officer(county, client, url):
    item = EnforcementItem.objects.get(agency=county.agency, code="soil-53-1-no-plan")
    address = url.format(item=item.pk, assignment=item.assignments.first().pk)
    client.force_login(county.people["review_head"].account)
    assert 'method="post"' in page(client, address)
    client.force_login(county.people["officer"].account)
    page(client, address, 422)


def test_a_local_item_is_registered_through_the_form(county, keeper):
    answer = keeper.post(
        "/powers/new/",
        {"code": "DF-09", "name": "河道采砂现场监管", "act_type": "inspection", "basis": "水法第六十条",
         "valid_from": "2026-01-01", "once": "x"},
        follow=True,
    )  # fmt: skip
    assert "河道采砂现场监管" in answer.content.decode()


def test_a_benchmark_is_shown_as_a_table_and_published(county, client):
    key = local_benchmark().key
    client.force_login(county.people["disclosure_officer"].account)
    assert "裁量基准" in page(client, "/powers/benchmarks/")
    shown = page(client, f"/powers/benchmarks/{key}/")
    assert local_benchmark().tiers[0].name in shown and "公布" in shown
    client.post(f"/powers/benchmarks/{key}/publish/", {"published_on": "2026-11-20", "once": "p"})
    assert BenchmarkPublication.objects.get().benchmark == key
    assert "撤下" in page(client, f"/powers/benchmarks/{key}/")
    assert 'method="post"' in page(client, f"/powers/benchmarks/{key}/withdraw/")


def test_a_benchmark_of_another_province_is_not_found(county, keeper):
    page(keeper, "/powers/benchmarks/no-such-key/", 404)


def test_the_pages_cost_a_bounded_number_of_statements(county, keeper, django_assert_max_num_queries):
    item = EnforcementItem.objects.get(agency=county.agency, code="soil-53-1-no-plan")
    for url in ("/powers/", f"/powers/{item.pk}/", "/powers/benchmarks/"):
        page(keeper, url)
        with django_assert_max_num_queries(14):
            page(keeper, url)
