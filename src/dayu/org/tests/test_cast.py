import time

import pytest
from tests.cast import make_county

pytestmark = pytest.mark.django_db


def test_the_cast_has_everybody_with_the_posts_their_names_say():
    county = make_county()
    assert county.officer.holds("handler") and county.head.holds("agency_head")
    assert county.officer.organ_id == county.agency.pk and county.officer.territory == "990121"
    assert county.units["finance"].has_enforcement_power is False
    assert not county.deputy_head.holds("agency_head", "handler")
    assert "unit_may_enforce" in county.officer.traits
    assert county.stranger.organ_id == county.neighbour.pk


def test_the_cast_is_built_once_and_found_again():
    first = make_county()
    start = time.perf_counter()
    again = make_county()
    assert again.agency == first.agency and again.officer == first.officer
    assert time.perf_counter() - start < 1
