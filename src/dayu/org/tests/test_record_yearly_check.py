from datetime import date

import pytest
from tests.cast import MOMENT

from dayu.core.refused import Refused
from dayu.org import services


def check(county, actor=None, *, passed, on):
    return services.record_yearly_check(
        county.people["officer"].certificates.get(),
        actor=actor or county.administrator,
        moment=MOMENT,
        year=on.year,
        checked_on=on,
        passed=passed,
    )


def test_a_failed_check_stops_the_certificate_until_one_is_passed(county):
    check(county, passed=False, on=date(2026, 3, 1))
    check(county, passed=True, on=date(2026, 5, 1))
    certificate = county.people["officer"].certificates.get()
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 5, 1)]
    assert [certificate.standing_on(d) for d in days] == ["valid", "check_failed", "valid"]


def test_the_holder_does_not_check_himself(county):
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        check(county, county.officer, passed=True, on=date(2026, 3, 1))


def test_a_revoked_certificate_is_not_checked(county):
    services.revoke_certificate(
        county.people["officer"].certificates.get(),
        actor=county.administrator,
        moment=MOMENT,
        revoked_on=date(2026, 1, 1),
        reason="注销",
    )
    with pytest.raises(Refused, match=r"org\.certificate_revoked"):
        check(county, passed=True, on=date(2026, 3, 1))
