"""Reading an old ledger from Excel: rows as cases, each faulty row named with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import IO, Any

import openpyxl
from django.utils.translation import gettext as _

from dayu.cases.services.old_ledger import OldCase
from dayu.law.party_kinds import party_kinds
from dayu.law.violations import violation, violation_keys
from dayu.parties.identifiers import tidy

# The heads of the sheet; others are passed over, so that a ledger of one's own need not be cut down first.
COLUMNS = (
    "案号", "案由", "当事人", "当事人类型", "证件号码", "违法行为", "地点", "立案日期", "决定日期", "决定书文号", "罚款金额",
    "送达日期", "缴款日期", "缴款金额", "票据号", "结案日期", "承办人",
)  # fmt: skip
NEEDED = ("案由", "当事人")
ALSO_CALLED: Mapping[str, str] = {
    "立案号": "案号", "案件编号": "案号", "案件名称": "案由", "违法案由": "案由", "被处罚人": "当事人",
    "当事人姓名（名称）": "当事人", "处罚决定书文号": "决定书文号", "文号": "决定书文号", "罚款（元）": "罚款金额",
    "罚款数额": "罚款金额", "处罚日期": "决定日期", "作出决定日期": "决定日期", "缴纳日期": "缴款日期",
    "实缴金额": "缴款金额", "罚没收据号": "票据号", "身份证号": "证件号码", "统一社会信用代码": "证件号码",
}  # fmt: skip
EXAMPLE = (
    "泽水罚立〔2019〕7号", "李某在白鹿河倾倒垃圾案", "李某", "公民", "", "", "白鹿河下游", date(2019, 5, 6), date(2019, 6, 20),
    "泽水罚决〔2019〕7号", 5000, date(2019, 6, 21), date(2019, 6, 28), 5000, "0001234", date(2019, 7, 2), "陈某、周某",
)  # fmt: skip
MOST_ROWS = 5000


class UnreadableSheet(ValueError):
    """The file is no Excel file, or a needed column is missing. The message says which."""


class RowFault(ValueError):
    """One row cannot be taken; the message says why."""


@dataclass(slots=True)
class Reading:
    """What a sheet holds: the rows that can go in, and those that cannot, with the reason."""

    good: list[tuple[int, OldCase]] = field(default_factory=list)
    bad: list[tuple[int, str, str]] = field(default_factory=list)  # row, name, reason
    passed_over: list[str] = field(default_factory=list)


def read_ledger(file: IO[bytes]) -> Reading:
    """Read the first sheet. Numbers that stand twice in it are faults of the later row."""
    found, seen = Reading(), set()
    for number, row in _rows(file, found):
        name = _text(row, "案由") or _text(row, "当事人")
        try:
            old = _case(row)
            if old.case_no and old.case_no in seen:
                raise RowFault(_("案号 %(number)s 在表里出现了两次") % {"number": old.case_no})
        except RowFault as fault:
            found.bad.append((number, name, str(fault)))
            continue
        seen.add(old.case_no)
        found.good.append((number, old))
    return found


def _rows(file: IO[bytes], found: Reading) -> Iterator[tuple[int, Mapping[str, Any]]]:
    try:
        sheet: Any = openpyxl.load_workbook(file, read_only=True, data_only=True).active
    except Exception as error:  # openpyxl raises many kinds for files that are no workbook
        raise UnreadableSheet(_("读不出 Excel 文件，请用 .xlsx 格式。")) from error
    rows = sheet.iter_rows(values_only=True)
    heads = [ALSO_CALLED.get(h, h) for h in (str(c or "").strip() for c in next(rows, ()))]
    missing = [c for c in NEEDED if c not in heads]
    if missing:
        raise UnreadableSheet(_("表头缺少：%(columns)s") % {"columns": "、".join(missing)})
    found.passed_over = [h for h in heads if h and h not in COLUMNS]
    for number, cells in enumerate(rows, start=2):
        if number > MOST_ROWS + 1:
            raise UnreadableSheet(_("一次最多导入 %(n)s 行，请分成几个文件。") % {"n": MOST_ROWS})
        if any(c not in (None, "") for c in cells):
            yield number, dict(zip(heads, cells, strict=False))


def _case(row: Mapping[str, Any]) -> OldCase:
    title, party = _text(row, "案由"), _text(row, "当事人")
    if not title:
        raise RowFault(_("缺少案由"))
    if not party:
        raise RowFault(_("缺少当事人"))
    old = OldCase(
        case_no=_text(row, "案号")[:60],
        title=title[:200],
        party=party[:120],
        party_kind=_kind(row),
        number=tidy(_text(row, "证件号码"))[:18],
        violation=_violation(row),
        place=_text(row, "地点")[:200],
        filed_on=_day(row, "立案日期"),
        decided_on=_day(row, "决定日期"),
        decision_no=_text(row, "决定书文号")[:80],
        fine_yuan=_money(row, "罚款金额"),
        served_on=_day(row, "送达日期"),
        paid_on=_day(row, "缴款日期"),
        paid_yuan=_money(row, "缴款金额"),
        receipt=_text(row, "票据号")[:60],
        closed_on=_day(row, "结案日期"),
        officers=_text(row, "承办人")[:120],
    )
    _in_order(old)
    return old


def _in_order(old: OldCase) -> None:
    days = [(_("立案"), old.filed_on), (_("决定"), old.decided_on), (_("送达"), old.served_on), (_("结案"), old.closed_on)]
    known = [(name, day) for name, day in days if day is not None]
    for (first, a), (second, b) in pairwise(known):
        if b < a:
            words = {"a": first, "x": a.isoformat(), "b": second, "y": b.isoformat()}
            raise RowFault(_("%(b)s日期 %(y)s 早于%(a)s日期 %(x)s") % words)
    if not known:
        raise RowFault(_("没有任何日期"))
    if old.paid_on and old.decided_on and old.paid_on < old.decided_on:
        raise RowFault(_("缴款日期早于决定日期"))


def _text(row: Mapping[str, Any], column: str) -> str:
    value = row.get(column)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value if value is not None else "").strip()


def _kind(row: Mapping[str, Any]) -> str:
    said = _text(row, "当事人类型")
    if not said:
        return "citizen" if len(_text(row, "当事人")) <= 4 else "organisation"
    named = {"自然人": "citizen", "个人": "citizen", "单位": "organisation", "法人": "organisation", "企业": "organisation"}
    for key, kind in party_kinds().items():
        named[kind.zh] = key
    if said not in named:
        raise RowFault(_("没有当事人类型“%(said)s”") % {"said": said})
    return named[said]


def _violation(row: Mapping[str, Any]) -> str:
    """A violation that the catalogue knows by key or name; anything else stays in the words of the cause."""
    said = _text(row, "违法行为")
    if not said or said in violation_keys():
        return said
    return next((key for key in violation_keys() if violation(key).name == said), "")


def _day(row: Mapping[str, Any], column: str) -> date | None:
    value = row.get(column)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = _text(row, column)
    if not text:
        return None
    plain = text.replace("/", "-").replace(".", "-").replace("年", "-").replace("月", "-").replace("日", "")
    try:
        year, month, day = (int(p) for p in plain.split("-"))
        return date(year, month, day)
    except ValueError:
        raise RowFault(_("%(column)s“%(text)s”不是日期") % {"column": column, "text": text}) from None


def _money(row: Mapping[str, Any], column: str) -> Decimal | None:
    text = _text(row, column).replace(",", "").replace("，", "").replace("元", "")
    if not text:
        return None
    try:
        value = Decimal(text).quantize(Decimal("0.01"))
    except InvalidOperation:
        raise RowFault(_("%(column)s“%(text)s”不是金额") % {"column": column, "text": text}) from None
    if value < 0:
        raise RowFault(_("%(column)s不能是负数") % {"column": column})
    return value
