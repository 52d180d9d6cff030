"""The catalogue of violations (违法行为): per violation its dated versions, fines, measures and order-first gate.

The data stand in `rulebook/violations/*.toml`, one table a violation, with worked examples that run as tests.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from typing import Any

from dayu.law.citations import Citation, citation_from
from dayu.law.fact_conditions import circumstances
from dayu.law.receipts import content_hash
from dayu.law.rulebook import RulebookError, load_folder, load_toml

# Basis of a fine -> the fact that the rate is multiplied with; fixed and local fines have none.
RATE_FACTS: Mapping[str, str] = {
    "per_m2": "area_m2",
    "per_m3": "volume_m3",
    "multiple_of_value": "value_yuan",
    "multiple_of_fee": "fee_yuan",
    "multiple_of_illegal_gain": "illegal_gain_yuan",
    "multiple_of_misused_amount": "misused_yuan",
    "percent_of_contract_price": "contract_price_yuan",
    "percent_of_service_fee": "service_fee_yuan",
    "percent_of_bid_price": "bid_price_yuan",
    "percent_of_unit_fine": "unit_fine_yuan",
}
FIXED = "fixed"
LOCAL = "local"


class UnknownViolation(ValueError):
    """A violation id that the catalogue does not have."""


@dataclass(frozen=True, slots=True)
class Fine:
    """One fine an article provides. `low` and `high` are yuan for fixed fines, rates for all others, both inclusive."""

    basis: str
    low: Decimal | None
    high: Decimal | None
    optional: bool  # 可以处: may be left out; else 应当处
    party: str = "any"
    when: tuple[str, ...] = ()  # circumstances that must all hold
    when_any: tuple[str, ...] = ()  # or one of these
    wording: str = ""
    role: str = ""
    anchor: str = ""

    @property
    def circumstances(self) -> tuple[str, ...]:
        """All circumstances it names; a fine with more of them is the more special one."""
        return self.when + self.when_any


@dataclass(frozen=True, slots=True)
class Measure:
    """What the article provides besides fines: orders, confiscation, revocation, substitute performance."""

    kind: str
    party: str = "any"
    when: tuple[str, ...] = ()
    when_any: tuple[str, ...] = ()
    item: str = ""
    detail: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class OrderFirst:
    """罚款以先责令、逾期为前提: which order, which gate, in how many stages; `unless` names what makes it needless."""

    order: str
    gate: str
    stages: int = 1
    unless: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """What the law provides for a violation between two days (inclusive)."""

    in_force_from: date
    in_force_until: date | None
    uncertain_until: date | None  # until then it is not certain that this version was already in force
    citations: tuple[Citation, ...]
    order_first: OrderFirst | None
    fines: tuple[Fine, ...]
    measures: tuple[Measure, ...]

    def in_force_on(self, day: date) -> bool:
        """Whether it is in force on that day."""
        return self.in_force_from <= day and (self.in_force_until is None or day <= self.in_force_until)


@dataclass(frozen=True, slots=True)
class GivesWay:
    """Another violation goes before this one, in a basin or under circumstances, once its own law is in force."""

    to: str
    basin: str = ""
    when: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ask:
    """A question that this violation raises from a day on, for a person to decide."""

    since: date
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Violation:
    """One violation of the catalogue."""

    key: str
    name: str
    subject: str
    region: str
    authority: str
    other_authority: bool
    notes: str
    criminal_note: str
    prohibited_by: tuple[Citation, ...]
    versions: tuple[Version, ...]
    gives_way: tuple[GivesWay, ...]
    asks: tuple[Ask, ...]
    digest: str

    def version_on(self, day: date) -> Version | None:
        """The version in force on a day, or None: no rule in force."""
        return next((v for v in self.versions if v.in_force_on(day)), None)


@cache
def _tables() -> Mapping[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for name, rows in load_folder("violations").items():
        for key, row in rows.items():
            if key in found:
                raise RulebookError(f"rulebook/violations/{name}.toml has {key} a second time")
            found[key] = row
    return found


def violation_keys() -> tuple[str, ...]:
    """All violation ids of the catalogue."""
    return tuple(_tables())


def examples_of(key: str) -> tuple[Mapping[str, Any], ...]:
    """The worked examples of a violation, as its table has them."""
    return tuple(_tables()[key].get("examples", ()))


@cache
def violation(key: str) -> Violation:
    """One violation by id; raises UnknownViolation."""
    try:
        row = _tables()[key]
    except KeyError:
        raise UnknownViolation(f"unknown violation {key!r}") from None
    return violation_from(key, row)


def violation_from(key: str, row: Mapping[str, Any]) -> Violation:
    """A violation from its TOML table; raises RulebookError where it contradicts itself."""
    return Violation(
        key,
        row["name"],
        row["subject"],
        row["region"],
        row["authority"],
        row.get("other_authority", False),
        row.get("notes", ""),
        row.get("criminal_note", ""),
        tuple(citation_from(c) for c in row.get("prohibited_by", ())),
        _versions(key, row["versions"]),
        tuple(GivesWay(g["to"], g.get("basin", ""), _circumstances(key, g, "when")) for g in row.get("gives_way", ())),
        tuple(Ask(a["from"], a["zh"], a["en"]) for a in row.get("asks", ())),
        content_hash(row),
    )


def _versions(key: str, rows: list[Mapping[str, Any]]) -> tuple[Version, ...]:
    versions = tuple(
        Version(
            row["in_force_from"],
            row.get("in_force_until"),
            row.get("uncertain_until"),
            tuple(citation_from(c) for c in row["citations"]),
            OrderFirst(**row["order_first"]) if "order_first" in row else None,
            tuple(_fine(key, f) for f in row.get("fines", ())),
            tuple(_measure(key, m) for m in row.get("measures", ())),
        )
        for row in rows
    )
    for earlier, later in pairwise(versions):
        if earlier.in_force_until is None or earlier.in_force_until >= later.in_force_from:
            raise RulebookError(f"violation {key}: two versions are in force on {later.in_force_from}")
    return versions


def _circumstances(key: str, row: Mapping[str, Any], field: str) -> tuple[str, ...]:
    names = tuple(row.get(field, ()))
    for name in names:
        if name not in circumstances():
            raise RulebookError(f"violation {key} names circumstance {name!r}, which is not in circumstances.toml")
    return names


def _fine(key: str, row: Mapping[str, Any]) -> Fine:
    basis = row["basis"]
    if basis not in RATE_FACTS and basis not in (FIXED, LOCAL):
        raise RulebookError(f"violation {key}: unknown basis {basis!r}")
    unit = "yuan" if basis == FIXED else "rate"
    low, high = (None, None) if basis == LOCAL else (Decimal(row[f"min_{unit}"]), Decimal(row[f"max_{unit}"]))
    if low is not None and high is not None and not 0 <= low <= high:
        raise RulebookError(f"violation {key}: a fine from {low} to {high}")
    return Fine(
        basis,
        low,
        high,
        row["optional"],
        row.get("party", "any"),
        _circumstances(key, row, "when"),
        _circumstances(key, row, "when_any"),
        row.get("wording", ""),
        row.get("role", ""),
        row.get("anchor", ""),
    )


def _measure(key: str, row: Mapping[str, Any]) -> Measure:
    return Measure(
        row["kind"],
        row.get("party", "any"),
        _circumstances(key, row, "when"),
        _circumstances(key, row, "when_any"),
        row.get("object", ""),
        row.get("detail", row.get("to", "")),
        row.get("optional", False),
    )


@cache
def often_together() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Sets of violations that one act often fulfils together, each with what the act is."""
    rows = tuple((row["zh"], tuple(row["violations"])) for row in load_toml("concurrence.toml")["together"])
    if unknown := {key for _, keys in rows for key in keys} - set(violation_keys()):
        raise RulebookError(f"concurrence.toml names unknown violations {sorted(unknown)}")
    return rows


def may_concur_with(key: str) -> tuple[str, ...]:
    """The violations that the same act often fulfils as well, each once."""
    found = (other for _, keys in often_together() if key in keys for other in keys if other != key)
    return tuple(dict.fromkeys(found))
