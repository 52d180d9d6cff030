"""The space of answers that a table of conditions asks for, cut at its own figures, so that claims about it are exact.

Between two neighbouring figures no condition changes its answer. So the line of a number falls into finitely many cells
(0 to 5, exactly 5, 5 to 6 …), a choice into its values, and what holds in every cell holds for every answer. `regions`
finds where a claim is true, as few boxes as the table allows, each with a text and with an answer that lies in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby, islice

from dayu.law.fact_conditions import Condition, Facts, FactValue, fact_kinds, shown_value
from dayu.law.rulebook import RulebookError

ZERO = Decimal(0)
MOST_WORK = 1_000_000  # rows looked at, over all states; a table that needs more is none that a person can apply
MOST_REGIONS = 100  # so many places are told; repairing them shows the next

# (rows that can still hold, rows that hold whatever follows) -> whether the claim is true, None: look at more facts
Claim = Callable[[frozenset[int], frozenset[int]], bool | None]


@dataclass(frozen=True, slots=True)
class Cell:
    """A stretch of a number line, or one value of a choice (`value`). `high` None: without end."""

    low: Decimal = ZERO
    low_closed: bool = True
    high: Decimal | None = None
    high_closed: bool = False
    value: bool | str | None = None

    @property
    def witness(self) -> FactValue:
        """An answer that lies in it: the figure itself, the middle, or one more than its beginning."""
        if self.value is not None:
            return self.value
        if self.high is None:
            return self.low + 1
        return self.low if self.low == self.high else (self.low + self.high) / 2

    def joined(self, last: Cell) -> Cell:
        """The stretch from this cell to `last`."""
        return Cell(self.low, self.low_closed, last.high, last.high_closed)

    def text(self, label: str) -> str:
        """5＜方量（立方米）＜6, 方量（立方米）≥50, 方量（立方米）为5."""
        low, high = _plain(self.low), "" if self.high is None else _plain(self.high)
        if self.low == self.high:
            return f"{label}＝{low}"
        if self.high is None:
            return f"{label}{'≥' if self.low_closed else '＞'}{low}"
        tail = f"{label}{'≤' if self.high_closed else '＜'}{high}"
        return tail if self.low == 0 and self.low_closed else f"{low}{'≤' if self.low_closed else '＜'}{tail}"


@dataclass(frozen=True, slots=True)
class Axis:
    """One fact and the cells into which the conditions cut its answers."""

    fact: str
    cells: tuple[Cell, ...]
    number: bool

    def mask(self, condition: Condition) -> int:
        """The cells in which a condition on this fact holds, one bit each."""
        return sum(1 << i for i, c in enumerate(self.cells) if condition.holds({self.fact: c.witness}))

    @property
    def full(self) -> int:
        """All cells."""
        return (1 << len(self.cells)) - 1


@dataclass(frozen=True, slots=True)
class Region:
    """A box of answers: for some facts a stretch, or several values. Facts that are not named may have any answer."""

    parts: tuple[tuple[Axis, tuple[Cell, ...]], ...]

    def text(self, language: str = "zh") -> str:
        """5＜方量（立方米）＜6，初次违法：是."""
        english = language.startswith("en")
        shown = [_part(axis, cells, language) for axis, cells in self.parts]
        return (", " if english else "，").join(shown) or ("every answer" if english else "任何情形")

    @property
    def example(self) -> dict[str, FactValue]:
        """Answers that lie in it."""
        return {axis.fact: cells[0].witness for axis, cells in self.parts}


def _part(axis: Axis, cells: tuple[Cell, ...], language: str) -> str:
    english = language.startswith("en")
    kind = fact_kinds()[axis.fact]
    label = kind.label_en if english else kind.label_zh
    if axis.number:
        return cells[0].text(label)
    values = [shown_value(axis.fact, c.value, language=language) for c in cells if c.value is not None]
    return f"{label}: {' or '.join(values)}" if english else f"{label}：{'或者'.join(values)}"


def axis_of(fact: str, conditions: Iterable[Condition], *, among: Sequence[Decimal] = ()) -> Axis:
    """The axis of a fact, cut at the figures of the conditions on it; `among` are further figures to cut at."""
    kind = fact_kinds()[fact]
    if kind.kind != "number":
        values: Sequence[bool | str] = (True, False) if kind.kind == "yes_no" else kind.choices
        return Axis(fact, tuple(Cell(value=v) for v in values), number=False)
    told = [b for c in conditions if c.fact == fact for b in (c.lower, c.upper) if b is not None]
    figures = sorted({b for b in (*told, *among) if b >= 0})
    cells: list[Cell] = []
    begin, closed = ZERO, True
    for figure in figures:
        if begin < figure:
            cells.append(Cell(begin, closed, figure, False))
        cells.append(Cell(figure, True, figure, True))
        begin, closed = figure, False
    return Axis(fact, (*cells, Cell(begin, closed)), number=True)


def axes_of(rows: Iterable[Sequence[Condition]]) -> tuple[Axis, ...]:
    """The axes of all facts that some rows ask for, in the order in which they ask."""
    conditions = [c for row in rows for c in row]
    return tuple(axis_of(fact, conditions) for fact in dict.fromkeys(c.fact for c in conditions))


def box_of(row: Sequence[Condition], axes: Sequence[Axis]) -> tuple[int, ...]:
    """The cells in which a row holds, per axis; an axis that it does not ask for is full."""
    masks = {a.fact: a.full for a in axes}
    by_fact = {a.fact: a for a in axes}
    for condition in row:
        masks[condition.fact] &= by_fact[condition.fact].mask(condition)
    return tuple(masks.values())


def common(axes: Sequence[Axis], *boxes: Sequence[int]) -> Region | None:
    """What several boxes have in common (of several stretches the first), or None."""
    parts = []
    for place, axis in enumerate(axes):
        mask = axis.full
        for box in boxes:
            mask &= box[place]
        if not mask:
            return None
        if mask != axis.full:
            parts.append((axis, next(_runs(axis, mask))))
    return Region(tuple(parts))


_Node = bool | tuple[int, tuple["_Node", ...]]


def regions(axes: Sequence[Axis], boxes: Sequence[Sequence[int]], claim: Claim) -> tuple[Region, ...]:
    """Where the claim is true, over all answers to all axes.

    The answers are walked fact by fact; states with the same rows left are the same state, so that many facts stay
    cheap, and cells with the same outcome are told together.
    """
    last = [max((i for i, a in enumerate(axes) if box[i] != a.full), default=-1) for box in boxes]
    known: dict[tuple[int, frozenset[int]], _Node] = {}

    work = 0

    def walk(place: int, live: frozenset[int]) -> _Node:
        nonlocal work
        work += len(live) + 1
        if work > MOST_WORK:
            raise RulebookError("the conditions mix too many facts to be judged: divide the benchmark")
        answer = claim(live, frozenset(r for r in live if last[r] < place))
        if answer is not None:
            return answer
        if (place, live) not in known:
            children = tuple(
                walk(place + 1, frozenset(r for r in live if boxes[r][place] >> i & 1))
                for i in range(len(axes[place].cells))
            )
            same = all(c == children[0] for c in children)
            known[place, live] = children[0] if same else (place, children)
        return known[place, live]

    start = frozenset(r for r, box in enumerate(boxes) if all(box))
    return tuple(Region(parts) for parts in islice(_paths(axes, walk(0, start)), MOST_REGIONS))


def _paths(axes: Sequence[Axis], node: _Node) -> Iterator[tuple[tuple[Axis, tuple[Cell, ...]], ...]]:
    if isinstance(node, bool):
        if node:
            yield ()
        return
    place, children = node
    axis = axes[place]
    for child in dict.fromkeys(children):
        mask = sum(1 << i for i, c in enumerate(children) if c == child)
        for rest in _paths(axes, child):
            for cells in _runs(axis, mask):
                yield ((axis, cells), *rest)


def _runs(axis: Axis, mask: int) -> Iterator[tuple[Cell, ...]]:
    """The stretches of a number that a mask names; all values of a choice at once."""
    chosen = [i for i in range(len(axis.cells)) if mask >> i & 1]
    if not axis.number:
        yield tuple(axis.cells[i] for i in chosen)
        return
    for _, run in groupby(enumerate(chosen), key=lambda pair: pair[1] - pair[0]):
        places = [place for _, place in run]
        yield (axis.cells[places[0]].joined(axis.cells[places[-1]]),)


def points(axes: Sequence[Axis], box: Sequence[int]) -> Iterator[dict[str, FactValue]]:
    """One answer for every combination of cells of a box."""
    if not axes:
        yield {}
        return
    for rest in points(axes[1:], box[1:]):
        for i, cell in enumerate(axes[0].cells):
            if box[0] >> i & 1:
                yield {axes[0].fact: cell.witness, **rest}


def completed(axes: Sequence[Axis], example: Facts) -> dict[str, FactValue]:
    """An example with an answer to every fact: those that a region leaves open get the first one."""
    return {a.fact: example.get(a.fact, a.cells[0].witness) for a in axes}


def facts_in(rows: Iterable[Sequence[Condition]]) -> tuple[str, ...]:
    """The facts that rows ask for."""
    return tuple(dict.fromkeys(c.fact for row in rows for c in row))


def _plain(number: Decimal) -> str:
    return format(number.normalize(), "f")


def shown_facts(facts: Mapping[str, FactValue]) -> str:
    """方量（立方米）：5.5；初次违法：是."""
    return "；".join(f"{fact_kinds()[n].label_zh}：{shown_value(n, v)}" for n, v in facts.items())
