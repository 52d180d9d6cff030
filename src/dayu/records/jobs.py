"""Periodic work of the records domain."""

from __future__ import annotations

from datetime import datetime

from dayu.core.actors import SYSTEM
from dayu.core.jobs import every


@every(minutes=60)
def find_lapsed_preservations(*, now: datetime) -> None:
    """Every hour: things kept beyond seven working days are alerted."""
    from dayu.records import services

    services.find_lapsed_preservations(None, actor=SYSTEM, moment=now)
