"""The cells of the sheets in which bureaus hold benchmarks: conditions, amounts, answers, each to text and back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from dayu.law.fact_conditions import fact_kinds
from dayu.law.rulebook import RulebookError

YES, NO = "是", "否"
JOIN = "；"


class Unreadable(ValueError):
    """A cell that cannot be read; the message says why, in Chinese."""


def text_of(value: Any) -> str:
    """A text as it is."""
    return str(value)


def flag(text: str) -> bool:
    """是 or 否."""
    if text not in (YES, NO):
        raise Unreadable("填“是”或者“否”")
    return text == YES


def shown_flag(value: bool) -> str:
    """是 or 否."""
    return YES if value else NO


def day(text: str) -> date:
    """A day in ISO form."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Unreadable(f"“{text}”不是日期（如 2026-01-01）") from None


def listed(text: str) -> list[str]:
    """The parts of a list, divided by semicolons."""
    return [part for part in (p.strip() for p in re.split("[；;]", text)) if part]


def one_of(allowed: Callable[[], Iterable[str]]) -> Callable[[str], str]:
    """A reader that takes only some values."""

    def read(text: str) -> str:
        if text not in set(allowed()):
            raise Unreadable(f"“{text}”不在可填的值中（{'、'.join(list(allowed())[:8])}）")
        return text

    return read


@cache
def facts_by_label() -> Mapping[str, str]:
    """Label -> name of a fact; a fact may also be given by its name."""
    kinds = fact_kinds()
    found = {kind.label_zh: name for name, kind in kinds.items()}
    if len(found) < len(kinds):
        raise RulebookError("facts.toml has one label for two facts")
    return found | {name: name for name in kinds}


def fact_named(text: str) -> str:
    """The fact of a label."""
    known = facts_by_label()
    if text.strip() not in known:
        raise Unreadable(f"没有裁量因素“{text.strip()}”")
    return known[text.strip()]


def label_of(name: str) -> str:
    """The label of a fact."""
    return fact_kinds()[name].label_zh


def value_of(fact: str, text: str) -> Any:
    """A fact's value as the rulebook writes it: true, a figure as text, a choice by its name."""
    kind = fact_kinds()[fact]
    if kind.kind == "yes_no":
        return flag(text)
    if kind.kind == "choice":
        if text in kind.choices_zh:
            return kind.choices[kind.choices_zh.index(text)]
        return one_of(lambda: kind.choices)(text)
    return figure(text)


def shown_answer(fact: str, value: Any) -> str:
    """An answer in words."""
    kind = fact_kinds()[fact]
    if isinstance(value, bool):
        return shown_flag(value)
    if value in kind.choices and kind.choices_zh:
        return kind.choices_zh[kind.choices.index(value)]
    return str(value)


def figure(text: str) -> str:
    """A figure that is not below zero, its digits as they are written; separators of thousands fall away."""
    cleaned = text.replace(",", "").replace("，", "").strip()
    try:
        number = Decimal(cleaned)
    except InvalidOperation:
        raise Unreadable(f"“{text}”不是数") from None
    if not number.is_finite() or number < 0:
        raise Unreadable(f"“{text}”不是不小于零的数")
    return cleaned


_LESS = {"≤": True, "<=": True, "＜": False, "<": False}
_MORE = {"≥": True, ">=": True, "＞": False, ">": False}
_SIGNS = "≤|<=|＜|<|≥|>=|＞|>"


def condition_of(text: str) -> dict[str, Any]:
    """20≤方量（立方米）＜50, 方量（立方米）≥20, 初次违法：是."""
    parts = [p.strip() for p in re.split(f"({_SIGNS})", text)]
    if len(parts) == 1:
        name, mark, value = text.replace(":", "：").rpartition("：")
        if not mark:
            raise Unreadable(f"“{text.strip()}”不是条件")
        return {"fact": fact_named(name), "is": value_of(fact_named(name), value.strip())}
    return _bounds(parts, text)


def _bounds(parts: list[str], text: str) -> dict[str, Any]:
    if len(parts) == 5 and {parts[1], parts[3]} <= set(_LESS):
        low, first, name, second, high = parts
        return {"fact": fact_named(name), "from" if _LESS[first] else "above": figure(low),
                "to" if _LESS[second] else "below": figure(high)}  # fmt: skip
    if len(parts) != 3:
        raise Unreadable(f"“{text.strip()}”不是条件")
    left, sign, right = parts
    if left in facts_by_label():
        inclusive = (_LESS | _MORE)[sign]
        names = ("to", "below") if sign in _LESS else ("from", "above")
        return {"fact": fact_named(left), names[0] if inclusive else names[1]: figure(right)}
    if sign not in _LESS:
        raise Unreadable(f"“{text.strip()}”不是条件")
    return {"fact": fact_named(right), "from" if _LESS[sign] else "above": figure(left)}


def shown_condition(cell: Mapping[str, Any]) -> str:
    """A condition as `condition_of` reads it."""
    if "is" in cell:
        return f"{label_of(cell['fact'])}：{shown_answer(cell['fact'], cell['is'])}"
    low = f"{cell['from']}≤" if "from" in cell else f"{cell['above']}＜" if "above" in cell else ""
    high = f"≤{cell['to']}" if "to" in cell else f"＜{cell['below']}" if "below" in cell else ""
    return f"{low}{label_of(cell['fact'])}{high}"


_INTERVAL = re.compile(r"([\[\(])\s*([^,，]*)\s*[,，]\s*([^,，]*)\s*([\]\)])")


def ends_of(text: str, unit: str) -> dict[str, str]:
    """The ends of an amount: 20000–30000 (以上、以下), or [20000, 30000) with the ends stated."""
    plain = text.replace("（", "(").replace("）", ")").replace("—", "–").replace("-", "–").strip()
    stated = _INTERVAL.fullmatch(plain)
    if stated:
        left, low, high, right = stated.groups()
        names = ("from" if left == "[" else "above", "to" if right == "]" else "below")
    else:
        low, mark, high = plain.partition("–")
        names = ("min", "max")
        high = high if mark else low
    ends = zip(names, (low.strip(), high.strip()), strict=True)
    return {f"{name}_{unit}": figure(value) for name, value in ends if value}


def shown_ends(row: Mapping[str, Any], unit: str) -> str:
    """The ends of an amount as `ends_of` reads them."""
    found = {name: row.get(f"{name}_{unit}") for name in ("min", "from", "above", "max", "to", "below")}
    if found["min"] is not None or found["max"] is not None:
        low, high = found["min"] or "", found["max"] or ""
        return f"{low}–{high}"
    if all(value is None for value in found.values()):
        return ""
    left, right = "(" if found["above"] is not None else "[", ")" if found["below"] is not None else "]"
    return f"{left}{found['from'] or found['above'] or ''}, {found['to'] or found['below'] or ''}{right}"
