"""Filters as links: each choice keeps the other filters of the address, so that a list can be kept and sent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext

from dayu.core.ui.parts import FilterGroup, Link


def choice_links(query: QueryDict, name: str, choices: Iterable[tuple[str, Any]], *, first: str = "") -> list[Link]:
    """ "All" (or `first`) and each choice; the present one is marked. Paging starts again."""
    present = query.get(name, "")
    return [
        Link(str(label), link_with(query, **{name: value}), current=value == present)
        for value, label in [("", first or gettext("全部")), *choices]
    ]


def filter_group(label: Any, query: QueryDict, name: str, choices: Iterable[tuple[str, Any]]) -> FilterGroup:
    """A filter of a table."""
    return FilterGroup(str(label), choice_links(query, name, choices))


def link_with(query: QueryDict, **changes: str) -> str:
    """The present address with some filters changed; an empty value takes a filter away."""
    changed = query.copy()
    for old in ("after", "before"):
        changed.pop(old, None)
    for name, value in changes.items():
        changed.pop(name, None)
        if value:
            changed[name] = value
    return f"?{changed.urlencode()}"
