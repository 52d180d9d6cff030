"""The additional fine (加处罚款): 3 % of the fine for each day overdue, never more than the fine itself.

行政处罚法第七十二条第一款第一项; 行政强制法第四十五条第二款. The days of a reconsideration or a lawsuit do not count
(行政处罚法第七十三条第三款). Whether it is imposed at all is for the head of the organ to decide ("可以").
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from dayu.law.calendar import DAY, NotComputable
from dayu.law.citations import Citation, cite
from dayu.law.counting import Interval, days_within, in_range, merged

DAILY_RATE = Decimal("0.03")
CENT = Decimal("0.01")
MOST_YUAN = Decimal("1e12")
RATE_RULE = cite("penalty-law", 72, 1, 1, anchor="百分之三加处罚款")
CAP_RULE = cite("compulsion-law", 45, 2, anchor="不得超出金钱给付义务的数额")
PAUSE_RULE = cite("penalty-law", 73, 3, anchor="期间不予计算")


@dataclass(frozen=True, slots=True)
class AdditionalFine:
    """What is due on `paid_on` besides the fine, and how it came about. Amounts in yuan."""

    fine_yuan: Decimal
    amount_yuan: Decimal
    days: int
    capped: bool
    due_on: date
    paid_on: date
    pauses: tuple[Interval, ...]
    basis: tuple[Citation, ...]
    working: tuple[str, ...]


def additional_fine(
    fine_yuan: Decimal, *, due_on: date, paid_on: date, pauses: Iterable[Interval] = ()
) -> AdditionalFine:
    """The additional fine on a fine that was due on `due_on` (rolled over already) and is paid on `paid_on`.

    The day after `due_on` is the first day, the day of payment the last. `pauses` are left out, first and last day
    included. Paid in time, the amount is 0. A fine that is not above zero is refused.
    """
    if not 0 < fine_yuan <= MOST_YUAN:
        raise NotComputable("time.fine-impossible", fine=fine_yuan)
    in_range(due_on, paid_on)
    left_out = merged(pauses)
    overdue = max(0, (paid_on - due_on).days)
    paused = days_within(left_out, due_on, paid_on) if overdue else 0
    days = overdue - paused
    uncapped = (fine_yuan * DAILY_RATE * days).quantize(CENT, ROUND_HALF_UP)
    amount = min(uncapped, fine_yuan)
    basis = (RATE_RULE, CAP_RULE, PAUSE_RULE) if left_out else (RATE_RULE, CAP_RULE)
    working = _working(fine_yuan, due_on, paid_on, left_out, days, uncapped, amount)
    return AdditionalFine(fine_yuan, amount, days, amount < uncapped, due_on, paid_on, left_out, basis, working)


def _working(
    fine: Decimal,
    due_on: date,
    paid_on: date,
    pauses: tuple[Interval, ...],
    days: int,
    uncapped: Decimal,
    amount: Decimal,
) -> tuple[str, ...]:
    if paid_on <= due_on:
        return (f"{paid_on} 缴款，不晚于到期日 {due_on}，没有加处罚款",)
    lines = [f"{due_on} 到期，自次日 {due_on + DAY} 起计，至缴款日 {paid_on}，共{(paid_on - due_on).days}日"]
    for first, last in pauses:
        inside = days_within(((first, last),), due_on, paid_on)
        if inside:
            lines.append(f"{first} 至 {last} 复议、诉讼期间（含首尾）不予计算，扣除{inside}日")
    lines.append(f"计{days}日，{fine} × 3% × {days} = {uncapped}")
    if amount < uncapped:
        lines.append(f"不得超出罚款数额，按 {amount} 封顶")
    return tuple(lines)
