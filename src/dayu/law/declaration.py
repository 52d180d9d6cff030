"""A procedure as data and in words: what `dayu law procedure` answers and the lawbook prints, from the one declaration."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from types import FunctionType
from typing import Any

from dayu.law.procedure import Duty, Procedure, Step
from dayu.law.refusals import worded, wordings
from dayu.law.rulebook import load_folder
from dayu.law.running_limits import LimitRule
from dayu.law.time_limits import TimeLimit, time_limits
from dayu.law.words import has_word, word


def procedure_json(procedure: Procedure, language: str = "zh") -> dict[str, Any]:
    """The whole declaration: stages, steps with their conditions, limits."""
    return {
        "key": procedure.key,
        "name": word("procedures", procedure.key, language),
        "runs_on": procedure.runs_on,
        "stages": [{"key": stage, "name": word("stages", stage, language)} for stage in procedure.stages],
        "steps": [_step(step, language) for step in procedure.steps],
        "limits": [_limit(rule, language) for rule in procedure.limits_rules],
        "open_while": [reason for condition in procedure.always for reason in reasons(condition, language)],
        "after_end": sorted(procedure.after_end),
    }


def _step(step: Step, language: str) -> dict[str, Any]:
    return {
        "act": step.act,
        "name": word("acts", step.act, language),
        "stage": step.stage,
        "records": step.records,
        "roles": ["party"] if step.by_party else list(step.roles),
        "duty": duty_of(step),
        "mainline": step.mainline,
        "per_party": step.per_party,
        "repeatable": step.repeatable,
        "after": list(step.after),
        "leads_to": list(step.leads_to),
        "limit": step.limit or None,
        "documents": list(step.documents),
        "refused_when": list(dict.fromkeys(r for c in step.requires for r in reasons(c, language))),
        "marked_when": list(dict.fromkeys(r for c in step.marks for r in reasons(c, language))),
        "basis": [citation.as_json() for citation in step.basis],
    }


def _limit(rule: LimitRule, language: str) -> dict[str, Any]:
    limit = time_limits()[rule.key][-1]
    return {
        "key": rule.key,
        "name": word("limits", rule.key, language) if has_word("limits", rule.key) else limit.name,
        "length": length(limit),
        "starts": {"key": rule.starts, "name": word("entries", rule.starts, language)},
        "ends": [{"key": kind, "name": word("entries", kind, language)} for kind in rule.ends],
        "met_by": rule.act or None,
        "per_party": rule.per_party,
        "confirmation": limit.confirmation,
        "basis": [citation.as_json() for citation in limit.citations],
    }


def duty_of(step: Step) -> str:
    """must, may, not, or "depends" where the situation decides."""
    return step.duty.kind if isinstance(step.duty, Duty) else "depends"


def length(limit: TimeLimit) -> str:
    """7个工作日, 30日, 按文书写明的期限."""
    if limit.number_given:
        return "按文书写明的期限"
    first = f"{limit.span.n}{limit.span.unit.chinese}"
    return f"{first}＋{limit.then.n}{limit.then.unit.chinese}" if limit.then else first


@cache
def _titles() -> Mapping[str, str]:
    return {key: str(one["title"]) for key, one in load_folder("documents").items() if "title" in one}


def document_title(key: str) -> str:
    """The Chinese title of a kind of document."""
    return _titles().get(key, key)


def reasons(condition: Callable[..., Any], language: str = "zh") -> list[str]:
    """With which reasons a condition refuses, what only the case knows left open as ……."""
    stated = getattr(condition, "refusals", None)
    if callable(stated):
        return [worded(refusal, language).reason for refusal in stated()]
    key = "en" if language.startswith("en") else "zh"
    return [re.sub(r"\{\w+\}", "……", wordings()[rule][key]) for rule in dict.fromkeys(_rules(condition))]


def _rules(function: Callable[..., Any], seen: frozenset[str] = frozenset()) -> list[str]:
    """The refusal rules that a condition names, itself or through functions of its own module."""
    if not isinstance(function, FunctionType) or function.__name__ in seen:
        return []
    found = [c for c in _constants(function.__code__) if c in wordings()]
    for name in _names(function.__code__):
        called = function.__globals__.get(name)
        if isinstance(called, FunctionType) and called.__module__ == function.__module__:
            found += _rules(called, seen | {function.__name__})
    return found


def _constants(code: Any) -> list[str]:
    """String constants of a function, those of its inner functions and comprehensions included."""
    inner = [c for c in code.co_consts if hasattr(c, "co_consts")]
    own = [c for c in code.co_consts if isinstance(c, str)]
    return own + [text for c in inner for text in _constants(c)]


def _names(code: Any) -> list[str]:
    inner = [c for c in code.co_consts if hasattr(c, "co_names")]
    return list(code.co_names) + [name for c in inner for name in _names(c)]
