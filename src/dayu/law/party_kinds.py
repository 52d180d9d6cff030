"""Kinds of parties (当事人), and on which side of 公民 / 法人或者其他组织 each stands for a range or a threshold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from dayu.law.fact_conditions import Facts
from dayu.law.rulebook import load_toml

CITIZEN = "citizen"
ORGANISATION = "organisation"


class UnknownPartyKind(ValueError):
    """A kind of party that `rulebook/party-kinds.toml` does not list."""


@dataclass(frozen=True, slots=True)
class PartyKind:
    """A kind of party. `range_class` is empty where a person must decide; `threshold_class` never is."""

    name: str
    zh: str
    en: str
    range_class: str
    threshold_class: str
    ask: bool

    def class_for_range(self, facts: Facts) -> str:
        """`citizen`, `organisation`, or empty where nobody has decided (`treated_as`)."""
        return str(facts.get("treated_as", self.range_class))

    def class_for_threshold(self, facts: Facts) -> str:
        """`citizen` or `organisation`; the lower threshold until a person decides (`treated_as`)."""
        return str(facts.get("treated_as", self.threshold_class))


@cache
def party_kinds() -> Mapping[str, PartyKind]:
    """All kinds by name."""
    return {
        name: PartyKind(
            name, row["zh"], row["en"], row.get("range_class", ""), row["threshold_class"], row.get("ask", False)
        )
        for name, row in load_toml("party-kinds.toml").items()
    }


def party_kind(name: str) -> PartyKind:
    """One kind by name; raises UnknownPartyKind."""
    try:
        return party_kinds()[name]
    except (KeyError, TypeError):
        raise UnknownPartyKind(f"unknown party {name!r} (one of {', '.join(party_kinds())})") from None
