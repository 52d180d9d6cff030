from datetime import date

import pytest
from tests.cast import MOMENT

from dayu.basis import services
from dayu.basis.selectors import parameter
from dayu.basis.tests.test_set_parameter import put
from dayu.core.refused import Refused


def test_after_the_last_day_the_level_above_counts_again(county):
    stored = put(county.administrator, "990121")
    services.end_parameter(stored, actor=county.administrator, moment=MOMENT, valid_until=date(2026, 6, 30))
    assert parameter("closing_days", "990121", date(2026, 6, 30)).number == 10
    assert parameter("closing_days", "990121", date(2026, 7, 1)).number == 15


def test_an_officer_ends_nothing(county):
    stored = put(county.administrator, "990121")
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        services.end_parameter(stored, actor=county.officer, moment=MOMENT, valid_until=date(2026, 6, 30))


def test_a_value_cannot_end_before_it_began(county):
    stored = put(county.administrator, "990121")
    with pytest.raises(Refused, match=r"basis\.dates_out_of_order"):
        services.end_parameter(stored, actor=county.administrator, moment=MOMENT, valid_until=date(2020, 1, 1))
