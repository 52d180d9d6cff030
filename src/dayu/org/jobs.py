"""Daily watch over certificates that are about to expire."""

from __future__ import annotations

from datetime import datetime

from dayu.core.actors import SYSTEM
from dayu.core.clock import legal_date
from dayu.core.jobs import every
from dayu.org.models import CertificateAlert
from dayu.org.parameters import certificate_alert_days
from dayu.org.selectors import expiring_certificates
from dayu.org.services import alert_expiring_certificate


@every(minutes=60)
def alert_expiring_certificates(*, now: datetime) -> None:
    """Send the alerts that are due and were not sent."""
    day = legal_date(now)
    for soon in expiring_certificates(on=day, alert_days=certificate_alert_days()):
        sent = CertificateAlert.objects.filter(
            certificate=soon.certificate, valid_until=soon.certificate.valid_until, alert_days=soon.alert_days
        )
        if not sent.exists():
            alert_expiring_certificate(soon.certificate, actor=SYSTEM, moment=now, on=day, alert_days=soon.alert_days)
