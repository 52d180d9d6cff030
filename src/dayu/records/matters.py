"""How a matter is called: higher domains tell, so that pages here need not know them.

@describes("cases.case")
def describe_case(pk: int, actor: Actor) -> Matter | None: ...
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dayu.core.actors import Actor
from dayu.core.search import find
from dayu.records.selectors import Happening, RequiredStage


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter as a person knows it. `also` are keys whose records belong to it (the lead of a case);
    `happenings` are events its own domain keeps."""

    subject: str
    title: str
    number: str = ""
    url: str = ""
    also: tuple[str, ...] = ()
    required: Sequence[RequiredStage] = ()
    happenings: Sequence[Happening] = ()

    @property
    def subjects(self) -> tuple[str, ...]:
        """Its own key and those that belong to it."""
        return (self.subject, *self.also)


Describer = Callable[[int, Actor], Matter | None]
_describers: dict[str, Describer] = {}


def describes(label: str) -> Callable[[Describer], Describer]:
    """Register who knows the matters of one kind."""

    def decorate(function: Describer) -> Describer:
        _describers[label] = function
        return function

    return decorate


def matters_called(words: str, actor: Actor) -> list[Matter]:
    """The matters whose number is exactly `words`, as far as the actor may see them."""
    found = []
    for entry in find(words, actor=actor):
        label = next((known for known in _describers if entry.kind in (known, known.partition(".")[2])), "")
        matter = matter_of(f"{label}:{entry.object_id}", actor)
        if matter.url and matter.number == words:
            found.append(matter)
    return found


def matter_of(subject: str, actor: Actor) -> Matter:
    """The matter behind a key; a key that nobody knows, or that the actor may not see, stays a key."""
    label, _colon, pk = subject.partition(":")
    known = _describers.get(label)
    found = known(int(pk), actor) if known is not None and pk.isdigit() else None
    return found or Matter(subject, subject)
