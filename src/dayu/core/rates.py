"""How often one caller may do something, and from where it calls.

Counted by the minute in the cache, by each web worker for itself.
"""

from __future__ import annotations

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest

from dayu.core import clock

WINDOW = 60


def wait_for(who: str, *, limit: int) -> int:
    """Count one call of `who`; answers 0, or how many seconds to wait where this minute's `limit` is used up."""
    now = int(clock.now().timestamp())
    key = f"dayu:rate:{who}:{now // WINDOW}"
    cache.add(key, 0, timeout=2 * WINDOW)
    return 0 if cache.incr(key) <= limit else WINDOW - now % WINDOW


def address_of(request: HttpRequest) -> str:
    """The address of the caller.

    Behind proxies of one's own (`DAYU_PROXIES` says how many) it is the entry that the outermost of them wrote; what stands
    before it was claimed by the caller and counts for nothing.
    """
    proxies = int(getattr(settings, "DAYU_PROXIES", 0))
    named = [a.strip() for a in request.headers.get("X-Forwarded-For", "").split(",") if a.strip()]
    if proxies and len(named) >= proxies:
        return named[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))
