"""The switch in the frame: who may look down sees the organs below, each leading to its cases; nobody else has one."""

from __future__ import annotations

from django.test import Client


def page_of(county, who: str, address: str = "/cases/") -> str:
    client = Client()
    client.force_login(county.people[who].account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.get(address).content.decode()


def test_a_supervisor_of_the_city_chooses_among_the_organs_below(county):
    page = page_of(county, "supervisor")
    for organ in (county.agency, county.neighbour):
        assert f'<a href="/cases/?organ={organ.pk}">{organ.name}</a>' in page
    chosen = page_of(county, "supervisor", f"/cases/?organ={county.agency.pk}")
    assert f'<a href="/cases/?organ={county.agency.pk}" aria-current="true">' in chosen


def test_an_officer_of_one_organ_has_no_switch(county):
    page = page_of(county, "officer")
    assert "换地区" not in page and county.agency.territory.name in page
