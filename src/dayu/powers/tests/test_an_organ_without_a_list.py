"""An organ that keeps no list of powers is told so on the page of powers."""

from __future__ import annotations

from django.test import Client

from dayu.powers.models import EnforcementItem


def page_of(county, who: str) -> str:
    client = Client()
    client.force_login(county.people[who].account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.get("/powers/").content.decode()


def test_the_page_says_that_only_the_subject_is_asked_for(county):
    assert "本机关还没有权责清单" not in page_of(county, "review_head")
    assert not EnforcementItem.objects.filter(agency=county.neighbour).exists()
    page = page_of(county, "stranger")
    assert "本机关还没有权责清单" in page and "只核对执法主体是否适格" in page and "/powers/adopt/" in page
