"""The legal grounds on which a decision may stay unpublished (不予公开的法定依据), from `rulebook/publication.toml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from dayu.basis.selectors import parameter
from dayu.law.calendar import NotComputable
from dayu.law.citations import Citation, citation_from
from dayu.law.rulebook import load_toml


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground: its name, its article, after how many months it is looked at again."""

    key: str
    name: str
    citation: Citation
    review_months: int
    profile: str = ""  # the parameter that must be set for the ground to hold


@cache
def grounds() -> Mapping[str, Ground]:
    """All grounds by key."""
    return {
        key: Ground(key, row["name"], citation_from(row["citation"]), row["review_months"], row.get("profile", ""))
        for key, row in load_toml("publication.toml")["grounds"].items()
    }


def grounds_for(territory: str, on: date) -> Mapping[str, Ground]:
    """The grounds that hold in a territory on a day."""
    return {key: g for key, g in grounds().items() if not g.profile or _is_set(g.profile, territory, on)}


def _is_set(key: str, territory: str, on: date) -> bool:
    try:
        return bool(parameter(key, territory, on).value)
    except NotComputable:
        return False
