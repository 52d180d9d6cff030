"""Facts, circumstances and amounts in words, for the chapters on violations, benchmarks and thresholds."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from dayu.law.fact_conditions import Condition, circumstances, fact_kinds

TEN_THOUSAND = Decimal(10000)


def condition_text(condition: Condition) -> str:
    """“是否逾期未履行”：是; “违法面积是多少平方米”：＞10，≤50."""
    asked = fact_kinds()[condition.fact].zh.split("？")[0]
    if isinstance(condition.value, bool):
        return f"“{asked}”：{'是' if condition.value else '否'}"
    if condition.value is not None:
        return f"“{asked}”：`{condition.value}`"
    bounds = []
    if condition.lower is not None:
        bounds.append(f"{'≥' if condition.lower_inclusive else '＞'}{plain(condition.lower)}")
    if condition.upper is not None:
        bounds.append(f"{'≤' if condition.upper_inclusive else '＜'}{plain(condition.upper)}")
    return f"“{asked}”：{'，'.join(bounds)}"


def circumstance_text(name: str) -> str:
    """A named circumstance as the conditions of which one must hold."""
    return " 或 ".join(condition_text(c) for c in circumstances()[name])


def when_text(every: Iterable[str], any_of: Iterable[str] = ()) -> str:
    """Circumstances that must all hold, and a group of which one must."""
    texts = [circumstance_text(name) for name in every]
    if group := " 或 ".join(circumstance_text(name) for name in any_of):
        texts.append(f"（{group}）" if texts else group)
    return "；且 ".join(texts)


def yuan(amount: Decimal) -> str:
    """5万元, 500元, 0.5万元 as 5000元."""
    if amount >= TEN_THOUSAND and amount % 100 == 0:
        return f"{plain(amount / TEN_THOUSAND)}万元"
    return f"{plain(amount)}元"


def plain(number: Decimal) -> str:
    """A number without trailing zeros or exponent."""
    return format(number.normalize(), "f")


def amounts(low: Decimal | None, high: Decimal | None) -> str:
    """5万元以上50万元以下; both figures are inside."""
    if low is None and high is None:
        return "未定数额"
    if high is None:
        return f"{yuan(low)}以上" if low is not None else ""
    if low == high:
        return yuan(high)
    if low is None or low == 0:
        return f"{yuan(high)}以下"
    return f"{yuan(low)}以上{yuan(high)}以下"
