"""Past cases for the what-if. Cases live in a higher domain: it registers how to read them, and this one asks nobody."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from dayu.core.actors import Actor
from dayu.law.what_if import PastCase

Source = Callable[[Actor, frozenset[str]], Iterable[PastCase]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """`source(actor, violations)` yields the past cases of these violations that the actor may see."""
    if source not in _sources:
        _sources.append(source)


def past_cases(actor: Actor, violations: frozenset[str]) -> list[PastCase]:
    """The past cases of all sources."""
    return [case for source in _sources for case in source(actor, violations)]
