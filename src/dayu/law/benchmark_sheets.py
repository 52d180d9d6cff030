"""Benchmarks as bureaus hold them: four sheets of plain texts, and back to tables of the rulebook without loss.

Pure: rows in and rows out; the file format lives with the doors. A row that cannot be read is named with its sheet,
number, column and reason, and the others go on; a benchmark that lost a row is told as incomplete.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from dayu.law.benchmark_cells import (
    JOIN,
    Unreadable,
    condition_of,
    day,
    ends_of,
    fact_named,
    facts_by_label,
    figure,
    flag,
    label_of,
    listed,
    one_of,
    shown_answer,
    shown_condition,
    shown_ends,
    shown_flag,
    text_of,
    value_of,
)
from dayu.law.benchmarks import benchmark_from
from dayu.law.citations import laws
from dayu.law.fact_conditions import condition_from, fact_kinds
from dayu.law.party_kinds import party_kinds
from dayu.law.rulebook import RulebookError

HEAD, TIERS, EXAMPLES, EXEMPTED = "裁量基准", "裁量阶次", "示例", "原文的问题"

Row = Mapping[str, str]
Sheets = Mapping[str, Sequence[tuple[int, Row]]]  # sheet -> (row number, column -> text)


@dataclass(frozen=True, slots=True)
class RowFault:
    """A row that could not be read."""

    sheet: str
    row: int
    column: str
    reason: str

    def text(self) -> str:
        """裁量阶次 第3行 “适用情形”：…"""
        column = f"“{self.column}”" if self.column else ""
        return f"{self.sheet} 第{self.row}行{column}：{self.reason}"


@dataclass(frozen=True, slots=True)
class Imported:
    """What was read: tables of benchmarks by id, the rows that were not, and the ids that lost a row."""

    tables: Mapping[str, Mapping[str, Any]]
    faults: tuple[RowFault, ...] = ()
    incomplete: frozenset[str] = field(default_factory=frozenset)


# --- columns: label -> (field, read, show) ---------------------------------------------------------------------------

_Column = tuple[str, Callable[[str], Any], Callable[[Any], str]]


def _joined(values: Iterable[Any]) -> str:
    return JOIN.join(str(v) for v in values)


_HEAD: Mapping[str, _Column] = {
    "名称": ("name", text_of, text_of),
    "文件": ("document", text_of, text_of),
    "种类": ("kind", one_of(lambda: ("benchmark", "local-regulation", "relief-list")), text_of),
    "地区": ("territory", text_of, text_of),
    "制定机关": ("issuer", text_of, text_of),
    "印发日期": ("issued_on", day, text_of),
    "施行日期": ("in_force_from", day, text_of),
    "最后一日": ("in_force_until", day, text_of),
    "核实": ("confirmation", one_of(lambda: ("V", "S", "U")), text_of),
    "效力": ("status", one_of(lambda: ("in-force", "superseded", "unknown")), text_of),
    "示例": ("demonstration", flag, shown_flag),
    "违法行为": ("violations", listed, _joined),
    "前提": ("gate", fact_named, label_of),
    "择一因素": (
        "alternative_facts",
        lambda text: [fact_named(t) for t in listed(text)],
        lambda names: _joined(label_of(n) for n in names),
    ),
    "计算基数": ("rate_fact", fact_named, label_of),
    "细化的上级基准": ("refines", text_of, text_of),
    "代替": ("replaces", text_of, text_of),
    "说明": ("notes", text_of, text_of),
}
_CITATION = ("依据", "版本", "条", "款", "项", "原文")
_CITATION_FIELDS = ("law", "edition", "article", "paragraph", "item", "anchor")
_RANGE = ("法定幅度", "可以不罚")
_TIER: Mapping[str, _Column] = {
    "不罚款": ("no_fine", flag, shown_flag),
    "原文不全": ("unverified", flag, shown_flag),
    "其他处罚和措施": ("plus", text_of, text_of),
    "方式": ("manner", text_of, text_of),
    "时限": ("time_limit", text_of, text_of),
}
_EXAMPLE: Mapping[str, _Column] = {
    "日期": ("on", day, text_of),
    "当事人": ("party", one_of(lambda: party_kinds()), text_of),
    "结果": ("why", text_of, text_of),
    "阶次": ("tier", text_of, text_of),
    "下限": ("min_yuan", figure, text_of),
    "上限": ("max_yuan", figure, text_of),
    "下限（上限不明）": ("at_least_yuan", figure, text_of),
    "法定幅度下限": ("range_min_yuan", figure, text_of),
    "法定幅度上限": ("range_max_yuan", figure, text_of),
    "不罚款": ("no_fine", flag, shown_flag),
    "原文不全": ("unverified", flag, shown_flag),
    "缺少的因素": (
        "missing",
        lambda text: [_name(t) for t in listed(text)],
        lambda names: _joined(map(_labelled, names)),
    ),
}
_EXEMPT = {"问题": "rule", "位置": "at", "理由": "why"}

COLUMNS: Mapping[str, tuple[str, ...]] = {
    HEAD: ("代号", *_HEAD, *_CITATION, "依据核实", *_RANGE, "因素权重"),
    TIERS: ("代号", "阶次", "适用情形", "幅度", "公民幅度", "单位幅度", *_TIER),
    EXAMPLES: ("代号", "事实", *_EXAMPLE),
    EXEMPTED: ("代号", *_EXEMPT),
}


def _labelled(name: str) -> str:
    return label_of(name) if name in fact_kinds() else name


def _name(text: str) -> str:
    return facts_by_label().get(text, text)


# --- tables to sheets ------------------------------------------------------------------------------------------------


def sheets_of(tables: Mapping[str, Mapping[str, Any]]) -> dict[str, list[tuple[str, ...]]]:
    """The four sheets of some benchmarks, each with its head, every cell a text."""
    found: dict[str, list[tuple[str, ...]]] = {sheet: [columns] for sheet, columns in COLUMNS.items()}
    for key, table in tables.items():
        for sheet, cells in _lines(key, table):
            found[sheet].append(tuple(cells.get(column, "") for column in COLUMNS[sheet]))
    return found


def _lines(key: str, table: Mapping[str, Any]) -> Iterator[tuple[str, dict[str, str]]]:
    yield HEAD, {"代号": key} | _head_cells(table)
    unit = "rate" if table.get("rate_fact") else "yuan"
    for tier in table["tiers"]:
        yield from ((TIERS, {"代号": key, "阶次": tier["tier"]} | cells) for cells in _tier_cells(tier, unit))
    for example in table.get("examples", ()):
        facts = JOIN.join(f"{label_of(n)}：{shown_answer(n, v)}" for n, v in example["facts"].items())
        yield EXAMPLES, {"代号": key, "事实": facts} | _cells(_EXAMPLE, example)
    for one in table.get("exempted", ()):
        yield EXEMPTED, {"代号": key} | {label: one[name] for label, name in _EXEMPT.items()}


def _head_cells(table: Mapping[str, Any]) -> dict[str, str]:
    cells = _cells(_HEAD, table)
    citation = table.get("citation", {})
    cells |= {c: str(citation[f]) for c, f in zip(_CITATION, _CITATION_FIELDS, strict=True) if f in citation}
    if "confirmation" in citation:
        cells["依据核实"] = citation["confirmation"]
    if "range" in table:
        unit = "rate" if table.get("rate_fact") else "yuan"
        cells |= {"法定幅度": shown_ends(table["range"], unit), "可以不罚": shown_flag(table["range"]["optional"])}
    if "weights" in table:
        cells["因素权重"] = JOIN.join(f"{label_of(name)}：{weight}" for name, weight in table["weights"].items())
    return cells


def _tier_cells(tier: Mapping[str, Any], unit: str) -> Iterator[dict[str, str]]:
    """One line for each way into the tier; what holds for all of them stands in the first."""
    first = _cells(_TIER, tier)
    if "by_party" in tier:
        for label, side in (("公民幅度", "citizen"), ("单位幅度", "organisation")):
            given = tier["by_party"][side]
            first[label] = f"{given[0]}–{given[1]}" if isinstance(given, list) else shown_ends(given, unit)
    else:
        first["幅度"] = shown_ends(tier, unit)
    for number, row in enumerate(tier["rows"]):
        yield (first if number == 0 else {}) | {"适用情形": JOIN.join(map(shown_condition, row)) or "任何情形"}


def _cells(columns: Mapping[str, _Column], table: Mapping[str, Any]) -> dict[str, str]:
    return {label: show(table[name]) for label, (name, _, show) in columns.items() if name in table}


# --- sheets to tables ------------------------------------------------------------------------------------------------


def tables_of(sheets: Sheets) -> Imported:
    """The tables of some sheets, and the rows that were left out."""
    return _Reader(sheets).read()


class _Reader:
    def __init__(self, sheets: Sheets) -> None:
        self.sheets = sheets
        self.faults: list[RowFault] = []
        self.tables: dict[str, dict[str, Any]] = {}
        self.incomplete: set[str] = set()

    def read(self) -> Imported:
        for sheet, take in (
            (HEAD, self._head),
            (TIERS, self._tier),
            (EXAMPLES, self._example),
            (EXEMPTED, self._exempted),
        ):
            for number, row in self.sheets.get(sheet, ()):
                self._row(sheet, number, {k: v for k, v in row.items() if v}, take)
        self._check()
        return Imported(self.tables, tuple(self.faults), frozenset(self.incomplete & self.tables.keys()))

    def _row(self, sheet: str, number: int, row: Row, take: Callable[[str, Row, list[str]], None]) -> None:
        """One row; a fault names the column that was being read."""
        column: list[str] = ["代号"]
        key = row.get("代号", "")
        try:
            if not key:
                raise Unreadable("没有填写")
            if sheet != HEAD and key not in self.tables:
                raise Unreadable(f"“{sheet}”之前的“{HEAD}”中没有读入“{key}”")
            take(key, row, column)
        except Unreadable as error:
            self.faults.append(RowFault(sheet, number, column[-1], str(error)))
            self.incomplete.add(key)

    def _head(self, key: str, row: Row, column: list[str]) -> None:
        if key in self.tables:
            raise Unreadable(f"“{key}”出现第二次")
        table: dict[str, Any] = _read(_HEAD, row, column)
        for label in ("名称", "文件", "种类", "地区"):
            if label not in row:
                column.append(label)
                raise Unreadable("没有填写")
        table.setdefault("violations", [])
        citation = _citation(row, column)
        table |= {"citation": citation} if citation else {}
        if "法定幅度" in row:
            unit = "rate" if "rate_fact" in table else "yuan"
            column.append("法定幅度")
            ends = ends_of(row["法定幅度"], unit)
            if set(ends) != {f"min_{unit}", f"max_{unit}"}:
                raise Unreadable("写明上下限，如 10000–100000")
            column.append("可以不罚")
            table["range"] = ends | {"optional": flag(row.get("可以不罚", ""))}
        if "因素权重" in row:
            column.append("因素权重")
            pairs = [part.partition("：") for part in listed(row["因素权重"])]
            table["weights"] = {fact_named(name): weight for name, _, weight in pairs}
        self.tables[key] = table | {"tiers": []}

    def _tier(self, key: str, row: Row, column: list[str]) -> None:
        column.append("阶次")
        if "阶次" not in row:
            raise Unreadable("没有填写")
        column.append("适用情形")
        if "适用情形" not in row:
            raise Unreadable("没有填写")
        ways = [] if row["适用情形"] == "任何情形" else [condition_of(c) for c in listed(row["适用情形"])]
        for cell in ways:
            try:
                condition_from(cell)
            except RulebookError as error:
                raise Unreadable(str(error)) from None
        tiers = self.tables[key]["tiers"]
        if tiers and tiers[-1]["tier"] == row["阶次"] and not set(row) - {"代号", "阶次", "适用情形"}:
            tiers[-1]["rows"].append(ways)
            return
        unit = "rate" if "rate_fact" in self.tables[key] else "yuan"
        tiers.append({"tier": row["阶次"]} | _read(_TIER, row, column) | _amounts(row, unit, column) | {"rows": [ways]})

    def _example(self, key: str, row: Row, column: list[str]) -> None:
        column.append("事实")
        pairs = [part.partition("：") for part in listed(row.get("事实", ""))]
        facts = {fact_named(name): value_of(fact_named(name), value.strip()) for name, _, value in pairs}
        self.tables[key].setdefault("examples", []).append(_read(_EXAMPLE, row, column) | {"facts": facts})

    def _exempted(self, key: str, row: Row, column: list[str]) -> None:
        for label in _EXEMPT:
            column.append(label)
            if label not in row:
                raise Unreadable("没有填写")
        self.tables[key].setdefault("exempted", []).append({name: row[label] for label, name in _EXEMPT.items()})

    def _check(self) -> None:
        """What only the whole can tell: a benchmark that contradicts itself is left out, and named."""
        numbers = {row.get("代号", ""): number for number, row in self.sheets.get(HEAD, ())}
        for key in list(self.tables):
            try:
                benchmark_from(key, self.tables[key])
            except RulebookError as error:
                self.faults.append(RowFault(HEAD, numbers[key], "代号", str(error)))
                del self.tables[key]


def _read(columns: Mapping[str, _Column], row: Row, column: list[str]) -> dict[str, Any]:
    found = {}
    for label, (name, read, _) in columns.items():
        if label in row:
            column.append(label)
            found[name] = read(row[label])
    return found


def _citation(row: Row, column: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for label, name in zip(_CITATION, _CITATION_FIELDS, strict=True):
        if label not in row:
            continue
        column.append(label)
        if name in ("article", "paragraph", "item"):
            if not row[label].isdecimal():
                raise Unreadable(f"“{row[label]}”不是条、款、项的序号")
            found[name] = int(row[label])
        else:
            found[name] = row[label]
    if not found:
        return found
    if "依据核实" in row:
        found["confirmation"] = row["依据核实"]
    column.append("依据")
    if found.get("law") not in laws():
        raise Unreadable(f"规则库没有法律“{found.get('law', '')}”")
    return found


def _amounts(row: Row, unit: str, column: list[str]) -> dict[str, Any]:
    if "公民幅度" not in row and "单位幅度" not in row:
        column.append("幅度")
        return dict(ends_of(row["幅度"], unit)) if "幅度" in row else {}
    sides: dict[str, Any] = {}
    for label, side in (("公民幅度", "citizen"), ("单位幅度", "organisation")):
        column.append(label)
        if label not in row:
            raise Unreadable("公民和单位的幅度都要填写")
        ends = ends_of(row[label], unit)
        whole = set(ends) == {f"min_{unit}", f"max_{unit}"}
        sides[side] = list(ends.values()) if whole else ends
    return {"by_party": sides}
