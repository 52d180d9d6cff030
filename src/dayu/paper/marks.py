"""The mark that every page carries: which document, which text of it, which page; as a QR code and read back from one.

The mark uses only characters of the QR alphanumeric set, so that the code stays small enough for a worn photograph.
An organ may put the address of its portal in front; what counts stands behind the last `/D1.`.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from functools import lru_cache

import segno

_MARK = re.compile(r"(?:^|/)D1\.([0-9A-Z-]{1,40})\.([0-9A-F]{10})\.([0-9]{1,4})$")


@dataclass(frozen=True, slots=True)
class PageMark:
    """Document id (letters, figures, hyphens), first ten hexadecimal digits of the digest of its text, page from 1."""

    document: str
    digest: str
    page: int

    def payload(self, prefix: str = "") -> str:
        """The text in the QR code, e.g. `D1.3F9A.0A1B2C3D4E.2`; `prefix` is an address such as HTTPS://EXAMPLE/V."""
        mark = f"D1.{self.document.upper()}.{self.digest[:10].upper()}.{self.page}"
        return f"{prefix.rstrip('/')}/{mark}" if prefix else mark


def read_mark(payload: str) -> PageMark | None:
    """The mark in a QR payload, or None when the code is not one of ours."""
    found = _MARK.search(payload.strip())
    if not found:
        return None
    return PageMark(found.group(1), found.group(2), int(found.group(3)))


def is_hexadecimal(document: str) -> bool:
    """Whether the document part of a mark is a hexadecimal number, as ours are; a mark is a stranger's text."""
    return 0 < len(document) <= 15 and all(c in "0123456789ABCDEF" for c in document)


@lru_cache(maxsize=4096)
def qr_svg(payload: str) -> str:
    """The QR code as SVG. The mask is fixed: choosing the best one takes most of the time and readers do not care."""
    code = segno.make(payload, error="m", mask=0, micro=False, boost_error=False)
    out = io.BytesIO()
    code.save(out, kind="svg", border=0, xmldecl=False, svgns=True, omitsize=True, nl=False)
    return out.getvalue().decode("ascii")
