"""People and certificates from an Excel file: good rows go in, each failed row is named with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import IO, Any

import openpyxl
from django.db import transaction
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dayu.core.actors import Actor
from dayu.core.clock import legal_date
from dayu.core.refused import Refused
from dayu.core.territories import Territory
from dayu.org import services
from dayu.org.models import Agency, EnforcementCertificate, Person, PostKey

COLUMNS = ["姓名", "工号", "内设机构", "职务", "手机号", "登录名", "岗位", "执法证号", "发证机关", "发证地区代码",
           "备案地区代码", "执法区域代码", "执法领域", "有效期起", "有效期止"]  # fmt: skip
EXAMPLE = ["林晚舟", "Z101", "水政监察大队", "执法队员", "", "linwz", "承办人", "99012100101", "沧宁省人民政府", "990000",
           "", "990121", "", date(2025, 1, 1), date(2029, 12, 31)]  # fmt: skip
MOST_ROWS = 2000


class UnreadableSheet(ValueError):
    """The file is no Excel file, or its head row misses a column. The message says which."""


@dataclass(slots=True)
class ImportResult:
    """What went in, and each row that did not, with its reason."""

    people: int = 0
    certificates: int = 0
    unchanged: int = 0
    failed: list[tuple[int, str, str]] = field(default_factory=list)  # row number, name, reason


class RowFault(ValueError):
    """One row cannot be taken; the message says why."""


def import_people(file: IO[bytes], *, agency: Agency, actor: Actor, moment: datetime) -> ImportResult:
    """Every row through the same acts as by hand, each row in a transaction of its own."""
    result = ImportResult()
    units = {u.name: u for u in agency.units.filter(valid_until=None)}
    places = {t.code: t for t in Territory.objects.filter(level__in=("nation", "province", "city", "county"))}
    for number, row in read_rows(file):
        try:
            with transaction.atomic():
                _take(row, result, agency=agency, units=units, places=places, actor=actor, moment=moment)
        except RowFault as fault:
            result.failed.append((number, str(row.get("姓名") or ""), str(fault)))
        except Refused as refused:
            reasons = "；".join(r.as_json(get_language() or "zh")["reason"] for r in refused.refusals)
            result.failed.append((number, str(row.get("姓名") or ""), reasons))
    return result


def read_rows(file: IO[bytes]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Row number and cells by column title; empty rows are passed over."""
    try:
        sheet: Any = openpyxl.load_workbook(file, read_only=True, data_only=True).active
    except Exception as error:  # openpyxl raises many kinds for files that are no workbook
        raise UnreadableSheet(_("读不出 Excel 文件")) from error
    rows = sheet.iter_rows(values_only=True)
    head = [str(c or "").strip() for c in next(rows, ())]
    missing = [c for c in ("姓名",) if c not in head]
    if missing:
        raise UnreadableSheet(_("表头缺少：{columns}").format(columns="、".join(missing)))
    for number, cells in enumerate(rows, start=2):
        if number > MOST_ROWS:
            raise UnreadableSheet(_("一次最多导入{rows}行").format(rows=MOST_ROWS))
        if any(c not in (None, "") for c in cells):
            yield number, dict(zip(head, cells, strict=False))


def _take(
    row: Mapping[str, Any],
    result: ImportResult,
    *,
    agency: Agency,
    units: Mapping[str, Any],
    places: Mapping[str, Territory],
    actor: Actor,
    moment: datetime,
) -> None:
    name, staff_no = _text(row, "姓名"), _text(row, "工号")
    if not name:
        raise RowFault(_("缺少姓名"))
    unit_name = _text(row, "内设机构")
    if unit_name and unit_name not in units:
        raise RowFault(_("没有内设机构“{name}”").format(name=unit_name))
    person = Person.objects.filter(agency=agency, staff_no=staff_no).first() if staff_no else None
    known = person is not None
    if person is None:
        person = services.register_person(
            agency,
            actor=actor,
            moment=moment,
            name=name,
            staff_no=staff_no,
            unit=units.get(unit_name),
            title=_text(row, "职务"),
            phone=_text(row, "手机号"),
            username=_text(row, "登录名"),
        )
        _appoint(person, row, actor=actor, moment=moment)
    elif person.name != name:
        raise RowFault(_("工号{staff_no}已登记为{name}").format(staff_no=staff_no, name=person.name))
    certified = _certify(person, row, places, actor=actor, moment=moment)
    result.people += not known
    result.certificates += certified
    result.unchanged += known and not certified


def _appoint(person: Person, row: Mapping[str, Any], *, actor: Actor, moment: datetime) -> None:
    keys = {str(label): key for key, label in PostKey.choices}
    for title in _text(row, "岗位").replace("，", "、").replace(",", "、").split("、"):
        if not title.strip():
            continue
        if title.strip() not in keys:
            raise RowFault(_("没有岗位“{title}”").format(title=title.strip()))
        services.appoint_to_post(
            person, actor=actor, moment=moment, key=keys[title.strip()], valid_from=legal_date(moment)
        )


def _certify(
    person: Person, row: Mapping[str, Any], places: Mapping[str, Territory], *, actor: Actor, moment: datetime
) -> bool:
    number = _text(row, "执法证号")
    if not number or EnforcementCertificate.objects.filter(number=number, person=person).exists():
        return False
    filed = _text(row, "备案地区代码")
    services.issue_certificate(
        person,
        actor=actor,
        moment=moment,
        number=number,
        issuing_authority=_text(row, "发证机关"),
        issued_in=_place(row, "发证地区代码", places),
        filed_with=_place(row, "备案地区代码", places) if filed else None,
        region=_place(row, "执法区域代码", places),
        matters=[m for m in _text(row, "执法领域").replace("，", "、").split("、") if m],
        valid_from=_day(row, "有效期起"),
        valid_until=_day(row, "有效期止"),
    )
    return True


def _text(row: Mapping[str, Any], column: str) -> str:
    value = row.get(column)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value if value is not None else "").strip()


def _place(row: Mapping[str, Any], column: str, places: Mapping[str, Territory]) -> Territory:
    code = _text(row, column)
    if code not in places:
        raise RowFault(_("{column}“{code}”不是已登记的地区").format(column=column, code=code))
    return places[code]


def _day(row: Mapping[str, Any], column: str) -> date:
    value = row.get(column)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(_text(row, column).replace("/", "-").replace(".", "-"))
    except ValueError:
        raise RowFault(_("{column}不是日期：{value}").format(column=column, value=_text(row, column))) from None
