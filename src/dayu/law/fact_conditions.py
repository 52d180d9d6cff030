"""Conditions on facts, as the tables of the law have them: one fact, one bound or value, and three answers.

A condition holds, does not hold, or cannot be told because the fact is missing (`None`). Missing facts are never
guessed: whoever asks gets their names, and `question` has the words to put to a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from dayu.law.rulebook import RulebookError, load_toml

FactValue = Decimal | bool | str
Facts = Mapping[str, FactValue]


LARGEST = Decimal(10) ** 15  # no quantity of a case is larger
SMALLEST = 9  # nor has it more digits behind the point


class UnknownFact(ValueError):
    """A fact that the rulebook does not know, or a value that its kind does not allow."""


@dataclass(frozen=True, slots=True)
class FactKind:
    """What may be told under one name: a number, yes or no, or one of several words."""

    name: str
    kind: str
    label_zh: str
    label_en: str
    zh: str  # the question
    en: str
    choices: tuple[str, ...] = ()
    choices_zh: tuple[str, ...] = ()
    derived: bool = False  # worked out from other input, not given

    def read(self, value: object) -> FactValue:
        """The value as the rules compare it; raises UnknownFact where it is of another kind."""
        if self.kind == "yes_no" and isinstance(value, bool):
            return value
        if self.kind == "choice" and value in self.choices:
            return str(value)
        if self.kind == "number" and isinstance(value, int | Decimal | str) and not isinstance(value, bool):
            return self._number(value)
        wanted = {"yes_no": "true or false", "choice": "one of " + ", ".join(self.choices)}.get(self.kind, "a number")
        raise UnknownFact(f"fact {self.name!r} must be {wanted}")

    def _number(self, value: int | Decimal | str) -> Decimal:
        try:
            number = Decimal(value)
        except InvalidOperation:
            raise UnknownFact(f"fact {self.name!r} must be a number") from None
        if not number.is_finite() or number < 0:
            raise UnknownFact(f"fact {self.name!r} must be a number that is not below 0")
        return number


@cache
def fact_kinds() -> Mapping[str, FactKind]:
    """All facts of `rulebook/facts.toml` by name."""
    return {
        name: FactKind(
            name,
            row["kind"],
            row["label_zh"],
            row["label_en"],
            row["zh"],
            row["en"],
            tuple(row.get("choices", ())),
            tuple(row.get("choices_zh", ())),
            row.get("derived", False),
        )
        for name, row in load_toml("facts.toml").items()
    }


def read_facts(given: Mapping[str, object]) -> dict[str, FactValue]:
    """Facts from outside, each checked against its kind; `null` is the same as not given."""
    known = fact_kinds()
    found: dict[str, FactValue] = {}
    for name, value in given.items():
        if name not in known or known[name].derived:
            raise UnknownFact(f"unknown fact {name!r}")
        if value is not None:
            found[name] = known[name].read(value)
    return found


def question(fact: str, *, language: str = "zh") -> str:
    """The question that is put to a person when `fact` is missing."""
    kind = fact_kinds()[fact]
    return kind.en if language.startswith("en") else kind.zh


def shown_value(fact: str, value: FactValue, *, language: str = "zh") -> str:
    """A fact's value as a reader expects it: 是, 地下水, 46."""
    chinese = not language.startswith("en")
    if isinstance(value, bool):
        return ("是" if value else "否") if chinese else ("yes" if value else "no")
    kind = fact_kinds()[fact]
    if chinese and value in kind.choices and kind.choices_zh:
        return kind.choices_zh[kind.choices.index(str(value))]
    return format(value.normalize(), "f") if isinstance(value, Decimal) else value


@dataclass(frozen=True, slots=True)
class Condition:
    """One fact compared with bounds, or with one value. 以上、以下 include the figure, 超过、不足 do not."""

    fact: str
    lower: Decimal | None = None
    lower_inclusive: bool = True
    upper: Decimal | None = None
    upper_inclusive: bool = True
    value: bool | str | None = None

    def holds(self, facts: Facts) -> bool | None:
        """True, False, or None where the fact is missing."""
        given = facts.get(self.fact)
        if given is None:
            return None
        if self.value is not None:
            return given == self.value
        if not isinstance(given, Decimal):
            raise UnknownFact(f"fact {self.fact!r} must be a number")
        if self.lower is not None and (given < self.lower or (given == self.lower and not self.lower_inclusive)):
            return False
        return self.upper is None or given < self.upper or (given == self.upper and self.upper_inclusive)

    def text(self) -> str:
        """As a table cell shows it: 10＜方量（立方米）≤50, 初次违法：是."""
        label = fact_kinds()[self.fact].label_zh
        if self.value is not None:
            return f"{label}：{shown_value(self.fact, self.value)}"
        left = "" if self.lower is None else f"{self.lower}{'≤' if self.lower_inclusive else '＜'}"
        right = "" if self.upper is None else f"{'≤' if self.upper_inclusive else '＜'}{self.upper}"
        return f"{left}{label}{right}"


def condition_from(row: Mapping[str, Any]) -> Condition:
    """A condition from its TOML table `{fact, from | above, to | below}` or `{fact, is}`."""
    unknown = set(row) - {"fact", "from", "above", "to", "below", "is"}
    if unknown or "fact" not in row or row["fact"] not in fact_kinds():
        raise RulebookError(f"condition {dict(row)} has unknown fields or no known fact")
    if {"from", "above"} <= set(row) or {"to", "below"} <= set(row) or len(row) == 1:
        raise RulebookError(f"condition {dict(row)} has two bounds on one side, or none at all")
    lower, upper = row.get("from", row.get("above")), row.get("to", row.get("below"))
    return Condition(
        row["fact"],
        None if lower is None else _figure(lower, row),
        "above" not in row,
        None if upper is None else _figure(upper, row),
        "below" not in row,
        row.get("is"),
    )


def _figure(given: Any, row: Mapping[str, Any]) -> Decimal:
    """A bound; what is no number, or none that anybody measures, is refused."""
    try:
        number = Decimal(given)
    except (InvalidOperation, TypeError, ValueError):
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) > LARGEST or number.adjusted() < -SMALLEST:
        raise RulebookError(f"condition {dict(row)} has no readable bound")
    return number


@cache
def circumstances() -> Mapping[str, tuple[Condition, ...]]:
    """Name of each circumstance of `rulebook/circumstances.toml` -> the conditions of which one must hold."""
    rows = load_toml("circumstances.toml")

    def conditions(name: str) -> tuple[Condition, ...]:
        row = rows[name]
        if "any" in row:
            return tuple(c for part in row["any"] for c in conditions(part))
        return (condition_from(row),)

    return {name: conditions(name) for name in rows}


def circumstance_holds(name: str, facts: Facts) -> bool | None:
    """Whether a named circumstance is given: True, False, or None where facts are missing."""
    try:
        conditions = circumstances()[name]
    except KeyError:
        raise RulebookError(f"circumstance {name!r} is not in circumstances.toml") from None
    return any_holds(c.holds(facts) for c in conditions)


def missing_facts(names: Iterable[str], facts: Facts) -> tuple[str, ...]:
    """The facts that the named circumstances ask for and nobody has given, each once, in order."""
    return tuple(dict.fromkeys(c.fact for n in names for c in circumstances()[n] if c.fact not in facts))


def all_hold(answers: Iterable[bool | None]) -> bool | None:
    """And, with "not known": one False decides."""
    known = True
    for answer in answers:
        if answer is False:
            return False
        known = known and answer is not None
    return True if known else None


def any_holds(answers: Iterable[bool | None]) -> bool | None:
    """Or, with "not known": one True decides."""
    known = True
    for answer in answers:
        if answer is True:
            return True
        known = known and answer is not None
    return False if known else None
