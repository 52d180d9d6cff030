"""Binding: whatever was stored becomes pages, pages get their numbers, volumes get cover, index and closing note.

The page number stands at the bottom right of every page with content; cover, index and closing note have none.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import typst
from django.conf import settings
from PIL import Image, ImageOps
from pypdf import PdfReader, PdfWriter, Transformation
from pypdf.errors import PyPdfError

from dayu.documents.facts import typesetter

TEMPLATES = Path(__file__).resolve().parent / "typst"
A4_PIXELS = (1654, 2339)  # 200 dots an inch
MARGIN = 118  # 15 mm
JPEG_QUALITY = 82
_local = threading.local()


class Unbindable(ValueError):
    """The bytes are neither a PDF nor a picture: a sheet stands in for them."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A plain sheet that the system makes from records: a title, rows of names and values, paragraphs and a note."""

    title: str
    rows: Sequence[tuple[str, str]] = ()
    text: Sequence[str] = ()
    note: str = ""


def sheet_pdf(sheet: Sheet) -> bytes:
    """A plain sheet as PDF."""
    data = {
        "kind": "sheet",
        "title": sheet.title,
        "rows": [[k, v] for k, v in sheet.rows],
        "text": list(sheet.text),
        "note": sheet.note,
        "fonts": list(typesetter().faces.body),
    }
    return _typeset(data)


def picture_pdf(content: bytes) -> bytes:
    """A picture, upright and fitted on an A4 page."""
    try:
        with Image.open(BytesIO(content)) as opened:
            picture = ImageOps.exif_transpose(opened).convert("RGB")
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise Unbindable(str(error)) from error
    page = A4_PIXELS if picture.height >= picture.width else A4_PIXELS[::-1]
    picture.thumbnail((page[0] - 2 * MARGIN, page[1] - 2 * MARGIN))
    paper = Image.new("RGB", page, "white")
    paper.paste(picture, ((page[0] - picture.width) // 2, (page[1] - picture.height) // 2))
    out = BytesIO()
    paper.save(out, "PDF", resolution=200, quality=JPEG_QUALITY)
    return out.getvalue()


def as_pdf(content: bytes, *, media_type: str) -> bytes:
    """Stored bytes as PDF pages; `Unbindable` for what has no pages (video, sound, tables)."""
    if content[:5] == b"%PDF-" or media_type == "application/pdf":
        try:
            PdfReader(BytesIO(content)).pages[0]
        except (PyPdfError, IndexError, ValueError) as error:
            raise Unbindable(str(error)) from error
        return content
    if media_type.startswith("image/"):
        return picture_pdf(content)
    raise Unbindable(media_type)


def joined(pieces: Sequence[bytes]) -> bytes:
    """Several PDFs one after the other."""
    writer = PdfWriter()
    for piece in pieces:
        for page in PdfReader(BytesIO(piece)).pages:
            writer.add_page(page)
    return _bytes_of(writer)


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    return len(PdfReader(BytesIO(pdf)).pages)


def bound(front: Sequence[bytes], parts: Sequence[bytes], back: Sequence[bytes], *, label: str = "") -> bytes:
    """One volume: front matter, numbered parts, back matter. `label` stands before each number (补 for added sheets)."""
    numbered = joined(parts) if parts else b""
    total = page_count(numbered) if numbered else 0
    writer = PdfWriter()
    for piece in front:
        _append(writer, piece)
    if total:
        marks = PdfReader(BytesIO(_numbers(total, label))).pages
        for plain, mark in zip(PdfReader(BytesIO(numbered)).pages, marks, strict=True):
            page = writer.add_page(plain)
            if page.rotation:
                page.transfer_rotation_to_content()
            box = page.mediabox
            right, bottom = float(box.right) - float(mark.mediabox.width), float(box.bottom)
            page.merge_transformed_page(mark, Transformation().translate(right, bottom))
    for piece in back:
        _append(writer, piece)
    writer.compress_identical_objects()
    return _bytes_of(writer)


def _append(writer: PdfWriter, pdf: bytes) -> None:
    for page in PdfReader(BytesIO(pdf)).pages:
        writer.add_page(page)


def _bytes_of(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _numbers(total: int, label: str) -> bytes:
    numbers = [f"{label}{n}" for n in range(1, total + 1)]
    return _typeset({"kind": "numbers", "numbers": numbers, "fonts": list(typesetter().faces.body)})


@cache
def _fonts() -> typst.Fonts:
    folder = getattr(settings, "DAYU_FONTS", "")
    return typst.Fonts(
        include_system_fonts=True, include_embedded_fonts=False, font_paths=[str(folder)] if folder else []
    )


def _typeset(data: dict[str, Any]) -> bytes:
    compiler = getattr(_local, "compiler", None)
    if compiler is None:
        compiler = _local.compiler = typst.Compiler(
            input=str(TEMPLATES / "pages.typ"),
            root=str(TEMPLATES),
            font_paths=_fonts(),
            package_path=str(TEMPLATES),
            package_cache_path=str(TEMPLATES),
        )
    made: Any = compiler.compile(sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, format="pdf", timestamp=0)
    return bytes(made)
