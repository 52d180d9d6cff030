"""Excel out: what stands on the page stands in the sheet, and nothing runs as a formula."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal

import openpyxl

from dayu.core.clock import LEGAL_ZONE
from dayu.core.ui.excel import sheet_response


def test_a_sheet_keeps_dates_amounts_and_text() -> None:
    rows = [["泽水罚〔2026〕9号", date(2026, 11, 9), Decimal("12000.50"), datetime(2026, 11, 9, 17, 20, tzinfo=LEGAL_ZONE)],
            ["=1+1", None, 3, ""]]  # fmt: skip
    response = sheet_response("案件台账", ["文号", "日期", "罚款", "时间"], iter(rows), note="数据截至 2026-11-20")
    assert "UTF-8''%E6%A1%88" in response["Content-Disposition"]
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert [c.value for c in sheet[1]] == ["文号", "日期", "罚款", "时间"]
    assert [c.value if not isinstance(c.value, datetime) else c.value.isoformat() for c in sheet[2]] == [
        "泽水罚〔2026〕9号",
        "2026-11-09T00:00:00",
        12000.5,
        "2026-11-09T17:20:00",
    ]
    assert sheet["A3"].value == "=1+1" and sheet["A3"].data_type == "s"
    assert sheet["A5"].value == "数据截至 2026-11-20"
