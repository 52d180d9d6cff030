"""Territory profiles (地区规则包): the values a territory may set, resolved nation → province → city → county.

A lower level may tighten a value and never loosen it, in the direction that the parameter declares: `lower` means that
a smaller number is stricter (days for the organ), `higher` that a larger one is (a quorum, days for the party), `free`
that any value may be set. What is not set is inherited. Every value has a clause, a validity and a confirmation. Where a
higher level tightens later, a lower value that has become looser counts no longer: the higher one does, and says so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from dayu.law.calendar import NotComputable
from dayu.law.citations import CONFIRMATIONS, UNVERIFIED, Citation, citation_from
from dayu.law.rulebook import RulebookError, load_folder, load_toml

NATION = "000000"
Value = int | str | bool | Decimal | tuple[int, ...] | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Declaration:
    """A parameter that territories may set (参数): its meaning, kind, and what counts as tighter."""

    key: str
    name: str
    kind: str  # days | count | text | flag | day_list | ratio
    tighter: str  # lower | higher | free
    unit: str = ""
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One value that one territory sets for some time."""

    key: str
    value: Value
    clause: str
    valid_from: date
    valid_until: date | None = None
    confirmation: str = UNVERIFIED
    citation: Citation | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the value is valid on `day`."""
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)


@dataclass(frozen=True, slots=True)
class TerritoryProfile:
    """All values of one territory. `version` names the content: a published version never changes."""

    code: str
    name: str
    parent: str
    entries: tuple[Entry, ...]
    demonstration: bool = False

    @property
    def version(self) -> str:
        """Twelve hexadecimal digits that name this content."""
        return hashlib.sha256(repr((self.code, self.name, self.parent, self.entries)).encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Parameter:
    """A resolved value: who set it, by which clause, and how sure that is."""

    key: str
    name: str
    value: Value
    territory: str
    territory_name: str
    clause: str
    confirmation: str
    citation: Citation | None = None
    inherited: tuple[tuple[str, Value], ...] = ()  # what the levels above say, from the nation down
    overruled: tuple[tuple[str, Value], ...] = ()  # what levels below say and may not, being looser
    valid_from: date | None = None
    valid_until: date | None = None

    @property
    def confirmed(self) -> bool:
        """False where the value is a default that nobody has confirmed: show it as such."""
        return self.confirmation != UNVERIFIED

    @property
    def number(self) -> int:
        """The value as a whole number. Parameters that are no numbers are a programming error."""
        if isinstance(self.value, bool) or not isinstance(self.value, int):
            raise TypeError(f"parameter {self.key} is not a whole number")
        return self.value

    def as_json(self) -> dict[str, Any]:
        """For receipts and the API."""
        value = list(self.value) if isinstance(self.value, tuple) else self.value
        return {
            "key": self.key,
            "value": str(value) if isinstance(value, Decimal) else value,
            "territory": self.territory,
            "clause": self.clause,
            "confirmation": self.confirmation,
            "valid_from": self.valid_from.isoformat() if self.valid_from else None,
            "valid_until": self.valid_until.isoformat() if self.valid_until else None,
        }


_KINDS = {"days": int, "count": int, "text": str, "flag": bool, "day_list": tuple, "ratio": Decimal}
_DIRECTIONS = frozenset({"lower", "higher", "free"})


@cache
def declarations() -> Mapping[str, Declaration]:
    """Every parameter of `rulebook/parameters.toml` by key."""
    found = {}
    for key, row in load_toml("parameters.toml").items():
        declared = Declaration(
            key, row["name"], row["kind"], row["tighter"], row.get("unit", ""), row.get("explanation", "")
        )
        if declared.kind not in _KINDS or declared.tighter not in _DIRECTIONS:
            raise RulebookError(f"parameters.toml: {key} has an unknown kind or direction")
        found[key] = declared
    return found


def profile_from(data: Mapping[str, Any]) -> TerritoryProfile:
    """A profile from its TOML table: one schema and one parser for files and for what is entered in the application."""
    if unknown := set(data) - {"code", "name", "parent", "demonstration", "values"}:
        raise RulebookError(f"territory profile with unknown fields {sorted(unknown)}")
    code = data["code"]
    if not is_territory_code(code):
        raise RulebookError(f"{code!r} is not a territory code of six digits")
    entries = tuple(_entry(code, row) for row in data.get("values", ()))
    return TerritoryProfile(code, data["name"], data.get("parent", ""), entries, data.get("demonstration", False))


def _entry(code: str, row: Mapping[str, Any]) -> Entry:
    if unknown := set(row) - {"key", "value", "clause", "valid_from", "valid_until", "confirmation", "citation"}:
        raise RulebookError(f"territory {code}: unknown fields {sorted(unknown)}")
    declared = declarations().get(row["key"])
    if declared is None:
        raise RulebookError(f"territory {code} sets {row['key']!r}, which parameters.toml does not declare")
    value = _value(code, declared, row["value"])
    if row["confirmation"] not in CONFIRMATIONS:
        raise RulebookError(f"territory {code}: unknown confirmation {row['confirmation']!r}")
    if not str(row["clause"]).strip() and row["confirmation"] != UNVERIFIED:
        raise RulebookError(f"territory {code} sets {declared.key} without the clause it rests on")
    if row.get("valid_until") is not None and row["valid_until"] < row["valid_from"]:
        raise RulebookError(f"territory {code}: {declared.key} ends before it begins")
    citation = citation_from(row["citation"]) if "citation" in row else None
    return Entry(
        declared.key, value, row["clause"], row["valid_from"], row.get("valid_until"), row["confirmation"], citation
    )


def _value(code: str, declared: Declaration, raw: Any) -> Value:
    """The value in the type that its declaration demands: `true` is no number, a ratio is exact."""
    value: Value = tuple(raw) if isinstance(raw, list) else Decimal(raw) if declared.kind == "ratio" else raw
    if type(value) is not _KINDS[declared.kind]:
        raise RulebookError(f"territory {code}: {declared.key} is of kind {declared.kind}, not {raw!r}")
    return value


def is_territory_code(code: str) -> bool:
    """Whether `code` has the form of an administrative division code (GB/T 2260)."""
    return len(code) == 6 and code.isascii() and code.isdigit()


@cache
def published_profiles() -> Mapping[str, TerritoryProfile]:
    """The profiles of `rulebook/territories/` by code, checked against the levels above them."""
    found: dict[str, TerritoryProfile] = {}
    for name, table in load_folder("territories").items():
        profile = profile_from(table)
        if profile.code in found or not name.startswith(profile.code):
            raise RulebookError(f"rulebook/territories/{name}.toml: code {profile.code} is taken or not in the name")
        found[profile.code] = profile
    for profile in found.values():
        if faults := loosened(profile, profiles=found):
            raise RulebookError(f"territory {profile.code} loosens {', '.join(faults)}")
    return found


def levels(territory: str, *, profiles: Mapping[str, TerritoryProfile] | None = None) -> tuple[TerritoryProfile, ...]:
    """The profiles that bear on a territory, from the nation down to it. A place without one inherits from above."""
    known = published_profiles() if profiles is None else profiles
    chain: list[TerritoryProfile] = []
    code = _nearest(territory, known)
    while code:
        if any(p.code == code for p in chain):
            raise RulebookError(f"territory {code} is its own ancestor")
        chain.append(known[code])
        code = _nearest(known[code].parent, known) if known[code].parent else ""
    return tuple(reversed(chain))


def _nearest(territory: str, known: Mapping[str, TerritoryProfile]) -> str:
    if not territory:
        return NATION
    if not is_territory_code(territory):
        raise NotComputable("time.bad-territory", territory=territory)
    candidates = (territory, territory[:4] + "00", territory[:2] + "0000", NATION)
    return next(code for code in candidates if code in known)


def resolve(
    key: str,
    territory: str = "",
    on: date | None = None,
    *,
    profiles: Mapping[str, TerritoryProfile] | None = None,
) -> Parameter:
    """The value of a parameter in a territory on a day: the lowest level that sets one and may.

    `on` is required in effect: without it the newest entry of each level counts. A day on which no level has a value
    gives no answer. A value that is looser than one above it is passed over and named in `overruled`.
    """
    declared = declarations().get(key)
    if declared is None:
        raise RulebookError(f"{key!r} is not declared in parameters.toml")
    counted: list[tuple[TerritoryProfile, Entry]] = []
    overruled: list[tuple[str, Value]] = []
    for profile in levels(territory, profiles=profiles):
        entry = _entry_on(profile, key, on)
        if entry is None:
            continue
        if any(_is_looser(entry, above) for _, above in counted):
            overruled.append((profile.code, entry.value))
        else:
            counted.append((profile, entry))
    if not counted:
        raise NotComputable("time.no-parameter", name=declared.name, territory=territory or NATION, day=on or "")
    profile, entry = counted[-1]
    return Parameter(
        key,
        declared.name,
        entry.value,
        profile.code,
        profile.name,
        entry.clause,
        entry.confirmation,
        entry.citation,
        tuple((p.code, e.value) for p, e in counted[:-1]),
        tuple(overruled),
        entry.valid_from,
        entry.valid_until,
    )


def _entry_on(profile: TerritoryProfile, key: str, on: date | None) -> Entry | None:
    fitting = [e for e in profile.entries if e.key == key and (on is None or e.holds_on(on))]
    if len(fitting) > 1 and on is not None:
        raise RulebookError(f"territory {profile.code} sets {key} twice for {on}")
    return max(fitting, key=lambda e: e.valid_from, default=None)


def loosened(profile: TerritoryProfile, *, profiles: Mapping[str, TerritoryProfile]) -> tuple[str, ...]:
    """The keys that a profile sets looser than a level above it allows, on any day on which both hold."""
    above = [p for p in levels(profile.code, profiles={**profiles, profile.code: profile}) if p.code != profile.code]
    return tuple(
        sorted(
            {
                entry.key
                for entry in profile.entries
                for upper in above
                for other in upper.entries
                if other.key == entry.key and _overlap(entry, other) and _is_looser(entry, other)
            }
        )
    )


def _overlap(one: Entry, other: Entry) -> bool:
    return (one.valid_until is None or other.valid_from <= one.valid_until) and (
        other.valid_until is None or one.valid_from <= other.valid_until
    )


def _is_looser(entry: Entry, above: Entry) -> bool:
    direction = declarations()[entry.key].tighter
    if direction == "free":
        return False
    if isinstance(entry.value, int | Decimal) and isinstance(above.value, int | Decimal):
        return entry.value > above.value if direction == "lower" else entry.value < above.value
    if isinstance(entry.value, tuple) and isinstance(above.value, tuple):
        return not set(above.value) <= set(entry.value)  # e.g. every reminder that the level above orders stays
    return bool(entry.value != above.value)


def territory_names(codes: Iterable[str]) -> Mapping[str, str]:
    """The names of the territories that have a profile."""
    return {code: published_profiles()[code].name for code in codes if code in published_profiles()}
