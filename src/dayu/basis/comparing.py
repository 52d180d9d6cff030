"""Compares two editions of a statute: which articles stayed, moved, changed, came or went, and in which words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, Protocol

Kind = Literal["same", "moved", "changed", "added", "repealed"]

# Two articles of the same gap are one article with other words when so much of their text is alike.
ALIKE = 0.45


class Printed(Protocol):
    """An article with its number and its whole text."""

    @property
    def number(self) -> int:
        """第几条."""

    @property
    def text(self) -> str:
        """Paragraphs and items, one a line."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: in both editions, only in the old one, or only in the new one."""

    how: Literal["both", "old", "new"]
    text: str


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """One article in two editions. `old` or `new` is None where it came or went."""

    kind: Kind
    old: int | None
    new: int | None
    old_text: str = ""
    new_text: str = ""

    @property
    def touches_substance(self) -> bool:
        """Whether something that rests on the old article has to be looked at."""
        return self.kind in {"changed", "repealed"}

    def pieces(self) -> list[Piece]:
        """The words of both texts in reading order."""
        return list(_pieces(self.old_text, self.new_text))


def compare_editions(old: Sequence[Printed], new: Sequence[Printed]) -> list[ArticleChange]:
    """All articles of both editions in the order of the new one; what went stands where it stood."""
    changes: list[ArticleChange] = []
    matcher = SequenceMatcher(None, [_bare(a.text) for a in old], [_bare(a.text) for a in new], autojunk=False)
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if tag == "equal":
            changes += [_same(a, b) for a, b in zip(old[i1:i2], new[j1:j2], strict=True)]
        else:
            changes += _gap(old[i1:i2], new[j1:j2])
    return changes


def _bare(text: str) -> str:
    return "".join(text.split())


def _same(old: Printed, new: Printed) -> ArticleChange:
    kind: Kind = "same" if old.number == new.number else "moved"
    return ArticleChange(kind, old.number, new.number, old.text, new.text)


def _gap(old: Sequence[Printed], new: Sequence[Printed]) -> Iterator[ArticleChange]:
    """Between two unchanged articles: pair those that are alike without crossing, the rest came or went."""
    pairs = _pairs(old, new)
    i = j = 0
    for a, b in [*pairs, (len(old), len(new))]:
        yield from (ArticleChange("repealed", x.number, None, old_text=x.text) for x in old[i:a])
        yield from (ArticleChange("added", None, y.number, new_text=y.text) for y in new[j:b])
        if a < len(old):
            yield ArticleChange("changed", old[a].number, new[b].number, old[a].text, new[b].text)
        i, j = a + 1, b + 1


def _pairs(old: Sequence[Printed], new: Sequence[Printed]) -> list[tuple[int, int]]:
    """The pairs in order whose likeness adds up to the most (the longest common subsequence, weighted)."""
    of_old, of_new = [_pairs_of_letters(a.text) for a in old], [_pairs_of_letters(b.text) for b in new]
    alike = [[_likeness(a, b) for b in of_new] for a in of_old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            paired = best[i + 1][j + 1] + alike[i][j] if alike[i][j] >= ALIKE else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    return list(_walk(best, alike))


def _walk(best: list[list[float]], alike: list[list[float]]) -> Iterator[tuple[int, int]]:
    i = j = 0
    while i < len(alike) and j < len(alike[i]):
        if best[i][j] == best[i + 1][j]:
            i += 1
        elif best[i][j] == best[i][j + 1]:
            j += 1
        else:
            yield i, j
            i, j = i + 1, j + 1


def _pairs_of_letters(text: str) -> frozenset[str]:
    bare = _bare(text)
    return frozenset(bare[i : i + 2] for i in range(len(bare) - 1))


def _likeness(old: frozenset[str], new: frozenset[str]) -> float:
    """Dice's coefficient over pairs of letters: 1 is the same text, 0 shares nothing."""
    return 2 * len(old & new) / (len(old) + len(new)) if old or new else 0.0


def _pieces(old: str, new: str) -> Iterator[Piece]:
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Piece("both", old[i1:i2])
            continue
        if i2 > i1:
            yield Piece("old", old[i1:i2])
        if j2 > j1:
            yield Piece("new", new[j1:j2])
