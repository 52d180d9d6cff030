"""Type hints of an action's arguments as JSON schema. What JSON cannot carry (an open file) leaves the action to the pages."""

from __future__ import annotations

import dataclasses
import enum
import types
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from django.db import models

from dayu.core.actors import Actor

LONGEST_TEXT = 500_000
LARGEST_NUMBER = 2**31 - 1
LONGEST_LIST = 2_000
LISTS = (list, tuple, set, frozenset, Sequence, Iterable)
MAPPINGS = (dict, Mapping)

Schema = dict[str, Any]


class NotOffered(TypeError):
    """A hint that JSON cannot carry."""


@cache
def field_hints(kind: type) -> Mapping[str, Any]:
    """The types of a dataclass's fields."""
    return get_type_hints(kind)


def schema_of(hint: Any) -> Schema:
    """The JSON schema of one type hint; `NotOffered` where there is none."""
    origin, arguments = get_origin(hint), get_args(hint)
    if hint is Any or hint is object:
        return {}
    if hint is None or hint is type(None):
        return {"type": "null"}
    if origin in (Union, types.UnionType):
        return {"anyOf": [schema_of(a) for a in arguments]}
    if origin is Literal:
        return {"enum": list(arguments)}
    if _is(origin or hint, LISTS):
        return _list_schema(origin or hint, arguments)
    if _is(origin or hint, MAPPINGS):
        of = schema_of(arguments[1]) if len(arguments) == 2 else {}
        return {"type": "object", "additionalProperties": of or True, "maxProperties": LONGEST_LIST}
    if isinstance(hint, type):
        return _plain_schema(hint)
    raise NotOffered(str(hint))


def _plain_schema(hint: type) -> Schema:
    if hint is bool:
        return {"type": "boolean"}
    if issubclass(hint, enum.Enum):
        return {"enum": [m.value for m in hint]}
    if hint is int:
        return {"type": "integer", "minimum": -LARGEST_NUMBER, "maximum": LARGEST_NUMBER}
    if hint is float:
        return {"type": "number", "minimum": -LARGEST_NUMBER, "maximum": LARGEST_NUMBER}
    if issubclass(hint, Decimal):
        return {"type": "string", "pattern": r"^-?[0-9]{1,16}(\.[0-9]{1,6})?$"}
    if hint is datetime:
        return {"type": "string", "format": "date-time"}
    if hint is date:
        return {"type": "string", "format": "date"}
    if hint is str:
        return {"type": "string", "maxLength": LONGEST_TEXT}
    if issubclass(hint, models.Model):
        return {
            "type": "string",
            "pattern": rf"^{hint._meta.label_lower.replace('.', chr(92) + '.')}:[0-9A-Za-z_-]{{1,64}}$",
        }
    if dataclasses.is_dataclass(hint) and hint is not Actor:
        return _dataclass_schema(hint)
    raise NotOffered(str(hint))


def _list_schema(origin: Any, arguments: tuple[Any, ...]) -> Schema:
    if origin is tuple and arguments and arguments[-1] is not Ellipsis:
        parts = [schema_of(a) for a in arguments]
        return {"type": "array", "prefixItems": parts, "minItems": len(parts), "maxItems": len(parts)}
    of = schema_of(arguments[0]) if arguments else {}
    return {"type": "array", "items": of, "maxItems": LONGEST_LIST}


def _dataclass_schema(kind: Any) -> Schema:
    hints = field_hints(kind)
    known = [f for f in dataclasses.fields(kind) if f.init]
    return {
        "type": "object",
        "title": kind.__name__,
        "properties": {f.name: schema_of(hints[f.name]) for f in known},
        "required": [f.name for f in known if is_required(f)],
        "additionalProperties": False,
    }


def is_required(field: dataclasses.Field[Any]) -> bool:
    """Whether a field of a dataclass has no default."""
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _is(kind: Any, kinds: tuple[Any, ...]) -> bool:
    return any(kind is k for k in kinds)
