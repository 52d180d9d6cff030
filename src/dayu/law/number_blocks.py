"""Blocks of numbers for slips decided on the spot (当场处罚决定书编号): allotted beforehand, so that two devices without
network never give the same number."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NumberBlock:
    """The numbers from `first` to `last` of one year that one device may give; `used` were reported as given."""

    device: str
    year: int
    first: int
    last: int
    used: frozenset[int] = frozenset()

    def __contains__(self, number: int) -> bool:
        return self.first <= number <= self.last

    def next_number(self, given: Collection[int] = ()) -> int | None:
        """The lowest number that is neither reported nor among those `given` since; None where the block is empty."""
        taken = self.used | set(given)
        return next((n for n in range(self.first, self.last + 1) if n not in taken), None)


def allot(blocks: Iterable[NumberBlock], *, device: str, year: int, size: int) -> NumberBlock:
    """A new block for a device, after every number of that year that was ever allotted to anyone."""
    if size < 1:
        raise ValueError(f"a block holds at least one number, not {size}")
    highest = max((b.last for b in blocks if b.year == year), default=0)
    return NumberBlock(device, year, highest + 1, highest + size)


def block_of(blocks: Iterable[NumberBlock], *, device: str, year: int, number: int) -> NumberBlock | None:
    """The block of that device from which the number comes, or None."""
    return next((b for b in blocks if b.device == device and b.year == year and number in b), None)
