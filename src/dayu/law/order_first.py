"""先责令、后罚款: whether the order that an article demands before a fine was made and not obeyed in time."""

from __future__ import annotations

from dataclasses import dataclass

from dayu.law.citations import Citation
from dayu.law.fact_conditions import Facts, FactValue
from dayu.law.partial_dates import PartialDate
from dayu.law.refusals import ALLOWED, Verdict, refuse
from dayu.law.violations import OrderFirst, Version


@dataclass(frozen=True, slots=True)
class OrderGate:
    """Whether the article demands an order first, and whether the gate is open (None: not known, `missing` says why)."""

    required: bool
    rule: OrderFirst | None
    ordered_on: PartialDate | None
    satisfied: bool | None
    missing: tuple[str, ...] = ()
    basis: tuple[Citation, ...] = ()


def facts_with_order(facts: Facts, *, order_met: bool | None) -> dict[str, FactValue]:
    """The facts, with what follows from the order: whether it, and a second one, was not obeyed."""
    told = dict(facts)
    if order_met is None:
        return told
    told["order_unmet"] = not order_met
    second = facts.get("second_order_unmet")
    if order_met:
        told["order_unmet_twice"] = False
    elif isinstance(second, bool):
        told["order_unmet_twice"] = second
    return told


def order_gate(
    version: Version,
    *,
    facts: Facts,
    ordered_on: PartialDate | None,
    order_met: bool | None,
    as_of: PartialDate | None,
) -> OrderGate:
    """Whether a fine may follow. An order obeyed in time closes the gate, one that nobody has made leaves it shut."""
    rule = version.order_first
    if rule is None:
        return OrderGate(False, None, ordered_on, None)
    satisfied, missing = _satisfied(rule, facts, ordered_on, order_met, as_of)
    return OrderGate(True, rule, ordered_on, satisfied, missing, version.citations)


def order_verdict(gate: OrderGate, *, fine_is_proposed: bool) -> Verdict:
    """Refuses a fine whose gate is closed, or for which no order is shown at all."""
    if not gate.required or gate.rule is None or gate.satisfied is True:
        return ALLOWED
    nothing_shown = fine_is_proposed and gate.ordered_on is None
    if gate.satisfied is None and not nothing_shown:
        return ALLOWED
    return refuse(
        "assess.order_first_not_met", *gate.basis, remedy="order_correction", order=gate.rule.order, gate=gate.rule.gate
    )


def _satisfied(
    rule: OrderFirst,
    facts: Facts,
    ordered_on: PartialDate | None,
    order_met: bool | None,
    as_of: PartialDate | None,
) -> tuple[bool | None, tuple[str, ...]]:
    if rule.unless and facts.get(rule.unless) is True:
        return True, ()
    if order_met is True or (ordered_on and as_of and ordered_on.first > as_of.last):
        return False, ()
    missing = [name for name, told in (("ordered_on", ordered_on), ("order_met", order_met)) if told is None]
    if rule.unless and missing and rule.unless not in facts:
        missing.append(rule.unless)
    if missing:
        return None, tuple(missing)
    if rule.stages == 2:
        second = facts.get("second_order_unmet")
        return (second, ()) if isinstance(second, bool) else (None, ("second_order_unmet",))
    return True, ()
