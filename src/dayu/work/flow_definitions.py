"""Definitions of approval flows: which posts sign in which order, and under which conditions a step is needed.

Defaults stand in `rulebook/approvals/*.toml`; an organ may publish its own version (`ApprovalFlow`). Both have one schema:

    ["cases.filing"]
    name = "立案审批"
    [["cases.filing".step]]
    label = "承办机构负责人"
    post = "unit_head"
    unit = "own"            # the requester's unit; left out: the whole organ
    stage = 1               # equal numbers sign side by side
    by_phone = false
    when = [{ fact = "fine_yuan", at_least = "50000" }]   # all must hold; a fact that is not known keeps the step
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from dayu.core.actors import Actor
from dayu.core.audit import plain
from dayu.law.rulebook import RulebookError, load_folder
from dayu.work.approval_flow import Signer
from dayu.work.holders import Holder

_STEP_FIELDS = {"label", "post", "person", "unit", "stage", "by_phone", "when"}
_TESTS = {"at_least", "below", "is", "is_not", "from", "until"}


@dataclass(frozen=True, slots=True)
class Condition:
    """One test of one fact: an amount, a date or a word."""

    fact: str
    test: str
    value: Any

    def holds(self, facts: Mapping[str, Any]) -> bool:
        """Whether the step is needed. A fact that nobody knows keeps it: no signer is left out by silence."""
        known = facts.get(self.fact)
        if known is None or known == "":
            return True
        if self.test == "is":
            return bool(plain(known) == plain(self.value))
        if self.test == "is_not":
            return bool(plain(known) != plain(self.value))
        if self.test in ("from", "until"):
            day = known if isinstance(known, date) else date.fromisoformat(str(known))
            return day >= _day(self.value) if self.test == "from" else day <= _day(self.value)
        amount, limit = _amount(known), _amount(self.value)
        return amount >= limit if self.test == "at_least" else amount < limit


@dataclass(frozen=True, slots=True)
class FlowStep:
    """One step of a definition."""

    label: str
    stage: int
    post: str = ""
    person_id: int | None = None
    own_unit: bool = False
    unit_id: int | None = None
    by_phone: bool = False
    when: tuple[Condition, ...] = ()

    def needed(self, facts: Mapping[str, Any]) -> bool:
        """Whether the step applies to these facts."""
        return all(c.holds(facts) for c in self.when)


@dataclass(frozen=True, slots=True)
class FlowDefinition:
    """One flow in one version."""

    key: str
    name: str
    steps: tuple[FlowStep, ...]
    digest: str

    def signers(self, requester: Actor, facts: Mapping[str, Any]) -> list[Signer]:
        """The places for signatures that this request needs."""
        needed = [s for s in self.steps if s.needed(facts)]
        return [
            Signer(i, step.stage, _holder(step, requester), label=step.label, by_phone_allowed=step.by_phone)
            for i, step in enumerate(needed, start=1)
        ]


def definition_from(key: str, table: Mapping[str, Any]) -> FlowDefinition:
    """A definition from its TOML or JSON table; unknown fields and tests are errors."""
    if not table.get("name") or not table.get("step"):
        raise RulebookError(f"approval flow {key} needs a name and steps")
    steps = tuple(_step(key, s) for s in table["step"])
    if [s.stage for s in steps] != sorted(s.stage for s in steps):
        raise RulebookError(f"approval flow {key}: stages must not go back")
    return FlowDefinition(key, table["name"], steps, _digest(table))


@cache
def rulebook_flows() -> Mapping[str, FlowDefinition]:
    """The flows of `rulebook/approvals/`, by key."""
    found: dict[str, FlowDefinition] = {}
    for name, tables in load_folder("approvals").items():
        for key, table in tables.items():
            if key in found:
                raise RulebookError(f"rulebook/approvals/{name}.toml defines {key} a second time")
            found[key] = definition_from(key, table)
    return found


def _step(key: str, table: Mapping[str, Any]) -> FlowStep:
    if unknown := set(table) - _STEP_FIELDS:
        raise RulebookError(f"approval flow {key}: unknown fields {sorted(unknown)}")
    if bool(table.get("post")) == bool(table.get("person")):
        raise RulebookError(f"approval flow {key}: a step names a post or a person, not both")
    unit = table.get("unit")
    return FlowStep(
        label=table["label"],
        stage=int(table["stage"]),
        post=table.get("post", ""),
        person_id=table.get("person"),
        own_unit=unit == "own",
        unit_id=unit if isinstance(unit, int) else None,
        by_phone=bool(table.get("by_phone", False)),
        when=tuple(_condition(key, c) for c in table.get("when", ())),
    )


def _condition(key: str, table: Mapping[str, Any]) -> Condition:
    tests = set(table) - {"fact"}
    if "fact" not in table or len(tests) != 1 or not tests <= _TESTS:
        raise RulebookError(f"approval flow {key}: a condition has one fact and one test of {sorted(_TESTS)}")
    test = tests.pop()
    return Condition(table["fact"], test, table[test])


def _holder(step: FlowStep, requester: Actor) -> Holder:
    if step.person_id is not None:
        return Holder(person_id=step.person_id)
    return Holder(unit_id=requester.unit_id if step.own_unit else step.unit_id, post=step.post)


def _day(value: Any) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _amount(value: Any) -> Decimal:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        raise RulebookError(f"{value!r} is no amount") from None


def _digest(table: Mapping[str, Any]) -> str:
    text = json.dumps(plain(table), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def stages_of(signers: Sequence[Signer]) -> int:
    """How many stages follow each other."""
    return len({s.stage for s in signers})
