"""Excel out of any list: streamed row by row into a file, dates as dates and amounts as numbers."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import xlsxwriter
from django.http import FileResponse

from dayu.core.clock import LEGAL_ZONE

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDEST = 48


def sheet_response(name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]], *, note: str = "") -> FileResponse:
    """An .xlsx as a download. `rows` may be a generator: one row is held in memory at a time. `note` stands below the rows."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    book = xlsxwriter.Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(name[:31])
    head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "vcenter"})
    kinds = {
        date: book.add_format({"num_format": "yyyy-mm-dd"}),
        datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        Decimal: book.add_format({"num_format": "#,##0.00"}),
    }
    sheet.freeze_panes(1, 1)
    for i, title in enumerate(columns):
        sheet.set_column(i, i, min(WIDEST, max(12, 2 * len(title) + 4)))
    sheet.write_row(0, 0, columns, head)
    number = 0
    for number, row in enumerate(rows, start=1):
        for i, value in enumerate(row):
            _write(sheet, number, i, value, kinds)
    if columns:
        sheet.autofilter(0, 0, max(number, 1), len(columns) - 1)
    if note:
        sheet.write_string(number + 2, 0, note)
    book.close()
    file.seek(0)
    response = FileResponse(file, content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}.xlsx"
    return response


def _write(sheet: Any, row: int, column: int, value: Any, kinds: dict[type, Any]) -> None:
    """A cell: text is always text, so that a name that begins with = stays a name."""
    if value is None or value == "":
        return
    if isinstance(value, datetime):
        local = value.astimezone(LEGAL_ZONE) if value.tzinfo else value
        sheet.write_datetime(row, column, local.replace(tzinfo=None), kinds[datetime])
    elif isinstance(value, date):
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), kinds[date])  # noqa: DTZ001 - a legal date
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, Decimal):
        sheet.write_number(row, column, float(value), kinds[Decimal])
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, str(value))
