"""Amounts that trigger a step or allow one: hearing, collective discussion, summary decision, on-spot collection.

Dated data of `rulebook/thresholds.toml`. The amount counts on the day on which the organ decides to act, and for the
finer kinds of parties the lower figure counts until a person decides (`treated_as`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from dayu.law.citations import Citation, citation_from
from dayu.law.fact_conditions import Facts
from dayu.law.party_kinds import PartyKind
from dayu.law.receipts import content_hash
from dayu.law.rulebook import RulebookError, load_toml

HEARING = "hearing"
COLLECTIVE_DISCUSSION = "collective_discussion"
SUMMARY_DECISION = "summary_decision"
ON_SPOT_COLLECTION = "on_spot_collection"

_COMPARE = ("at_least", "more_than", "at_most")


@dataclass(frozen=True, slots=True)
class ThresholdEdition:
    """One edition of a threshold: `compare` is `at_least`, `more_than` or `at_most`."""

    in_force_from: date
    in_force_until: date | None
    compare: str
    citizen_yuan: Decimal
    organisation_yuan: Decimal
    basis: tuple[Citation, ...]

    def figure(self, side: str) -> Decimal:
        """The amount for one side of the party."""
        return self.citizen_yuan if side == "citizen" else self.organisation_yuan

    def answer(self, amount_yuan: Decimal, side: str) -> bool:
        """Whether the amount triggers the step (or, for `at_most`, is still allowed)."""
        figure = self.figure(side)
        if self.compare == "at_least":
            return amount_yuan >= figure
        return amount_yuan > figure if self.compare == "more_than" else amount_yuan <= figure

    def in_force_on(self, day: date) -> bool:
        """Whether it is in force on that day."""
        return self.in_force_from <= day and (self.in_force_until is None or day <= self.in_force_until)


@dataclass(frozen=True, slots=True)
class Crossing:
    """Whether an amount, or every amount of a range, triggers the step; None where amount or day leave it open."""

    key: str
    answer: bool | None
    side: str
    side_is_default: bool  # the lower side was taken because nobody has decided yet
    edition: ThresholdEdition | None
    missing: tuple[str, ...] = ()

    @property
    def basis(self) -> tuple[Citation, ...]:
        """The articles of the edition that answered."""
        return self.edition.basis if self.edition else ()


@cache
def threshold_editions(key: str) -> tuple[ThresholdEdition, ...]:
    """All editions of one threshold, oldest first."""
    try:
        row = load_toml("thresholds.toml")[key]
    except KeyError:
        raise RulebookError(f"no threshold {key!r} in thresholds.toml") from None
    return tuple(_edition(key, e, citation_from(row["citation"])) for e in row["editions"])


def _edition(key: str, row: Mapping[str, Any], rule: Citation) -> ThresholdEdition:
    compare = [c for c in _COMPARE if c in row]
    if len(compare) != 1:
        raise RulebookError(f"threshold {key}: exactly one of {', '.join(_COMPARE)} is needed")
    figures = row[compare[0]]
    return ThresholdEdition(
        row["in_force_from"],
        row.get("in_force_until"),
        compare[0],
        Decimal(figures["citizen"]),
        Decimal(figures["organisation"]),
        tuple(dict.fromkeys((rule, citation_from(row["citation"])))),
    )


@cache
def thresholds_hash(key: str) -> str:
    """Content hash of one threshold, for receipts."""
    return content_hash(load_toml("thresholds.toml")[key])


def edition_on(key: str, day: date) -> ThresholdEdition | None:
    """The edition in force on a day; None before there was any."""
    return next((e for e in threshold_editions(key) if e.in_force_on(day)), None)


def crosses(
    key: str,
    *,
    low_yuan: Decimal | None,
    high_yuan: Decimal | None,
    party: PartyKind,
    facts: Facts,
    on: date | None,
    not_before: date | None = None,
) -> Crossing:
    """Whether all amounts between two (equal for one amount) lie on one side of the threshold.

    Without `on`, the editions that were or came into force from `not_before` on must agree: a decision cannot be
    older than the act it punishes.
    """
    side = party.class_for_threshold(facts)
    is_default = party.ask and "treated_as" not in facts
    if on is not None:
        editions: tuple[ThresholdEdition, ...] = tuple(e for e in (edition_on(key, on),) if e)
    else:
        editions = tuple(
            e
            for e in threshold_editions(key)
            if not_before is None or e.in_force_until is None or e.in_force_until >= not_before
        )
    if not editions:
        return Crossing(key, None, side, is_default, None, ("as_of",))
    if low_yuan is None or high_yuan is None:
        return Crossing(key, None, side, is_default, editions[-1], ("fine_yuan",))
    answers = [{e.answer(low_yuan, side), e.answer(high_yuan, side)} for e in editions]
    if any(len(a) > 1 for a in answers):
        return Crossing(key, None, side, is_default, editions[-1], ("fine_yuan",))
    if len({next(iter(a)) for a in answers}) > 1:
        return Crossing(key, None, side, is_default, None, ("as_of",))
    return Crossing(key, next(iter(answers[-1])), side, is_default, editions[-1])


def needs(key: str, amount_yuan: Decimal, *, party: PartyKind, on: date, facts: Facts | None = None) -> bool:
    """Whether one amount triggers a step on a day, the short form for gates. No rule in force counts as triggering."""
    found = crosses(key, low_yuan=amount_yuan, high_yuan=amount_yuan, party=party, facts=facts or {}, on=on)
    return found.answer is not False
