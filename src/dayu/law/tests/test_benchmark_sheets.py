"""Benchmarks in Excel: out and in without loss, failing rows named and the others taken."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dayu.law.benchmark_cells import Unreadable, condition_of, ends_of
from dayu.law.benchmark_sheets import COLUMNS, EXAMPLES, HEAD, TIERS, sheets_of, tables_of
from dayu.law.benchmarks import benchmark_from, benchmark_table, benchmarks
from dayu.law.fact_conditions import fact_kinds
from dayu.powers.benchmark_excel import NotAWorkbook, read, written

ALL = {key: benchmark_table(key) for key in benchmarks()}


def test_every_shipped_benchmark_survives_excel_without_loss() -> None:
    found = read(BytesIO(written(ALL)))
    assert found.faults == () and found.incomplete == frozenset()
    assert dict(found.tables) == ALL
    assert [benchmark_from(k, t).digest for k, t in found.tables.items()] == [b.digest for b in benchmarks().values()]


def edited(change: Any, tables: Mapping[str, Any] = ALL) -> BytesIO:
    """The file after somebody worked on it in Excel."""
    book = openpyxl.load_workbook(BytesIO(written(tables)))
    change(book)
    out = BytesIO()
    book.save(out)
    return BytesIO(out.getvalue())


def cell(book: Any, sheet: str, key: str, column: str, nth: int = 0) -> Any:
    rows = [row for row in book[sheet].iter_rows(min_row=2) if row[0].value == key]
    return rows[nth][COLUMNS[sheet].index(column)]


def test_a_row_that_cannot_be_read_is_named_and_the_others_go_on() -> None:
    def spoil(book: Any) -> None:
        cell(book, TIERS, "xinyang-sand-32", "适用情形", 1).value = "重量（吨）多于100"
        cell(book, HEAD, "qingdao-sand-35", "施行日期").value = "去年"
        cell(book, TIERS, "henan-soil-46", "公民幅度", 2).value = "五千–一万"

    found = read(edited(spoil))
    texts = [f.text() for f in found.faults]
    assert any(t.startswith("裁量基准 第") and "“施行日期”：“去年”不是日期" in t for t in texts)
    assert any("裁量阶次" in t and "“适用情形”：“重量（吨）多于100”不是条件" in t for t in texts)
    assert any("“公民幅度”：“五千”不是数" in t for t in texts)
    assert "qingdao-sand-35" not in found.tables
    assert len(found.tables["xinyang-sand-32"]["tiers"]) == 1
    assert found.incomplete == {"xinyang-sand-32", "henan-soil-46"}
    untouched = ALL.keys() - found.incomplete - {"qingdao-sand-35"}
    assert {k: found.tables[k] for k in untouched} == {k: ALL[k] for k in untouched}


def test_rows_of_a_benchmark_that_was_not_read_say_so_and_a_second_head_is_refused() -> None:
    def spoil(book: Any) -> None:
        cell(book, HEAD, "qingdao-sand-35", "名称").value = None
        cell(book, HEAD, "xinyang-sand-32", "代号").value = "henan-soil-46"

    found = read(edited(spoil))
    assert {"henan-soil-46", "xinyang-sand-32", "qingdao-sand-35"} & found.tables.keys() == {"henan-soil-46"}
    reasons = [f.reason for f in found.faults]
    assert "没有填写" in reasons and "“henan-soil-46”出现第二次" in reasons
    assert any("没有读入“qingdao-sand-35”" in r for r in reasons)


def test_a_benchmark_that_contradicts_itself_is_left_out_and_named() -> None:
    def spoil(book: Any) -> None:
        cell(book, TIERS, "xinyang-sand-32", "幅度").value = "100000–50000"

    found = read(edited(spoil))
    assert "xinyang-sand-32" not in found.tables
    assert [(f.sheet, "from 100000 to 50000" in f.reason) for f in found.faults] == [(HEAD, True)]


def test_figures_and_days_that_excel_stores_as_such_are_read() -> None:
    from datetime import datetime

    def type_in(book: Any) -> None:
        cell(book, HEAD, "xinyang-sand-32", "施行日期").value = datetime(2021, 5, 1)  # noqa: DTZ001
        cell(book, EXAMPLES, "xinyang-sand-32", "下限").value = 50000.0

    found = read(edited(type_in))
    assert found.faults == ()
    assert found.tables["xinyang-sand-32"]["in_force_from"].isoformat() == "2021-05-01"
    assert found.tables["xinyang-sand-32"]["examples"][0]["min_yuan"] == "50000"


def test_what_is_no_file_of_benchmarks_is_refused() -> None:
    with pytest.raises(NotAWorkbook, match="不是 Excel"):
        read(BytesIO(b"not a workbook"))
    book = openpyxl.Workbook()
    out = BytesIO()
    book.save(out)
    with pytest.raises(NotAWorkbook, match="裁量基准"):
        read(BytesIO(out.getvalue()))

    def behead(book: Any) -> None:
        book[TIERS].delete_rows(1)

    with pytest.raises(NotAWorkbook, match="表头"):
        read(edited(behead))


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("20≤方量（立方米）＜50", {"fact": "volume_m3", "from": "20", "below": "50"}),
        ("20 <= 方量（立方米） <= 50", {"fact": "volume_m3", "from": "20", "to": "50"}),
        ("方量（立方米）≥20", {"fact": "volume_m3", "from": "20"}),
        ("方量（立方米）>20", {"fact": "volume_m3", "above": "20"}),
        ("20＜volume_m3", {"fact": "volume_m3", "above": "20"}),
        ("初次违法：是", {"fact": "first_offence", "is": True}),
        ("取水水源: 地下水", {"fact": "water_source", "is": "groundwater"}),
    ],
)
def test_conditions_are_read_as_people_write_them(text: str, condition: dict[str, Any]) -> None:
    assert condition_of(text) == condition


@pytest.mark.parametrize(
    "text", ["", "方量", "颜色：红", "初次违法：也许", "1≤2≤3≤4", "5≥方量（立方米）", "方量（立方米）≥-1"]
)
def test_what_is_no_condition_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        condition_of(text)


def test_amounts_state_their_ends_or_leave_them_to_the_law() -> None:
    assert ends_of("20,000–30,000", "yuan") == {"min_yuan": "20000", "max_yuan": "30000"}
    assert ends_of("20000-", "yuan") == {"min_yuan": "20000"}
    assert ends_of("50000", "yuan") == {"min_yuan": "50000", "max_yuan": "50000"}
    assert ends_of("（20000, 30000]", "yuan") == {"above_yuan": "20000", "to_yuan": "30000"}
    assert ends_of("[1, 3)", "rate") == {"from_rate": "1", "below_rate": "3"}


NUMBERS = [n for n, k in fact_kinds().items() if k.kind == "number"]
FIGURES = st.decimals(0, 10**7, places=2, allow_nan=False).map(str) | st.integers(0, 10**6).map(str)
WORDS = st.text("轻重缓急，、。（）ABC123 ", min_size=1, max_size=12).map(str.strip).filter(bool)


@st.composite
def cells_of_a_row(draw: st.DrawFn) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for fact in draw(st.lists(st.sampled_from(list(fact_kinds())), unique=True, max_size=3)):
        kind = fact_kinds()[fact]
        if kind.kind == "number":
            low, high = draw(st.sampled_from(["", "from", "above"])), draw(st.sampled_from(["", "to", "below"]))
            bounds = {name: draw(FIGURES) for name in (low, high) if name}
            found.append({"fact": fact, **(bounds or {"from": draw(FIGURES)})})
        else:
            found.append(
                {"fact": fact, "is": draw(st.booleans() if kind.kind == "yes_no" else st.sampled_from(kind.choices))}
            )
    return found


@st.composite
def made_tables(draw: st.DrawFn) -> dict[str, dict[str, Any]]:
    tables = {}
    for number in range(draw(st.integers(1, 3))):
        unit = draw(st.sampled_from(["yuan", "rate"]))
        table: dict[str, Any] = {
            "territory": "990121",
            "name": draw(WORDS),
            "document": draw(WORDS),
            "kind": "benchmark",
            "violations": draw(st.lists(st.sampled_from(["soil-48-hazard-zone", "river-reg-44-4"]), unique=True)),
        }
        if unit == "rate":
            table["rate_fact"] = draw(st.sampled_from(NUMBERS))
        if draw(st.booleans()):
            table["notes"] = draw(WORDS)
        tiers = []
        for name in draw(st.lists(WORDS, min_size=1, max_size=3, unique=True)):
            low, high = sorted(draw(st.tuples(st.integers(0, 9999), st.integers(0, 9999))))
            names = draw(
                st.sampled_from(
                    [("min", "max"), ("from", "to"), ("above", "to"), ("from", "below"), ("above", "below")]
                )
            )
            ends = {f"{names[0]}_{unit}": str(low), f"{names[1]}_{unit}": str(high)}
            pair = [str(low), str(high)] if names[0] == "min" else ends
            shape = draw(st.sampled_from(["plain", "split", "no_fine", "cut"]))
            body = {"plain": ends, "split": {"by_party": {"citizen": pair, "organisation": pair}},
                    "no_fine": {"no_fine": True}, "cut": {"unverified": True, f"min_{unit}": str(low)}}[shape]  # fmt: skip
            rows = draw(st.lists(cells_of_a_row(), min_size=1, max_size=3))
            tiers.append({"tier": name, "rows": rows} | body | ({"plus": draw(WORDS)} if draw(st.booleans()) else {}))
        tables[f"made-{number}"] = table | {"tiers": tiers}
    return tables


@settings(max_examples=120, deadline=None)
@given(made_tables())
def test_any_benchmark_survives_its_sheets(tables: dict[str, dict[str, Any]]) -> None:
    sheets = {
        name: [(n, dict(zip(lines[0], line, strict=True))) for n, line in enumerate(lines[1:], start=2)]
        for name, lines in sheets_of(tables).items()
    }
    found = tables_of(sheets)
    assert found.faults == ()
    assert dict(found.tables) == tables
