"""Setting a composed document: PDF/A and page images with typst, from templates of our own and JSON input only."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import typst
from pypdf import PdfReader

from dayu.paper.compose import Composed
from dayu.paper.marks import PageMark, qr_svg

TEMPLATES = Path(__file__).resolve().parent / "templates"
PAGE_MM = (210.0, 297.0)
_LINE_CHARACTERS = 28 * 22

# First family that is there wins. The official faces are not free; the Noto families are, and hold rare river characters.
BODY = ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "STFangsong", "Noto Serif CJK SC")
KAI = ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "STKaiti", "Noto Serif CJK SC")
HEI = ("SimHei", "黑体", "Noto Sans CJK SC")
TITLE = ("FZXiaoBiaoSong-B05S", "方正小标宋简体", "FZXiaoBiaoSong-B05", "Noto Serif CJK SC")
_FREE_TITLE = "Noto Serif CJK SC"  # has no face of the wanted weight by default: its bold one comes nearest
RARE = "Noto Serif CJK SC"


class MissingFont(RuntimeError):
    """None of the wanted families is installed or supplied: an official document is not set in whatever is there."""


class SettingFailed(RuntimeError):
    """The document could not be set; the message is typst's, e.g. a character that no font has."""


@dataclass(frozen=True, slots=True)
class Zone:
    """A rectangle in millimetres from the top left of a page (from 1): `seal`, `signature`, `blank` or `qr`."""

    kind: str
    page: int
    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True, slots=True)
class Faces:
    """The font families that this machine sets documents in."""

    body: tuple[str, ...]
    kai: tuple[str, ...]
    hei: tuple[str, ...]
    title: tuple[str, ...]
    title_weight: int

    def as_json(self) -> dict[str, Any]:
        """For the template."""
        return {k: list(v) if isinstance(v, tuple) else v for k, v in asdict(self).items()}


@dataclass(slots=True)
class _Local(threading.local):
    compiler: typst.Compiler | None = field(default=None)


class Typesetter:
    """Sets documents. One per process; each thread keeps a warm compiler of its own."""

    def __init__(self, *, font_folders: Sequence[Path] = (), system_fonts: bool = True) -> None:
        """`font_folders` are those an organ supplies, before the fonts of the system. A missing font: MissingFont."""
        self._fonts = typst.Fonts(include_system_fonts=system_fonts, include_embedded_fonts=False,
                                  font_paths=[str(f) for f in font_folders])
        self.faces = choose_faces(set(self._fonts.families()))
        self._local = _Local()

    def pdf(self, composed: Composed) -> bytes:
        """The document as PDF/A-2. The same composed document gives the same bytes."""
        made, marks = self._run(composed, pages=_likely_pages(composed), format="pdf")
        pages = _pages_of_pdf(made)
        if pages > marks and composed.document:
            made, _ = self._run(composed, pages=pages, format="pdf")
        return bytes(made)

    def page_images(self, composed: Composed, *, dots_per_inch: int = 150) -> list[bytes]:
        """Each page as PNG, for previews and for the comparison with a scan."""
        made, marks = self._run(composed, pages=_likely_pages(composed), format="png", ppi=float(dots_per_inch))
        images = made if isinstance(made, list) else [made]
        if len(images) > marks and composed.document:
            made, _ = self._run(composed, pages=len(images), format="png", ppi=float(dots_per_inch))
            images = made if isinstance(made, list) else [made]
        return [bytes(i) for i in images]

    def strip(self, composed: Composed, *, width_mm: int) -> bytes:
        """The document as one endless page for the roll of a pocket printer, `width_mm` wide."""
        data = self._input(composed, 1) | {"width_mm": width_mm}
        try:
            made: Any = self._new_compiler("strip.typ").compile(
                sys_inputs={"data": json.dumps(data, ensure_ascii=False, sort_keys=True)}, format="pdf",
                timestamp=_midnight(composed.dated),
            )  # fmt: skip
        except typst.TypstError as error:
            raise SettingFailed(f"{composed.key}: {error.message} {' '.join(error.hints)}".strip()) from error
        return bytes(made)

    def zones(self, composed: Composed) -> tuple[Zone, ...]:
        """Where the layout leaves room for seals, signatures and handwriting, and where the QR codes stand."""
        self.page_images(composed, dots_per_inch=20)
        found = json.loads(self._compiler().query("<zone>", field="value"))
        return tuple(Zone(**z) for z in found)

    def _compiler(self) -> typst.Compiler:
        if self._local.compiler is None:
            self._local.compiler = self._new_compiler("document.typ")
        return self._local.compiler

    def _new_compiler(self, template: str) -> typst.Compiler:
        return typst.Compiler(
            input=str(TEMPLATES / template), root=str(TEMPLATES), font_paths=self._fonts,
            package_path=str(TEMPLATES), package_cache_path=str(TEMPLATES),  # none there: nothing is ever fetched
        )

    def _run(self, composed: Composed, *, pages: int, **options: Any) -> tuple[Any, int]:
        inputs = {"data": json.dumps(self._input(composed, pages), ensure_ascii=False, sort_keys=True)}
        if options["format"] == "pdf":
            options["pdf_standards"] = ["a-2a"]
        try:
            made, warnings = self._compiler().compile_with_warnings(
                sys_inputs=inputs, timestamp=_midnight(composed.dated), **options)
        except typst.TypstError as error:
            raise SettingFailed(f"{composed.key}: {error.message} {' '.join(error.hints)}".strip()) from error
        if warnings:
            raise SettingFailed(f"{composed.key}: " + "; ".join(w.message for w in warnings))
        return made, pages

    def _input(self, composed: Composed, pages: int) -> dict[str, Any]:
        marks = [qr_svg(PageMark(composed.document, composed.digest, n + 1).payload(composed.mark_prefix))
                 for n in range(pages)] if composed.document else []
        return {
            "family": composed.family, "title": composed.title, "number": composed.number,
            "letterhead": asdict(composed.letterhead), "blocks": list(composed.blocks),
            "page_signatures": list(composed.page_signatures), "document": composed.document,
            "watermark": composed.watermark, "marks": marks, "fonts": self.faces.as_json(),
        }


def choose_faces(families: set[str]) -> Faces:
    """The best families that are there, each followed by a free one that has the rare characters of names of rivers."""
    def first(wanted: tuple[str, ...], use: str) -> str:
        for name in wanted:
            if name in families:
                return name
        raise MissingFont(f"no font for {use}: install one of {', '.join(wanted)} or supply a font folder")

    spare = (RARE,) if RARE in families else ()
    chosen = [first(BODY, "the text"), first(KAI, "second headings"), first(HEI, "headings"), first(TITLE, "titles")]
    body, kai, hei, title = (tuple(dict.fromkeys((name, *spare))) for name in chosen)
    return Faces(body, kai, hei, title, 700 if chosen[3] == _FREE_TITLE else 400)


def _midnight(day: date | None) -> int:
    """The date that PDF/A wants, as seconds: from the document, never from the clock."""
    return 86400 * (day - date(1970, 1, 1)).days if day else 0


def _likely_pages(composed: Composed) -> int:
    """A guess that is nearly always enough, since a wrong one costs a second setting."""
    characters = len(composed.plain_text()) + 16 * len(composed.blocks)
    return max(2, characters // (_LINE_CHARACTERS // 2) + 1)


def _pages_of_pdf(made: bytes) -> int:
    return len(PdfReader(BytesIO(made)).pages)
