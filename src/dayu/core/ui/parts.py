"""What the components show: small frozen dataclasses that a view fills and a template tag draws.

A dictionary with the same names does as well wherever a tag takes a part.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Literal

State = Literal["overdue", "soon", "fine", "waiting", "blocked"]
Unit = Literal["working_day", "day", "hour", "month"]
DayKind = Literal["run", "now", "left", "end", "late", "off"]
Tone = Literal["", "danger", "soon", "fine", "muted", "strong"]
Money = Decimal | int


@dataclass(frozen=True, slots=True)
class Basis:
    """An article as shown: `text` is the law and the article, `url` opens it, confirmation "U" is marked as such."""

    text: str
    url: str = ""
    confirmation: str = "V"


@dataclass(frozen=True, slots=True)
class DayMark:
    """One day of a time limit. `number` is its place in the count, None where the day does not count."""

    on: date
    kind: DayKind
    number: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time limit as shown: days left first, in the law's own unit, then the date, the reason and the article.

    `left` is the number of units still to come, or since the end (overdue), or until the act becomes lawful (blocked);
    None with state "waiting" says only that another must act. `total` and `passed` draw long limits as a bar. `why` is
    the sentence "what started it, how long"; `after` says what happens when nothing is done; `label` replaces the words of
    the chip; `url` opens the arithmetic on a page of its own.
    """

    state: State
    left: int | None = None
    unit: Unit = "day"
    due: date | datetime | None = None
    name: str = ""
    why: str = ""
    after: str = ""
    days: Sequence[DayMark] = ()
    total: int | None = None
    passed: int | None = None
    basis: Sequence[Any] = ()
    notes: Sequence[str] = ()
    provisional: bool = False
    done: bool = False
    id: str = ""
    label: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class RefusalRow:
    """What is wrong, why (with its articles), and the button that leads out. `danger`: the law would be broken.

    `rule` is the rule's id in the lawbook.
    """

    what: str
    why: str = ""
    basis: Sequence[Any] = ()
    action: str = ""
    url: str = ""
    danger: bool = False
    ok: bool = False
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a procedure. `duty` is 应当, 可以 or 不适用 with `note` saying why."""

    name: str
    state: Literal["done", "here", "todo", "na"] = "todo"
    date: str = ""
    note: str = ""
    duty: Literal["", "must", "may", "na"] = ""
    url: str = ""
    basis: Sequence[Any] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A link with words. `current` marks where one is, `count` is the number behind the door."""

    label: str
    url: str
    count: int | None = None
    current: bool = False
    icon: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell that is more than text: a link, a second line, a tone, a deadline chip."""

    text: Any = ""
    url: str = ""
    note: str = ""
    tone: Tone = ""
    nowrap: bool = False
    deadline: Any = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `sort_url` makes its head a link; `sorted` is "ascending", "descending" or empty."""

    label: str
    align: Literal["", "right"] = ""
    sort_url: str = ""
    sorted: Literal["", "ascending", "descending"] = ""
    hide_narrow: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row of cells (`str`, number or `Cell`). `url` is where Enter leads."""

    cells: Sequence[Any]
    url: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class FilterGroup:
    """A filter: each choice is a link that can be kept and sent."""

    label: str
    options: Sequence[Link]


@dataclass(frozen=True, slots=True)
class Pager:
    """Paging by key: where the next and the earlier page start. No page numbers and no unbounded count."""

    next_url: str = ""
    previous_url: str = ""
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A dense table with filters as links, sorting, keyset pager and export."""

    columns: Sequence[Column]
    rows: Sequence[Row]
    caption: str
    filters: Sequence[FilterGroup] = ()
    pager: Pager | None = None
    export_url: str = ""
    empty_title: str = ""
    empty_text: str = ""
    empty_action: Link | None = None


@dataclass(frozen=True, slots=True)
class Tier:
    """One tier of a benchmark, in yuan; `here` is the tier that applies."""

    name: str
    low: Money
    high: Money
    here: bool = False


@dataclass(frozen=True, slots=True)
class FineRange:
    """A fine inside its range: the statute's bar, the tiers, this amount, the notified one, similar cases as dots."""

    low: Money
    high: Money
    tiers: Sequence[Tier] = ()
    amount: Money | None = None
    amount_name: str = ""
    notified: Money | None = None
    similar: Sequence[Money] = ()

    @property
    def heavier_than_notified(self) -> bool:
        """Whether the amount is above what the party was told."""
        return self.amount is not None and self.notified is not None and self.amount > self.notified


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a timeline."""

    at: date | datetime
    title: str
    text: str = ""
    who: str = ""
    url: str = ""
    icon: str = ""
    tone: Tone = ""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """One line of a list of keys and values."""

    key: str
    value: Any
    url: str = ""
    tone: Tone = ""


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """Where a fact and a piece of evidence meet: "proves", "unverified" or nothing."""

    state: Literal["", "proves", "unverified"] = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A fact and its cells, one for each piece of evidence in order."""

    fact: str
    cells: Sequence[MatrixCell]
    url: str = ""

    @property
    def proven(self) -> bool:
        """Whether at least one verified piece of evidence proves the fact."""
        return any(c.state == "proves" for c in self.cells)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Facts × evidence."""

    evidence: Sequence[Link]
    rows: Sequence[MatrixRow]


@dataclass(frozen=True, slots=True)
class Node:
    """A box of a flow chart."""

    id: str
    label: str
    state: Literal["done", "here", "todo", "na", "blocked"] = "todo"
    note: str = ""
    url: str = ""
    shape: Literal["step", "question", "end"] = "step"


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow of a flow chart."""

    start: str
    end: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """A flow chart, drawn from top to bottom."""

    nodes: Sequence[Node]
    edges: Sequence[Edge]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a compared line: equal, or only on this side."""

    text: str
    changed: bool = False


@dataclass(frozen=True, slots=True)
class DiffRow:
    """Two lines side by side; "same", "changed", "removed" or "added"."""

    kind: Literal["same", "changed", "removed", "added"]
    left: Sequence[Piece] = ()
    right: Sequence[Piece] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """Two texts side by side with what differs."""

    left_title: str
    right_title: str
    rows: Sequence[DiffRow]

    @property
    def changes(self) -> int:
        """How many lines differ."""
        return sum(1 for row in self.rows if row.kind != "same")


@dataclass(frozen=True, slots=True)
class FileView:
    """A file opened in place."""

    name: str
    url: str
    media_type: str
    size: int = 0
    digest: str = ""
    download_url: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """A button of an approval. `needs_reason` asks for words before it is sent."""

    label: str
    value: str
    kind: str = "plain"
    needs_reason: bool = False
    refused: RefusalRow | None = None


@dataclass(frozen=True, slots=True)
class ApprovalCard:
    """What waits for a decision, with the two facts that decide it. `in_place`: it stands on its own page already."""

    title: str
    url: str
    kind: str
    number: str = ""
    submitter: str = ""
    since: str = ""
    facts: Sequence[Pair] = ()
    deadline: Any = None
    action_url: str = ""
    decisions: Sequence[Decision] = ()
    note: str = ""
    hidden: Mapping[str, str] = field(default_factory=dict)
    in_place: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """A piece of long work: how far, what failed (each row named), where the result is."""

    name: str
    done: int
    total: int | None = None
    state: Literal["waiting", "running", "finished", "failed"] = "running"
    failures: Sequence[Pair] = ()
    result_url: str = ""
    result_label: str = ""
    refresh_url: str = ""

    @property
    def percent(self) -> int | None:
        """Whole per cent, None while the total is unknown."""
        if not self.total:
            return None
        return min(100, self.done * 100 // self.total)


def day_marks(
    *, first: date, due: date, today: date, counts: Callable[[date], bool], names: Mapping[date, str] | None = None
) -> tuple[DayMark, ...]:
    """One mark for each day from `first` to `due`, and for the counted days after it up to `today`.

    `counts` says whether a day counts; `names` gives the reason of a day (a holiday's name).
    """
    named = names or {}
    marks: list[DayMark] = []
    number, day = 0, first
    while day <= max(due, today if today > due else due):
        counted = counts(day)
        if day > due and not counted:
            day += timedelta(days=1)
            continue
        number += 1 if counted else 0
        marks.append(DayMark(day, _kind_of(day, due, today, counted), number if counted else None, named.get(day, "")))
        day += timedelta(days=1)
    return tuple(marks)


def _kind_of(day: date, due: date, today: date, counted: bool) -> DayKind:
    """How a day is drawn."""
    if day > due:
        return "late"
    if day == due:
        return "end"
    if not counted:
        return "off"
    if day == today:
        return "now"
    return "run" if day < today else "left"
