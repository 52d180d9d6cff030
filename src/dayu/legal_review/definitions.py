"""What the rulebook says of legal review: questions of scope, required materials, points, conclusions, qualification."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from dayu.law.citations import Citation, citation_from
from dayu.law.rulebook import load_toml

FILE = "legal-review.toml"


@dataclass(frozen=True, slots=True)
class Question:
    """A question of scope. A hard one is answered by facts, a soft one by the handler."""

    key: str
    zh: str
    en: str
    hard: bool
    citation: Citation


@dataclass(frozen=True, slots=True)
class Material:
    """A part of the package. `when`: always, heard, defended."""

    key: str
    zh: str
    en: str
    when: str


@dataclass(frozen=True, slots=True)
class Point:
    """One of the nine things a reviewer looks at."""

    key: str
    zh: str
    en: str
    asks: str


@dataclass(frozen=True, slots=True)
class Conclusion:
    """How a review may end; `needs_reason` unless it is a pass."""

    key: str
    zh: str
    en: str
    needs_reason: bool


@dataclass(frozen=True, slots=True)
class QualificationRule:
    """From when on newcomers need the qualification of the legal profession."""

    since: date
    confirmation: str
    citation: Citation


def _table(name: str) -> Mapping[str, Any]:
    table: Mapping[str, Any] = load_toml(FILE)[name]
    return table


@cache
def questions() -> Mapping[str, Question]:
    """All questions of scope by key, hard ones first."""
    found = [
        Question(key, row["zh"], row["en"], row.get("hard", False), citation_from(row["citation"]))
        for key, row in _table("question").items()
    ]
    return {q.key: q for q in sorted(found, key=lambda q: not q.hard)}


@cache
def materials() -> Mapping[str, Material]:
    """All parts a package may need, by key."""
    return {k: Material(k, row["zh"], row["en"], row["when"]) for k, row in _table("material").items()}


def required_materials(*, heard: bool, defended: bool) -> tuple[Material, ...]:
    """What a package must hold for a matter that was heard or in which the party pleaded."""
    wanted = {"always"} | ({"heard"} if heard else set()) | ({"defended"} if defended else set())
    return tuple(m for m in materials().values() if m.when in wanted)


@cache
def points() -> Mapping[str, Point]:
    """The nine points in their order."""
    return {k: Point(k, row["zh"], row["en"], row["asks"]) for k, row in _table("point").items()}


@cache
def conclusions() -> Mapping[str, Conclusion]:
    """How a review may end."""
    return {k: Conclusion(k, row["zh"], row["en"], row.get("reason", False)) for k, row in _table("conclusion").items()}


@cache
def qualification_rule() -> QualificationRule:
    """行政处罚法第五十八条第二款 and the day from which it binds newcomers."""
    row = _table("qualification")
    return QualificationRule(row["rule_since"], row["confirmation"], citation_from(row["citation"]))
