"""SVG drawn on the server: day gauge, bars, fine range, flow chart. Positions are attributes, so no inline style is needed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

LONGEST_GAUGE = 34  # marks; beyond it a limit is drawn as a bar

_KINDS = ("run", "now", "left", "end", "late", "off")
_INSET = {"left": 0.5, "end": 1.0}  # an outline is drawn inside its box


def _mark(kind: str) -> tuple[int, str]:
    """The width of a mark, and its drawing with a place left for x."""
    width, height = (4, 4) if kind == "off" else (7, 14)
    inset = _INSET.get(kind, 0.0)
    drawn = (
        f'<rect class="g-{kind}" x="{{:g}}" y="{14 - height + inset:g}" '
        f'width="{width - 2 * inset:g}" height="{height - 2 * inset:g}" rx="1"/>'
    )
    return width, drawn


_MARKS = {kind: _mark(kind) for kind in _KINDS}


def gauge_svg(kinds: Sequence[str], label: str) -> SafeString:
    """One mark for each counted day, a dot for each day that does not count. Every list row has one: plain string work."""
    x = 0
    marks: list[str] = []
    for kind in kinds:
        width, drawn = _MARKS[kind]
        marks.append(drawn.format(x + _INSET.get(kind, 0)))
        x += width + 2
    return format_html(
        '<svg class="gauge" width="{0}" height="14" viewBox="0 0 {0} 14" role="img" aria-label="{1}">{2}</svg>',
        max(1, x - 2), label, SafeString("".join(marks)),
    )  # fmt: skip


def bar_svg(percent: int, label: str, *, kind: str = "", height: int = 6) -> SafeString:
    """A bar filled to `percent`."""
    filled = max(0, min(100, percent))
    return format_html(
        '<svg class="bar{3}" width="100%" height="{2}" role="img" aria-label="{1}">'
        '<rect class="bar__all" width="100%" height="{2}" rx="3"/>'
        '<rect class="bar__done" width="{0}%" height="{2}" rx="3"/></svg>',
        filled, label, height, f" bar--{kind}" if kind else "",
    )  # fmt: skip


def join(parts: Iterable[SafeString | str]) -> SafeString:
    """Safe pieces in a row."""
    return format_html_join("", "{}", ((p,) for p in parts))


class Axis:
    """Places amounts on a line, in per cent of its width."""

    def __init__(self, low: Decimal, high: Decimal, *, margin: float = 3.0):
        self.low, self.high, self.margin = low, high, margin

    def at(self, amount: Decimal | int) -> float:
        """Where `amount` stands, between `margin` and 100 - `margin`."""
        span = self.high - self.low
        share = float((Decimal(amount) - self.low) / span) if span else 0.5
        share = max(0.0, min(1.0, share))
        return round(self.margin + share * (100 - 2 * self.margin), 2)


def ten_thousands(amount: Decimal | int) -> str:
    """An amount as an axis carries it: 5,000, 2 万, 2.5 万."""
    value = Decimal(amount)
    if abs(value) < 10000:
        return f"{value.normalize():,f}"
    return f"{(value / 10000).normalize():,f} 万"


def rect(kind: str, x: float, y: float, width: float, height: float) -> SafeString:
    """A rectangle; x and width in per cent."""
    return format_html(
        '<rect class="{}" x="{}%" y="{}" width="{}%" height="{}"/>', kind, x, y, round(max(0.0, width), 2), height
    )


def line(kind: str, x1: float, y1: float, x2: float, y2: float) -> SafeString:
    """A line; the x values in per cent."""
    return format_html('<line class="{}" x1="{}%" y1="{}" x2="{}%" y2="{}"/>', kind, x1, y1, x2, y2)


def text(kind: str, x: float, y: float, words: str, *, anchor: str = "middle", dx: int = 0) -> SafeString:
    """Words at a place; x in per cent."""
    return format_html(
        '<text class="{}" x="{}%" y="{}" dx="{}" text-anchor="{}">{}</text>', kind, x, y, dx, anchor, words
    )


def spread(places: Sequence[tuple[float, Any]], gap: float) -> list[tuple[float, Any]]:
    """Those places that stand at least `gap` apart, the first ones given keep their place."""
    kept: list[tuple[float, Any]] = []
    for place, what in places:
        if all(abs(place - other) >= gap for other, _ in kept):
            kept.append((place, what))
    return kept


def nothing() -> SafeString:
    """An empty drawing."""
    return SafeString("")
