"""Amounts in Chinese capitals (伍万元整), figures, dates and moments as official documents write them."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

_CAPITAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")
_LARGEST = Decimal("9999999999999999.99")


def as_amount(value: object) -> Decimal:
    """The amount in yuan that a field holds: a number, or text such as `50,000.00`. Not an amount: ValueError."""
    text = str(value).replace(",", "").replace("，", "").strip().removesuffix("元")
    try:
        amount = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"not an amount in yuan: {value!r}") from None
    if not amount.is_finite():
        raise ValueError(f"not an amount in yuan: {value!r}")
    return amount


def figures(value: object) -> str:
    """50000 -> `50000`, 50000.5 -> `50000.50`: documents write no separators, and cents only where there are any."""
    amount = as_amount(value).quantize(Decimal("0.01"))
    return str(int(amount)) if amount == amount.to_integral_value() else f"{amount:f}"


def capitals(value: object) -> str:
    """50000 -> 伍万元整, 20300.05 -> 贰万零叁佰元零伍分. Only whole cents between 0 and ten quadrillion."""
    amount = as_amount(value)
    if amount < 0 or amount > _LARGEST or amount != amount.quantize(Decimal("0.01")):
        raise ValueError(f"no amount in capitals for {value!r}")
    yuan, cents = divmod(int(amount * 100), 100)
    whole = _whole_yuan(yuan)
    tenths, hundredths = divmod(cents, 10)
    if not cents:
        return f"{whole or '零'}元整"
    out = f"{whole}元" if whole else ""
    if tenths:
        out += f"{_CAPITAL_DIGITS[tenths]}角"
    elif out:
        out += "零"
    return out + (f"{_CAPITAL_DIGITS[hundredths]}分" if hundredths else "")


def _whole_yuan(yuan: int) -> str:
    groups: list[int] = []
    while yuan:
        yuan, group = divmod(yuan, 10000)
        groups.append(group)
    out, gap = "", False
    for place in range(len(groups) - 1, -1, -1):
        group = groups[place]
        if not group:
            gap = bool(out)
            if place == 2 and out and groups[3:] and not out.endswith("亿"):
                out += "亿"
            continue
        if out and (gap or group < 1000):
            out += "零"
        out += _four_digits(group) + ("万" if place == 3 else _GROUPS[place])
        if place == 3 and not groups[2]:
            out += "亿"
        gap = False
    return out


def _four_digits(number: int) -> str:
    out, gap = "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if not digit:
            gap = bool(out)
            continue
        out += ("零" if gap else "") + _CAPITAL_DIGITS[digit] + _PLACES[place]
        gap = False
    return out


def from_capitals(text: str) -> Decimal:
    """伍万元整 -> 50000. The common variants 圆, 正, 人民币 and a missing 整 are read; anything else: ValueError."""
    cleaned = text.strip().removeprefix("人民币").replace("圆", "元").replace("正", "整").removesuffix("整")
    found = re.fullmatch(r"(?:([零壹贰叁肆伍陆柒捌玖拾佰仟万亿]+)元)?零?(?:([壹贰叁肆伍陆柒捌玖])角)?"
                         r"零?(?:([壹贰叁肆伍陆柒捌玖])分)?", cleaned)
    if not found or not cleaned:
        raise ValueError(f"not an amount in capitals: {text!r}")
    whole, tenths, hundredths = found.groups()
    cents = _digit(tenths) * 10 + _digit(hundredths)
    return Decimal(_read_whole(whole or "")) + Decimal(cents) / 100


def _digit(character: str | None) -> int:
    return _CAPITAL_DIGITS.index(character) if character else 0


def _read_whole(text: str) -> int:
    total = group = digit = 0
    for character in text:
        if character in _CAPITAL_DIGITS:
            digit = _CAPITAL_DIGITS.index(character)
        elif character in _PLACES:
            group += (digit or 1) * int(10 ** _PLACES.index(character))
            digit = 0
        elif character == "万":
            total += (group + digit) * 10_000
            group = digit = 0
        else:  # 亿 multiplies all that stands before it
            total = (total + group + digit) * 100_000_000
            group = digit = 0
    return total + group + digit


def day(value: date | str) -> str:
    """2026年3月5日: Arabic figures, no leading zeros (GB/T 9704)."""
    d = value if isinstance(value, date) else date.fromisoformat(value[:10])
    return f"{d.year}年{d.month}月{d.day}日"


def moment(value: datetime | str) -> str:
    """2026年3月5日9时05分: records are exact to the minute."""
    m = value if isinstance(value, datetime) else datetime.fromisoformat(value)
    return f"{day(m.date())}{m.hour}时{m.minute:02d}分"
