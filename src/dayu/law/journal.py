"""The journal of a case: what happened, in the order of the law, with lookups whose cost does not grow with its length."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

_NOTHING: Mapping[str, Any] = MappingProxyType({})


def nothing() -> Mapping[str, Any]:
    """The empty mapping, shared: the default of mappings that nobody gave."""
    return _NOTHING


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened (一条经过). Entries are only ever added; a wrong one is annulled by a later one.

    `on` is the legal date of the event (for service: the day it counts as served), `at` its moment where known.
    `party` is None where the event concerns the whole case. `subject` tells events of one kind apart (an officer, a
    list of goods, a pause). `entered_at` is when it was typed; `taken_over` marks a paper event entered afterwards;
    `defect` is the rule that was broken, `explanation` what the organ says about it.
    """

    kind: str
    on: date
    at: datetime | None = None
    party: str | None = None
    subject: str = ""
    digest: str = ""
    params: Mapping[str, Any] = field(default_factory=nothing)
    entered_at: datetime | None = None
    taken_over: bool = False
    defect: str = ""
    explanation: str = ""
    sequence: int = 0
    order: tuple[int, float, int] = field(init=False, compare=False, repr=False, default=(0, 0.0, 0))

    def __post_init__(self) -> None:
        moment = self.at.timestamp() if self.at else 0.0
        object.__setattr__(self, "order", (self.on.toordinal(), moment, self.sequence))


def later(first: Entry | None, second: Entry | None) -> bool:
    """Whether `first` happened after `second`; something that never happened is never later."""
    if first is None:
        return False
    return second is None or first.order > second.order


class Journal:
    """An immutable journal. `last` and `first` cost two dictionary look-ups, whatever the age of the case.

    A look-up with a party also finds events of the whole case; a look-up without one finds events of any party.
    """

    __slots__ = ("_annulled", "_by_kind", "_by_party", "_defective", "_length")

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        listed = list(entries)
        annulled = {int(e.params["sequence"]) for e in listed if e.kind == "annulled"}
        by_kind: dict[str, list[Entry]] = {}
        by_party: dict[tuple[str, str | None], list[Entry]] = {}
        for entry in sorted(listed, key=_order):
            if entry.sequence in annulled and entry.kind != "annulled":
                continue
            by_kind.setdefault(entry.kind, []).append(entry)
            by_party.setdefault((entry.kind, entry.party), []).append(entry)
        self._by_kind: Mapping[str, tuple[Entry, ...]] = {k: tuple(v) for k, v in by_kind.items()}
        self._by_party: Mapping[tuple[str, str | None], tuple[Entry, ...]] = {k: tuple(v) for k, v in by_party.items()}
        self._annulled = frozenset(annulled)
        self._defective = tuple(e for v in self._by_kind.values() for e in v if e.defect)
        self._length = len(listed)

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Entry]:
        return iter(sorted((e for v in self._by_kind.values() for e in v), key=_order))

    def adding(self, *entries: Entry) -> Journal:
        """This journal with more entries; sequence numbers continue where none is given."""
        following = self._length + 1
        numbered = [
            e if e.sequence else _numbered(e, following + position) for position, e in enumerate(entries)
        ]
        return Journal([*self, *numbered])

    def last(self, kind: str, party: str | None = None) -> Entry | None:
        """The latest entry of a kind: of this party or of the whole case; without a party, of anyone."""
        if party is None:
            found = self._by_kind.get(kind)
            return found[-1] if found else None
        own = self._by_party.get((kind, party))
        shared = self._by_party.get((kind, None))
        if own is None or shared is None:
            either = own or shared
            return either[-1] if either else None
        return max(own[-1], shared[-1], key=_order)

    def first(self, kind: str, party: str | None = None) -> Entry | None:
        """The earliest entry of a kind, seen as in `last`."""
        if party is None:
            found = self._by_kind.get(kind)
            return found[0] if found else None
        own = self._by_party.get((kind, party))
        shared = self._by_party.get((kind, None))
        if own is None or shared is None:
            either = own or shared
            return either[0] if either else None
        return min(own[0], shared[0], key=_order)

    def has(self, kind: str, party: str | None = None) -> bool:
        """Whether it ever happened."""
        if party is None:
            return kind in self._by_kind
        return (kind, party) in self._by_party or (kind, None) in self._by_party

    def all(self, kind: str, party: str | None = None) -> tuple[Entry, ...]:
        """Every entry of a kind in order, seen as in `last`. For kinds that stay few (pauses, extensions, notices)."""
        if party is None:
            return self._by_kind.get(kind, ())
        own = self._by_party.get((kind, party), ())
        shared = self._by_party.get((kind, None), ())
        if not own or not shared:
            return own or shared
        return tuple(sorted((*own, *shared), key=_order))

    def last_of(self, kinds: Iterable[str], party: str | None = None) -> Entry | None:
        """The latest entry of any of several kinds."""
        found = [e for kind in kinds if (e := self.last(kind, party)) is not None]
        return max(found, key=_order) if found else None

    @property
    def defective(self) -> tuple[Entry, ...]:
        """The entries that carry a defect (瑕疵)."""
        return self._defective


def essential(entries: Iterable[Entry]) -> list[Entry]:
    """The entries a decision can depend on: the first and the last of each kind, party and subject, and all defects.

    A store that keeps these apart loads a case of any age at the same cost; the procedure answers the same.
    """
    first: dict[tuple[str, str | None, str], Entry] = {}
    last: dict[tuple[str, str | None, str], Entry] = {}
    kept: dict[int, Entry] = {}
    for entry in Journal(entries):
        key = (entry.kind, entry.party, entry.subject)
        first.setdefault(key, entry)
        last[key] = entry
        if entry.defect or entry.kind == "annulled":
            kept[id(entry)] = entry
    for entry in (*first.values(), *last.values()):
        kept[id(entry)] = entry
    return sorted(kept.values(), key=_order)


def _order(entry: Entry) -> tuple[int, float, int]:
    return entry.order


def _numbered(entry: Entry, sequence: int) -> Entry:
    return Entry(
        entry.kind, entry.on, entry.at, entry.party, entry.subject, entry.digest, entry.params, entry.entered_at,
        entry.taken_over, entry.defect, entry.explanation, sequence,
    )
