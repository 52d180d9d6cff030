from datetime import date

import pytest

from dayu.core.actors import STRANGER
from dayu.disclosure import public
from dayu.disclosure.models import LatePublication, Publication
from dayu.disclosure.tests.situations import HOME, IDENTITY, NAME, PHONE, make_publication


def test_nothing_is_public_before_release(county):
    told = make_publication(county, at="served")
    assert public.decisions().rows == () and public.decision(told.publication.code) is None


@pytest.mark.parametrize("words", ["张某", "采砂", "泽水罚决〔2026〕1号", "白鹿河 采砂", "泽川县水利局"])
def test_a_published_decision_is_found_by_what_the_public_may_know(county, words):
    make_publication(county, at="published")
    assert len(public.decisions(words=words).rows) == 1


@pytest.mark.parametrize("secret", [NAME, IDENTITY, PHONE, HOME])
def test_what_is_hidden_finds_nothing(county, secret):
    make_publication(county, at="published")
    assert public.decisions(words=secret).rows == ()
    assert secret not in repr(public.decisions().rows)


def test_decisions_are_filtered_by_year_and_territory_and_paged_by_key(county):
    first = make_publication(county, at="published")
    second = make_publication(county, at="published")
    assert public.years() == [(2026, 2)]
    assert public.decisions(year=2025).rows == () and public.decisions(territory="990122").rows == ()
    page = public.decisions(territory="990121", limit=1)
    assert [d.code for d in page.rows] == [second.publication.code]
    following = public.decisions(territory="990121", limit=1, after=page.next_mark)
    assert [d.code for d in following.rows] == [first.publication.code] and following.next_mark == ""
    assert public.decisions(after="nonsense-x").rows != ()


def test_strangers_and_neighbours_see_no_row_of_the_office(county):
    make_publication(county, at="served")
    assert not Publication.objects.visible_to(STRANGER).exists()
    assert not Publication.objects.visible_to(county.stranger).exists()
    assert not LatePublication.objects.visible_to(county.stranger).exists()
    assert Publication.objects.visible_to(county.supervisor).exists()


def test_the_list_costs_a_fixed_number_of_statements(county, django_assert_max_num_queries):
    make_publication(county, at="published")
    make_publication(county, at="published")
    with django_assert_max_num_queries(2):  # the index of words, and the decisions
        public.decisions(words="采砂", territory="990121")
    with django_assert_max_num_queries(2):  # from when until when, and each year counted
        assert public.years(territory="990121") == [(2026, 2)]
    assert public.years() == [(2026, 2)] and public.years(territory="990122") == []


def test_the_day_of_the_decision_and_of_release_are_both_told(county):
    shown = public.decision(make_publication(county, at="published").publication.code)
    assert (shown.decided_on, shown.released_on) == (date(2026, 3, 2), date(2026, 3, 2))
    assert shown.has_pdf and len(shown.verification_code) == 14
