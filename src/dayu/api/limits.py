"""How many requests a minute one caller may make. Each web worker counts for itself, in the cache."""

from __future__ import annotations

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from dayu.core import clock

SIGNED_IN, STRANGERS = 300, 60
WINDOW = 60


class TooMany(Exception):
    """The caller has used up this minute. `wait` is in seconds."""

    def __init__(self, wait: int):
        self.wait = wait
        super().__init__(wait)


def count_request(request: HttpRequest, account_id: int | None) -> None:
    """Count one request of an account, or of an address where nobody signed in; `TooMany` beyond the limit."""
    moment = clock.now()
    minute = int(moment.timestamp()) // WINDOW
    who = f"account:{account_id}" if account_id is not None else f"address:{request.META.get('REMOTE_ADDR', '')}"
    key = f"dayu:api:{who}:{minute}"
    cache.add(key, 0, timeout=2 * WINDOW)
    used = cache.incr(key)
    if used > limit_of(account_id):
        raise TooMany(WINDOW - int(moment.timestamp()) % WINDOW)


def limit_of(account_id: int | None) -> int:
    """Requests a minute; `DAYU_API_PER_MINUTE` and `DAYU_API_STRANGERS_PER_MINUTE` of the settings change it."""
    if account_id is None:
        return int(getattr(settings, "DAYU_API_STRANGERS_PER_MINUTE", STRANGERS))
    return int(getattr(settings, "DAYU_API_PER_MINUTE", SIGNED_IN))
