"""Excel into a list: the rows of a sheet under the columns that a domain knows, each with its row number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

HEAD_WITHIN = 10  # the head of the table stands within the first rows; a title may stand above it
MOST_BLANK = 50  # so many empty rows in a row end the table


class SheetError(ValueError):
    """The file is no table that can be read. The message says why, in Chinese."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: its number in the sheet, and its texts by the domain's keys."""

    number: int
    values: Mapping[str, str]


def read_sheet(file: IO[bytes], columns: Mapping[str, str], *, required: Sequence[str] = ()) -> list[SheetRow]:
    """The rows of the first sheet. `columns` is label -> key; unknown columns are left out, missing required ones refused."""
    try:
        book = load_workbook(file, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise SheetError("不是 Excel 文件（.xlsx），或文件已损坏") from error
    try:
        return _rows(book.worksheets[0].iter_rows(values_only=True), columns, required)
    finally:
        book.close()


def _rows(lines: Any, columns: Mapping[str, str], required: Sequence[str]) -> list[SheetRow]:
    places: dict[int, str] = {}
    found: list[SheetRow] = []
    blank = 0
    for number, line in enumerate(lines, start=1):
        if not places:
            places = _head(line, columns)
            missing = [label for label in required if places and columns[label] not in places.values()]
            if missing:
                raise SheetError(f"缺少列：{'、'.join(missing)}")
            if not places and number >= HEAD_WITHIN:
                break
            continue
        values = {key: _text(line[i]) if i < len(line) else "" for i, key in places.items()}
        if any(values.values()):
            found.append(SheetRow(number, values))
            blank = 0
        elif (blank := blank + 1) > MOST_BLANK:
            break
    if not places:
        raise SheetError(f"没有找到表头，应含列：{'、'.join(required or columns)}")
    return found


def _head(line: Sequence[Any], columns: Mapping[str, str]) -> dict[int, str]:
    """The places of known columns; a line with fewer than two of them is no head."""
    places = {i: columns[label] for i, cell in enumerate(line) if (label := _text(cell).rstrip("*＊")) in columns}
    return places if len(places) >= min(2, len(columns)) else {}


def _text(cell: Any) -> str:
    """A cell as a person reads it: days in ISO form, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if (cell.hour, cell.minute) == (0, 0) else cell.strftime("%Y-%m-%d %H:%M")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
