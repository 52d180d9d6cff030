"""Parts of a situation that are made when a condition first looks at them: most acts look at few."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar, overload

K = TypeVar("K")
T = TypeVar("T", covariant=True)
V = TypeVar("V", covariant=True)


class LazySequence(Sequence[T]):
    """A sequence made by `make` on first use."""

    def __init__(self, make: Callable[[], Sequence[T]]):
        self._make = make

    @cached_property
    def known(self) -> Sequence[T]:
        """What was made."""
        return self._make()

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        return self.known[index]

    def __len__(self) -> int:
        return len(self.known)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]  # like a list


class LazyMapping(Mapping[K, V]):
    """A mapping made by `make` on first use."""

    def __init__(self, make: Callable[[], Mapping[K, Any]]):
        self._make = make

    @cached_property
    def known(self) -> Mapping[K, V]:
        """What was made."""
        return self._make()

    def __getitem__(self, key: K) -> V:
        return self.known[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self.known)

    def __len__(self) -> int:
        return len(self.known)
