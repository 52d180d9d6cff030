"""One call of one action by a program: read the request, find the target, call the action, say what came of it."""

from __future__ import annotations

import dataclasses
import json
import logging
import math
from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DataError, IntegrityError, models
from django.http import Http404

from dayu.api.catalogue import Offer, offers
from dayu.api.reading import Misread, read, read_fields
from dayu.api.references import may_name, record_of
from dayu.core.actors import Actor
from dayu.core.audit import plain, subject_key
from dayu.core.records import VersionedModel
from dayu.core.refused import Refused, refuse_now
from dayu.law.refusals import Refusal

log = logging.getLogger(__name__)

BODY = ("target", "arguments", "idempotency_key", "seen_version", "happened_at")
RESERVED = frozenset({"actor", "moment", "idempotency_key", "seen_version"})
UNFIT = (
    DataError, IntegrityError, ValidationError, ObjectDoesNotExist, ValueError, LookupError, TypeError, ArithmeticError,
)  # fmt: skip
SHORTEST_STRANGERS_KEY, LONGEST_KEY = 22, 80


def offer_for(key: str, actor: Actor) -> Offer:
    """The action, if this caller may come to it at all; else it does not exist."""
    offer = offers().get(key)
    if offer is None:
        raise Http404
    return offer


def read_body(content: bytes) -> dict[str, Any]:
    """The JSON object of a request. NaN, infinity and nesting without end are no JSON."""
    try:
        body = json.loads(content or b"{}", parse_constant=_no_constant, parse_float=_finite)
    except (ValueError, RecursionError):
        refuse_now("api.not_json")
    if not isinstance(body, dict):
        refuse_now("api.not_json")
    return body


def call(offer: Offer, body: dict[str, Any], *, actor: Actor, now: datetime, sent_from: str = "") -> dict[str, Any]:
    """Do the act and name its result. `sent_from` is the caller's address, for acts that hold back floods."""
    envelope = _envelope(body, actor)
    target = _target(offer, envelope["target"], actor)
    given = envelope["arguments"]
    reserved = [Refusal("api.argument_unknown", {"name": n}) for n in given if n in RESERVED]
    arguments, problems = read_fields(
        offer.arguments, {n: v for n, v in given.items() if n not in RESERVED}, required=offer.required, actor=actor,
        others=offer.open_ended and not actor.is_stranger,
    )  # fmt: skip
    if reserved or problems:
        raise Refused([*reserved, *problems])
    extra = _extra(offer, envelope, target, actor)
    if offer.takes_address:
        arguments["sent_from"] = sent_from
    try:
        result = offer.run(target, actor=actor, moment=_moment(offer, envelope, now), **extra, **arguments)
    except UNFIT:
        # a page could not have sent this: the act was rolled back, and the log tells its author what to refuse by name
        log.warning("%s was called with values that it cannot use", offer.action.key, exc_info=True)
        refuse_now("api.value_does_not_fit")
    return answer_of(offer, result)


def answer_of(offer: Offer, result: Any) -> dict[str, Any]:
    """What an act answers to a program: the record it made or changed, else the plain result."""
    answer: dict[str, Any] = {"action": offer.action.key, "subject": None, "version": None, "result": None}
    if isinstance(result, models.Model):
        answer["subject"] = subject_key(result)
        answer["version"] = getattr(result, "version", None)
    elif dataclasses.is_dataclass(result) and not isinstance(result, type):
        answer["result"] = plain(dataclasses.asdict(result))
    else:
        answer["result"] = plain(result)
    return answer


def _envelope(body: dict[str, Any], actor: Actor) -> dict[str, Any]:
    """What stands around the arguments, each part of its kind."""
    problems = [Refusal("api.argument_unknown", {"name": n[:60]}) for n in body if n not in BODY]
    found: dict[str, Any] = {
        "target": None,
        "arguments": {},
        "idempotency_key": "",
        "seen_version": None,
        "happened_at": None,
    }
    found.update({n: v for n, v in body.items() if n in BODY and v is not None})
    for name, kind in (("target", str), ("idempotency_key", str), ("arguments", dict)):
        if found[name] is not None and not isinstance(found[name], kind):
            rule = "api.not_an_object" if kind is dict else "api.not_a_text"
            problems.append(Refusal(rule, {"name": name, "longest": LONGEST_KEY}))
    for name, hint in (("seen_version", int | None), ("happened_at", datetime | None)):
        try:
            found[name] = read(hint, found[name], where=name, actor=actor)
        except Misread as misread:
            problems.append(misread.refusal)
    if problems:
        raise Refused(problems)
    return found


def _target(offer: Offer, given: str | None, actor: Actor) -> Any:
    if not offer.takes_target:
        if given is not None:
            refuse_now("api.no_target_wanted")
        return None
    if given is None:
        if type(None) in getattr(offer.target, "__args__", ()):
            return None
        refuse_now("api.target_missing")
    if offer.target is str:
        if not may_name(given, actor=actor):
            raise Http404
        return given
    model = offer.target if isinstance(offer.target, type) and issubclass(offer.target, models.Model) else None
    if model is not None:
        return record_of(given, actor=actor, model=model)
    if offer.target is Any:
        return record_of(given, actor=actor)
    try:
        return read(offer.target, given, where="target", actor=actor)
    except Misread:
        raise Http404 from None


def _extra(offer: Offer, envelope: dict[str, Any], target: Any, actor: Actor) -> dict[str, Any]:
    """The idempotency key and the version that the caller saw."""
    key = str(envelope["idempotency_key"])
    if len(key) > LONGEST_KEY or not key.isprintable():
        refuse_now("api.key_too_long", longest=LONGEST_KEY)
    if key and actor.account_id is None and len(key) < SHORTEST_STRANGERS_KEY:
        # strangers share one account: a key that can be guessed would answer with what somebody else did
        refuse_now("api.key_too_short", shortest=SHORTEST_STRANGERS_KEY)
    seen = envelope["seen_version"]
    if seen is not None and not isinstance(target, VersionedModel):
        refuse_now("api.no_version_here")
    return {"idempotency_key": key, "seen_version": seen}


def _moment(offer: Offer, envelope: dict[str, Any], now: datetime) -> datetime:
    happened: datetime | None = envelope["happened_at"]
    if happened is None:
        return now
    if not offer.takes_moment:
        refuse_now("api.happens_now")
    if happened > now:
        refuse_now("api.not_yet_happened")
    return happened


def _no_constant(name: str) -> Any:
    raise ValueError(name)


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(text)
    return value
