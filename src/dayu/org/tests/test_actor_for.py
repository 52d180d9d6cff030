from datetime import date

from django.test import RequestFactory

from dayu.core.accounts import Account
from dayu.org.actors import actor_for

DAY = date(2026, 11, 20)


def test_an_actor_costs_two_statements_and_is_kept_on_the_request(county, django_assert_num_queries):
    account = Account.objects.get(username="officer")
    request = RequestFactory().get("/")
    with django_assert_num_queries(2):
        actor = actor_for(account, request, on=DAY)
    with django_assert_num_queries(0):
        assert actor_for(account, request) is actor
    assert (actor.name, actor.territory, actor.posts) == ("陆河清", "990121", frozenset({"handler"}))


def test_an_officer_sees_the_own_organ_and_a_supervisor_the_territory(county):
    (own,) = county.officer.scopes
    assert (own.territory, own.organ_id) == ("990121", county.agency.pk)
    assert any(s.territory == "990100" and s.organ_id is None for s in county.supervisor.scopes)


def test_the_installer_administers_everything_and_sees_no_case(db):
    actor = actor_for(Account.objects.create_superuser("root", "a long password"))
    assert actor.holds("administrator") and actor.territory == "000000" and actor.scopes == ()


def test_an_account_without_a_person_may_do_nothing(db):
    actor = actor_for(Account.objects.create_user("nobody"))
    assert actor.posts == frozenset() and actor.scopes == () and actor.territory == ""
