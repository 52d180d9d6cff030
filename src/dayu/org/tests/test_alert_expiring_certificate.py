from datetime import date

import pytest
from tests.cast import MOMENT

from dayu.core.clock import legal_moment
from dayu.core.events import EventRow
from dayu.core.refused import Refused
from dayu.org import services
from dayu.org.jobs import alert_expiring_certificates


def expire_on(county, day):
    certificate = county.people["officer"].certificates.get()
    certificate.valid_until = day
    certificate.save()
    return certificate


def told():
    return [row.content["alert_days"] for row in EventRow.objects.filter(name="org.CertificateExpiring")]


def test_each_window_alerts_once(county):
    expire_on(county, date(2026, 12, 31))
    for day in (date(2026, 11, 1), date(2026, 11, 2), date(2026, 11, 3), date(2026, 12, 1), date(2026, 12, 2)):
        alert_expiring_certificates(now=legal_moment(day))
    assert told() == [60, 30]


def test_a_certificate_that_ends_later_alerts_nobody(county):
    expire_on(county, date(2026, 12, 31))
    alert_expiring_certificates(now=legal_moment(date(2026, 10, 31)))
    assert told() == []


def test_no_person_sends_the_alert_by_hand(county):
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        services.alert_expiring_certificate(
            county.people["officer"].certificates.get(),
            actor=county.administrator,
            moment=MOMENT,
            on=date(2026, 12, 1),
            alert_days=30,
        )
