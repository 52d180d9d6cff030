"""What a stranger may see of documents: whether a paper in his hand is genuine (文书验真)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dayu.documents import facts
from dayu.documents.models import Document, DocumentLife
from dayu.org.models import Agency
from dayu.paper.marks import is_hexadecimal, read_mark

_SHOWN = frozenset({"external", "public"})


@dataclass(frozen=True, slots=True)
class PublicDocument:
    """A paper that exists: its kind, number, organ and day, and whether it still holds. No names, no text."""

    title: str
    number: str
    organ: str
    dated: date | None
    voided: bool
    void_reason: str
    page: int


def genuine_document(code: str) -> PublicDocument | None:
    """The document behind the code of a page. None: no such paper was issued, or its text is another one."""
    mark = read_mark(code)
    if mark is None or not is_hexadecimal(mark.document):
        return None
    document = Document.objects.select_related("organ").filter(pk=int(mark.document, 16), sealed_at__isnull=False).first()
    if document is None or document.digest[:10].upper() != mark.digest:
        return None
    return _shown(document, mark.page)


def documents_numbered(number: str) -> list[PublicDocument]:
    """Papers that bear exactly this number; several organs may use one abbreviation."""
    wanted = number.strip()
    if not wanted:
        return []
    organs = Agency.objects.order_by().values("pk")  # the index of numbers begins with the organ and leaves out empty ones
    numbered = Document.objects.filter(number=wanted, organ__in=organs).exclude(number="")
    found = numbered.select_related("organ").filter(sealed_at__isnull=False)[:5]
    return [shown for shown in (_shown(d, 0) for d in found) if shown is not None]


def _shown(document: Document, page: int) -> PublicDocument | None:
    if facts.definition_of(document.key).document_class not in _SHOWN:
        return None
    voided = document.life == DocumentLife.VOIDED
    organ = document.organ.name_on(document.dated) if document.dated else document.organ.name
    return PublicDocument(
        document.title, document.number, organ, document.dated, voided, document.void_reason if voided else "", page
    )


def genuine_file(sha256: str) -> PublicDocument | None:
    """The issued paper whose PDF is exactly the file with this digest."""
    document = Document.objects.select_related("organ").filter(pdf_id=sha256, sealed_at__isnull=False).first()
    return None if document is None else _shown(document, 0)
