"""Compares two texts line by line and, inside a changed line, stretch by stretch."""

from __future__ import annotations

from difflib import SequenceMatcher

from dayu.core.ui.parts import Difference, DiffRow, Piece


def difference_of(left: str, right: str, *, left_title: str, right_title: str) -> Difference:
    """The two texts side by side. Lines are paragraphs."""
    old, new = left.splitlines(), right.splitlines()
    rows: list[DiffRow] = []
    for kind, a1, a2, b1, b2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            rows += [DiffRow("same", (Piece(t),), (Piece(t),)) for t in old[a1:a2]]
            continue
        paired = min(a2 - a1, b2 - b1)
        rows += [_changed(old[a1 + i], new[b1 + i]) for i in range(paired)]
        rows += [DiffRow("removed", (Piece(t, changed=True),)) for t in old[a1 + paired : a2]]
        rows += [DiffRow("added", (), (Piece(t, changed=True),)) for t in new[b1 + paired : b2]]
    return Difference(left_title, right_title, tuple(rows))


def _changed(old: str, new: str) -> DiffRow:
    """One line on both sides, with the stretches that differ marked."""
    left: list[Piece] = []
    right: list[Piece] = []
    for kind, a1, a2, b1, b2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        same = kind == "equal"
        if a2 > a1:
            left.append(Piece(old[a1:a2], changed=not same))
        if b2 > b1:
            right.append(Piece(new[b1:b2], changed=not same))
    return DiffRow("changed", tuple(left), tuple(right))
