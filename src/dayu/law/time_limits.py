"""Time limits (期限) as the rulebook defines them: how many of which unit, from what, whose, and by which article."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from functools import cache
from itertools import pairwise
from typing import Any

from dayu.law.calendar import NotComputable
from dayu.law.citations import CONFIRMATIONS, UNVERIFIED, Citation, citation_from, law
from dayu.law.rulebook import RulebookError, load_toml


class Unit(Enum):
    """What a time limit counts. The value is what data and JSON say, `chinese` what a statute says."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    MONTHS = "months"
    YEARS = "years"
    HOURS = "hours"

    @property
    def chinese(self) -> str:
        """个工作日、日、个月、年、小时: as it follows a number."""
        return {"working_days": "个工作日", "calendar_days": "日", "months": "个月", "years": "年"}.get(
            self.value, "小时"
        )


@dataclass(frozen=True, slots=True)
class Span:
    """So many of a unit, and whether a last day on a day off rolls to the next working day (顺延)."""

    n: int
    unit: Unit
    rolls: bool = False


@dataclass(frozen=True, slots=True)
class Variant:
    """Another number that the law gives for a named situation, e.g. 5 days in the simplified procedure."""

    span: Span
    when: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example: it documents the limit and runs as a test."""

    starts: date | datetime
    due: date | datetime
    excluded: tuple[tuple[date, date], ...] = ()
    extension_days: int = 0
    days: int | None = None
    related: Mapping[str, date] = field(default_factory=dict)
    why: str = ""


@dataclass(frozen=True, slots=True)
class RefusedExample:
    """A worked example of what the limit does not allow: too long an extension, a number that the law does not give."""

    starts: date
    extension_days: int = 0
    days: int | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class TimeLimit:
    """One time limit in the version that is in force between two days (both included)."""

    key: str
    name: str
    start: str  # what it runs from
    holder: str  # party | organ | court | nobody
    span: Span
    in_force_from: date
    citations: tuple[Citation, ...]
    confirmation: str
    in_force_until: date | None = None
    then: Span | None = None  # a second span that runs from the end of the first
    backward: bool = False
    number_given: bool = False  # the paper, not the law, says how many
    extension_max: int = 0
    extension_confirmation: str = ""
    roll_confirmation: str = ""
    variants: tuple[Variant, ...] = ()
    related: Mapping[str, str] = field(default_factory=dict)
    profile: str = ""  # the territory parameter that may set the number
    notes: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    refused: tuple[RefusedExample, ...] = ()

    @property
    def confirmed(self) -> bool:
        """False where the number is a default that nobody has compared with a text yet."""
        return self.confirmation != UNVERIFIED


_FIELDS = frozenset(
    {
        "name",
        "start",
        "holder",
        "n",
        "unit",
        "count",
        "roll",
        "roll_confirmation",
        "then",
        "extension",
        "days",
        "variants",
        "related",
        "in_force_from",
        "in_force_until",
        "confirmation",
        "citations",
        "notes",
        "profile",
        "earlier",
        "example",
        "refused",
    }
)
_HOLDERS = frozenset({"party", "organ", "court", "other_authority", "nobody"})


@cache
def time_limits() -> Mapping[str, tuple[TimeLimit, ...]]:
    """Every time limit of `rulebook/limits.toml`: key -> its versions, oldest first."""
    found: dict[str, tuple[TimeLimit, ...]] = {}
    for key, table in load_toml("limits.toml").items():
        if unknown := set(table) - _FIELDS:
            raise RulebookError(f"limits.toml: {key} has unknown fields {sorted(unknown)}")
        newest = _limit(key, table)
        older = [_limit(key, {**_inherited(table), **earlier}) for earlier in table.get("earlier", ())]
        versions = tuple(sorted((*older, newest), key=lambda v: v.in_force_from))
        for before, after in pairwise(versions):
            if before.in_force_until is None or before.in_force_until >= after.in_force_from:
                raise RulebookError(f"limits.toml: two versions of {key} are in force at once")
        found[key] = versions
    return found


def time_limit(key: str, on: date) -> TimeLimit:
    """The version of a limit in force on `on`. Unknown keys and days outside its life are refused."""
    versions = time_limits().get(key)
    if versions is None:
        raise NotComputable("time.unknown-limit", key=key)
    for version in versions:
        if version.in_force_from <= on and (version.in_force_until is None or on <= version.in_force_until):
            return version
    raise NotComputable("time.no-rule-in-force", name=versions[-1].name, day=on)


def is_in_force(key: str, on: date) -> bool:
    """Whether a version of a known limit is in force on `on`; before its first day nothing runs."""
    if key not in time_limits():
        raise NotComputable("time.unknown-limit", key=key)
    return any(v.in_force_from <= on and (v.in_force_until is None or on <= v.in_force_until) for v in time_limits()[key])


def _inherited(table: Mapping[str, Any]) -> dict[str, Any]:
    """What an earlier version shares with the present one unless it says otherwise."""
    return {k: v for k, v in table.items() if k not in {"earlier", "example", "refused", "notes", "extension", "variants"}}


def _limit(key: str, table: Mapping[str, Any]) -> TimeLimit:
    """One version of one limit from its TOML table."""
    citations = tuple(citation_from(c) for c in table["citations"])
    if table["holder"] not in _HOLDERS or table["confirmation"] not in CONFIRMATIONS or not citations:
        raise RulebookError(f"limits.toml: {key} has an unknown holder or confirmation, or cites nothing")
    number_given = table.get("days") == "given"
    extension = table.get("extension", {})
    return TimeLimit(
        key=key,
        name=table["name"],
        start=table["start"],
        holder=table["holder"],
        span=Span(0 if number_given else table["n"], Unit(table["unit"]), _rolls(key, table)),
        in_force_from=table.get("in_force_from") or _edition_start(citations[0]),
        in_force_until=table.get("in_force_until"),
        citations=citations,
        confirmation=table["confirmation"],
        then=_then(key, table),
        backward=table.get("count") == "backward",
        number_given=number_given,
        extension_max=extension.get("max", 0),
        extension_confirmation=extension.get("confirmation", ""),
        roll_confirmation=table.get("roll_confirmation", ""),
        variants=tuple(_variant(key, v, _rolls(key, table)) for v in table.get("variants", ())),
        related=dict(table.get("related", {})),
        profile=table.get("profile", ""),
        notes=tuple(table.get("notes", ())),
        examples=tuple(_example(e) for e in table.get("example", ())),
        refused=tuple(
            RefusedExample(e["from"], e.get("extension", 0), e.get("days"), e["why"]) for e in table.get("refused", ())
        ),
    )


def _rolls(key: str, table: Mapping[str, Any]) -> bool:
    if table["roll"] not in {"next_working_day", "none"}:
        raise RulebookError(f"limits.toml: {key} rolls to {table['roll']!r}")
    return bool(table["roll"] == "next_working_day")


def _then(key: str, table: Mapping[str, Any]) -> Span | None:
    then = table.get("then")
    return Span(then["n"], Unit(then["unit"]), _rolls(key, then)) if then else None


def _variant(key: str, table: Mapping[str, Any], rolls: bool) -> Variant:
    return Variant(Span(table["n"], Unit(table["unit"]), rolls), table["when"], citation_from(table["citation"]))


def _example(table: Mapping[str, Any]) -> Example:
    return Example(
        starts=table["from"],
        due=table["due"],
        excluded=tuple((first, last) for first, last in table.get("exclude", ())),
        extension_days=table.get("extension", 0),
        days=table.get("days"),
        related=dict(table.get("related", {})),
        why=table.get("why", ""),
    )


def _edition_start(citation: Citation) -> date:
    """The first day of the edition that a limit cites."""
    for edition in law(citation.law).editions:
        if edition.edition == citation.edition:
            return edition.in_force_from
    raise RulebookError(f"{citation.law} has no edition {citation.edition}")
