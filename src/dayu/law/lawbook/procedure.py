"""Chapter: the ordinary penalty procedure, step by step: who, after what, on which conditions, by which article."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from types import FunctionType
from typing import Any

from dayu.law.lawbook.markdown import bullets, cited, table
from dayu.law.procedure import Duty, Procedure, Step
from dayu.law.procedures.ordinary_penalty import ORDINARY_PENALTY
from dayu.law.refusals import wordings
from dayu.law.rulebook import load_folder
from dayu.law.time_limits import time_limits
from dayu.law.words import has_word, word

FILE = "ordinary-procedure.md"
TITLE = "普通程序"
ROLES = {
    "handler": "承办人",
    "unit_head": "执法机构负责人",
    "agency_head": "机关负责人",
    "legal_reviewer": "法制审核人员",
    "hearing_presider": "听证主持人",
}


def render() -> str:
    """The procedure: an overview by stage, then every step."""
    procedure = ORDINARY_PENALTY
    parts = [
        "案件所处的阶段由案件经过推得，没有可以直接改写的状态。下列每一步写明由谁做、以什么为前提、不符合时的拒绝理由和依据。",
        "## 一览",
        table(
            ("阶段", "步骤"),
            [(_stage(s), "、".join(_act(x) for x in procedure.steps if x.stage == s)) for s in procedure.stages],
        ),
        "## 期限的起止",
        _limits(procedure),
    ]
    for stage in procedure.stages:
        steps = [step for step in procedure.steps if step.stage == stage]
        if steps:
            parts.append(f"## {_stage(stage)}")
            parts += [_step(step) for step in steps]
    return "\n\n".join(parts)


def _stage(key: str) -> str:
    return word("stages", key) if has_word("stages", key) else key


def _act(step: Step) -> str:
    return word("acts", step.act)


def _limits(procedure: Procedure) -> str:
    rows = [
        (
            time_limits()[rule.key][-1].name,
            word("entries", rule.starts),
            "、".join(word("entries", kind) for kind in rule.ends),
            "逐一当事人" if rule.per_party else "全案",
        )
        for rule in procedure.limits_rules
    ]
    return table(("期限", "起于", "止于", "对谁"), rows)


def _step(step: Step) -> str:
    facts = [
        f"由谁：{'当事人' if step.by_party else '、'.join(ROLES.get(role, role) for role in step.roles)}"
        + ("；逐一当事人" if step.per_party else "")
        + ("；可以多次" if step.repeatable else ""),
        f"是否必经：{_duty(step)}",
        f"依据：{cited(step.basis)}",
    ]
    if step.after:
        facts.append(f"先行步骤：{'、'.join(word('acts', act) for act in step.after)}")
    if step.limit:
        facts.append(f"期限：{time_limits()[step.limit][-1].name}")
    if step.documents:
        facts.append(f"文书：{'、'.join(_document(key) for key in step.documents)}")
    if step.leads_to:
        facts.append(f"之后可以：{'、'.join(word('acts', act) for act in step.leads_to)}")
    parts = [f"### {_act(step)}", bullets(facts)]
    if refusals := _refusals(step.requires):
        parts.append("不符合下列条件的，不得进行：\n\n" + bullets(refusals))
    if marks := _refusals(step.marks):
        parts.append("下列情形不阻止，但记入案件经过：\n\n" + bullets(marks))
    return "\n\n".join(parts)


def _duty(step: Step) -> str:
    if isinstance(step.duty, Duty):
        return word("duties", step.duty.kind)
    return "视案情"


@cache
def _titles() -> Mapping[str, str]:
    return {key: str(one["title"]) for key, one in load_folder("documents").items() if "title" in one}


def _document(key: str) -> str:
    return _titles().get(key, key)


def _refusals(conditions: tuple[Callable[..., Any], ...]) -> list[str]:
    """The Chinese reasons with which the conditions refuse, each once, in order."""
    rules = dict.fromkeys(rule for condition in conditions for rule in _rules(condition))
    return [re.sub(r"\{\w+\}", "……", wordings()[rule]["zh"]) for rule in rules]


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
