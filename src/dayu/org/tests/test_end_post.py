from datetime import date

import pytest
from tests.cast import MOMENT

from dayu.core.refused import Refused
from dayu.org import services
from dayu.org.actors import actor_of_person


def end(county, actor, last_day=date(2026, 11, 20)):
    holding = county.people["head"].holdings.get()
    return services.end_post(holding, actor=actor, moment=MOMENT, last_day=last_day, reason="轮岗")


def test_after_the_last_day_the_power_is_gone(county):
    end(county, county.administrator)
    head = county.people["head"]
    assert actor_of_person(head, on=date(2026, 11, 20)).holds("agency_head")
    assert not actor_of_person(head, on=date(2026, 11, 21)).holds("agency_head")


def test_an_officer_ends_no_post(county):
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        end(county, county.officer)


def test_a_post_cannot_end_before_it_began(county):
    with pytest.raises(Refused, match=r"org\.dates_out_of_order"):
        end(county, county.administrator, date(2001, 1, 1))
