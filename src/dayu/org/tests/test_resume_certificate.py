from datetime import date

import pytest
from tests.cast import MOMENT

from dayu.core.refused import Refused
from dayu.org import services


def suspended(county):
    certificate = county.people["officer"].certificates.get()
    services.suspend_certificate(
        certificate, actor=county.administrator, moment=MOMENT, from_on=date(2026, 11, 1), reason="核查"
    )
    return certificate


def test_after_the_last_day_of_suspension_the_certificate_counts_again(county):
    certificate = suspended(county)
    services.resume_certificate(certificate, actor=county.administrator, moment=MOMENT, last_day=date(2026, 11, 19))
    assert certificate.standing_on(date(2026, 11, 19)) == "suspended"
    assert certificate.standing_on(date(2026, 11, 20)) == "valid"


def test_the_holder_does_not_give_it_back_to_himself(county):
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        services.resume_certificate(suspended(county), actor=county.officer, moment=MOMENT, last_day=date(2026, 11, 19))


def test_a_certificate_that_is_not_suspended_is_not_given_back(county):
    with pytest.raises(Refused, match=r"org\.not_suspended"):
        services.resume_certificate(
            county.people["officer"].certificates.get(),
            actor=county.administrator,
            moment=MOMENT,
            last_day=date(2026, 11, 19),
        )
