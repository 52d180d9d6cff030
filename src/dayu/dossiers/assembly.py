"""What belongs into a dossier and in which order: documents, proofs of service, evidence, records, generated papers.

The order follows the definitions of documents (`volume`, `order`); evidence comes in the order of its kinds; each document
is followed by its proofs of service and its signed pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache

from django.utils.translation import gettext as _

from dayu.cases import facts as case_facts
from dayu.cases.models import Case, JournalEntry
from dayu.cases.paper_fields import fields_for
from dayu.cases.selectors import subjects_of
from dayu.core import clock
from dayu.core.audit import subject_key
from dayu.core.files import StoredFile
from dayu.core.refused import Refused
from dayu.documents.facts import definition_of, typesetter, version_for
from dayu.documents.models import Document, ProofOfService
from dayu.documents.selectors import DocumentRow
from dayu.dossiers.binding import Sheet, Unbindable, as_pdf, joined, sheet_pdf
from dayu.dossiers.definitions import Requirement, dossier_kind
from dayu.legal_review.definitions import conclusions, points
from dayu.legal_review.models import LegalReview
from dayu.paper.compose import Letterhead, compose
from dayu.records.models import EvidenceItem, EvidencePreservation, RecordOfProceedings

# Evidence in the order in which dossiers hold it: statements first, then papers, records, pictures, data.
EVIDENCE_ORDER = (
    "party_statement", "document", "testimony", "expert_opinion", "scene_record", "object", "audiovisual", "electronic",
)  # fmt: skip
EVIDENCE_AT, PROCEEDINGS_AT, PRESERVATION_AT = 221, 210, 233
# Form of approval -> the entries that hold the handler's and the head's words.
OPINIONS_OF = {"filing_approval": ("filing_requested", "filed"), "closing_approval": ("", "closed")}
GENERATED_NOTE = "本页由系统按案件记录生成。"


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece on its way into the dossier. `make` answers its pages as PDF; it is called when a volume is bound."""

    source: str
    key: str
    title: str
    volume: str
    order: tuple[int, ...]
    make: Callable[[], bytes] = field(repr=False)
    document_no: str = ""
    responsible: str = ""
    dated: date | None = None
    remark: str = ""
    generated: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """A part that should be there and is not."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Assembly:
    """All pieces in order, and what is missing."""

    pieces: tuple[Piece, ...]
    missing: tuple[Missing, ...]


def assemble(case: Case, *, kind: str, single: bool) -> Assembly:
    """Gather everything that belongs into the dossier of a case."""
    subjects = subjects_of(case)
    rows = [r for r in _document_rows(subjects) if r.document.sealed]
    items = _evidence(subjects)
    records = list(RecordOfProceedings.objects.of(*subjects).prefetch_related("officers__person", "files__stored"))
    pieces = [p for row in rows for p in _of_document(row)]
    pieces += [_of_evidence(i) for i in items]
    pieces += [_of_record(r) for r in records]
    pieces += [_of_preservation(p) for p in _preservations(subjects, rows)]
    present = {r.document.key for r in rows}
    kinds_happened = {e.kind for e in case_facts.journal_of(case)}
    found: list[Missing] = []
    for requirement in dossier_kind(kind).requirements:
        if not _applies(requirement, kinds_happened) or _is_met(requirement, present, items, records):
            continue
        made = _generated(case, requirement)
        if made:
            pieces += made
        else:
            found.append(Missing(requirement.key, requirement.zh))
    found += _unserved(rows)
    ordered = [_made_once(p) for p in sorted(pieces, key=lambda p: (p.order, p.source))]
    return Assembly(tuple(_in_one(p) for p in ordered) if single else tuple(ordered), tuple(found))


def _made_once(piece: Piece) -> Piece:
    """Counting pages and binding them set a piece once."""
    return replace(piece, make=cache(piece.make))


def _in_one(piece: Piece) -> Piece:
    return replace(piece, volume="main")


def _applies(requirement: Requirement, happened: set[str]) -> bool:
    if requirement.unless and happened & set(requirement.unless):
        return False
    return not requirement.when or bool(happened & set(requirement.when))


def _is_met(
    requirement: Requirement,
    present: set[str],
    items: Sequence[EvidenceItem],
    records: Sequence[RecordOfProceedings],
) -> bool:
    if present & set(requirement.any_of):
        return True
    have = {"evidence": bool(items), "proceedings": bool(records)}
    return any(have[r] for r in requirement.records)


def _unserved(rows: Iterable[DocumentRow]) -> list[Missing]:
    """A document that must be served and has no proof of service that counts."""
    return [
        Missing(f"service:{r.document.pk}", _("送达回证：%(document)s") % {"document": r.document})
        for r in rows
        if r.must_be_served
    ]


# ---------------------------------------------------------------- documents


def _document_rows(subjects: Sequence[str]) -> list[DocumentRow]:
    found = Document.objects.of(*subjects).current().select_related("organ", "pdf").order_by("id")
    found = found.prefetch_related("proofs", "scans__stored", "attachments__stored")
    return [DocumentRow(d, (), tuple(d.proofs.all())) for d in found]


def _of_document(row: DocumentRow) -> list[Piece]:
    document = row.document
    definition = definition_of(document.key)
    volume = "secondary" if definition.volume == "sub" else "main"
    if definition.volume == "none":
        return []
    first = Piece(
        source=subject_key(document),
        key=document.key,
        title=document.title,
        volume=volume,
        order=(definition.order, document.pk, 0),
        make=lambda: _document_pages(document),
        document_no=document.number,
        responsible=document.organ.name_on(document.dated) if document.dated else document.organ.name,
        dated=document.dated,
    )
    proofs = [_of_proof(document, p, volume, definition.order) for p in row.proofs if p.effective]
    return [first, *proofs]


def _document_pages(document: Document) -> bytes:
    """The sealed text, then what came back from paper: scans in page order, attachments."""
    stored = [document.pdf] if document.pdf is not None else []
    stored += [s.stored for s in sorted(document.scans.all(), key=lambda s: (s.page, s.pk))]
    stored += [a.stored for a in document.attachments.all()]
    return pages_of(stored, fallback=Sheet(str(document), text=[_("纸质文书，见原件。")]))


def _of_proof(document: Document, proof: ProofOfService, volume: str, order: int) -> Piece:
    return Piece(
        source=subject_key(proof),
        key="proof_of_service",
        title=_("送达回证（%(document)s）") % {"document": document.title},
        volume=volume,
        order=(order, document.pk, proof.pk),
        make=lambda: _proof_pages(document, proof),
        responsible=document.organ.name,
        dated=proof.served_on,
        generated=True,
    )


def _proof_pages(document: Document, proof: ProofOfService) -> bytes:
    names = [str(s.get("name", s)) if isinstance(s, dict) else str(s) for s in proof.servers] + ["", ""]
    fields = {
        "recipient": proof.recipient,
        "docs": [{"name": document.title, "no": document.number, "copies": "1"}],
        "place": proof.place,
        "method": proof.get_method_display(),
        "served_at": proof.happened_at.astimezone(clock.LEGAL_ZONE).replace(tzinfo=None).isoformat(timespec="minutes"),
        "receiver": proof.receiver,
        "receiver_relation": proof.receiver_relation,
        "refusal": proof.refusal,
        "witness_name": proof.witness,
        "attachment": [v for v in (proof.tracking_no, proof.channel) if v],
        "server1_name": names[0],
        "server2_name": names[1],
        "remark": "；".join(filter(None, [proof.ground, proof.explanation])),
    }
    return form_pdf("proof_of_service", fields, case_organ=document.organ.name, on=proof.served_on, territory="")


def form_pdf(key: str, fields: Mapping[str, object], *, case_organ: str, on: date, territory: str) -> bytes:
    """A form of the rulebook, filled from records and set; fields it does not know are left out."""
    version = version_for(key, on=on, territory=territory)
    known = {f.id for f in version.fields}
    values = {k: v for k, v in {"organ_name": case_organ, **fields}.items() if k in known and v not in (None, "", [])}
    composed = compose(definition_of(key), version, values, letterhead=Letterhead(case_organ, "plain"), dated=on)
    return typesetter().pdf(composed)


# ---------------------------------------------------------------- evidence and records


def _evidence(subjects: Sequence[str]) -> list[EvidenceItem]:
    rows = EvidenceItem.objects.of(*subjects).present().select_related("taken_by", "second_taker", "organ")
    return list(rows.prefetch_related("files__stored"))


def _of_evidence(item: EvidenceItem) -> Piece:
    return Piece(
        source=subject_key(item),
        key=f"evidence:{item.kind}",
        title=f"{item.get_kind_display()}：{item.name}",
        volume="main",
        order=(EVIDENCE_AT, EVIDENCE_ORDER.index(item.kind), item.pk),
        make=lambda: _evidence_pages(item),
        responsible="、".join(p.name for p in item.takers) or item.provided_by or item.organ.name,
        dated=clock.legal_date(item.taken_at),
        remark=_("复制件") if item.form in ("copy", "extract") else "",
    )


def _evidence_pages(item: EvidenceItem) -> bytes:
    rows = [
        (_("名称"), item.name),
        (_("证据种类"), str(item.get_kind_display())),
        (_("形式"), str(item.get_form_display())),
        (_("来源"), item.source),
        (_("提供人"), item.provided_by),
        (_("取证人"), "、".join(p.name for p in item.takers)),
        (_("取证时间"), _local(item.taken_at)),
        (_("取证地点"), item.place),
        (_("原件（原物）存放处"), item.original_kept_at),
        (_("证明对象"), item.proves),
        (_("数量"), item.quantity),
        (_("提取过程"), item.extraction),
    ]
    slip = Sheet(_("证据材料"), [(k, v) for k, v in rows if v], _file_lines(item), GENERATED_NOTE)
    return joined([sheet_pdf(slip), *_bindable([f.stored for f in item.files.all()])])


def _file_lines(item: EvidenceItem) -> list[str]:
    """The files by name, size and digest: what has no pages is kept electronically and is named here."""
    lines = []
    for file in item.files.all():
        span = ""
        if file.recorded_from and file.recorded_until:
            span = f"，{_local(file.recorded_from)}—{_local(file.recorded_until)}"
        lines.append(f"{file.position}. {file.name}（{file.stored.size} 字节{span}）SHA-256 {file.stored.sha256}")
    return lines


def _of_record(record: RecordOfProceedings) -> Piece:
    key = {"interview_record": "interview_record", "on_site_record": "onsite_inspection_record"}.get(
        record.kind, "scene_examination"
    )
    return Piece(
        source=subject_key(record),
        key=key,
        title=str(record),
        volume="main",
        order=(PROCEEDINGS_AT, record.pk, 0),
        make=lambda: _record_pages(record),
        responsible="、".join(o.person.name for o in record.officers.all()),
        dated=clock.legal_date(record.started_at),
        remark=_("有瑕疵，见情况说明") if record.defects else "",
    )


def _record_pages(record: RecordOfProceedings) -> bytes:
    rows = [
        (_("起止时间"), f"{_local(record.started_at)}—{_local(record.ended_at)}"),
        (_("地点"), record.place),
        (_("执法人员"), "、".join(f"{o.person.name} {o.certificate_no}".strip() for o in record.officers.all())),
        (_("被询问（检查、勘验）人"), f"{record.examined_name} {record.examined_role}".strip()),
        (_("见证人"), record.witness_name),
        (_("签名情况"), f"{record.get_signature_display()} {record.signature_note}".strip()),
        (_("情况说明"), record.explanation),
    ]
    text = [line for line in record.text.splitlines() if line.strip()]
    sheet = Sheet(str(record.get_kind_display()), [(k, v) for k, v in rows if v], text, GENERATED_NOTE)
    scans = _bindable([f.stored for f in record.files.all()])
    return joined([*scans]) if scans else sheet_pdf(sheet)


def _preservations(subjects: Sequence[str], rows: Sequence[DocumentRow]) -> list[EvidencePreservation]:
    """Preservations that no document of the case carries."""
    if any(r.document.key in ("preservation_notice", "preservation_disposal") for r in rows):
        return []
    found = EvidencePreservation.objects.of(*subjects).exclude(preserved_at=None)
    return list(found.select_related("first_officer", "second_officer", "approved_by").prefetch_related("items"))


def _of_preservation(preservation: EvidencePreservation) -> Piece:
    assert preservation.preserved_at is not None
    return Piece(
        source=subject_key(preservation),
        key="preservation_notice",
        title=_("先行登记保存清单（%(holder)s）") % {"holder": preservation.holder_name},
        volume="main",
        order=(PRESERVATION_AT, preservation.pk, 0),
        make=lambda: _preservation_pages(preservation),
        responsible=preservation.first_officer.name,
        dated=clock.legal_date(preservation.preserved_at),
        generated=True,
    )


def _preservation_pages(preservation: EvidencePreservation) -> bytes:
    rows = [
        (_("持有人"), preservation.holder_name),
        (_("保存理由"), preservation.reason),
        (_("保存地点"), preservation.place),
        (
            _("批准"),
            f"{preservation.approved_by.name} {_local(preservation.approved_at)}" if preservation.approved_by else "",
        ),
        (_("登记保存时间"), _local(preservation.preserved_at)),
    ]
    text = [
        f"{i.position}. {i.name} {i.specification} {i.quantity}：{i.get_disposal_display() or '未作处理'} {i.disposal_note}"
        for i in preservation.items.all()
    ]
    return sheet_pdf(Sheet(_("先行登记保存清单"), [(k, v) for k, v in rows if v], text, GENERATED_NOTE))


# ---------------------------------------------------------------- papers made from the course of the case


def _generated(case: Case, requirement: Requirement) -> list[Piece]:
    """Papers of a kind that nobody drafted, from what the case knows: one for each entry that calls for it."""
    if not requirement.generate:
        return []
    key = requirement.generate
    if key == "legal_review_opinion":
        return [_of_review(r) for r in LegalReview.objects.filter(subject=subject_key(case), conclusion="pass")]
    definition = definition_of(key)
    return [
        Piece(
            source=f"{subject_key(entry)}:{key}",
            key=key,
            title=definition.title + (f"（{entry.party.name}）" if entry.party else ""),
            volume="secondary" if definition.volume == "sub" else "main",
            order=(definition.order, entry.sequence, 0),
            make=_maker_of(case, key, entry),
            responsible=entry.entered_by,
            dated=entry.happened_on,
            remark=_("按记录生成"),
            generated=True,
        )
        for entry in _first_entries(case, requirement.when).values()
    ]


def _first_entries(case: Case, kinds: Sequence[str]) -> dict[int | None, JournalEntry]:
    """The first entry for each party of the first kind that happened at all."""
    entries = JournalEntry.objects.filter(case=case, kind__in=kinds).select_related("party").order_by("sequence")
    rows = sorted(entries, key=lambda e: (kinds.index(e.kind), e.sequence))
    seen: dict[int | None, JournalEntry] = {}
    for entry in rows:
        if entry.kind == rows[0].kind:
            seen.setdefault(entry.party_id, entry)
    return seen


def _opinions(case: Case, key: str) -> dict[str, object]:
    """What the handler and the head said, for a form of approval."""
    asked, granted = OPINIONS_OF.get(key, ("", ""))
    found: dict[str, object] = {}
    for name, kind in (("handler_opinion", asked), ("head_opinion", granted)):
        entry = JournalEntry.objects.filter(case=case, kind=kind).order_by("-sequence").first() if kind else None
        if entry is not None and entry.params.get("opinion"):
            who = entry.params.get("head") or entry.entered_by
            found[name] = f"{entry.params['opinion']}（{who}，{entry.happened_on:%Y-%m-%d}）"
    return found


def _maker_of(case: Case, key: str, entry: JournalEntry) -> Callable[[], bytes]:
    return lambda: _paper_of(case, key, entry)


def _paper_of(case: Case, key: str, entry: JournalEntry) -> bytes:
    """The form where the rulebook has one for the day; else a plain sheet with what was entered."""
    params = {k: v for k, v in entry.params.items() if isinstance(v, (str, int, list)) and v}
    try:
        fields = fields_for(case, key, party=entry.party, on=entry.happened_on)
        return form_pdf(
            key,
            {**fields, **params, **_opinions(case, key)},
            case_organ=case.organ.name_on(entry.happened_on),
            on=entry.happened_on,
            territory=case.territory_code,
        )
    except Refused:
        rows = [(_("案由"), case.title), (_("日期"), entry.happened_on.isoformat()), (_("录入人"), entry.entered_by)]
        return sheet_pdf(
            Sheet(definition_of(key).title, rows, [f"{k}：{v}" for k, v in params.items()], GENERATED_NOTE)
        )


def _of_review(review: LegalReview) -> Piece:
    definition = definition_of("legal_review_opinion")
    return Piece(
        source=subject_key(review),
        key="legal_review_opinion",
        title=definition.title + (f"（{review.party_name}）" if review.party_name else ""),
        volume="secondary",
        order=(definition.order, review.pk, 0),
        make=lambda: _review_pages(review),
        responsible=review.signed_by.name if review.signed_by else "",
        dated=clock.legal_date(review.concluded_at) if review.concluded_at else None,
        remark=_("按记录生成"),
        generated=True,
    )


def _review_pages(review: LegalReview) -> bytes:
    answers = {a.key: a for a in review.points.all()}
    rows = [
        (_("案由"), review.matter_title),
        (_("当事人"), review.party_name),
        (_("送审"), f"{review.submitted_by.name} {_local(review.submitted_at)}"),
        (_("审核结论"), conclusions()[review.conclusion].zh),
        (_("审核意见"), review.opinion),
        *((p.zh, _answer_words(answers.get(key))) for key, p in points().items()),
        (_("审核人员"), f"{review.signed_by.name if review.signed_by else ''} {_local(review.concluded_at)}"),
        (_("实质内容校验值"), review.digest),
        (_("意见校验值"), review.opinion_digest),
    ]
    return sheet_pdf(Sheet(_("法制审核意见书"), [(k, v) for k, v in rows if v], (), GENERATED_NOTE))


def _answer_words(answer: object) -> str:
    if answer is None:
        return ""
    words = [str(answer.get_answer_display()), answer.remark, answer.ground]  # type: ignore[attr-defined]
    return "；".join(w for w in words if w)


# ---------------------------------------------------------------- pages


def pages_of(stored: Iterable[StoredFile], *, fallback: Sheet) -> bytes:
    """Stored files as pages; a sheet where none of them has pages."""
    found = _bindable(stored)
    return joined(found) if found else sheet_pdf(fallback)


def _bindable(stored: Iterable[StoredFile]) -> list[bytes]:
    found = []
    for file in stored:
        try:
            found.append(as_pdf(file.read(), media_type=file.media_type))
        except (Unbindable, OSError):
            continue
    return found


def _local(at: datetime | None) -> str:
    return f"{at.astimezone(clock.LEGAL_ZONE):%Y-%m-%d %H:%M}" if at else ""
