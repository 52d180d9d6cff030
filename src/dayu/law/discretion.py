"""May this amount be fined? The statutory range, the tier of the benchmark, and what a deviation needs."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from dayu.law.citations import Citation, cite
from dayu.law.refusals import ALLOWED, Verdict, all_of, refuse

Bounds = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Deviation:
    """What stands behind an amount outside the tier: reasons in writing, legal review, collective discussion."""

    reason: str = ""
    legal_review_passed: bool = False
    collectively_discussed: bool = False


@cache
def _range_basis() -> tuple[Citation, ...]:
    return (cite("penalty-law", 5, 2, anchor="以事实为依据"), cite("penalty-law", 38, anchor="行政处罚没有依据"))


@cache
def _mitigation_basis() -> tuple[Citation, ...]:
    return (cite("penalty-law", 32, anchor="应当从轻或者减轻"),)


@cache
def _benchmark_basis() -> tuple[Citation, ...]:
    return (cite("penalty-law", 34, anchor="行政处罚裁量基准"),)


@cache
def _discussion_basis() -> tuple[Citation, ...]:
    return (cite("penalty-law", 57, 2, anchor="集体讨论决定"), cite("penalty-law", 58, anchor="进行法制审核"))


def range_verdict(
    fine_yuan: Decimal, bounds: Bounds, *, mitigated: bool = False, basis: tuple[Citation, ...] = ()
) -> Verdict:
    """超出法定幅度: above the range for nobody, below it only with a proven ground for mitigation (减轻)."""
    low, high = bounds
    if fine_yuan > high:
        return refuse(
            "assess.above_range",
            *(basis or _range_basis()),
            fine_yuan=money(fine_yuan),
            max_yuan=money(high),
            min_yuan=money(low),
        )
    if fine_yuan < low and not mitigated:
        return refuse(
            "assess.below_range",
            *basis,
            *_mitigation_basis(),
            remedy="answer_leniency",
            fine_yuan=money(fine_yuan),
            min_yuan=money(low),
            max_yuan=money(high),
        )
    return ALLOWED


def stays_within(
    amount: Decimal, ends: tuple[Decimal | None, Decimal | None], *, opened: tuple[bool, bool] = (False, False)
) -> bool:
    """Whether an amount lies between two ends. None is an end that nobody set; an open end does not belong."""
    low, high = ends
    above = low is None or amount > low or (amount == low and not opened[0])
    below = high is None or amount < high or (amount == high and not opened[1])
    return above and below


def tier_verdict(
    fine_yuan: Decimal,
    tier_bounds: tuple[Decimal | None, Decimal | None],
    *,
    tier: str,
    deviation: Deviation,
    mitigated: bool = False,
    basis: tuple[Citation, ...] = (),
    opened: tuple[bool, bool] = (False, False),
) -> Verdict:
    """偏离裁量基准须说明理由: outside the tier needs written reasons, legal review and collective discussion, each named.

    A mitigated amount below the tier follows from its own ground and is no deviation.
    """
    low, high = tier_bounds
    if stays_within(fine_yuan, tier_bounds, opened=opened) or (mitigated and low is not None and fine_yuan < low):
        return ALLOWED
    # An end that the source does not give is shown as an ellipsis.
    told = {
        "fine_yuan": money(fine_yuan),
        "tier": tier,
        "min_yuan": "…" if low is None else money(low),
        "max_yuan": "…" if high is None else money(high),
    }
    needs = (
        (
            bool(deviation.reason.strip()),
            "assess.deviation_reason",
            "state_deviation_reason",
            (*basis, *_benchmark_basis()),
        ),
        (deviation.legal_review_passed, "assess.deviation_review", "pass_legal_review", _discussion_basis()[1:]),
        (deviation.collectively_discussed, "assess.deviation_discussion", "hold_discussion", _discussion_basis()[:1]),
    )
    return all_of(refuse(rule, *articles, remedy=remedy, **told) for met, rule, remedy, articles in needs if not met)


def money(amount: Decimal) -> str:
    """An amount as a reader expects it: 120000 is 120,000, 460.5 is 460.50."""
    return f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"
