from datetime import date

import pytest
from tests.cast import MOMENT

from dayu.core.refused import Refused
from dayu.org import services
from dayu.org.selectors import has_qualification


def record(county, actor, **changes):
    wanted = {"kind": "hearing_presider", "valid_from": date(2025, 1, 1), "valid_until": date(2026, 12, 31)}
    return services.record_qualification(county.people["presider"], actor=actor, moment=MOMENT, **{**wanted, **changes})


def test_a_qualification_counts_between_its_days(county):
    record(county, county.administrator)
    days = [date(2024, 12, 31), date(2025, 1, 1), date(2026, 12, 31), date(2027, 1, 1)]
    held = [has_qualification(county.people["presider"], "hearing_presider", on=d) for d in days]
    assert held == [False, True, True, False]


def test_an_officer_records_no_qualification(county):
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        record(county, county.officer)


def test_an_unknown_kind_and_dates_out_of_order_are_refused(county):
    with pytest.raises(Refused, match=r"org\.unknown_choice"):
        record(county, county.administrator, kind="wizard")
    with pytest.raises(Refused, match=r"org\.dates_out_of_order"):
        record(county, county.administrator, valid_until=date(2020, 1, 1))
