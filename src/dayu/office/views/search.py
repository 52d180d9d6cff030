"""搜索: over everything the person may see."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from dayu.core.middleware import actor_of
from dayu.core.search import SearchEntry, find, registered_kinds
from dayu.core.ui.parts import FilterGroup, Link

SHOWN = 50


@login_required
def search(request: HttpRequest) -> HttpResponse:
    """Hits of all kinds, newest first, with a filter for each kind."""
    words = request.GET.get("q", "").strip()[:100]
    kinds = registered_kinds()
    asked = request.GET.get("kind", "")
    chosen = [asked] if asked in kinds else []
    hits = find(words, actor=actor_of(request), kinds=chosen, limit=SHOWN) if words else []
    return render(request, "office/search.html", _context(words, chosen, hits))


def _context(words: str, chosen: list[str], hits: list[SearchEntry]) -> dict[str, object]:
    kinds = registered_kinds()
    options = [Link(_("全部"), f"?{urlencode({'q': words})}", current=not chosen)]
    options += [
        Link(str(kind.label), f"?{urlencode({'q': words, 'kind': key})}", current=key in chosen)
        for key, kind in kinds.items()
    ]
    return {
        "search_words": words,
        "hits": [(str(kinds[h.kind].label), h) for h in hits],
        "filters": [FilterGroup(_("范围"), options)],
        "full": len(hits) >= SHOWN,
    }
