"""What the basis library tells others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class ArticlesEnded:
    """An edition of a statute is in force until a day; whatever cites its articles must be settled."""

    law: str
    edition: str
    in_force_until: date


@dataclass(frozen=True, slots=True)
class ParameterSet:
    """A territory set or ended a value; deadlines that depend on it are computed again."""

    territory: str
    key: str
    on: date


@dataclass(frozen=True, slots=True)
class ImpactsFound:
    """A change of law touches records of organs (`subjects`); each organ settles its own before the day it counts from."""

    law: str
    law_name: str
    freezes_on: date
    organs: tuple[int, ...]
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ImpactSettled:
    """A record was settled after a change of law. `was_last` of its organ for this change."""

    law: str
    freezes_on: date
    subject: str
    organ_id: int | None
    was_last: bool
