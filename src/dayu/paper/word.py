"""The document as DOCX, and what an edited DOCX says when it comes back: a difference, field by field.

Each value stands in a content control whose tag is the path of its field (`party_name`, `goods.0.quantity`). What an
editor wrote is read from the controls; text outside of them is compared line by line, so that a changed clause shows.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Any

from docx import Document as new_docx
from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from dayu.paper.compose import Block, Composed, Run

BODY, KAI, HEI, TITLE = "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体"
_TAG = "dayu:"
_LARGEST = 20_000_000


class NotOurDocx(ValueError):
    """The file is no DOCX, is too large, or was not written here: it carries no document id."""


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What a DOCX says: which document and text it was made from, the fields, and the fixed text around them."""

    document: str
    digest: str
    fields: Mapping[str, tuple[str, ...]]  # path -> the value at each place where it stands
    fixed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One field that came back different. `kind`: changed, missing (control deleted), added, or uneven (two values)."""

    field: str
    kind: str
    issued: str
    returned: str


@dataclass(frozen=True, slots=True)
class Difference:
    """What differs between the issued and the returned file, field by field, and in the fixed text line by line."""

    fields: tuple[FieldDifference, ...]
    fixed_added: tuple[str, ...] = ()
    fixed_removed: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing was changed."""
        return not (self.fields or self.fixed_added or self.fixed_removed)


def write_docx(composed: Composed) -> bytes:
    """The composed document as DOCX; same input, same bytes."""
    out = _Writer(composed).whole()
    out.core_properties.title = composed.title
    out.core_properties.author = composed.letterhead.organ
    out.core_properties.identifier = f"{composed.document}|{composed.digest}"
    out.core_properties.comments = ""
    stream = io.BytesIO()
    out.save(stream)
    return _without_clock(stream.getvalue())


def read_docx(content: bytes) -> ReadBack:
    """Fields and fixed text of a DOCX that was written here. Another file: NotOurDocx."""
    if len(content) > _LARGEST:
        raise NotOurDocx("the file is larger than 20 MB")
    try:
        document = new_docx(io.BytesIO(content))
    except (PackageNotFoundError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise NotOurDocx("the file is not a DOCX") from error
    identifier, _, digest = (document.core_properties.identifier or "").partition("|")
    fields: dict[str, list[str]] = {}
    fixed: list[str] = []
    for paragraph in document.element.body.iter(qn("w:p")):
        fixed.append(_read_paragraph(paragraph, fields))
    if not fields and not identifier:
        raise NotOurDocx("the file carries no document id and no fields")
    return ReadBack(identifier, digest, _joined(fields), tuple(f for f in fixed if f.strip()))


def _joined(fields: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Values of several lines stand in several controls, `facts#0`, `facts#1`: they are one value again."""
    whole: dict[str, tuple[str, ...]] = {}
    for path, values in fields.items():
        name, mark, rest = path.partition("#")
        form = rest.partition(":")[1] + rest.partition(":")[2]
        before = whole.get(name + form)
        if not mark or before is None:
            whole[name + form] = tuple(values)
        else:
            whole[name + form] = tuple(f"{a}\n{b}" for a, b in zip(before, values, strict=False))
    return whole


def difference(issued: ReadBack, returned: ReadBack) -> Difference:
    """What the editor changed, in the order of the issued document; added controls come last."""
    found: list[FieldDifference] = []
    for path, before in issued.fields.items():
        after = returned.fields.get(path)
        if after is None:
            found.append(FieldDifference(path, "missing", before[0], ""))
        elif change := _change(path, before, after):
            found.append(change)
    found += [FieldDifference(path, "added", "", values[0]) for path, values in returned.fields.items()
              if path not in issued.fields]
    added, removed = _unlike(issued.fixed, returned.fixed)
    return Difference(tuple(found), added, removed)


def _change(path: str, before: tuple[str, ...], after: tuple[str, ...]) -> FieldDifference | None:
    """A field may stand in several places: a change in one of them is a change, two that differ are uneven."""
    if before == after:
        return None
    changed = list(dict.fromkeys(new for old, new in zip(before, after, strict=False) if old != new))
    if not changed:
        return None
    return FieldDifference(path, "uneven" if len(changed) > 1 else "changed", before[0], " / ".join(changed))


def _unlike(before: Sequence[str], after: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    added: list[str] = []
    removed: list[str] = []
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind != "equal":
            removed += before[i1:i2]
            added += after[j1:j2]
    return tuple(added), tuple(removed)


def _read_paragraph(paragraph: Any, fields: dict[str, list[str]]) -> str:
    """Puts the values of a paragraph's controls into `fields`; answers the fixed text with a mark for each value."""
    fixed = ""
    for child in paragraph.iterchildren():
        if child.tag != qn("w:sdt"):
            fixed += _text(child)
            continue
        tag = child.find(f"{qn('w:sdtPr')}/{qn('w:tag')}")
        path = tag.get(qn("w:val"), "") if tag is not None else ""
        if not path.startswith(_TAG):
            fixed += _text(child)
            continue
        value = "" if child.find(f"{qn('w:sdtPr')}/{qn('w:showingPlcHdr')}") is not None else _text(child)
        fields.setdefault(path.removeprefix(_TAG), []).append(value)
        fixed += "▢"
    return fixed


def _text(element: Any) -> str:
    """The text of a run or control as it reads with all tracked changes accepted (deleted text stands in w:delText)."""
    parts: list[str] = []
    for node in element.iter(qn("w:t"), qn("w:br"), qn("w:tab")):
        parts.append(node.text or "" if node.tag == qn("w:t") else "\n" if node.tag == qn("w:br") else "\t")
    return "".join(parts)


def _without_clock(content: bytes) -> bytes:
    """The same package with one date for all its parts, so that the same input gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), source.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


@dataclass(slots=True)
class _Writer:
    composed: Composed
    out: DocxDocument = field(default_factory=new_docx)
    controls: int = 0

    def whole(self) -> DocxDocument:
        self._page()
        self._head()
        for block in self.composed.blocks:
            _WRITERS[block["k"]](self, block)
        return self.out

    @property
    def letter(self) -> bool:
        return self.composed.family == "letter"

    @property
    def size(self) -> float:
        return {"letter": 16.0, "form": 12.0, "record": 14.0}[self.composed.family]

    def _page(self) -> None:
        section = self.out.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        top, left, right, bottom = (37, 28, 26, 35) if self.letter else (25, 28, 22, 36)
        section.top_margin, section.left_margin = Mm(top), Mm(left)
        section.right_margin, section.bottom_margin = Mm(right), Mm(bottom)
        grid = section._sectPr.find(qn("w:docGrid"))
        if grid is None:
            grid = OxmlElement("w:docGrid")
            section._sectPr.append(grid)
        if self.letter:  # 22 lines of 28 characters only come out with the grid, margins alone do not do it
            grid.set(qn("w:type"), "linesAndChars")
            grid.set(qn("w:linePitch"), "580")
            grid.set(qn("w:charSpace"), str(round((156 / 25.4 * 72 / 28 - 16) * 4096)))
        normal = self.out.styles["Normal"]
        normal.font.size = Pt(self.size)
        normal.paragraph_format.space_after = Pt(0)
        _face(normal.element.get_or_add_rPr(), BODY)
        self._footer(section)

    def _footer(self, section: Any) -> None:
        line = section.footer.paragraphs[0]
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT if self.letter else WD_ALIGN_PARAGRAPH.CENTER
        before, between, after = ("— ", "", " —") if self.letter else ("第 ", " 页　共 ", " 页")
        line.add_run(before)
        _code(line, "PAGE")
        if between:
            line.add_run(between)
            _code(line, "NUMPAGES")
        line.add_run(after)
        if self.composed.page_signatures:
            section.footer.add_paragraph("　　　　".join(f"{s}：" for s in self.composed.page_signatures))
        if self.composed.document:
            mark = section.footer.add_paragraph(f"{self.composed.document} {self.composed.number}".strip())
            mark.runs[0].font.size = Pt(6.5)

    def _head(self) -> None:
        style = self.composed.letterhead.style
        if self.letter and style == "red":
            mark = self._paragraph(WD_ALIGN_PARAGRAPH.CENTER, indent=False)
            mark.paragraph_format.space_before, mark.paragraph_format.space_after = Mm(35), Pt(29)
            run = mark.add_run(self.composed.letterhead.organ)
            run.font.size, run.font.color.rgb = Pt(40), RGBColor(0xD4, 0, 0)
            _face(run._r.get_or_add_rPr(), TITLE)
            number = self._paragraph(WD_ALIGN_PARAGRAPH.CENTER, indent=False)
            number.add_run(self.composed.number)
            _red_line(number)
        elif style != "preprinted":
            self._title(self.composed.letterhead.organ, 22 if self.letter else 16)
        self._title(self.composed.title, 22)
        if self.composed.number and not (self.letter and style == "red"):
            self._paragraph(WD_ALIGN_PARAGRAPH.RIGHT, indent=False).add_run(self.composed.number)

    def _title(self, text: str, size: float) -> None:
        line = self._paragraph(WD_ALIGN_PARAGRAPH.CENTER, indent=False)
        line.paragraph_format.space_before = Pt(size if self.letter else 4)
        run = line.add_run(text)
        run.font.size = Pt(size)
        _face(run._r.get_or_add_rPr(), TITLE)

    def _paragraph(self, align: Any = None, *, indent: bool = True, into: Any = None) -> Any:
        made = (into or self.out).add_paragraph()
        made.alignment = align
        if indent and self.composed.family != "form":
            made.paragraph_format.first_line_indent = Pt(2 * self.size)
        return made

    def _fill(self, paragraph: Any, runs: Sequence[Run], *, face: str = "") -> None:
        for run in runs:
            if "f" in run:
                self._control(paragraph, run)
            elif run["t"]:
                made = paragraph.add_run(run["t"])
                if face:
                    _face(made._r.get_or_add_rPr(), face)

    def _control(self, paragraph: Any, run: Run) -> None:
        """One value in a plain-text content control; the number of its part goes into the tag where a value has lines."""
        self.controls += 1
        sdt, properties, content = (OxmlElement(n) for n in ("w:sdt", "w:sdtPr", "w:sdtContent"))
        suffix = f"#{run['part']}" if "part" in run else ""
        suffix += f":{run['form']}" if "form" in run else ""
        for name, value in (("w:alias", run["f"]), ("w:tag", _TAG + run["f"] + suffix), ("w:id", str(self.controls))):
            entry = OxmlElement(name)
            entry.set(qn("w:val"), value)
            properties.append(entry)
        if run.get("e"):
            properties.append(OxmlElement("w:showingPlcHdr"))
        properties.append(OxmlElement("w:text"))
        inner = OxmlElement("w:r")
        text = OxmlElement("w:t")
        text.text = run["t"] or "＿＿＿＿"
        text.set(qn("xml:space"), "preserve")
        inner.append(text)
        content.append(inner)
        sdt.append(properties)
        sdt.append(content)
        paragraph._p.append(sdt)

    def paragraph(self, block: Block) -> None:
        made = self._paragraph(indent=block["k"] != "to")
        self._fill(made, block["runs"])

    def heading(self, block: Block) -> None:
        self._fill(self._paragraph(), block["runs"], face=HEI if block["level"] == 1 else KAI)

    def centred(self, block: Block) -> None:
        self._fill(self._paragraph(WD_ALIGN_PARAGRAPH.CENTER, indent=False), block["runs"])

    def rows(self, block: Block) -> None:
        table = self._table(len(block["rows"]), 12)
        for line, row in zip(table.rows, block["rows"], strict=True):
            at = 0
            for cell in row:
                target = line.cells[at].merge(line.cells[at + cell["span"] - 1])
                self._fill(target.paragraphs[0], cell["runs"])
                at += cell["span"]

    def table(self, block: Block) -> None:
        head = (["序号"] if block["numbered"] else []) + block["head"]
        table = self._table(len(block["rows"]) + 1, len(head))
        for cell, text in zip(table.rows[0].cells, head, strict=True):
            cell.text = text
        for n, row in enumerate(block["rows"], start=1):
            cells = list(table.rows[n].cells)
            if block["numbered"]:
                cells.pop(0).text = str(n)
            for cell, runs in zip(cells, row, strict=True):
                self._fill(cell.paragraphs[0], runs)

    def opinion(self, block: Block) -> None:
        table = self._table(1, 12)
        cells = table.rows[0].cells
        cells[0].merge(cells[1]).paragraphs[0].add_run(block["label"])
        wide = cells[2].merge(cells[11])
        self._fill(wide.paragraphs[0], block["runs"])
        signed = "　　".join(f"{s['label']}：　　　　　" for s in block["signed"])
        self._paragraph(WD_ALIGN_PARAGRAPH.RIGHT, indent=False, into=wide).add_run(f"{signed}　　年　　月　　日")

    def sign(self, block: Block) -> None:
        line = self._paragraph(indent=False)
        line.paragraph_format.space_before = Pt(12)
        line.add_run("　　".join(f"{s['label']}：　　　　　　" for s in block["items"]))

    def seal(self, block: Block) -> None:
        self._paragraph(indent=False)
        for runs in (block["organ"], block["date"]):
            line = self._paragraph(WD_ALIGN_PARAGRAPH.RIGHT, indent=False)
            line.paragraph_format.right_indent = Pt(4 * self.size)
            self._fill(line, runs)

    def bare(self, block: Block) -> None:
        if block["k"] == "break":
            self.out.add_page_break()  # type: ignore[no-untyped-call]
            return
        text = "（以下空白）" if block["k"] == "blank" else ""
        self._paragraph(WD_ALIGN_PARAGRAPH.CENTER, indent=False).add_run(text)

    def _table(self, rows: int, columns: int) -> Any:
        table = self.out.add_table(rows=rows, cols=columns)
        table.style = "Table Grid"
        return table


_WRITERS: dict[str, Any] = {
    "p": _Writer.paragraph, "to": _Writer.paragraph, "note": _Writer.paragraph, "heading": _Writer.heading,
    "center": _Writer.centred, "rows": _Writer.rows, "table": _Writer.table, "opinion": _Writer.opinion,
    "sign": _Writer.sign, "seal": _Writer.seal, "space": _Writer.bare, "blank": _Writer.bare, "break": _Writer.bare,
}


def _face(properties: Any, name: str) -> None:
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(script), name)


def _code(paragraph: Any, instruction: str) -> None:
    simple = OxmlElement("w:fldSimple")
    simple.set(qn("w:instr"), instruction)
    paragraph._p.append(simple)


def _red_line(paragraph: Any) -> None:
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("w:val", "single"), ("w:sz", "12"), ("w:space", "11"), ("w:color", "D40000")):
        line.set(qn(name), value)
    borders.append(line)
    paragraph._p.get_or_add_pPr().append(borders)
