from datetime import date

import pytest
from tests.cast import MOMENT

from dayu.core.refused import Refused
from dayu.org import services


def test_an_empty_unit_is_closed(county):
    unit = services.close_unit(
        county.units["chief_office"], actor=county.administrator, moment=MOMENT, valid_until=date(2026, 12, 31)
    )
    assert unit.valid_until == date(2026, 12, 31)


def test_an_officer_closes_no_unit(county):
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        services.close_unit(
            county.units["chief_office"], actor=county.officer, moment=MOMENT, valid_until=date(2026, 12, 31)
        )


def test_a_unit_in_which_people_work_is_not_closed(county):
    with pytest.raises(Refused, match=r"org\.unit_still_has_people"):
        services.close_unit(
            county.units["brigade"], actor=county.administrator, moment=MOMENT, valid_until=date(2026, 12, 31)
        )
