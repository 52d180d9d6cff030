"""Draws a fine inside its range: statute bar, tiers, notified amount, this amount, similar cases as dots.

Where tiers are narrow, a second, zoomed axis below shows the tier that applies at a readable width.
"""

from __future__ import annotations

from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from dayu.core.ui.drawing import Axis, join, line, rect, spread, ten_thousands, text
from dayu.core.ui.parts import FineRange, Tier
from dayu.core.ui.words import short_amount

NARROW = 16.0  # per cent of the bar below which the tier that applies is drawn again, larger
DOT_STEP = 10
TOP, BAR, HEIGHT = 62, 14, 118  # where the bar stands under its pins and dots; height of one axis with its labels
TICK_GAP = 11.0
NEAR = 32.0  # per cent of the bar: closer pins would write over each other on a narrow page


def fine_range_svg(shown: FineRange) -> SafeString:
    """The whole drawing, with its words as the label for those who do not see it."""
    low, high = Decimal(shown.low), Decimal(shown.high)
    axis = Axis(low, high)
    zoom = _zoom(shown, axis)
    parts = [_axis(shown, axis, 0, pins=zoom is None, names=zoom is None)]
    height = HEIGHT
    if zoom is not None:
        offset = 40
        parts = [_axis(shown, axis, -offset, pins=False, names=False)]
        top = HEIGHT - offset - 8
        left, right = axis.at(zoom.low), axis.at(zoom.high)
        parts.append(line("r-zoom", left, TOP - offset + BAR, zoom.at(zoom.low), top + TOP))
        parts.append(line("r-zoom", right, TOP - offset + BAR, zoom.at(zoom.high), top + TOP))
        parts.append(_axis(shown, zoom, top, pins=True, names=True))
        height = top + HEIGHT
    return format_html(
        '<svg class="range" width="100%" height="{}" role="img" aria-label="{}">{}</svg>',
        height, fine_range_words(shown), join(parts),
    )  # fmt: skip


def fine_range_words(shown: FineRange) -> str:
    """The drawing in words."""
    words = [_("法定幅度 %(low)s 至 %(high)s 元") % {"low": f"{shown.low:,}", "high": f"{shown.high:,}"}]
    for tier in shown.tiers:
        if tier.here:
            words.append(
                _("%(name)s档 %(low)s 至 %(high)s 元")
                % {"name": tier.name, "low": f"{tier.low:,}", "high": f"{tier.high:,}"}
            )
    if shown.notified is not None:
        words.append(_("已告知 %(amount)s 元") % {"amount": f"{shown.notified:,}"})
    if shown.amount is not None:
        words.append(f"{shown.amount_name or _('本次')} {shown.amount:,} " + _("元"))
    if shown.similar:
        words.append(_("同类案 %(count)s 件") % {"count": len(shown.similar)})
    return "；".join(words)


def _zoom(shown: FineRange, axis: Axis) -> Axis | None:
    """An axis around the tier that applies and the pins, where they stand too close to read."""
    here = [t for t in shown.tiers if t.here]
    if not here:
        return None
    if axis.at(here[-1].high) - axis.at(here[0].low) >= NARROW:
        return None
    points = [Decimal(here[0].low), Decimal(here[-1].high)]
    points += [Decimal(p) for p in (shown.amount, shown.notified) if p is not None]
    low, high = min(points), max(points)
    pad = max((high - low) * Decimal("0.35"), Decimal(1))
    return Axis(max(Decimal(shown.low), low - pad), min(Decimal(shown.high), high + pad))


def _axis(shown: FineRange, axis: Axis, top: int, *, pins: bool, names: bool) -> SafeString:
    """One bar with its tiers, dots, pins and ticks."""
    y = top + TOP
    parts = [rect("r-all", axis.margin, y, 100 - 2 * axis.margin, BAR)]
    inside = [t for t in shown.tiers if Decimal(t.high) >= axis.low and Decimal(t.low) <= axis.high]
    for tier in inside:
        parts.append(_tier(tier, axis, y, names=names))
    parts += _dots(shown, axis, y) if names else []
    parts += _ticks(shown, inside, axis, y, names=names)
    if pins:
        parts += _pins(shown, axis, top)
    return join(parts)


def _tier(tier: Tier, axis: Axis, y: int, *, names: bool) -> SafeString:
    left, right = axis.at(tier.low), axis.at(tier.high)
    parts = [rect("r-here" if tier.here else "r-tier", left, y, right - left, BAR)]
    if names and right - left >= 7:
        kind = "r-name r-name--here" if tier.here else "r-name"
        parts.append(text(kind, (left + right) / 2, y + BAR + 15, tier.name))
    return join(parts)


def _dots(shown: FineRange, axis: Axis, y: int) -> list[SafeString]:
    """Similar cases, piled up where they stand together; no more than four high."""
    piles: dict[int, int] = {}
    parts = []
    for amount in sorted(shown.similar):
        if not axis.low <= Decimal(amount) <= axis.high:
            continue
        place = axis.at(amount)
        pile = round(place / 1.6)
        level = piles.get(pile, 0)
        piles[pile] = level + 1
        if level < 4:
            parts.append(format_html('<circle class="r-dot" cx="{}%" cy="{}" r="4"/>', place, y - 8 - level * DOT_STEP))
    return parts


def _ticks(shown: FineRange, tiers: list[Tier], axis: Axis, y: int, *, names: bool) -> list[SafeString]:
    """Amounts below the bar: the ends first, then the tier that applies, then the rest, as far as there is room."""
    wanted = [axis.low, axis.high]
    wanted += [Decimal(edge) for t in tiers if t.here for edge in (t.low, t.high)]
    wanted += [Decimal(t.high) for t in tiers if not t.here]
    if not names:
        wanted = [axis.low, axis.high]
    else:
        edges = {Decimal(e) for t in shown.tiers for e in (t.low, t.high)} | {Decimal(shown.low), Decimal(shown.high)}
        wanted = [w for w in wanted if w in edges]
    places = spread([(axis.at(w), w) for w in dict.fromkeys(wanted) if axis.low <= w <= axis.high], TICK_GAP)
    below = y + BAR + (32 if names else 14)
    return [text("r-tick", place, below, ten_thousands(amount), anchor=_anchor(place)) for place, amount in places]


def _anchor(place: float) -> str:
    if place < 8:
        return "start"
    return "end" if place > 92 else "middle"


def _pins(shown: FineRange, axis: Axis, top: int) -> list[SafeString]:
    """The notified amount and this amount, their words on the sides away from each other."""
    parts: list[SafeString] = []
    amount = axis.at(shown.amount) if shown.amount is not None else None
    notified = axis.at(shown.notified) if shown.notified is not None else None
    if notified is not None and amount is not None and notified != amount and abs(notified - amount) < NEAR:
        return _near_pins(shown, axis, top)
    if notified is not None and shown.notified is not None and notified != amount:
        side = "start" if notified > 70 or (amount is not None and amount > notified) else "end"
        side = "end" if (side == "start" and notified > 18) or notified > 82 else "start"
        parts.append(_pin("r-told", notified, top, _("已告知"), short_amount(shown.notified), side))
    if amount is not None and shown.amount is not None:
        side = "end" if amount > 80 or (notified is not None and notified > amount and amount > 18) else "start"
        kind = "r-bad" if shown.heavier_than_notified else "r-now"
        name = shown.amount_name or _("本次")
        if notified == amount:
            name = name + " = " + _("已告知")
        parts.append(_pin(kind, amount, top, name, short_amount(shown.amount), side))
    return parts


def _near_pins(shown: FineRange, axis: Axis, top: int) -> list[SafeString]:
    """Two pins that stand close: each says its words on a line of its own, so that nothing runs into another."""
    kind = "r-bad" if shown.heavier_than_notified else "r-now"
    pins = [
        ("r-told", shown.notified, _("已告知"), 15),
        (kind, shown.amount, shown.amount_name or _("本次"), 33),
    ]
    parts: list[SafeString] = []
    for pin, money, name, height in pins:
        assert money is not None
        place = axis.at(money)
        side, dx = ("end", -6) if place > 60 else ("start", 6)
        parts.append(line(pin, place, top + height - 11, place, top + TOP + BAR + 3))
        words = f"{name} {short_amount(money)}"
        parts.append(text(f"{pin} r-words", place, top + height, words, anchor=side, dx=dx))
    return parts


def _pin(kind: str, place: float, top: int, name: str, amount: str, side: str) -> SafeString:
    dx = 6 if side == "start" else -6
    return join(
        (
            line(kind, place, top + 4, place, top + TOP + BAR + 3),
            text(f"{kind} r-words", place, top + 15, name, anchor=side, dx=dx),
            text(f"{kind} r-words", place, top + 33, amount, anchor=side, dx=dx),
        )
    )
