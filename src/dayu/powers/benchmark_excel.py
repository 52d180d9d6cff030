"""Benchmarks as an Excel file, out and in. What the cells mean is `dayu.law.benchmark_sheets`; here are only files.

Needs no settings and no database, so that the command line reads the same files as the application.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from typing import IO, Any
from zipfile import BadZipFile

import xlsxwriter
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from dayu.law.benchmark_sheets import COLUMNS, HEAD, Imported, tables_of
from dayu.law.benchmark_sheets import sheets_of as text_sheets

MOST_BLANK = 50  # so many empty rows in a row end a sheet
MOST_ROWS = 20_000
WIDE = {"名称", "文件", "适用情形", "说明", "违法行为", "理由", "事实", "位置"}


class NotAWorkbook(ValueError):
    """The file is no Excel file with the sheet of benchmarks. The message says why, in Chinese."""


def written(tables: Mapping[str, Mapping[str, Any]]) -> bytes:
    """An Excel file of some benchmarks."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True})
    bold = book.add_format({"bold": True, "bg_color": "#E8EEF4", "text_wrap": True, "valign": "top"})
    wrapped = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    for name, lines in text_sheets(tables).items():
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 1)
        for place, column in enumerate(COLUMNS[name]):
            sheet.set_column(place, place, 44 if column in WIDE else 16, wrapped)
        for number, line in enumerate(lines):
            for place, cell in enumerate(line):
                sheet.write_string(number, place, cell, wrapped if number else bold)
    book.close()
    return buffer.getvalue()


def read(file: IO[bytes]) -> Imported:
    """The benchmarks of an Excel file, and the rows that could not be read; raises NotAWorkbook."""
    try:
        book = load_workbook(file, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise NotAWorkbook("不是 Excel 文件（.xlsx），或文件已损坏") from error
    try:
        if HEAD not in book.sheetnames:
            raise NotAWorkbook(f"没有名为“{HEAD}”的工作表")
        return tables_of({name: _rows(book[name]) for name in COLUMNS if name in book.sheetnames})
    finally:
        book.close()


def _rows(sheet: Any) -> list[tuple[int, dict[str, str]]]:
    found: list[tuple[int, dict[str, str]]] = []
    head: list[str] = []
    blank = 0
    for number, line in enumerate(sheet.iter_rows(values_only=True), start=1):
        texts = [_text(cell) for cell in line]
        if not head:
            head = texts if "代号" in texts else head
            continue
        if any(texts):
            found.append((number, {column: text for column, text in zip(head, texts, strict=False) if column}))
            blank = 0
        elif (blank := blank + 1) > MOST_BLANK:
            break
        if len(found) > MOST_ROWS:
            raise NotAWorkbook(f"“{sheet.title}”超过 {MOST_ROWS} 行")
    if not head:
        raise NotAWorkbook(f"“{sheet.title}”没有表头（应含“代号”）")
    return found


def _text(cell: Any) -> str:
    """A cell as a person reads it: days in ISO form, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
