"""Draws a procedure as a flow chart, from top to bottom, with "you are here"."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import format_html
from django.utils.safestring import SafeString

from dayu.core.ui.drawing import join
from dayu.core.ui.parts import Edge, Flow, Node

BOX_W, BOX_H, GAP_X, GAP_Y = 148, 48, 28, 34
LANE, LABEL = 16, 60  # the distance between arrows that pass beside the boxes; room for their words
PER_LINE = 9  # Chinese characters that fit into a box

Places = dict[str, tuple[float, float]]


def flow_chart_svg(flow: Flow) -> SafeString:
    """The drawing; each box with an address is a link. Arrows that skip a row pass at the left, those that lead back at
    the right."""
    ranks = _ranks(flow.nodes, flow.edges)
    edges = [e for e in flow.edges if e.start in ranks and e.end in ranks]
    skips = [e for e in edges if ranks[e.end] > ranks[e.start] + 1]
    backs = [e for e in edges if ranks[e.end] <= ranks[e.start]]
    left, right = _lane_room(skips), _lane_room(backs)
    rows: dict[int, list[Node]] = {}
    for node in flow.nodes:
        rows.setdefault(ranks[node.id], []).append(node)
    widest = max((len(r) for r in rows.values()), default=1)
    inner = widest * BOX_W + (widest - 1) * GAP_X
    places: Places = {}
    for rank, row in rows.items():
        start = left + (inner - len(row) * BOX_W - (len(row) - 1) * GAP_X) / 2
        for i, node in enumerate(row):
            places[node.id] = (start + i * (BOX_W + GAP_X), 1 + rank * (BOX_H + GAP_Y))
    width = left + inner + right + 2
    height = (max(rows, default=0) + 1) * (BOX_H + GAP_Y) - GAP_Y + 2
    arrows = [_down(e, places) for e in edges if e not in skips and e not in backs]
    arrows += [_beside(e, places, left - (i + 1) * LANE, side=-1) for i, e in enumerate(skips)]
    arrows += [_beside(e, places, left + inner + (i + 1) * LANE, side=1) for i, e in enumerate(backs)]
    boxes = join(_box(node, *places[node.id]) for node in flow.nodes)
    return format_html(
        '<svg class="flow" width="{0}" height="{1}" viewBox="0 0 {0} {1}" role="group" aria-label="{2}">'
        '<defs><marker id="flow-head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path class="f-head" d="M0 0 8 4 0 8z"/></marker></defs>{3}{4}</svg>',
        width, height, flow.name, join(arrows), boxes,
    )  # fmt: skip


def _lane_room(edges: Sequence[Edge]) -> int:
    """How much room the arrows beside the boxes need."""
    if not edges:
        return 1
    return len(edges) * LANE + (LABEL if any(e.label for e in edges) else LANE)


def _ranks(nodes: Sequence[Node], edges: Sequence[Edge]) -> dict[str, int]:
    """The row of each box: one below the lowest box that leads to it. Arrows that lead back are left out."""
    order = {node.id: i for i, node in enumerate(nodes)}
    ranks = {node.id: 0 for node in nodes}
    for node in nodes:
        for edge in edges:
            if edge.end == node.id and order.get(edge.start, len(nodes)) < order[node.id]:
                ranks[node.id] = max(ranks[node.id], ranks[edge.start] + 1)
    return ranks


def _down(edge: Edge, places: Places) -> SafeString:
    """An arrow to the next row."""
    x1, y1 = places[edge.start]
    x2, y2 = places[edge.end]
    path = f"M{x1 + BOX_W / 2} {y1 + BOX_H}V{y2 - GAP_Y / 2}H{x2 + BOX_W / 2}V{y2 - 1}"
    return _arrow(path, edge.label, x2 + BOX_W / 2 + 8, y2 - GAP_Y / 2 + 4, "start")


def _beside(edge: Edge, places: Places, lane: float, *, side: int) -> SafeString:
    """An arrow that passes beside the boxes: at the left with `side` -1, at the right with 1."""
    x1, y1 = places[edge.start]
    x2, y2 = places[edge.end]
    from_x, to_x = (x1, x2 - 1) if side < 0 else (x1 + BOX_W, x2 + BOX_W + 1)
    path = f"M{from_x} {y1 + BOX_H / 2}H{lane}V{y2 + BOX_H / 2}H{to_x}"
    middle = (y1 + y2 + BOX_H) / 2 + 4
    return _arrow(path, edge.label, lane + side * 5, middle, "end" if side < 0 else "start")


def _arrow(path: str, label: str, x: float, y: float, anchor: str) -> SafeString:
    line = format_html('<path class="f-line" d="{}" marker-end="url(#flow-head)"/>', path)
    if not label:
        return line
    return join((line, format_html('<text class="f-on" x="{}" y="{}" text-anchor="{}">{}</text>', x, y, anchor, label)))


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
