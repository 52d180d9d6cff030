"""Past cases as a file gives them (JSON, JSON lines or CSV), for the what-if; every fault names its line."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from dayu.law.counting import Interval
from dayu.law.fact_conditions import FactValue, UnknownFact, fact_kinds, read_facts
from dayu.law.party_kinds import UnknownPartyKind, party_kind
from dayu.law.territories import is_territory_code
from dayu.law.violations import violation_keys
from dayu.law.what_if import PastCase

REQUIRED = ("violation", "territory", "party", "acted_on")
FIELDS = frozenset(
    {*REQUIRED, "reference", "facts", "fine_yuan", "filed_on", "decided_on", "excluded", "extension_days"}
)


class UnreadableCase(ValueError):
    """A case that cannot be read; the message names it."""


def past_cases(text: str, *, form: str) -> Iterator[PastCase]:
    """The cases of a file; `form` is `json`, `jsonl` or `csv`."""
    for number, row in enumerate(_rows(text, form), start=1):
        try:
            yield past_case_from(row, reference=str(number))
        except (UnreadableCase, UnknownFact, UnknownPartyKind) as error:
            raise UnreadableCase(f"case {number}: {error}") from None


def past_case_from(row: Mapping[str, Any], *, reference: str) -> PastCase:
    """One case from its fields; `null` and empty texts are the same as not given."""
    told = {k: v for k, v in row.items() if v not in (None, "")}
    if unknown := sorted(set(told) - FIELDS):
        raise UnreadableCase(f"unknown field {unknown[0]!r}")
    if missing := [name for name in REQUIRED if name not in told]:
        raise UnreadableCase(f"field {missing[0]!r} is missing")
    if told["violation"] not in violation_keys():
        raise UnreadableCase(f"unknown violation {told['violation']!r}")
    if not is_territory_code(str(told["territory"])):
        raise UnreadableCase(f"field 'territory' must be a division code of six digits: {told['territory']!r}")
    acted_on = _day("acted_on", told["acted_on"])
    return PastCase(
        str(told.get("reference", reference)),
        told["violation"],
        str(told["territory"]),
        party_kind(told["party"]),
        _facts(told.get("facts", {})),
        acted_on,
        _yuan(told.get("fine_yuan")),
        _day("filed_on", told["filed_on"]) if "filed_on" in told else None,
        _day("decided_on", told["decided_on"]) if "decided_on" in told else None,
        tuple(_interval(pair) for pair in told.get("excluded", ())),
        _whole(told.get("extension_days", 0)),
    )


def _facts(given: Any) -> dict[str, FactValue]:
    """The facts, those included that an assessment derives (an order not obeyed): a past case simply tells them."""
    if not isinstance(given, Mapping):
        raise UnreadableCase("field 'facts' must be an object")
    derived = {n: v for n, v in given.items() if n in fact_kinds() and fact_kinds()[n].derived and v is not None}
    found = read_facts({n: v for n, v in given.items() if n not in derived})
    return found | {n: fact_kinds()[n].read(v) for n, v in derived.items()}


def _rows(text: str, form: str) -> Iterator[Mapping[str, Any]]:
    if form == "csv":
        yield from _csv(text)
        return
    if form == "jsonl":
        lines = [(n, line) for n, line in enumerate(text.splitlines(), start=1) if line.strip()]
        found = [_json(line, f" in line {n}") for n, line in lines]
    else:
        found = _json(text, "")
    if not isinstance(found, list) or not all(isinstance(row, Mapping) for row in found):
        raise UnreadableCase("the cases must be a list of objects")
    yield from found


def _json(text: str, where: str) -> Any:
    try:
        return json.loads(text, parse_float=Decimal)
    except json.JSONDecodeError as error:
        raise UnreadableCase(f"not JSON: {error.msg}{where or f' in line {error.lineno}'}") from None


def _csv(text: str) -> Iterator[Mapping[str, Any]]:
    """A column for each field, and one for each fact by its name."""
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    for column in reader.fieldnames or ():
        if column not in FIELDS and column not in fact_kinds():
            raise UnreadableCase(f"unknown column {column!r}")
    for line in reader:
        facts = {n: _answer(n, v) for n, v in line.items() if n in fact_kinds() and v}
        yield {n: v for n, v in line.items() if n in FIELDS} | {"facts": facts}


def _answer(fact: str, text: str) -> Any:
    if fact_kinds()[fact].kind != "yes_no":
        return text
    answers = {"true": True, "是": True, "1": True, "false": False, "否": False, "0": False}
    if text.lower() not in answers:
        raise UnreadableCase(f"fact {fact!r} must be true or false")
    return answers[text.lower()]


def _day(name: str, value: Any) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise UnreadableCase(f"field {name!r} is not a date (YYYY-MM-DD): {value!r}") from None


def _interval(pair: Any) -> Interval:
    if not isinstance(pair, list) or len(pair) != 2:
        raise UnreadableCase("field 'excluded' must hold pairs of dates")
    first, last = _day("excluded", pair[0]), _day("excluded", pair[1])
    if last < first:
        raise UnreadableCase("field 'excluded' holds an interval that ends before it begins")
    return first, last


def _yuan(value: Any) -> Decimal | None:
    if value is None:
        return None
    try:
        amount = (
            Decimal(value) if isinstance(value, str | int | Decimal) and not isinstance(value, bool) else Decimal("NaN")
        )
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount < 0:
        raise UnreadableCase("field 'fine_yuan' must be a number that is not below 0")
    return amount


def _whole(value: Any) -> int:
    try:
        number = int(value)
    except (TypeError, ValueError):
        number = -1
    if number < 0:
        raise UnreadableCase("field 'extension_days' must be a whole number that is not below 0")
    return number
