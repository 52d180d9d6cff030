"""JSON read strictly into the types that an action wants. All problems are found in one pass and named."""

from __future__ import annotations

import dataclasses
import enum
import math
import re
import types
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, Union, get_args, get_origin

from django.db import models
from django.http import Http404

from dayu.api.references import may_name, record_of
from dayu.api.schemas import LARGEST_NUMBER, LISTS, LONGEST_LIST, LONGEST_TEXT, MAPPINGS, field_hints, is_required
from dayu.core.actors import Actor
from dayu.law.refusals import Refusal

AMOUNT = re.compile(r"-?[0-9]{1,16}(\.[0-9]{1,6})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
LARGEST_PLAIN = 2**63 - 1
FIRST_YEAR, LAST_YEAR = 1900, 2200


class Misread(Exception):
    """A value that does not fit; `refusal` says which and what was expected."""

    def __init__(self, rule: str, where: str, **params: Any):
        self.refusal = Refusal(rule, {"name": where, **params})
        super().__init__(rule)


def read(hint: Any, value: Any, *, where: str, actor: Actor) -> Any:
    """`value` as the hint wants it, or `Misread`. `where` names the argument in the answer."""
    origin, arguments = get_origin(hint), get_args(hint)
    if hint is Any or hint is object:
        return _anything(value, where, actor)
    if origin in (Union, types.UnionType):
        return _one_of(arguments, value, where, actor)
    if hint is None or hint is type(None):
        return _none(value, where)
    if origin is Literal:
        return _choice(arguments, value, where)
    kind = origin or hint
    if any(kind is k for k in LISTS):
        return _list(kind, arguments, value, where, actor)
    if any(kind is k for k in MAPPINGS):
        return _mapping(arguments, value, where, actor)
    return _plain(hint, value, where, actor)


def read_fields(
    wanted: Mapping[str, Any], given: Mapping[str, Any], *, required: Callable[[str], bool], actor: Actor, where: str = "",
    others: bool = False,
) -> tuple[dict[str, Any], list[Refusal]]:  # fmt: skip
    """Named values; everything unknown, missing or unreadable is listed. `others`: further names are passed on as they are."""
    problems: list[Refusal] = []
    found: dict[str, Any] = {}
    for name, value in given.items():
        hint = wanted.get(name, Any if others else None)
        if name not in wanted and not others:
            problems.append(Refusal("api.argument_unknown", {"name": _named(where, name)}))
            continue
        try:
            found[name] = read(hint, value, where=_named(where, name), actor=actor)
        except Misread as misread:
            problems.append(misread.refusal)
    missing = [n for n in wanted if n not in given and required(n)]
    problems += [Refusal("api.argument_missing", {"name": _named(where, n)}) for n in missing]
    return found, problems


def _named(where: str, name: str) -> str:
    return f"{where}.{name[:60]}" if where else name[:60]


def _plain(hint: Any, value: Any, where: str, actor: Actor) -> Any:
    if hint is bool:
        return _kind(bool, value, where, "api.not_true_or_false")
    if hint is int:
        return _whole_number(value, where)
    if hint is float:
        return _number(value, where)
    if hint is str:
        return _text(value, where, actor)
    if hint is datetime:
        return _moment(value, where)
    if hint is date:
        return _day(value, where)
    if issubclass(hint, enum.Enum):
        return hint(_choice([m.value for m in hint], value, where))
    if issubclass(hint, Decimal):
        return _amount(value, where)
    if issubclass(hint, models.Model):
        return _record(hint, value, where, actor)
    return _dataclass(hint, value, where, actor)


def _kind(kind: type, value: Any, where: str, rule: str) -> Any:
    if not isinstance(value, kind):
        raise Misread(rule, where)
    return value


def _none(value: Any, where: str) -> None:
    if value is not None:
        raise Misread("api.must_be_empty", where)


def _choice(choices: Any, value: Any, where: str) -> Any:
    for choice in choices:
        if type(choice) is type(value) and choice == value:
            return choice
    raise Misread("api.not_a_choice", where, choices="、".join(str(c) for c in choices))


def _whole_number(value: Any, where: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not -LARGEST_NUMBER <= value <= LARGEST_NUMBER:
        raise Misread("api.not_a_whole_number", where, largest=LARGEST_NUMBER)
    return value


def _number(value: Any, where: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= LARGEST_NUMBER:
        raise Misread("api.not_a_number", where, largest=LARGEST_NUMBER)
    return float(value)


def _text(value: Any, where: str, actor: Actor) -> str:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise Misread("api.not_a_text", where, longest=LONGEST_TEXT)
    if "\x00" in value or any("\ud800" <= c <= "\udfff" for c in value):
        raise Misread("api.unusable_characters", where)
    if not may_name(value, actor=actor):
        raise Misread("api.no_such_record", where)
    return value


def _moment(value: Any, where: str) -> datetime:
    try:
        found = datetime.fromisoformat(_kind(str, value, where, "api.not_a_moment"))
    except ValueError:
        raise Misread("api.not_a_moment", where) from None
    if found.tzinfo is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Misread("api.not_a_moment", where)
    return found


def _day(value: Any, where: str) -> date:
    text = _kind(str, value, where, "api.not_a_date")
    try:
        found = date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        found = None
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise Misread("api.not_a_date", where)
    return found


def _amount(value: Any, where: str) -> Decimal:
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**16 else value
    if not isinstance(text, str) or AMOUNT.fullmatch(text) is None:
        raise Misread("api.not_an_amount", where)
    try:
        return Decimal(text)
    except InvalidOperation:
        raise Misread("api.not_an_amount", where) from None


def _record(hint: type[models.Model], value: Any, where: str, actor: Actor) -> models.Model:
    if isinstance(value, str):
        try:
            return record_of(value, actor=actor, model=hint)
        except Http404:
            pass
    raise Misread("api.no_such_record", where)


def _list(kind: Any, arguments: tuple[Any, ...], value: Any, where: str, actor: Actor) -> Any:
    if not isinstance(value, list) or len(value) > LONGEST_LIST:
        raise Misread("api.not_a_list", where, longest=LONGEST_LIST)
    if kind is tuple and arguments and arguments[-1] is not Ellipsis:
        if len(value) != len(arguments):
            raise Misread("api.wrong_length", where, length=len(arguments))
        return tuple(
            read(a, v, where=f"{where}[{i}]", actor=actor)
            for i, (a, v) in enumerate(zip(arguments, value, strict=True))
        )
    of = arguments[0] if arguments else Any
    found = [read(of, v, where=f"{where}[{i}]", actor=actor) for i, v in enumerate(value)]
    if kind in (set, frozenset, tuple):
        return kind(found)
    return found


def _mapping(arguments: tuple[Any, ...], value: Any, where: str, actor: Actor) -> dict[Any, Any]:
    if not isinstance(value, dict) or len(value) > LONGEST_LIST:
        raise Misread("api.not_an_object", where)
    name_hint, of = arguments if len(arguments) == 2 else (str, Any)
    found = {}
    for name, item in value.items():
        _text(name, where, actor)
        found[_map_name(name_hint, name, where, actor)] = read(of, item, where=_named(where, name), actor=actor)
    return found


def _map_name(hint: Any, name: str, where: str, actor: Actor) -> Any:
    """Names of JSON objects are texts; a mapping by number takes them as numbers."""
    if hint is not int:
        return read(hint, name, where=where, actor=actor)
    if not re.fullmatch(r"-?[0-9]{1,10}", name):
        raise Misread("api.not_a_whole_number", where, largest=LARGEST_NUMBER)
    return _whole_number(int(name), where)


def _dataclass(kind: Any, value: Any, where: str, actor: Actor) -> Any:
    if not isinstance(value, dict):
        raise Misread("api.not_an_object", where)
    hints = field_hints(kind)
    fields = {f.name: f for f in dataclasses.fields(kind) if f.init}
    found, problems = read_fields(
        {n: hints[n] for n in fields}, value, required=lambda n: is_required(fields[n]), actor=actor, where=where
    )
    if problems:
        misread = Misread("api.not_an_object", where)
        misread.refusal = problems[0]
        raise misread
    try:
        return kind(**found)
    except (ValueError, TypeError) as error:
        raise Misread("api.does_not_fit", where, why=str(error)[:200]) from error


def _one_of(hints: tuple[Any, ...], value: Any, where: str, actor: Actor) -> Any:
    if value is None and type(None) in hints:
        return None
    last: Misread | None = None
    for hint in hints:
        if hint is type(None):
            continue
        try:
            return read(hint, value, where=where, actor=actor)
        except Misread as misread:
            last = misread
    raise last or Misread("api.must_be_empty", where)


def _anything(value: Any, where: str, actor: Actor) -> Any:
    """Any JSON value, as long as every database can keep it and every record it names may be seen."""
    if isinstance(value, str):
        return _text(value, where, actor)
    if isinstance(value, list):
        return _list(list, (), value, where, actor)
    if isinstance(value, dict):
        return _mapping((), value, where, actor)
    if isinstance(value, float) and not math.isfinite(value):
        raise Misread("api.not_an_amount", where)
    if isinstance(value, int) and abs(value) > LARGEST_PLAIN:
        raise Misread("api.not_a_whole_number", where, largest=LARGEST_PLAIN)
    return value
