"""Words for what the substantive law leaves to a person, and for the steps of a trace, from the rulebook."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from dayu.law.benchmarks import Benchmark, TierOutcome
from dayu.law.fact_conditions import Facts, fact_kinds, shown_value
from dayu.law.fact_conditions import question as fact_question
from dayu.law.receipts import Step, plain
from dayu.law.rulebook import RulebookError, load_toml


@cache
def _questions() -> Mapping[str, Mapping[str, str]]:
    return load_toml("questions.toml")


@cache
def _steps() -> Mapping[str, Mapping[str, str]]:
    return load_toml("steps.toml")


def question_text(name: str, *, language: str = "zh") -> str:
    """The question about a fact, or about another matter that a person decides."""
    if name in fact_kinds():
        return fact_question(name, language=language)
    try:
        return _questions()[name]["en" if language.startswith("en") else "zh"]
    except KeyError:
        raise RulebookError(f"no words for question {name!r} in questions.toml") from None


def step_text(step: Step, *, language: str = "zh") -> str:
    """One step of a trace in words, its figures filled in; what is not known reads as a dash."""
    try:
        words = _steps()[step.step]["en" if language.startswith("en") else "zh"]
    except KeyError:
        raise RulebookError(f"no words for step {step.step!r} in steps.toml") from None
    return words.format_map({k: _shown(v, language) for k, v in step.params.items()})


def factor_lines(facts: Mapping[str, Any], *, language: str = "zh") -> tuple[str, ...]:
    """The factors (裁量因素) of a decision and their answers, as its text lists them: 方量（立方米）：46."""
    kinds = fact_kinds()
    english = language.startswith("en")
    return tuple(
        f"{kinds[name].label_en if english else kinds[name].label_zh}"
        f"{': ' if english else '：'}{shown_value(name, value, language=language)}"
        for name, value in facts.items()
        if name in kinds and value is not None
    )


def tier_lines(benchmark: Benchmark, outcome: TierOutcome, facts: Facts) -> tuple[str, ...]:
    """What report, notice and decision say about discretion: document and version, factors, tier and range.

    Always Chinese, as official papers are. Nothing where no tier was found.
    """
    if outcome.tier is None:
        return ()
    asked = {name: facts[name] for name in benchmark.factors if name in facts}
    mark = "" if benchmark.confirmed else "（未经核实）"
    lines = [f"裁量基准：{benchmark.document}{mark}，版本 {benchmark.digest[:12]}"]
    lines += [f"裁量因素：{'；'.join(factor_lines(asked))}"] if asked else []
    if outcome.no_fine:
        return (*lines, f"裁量阶次：{outcome.tier}，不予罚款")
    ends = [
        "原文未见" if end is None else f"{end:,.2f}".removesuffix(".00") for end in (outcome.min_yuan, outcome.max_yuan)
    ]
    return (*lines, f"裁量阶次：{outcome.tier}，罚款 {ends[0]} 元至 {ends[1]} 元")


def _shown(value: Any, language: str) -> str:
    english = language.startswith("en")
    if value is None:
        return "—"
    if isinstance(value, bool):
        return ("yes" if value else "no") if english else ("是" if value else "否")
    if isinstance(value, str) and value in _codes():
        return _codes()[value]["en" if english else "zh"]
    if isinstance(value, str) and value in fact_kinds():
        return fact_kinds()[value].label_en if english else fact_kinds()[value].label_zh
    return str(plain(value))


@cache
def _codes() -> Mapping[str, Mapping[str, str]]:
    """Words for the codes that steps carry (`found`, `day_of_act`, `hearing`)."""
    return load_toml("step-words.toml")
