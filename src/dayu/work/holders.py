"""Holders: on whom an act waits. A person, or whoever holds a post in a unit (or in the whole organ)."""

from __future__ import annotations

from dataclasses import dataclass

from dayu.core.actors import Actor


@dataclass(frozen=True, slots=True)
class Holder:
    """A person, or a post in a unit, or a post in the organ. There is no empty holder.

    `unit_id` may stand beside `person_id`: it tells whose head takes over when the person leaves.
    """

    person_id: int | None = None
    unit_id: int | None = None
    post: str = ""

    def __post_init__(self) -> None:
        if self.person_id is None and not self.post:
            raise ValueError("a task needs a holder: a person, or a post")


def person(person_id: int, *, unit_id: int | None = None) -> Holder:
    """The holder is one person."""
    return Holder(person_id=person_id, unit_id=unit_id)


def post(key: str, *, unit_id: int | None = None) -> Holder:
    """The holder is whoever holds the post `key` in the unit; without a unit, in the organ."""
    return Holder(unit_id=unit_id, post=key)


def is_held_by(actor: Actor, *, person_id: int | None, unit_id: int | None, post: str, organ_id: int) -> bool:
    """Whether the actor holds it himself or through a post; the same rule as `selectors.tasks_held_by`."""
    if person_id is not None:
        return actor.person_id == person_id
    return actor.holds(post) and actor.organ_id == organ_id and unit_id in (None, actor.unit_id)
