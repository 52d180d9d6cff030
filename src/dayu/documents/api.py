"""Reads of documents for programs; every write is an action under `/api/actions/documents.…`."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from dayu.core import clock
from dayu.core.access import note_access
from dayu.core.middleware import actor_of
from dayu.documents import facts
from dayu.documents.catalogue import types_in
from dayu.documents.models import Document
from dayu.documents.selectors import documents_of, neighbours_of
from dayu.paper.checks import REFUSAL

router = Router(tags=["documents"])


class DocumentType(Schema):
    """A kind of document with its fields."""

    key: str
    title: str
    title_en: str
    aliases: list[str]
    document_class: str
    stage: str
    volume: str
    order: int
    retention: str
    steps: list[str]
    form: str
    issuer: str
    fields: list[dict[str, Any]]
    holds: list[str]
    must_be_served: bool
    unconfirmed: list[str]


class DocumentLine(Schema):
    """A document in a list."""

    id: int
    key: str
    title: str
    number: str
    subject: str
    party: str
    state: str
    dated: date | None
    open_holds: list[str]
    must_be_served: bool


class WholeDocument(Schema):
    """A document with its fields and digests."""

    id: int
    key: str
    title: str
    number: str
    subject: str
    party: str
    life: str
    dated: date | None
    served_on: date | None
    void_reason: str
    fields: dict[str, Any]
    digest: str
    substance_digest: str
    version: int


class FindingLine(Schema):
    """One thing that guided writing finds."""

    rule: str
    severity: str
    field: str
    reason: str
    fix: str
    basis: list[str]


@router.get("/types", response=list[DocumentType])
def document_types(request: HttpRequest) -> list[DocumentType]:
    """All kinds of documents, on the forms in force today where the caller works."""
    found = []
    for here in types_in(actor_of(request).territory, on=clock.today()):
        definition, version = here.definition, here.in_force
        if version is None:
            continue
        fields = [
            {"id": f.id, "label": f.label, "type": f.type, "required": f.required, "source": f.source,
             "choices": list(f.choices)}
            for f in version.fields
        ]  # fmt: skip
        found.append(DocumentType(
            key=definition.key, title=definition.title, title_en=definition.title_en, aliases=list(definition.aliases),
            document_class=definition.document_class, stage=definition.stage, volume=definition.volume,
            order=definition.order, retention=definition.retention,
            steps=[f"{use.procedure}.{use.act}" for use in here.uses], form=version.id, issuer=version.issuer,
            fields=fields, holds=[h.kind for h in definition.holds], must_be_served=definition.must_be_served,
            unconfirmed=list(definition.unconfirmed),
        ))
    return found


@router.get("/", response=list[DocumentLine])
def list_documents(request: HttpRequest, subject: str) -> list[DocumentLine]:
    """The documents of one matter."""
    rows = documents_of([subject], actor=actor_of(request))
    note_access([r.document for r in rows])
    return [
        DocumentLine(
            id=r.document.pk, key=r.document.key, title=r.document.title, number=r.document.number,
            subject=r.document.subject, party=r.document.party, state=r.state, dated=r.document.dated,
            open_holds=[h.kind for h in r.open_holds], must_be_served=r.must_be_served,
        )
        for r in rows
    ]


@router.get("/{int:pk}", response=WholeDocument)
def read_document(request: HttpRequest, pk: int) -> Document:
    """One document."""
    return _seen(request, pk)


@router.get("/{int:pk}/findings", response=list[FindingLine])
def document_findings(request: HttpRequest, pk: int) -> list[FindingLine]:
    """What guided writing finds in a document."""
    document = _seen(request, pk)
    found = []
    for finding in facts.findings_of(document, neighbours_of(document), as_of=clock.today()):
        words = facts.as_refusal(finding).as_json()
        found.append(FindingLine(
            rule=finding.rule, severity="refusal" if finding.severity == REFUSAL else "warning", field=finding.field,
            reason=words["reason"], fix=words["fix"], basis=words["basis"],
        ))
    return found


@router.get("/{int:pk}/pdf")
def document_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The PDF: the sealed one, or the draft with its watermark."""
    document = _seen(request, pk)
    content = document.pdf.read() if document.pdf else facts.typesetter().pdf(facts.composed(document))
    return HttpResponse(content, content_type="application/pdf")


def _seen(request: HttpRequest, pk: int) -> Document:
    found = Document.objects.visible_to(actor_of(request)).select_related("organ", "pdf")
    document = get_object_or_404(found, pk=pk)
    note_access([document])
    return document
