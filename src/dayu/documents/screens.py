"""What the pages of documents show, made from rows: for views only."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from dayu.core import clock
from dayu.core.actors import Actor
from dayu.core.ui.parts import Basis, Entry, Pair, RefusalRow
from dayu.documents import facts, policies
from dayu.documents.models import Document, DocumentLife, ReturnedDocx, ScanOutcome, ScanPage
from dayu.documents.selectors import neighbours_of
from dayu.paper.checks import REFUSAL, Finding
from dayu.paper.definitions import DefinitionError

PAGE_MM = (210, 297)


def finding_rows(findings: Iterable[Finding]) -> list[RefusalRow]:
    """Findings as rows of the component; a warning is no danger."""
    rows = []
    for finding in findings:
        refusal = facts.as_refusal(finding)
        words = refusal.as_json(get_language() or "zh")
        rows.append(RefusalRow(words["reason"], words["fix"], refusal.basis, danger=finding.severity == REFUSAL))
    return rows


def page_context(document: Document, *, actor: Actor) -> dict[str, Any]:
    """Everything one document's page shows."""
    definition = facts.definition_of(document.key)
    draft = document.life == DocumentLife.DRAFT
    proofs = list(document.proofs.prefetch_related("media__stored"))
    return {
        "document": document, "definition": definition, "pairs": _pairs(document),
        "obstacles": _obstacles(document, actor) if draft else [],
        "may": {
            "edit": policies.may_revise_document(document, actor=actor).allowed,
            "seal": policies.may_seal_document(document, actor=actor).allowed,
            "void": policies.may_void_document(document, actor=actor).allowed,
            "print": policies.may_print_document(document, actor=actor).allowed,
            "serve": document.sealed and policies.may_record_service(document, actor=actor).allowed,
            "approve": draft and actor.holds("agency_head"),
        },
        "holds": _holds(document) if draft else [],
        "proofs": [_proof(p) for p in proofs], "entries": _entries(document),
        "attachments": list(document.attachments.select_related("stored")),
        "signatures": list(document.signatures.all()), "scans": document.scans.count(),
        "returned": list(document.returned.all()[:10]), "unconfirmed": definition.unconfirmed,
        "form_outdated": draft and not facts.form_verdict(document, on=clock.today()).allowed,
        "form_moved": draft and document.form_moves.exists(), "page_numbers": range(1, len(facts.page_pictures(document)) + 1),
    }  # fmt: skip


def _pairs(document: Document) -> list[Pair]:
    pairs = [
        Pair(_("状态"), document.get_life_display(), tone="danger" if document.life == DocumentLife.VOIDED else ""),
        Pair(_("文号"), document.number or _("定稿时取号")),
        Pair(_("落款日期"), document.dated or ""),
        Pair(_("起草"), f"{document.drafted_by} {clock.legal_date(document.drafted_at)}"),
        Pair(_("格式版本"), document.form_version),
        Pair(_("文本校验值"), document.digest[:16]),
    ]
    if document.void_reason:
        pairs.insert(1, Pair(_("作废原因"), document.void_reason, tone="danger"))
    if document.served_on:
        pairs.insert(1, Pair(_("送达日期"), document.served_on))
    return pairs


def _obstacles(document: Document, actor: Actor) -> list[RefusalRow]:
    """What stands between the draft and its seal: open holds, then findings."""
    rows = []
    for refusal in facts.holds_verdict(document).refusals:
        words = refusal.as_json(get_language() or "zh")
        rows.append(RefusalRow(words["reason"], words["fix"], refusal.basis, rule=refusal.rule))
    findings = finding_rows(facts.findings_of(document, neighbours_of(document), as_of=clock.today()))
    edit = reverse("documents:edit", args=[document.pk])
    return rows + [RefusalRow(r.what, r.why, r.basis, action=_("去修改"), url=edit, danger=r.danger) for r in findings]


def _holds(document: Document) -> list[dict[str, Any]]:
    still = {h.pk for h in facts.open_holds(document)}
    return [{"label": h.label, "kind": h.kind, "open": h.pk in still} for h in document.holds.all()]


def _proof(proof: Any) -> dict[str, Any]:
    from dayu.documents.services.serving import defects_of

    words = [r.as_json(get_language() or "zh")["reason"] for r in defects_of(proof)]
    return {"proof": proof, "defects": words, "media": list(proof.media.all())}


def _entries(document: Document) -> list[Entry]:
    """Texts, holds, prints and seals in one timeline, newest first."""
    made = [
        Entry(r.written_at, _("第%(n)s稿") % {"n": r.sequence}, r.reason, r.written_by, digest=r.digest[:12])
        for r in document.revisions.all()
    ]
    for hold in document.holds.prefetch_related("releases"):
        made += [
            Entry(r.released_at, f"{hold.label} · {r.get_outcome_display()}", r.reason, r.released_by, digest=r.digest[:12])
            for r in hold.releases.all()
        ]
    made += [Entry(p.printed_at, p.get_kind_display(), "", p.printed_by) for p in document.prints.all()]
    made += [Entry(s.used_at, _("用印"), f"{s.seal} {s.number}", s.used_by) for s in document.seal_uses.all()]
    return sorted(made, key=lambda e: e.at, reverse=True)


def file_names(document: Document) -> dict[str, str]:
    """The files that may be fetched with this document, by digest."""
    names = {a.stored_id: a.name for a in document.attachments.all()}
    names |= {m.stored_id: m.name for p in document.proofs.prefetch_related("media") for m in p.media.all()}
    for s in document.scans.all():
        names[s.stored_id] = f"{document}-{s.page}.jpg"
        if s.aligned_id:
            names[s.aligned_id] = f"{document}-{s.page}.png"
    return names


def returned_context(returned: ReturnedDocx) -> dict[str, Any]:
    """The difference view of an edited Word file."""
    version = facts.version_of(returned.document)
    rows = []
    for change in returned.differences.all():
        rows.append({"change": change, "label": _label(version, change.path)})
    stale = returned.base_digest != returned.document.digest
    return {"returned": returned, "document": returned.document, "rows": rows, "stale": stale}


def _label(version: Any, path: str) -> str:
    name, *rest = path.partition(":")[0].split(".")
    try:
        label = str(version.field(name).label)
    except DefinitionError:
        return path
    return label + "".join(f" {int(r) + 1}" if r.isdigit() else f" {r}" for r in rest)


def scan_context(document: Document, scans: Sequence[ScanPage]) -> dict[str, Any]:
    """Scans with their marks, and the pages of which there is no photograph that matches."""
    total = len(document.page_images)
    good = {s.page for s in scans if s.outcome in {ScanOutcome.SAME, ScanOutcome.DIFFERS}}
    return {
        "scans": [
            {"scan": s, "marks": s.marks, "danger": s.outcome != ScanOutcome.SAME, "url": _file(document, s.stored_id),
             "aligned": _file(document, s.aligned_id) if s.aligned_id else ""}
            for s in scans
        ],
        "missing": [n for n in range(1, total + 1) if n not in good], "total": total, "page_mm": PAGE_MM,
    }  # fmt: skip


def _file(document: Document, sha256: str) -> str:
    return reverse("documents:file", args=[document.pk, sha256])


def readable(blocks: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Composed blocks for the live text: rows flattened to what a template can walk."""
    return [dict(b) for b in blocks]


def basis_rows(definition: Any) -> list[Basis]:
    """The articles a kind of document rests on."""
    return [Basis(c.text(), confirmation=c.confirmation) for c in map(facts.citation_of, definition.basis)]
