from datetime import date

import pytest
from tests.cast import MOMENT

from dayu.core.actors import SYSTEM
from dayu.core.refused import Refused
from dayu.org import services


def test_a_merged_bureau_names_its_successor_and_still_existed_before(county):
    services.close_agency(
        county.neighbour, actor=SYSTEM, moment=MOMENT, valid_until=date(2026, 6, 30), successor=county.agency
    )
    assert county.neighbour.exists_on(date(2026, 6, 30)) and not county.neighbour.exists_on(date(2026, 7, 1))
    assert county.neighbour.successor == county.agency


def test_an_administrator_of_one_county_does_not_close_the_bureau_of_another(county):
    with pytest.raises(Refused, match=r"org\.outside_territory"):
        services.close_agency(
            county.neighbour, actor=county.administrator, moment=MOMENT, valid_until=date(2026, 6, 30)
        )


def test_an_agency_cannot_end_before_it_began(county):
    with pytest.raises(Refused, match=r"org\.dates_out_of_order"):
        services.close_agency(county.agency, actor=county.administrator, moment=MOMENT, valid_until=date(2001, 1, 1))
