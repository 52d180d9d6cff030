"""Who acts: a frozen description of an account, its posts, its scope and the door it came through."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class Scope:
    """A territory subtree or an organisation (or both) that an actor may see or act in, between two days.

    `territory` is a territory code; its whole subtree is meant. `organ_id` narrows to one organisation and, when
    `with_below` is set, the organisations under it. Scopes are a set: two parents, basin agencies and specialised
    forces do not fit one prefix.
    """

    territory: str = ""
    organ_id: int | None = None
    with_below: bool = True
    valid_from: date | None = None
    valid_until: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the scope is valid on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


@dataclass(frozen=True, slots=True)
class Actor:
    """The one who acts. `posts` are keys such as `handler` or `agency_head`; a domain says what each may do."""

    account_id: int | None
    name: str
    person_id: int | None = None
    organ_id: int | None = None
    unit_id: int | None = None
    territory: str = ""
    posts: frozenset[str] = frozenset()
    scopes: tuple[Scope, ...] = ()
    acting_for: int | None = None
    door: str = "office"
    device: str = ""
    purpose: str = ""
    traits: frozenset[str] = field(default_factory=frozenset)

    @property
    def is_system(self) -> bool:
        """Whether no person stands behind the act: a job, the scheduler, an installation."""
        return self.account_id is None and self.door == "system"

    @property
    def is_stranger(self) -> bool:
        """Whether nobody signed in: the public."""
        return self.account_id is None and self.door != "system"

    def holds(self, *posts: str) -> bool:
        """Whether the actor holds one of `posts`."""
        return not self.posts.isdisjoint(posts)

    def through(self, door: str, *, purpose: str = "") -> Actor:
        """The same actor coming through another door."""
        return replace(self, door=door, purpose=purpose or self.purpose)


SYSTEM = Actor(account_id=None, name="系统", door="system")
STRANGER = Actor(account_id=None, name="公众", door="portal")
