"""Draws a procedure as a flow chart, from top to bottom, with "you are here"."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString

from dayu.core.ui.drawing import join
from dayu.core.ui.parts import Edge, Flow, Node

BOX_W, BOX_H, GAP_X, GAP_Y = 148, 48, 28, 34
PER_LINE = 9  # Chinese characters that fit into a box


def flow_chart_svg(flow: Flow) -> SafeString:
    """The drawing; each box with an address is a link."""
    ranks = _ranks(flow.nodes, flow.edges)
    rows: dict[int, list[Node]] = {}
    for node in flow.nodes:
        rows.setdefault(ranks[node.id], []).append(node)
    widest = max((len(r) for r in rows.values()), default=1)
    width = widest * BOX_W + (widest - 1) * GAP_X + 2
    places: dict[str, tuple[float, float]] = {}
    for rank, row in rows.items():
        row_width = len(row) * BOX_W + (len(row) - 1) * GAP_X
        left = (width - row_width) / 2
        for i, node in enumerate(row):
            places[node.id] = (left + i * (BOX_W + GAP_X), 1 + rank * (BOX_H + GAP_Y))
    height = (max(rows, default=0) + 1) * (BOX_H + GAP_Y) - GAP_Y + 2
    arrows = join(_arrow(edge, places) for edge in flow.edges if edge.start in places and edge.end in places)
    boxes = join(_box(node, *places[node.id]) for node in flow.nodes)
    return format_html(
        '<svg class="flow" width="{0}" height="{1}" viewBox="0 0 {0} {1}" role="group" aria-label="{2}">'
        '<defs><marker id="flow-head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path class="f-head" d="M0 0 8 4 0 8z"/></marker></defs>{3}{4}</svg>',
        width, height, flow.name, arrows, boxes,
    )  # fmt: skip


def _ranks(nodes: Sequence[Node], edges: Sequence[Edge]) -> dict[str, int]:
    """The row of each box: one below the lowest box that leads to it. Arrows that lead back are left out."""
    order = {node.id: i for i, node in enumerate(nodes)}
    ranks = {node.id: 0 for node in nodes}
    for node in nodes:
        for edge in edges:
            if edge.end == node.id and order.get(edge.start, len(nodes)) < order[node.id]:
                ranks[node.id] = max(ranks[node.id], ranks[edge.start] + 1)
    return ranks


def _arrow(edge: Edge, places: dict[str, tuple[float, float]]) -> SafeString:
    x1, y1 = places[edge.start]
    x2, y2 = places[edge.end]
    if y2 <= y1:  # back: around the right side
        right = max(x1, x2) + BOX_W + GAP_X / 2
        path = f"M{x1 + BOX_W} {y1 + BOX_H / 2}H{right}V{y2 + BOX_H / 2}H{x2 + BOX_W + 1}"
        label_x, label_y = right - 4, (y1 + y2 + BOX_H) / 2
    else:
        middle = y2 - GAP_Y / 2
        path = f"M{x1 + BOX_W / 2} {y1 + BOX_H}V{middle}H{x2 + BOX_W / 2}V{y2 - 1}"
        label_x, label_y = x2 + BOX_W / 2 + 6, y2 - 6
    words = (
        format_html('<text class="f-on" x="{}" y="{}">{}</text>', label_x, label_y, edge.label) if edge.label else ""
    )
    return join((format_html('<path class="f-line" d="{}" marker-end="url(#flow-head)"/>', path), words))


def _box(node: Node, x: float, y: float) -> SafeString:
    radius = {"step": 4, "question": 14, "end": 24}[node.shape]
    body = join(
        (
            format_html('<rect x="{}" y="{}" width="{}" height="{}" rx="{}"/>', x, y, BOX_W, BOX_H, radius),
            _words(node, x + BOX_W / 2, y),
        )
    )
    inner = format_html('<a href="{}">{}</a>', node.url, body) if node.url else body
    return format_html('<g class="f-box" data-s="{}">{}</g>', node.state, inner)


def _words(node: Node, x: float, y: float) -> SafeString:
    lines = [node.label[i : i + PER_LINE] for i in range(0, len(node.label), PER_LINE)][:2]
    if node.note and len(lines) == 1:
        return join(
            (
                format_html('<text class="f-name" x="{}" y="{}">{}</text>', x, y + 21, lines[0]),
                format_html('<text class="f-note" x="{}" y="{}">{}</text>', x, y + 38, node.note[:12]),
            )
        )
    start = y + BOX_H / 2 + 5 - (len(lines) - 1) * 9
    return join(
        format_html('<text class="f-name" x="{}" y="{}">{}</text>', x, start + i * 18, words)
        for i, words in enumerate(lines)
    )
