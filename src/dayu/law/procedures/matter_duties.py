"""When a step must, may or need not be done, said with literals: before or after which entries, with the reason."""

from __future__ import annotations

from dataclasses import dataclass

from dayu.law.citations import Citation
from dayu.law.journal import Entry, later
from dayu.law.procedure import MAY, MUST, Duty
from dayu.law.situation import Situation


@dataclass(frozen=True, slots=True)
class NotAfter:
    """The step falls away once one of these entries is there; `before` says what holds until then."""

    kinds: tuple[str, ...]
    why: str
    basis: Citation
    before: Duty = MUST

    def __call__(self, s: Situation, party: str | None) -> Duty:
        """Not applicable, or `before`."""
        happened = s.journal.last_of(self.kinds, party) is not None
        return Duty("not", self.why, (self.basis,)) if happened else self.before


@dataclass(frozen=True, slots=True)
class MustAfter:
    """The step becomes due with one of these entries, until a later one of `until` settles it."""

    kinds: tuple[str, ...]
    why: str
    basis: Citation
    before: Duty = MAY
    until: tuple[str, ...] = ()

    def __call__(self, s: Situation, party: str | None) -> Duty:
        """Due, or `before`."""
        happened = s.journal.last_of(self.kinds, party)
        if later(happened, s.journal.last_of(self.until, party)):
            return Duty("must", self.why, (self.basis,))
        return self.before


@dataclass(frozen=True, slots=True)
class OnlyAfter:
    """The step applies (with `then`) only once one of these entries is there; before that it does not apply."""

    kinds: tuple[str, ...]
    why: str
    basis: Citation
    then: Duty = MUST

    def __call__(self, s: Situation, party: str | None) -> Duty:
        """`then`, or not applicable."""
        if s.journal.last_of(self.kinds, party) is not None:
            return self.then
        return Duty("not", self.why, (self.basis,))


@dataclass(frozen=True, slots=True)
class LatestOf:
    """What shows that a step is done: the latest of several entries, none of `undone_by` coming after it."""

    kinds: tuple[str, ...]
    undone_by: tuple[str, ...] = ()

    def __call__(self, s: Situation, party: str | None) -> Entry | None:
        """The entry, or None."""
        found = s.journal.last_of(self.kinds, party)
        return found if later(found, s.journal.last_of(self.undone_by, party)) else None
