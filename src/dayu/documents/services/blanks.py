"""Pre-numbered blank forms: taken along as a fallback, filled in by hand, entered or voided afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from dayu.core import clock
from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.audit import plain, subject_key
from dayu.core.events import publish
from dayu.core.files import StoredFile, store_bytes
from dayu.core.numbering import take_number
from dayu.core.refused import refuse_now
from dayu.documents import facts
from dayu.documents.events import DocumentSealed
from dayu.documents.models import Document, DocumentAttachment, DocumentLife, PrintRun, SealUse
from dayu.documents.policies import may_enter_document, may_print_document
from dayu.documents.services.drafting import index_document, keep_revision
from dayu.org.models import Agency
from dayu.org.policies import name_on_paper
from dayu.paper.definitions import Definition

UNUSED, MOST_BLANKS = "documents.blank", 50


def blank_kinds() -> list[Definition]:
    """Kinds that may be carried blank: numbered, and nothing has to be decided or reviewed before they are sealed."""
    return [d for d in facts.definitions().values() if d.numbering is not None and not d.holds]


@action(label=_("领取预编号空白文书"), policy=may_enter_document, doors={"office"})
def issue_blank_forms(target: None, *, actor: Actor, moment: datetime, key: str, copies: int) -> list[str]:
    """Blank forms with numbers of the series, in the name of the organ; each is used and entered later, or voided."""
    if key not in {d.key for d in blank_kinds()}:
        refuse_now("documents.no_blank_of_this_kind", kind=facts.definition_of(key).title)
    if not 1 <= copies <= MOST_BLANKS:
        refuse_now("documents.too_many_blanks", most=MOST_BLANKS)
    organ = Agency.objects.get(pk=actor.organ_id)
    made = [_one_blank(organ, key, actor, moment) for _n in range(copies)]
    note_subject(organ)
    note(key=key, numbers=[d.number for d in made])
    return [d.number for d in made]


def _one_blank(organ: Agency, key: str, actor: Actor, moment: datetime) -> Document:
    today = clock.legal_date(moment)
    definition, numbering = facts.definition_of(key), facts.numbering_of(key, organ)
    assert numbering is not None
    version = facts.version_for(key, on=today, territory=organ.territory_id)
    known = {"organ_name": name_on_paper(organ, on=today)} if any(f.id == "organ_name" for f in version.fields) else {}
    document = Document.objects.create(
        key=key, title=definition.title, form_version=version.id, form_digest=version.digest, organ=organ, subject=UNUSED,
        fields=known, digest=facts.text_digest(key, version.id, known), substance_digest=facts.substance_of(version, known),
        drafted_by=actor.name, drafted_by_account=actor.account_id, drafted_at=moment, sealed_at=moment, issued_at=moment,
        life=DocumentLife.ISSUED,
    )
    document.taken_number = take_number(
        f"documents:{organ.pk}:{numbering.series}", today.year, taken_by=subject_key(document), moment=moment
    )
    document.number = numbering.text(
        organ=organ.sign or organ.short_name or organ.name, year=today.year, seq=document.taken_number.value
    )
    document.pdf = store_bytes(facts.typesetter().pdf(facts.composed(document)), media_type="application/pdf")
    document.save()
    if definition.seal != "none":
        SealUse.objects.create(
            document=document, seal=known.get("organ_name") or organ.name_on(today), number=document.number, copies=1,
            digest=document.digest, used_by=actor.name, used_at=moment, entered_at=clock.now(),
        )
    PrintRun.objects.create(
        document=document, kind="issued", digest=document.digest, stored=document.pdf, printed_by=actor.name,
        printed_at=moment,
    )
    return document


@action(label=_("登记空白文书的使用"), policy=may_print_document, doors={"office", "field"})
def enter_blank_form(
    document: Document,
    *,
    actor: Actor,
    moment: datetime,
    subject: str,
    dated: date,
    fields: Mapping[str, Any],
    explanation: str,
    party: str = "",
    scans: Sequence[tuple[StoredFile, str]] = (),
) -> Document:
    """What was written on a blank form at the scene, with its scan: from now on it is a paper of that matter."""
    if document.subject != UNUSED:
        refuse_now("documents.blank_is_used", number=document.number)
    if not explanation.strip():
        refuse_now("documents.reason_needed")
    version = facts.version_of(document)
    if unknown := set(fields) - {f.id for f in version.fields}:
        refuse_now("documents.unknown_field", fields="、".join(sorted(unknown)))
    document.subject, document.party, document.dated = subject, party, dated
    document.fields = {**document.fields, **plain(dict(fields))}
    document.substance_digest = facts.substance_of(version, document.fields)
    document.save()
    keep_revision(document, actor=actor, moment=moment, reason=explanation)
    for stored, name in scans:
        DocumentAttachment.objects.create(
            document=document, stored=stored, name=name, attached_by=actor.name, attached_at=clock.now()
        )
    note_subject(document, related=subject)
    note(number=document.number, dated=dated.isoformat(), explanation=explanation)
    index_document(document, moment)
    publish(
        DocumentSealed(document.pk, document.key, subject, party, document.number, dated, document.substance_digest),
        moment=moment,
    )
    return document
