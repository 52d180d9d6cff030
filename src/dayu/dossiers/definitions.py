"""What the rulebook says of dossiers: what must be in them, how they are divided, how long they are kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from dayu.law.rulebook import RulebookError, load_toml

FILE = "dossier.toml"


@dataclass(frozen=True, slots=True)
class Requirement:
    """A part that must be there once the course of the case says so (`when`: any of these journal entries)."""

    key: str
    zh: str
    en: str
    any_of: tuple[str, ...] = ()
    when: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    generate: str = ""


@dataclass(frozen=True, slots=True)
class DossierKind:
    """One kind of dossier and what it must hold."""

    key: str
    name: str
    requirements: tuple[Requirement, ...]
    confirmation: str


@dataclass(frozen=True, slots=True)
class Keeping:
    """How dossiers are divided and kept by default; confirmation U is shown as not confirmed."""

    mode: str
    retention: str
    retentions: tuple[str, ...]
    confirmation: str


def _requirement(row: Mapping[str, Any]) -> Requirement:
    unknown = set(row) - {"key", "zh", "en", "any_of", "when", "unless", "records", "generate"}
    if unknown:
        raise RulebookError(f"{FILE}: requirement with unknown fields {sorted(unknown)}")
    return Requirement(
        row["key"],
        row["zh"],
        row["en"],
        tuple(row.get("any_of", ())),
        tuple(row.get("when", ())),
        tuple(row.get("unless", ())),
        tuple(row.get("records", ())),
        row.get("generate", ""),
    )


@cache
def dossier_kind(key: str) -> DossierKind:
    """A kind of dossier by its key; a procedure without one of its own is bound like the ordinary procedure."""
    table = load_toml(FILE)
    row = table.get(key) or table["ordinary_penalty"]
    return DossierKind(key, row["name"], tuple(_requirement(r) for r in row["requirement"]), row["confirmation"])


@cache
def keeping() -> Keeping:
    """Volumes and retention."""
    table = load_toml(FILE)
    binding, retention = table["binding"], table["retention"]
    return Keeping(binding["mode"], retention["default"], tuple(retention["choices"]), retention["confirmation"])
