"""Drafting and revising, and entering papers that exist already."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from dayu.core import clock
from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.audit import plain
from dayu.core.events import publish
from dayu.core.files import StoredFile
from dayu.core.numbering import TakenNumber, take_given_number
from dayu.core.refused import refuse_now, require
from dayu.core.search import index_record
from dayu.documents import facts
from dayu.documents.events import DocumentDrafted, DocumentSealed
from dayu.documents.models import Document, DocumentAttachment, DocumentLife, DocumentRevision, Hold
from dayu.documents.policies import may_draft_document, may_enter_document, may_revise_document
from dayu.org.models import Agency
from dayu.paper.definitions import Version

YEAR_AND_NUMBER = re.compile(r"[〔\[（(](\d{4})[〕\]）)]\D{0,2}(\d{1,6})\D*$")


@action(label=_("起草文书"), policy=may_draft_document, doors={"office", "field", "system"})
def draft_document(
    target: None,
    *,
    actor: Actor,
    moment: datetime,
    key: str,
    subject: str,
    fields: Mapping[str, Any],
    party: str = "",
    organ: Agency | None = None,
    on: date | None = None,
    substance_digest: str = "",
    letterhead: str = "red",
    replaces: Document | None = None,
    form_version: str = "",
) -> Document:
    """A draft of a kind, in the version in force `on` a day (default: the day of the act), with all holds of the kind.

    `substance_digest` is what holds are released for; a higher domain that knows the substance gives it, else it is
    computed from the fields that the definition marks. `form_version` says on which form it was written elsewhere: an
    old or home-made one is refused.
    """
    organ = organ or Agency.objects.get(pk=actor.organ_id)
    version = facts.version_for(key, on=on or clock.legal_date(moment), territory=organ.territory_id)
    if form_version not in ("", version.id):
        require(facts.not_unified(key, form_version, version))
    definition = facts.definition_of(key)
    values = _known_fields(version, fields)
    document = Document.objects.create(
        key=key, title=definition.title, form_version=version.id, form_digest=version.digest, organ=organ,
        subject=subject, party=party, letterhead=letterhead, replaces=replaces, drafted_by=actor.name,
        drafted_by_account=actor.account_id, drafted_at=moment, dated=_dated(values),
        **_digests(key, version, values, substance_digest),
    )
    keep_revision(document, actor=actor, moment=moment, reason="")
    Hold.objects.bulk_create([
        Hold(document=document, kind=h.kind, label=h.label,
             basis=[{"law": b.law, "article": b.article, "paragraph": b.paragraph, "item": b.item} for b in h.basis])
        for h in definition.holds
    ])
    note_subject(document, related=subject)
    note(key=key, title=definition.title)
    _tell_drafted(document, moment)
    return document


@action(label=_("修改文书"), policy=may_revise_document, doors={"office", "field", "system"})
def revise_document(
    document: Document,
    *,
    actor: Actor,
    moment: datetime,
    fields: Mapping[str, Any],
    reason: str = "",
    substance_digest: str = "",
) -> Document:
    """Change fields of a draft (None empties one). A changed substance has a new digest and so its holds again."""
    version = facts.version_of(document)
    values = {**document.fields, **_known_fields(version, fields)}
    values = {k: v for k, v in values.items() if v is not None}
    made = _digests(document.key, version, values, substance_digest)
    if made["digest"] == document.digest and made["substance_digest"] == document.substance_digest:
        return document
    changed = sorted(k for k in values.keys() | document.fields.keys() if values.get(k) != document.fields.get(k))
    for name, value in made.items():
        setattr(document, name, value)
    document.dated = _dated(values)
    document.save()
    keep_revision(document, actor=actor, moment=moment, reason=reason)
    note_subject(document, related=document.subject)
    note(changed=changed, reason=reason)
    _tell_drafted(document, moment)
    return document


@action(label=_("录入已有文书"), policy=may_enter_document, doors={"office", "system"})
def enter_document(
    target: None,
    *,
    actor: Actor,
    moment: datetime,
    key: str,
    subject: str,
    dated: date,
    fields: Mapping[str, Any],
    number: str = "",
    party: str = "",
    organ: Agency | None = None,
    scans: Sequence[tuple[StoredFile, str]] = (),
    explanation: str,
) -> Document:
    """A paper made before the program was in use (接续): its text is final and stands beside its scans.

    Nothing of the past is refused: the gates of later steps weigh what it lacks. `explanation` says where it comes from.
    """
    if not explanation.strip():
        refuse_now("documents.reason_needed")
    organ = organ or Agency.objects.get(pk=actor.organ_id)
    version = facts.version_for(key, on=dated, territory=organ.territory_id)
    if number and Document.objects.filter(organ=organ, number=number).exists():
        refuse_now("documents.number_taken", number=number)
    taken = _number_of_the_register(key, organ, number, moment)
    document = Document.objects.create(
        key=key, title=facts.definition_of(key).title, form_version=version.id, form_digest=version.digest, organ=organ,
        subject=subject, party=party, number=number, taken_number=taken, dated=dated, drafted_by=actor.name,
        drafted_by_account=actor.account_id, drafted_at=moment, sealed_at=moment, issued_at=moment,
        life=DocumentLife.ISSUED, **_digests(key, version, _known_fields(version, fields), ""),
    )
    keep_revision(document, actor=actor, moment=moment, reason=explanation[:200])
    for stored, name in scans:
        DocumentAttachment.objects.create(
            document=document, stored=stored, name=name, attached_by=actor.name, attached_at=clock.now()
        )
    note_subject(document, related=subject)
    note(key=key, number=number, dated=dated.isoformat(), explanation=explanation)
    index_document(document, moment)
    publish(DocumentSealed(document.pk, key, subject, party, number, dated, document.substance_digest), moment=moment)
    return document


def _number_of_the_register(key: str, organ: Agency, number: str, moment: datetime) -> TakenNumber | None:
    """The number that the office's own register gave out, taken from the series: the program never gives it out again."""
    numbering = facts.numbering_of(key, organ)
    read = YEAR_AND_NUMBER.search(number)
    if numbering is None or read is None:
        return None
    year, seq = int(read.group(1)), int(read.group(2))
    sign = organ.sign or organ.short_name or organ.name
    if numbering.text(organ=sign, year=year, seq=seq) != number:
        return None  # of another organ, or formed in an older way
    series = f"documents:{organ.pk}:{numbering.series}"
    if TakenNumber.objects.filter(series__key=series, series__year=year, value=seq).exists():
        refuse_now("documents.number_taken", number=number)
    return take_given_number(series, year, seq, taken_by=f"documents.{key}", moment=moment)


def index_document(document: Document, moment: datetime) -> None:
    """Make the document findable by its title, number and text."""
    text = " ".join(str(v) for v in document.fields.values() if isinstance(v, str))
    index_record(
        "documents.document", document.pk, title=str(document), subtitle=str(document.fields.get("party_name", "")),
        url=f"/documents/{document.pk}/", text=text[:4000], moment=moment,
    )


def _known_fields(version: Version, fields: Mapping[str, Any]) -> dict[str, Any]:
    if unknown := set(fields) - {f.id for f in version.fields}:
        refuse_now("documents.unknown_field", fields="、".join(sorted(unknown)))
    values: dict[str, Any] = plain(dict(fields))
    return values


def _digests(key: str, version: Version, values: dict[str, Any], substance_digest: str) -> dict[str, Any]:
    return {
        "fields": values,
        "digest": facts.text_digest(key, version.id, values),
        "substance_digest": substance_digest or facts.substance_of(version, values),
    }


def _dated(values: Mapping[str, Any]) -> date | None:
    try:
        return date.fromisoformat(str(values.get("issued_on") or ""))
    except ValueError:
        return None


def keep_revision(document: Document, *, actor: Actor, moment: datetime, reason: str) -> None:
    """Keep the present text of a draft in its history."""
    DocumentRevision.objects.create(
        document=document, sequence=document.revisions.count() + 1, fields=document.fields, digest=document.digest,
        substance_digest=document.substance_digest, written_by=actor.name, written_at=moment, reason=reason[:200],
    )


def _tell_drafted(document: Document, moment: datetime) -> None:
    publish(
        DocumentDrafted(document.pk, document.key, document.subject, document.party, document.substance_digest),
        moment=moment,
    )
