"""How often one caller may do something: counted by the minute in the cache, by each web worker for itself."""

from __future__ import annotations

from django.core.cache import cache

from dayu.core import clock

WINDOW = 60


def wait_for(who: str, *, limit: int) -> int:
    """Count one call of `who`; answers 0, or how many seconds to wait where this minute's `limit` is used up."""
    now = int(clock.now().timestamp())
    key = f"dayu:rate:{who}:{now // WINDOW}"
    cache.add(key, 0, timeout=2 * WINDOW)
    return 0 if cache.incr(key) <= limit else WINDOW - now % WINDOW
