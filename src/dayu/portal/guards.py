"""How often a stranger may try codes or send tips: enough for people, too few for guessing."""

from __future__ import annotations

from django.http import HttpRequest

from dayu.core.rates import wait_for

TRIES_A_MINUTE = 20


def too_often(request: HttpRequest, what: str) -> int:
    """0, or the seconds that this address must wait before it tries again."""
    return wait_for(f"portal:{what}:{request.META.get('REMOTE_ADDR', '')}", limit=TRIES_A_MINUTE)
