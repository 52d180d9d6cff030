from datetime import date

import pytest
from tests.cast import MOMENT

from dayu.core.refused import Refused
from dayu.powers import services
from dayu.powers.policies import item_for
from dayu.powers.selectors import items_of_actor


def assign(county, actor, unit="soil", post_key="registrar"):
    item = item_for("soil-53-1-no-plan", agency=county.agency, on=date(2026, 6, 30))
    return services.assign_power(
        item, actor=actor, moment=MOMENT, unit=county.units[unit], post_key=post_key, valid_from=date(2026, 1, 1)
    )


def test_the_menu_of_an_officer_shows_the_items_of_unit_and_post(county):
    day = date(2026, 11, 20)
    assert items_of_actor(county.officer, on=day).count() == county.agency.items.count()
    assert items_of_actor(county.reviewer, on=day).count() == 0
    assert assign(county, county.review_head).unit == county.units["soil"]


def test_an_officer_assigns_nothing(county):
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        assign(county, county.officer)


def test_a_unit_without_power_and_a_second_assignment_are_refused(county):
    with pytest.raises(Refused, match=r"org\.unit_without_power"):
        assign(county, county.review_head, unit="finance")
    with pytest.raises(Refused, match=r"powers\.already_assigned"):
        assign(county, county.review_head, post_key="handler")
    with pytest.raises(Refused, match=r"powers\.unknown_choice"):
        assign(county, county.review_head, post_key="king")
