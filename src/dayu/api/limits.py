"""How many requests a minute one caller of the API may make."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from dayu.core.rates import address_of, wait_for

SIGNED_IN, STRANGERS = 300, 60


class TooMany(Exception):
    """The caller has used up this minute. `wait` is in seconds."""

    def __init__(self, wait: int):
        self.wait = wait
        super().__init__(wait)


def count_request(request: HttpRequest, account_id: int | None) -> None:
    """Count one request of an account, or of an address where nobody signed in; `TooMany` beyond the limit."""
    who = f"account:{account_id}" if account_id is not None else f"address:{address_of(request)}"
    wait = wait_for(f"api:{who}", limit=limit_of(account_id))
    if wait:
        raise TooMany(wait)


def limit_of(account_id: int | None) -> int:
    """Requests a minute; `DAYU_API_PER_MINUTE` and `DAYU_API_STRANGERS_PER_MINUTE` of the settings change it."""
    if account_id is None:
        return int(getattr(settings, "DAYU_API_STRANGERS_PER_MINUTE", STRANGERS))
    return int(getattr(settings, "DAYU_API_PER_MINUTE", SIGNED_IN))
