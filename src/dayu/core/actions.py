"""Actions: the one way to write. Each is named, permitted, atomic, audited, and listed in a registry.

    @action(label=_("立案"), policy=may_file_case)
    def file_case(case: Case, *, actor: Actor, moment: datetime, cause: str) -> Case: ...

- The first argument is what is acted on (a model instance, a subject key, or None where something is created).
- `actor` and `moment` are keyword-only and always passed. `moment` is when the act happened (UTC); when it was entered is
  read from the clock by the machinery.
- Who has not signed in is refused before any policy is asked, unless the action's doors include `public`.
- `policy(target, actor=…, moment=…, **the action's own arguments it names)` answers a `Verdict`. Inside the action further
  conditions call `require(verdict)`. Any `Refused` rolls the whole act back; the attempt is then recorded in a
  transaction of its own.
- Callers may pass `idempotency_key=` (the same key of the same account answers the first result again) and
  `seen_version=` (the `version` of the record the writer saw; a newer one raises `Conflict`).
- Nested actions share the transaction; their entries name the outer entry as parent. The audit entry of an outer action is
  written before its body runs (and completed with `note`), so that nested entries can point to it.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, ParamSpec, TypeVar

from django.apps import apps
from django.db import models, transaction
from django.utils.functional import Promise

from dayu.core import clock
from dayu.core.actors import Actor
from dayu.core.audit import AuditEntry, IdempotencyKey, RefusedAttempt, plain, subject_key, write_entry
from dayu.core.refused import Conflict, Refused, refuse_now
from dayu.law.refusals import Verdict

P = ParamSpec("P")
R = TypeVar("R")

DOORS = frozenset({"office", "field", "public", "system"})
ATTEMPTS_PER_MINUTE = 60  # more refused attempts of one account are counted by the rate limit, not stored


@dataclass(frozen=True, slots=True)
class Action:
    """A registered action: its name, what a person calls it, who may do it, and through which kind of door."""

    name: str
    domain: str
    label: str | Promise
    policy: Callable[..., Verdict]
    doors: frozenset[str]
    function: Callable[..., Any]

    @property
    def key(self) -> str:
        """`cases.file_case`."""
        return f"{self.domain}.{self.name}"


@dataclass(slots=True)
class Act:
    """The act in progress: what it will leave in the audit trail."""

    action: Action
    actor: Actor
    moment: datetime
    entered_at: datetime
    subject: str
    related: str = ""
    detail: dict[str, Any] = field(default_factory=dict)
    parent: Act | None = None
    nested: list[Act] = field(default_factory=list)


_registry: dict[str, Action] = {}
_present: ContextVar[Act | None] = ContextVar("dayu_act", default=None)


def registered_actions() -> Mapping[str, Action]:
    """All actions by key, e.g. `cases.file_case`."""
    return _registry


def find_action(key: str) -> Action:
    """One action by its key; `KeyError` when there is none."""
    return _registry[key]


def action(
    *,
    label: str | Promise,
    policy: Callable[..., Verdict],
    doors: frozenset[str] | set[str] = frozenset({"office"}),
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function of `services` an action. See the module's docstring for what it must look like."""
    if not set(doors) <= DOORS:
        raise ValueError(f"unknown doors {set(doors) - DOORS}")

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        signature = inspect.signature(function)
        _check_signature(function, signature)
        known = Action(function.__name__, _domain_of(function), label, policy, frozenset(doors), function)
        if known.key in _registry and _registry[known.key].function.__module__ != function.__module__:
            raise ValueError(f"action {known.key} is registered twice")
        _registry[known.key] = known
        asked = _arguments_of(policy)

        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            key = str(kwargs.pop("idempotency_key", "") or "")
            seen: Any = kwargs.pop("seen_version", None)
            bound = signature.bind(*args, **kwargs)
            bound.apply_defaults()
            target = next(iter(bound.arguments.values()))
            result: R = _perform(known, target, bound, asked, key, seen)
            return result

        run.dayu_action = known  # type: ignore[attr-defined]  # read by tests and by documentation
        return run

    return decorate


def note(**detail: Any) -> None:
    """Add plain words about what the present action did to its audit entry (never secrets, never whole records)."""
    act = _present.get()
    if act is None:
        raise RuntimeError("note() outside an action")
    act.detail.update(detail)


def note_subject(target: models.Model | str, *, related: models.Model | str | None = None) -> None:
    """Name the record that the present action created, and the matter it belongs to (its case, its lead)."""
    act = _present.get()
    if act is None:
        raise RuntimeError("note_subject() outside an action")
    act.subject = subject_key(target)
    if related is not None:
        act.related = subject_key(related)


def present_act() -> Act | None:
    """The act in progress, if any: models refuse to be written outside one in tests."""
    return _present.get()


def _perform(
    known: Action, target: Any, bound: inspect.BoundArguments, asked: frozenset[str], key: str, seen: int | None
) -> Any:
    actor: Actor = bound.arguments["actor"]
    moment: datetime = bound.arguments["moment"]
    parent = _present.get()
    act = Act(known, actor, moment, clock.now(), subject_key(target), parent=parent)
    token = _present.set(act)
    try:
        with transaction.atomic():
            if key and (done := _done_before(actor, key)) is not None:
                return _result_of(done)
            if seen is not None:
                _check_version(target, seen)
            _require_policy(known, target, bound, asked)
            result = known.function(*bound.args, **bound.kwargs)
            if isinstance(result, models.Model) and not act.subject:
                act.subject = subject_key(result)
            if parent is None:
                _write(act, None)
            else:
                parent.nested.append(act)
            if key:
                _remember(actor, key, known, result, act.entered_at)
            return result
    except Refused as refused:
        if parent is None:
            _store_attempt(act, refused)
        raise
    finally:
        _present.reset(token)


def _require_policy(known: Action, target: Any, bound: inspect.BoundArguments, asked: frozenset[str]) -> None:
    actor: Actor = bound.arguments["actor"]
    if actor.is_stranger and "public" not in known.doors:
        refuse_now("core.sign_in_first")
    offered = {name: value for name, value in bound.arguments.items() if name in asked}
    offered.update(bound.arguments.get("kwargs", {}))
    first = next(iter(bound.arguments))
    offered.pop(first, None)
    verdict = known.policy(target, **offered)
    if not verdict.allowed:
        raise Refused(verdict)


def _write(act: Act, parent: AuditEntry | None) -> None:
    entry = write_entry(
        act.action.key,
        subject=act.subject,
        related=act.related or (act.parent.related or act.parent.subject if act.parent else ""),
        actor=act.actor,
        happened_at=act.moment,
        entered_at=act.entered_at,
        detail=act.detail,
        parent=parent,
    )
    for nested in act.nested:
        _write(nested, entry)


def _store_attempt(act: Act, refused: Refused) -> None:
    recent = RefusedAttempt.objects.filter(
        account_id=act.actor.account_id, happened_at__gte=act.entered_at - timedelta(minutes=1)
    ).count()
    if recent >= ATTEMPTS_PER_MINUTE:
        return
    with transaction.atomic():
        RefusedAttempt.objects.create(
            action=act.action.key,
            subject=act.subject,
            account_id=act.actor.account_id,
            actor_name=act.actor.name,
            organ_id=act.actor.organ_id,
            territory=act.actor.territory,
            door=act.actor.door,
            happened_at=act.entered_at,
            refusals=[plain(r.as_json()) for r in refused.refusals],
        )


def _done_before(actor: Actor, key: str) -> IdempotencyKey | None:
    return IdempotencyKey.objects.filter(account_id=actor.account_id, key=key).first()


def _result_of(done: IdempotencyKey) -> Any:
    if ":" not in done.result:
        return None
    label, pk = done.result.rsplit(":", 1)
    return apps.get_model(label)._base_manager.get(pk=pk)


def _remember(actor: Actor, key: str, known: Action, result: Any, at: datetime) -> None:
    answer = subject_key(result) if isinstance(result, models.Model) else ""
    IdempotencyKey.objects.create(account_id=actor.account_id, key=key, action=known.key, result=answer, created_at=at)


def _check_version(target: Any, seen: int) -> None:
    present = (
        type(target)._base_manager.select_for_update().values_list("version", flat=True).get(pk=target.pk)
    )
    if present != seen:
        raise Conflict(subject_key(target), seen, present)


def _check_signature(function: Callable[..., Any], signature: inspect.Signature) -> None:
    parameters = list(signature.parameters.values())
    if not parameters:
        raise TypeError(f"{function.__qualname__}: an action acts on something")
    for name in ("actor", "moment"):
        if name not in signature.parameters or signature.parameters[name].kind is not inspect.Parameter.KEYWORD_ONLY:
            raise TypeError(f"{function.__qualname__}: `{name}` must be a keyword-only argument")


def _domain_of(function: Callable[..., Any]) -> str:
    return function.__module__.split(".")[1]


def _arguments_of(policy: Callable[..., Verdict]) -> frozenset[str]:
    parameters = inspect.signature(policy).parameters.values()
    if any(p.kind is inspect.Parameter.VAR_KEYWORD for p in parameters):
        return _EVERYTHING
    return frozenset(p.name for p in parameters)


class _Everything(frozenset[str]):
    """A policy with **kwargs is offered every argument."""

    def __contains__(self, item: object) -> bool:
        return True


_EVERYTHING = _Everything()
