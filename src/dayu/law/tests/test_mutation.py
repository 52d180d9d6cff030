"""Every number of the rulebook that is law, changed by the smallest step, breaks a worked example of its own rule.

`make test` changes a fixed tenth of them, `make soak` all, both upwards and downwards.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any
from zlib import crc32

import pytest

from dayu.law.rulebook import load_folder, load_toml
from dayu.law.tests import worked_examples as worked

Path = tuple[str | int, ...]
Check = Callable[[str, Mapping[str, Any]], str]
SAMPLE = 10  # `make test` takes every tenth

# What is no number of the law: the examples themselves, where a rule stands, since when, and its order in a list.
NO_LAW = {
    "examples", "example", "refused", "citation", "citations", "basis", "prohibited_by", "asks", "gives_way",
    "in_force_from", "in_force_until", "uncertain_until", "order", "order_first.order", "territory", "issued_on",
    "exempted", "weights", "document", "notices", "violations",
}  # fmt: skip
# Numbers that nothing enforces, by name, each with the reason: no example can break.
NOT_ENFORCED = {
    ("limits", "decision", ("extension", "max")): "confirmation U: a longer extension is asked about, not refused",
    ("limits", "lead_verify", ("extension", "max")): "confirmation U: a longer extension is asked about, not refused",
    ("calendars", "territories/513400/2011", ("holidays", 1, "make_up_days", 0)): "the nation works on that Sunday too",
    **{
        ("benchmarks", rule, ("tiers", tier, "rows", row, cell, "below")): "another row of the same tier begins there"
        for rule, tier, row, cell in (
            ("js-2012-plants-in-channel", 6, 0, 1),
            ("cangning-sand-26", 3, 1, 2),
            ("cangning-sand-26", 3, 2, 1),
        )
    },
}


@dataclass(frozen=True)
class Number:
    """One number of one rule."""

    kind: str
    rule: str
    path: Path

    def __str__(self) -> str:
        return f"{self.kind}:{self.rule}:{'.'.join(map(str, self.path))}"


def _rules(kind: str) -> Mapping[str, Mapping[str, Any]]:
    if kind == "violations":
        return worked.violation_tables()
    if kind == "benchmarks":
        return {
            key: row for table in load_folder("benchmarks").values() for key, row in table.items() if "tiers" in row
        }
    if kind == "calendars":
        return {name: row for name, row in load_folder("calendars").items() if name != "statutory"}
    if kind == "statutory":
        return {"statutory": load_toml("calendars/statutory.toml")}
    if kind == "limitation":
        return {"limitation": load_toml("limitation.toml")}
    rows = load_toml(f"{kind}.toml")
    if kind == "circumstances":
        return {key: row for key, row in rows.items() if any(_numbers(row))}
    return rows


CHECKS: Mapping[str, Check] = {
    "violations": worked.violation_fault,
    "circumstances": worked.circumstance_fault,
    "limits": worked.limit_fault,
    "thresholds": worked.threshold_fault,
    "criminal": worked.criminal_fault,
    "limitation": worked.limitation_fault,
    "calendars": worked.calendar_fault,
    "statutory": worked.statutory_fault,
    "benchmarks": worked.benchmark_fault,
}


def _numbers(value: Any, path: Path = ()) -> Iterator[Path]:
    """The paths of all numbers of a table that are law."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            if name not in NO_LAW:
                yield from _numbers(inner, (*path, name))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _numbers(inner, (*path, index))
    elif _is_number(value):
        yield path


def _is_number(value: Any) -> bool:
    if isinstance(value, bool):
        return False
    if isinstance(value, str):
        try:
            return Decimal(value).is_finite()
        except InvalidOperation:
            return False
    return isinstance(value, int | float | date)


def _changed(value: Any, step: int) -> Any:
    """The next value in the number's own smallest unit: a day, a cent where it has cents, else one."""
    if isinstance(value, date):
        return value + timedelta(days=step)
    if isinstance(value, str):
        number = Decimal(value)
        return str(number + step * Decimal(1).scaleb(int(number.as_tuple().exponent)))
    return value + step


def mutants(number: Number) -> Iterator[tuple[Any, Mapping[str, Any]]]:
    """The rule with this one number a step higher, and a step lower where that is still a number of its kind."""
    row = _rules(number.kind)[number.rule]
    for step in (1, -1):
        changed = copy.deepcopy(dict(row))
        holder: Any = changed
        for name in number.path[:-1]:
            holder = holder[name]
        value = holder[number.path[-1]]
        if step < 0 and not isinstance(value, date) and Decimal(value) <= 0:
            continue
        holder[number.path[-1]] = _changed(value, step)
        yield holder[number.path[-1]], changed


@cache
def all_numbers() -> tuple[Number, ...]:
    return tuple(
        Number(kind, key, path)
        for kind in CHECKS
        for key, row in _rules(kind).items()
        for path in _numbers(row)
        if (kind, key, path) not in NOT_ENFORCED
    )


def survivors(numbers: Iterator[Number] | tuple[Number, ...]) -> list[str]:
    """The numbers that can be changed without any example of their rule noticing."""
    found = []
    for number in numbers:
        check = CHECKS[number.kind]
        found += [f"{number} = {to}" for to, row in mutants(number) if not worked.fault_of(check, number.rule, row)]
    return found


@pytest.mark.parametrize("kind", CHECKS)
def test_every_rule_as_it_stands_passes_its_own_examples(kind: str) -> None:
    for key, row in _rules(kind).items():
        assert worked.fault_of(CHECKS[kind], key, row) == "", (kind, key)


@pytest.mark.parametrize("kind", CHECKS)
def test_a_fixed_sample_of_numbers_cannot_change_unnoticed(kind: str) -> None:
    sample = [n for n in all_numbers() if n.kind == kind and crc32(str(n).encode()) % SAMPLE == 0]
    sample = sample or [next(n for n in all_numbers() if n.kind == kind)]
    assert survivors(tuple(sample)) == []


@pytest.mark.soak
@pytest.mark.parametrize("kind", CHECKS)
def test_no_number_of_the_rulebook_can_change_unnoticed(kind: str) -> None:
    assert survivors(tuple(n for n in all_numbers() if n.kind == kind)) == []


def test_what_nothing_enforces_is_still_there_and_unconfirmed() -> None:
    for kind, key, path in NOT_ENFORCED:
        row: Any = _rules(kind)[key]
        for name in path[:-1]:
            row = row[name]
        assert row[path[-1]]
        if kind == "limits":
            assert row["confirmation"] == "U"


def test_the_rulebook_has_more_than_a_thousand_numbers_under_watch() -> None:
    counted = {kind: sum(n.kind == kind for n in all_numbers()) for kind in CHECKS}
    assert all(counted.values())
    assert sum(counted.values()) > 1000
