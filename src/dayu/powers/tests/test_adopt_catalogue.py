from datetime import UTC, date, datetime

import pytest
from tests.cast import LISTED_AT, SINCE

from dayu.basis.selectors import citing
from dayu.core.actors import SYSTEM
from dayu.core.refused import Refused
from dayu.powers.models import EnforcementItem, PowerAssignment
from dayu.powers.services import adopt_catalogue


def test_every_violation_becomes_an_item_of_the_agency_or_of_another_department(county):
    own = EnforcementItem.objects.filter(agency=county.agency)
    assert own.count() > 100
    assert {i.department for i in own} == {"water"}
    assert "water" not in {i.department for i in EnforcementItem.objects.filter(agency=None)}
    assert "water-69-2-not-per-permit" in set(own.values_list("code", flat=True))


def test_units_with_enforcement_power_exercise_them_through_two_kinds_of_post(county):
    item = EnforcementItem.objects.get(agency=county.agency, code="soil-53-1-no-plan")
    held = {(a.unit.name, a.post_key) for a in PowerAssignment.objects.filter(item=item)}
    assert held == {(u, p) for u in ("水政监察大队", "水土保持股") for p in ("handler", "unit_head")}


def test_the_impact_list_of_an_article_names_the_items_that_rest_on_it(county):
    named = {c.subject for c in citing("soil-conservation-law", 53)}
    item = EnforcementItem.objects.get(agency=county.agency, code="soil-53-1-no-plan")
    assert f"powers.enforcementitem:{item.pk}" in named


def test_a_second_adoption_adds_only_what_is_new(county):
    before = EnforcementItem.objects.count()
    adopt_catalogue(county.agency, actor=county.administrator, moment=LISTED_AT, valid_from=SINCE)
    assert EnforcementItem.objects.count() == before


def test_law_that_is_not_yet_in_force_is_not_in_the_list(county):
    adopt_catalogue(
        county.neighbour, actor=SYSTEM, moment=datetime(2020, 1, 1, tzinfo=UTC), valid_from=date(2020, 1, 1)
    )
    codes = set(county.neighbour.items.values_list("code", flat=True))
    assert codes and not any(c.startswith("yellow-river-law") for c in codes)
    assert len(codes) < county.agency.items.count()


def test_an_officer_adopts_no_list(county):
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        adopt_catalogue(county.agency, actor=county.officer, moment=LISTED_AT, valid_from=SINCE)


def test_nobody_adopts_a_list_for_another_county(county):
    with pytest.raises(Refused, match=r"org\.outside_territory"):
        adopt_catalogue(county.neighbour, actor=county.administrator, moment=LISTED_AT, valid_from=SINCE)
