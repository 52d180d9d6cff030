from datetime import date

import pytest
from tests.cast import MOMENT

from dayu.core.refused import Refused
from dayu.org import services


def revoke(county, actor):
    return services.revoke_certificate(
        county.people["officer"].certificates.get(),
        actor=actor,
        moment=MOMENT,
        revoked_on=date(2026, 11, 20),
        reason="调离执法岗位",
    )


def test_earlier_acts_stay_as_they_were(county):
    certificate = revoke(county, county.administrator)
    assert certificate.standing_on(date(2026, 11, 19)) == "valid"
    assert certificate.standing_on(date(2026, 11, 20)) == "revoked"


def test_an_officer_revokes_no_certificate(county):
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        revoke(county, county.second_officer)


def test_a_revoked_certificate_is_not_revoked_again(county):
    revoke(county, county.administrator)
    with pytest.raises(Refused, match=r"org\.certificate_revoked"):
        revoke(county, county.administrator)
