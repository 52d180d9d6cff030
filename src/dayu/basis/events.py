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
