"""Sealing with a gap-free number, printing, and voiding."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from dayu.core import clock
from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.audit import subject_key
from dayu.core.events import publish
from dayu.core.files import store_bytes
from dayu.core.numbering import TakenNumber, take_given_number, take_number, void_number
from dayu.core.refused import refuse_now, require
from dayu.documents import facts
from dayu.documents.events import DocumentSealed, DocumentVoided
from dayu.documents.models import Document, DocumentLife, OrganPaper, PrintRun, SealUse
from dayu.documents.policies import (
    may_print_document,
    may_seal_document,
    may_set_organ_paper,
    may_void_document,
)
from dayu.documents.selectors import neighbours_of
from dayu.documents.services.drafting import index_document
from dayu.law.refusals import Verdict
from dayu.org.models import Agency
from dayu.org.policies import issued_in_own_name, name_on_paper
from dayu.paper.word import write_docx

SCAN_DOTS_PER_INCH, LARGEST_OFFSET_MM = 150, 40.0
POCKET_WIDTHS_MM = (58, 80)


@action(label=_("文书定稿用印"), policy=may_seal_document, doors={"office", "field", "system"})
def seal_document(
    document: Document,
    *,
    actor: Actor,
    moment: datetime,
    given_number: int | None = None,
    approved_by: str = "",
    copies: int = 1,
) -> Document:
    """Make the text final: all holds released for it, nothing wrong in it, number taken in this very transaction.

    `given_number` is one that the office's own register has already given out. Kinds without a seal (records, internal
    forms) become final in the same way, without an entry in the seal register.
    """
    document = Document.objects.select_for_update(of=("self",)).select_related("organ").get(pk=document.pk)
    if document.sealed:
        refuse_now("documents.wrong_life", life=document.get_life_display(), act=_("定稿用印"))
    require(facts.form_verdict(document, on=clock.legal_date(moment)))
    findings = facts.findings_of(document, neighbours_of(document), as_of=clock.legal_date(moment))
    require(facts.holds_verdict(document) & Verdict(facts.refusals_of(findings)))
    definition = facts.definition_of(document.key)
    document.dated = document.dated or clock.legal_date(moment)
    require(issued_in_own_name(document.organ, str(document.fields.get("organ_name", "")), on=document.dated))
    numbering = facts.numbering_of(document.key, document.organ)
    if numbering is not None:
        document.taken_number = _take(document, numbering.series, document.dated, given_number, moment)
        document.number = numbering.text(
            organ=document.organ.sign or document.organ.short_name or document.organ.name,
            year=document.dated.year, seq=document.taken_number.value,
        )
    document.life, document.sealed_at = DocumentLife.SEALED, moment
    document.pdf = store_bytes(facts.typesetter().pdf(facts.composed(document)), media_type="application/pdf")
    document.save()
    if definition.seal != "none":
        SealUse.objects.create(
            document=document, seal=_seal_name(document, definition.seal), number=document.number, copies=copies,
            digest=document.digest, used_by=actor.name, approved_by=approved_by, used_at=moment, entered_at=clock.now(),
        )
    note_subject(document, related=document.subject)
    note(key=document.key, number=document.number, digest=document.digest)
    index_document(document, moment)
    publish(
        DocumentSealed(document.pk, document.key, document.subject, document.party, document.number, document.dated,
                       document.substance_digest),
        moment=moment,
    )
    return document


@action(label=_("作废文书"), policy=may_void_document, doors={"office", "system"})
def void_document(document: Document, *, actor: Actor, moment: datetime, reason: str) -> Document:
    """Take a document out of use. Its number is never given out again and stays visible with the reason."""
    if not reason.strip():
        refuse_now("documents.void_needs_reason")
    document.life, document.voided_at, document.void_reason = DocumentLife.VOIDED, moment, reason[:200]
    document.save()
    if document.taken_number is not None:
        void_number(document.taken_number, reason=reason[:200], moment=moment)
    note_subject(document, related=document.subject)
    note(number=document.number, reason=reason)
    publish(
        DocumentVoided(document.pk, document.key, document.subject, document.party, document.number, reason[:200]),
        moment=moment,
    )
    return document


@action(label=_("印发文书"), policy=may_print_document, doors={"office", "field", "system"})
def issue_document(document: Document, *, actor: Actor, moment: datetime) -> PrintRun:
    """Give out the sealed PDF. Page images and blank areas are kept, so that a photograph can be compared later."""
    if not document.sealed or document.pdf is None:
        refuse_now("documents.not_sealed_yet")
    if not document.page_images:
        _keep_pages(document)
    if document.life == DocumentLife.SEALED:
        document.life, document.issued_at = DocumentLife.ISSUED, moment
    document.save()
    note_subject(document, related=document.subject)
    note(number=document.number, pages=len(document.page_images))
    return PrintRun.objects.create(
        document=document, kind="issued", digest=document.digest, stored=document.pdf, printed_by=actor.name,
        printed_at=moment,
    )


@action(label=_("打印送审稿"), policy=may_print_document, doors={"office", "field", "system"})
def print_draft(document: Document, *, actor: Actor, moment: datetime, form: str = "pdf") -> PrintRun:
    """A draft leaves the house as PDF with a watermark, or as DOCX to be edited and brought back."""
    composed = facts.composed(document)
    if form == "docx":
        kind, content = "docx", write_docx(composed)
        media = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    else:
        kind, content, media = "draft", facts.typesetter().pdf(composed), "application/pdf"
    note_subject(document, related=document.subject)
    note(kind=kind, digest=document.digest)
    return PrintRun.objects.create(
        document=document, kind=kind, digest=document.digest, stored=store_bytes(content, media_type=media),
        printed_by=actor.name, printed_at=moment,
    )


def _keep_pages(document: Document) -> None:
    composed, setter = facts.composed(document), facts.typesetter()
    images = setter.page_images(composed, dots_per_inch=SCAN_DOTS_PER_INCH)
    document.page_images = [store_bytes(i, media_type="image/png").sha256 for i in images]
    document.zones = [
        {"kind": z.kind, "page": z.page, "x": round(z.x, 2), "y": round(z.y, 2), "w": round(z.w, 2), "h": round(z.h, 2)}
        for z in setter.zones(composed)
    ]


def _take(document: Document, series: str, dated: date, given: int | None, moment: datetime) -> TakenNumber:
    key = f"documents:{document.organ_id}:{series}"
    if given is None:
        return take_number(key, dated.year, taken_by=subject_key(document), moment=moment)
    if TakenNumber.objects.filter(series__key=key, series__year=dated.year, value=given).exists():
        refuse_now("documents.number_taken", number=given)
    return take_given_number(key, dated.year, given, taken_by=subject_key(document), moment=moment)


def _seal_name(document: Document, seal: str) -> str:
    organ = name_on_paper(document.organ, on=document.dated) if document.dated else document.organ.name
    return organ if seal == "organ" else f"{organ}（业务专用章）"




@action(label=_("便携打印"), policy=may_print_document, doors={"office", "field", "system"})
def print_pocket(document: Document, *, actor: Actor, moment: datetime, width_mm: int = 58) -> PrintRun:
    """The paper on the roll of a pocket printer, at the scene: a draft says that it is one."""
    if width_mm not in POCKET_WIDTHS_MM:
        refuse_now("documents.bad_paper")
    made = facts.typesetter().strip(facts.composed(document), width_mm=width_mm)
    note_subject(document, related=document.subject)
    note(form="pocket", width_mm=width_mm, digest=document.digest)
    return PrintRun.objects.create(
        document=document, kind="issued" if document.sealed else "draft", digest=document.digest,
        stored=store_bytes(made, media_type="application/pdf"), printed_by=actor.name, printed_at=moment,
    )


@action(label=_("设定机关用纸与文号格式"), policy=may_set_organ_paper, doors={"office"})
def set_organ_paper(
    organ: Agency,
    *,
    actor: Actor,
    moment: datetime,
    letterhead: str = "red",
    offset_x_mm: float = 0.0,
    offset_y_mm: float = 0.0,
    number_forms: Mapping[str, Mapping[str, str]] | None = None,
) -> OrganPaper:
    """How the organ's paper looks and how it forms its numbers; sealed documents keep what they have."""
    if letterhead not in dict(OrganPaper.LETTERHEADS) or max(abs(offset_x_mm), abs(offset_y_mm)) > LARGEST_OFFSET_MM:
        refuse_now("documents.bad_paper")
    forms = {k: dict(v) for k, v in (number_forms or {}).items()}
    for key, form in forms.items():
        _check_form(key, form)
    paper = OrganPaper.objects.filter(organ=organ).first() or OrganPaper(organ=organ)
    paper.letterhead, paper.offset_x_mm, paper.offset_y_mm = letterhead, offset_x_mm, offset_y_mm
    paper.number_forms = forms
    paper.save()
    note_subject(paper)
    note(organ=organ.name, letterhead=letterhead, number_forms=forms)
    return paper


def _check_form(key: str, form: Mapping[str, str]) -> None:
    numbering = facts.definition_of(key).numbering
    pattern = form.get("pattern", numbering.pattern if numbering else "")
    try:
        text = pattern.format(organ="甲", code=form.get("code", ""), year=2026, seq=7)
    except (KeyError, IndexError, ValueError):
        text = ""
    if numbering is None or set(form) - {"code", "pattern"} or "2026" not in text or "7" not in text:
        refuse_now("documents.bad_number_form", kind=key, form=pattern)
