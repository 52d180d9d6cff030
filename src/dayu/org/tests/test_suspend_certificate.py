from datetime import date

import pytest
from tests.cast import MOMENT

from dayu.core.refused import Refused
from dayu.org import services


def suspend(county, actor):
    return services.suspend_certificate(
        county.people["officer"].certificates.get(),
        actor=actor,
        moment=MOMENT,
        from_on=date(2026, 11, 20),
        reason="投诉核查期间",
    )


def test_from_that_day_the_certificate_does_not_count(county):
    certificate = suspend(county, county.administrator)
    assert certificate.standing_on(date(2026, 11, 19)) == "valid"
    assert certificate.standing_on(date(2026, 11, 20)) == "suspended"


def test_a_unit_head_suspends_no_certificate(county):
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        suspend(county, county.unit_head)


def test_a_suspended_certificate_is_not_suspended_again(county):
    suspend(county, county.administrator)
    with pytest.raises(Refused, match=r"org\.already_suspended"):
        suspend(county, county.administrator)
