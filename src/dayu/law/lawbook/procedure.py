"""Chapters: every procedure step by step, with its flow chart: who, after what, on which conditions, by which article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from dayu.law.declaration import document_title, duty_of, length, reasons
from dayu.law.flow_chart import chart_mermaid
from dayu.law.lawbook.markdown import CONFIRMATION_WORDS, bullets, cited, table
from dayu.law.procedure import Procedure, Step
from dayu.law.procedures.register import PROCEDURES
from dayu.law.time_limits import time_limits
from dayu.law.words import joined, word

CASE = "本程序在案件的经过中进行，与普通程序读写同一份经过。"
MATTER = "本程序每一事项（一份清单、一件申请、一张决定书）有自己的经过。"


def pages() -> Mapping[str, tuple[str, str]]:
    """File name -> title and text of the chapter of each procedure."""
    return {_file(key): (word("procedures", key), render(procedure)) for key, procedure in PROCEDURES.items()}


def _file(key: str) -> str:
    return "ordinary-procedure.md" if key == "ordinary_penalty" else f"procedure-{key.replace('_', '-')}.md"


def render(procedure: Procedure) -> str:
    """One procedure: an overview by stage, the chart, the limits, then every step."""
    parts = [
        "所处的阶段由经过推得，没有可以直接改写的状态。下列每一步写明由谁做、以什么为前提、不符合时的拒绝理由和依据。"
        + (CASE if procedure.runs_on == "case" else MATTER),
        "## 一览",
        table(
            ("阶段", "步骤"),
            [(word("stages", s), joined([_act(x) for x in procedure.steps if x.stage == s])) for s in procedure.stages],
        ),
        "## 流程图",
        f"实线：没有前一步，后一步被拒绝；虚线：可以接着办理。\n\n```mermaid\n{chart_mermaid(procedure)}\n```",
    ]
    if procedure.limits_rules:
        parts += ["## 期限的起止", _limits(procedure)]
    if procedure.always:
        parts.append("有下列情形之一的，不再办理：\n\n" + bullets(_refusals(procedure.always)))
    for stage in procedure.stages:
        steps = [step for step in procedure.steps if step.stage == stage]
        if steps:
            parts.append(f"## {word('stages', stage)}")
            parts += [_step(step) for step in steps]
    return "\n\n".join(parts)


def _act(step: Step) -> str:
    return word("acts", step.act)


def _limits(procedure: Procedure) -> str:
    rows = [
        (
            time_limits()[rule.key][-1].name,
            length(time_limits()[rule.key][-1]),
            word("entries", rule.starts),
            joined([word("entries", kind) for kind in rule.ends]),
            word("acts", rule.act) if rule.act else "",
            "逐一当事人" if rule.per_party else "全案" if procedure.runs_on == "case" else "本事项",
            CONFIRMATION_WORDS[time_limits()[rule.key][-1].confirmation],
        )
        for rule in procedure.limits_rules
    ]
    return table(("期限", "长短", "起于", "止于", "应办", "对谁", "确认"), rows)


def _step(step: Step) -> str:
    facts = [
        f"由谁：{'当事人' if step.by_party else '、'.join(word('posts', role) for role in step.roles)}"
        + ("；逐一当事人" if step.per_party else "")
        + ("；可以多次" if step.repeatable else ""),
        f"是否必经：{_duty(step)}",
        f"依据：{cited(step.basis)}",
    ]
    if step.after:
        facts.append(f"先行步骤：{joined([word('acts', act) for act in step.after])}")
    if step.limit:
        facts.append(f"期限：{time_limits()[step.limit][-1].name}")
    if step.documents:
        facts.append(f"文书：{'、'.join(document_title(key) for key in step.documents)}")
    if step.leads_to:
        facts.append(f"之后可以：{joined([word('acts', act) for act in step.leads_to])}")
    parts = [f"### {_act(step)}", bullets(facts)]
    if refusals := _refusals(step.requires):
        parts.append("不符合下列条件的，不得进行：\n\n" + bullets(refusals))
    if marks := _refusals(step.marks):
        parts.append("下列情形不阻止，但记入案件经过：\n\n" + bullets(marks))
    return "\n\n".join(parts)


def _duty(step: Step) -> str:
    kind = duty_of(step)
    return "视案情" if kind == "depends" else word("duties", kind)


def _refusals(conditions: Iterable[Callable[..., Any]]) -> list[str]:
    """The Chinese reasons with which the conditions refuse, each once, in order."""
    return list(dict.fromkeys(reason for condition in conditions for reason in reasons(condition)))
