"""Numbers that a territory may set for people and certificates."""

from __future__ import annotations

from datetime import date

from dayu.basis.selectors import parameter


def certificate_alert_days(territory: str, on: date) -> tuple[int, ...]:
    """How many days before expiry the holder and the agency are alerted in a territory."""
    value = parameter("certificate_alert_days", territory, on).value
    return tuple(int(v) for v in value) if isinstance(value, tuple) else ()
