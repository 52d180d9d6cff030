"""How often a stranger may try codes, look for people or send tips: enough for people, too few for guessing."""

from __future__ import annotations

from django.http import HttpRequest

from dayu.core.rates import address_of, wait_for

TRIES_A_MINUTE, SEARCHES_A_MINUTE = 20, 60


def too_often(request: HttpRequest, what: str, *, limit: int = TRIES_A_MINUTE) -> int:
    """0, or the seconds that this address must wait before it tries again."""
    return wait_for(f"portal:{what}:{address_of(request)}", limit=limit)
