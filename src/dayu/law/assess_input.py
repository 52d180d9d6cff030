"""What may be told to `assess`: the fields of the input, each read strictly. Whatever is unknown is an error."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from dayu.law.fact_conditions import FactValue, UnknownFact, read_facts
from dayu.law.partial_dates import PartialDate, UnreadableDate, partial_date
from dayu.law.party_kinds import PartyKind, UnknownPartyKind, party_kind
from dayu.law.territories import is_territory_code
from dayu.law.violations import UnknownViolation, Violation, violation

DATES = ("acted_from", "acted_to", "discovered_on", "as_of", "ordered_on")
FIELDS = frozenset({"violation", "party", "facts", "order_met", "fine_yuan", "territory", *DATES})


class InputError(ValueError):
    """The input names something unknown or unreadable. The message is one clear line."""


@dataclass(frozen=True, slots=True)
class AssessInput:
    """The facts of one violation by one party, as far as they are known."""

    violation: Violation
    party: PartyKind
    facts: Mapping[str, FactValue] = field(default_factory=dict)
    acted_from: PartialDate | None = None
    acted_to: PartialDate | None = None
    discovered_on: PartialDate | None = None
    as_of: PartialDate | None = None
    ordered_on: PartialDate | None = None
    order_met: bool | None = None
    fine_yuan: Decimal | None = None
    territory: str = ""

    @property
    def acted_until(self) -> PartialDate | None:
        """The end of the act as far as it is known."""
        return self.acted_to or self.acted_from

    def as_told(self) -> dict[str, Any]:
        """The input as a receipt keeps it: only what was told."""
        told: dict[str, Any] = {"violation": self.violation.key, "party": self.party.name}
        told |= {name: getattr(self, name).text() for name in DATES if getattr(self, name) is not None}
        if self.facts:
            told["facts"] = dict(self.facts)
        if self.order_met is not None:
            told["order_met"] = self.order_met
        if self.fine_yuan is not None:
            told["fine_yuan"] = self.fine_yuan
        if self.territory:
            told["territory"] = self.territory
        return told


def read_input(given: Mapping[str, Any]) -> AssessInput:
    """The input from its JSON form; raises InputError. `null` is the same as not given."""
    unknown = sorted(set(given) - FIELDS)
    if unknown:
        raise InputError(f"unknown field {unknown[0]!r}")
    told = {k: v for k, v in given.items() if v is not None}
    for name in ("violation", "party"):
        if not isinstance(told.get(name), str):
            raise InputError(f"field {name!r} is missing or not a text")
    if not isinstance(told.get("facts", {}), Mapping):
        raise InputError("field 'facts' must be an object")
    if not isinstance(told.get("order_met", True), bool):
        raise InputError("field 'order_met' must be true or false")
    try:
        read = AssessInput(
            violation(told["violation"]),
            party_kind(told["party"]),
            read_facts(told.get("facts", {})),
            **{name: _date(name, told[name]) for name in DATES if name in told},
            order_met=told.get("order_met"),
            fine_yuan=_amount(told.get("fine_yuan")),
            territory=_territory(told.get("territory", "")),
        )
    except (UnknownViolation, UnknownPartyKind, UnknownFact) as error:
        raise InputError(str(error)) from None
    if read.acted_from and read.acted_to and read.acted_to.last < read.acted_from.first:
        raise InputError("field 'acted_to' lies before 'acted_from'")
    return read


def _date(name: str, value: object) -> PartialDate:
    try:
        return partial_date(value)
    except UnreadableDate as error:
        raise InputError(f"field {name!r}: {error}") from None


def _amount(value: object) -> Decimal | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        raise InputError("field 'fine_yuan' must be a number")
    try:
        amount = Decimal(value)
    except InvalidOperation:
        raise InputError("field 'fine_yuan' must be a number") from None
    if not amount.is_finite() or amount < 0:
        raise InputError("field 'fine_yuan' must be a number that is not below 0")
    return amount


def _territory(value: object) -> str:
    if value == "" or (isinstance(value, str) and is_territory_code(value)):
        return str(value)
    raise InputError(f"field 'territory' must be a division code of six digits: {value!r}")
