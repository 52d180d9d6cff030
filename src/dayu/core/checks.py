"""Deployment checks: settings that must never reach production."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register


@register(Tags.security, deploy=True)
def clock_is_not_movable(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A movable clock would make every time limit worthless."""
    if getattr(settings, "DAYU_CLOCK_FILE", ""):
        return [Error("DAYU_CLOCK_FILE is set: the clock could be moved.", id="dayu.E001")]
    return []


@register(Tags.security, deploy=True)
def demo_logins_are_not_listed(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Demo mode lists logins on the sign-in page."""
    if getattr(settings, "DAYU_DEMO", False):
        return [Error("DAYU_DEMO is on: anybody can sign in.", id="dayu.E002")]
    return []
