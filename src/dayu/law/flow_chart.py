"""The flow chart (流程图) of a procedure from its declaration: as Mermaid text, and as SVG laid out here.

Stages are bands from top to bottom. The main line runs down the left column; what may happen beside it stands in the
right one. Full arrows are required (refused without), broken ones are possible. `states` colours "you are here".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from dayu.law.declaration import length
from dayu.law.procedure import Chart, Edge, Node, Procedure
from dayu.law.time_limits import time_limits
from dayu.law.words import word

BOX_W, BOX_H, GAP, LANE = 224, 62, 22, 7
MARGIN, BAND_HEAD = 16, 30
SHAPES = {"must": ("[", "]"), "may": ("([", "])"), "not": ("([", "])"), "depends": ("{{", "}}")}
FILL = {"done": "#dcefe3", "now": "#fff1c9", "blocked": "#f9dedc"}


@dataclass(frozen=True, slots=True)
class Box:
    """One step: where it stands and what is written in it."""

    act: str
    lines: tuple[str, ...]
    note: str
    x: float
    y: float
    main: bool
    duty: str


@dataclass(frozen=True, slots=True)
class Line:
    """One arrow: its corners, and whether the later step is refused without the earlier."""

    source: str
    target: str
    points: tuple[tuple[float, float], ...]
    required: bool


@dataclass(frozen=True, slots=True)
class Band:
    """One stage: its name and the height it takes."""

    name: str
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Everything with its place."""

    bands: tuple[Band, ...]
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    width: float
    height: float


def chart_mermaid(procedure: Procedure, language: str = "zh") -> str:
    """The chart as Mermaid text: boxes by stage, then arrows."""
    chart = procedure.chart()
    lines = ["flowchart TD"]
    for stage in procedure.stages:
        inside = [node for node in chart.nodes if node.stage == stage]
        if inside:
            lines.append(f'  subgraph stage_{stage}["{word("stages", stage, language)}"]')
            lines += [f"    {_mermaid_box(node, language)}" for node in inside]
            lines.append("  end")
    return "\n".join([*lines, *(f"  {e.source} {'-->' if e.required else '-.->'} {e.target}" for e in _drawn(chart))])


def _mermaid_box(node: Node, language: str) -> str:
    left, right = SHAPES[node.duty]
    return f'{node.act}{left}"{word("acts", node.act, language)}"{right}'


def _drawn(chart: Chart) -> list[Edge]:
    """The arrows to draw: required ones that do not follow from others, then possible ones that are not required."""
    before: dict[str, set[str]] = {}
    for edge in chart.edges:
        if edge.required:
            before.setdefault(edge.target, set()).add(edge.source)
    reach = {act: _all_before(act, before) for act in before}
    required = [
        edge for edge in chart.edges
        if edge.required and not any(edge.source in reach.get(other, ()) for other in before[edge.target] - {edge.source})
    ]
    known = {(edge.source, edge.target) for edge in required}
    possible = [e for e in chart.edges if not e.required and (e.source, e.target) not in known]
    return list(dict.fromkeys([*required, *possible]))


def _all_before(act: str, before: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = list(before.get(act, ()))
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += before.get(one, ())
    return found


# -- layout ------------------------------------------------------------------------------------------------------------


def lay_out(procedure: Procedure, language: str = "zh") -> Layout:
    """Places for all bands, boxes and arrows; equal declarations give equal places."""
    chart = procedure.chart()
    edges = [e for e in _with_main_line(chart) if e.source != e.target]
    beside = [e for e in edges if not _adjacent_main(e, chart)]
    bands, rows, height = _rows(procedure, chart, language)
    lanes = _lanes(beside, rows)
    right = MARGIN * 3 + BOX_W + LANE * (max(lanes, default=0) + 1)
    boxes = tuple(_box(n, MARGIN if n.mainline else right, rows[n.act], language) for n in chart.nodes)
    places = {box.act: box for box in boxes}
    lines = [_straight(e, places) for e in edges if e not in beside]
    lines += [_elbow(e, places, MARGIN * 2 + BOX_W + lane * LANE) for e, lane in zip(beside, lanes, strict=True)]
    return Layout(bands, boxes, tuple(lines), right + BOX_W + MARGIN, height + MARGIN)


def _rows(procedure: Procedure, chart: Chart, language: str) -> tuple[tuple[Band, ...], dict[str, float], float]:
    """The bands, the height at which each box stands, and the height of all."""
    bands: list[Band] = []
    rows: dict[str, float] = {}
    y = float(MARGIN)
    for stage in procedure.stages:
        inside = [node for node in chart.nodes if node.stage == stage]
        columns = ([n for n in inside if n.mainline], [n for n in inside if not n.mainline])
        rows |= {n.act: y + BAND_HEAD + i * (BOX_H + GAP) for column in columns for i, n in enumerate(column)}
        if inside:
            height = BAND_HEAD + max(len(column) for column in columns) * (BOX_H + GAP)
            bands.append(Band(word("stages", stage, language), y, height))
            y += height + GAP / 2
    return tuple(bands), rows, y


def _lanes(edges: Sequence[Edge], rows: Mapping[str, float]) -> list[int]:
    """For each arrow the first lane of the channel in which it meets no other."""
    taken: list[list[tuple[float, float]]] = []
    found = []
    for edge in edges:
        first, last = sorted((rows[edge.source] + BOX_H * 0.6, rows[edge.target] + BOX_H * 0.35))
        lane = next((i for i, spans in enumerate(taken) if all(last < a or b < first for a, b in spans)), len(taken))
        taken += [[]] if lane == len(taken) else []
        taken[lane].append((first, last))
        found.append(lane)
    return found


def _with_main_line(chart: Chart) -> list[Edge]:
    """The drawn arrows; a step of the main line that no arrow reaches follows the one before it."""
    drawn = _drawn(chart)
    reached = {edge.target for edge in drawn}
    main = [node.act for node in chart.nodes if node.mainline]
    return [*drawn, *(Edge(a, b, False) for a, b in pairwise(main) if b not in reached)]


def _adjacent_main(edge: Edge, chart: Chart) -> bool:
    main = [node.act for node in chart.nodes if node.mainline]
    return any((edge.source, edge.target) == pair for pair in pairwise(main))


def _box(node: Node, x: float, y: float, language: str) -> Box:
    limit = f"{length(time_limits()[node.limit][-1])} · " if node.limit and not language.startswith("en") else ""
    note = f"{limit}{node.basis[0] if node.basis else ''}"
    return Box(node.act, _wrapped(word("acts", node.act, language)), note, x, y, node.mainline, node.duty)


def _wrapped(text: str, most: int = 30) -> tuple[str, ...]:
    """At most two lines; a Chinese character counts two."""
    lines, line, width = [], "", 0
    for part in text.split(" ") if " " in text else text:
        grown = width + sum(2 if ord(c) > 0x2E80 else 1 for c in part) + (1 if " " in text and line else 0)
        if line and grown > most:
            lines.append(line)
            line, grown = "", sum(2 if ord(c) > 0x2E80 else 1 for c in part)
        line = f"{line} {part}" if line and " " in text else line + part
        width = grown
    return tuple([*lines, line][:2])


def _straight(edge: Edge, places: Mapping[str, Box]) -> Line:
    """An arrow down the main line."""
    first, second = places[edge.source], places[edge.target]
    middle = first.x + BOX_W / 2
    return Line(edge.source, edge.target, ((middle, first.y + BOX_H), (middle, second.y)), edge.required)


def _elbow(edge: Edge, places: Mapping[str, Box], lane: float) -> Line:
    """An arrow through the channel between the columns, in a lane of its own."""
    first, second = places[edge.source], places[edge.target]
    start, end = _side(first), _side(second)
    y1, y2 = first.y + BOX_H * 0.6, second.y + BOX_H * 0.35
    return Line(edge.source, edge.target, ((start, y1), (lane, y1), (lane, y2), (end, y2)), edge.required)


def _side(box: Box) -> float:
    return box.x + BOX_W if box.main else box.x


# -- SVG ---------------------------------------------------------------------------------------------------------------


def chart_svg(procedure: Procedure, language: str = "zh", states: Mapping[str, str] | None = None) -> str:
    """The chart as one self-contained SVG. `states` names acts that are done, now or blocked."""
    layout = lay_out(procedure, language)
    name = escape(word("procedures", procedure.key, language))
    width, height = f"{layout.width:g}", f"{layout.height:g}"
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'role="img" aria-label="{name}" font-family="Noto Sans CJK SC, Noto Sans SC, sans-serif">',
        f"<title>{name}</title>",
        '<defs><marker id="head" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0 0 8 4 0 8z" fill="#4a5b6c"/></marker></defs>',
        *(_band_svg(band, layout.width) for band in layout.bands),
        *(_line_svg(line) for line in layout.lines),
        *(_box_svg(box, (states or {}).get(box.act, "")) for box in layout.boxes),
        "</svg>",
    ]
    return "\n".join(parts)


def _band_svg(band: Band, width: float) -> str:
    return (
        f'<rect x="4" y="{band.y:g}" width="{width - 8:g}" height="{band.height:g}" rx="6" fill="#f2f5f8"/>'
        f'<text x="{MARGIN}" y="{band.y + 20:g}" font-size="14" font-weight="bold" fill="#22384d">{escape(band.name)}</text>'
    )


def _line_svg(line: Line) -> str:
    points = " ".join(f"{x:g},{y:g}" for x, y in line.points)
    dash = "" if line.required else ' stroke-dasharray="4 3"'
    return f'<polyline points="{points}" fill="none" stroke="#4a5b6c" stroke-width="1.2"{dash} marker-end="url(#head)"/>'


def _box_svg(box: Box, state: str) -> str:
    radius = 4 if box.duty == "must" else 18
    dash = "" if box.duty in ("must", "depends") else ' stroke-dasharray="5 3"'
    fill = FILL.get(state, "#ffffff")
    return (
        f'<g data-act="{box.act}"{_state(state)}><rect x="{box.x:g}" y="{box.y:g}" width="{BOX_W}" height="{BOX_H}" '
        f'rx="{radius}" fill="{fill}" stroke="#2f5d8a"{dash}/>{_texts(box)}</g>'
    )


def _state(state: str) -> str:
    return f' data-state="{escape(state)}"' if state else ""


def _texts(box: Box) -> str:
    middle = box.x + BOX_W / 2
    lines: Sequence[tuple[str, float, int, str]] = [
        (text, box.y + (22 if len(box.lines) == 1 else 17) + i * 16, 14, "#10202f") for i, text in enumerate(box.lines)
    ]
    note = [(box.note, box.y + BOX_H - 8, 11, "#4a5b6c")] if box.note else []
    return "".join(
        f'<text x="{middle:g}" y="{y:g}" font-size="{size}" text-anchor="middle" fill="{colour}">{escape(text)}</text>'
        for text, y, size, colour in [*lines, *note]
    )
