"""Which actions programs may call, and what each wants."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Any, get_type_hints

from django.apps import apps
from django.conf import settings
from django.db import models

from dayu.api.schemas import NotOffered, Schema, schema_of
from dayu.core.actions import Action, registered_actions
from dayu.core.actors import Actor

PROGRAM_DOORS = frozenset({"office", "public"})
SUPPLIED = frozenset({"moment", "sent_from"})  # what the door itself knows better than the caller
# Acts that write down what happened earlier take the moment it happened; every other act happens when it is called.
RECORDING_VERBS = (
    "record_",
    "enter_",
    "add_",
    "note_",
    "preserve_",
    "give_",
    "receive_",
    "accept_",
    "attach_",
    "match_",
)


@dataclass(frozen=True, slots=True)
class Offer:
    """An action as programs see it: what it acts on, its arguments with their types, and which of them may be left out."""

    action: Action
    target_name: str
    target: Any
    arguments: Mapping[str, Any]
    optional: frozenset[str]
    open_ended: bool
    takes_address: bool = False

    @property
    def is_public(self) -> bool:
        """Whether strangers may call it."""
        return "public" in self.action.doors

    @property
    def takes_moment(self) -> bool:
        """Whether the caller may say when it happened."""
        return self.action.name.startswith(RECORDING_VERBS)

    @property
    def takes_target(self) -> bool:
        """Whether it acts on something that exists."""
        return self.target is not type(None)

    @property
    def run(self) -> Callable[..., Any]:
        """The function with its policy, transaction and audit, as every door calls it."""
        found: Callable[..., Any] = getattr(
            importlib.import_module(self.action.function.__module__), self.action.function.__name__
        )
        return found

    def about(self) -> str:
        """What the action does, in the words of its author."""
        return inspect.getdoc(self.action.function) or ""

    def required(self, name: str) -> bool:
        """Whether an argument must be given."""
        return name not in self.optional

    def argument_schema(self) -> Schema:
        """The JSON schema of `arguments`."""
        return {
            "type": "object",
            "properties": {n: schema_of(h) for n, h in self.arguments.items()},
            "required": [n for n in self.arguments if self.required(n)],
            "additionalProperties": self.open_ended,
        }

    def target_schema(self) -> Schema:
        """The JSON schema of `target`."""
        if not self.takes_target:
            return {"type": "null"}
        if isinstance(self.target, type) and issubclass(self.target, models.Model):
            return schema_of(self.target)
        return {"type": ["string", "null"], "maxLength": 120}

    def as_json(self) -> dict[str, Any]:
        """One line of the list of actions."""
        return {
            "action": self.action.key,
            "label": str(self.action.label),
            "about": self.about(),
            "doors": sorted(self.action.doors),
            "target": self.target_schema(),
            "arguments": self.argument_schema(),
            "takes_happened_at": self.takes_moment,
        }


def offers() -> Mapping[str, Offer]:
    """All actions that programs may call, by key."""
    _load()
    return _offers(frozenset(registered_actions()))


@cache
def _offers(keys: frozenset[str]) -> Mapping[str, Offer]:
    found = (_offer_of(registered_actions()[k]) for k in sorted(keys))
    return {o.action.key: o for o in found if o is not None}


@cache
def _load() -> None:
    """Actions register when their module is imported."""
    for name in settings.DOMAINS:
        if apps.is_installed(f"dayu.{name}") and find_spec(f"dayu.{name}.services"):
            importlib.import_module(f"dayu.{name}.services")


def _offer_of(action: Action) -> Offer | None:
    if action.doors.isdisjoint(PROGRAM_DOORS):
        return None
    hints = get_type_hints(action.function)
    first, *rest = inspect.signature(action.function).parameters.values()
    arguments: dict[str, Any] = {}
    optional: set[str] = set()
    for parameter in rest:
        if parameter.kind is inspect.Parameter.VAR_KEYWORD or hints.get(parameter.name) is Actor:
            continue
        if parameter.name in SUPPLIED:
            continue
        arguments[parameter.name] = hints.get(parameter.name, Any)
        if parameter.default is not inspect.Parameter.empty:
            optional.add(parameter.name)
    try:
        for hint in arguments.values():
            schema_of(hint)
    except NotOffered:
        return None
    open_ended = any(p.kind is inspect.Parameter.VAR_KEYWORD for p in rest)
    target = hints.get(first.name, Any)
    takes_address = any(p.name == "sent_from" for p in rest)
    return Offer(action, first.name, target, arguments, frozenset(optional), open_ended, takes_address)
