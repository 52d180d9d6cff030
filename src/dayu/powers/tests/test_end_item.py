from datetime import date

import pytest
from tests.cast import MOMENT

from dayu.core.refused import Refused
from dayu.powers import services
from dayu.powers.policies import item_for


def end(county, actor, day=date(2026, 6, 30)):
    item = item_for("soil-53-1-no-plan", agency=county.agency, on=date(2026, 6, 30))
    return services.end_item(item, actor=actor, moment=MOMENT, valid_until=day, reason="划转")


def test_after_the_last_day_the_item_is_gone(county):
    end(county, county.review_head)
    assert item_for("soil-53-1-no-plan", agency=county.agency, on=date(2026, 6, 30)) is not None
    assert item_for("soil-53-1-no-plan", agency=county.agency, on=date(2026, 7, 1)) is None


def test_an_officer_ends_no_item(county):
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        end(county, county.officer)


def test_an_item_cannot_end_before_it_began(county):
    with pytest.raises(Refused, match=r"powers\.dates_out_of_order"):
        end(county, county.review_head, date(2001, 1, 1))
