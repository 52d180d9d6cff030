"""Hourly watch over certificates that are about to expire."""

from __future__ import annotations

from datetime import date, datetime

from dayu.core.actors import SYSTEM
from dayu.core.clock import legal_date
from dayu.core.jobs import every
from dayu.org.models import CertificateAlert, EnforcementCertificate
from dayu.org.parameters import certificate_alert_days
from dayu.org.selectors import ExpiringCertificate, expiring_certificates
from dayu.org.services import alert_expiring_certificate


@every(minutes=60)
def alert_expiring_certificates(*, now: datetime) -> None:
    """Send the alerts that are due and were not sent."""
    day = legal_date(now)
    places = EnforcementCertificate.objects.filter(valid_until__gte=day, revoked_on=None)
    for territory in places.order_by().values_list("person__agency__territory_id", flat=True).distinct():
        windows = certificate_alert_days(territory, day)
        for soon in expiring_certificates(on=day, alert_days=windows):
            if soon.certificate.person.agency.territory_id == territory and not _was_sent(soon):
                _send(soon, day, now)


def _was_sent(soon: ExpiringCertificate) -> bool:
    return CertificateAlert.objects.filter(
        certificate=soon.certificate, valid_until=soon.certificate.valid_until, alert_days=soon.alert_days
    ).exists()


def _send(soon: ExpiringCertificate, day: date, now: datetime) -> None:
    alert_expiring_certificate(soon.certificate, actor=SYSTEM, moment=now, on=day, alert_days=soon.alert_days)
