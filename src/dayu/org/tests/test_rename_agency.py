from datetime import date

import pytest
from tests.cast import MOMENT

from dayu.core.refused import Refused
from dayu.org import services


def test_a_matter_of_an_earlier_day_keeps_the_old_name(county):
    assert county.agency.name_on(date(2019, 2, 28)) == "泽川县水务局"
    assert county.agency.name_on(date(2019, 3, 1)) == "泽川县水利局"
    services.rename_agency(
        county.agency, actor=county.administrator, moment=MOMENT, name="泽川县水利和河湖局", valid_from=date(2027, 1, 1)
    )
    assert county.agency.name_on(date(2026, 12, 31)) == "泽川县水利局"
    assert county.agency.name_on(date(2027, 1, 1)) == "泽川县水利和河湖局"


def test_a_head_does_not_rename_the_agency(county):
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        services.rename_agency(
            county.agency, actor=county.head, moment=MOMENT, name="某局", valid_from=date(2027, 1, 1)
        )


def test_a_name_cannot_begin_before_the_present_one(county):
    with pytest.raises(Refused, match=r"org\.name_before_present_one"):
        services.rename_agency(
            county.agency, actor=county.administrator, moment=MOMENT, name="某局", valid_from=date(2018, 1, 1)
        )
