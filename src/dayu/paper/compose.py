"""From a definition and field values to the blocks of a document, which PDF and DOCX are both made of.

Placeholders: `{party_name}`, `{fine_yuan:capitals}`. A part in square brackets is left out when a placeholder in it is
empty: `[，电话{party_phone}]`. An empty field elsewhere stays as a blank to be filled by hand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dayu.paper import chinese
from dayu.paper.definitions import Definition, DefinitionError, Field, Version, condition_from, filled

Run = dict[str, Any]  # {"t": text, "f": field path or absent, "e": True where the field is empty}
Block = dict[str, Any]

_PLACEHOLDER = re.compile(r"\{([a-z0-9_]+)(?::([a-z]+))?\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
FORMATS = frozenset({"", "capitals", "both", "figures", "lines"})


@dataclass(frozen=True, slots=True)
class Letterhead:
    """In whose name: the organ's full name, and how the head is made (`red`, `plain`, or `preprinted` with offsets)."""

    organ: str
    style: str = "red"
    offset_x_mm: float = 0.0
    offset_y_mm: float = 0.0


@dataclass(frozen=True, slots=True)
class Composed:
    """A document ready to be set: blocks of runs, each run a fixed text or the value of a named field."""

    key: str
    version: str
    family: str
    title: str
    number: str
    letterhead: Letterhead
    blocks: tuple[Block, ...]
    page_signatures: tuple[str, ...]
    document: str = ""
    digest: str = ""
    watermark: str = ""
    mark_prefix: str = ""
    dated: date | None = None

    def runs(self) -> list[Run]:
        """All runs in reading order."""
        found: list[Run] = []
        _collect(list(self.blocks), found)
        return found

    def plain_text(self) -> str:
        """The text without its form, for search and for reading aloud."""
        return "".join(str(run["t"]) for run in self.runs())


def compose(
    definition: Definition,
    version: Version,
    fields: Mapping[str, Any],
    *,
    letterhead: Letterhead,
    number: str = "",
    document: str = "",
    digest: str = "",
    watermark: str = "",
    mark_prefix: str = "",
    dated: date | None = None,
) -> Composed:
    """The document of `definition` in `version` with these values. Unknown fields are an error, missing ones are blanks."""
    if unknown := set(fields) - {f.id for f in version.fields}:
        raise DefinitionError(f"{definition.key} has no fields {sorted(unknown)}")
    maker = _Maker(version, fields)
    blocks = tuple(made for block in version.body for made in maker.block(block))
    return Composed(
        key=definition.key, version=version.id, family=version.family, title=version.heading, number=number,
        letterhead=letterhead, blocks=blocks, page_signatures=version.page_signatures, document=document, digest=digest,
        watermark=watermark, mark_prefix=mark_prefix, dated=dated,
    )


def shown(spec: Field, value: Any, form: str = "") -> str:
    """A value as the document writes it, by the type of its field."""
    if not filled(value):
        return ""
    if form == "capitals":
        return chinese.capitals(value)
    if form == "both":
        return f"人民币{chinese.capitals(value)}（{chinese.figures(value)}元）"
    return str(_BY_TYPE.get(spec.type, _as_text)(value))


def _as_text(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return "；".join(_as_text(v) for v in value)
    if isinstance(value, Mapping):
        return "，".join(_as_text(v) for v in value.values() if filled(v))
    return str(value).strip()


def _as_choice(value: Any) -> str:
    return "、".join(str(v) for v in value) if isinstance(value, (list, tuple)) else str(value)


def _as_yes_or_no(value: Any) -> str:
    return "是" if value is True or str(value) in {"是", "true", "True"} else "否"


_BY_TYPE: dict[str, Any] = {
    "date": chinese.day, "datetime": chinese.moment, "money_yuan": chinese.figures, "bool": _as_yes_or_no,
    "enum": _as_choice,
}


class _Maker:
    """Turns the blocks of one version into blocks of runs."""

    def __init__(self, version: Version, fields: Mapping[str, Any]) -> None:
        self.version = version
        self.specs = {f.id: f for f in version.fields}
        self.fields = fields

    def block(self, block: Mapping[str, Any]) -> list[Block]:
        if (when := condition_from(block.get("when"))) and not when.holds(self.fields):
            return []
        if (unless := condition_from(block.get("unless"))) and unless.holds(self.fields):
            return []
        kind = next(k for k in block if k in _MAKERS)
        made: list[Block] = _MAKERS[kind](self, block)
        return made

    def paragraph(self, block: Mapping[str, Any]) -> list[Block]:
        kind = next(k for k in ("p", "to", "center", "note", "heading") if k in block)
        made: list[Block] = []
        for line in str(block[kind]).strip("\n").split("\n"):
            for runs in filter(None, _split_lines(self.runs(line))):
                made.append({"k": kind, "runs": runs, "level": block.get("level", 1)})
        return made

    def rows(self, block: Mapping[str, Any]) -> list[Block]:
        rows = [[{"label": "{" not in cell, "runs": self.runs(cell), "span": span}
                 for cell, span in zip(row, _spans(len(row)), strict=True)] for row in block["rows"]]
        return [{"k": "rows", "rows": rows, "tall": block.get("tall", 0)}]

    def table(self, block: Mapping[str, Any]) -> list[Block]:
        spec = self.specs[block["table"]]
        widths = block.get("widths") or [1] * len(spec.columns)
        rows = [[_run(_as_text(row.get(key, "")), f"{spec.id}.{i}.{key}") for key, _ in spec.columns]
                for i, row in enumerate(self.fields.get(spec.id) or [])]
        blanks = max(0, int(block.get("least", 1)) - len(rows))
        rows += [[_run("", f"{spec.id}.{len(rows) + n}.{key}") for key, _ in spec.columns] for n in range(blanks)]
        return [{"k": "table", "head": [label for _, label in spec.columns], "widths": widths,
                 "rows": [[[cell] for cell in row] for row in rows], "numbered": block.get("numbered", True)}]

    def each(self, block: Mapping[str, Any]) -> list[Block]:
        spec = self.specs[block["each"]]
        items = self.fields.get(spec.id) or []
        items = items if isinstance(items, (list, tuple)) else [items]
        pattern = block.get("pattern", "{n}.{item}")
        made: list[Block] = []
        for i, item in enumerate(items):
            before, _, after = pattern.replace("{n}", str(i + 1)).partition("{item}")
            runs = [_run(before), _run(_as_text(item), f"{spec.id}.{i}"), _run(after)]
            made.append({"k": "p", "runs": [r for r in runs if r["t"] or "f" in r], "level": 1})
        return made

    def questions(self, block: Mapping[str, Any]) -> list[Block]:
        spec = self.specs[block["qa"]]
        made: list[Block] = []
        for i, item in enumerate(self.fields.get(spec.id) or []):
            for key, word in (("q", "问："), ("a", "答：")):
                made.append({"k": "p", "runs": [_run(word), _run(_as_text(item.get(key, "")), f"{spec.id}.{i}.{key}")],
                             "level": 1})
        return made

    def opinion(self, block: Mapping[str, Any]) -> list[Block]:
        return [{"k": "opinion", "label": block["label"], "runs": self.runs(block["opinion"]),
                 "signed": [{"label": s, "runs": []} for s in block.get("signed", ["签名"])]}]

    def sign(self, block: Mapping[str, Any]) -> list[Block]:
        return [{"k": "sign", "items": [{"label": label, "runs": []} for label in block["sign"]]}]

    def seal(self, block: Mapping[str, Any]) -> list[Block]:
        organ, on = block["seal"]
        return [{"k": "seal", "organ": self.runs(organ), "date": self.runs(on)}]

    def bare(self, block: Mapping[str, Any]) -> list[Block]:
        return [{"k": next(k for k in ("space", "blank", "break") if k in block)}]

    def runs(self, text: str) -> list[Run]:
        """The runs of a text with placeholders; optional parts with an empty placeholder fall away."""
        kept = _OPTIONAL.sub(lambda m: m.group(1) if self._all_filled(m.group(1)) else "", text)
        found: list[Run] = []
        end = 0
        for match in _PLACEHOLDER.finditer(kept):
            if match.start() > end:
                found.append(_run(kept[end:match.start()]))
            found.append(self._value(match.group(1), match.group(2) or ""))
            end = match.end()
        if end < len(kept):
            found.append(_run(kept[end:]))
        return found

    def _all_filled(self, part: str) -> bool:
        return all(filled(self.fields.get(name)) for name, _ in _PLACEHOLDER.findall(part))

    def _value(self, name: str, form: str) -> Run:
        if name not in self.specs or form not in FORMATS:
            raise DefinitionError(f"placeholder {{{name}:{form}}} names no field or no format")
        run = _run(shown(self.specs[name], self.fields.get(name), form), name)
        return run | ({"form": form} if form else {})


_MAKERS: dict[str, Any] = {
    "p": _Maker.paragraph, "to": _Maker.paragraph, "heading": _Maker.paragraph, "center": _Maker.paragraph,
    "note": _Maker.paragraph, "rows": _Maker.rows, "table": _Maker.table, "each": _Maker.each, "qa": _Maker.questions,
    "opinion": _Maker.opinion, "sign": _Maker.sign, "seal": _Maker.seal, "space": _Maker.bare, "blank": _Maker.bare,
    "break": _Maker.bare,
}


def placeholders(version: Version) -> set[str]:
    """The fields that the body of a version prints, so that a test can name those it forgets."""
    found: set[str] = set()
    for block in version.body:
        found |= {name for name, _ in _PLACEHOLDER.findall(str(block))}
        found |= {str(block[kind]) for kind in ("table", "each", "qa") if kind in block}
    return found


def _run(text: str, field_id: str = "") -> Run:
    run: Run = {"t": text}
    if field_id:
        run["f"] = field_id
        if not text:
            run["e"] = True
    return run


def _spans(cells: int) -> list[int]:
    """How many of twelve columns each cell takes: labels narrow, values wide."""
    known = {1: [12], 2: [2, 10], 3: [2, 5, 5], 4: [2, 4, 2, 4], 6: [2, 2, 2, 2, 2, 2]}
    if cells not in known:
        raise DefinitionError(f"a row of {cells} cells has no place in twelve columns")
    return known[cells]


def _split_lines(runs: list[Run]) -> list[list[Run]]:
    """A value of several lines becomes several paragraphs; each keeps the name of its field and the number of its part."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        parts = str(run["t"]).split("\n")
        for n, part in enumerate(parts):
            if n:
                lines.append([])
            lines[-1].append(run | {"t": part} | ({"part": n} if len(parts) > 1 else {}))
    return lines


def _collect(node: Any, found: list[Run]) -> None:
    if isinstance(node, dict):
        if "t" in node:
            found.append(node)
            return
        node = list(node.values())
    if isinstance(node, (list, tuple)):
        for child in node:
            _collect(child, found)


def parse_shown(spec: Field, text: str) -> Any:
    """The value of a field from the way a document shows it: what an editor typed into the DOCX. Unclear: ValueError."""
    text = text.strip()
    if not text:
        return None
    if spec.type == "date":
        return _read_day(text)
    if spec.type == "datetime":
        return _read_moment(text)
    if spec.type == "money_yuan":
        return chinese.figures(text)
    if spec.type == "int":
        return int(text)
    if spec.type == "bool":
        if text not in {"是", "否"}:
            raise ValueError(f"neither 是 nor 否: {text!r}")
        return text == "是"
    if spec.type == "enum" and "、" in text and text not in spec.choices:
        return text.split("、")
    return text


def _read_day(text: str) -> str:
    found = re.fullmatch(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?", text)
    if not found:
        raise ValueError(f"not a date: {text!r}")
    return date(int(found[1]), int(found[2]), int(found[3])).isoformat()


def _read_moment(text: str) -> str:
    found = re.fullmatch(r"(.+?日)\s*(\d{1,2})\s*[时:：]\s*(\d{1,2})\s*分?", text)
    if not found:
        raise ValueError(f"not a date and time: {text!r}")
    return f"{_read_day(found[1])}T{int(found[2]):02d}:{int(found[3]):02d}"
