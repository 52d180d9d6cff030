"""An Excel sheet that says on every page who took it."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import xlsxwriter


def marked_sheet(name: str, columns: Sequence[str], rows: Sequence[Sequence[Any]], *, mark: str) -> bytes:
    """The mark stands above the table, and in the head and foot of each printed page."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True})
    sheet = book.add_worksheet(name[:31])
    bold, red = book.add_format({"bold": True, "bottom": 1}), book.add_format({"font_color": "#b3261e"})
    quoted = mark.replace("&", "&&")
    sheet.set_header(f"&C{quoted}"[:250])
    sheet.set_footer(f"&C{quoted}"[:250])
    sheet.repeat_rows(0, 1)
    sheet.write_string(0, 0, mark, red)
    sheet.write_row(1, 0, columns, bold)
    sheet.freeze_panes(2, 0)
    for i, title in enumerate(columns):
        sheet.set_column(i, i, max(12, 2 * len(title) + 6))
    for number, row in enumerate(rows, start=2):
        for i, value in enumerate(row):
            if value not in (None, ""):
                sheet.write_string(number, i, str(value))
    book.close()
    return buffer.getvalue()
