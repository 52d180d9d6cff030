"""The words of time limits, days and amounts as the pages say them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dayu.core.clock import LEGAL_ZONE

WEEKDAYS = (_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日"))

LEFT: Mapping[tuple[str, str], Any] = {
    ("overdue", "working_day"): _("逾期 {n} 个工作日"),
    ("overdue", "day"): _("逾期 {n} 日"),
    ("overdue", "hour"): _("逾期 {n} 小时"),
    ("overdue", "month"): _("逾期 {n} 个月"),
    ("left", "working_day"): _("剩 {n} 个工作日"),
    ("left", "day"): _("剩 {n} 日"),
    ("left", "hour"): _("剩 {n} 小时"),
    ("left", "month"): _("剩 {n} 个月"),
    ("blocked", "working_day"): _("再等 {n} 个工作日"),
    ("blocked", "day"): _("再等 {n} 日"),
    ("blocked", "hour"): _("再等 {n} 小时"),
    ("blocked", "month"): _("再等 {n} 个月"),
}


def part(source: Any, name: str, default: Any = None) -> Any:
    """`source.name` or `source[name]`: parts may be dataclasses or dictionaries."""
    if isinstance(source, Mapping):
        return source.get(name, default)
    return getattr(source, name, default)


def _bold(number: Any) -> SafeString:
    return format_html("<b>{}</b>", number)


def due_words(deadline: Any, mark: Callable[[Any], Any] = _bold) -> SafeString:
    """Days left in the law's own unit: 逾期 2 个工作日, 今天到期, 剩 57 日, 再等 2 个工作日, 等待他人."""
    state, left = part(deadline, "state"), part(deadline, "left")
    unit = part(deadline, "unit", "day") or "day"
    if part(deadline, "label"):
        return format_html("{}", part(deadline, "label"))
    if part(deadline, "done"):
        return format_html("{}", gettext("已完成"))
    if state == "waiting" and left is None:
        return format_html("{}", gettext("等待他人"))
    if state == "blocked" and left is None:
        return format_html("{}", gettext("还不能办"))
    if left is None:
        return format_html("{}", gettext("没有期限"))
    if left == 0 and state == "blocked":
        return format_html(gettext("{today}期满"), today=mark(gettext("今天")))
    if left == 0 and state in {"soon", "fine", "waiting"}:
        return format_html(gettext("{today}到期"), today=mark(gettext("今天")))
    kind = state if state in {"overdue", "blocked"} else "left"
    return format_html(str(LEFT[kind, unit]), n=mark(left))


def weekday(day: date) -> str:
    """周一 to 周日."""
    return str(WEEKDAYS[day.weekday()])


def legal_day(value: date | datetime) -> date:
    """The legal date of a date or a moment."""
    if isinstance(value, datetime):
        return (value.astimezone(LEGAL_ZONE) if value.tzinfo else value).date()
    return value


def short_day(value: date | datetime, *, year: int | None = None) -> str:
    """11-20 周五; with its year where that is not `year` (when given)."""
    day = legal_day(value)
    head = f"{day:%m-%d}" if year is None or day.year == year else f"{day:%Y-%m-%d}"
    words = f"{head} {weekday(day)}"
    return f"{words} {clock_time(value)}" if isinstance(value, datetime) else words


def clock_time(value: datetime) -> str:
    """17:20 by the clock on the wall in Asia/Shanghai."""
    return f"{value.astimezone(LEGAL_ZONE) if value.tzinfo else value:%H:%M}"


def amount(value: Decimal | int | str | None) -> str:
    """An amount with thousands marked: 12,000 or 1,234.50."""
    if value is None or value == "":
        return ""
    number = Decimal(value)
    return f"{number:,.0f}" if number == number.to_integral_value() else f"{number:,.2f}"


def short_amount(value: Decimal | int | str | None) -> str:
    """An amount as one says it: 5,000 元, 2 万元, 2.4 万元."""
    if value is None or value == "":
        return ""
    number = Decimal(value)
    if abs(number) >= 10000 and (number / 100) == (number / 100).to_integral_value():
        return f"{(number / 10000).normalize():,f} " + gettext("万元")
    return f"{amount(number)} " + gettext("元")


def file_size(size: int) -> str:
    """3.2 MB."""
    value = float(size)
    for unit in ("B", "KB", "MB"):
        if value < 1024:
            return f"{value:.0f} {unit}" if unit == "B" else f"{value:.1f} {unit}"
        value /= 1024
    return f"{value:.1f} GB"
