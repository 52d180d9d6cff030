"""Paging by key: the cost of a page does not grow with how far one has paged, and nothing is counted without a bound."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

from django.db.models import Model, Q, QuerySet
from django.http import QueryDict

from dayu.core.ui.parts import Pager

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class KeyPage(Generic[M]):
    """The rows of a page and the marks of the next and the earlier one; empty where there is none."""

    rows: list[M]
    next_mark: str = ""
    previous_mark: str = ""

    def pager(self, query: QueryDict, shown: str = "") -> Pager:
        """The links, with all filters of the present address kept."""
        return Pager(
            next_url=_with(query, after=self.next_mark),
            previous_url=_with(query, before=self.previous_mark),
            shown=shown,
        )


def key_page(rows: QuerySet[M], order: Sequence[str], *, query: QueryDict, size: int = 50) -> KeyPage[M]:
    """One page of `rows` in `order` (field names, "-" for descending, the last one unique and every one NOT NULL).

    `after` and `before` of the address say where the page starts. A mark that cannot be read starts at the beginning.
    """
    after, before = _read(query.get("after", ""), order), _read(query.get("before", ""), order)
    backwards = before is not None and after is None
    key = before if backwards else after
    wanted = [_turned(o) for o in order] if backwards else list(order)
    found = rows.order_by(*wanted)
    if key is not None:
        found = found.filter(_beyond(wanted, key))
    window = list(found[: size + 1])
    more, page = len(window) > size, window[:size]
    if backwards:
        page.reverse()
    has_next = bool(page) and (more or backwards)
    has_previous = bool(page) and (more if backwards else after is not None)
    return KeyPage(
        page,
        next_mark=_mark(page[-1], order) if has_next else "",
        previous_mark=_mark(page[0], order) if has_previous else "",
    )


def _with(query: QueryDict, **mark: str) -> str:
    ((name, value),) = mark.items()
    if not value:
        return ""
    changed = query.copy()
    for old in ("after", "before"):
        changed.pop(old, None)
    changed[name] = value
    return f"?{changed.urlencode()}"


def _turned(field: str) -> str:
    return field[1:] if field.startswith("-") else f"-{field}"


def _beyond(order: Sequence[str], key: Sequence[Any]) -> Q:
    """Rows behind the key: (a, b) > (x, y) written out, each field in its own direction."""
    condition = Q(pk__in=[])
    for i, field in enumerate(order):
        same = Q(**{_name(order[j]): key[j] for j in range(i)})
        step = "lt" if field.startswith("-") else "gt"
        condition |= same & Q(**{f"{_name(field)}__{step}": key[i]})
    return condition


def _name(field: str) -> str:
    return field.lstrip("-")


def _mark(row: Model, order: Sequence[str]) -> str:
    values = []
    for field in order:
        value: Any = row
        for step in _name(field).split("__"):
            value = getattr(value, step)
        values.append(_plain(value))
    return base64.urlsafe_b64encode(json.dumps(values, ensure_ascii=False).encode()).decode().rstrip("=")


def _plain(value: Any) -> Any:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _read(mark: str, order: Sequence[str]) -> list[Any] | None:
    if not mark:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4)))
    except ValueError:
        return None
    plain = isinstance(values, list) and all(isinstance(v, str | int | float) for v in values)
    return values if plain and len(values) == len(order) else None
