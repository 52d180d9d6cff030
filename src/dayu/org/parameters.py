"""Numbers that a territory may set for people and certificates; what nobody has set is the default."""

from __future__ import annotations

CERTIFICATE_ALERT_DAYS = (60, 30)  # days before expiry; default, not confirmed by any text


def certificate_alert_days() -> tuple[int, ...]:
    """How many days before expiry the holder and the agency are alerted."""
    return CERTIFICATE_ALERT_DAYS
