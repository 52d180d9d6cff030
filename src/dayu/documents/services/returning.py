"""What comes back from paper and from Word: edited files, photographed pages, signatures, attachments."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from dayu.core import clock
from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.events import publish
from dayu.core.files import StoredFile, store_bytes
from dayu.core.refused import refuse_now, require
from dayu.documents import facts
from dayu.documents.events import ScanFlagged
from dayu.documents.models import (
    Document,
    DocumentAttachment,
    ReturnedDocx,
    ReturnedField,
    ScanOutcome,
    ScanPage,
    Signature,
    SignatureManner,
)
from dayu.documents.policies import may_add_to_document, may_decide_returned_field, may_revise_document
from dayu.documents.services.drafting import revise_document
from dayu.org.models import Person
from dayu.org.policies import certificate_valid
from dayu.paper import scan
from dayu.paper.compose import parse_shown
from dayu.paper.definitions import Version
from dayu.paper.typeset import Zone
from dayu.paper.word import NotOurDocx, difference, read_docx, write_docx

OFFICER_ROLE = "执法人员"


@action(label=_("收回 Word 稿"), policy=may_revise_document, doors={"office"})
def receive_docx(document: Document, *, actor: Actor, moment: datetime, stored: StoredFile) -> ReturnedDocx:
    """Keep an edited DOCX and list what it changes, field by field. A file of another text is refused."""
    try:
        returned = read_docx(stored.read())
    except NotOurDocx:
        refuse_now("documents.not_our_docx")
    if (returned.document, returned.digest) != (document.mark, document.digest):
        refuse_now("documents.not_our_docx")
    found = difference(read_docx(write_docx(facts.composed(document))), returned)
    kept = ReturnedDocx.objects.create(
        document=document, stored=stored, base_digest=document.digest, fixed_added=list(found.fixed_added),
        fixed_removed=list(found.fixed_removed), returned_by=actor.name, returned_at=moment,
    )
    ReturnedField.objects.bulk_create([
        ReturnedField(returned=kept, path=f.field[:80], kind=f.kind, issued=f.issued, value=f.returned)
        for f in found.fields
    ])
    note_subject(document, related=document.subject)
    note(differences=len(found.fields), fixed=len(found.fixed_added) + len(found.fixed_removed))
    return kept


@action(label=_("采纳退回稿改动"), policy=may_decide_returned_field, doors={"office"})
def accept_returned_field(change: ReturnedField, *, actor: Actor, moment: datetime) -> Document:
    """Take one change over into the draft; holds that rest on the substance open again by themselves."""
    document = change.returned.document
    name, value = _changed_value(facts.version_of(document), document, change)
    _decide(change, "accepted", actor, moment)
    return revise_document(
        document, actor=actor, moment=moment, fields={name: value}, reason=str(_("采纳退回的 Word 稿"))
    )


@action(label=_("不采纳退回稿改动"), policy=may_decide_returned_field, doors={"office"})
def reject_returned_field(change: ReturnedField, *, actor: Actor, moment: datetime) -> ReturnedField:
    """Leave the draft as it is and say so."""
    _decide(change, "rejected", actor, moment)
    note_subject(change.returned.document, related=change.returned.document.subject)
    note(path=change.path)
    return change


@action(label=_("回扫比对"), policy=may_add_to_document, doors={"office", "field"})
def match_scan(
    document: Document,
    *,
    actor: Actor,
    moment: datetime,
    stored: StoredFile,
    photographed_at: datetime | None = None,
) -> ScanPage:
    """Compare a photographed page with the approved text and keep the photograph with what was found."""
    if not document.page_images:
        refuse_now("documents.not_sealed_yet")
    pages = {n: StoredFile.objects.get(pk=sha).read() for n, sha in enumerate(document.page_images, start=1)}
    try:
        found = scan.compare_page(
            stored.read(), document=document.mark, digest=document.digest, pages=pages,
            zones=[Zone(**z) for z in document.zones],
        )
    except scan.UnreadablePhoto as error:
        refuse_now("documents.unreadable_scan", why=str(error))
    kept = ScanPage.objects.create(
        document=document, stored=stored, page=found.mark.page if found.mark else 0, outcome=found.outcome,
        similarity=found.similarity, photographed_at=photographed_at, scanned_by=actor.name, scanned_at=moment,
        marks=[{"kind": c.kind, "x": c.x, "y": c.y, "w": c.w, "h": c.h, "likeness": c.likeness} for c in found.changes],
        aligned=store_bytes(found.aligned, media_type="image/png") if found.aligned else None,
    )
    note_subject(document, related=document.subject)
    note(page=kept.page, outcome=kept.outcome, changes=len(found.changes))
    if kept.outcome != ScanOutcome.SAME:
        publish(ScanFlagged(document.pk, document.key, document.subject, kept.outcome), moment=moment)
    return kept


@action(label=_("登记签名"), policy=may_add_to_document, doors={"office", "field"})
def record_signature(
    document: Document,
    *,
    actor: Actor,
    moment: datetime,
    role: str,
    name: str,
    manner: str = SignatureManner.HAND,
    scanned_at: datetime | None = None,
    refusal_reason: str = "",
    officer: Person | None = None,
) -> Signature:
    """Somebody signed at `moment`, or refused to with a reason that two officers noted.

    An officer signs with a certificate that holds on that day (`officer`, or the colleague of that name).
    """
    if manner == SignatureManner.REFUSED and not refusal_reason.strip():
        refuse_now("documents.reason_needed")
    if officer is None and role.startswith(OFFICER_ROLE):
        officer = Person.objects.filter(agency_id=document.organ_id, name=name.strip(), left_on=None).first()
    if officer is not None:
        name = officer.name
        require(certificate_valid(officer, on=clock.legal_date(moment), territory=document.organ.territory_id))
    note_subject(document, related=document.subject)
    note(role=role, name=name, manner=manner)
    return Signature.objects.create(
        document=document, role=role, name=name, manner=manner, signed_at=moment, scanned_at=scanned_at,
        entered_at=clock.now(), refusal_reason=refusal_reason,
    )


@action(label=_("添加文书附件"), policy=may_add_to_document, doors={"office", "field"})
def attach_file(
    document: Document, *, actor: Actor, moment: datetime, stored: StoredFile, name: str
) -> DocumentAttachment:
    """A file that belongs to the document."""
    note_subject(document, related=document.subject)
    note(name=name)
    return DocumentAttachment.objects.create(
        document=document, stored=stored, name=name[:200], attached_by=actor.name, attached_at=moment
    )


def _decide(change: ReturnedField, decided: str, actor: Actor, moment: datetime) -> None:
    if change.decided:
        refuse_now("documents.already_decided")
    change.decided, change.decided_by, change.decided_at = decided, actor.name, moment
    change.save(update_fields=["decided", "decided_by", "decided_at"])


def _changed_value(version: Version, document: Document, change: ReturnedField) -> tuple[str, Any]:
    """The field and its whole new value: `facts`, or a part of a list (`evidence.1`) or of a table (`goods.0.name`)."""
    path, _mark, form = change.path.partition(":")
    if form or change.kind not in {"changed", "missing"}:
        refuse_now("documents.change_by_hand")
    name, *rest = path.split(".")
    spec = version.field(name)
    try:
        if not rest:
            return name, parse_shown(spec, change.value)
    except ValueError:
        refuse_now("documents.bad_returned_value", label=spec.label, value=change.value)
    value = [dict(v) if isinstance(v, dict) else v for v in document.fields.get(name) or []]
    place = int(rest[0])
    while len(value) <= place:
        value.append({} if len(rest) > 1 else "")
    if len(rest) > 1:
        value[place][rest[1]] = change.value
    else:
        value[place] = change.value
    return name, [v for v in value if v not in ("", {})]
