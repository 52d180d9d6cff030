"""From a sealed decision to what may be public: who is private in it, the masked content, the masked PDF, the days."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

import pypdf
from django.db.models import CharField, Q, Value

from dayu.basis.selectors import profiles
from dayu.cases.models import Case, CaseParty
from dayu.core.files import StoredFile, store_bytes
from dayu.disclosure.masking import Private, left_over, mask_fields, mask_name, mask_text
from dayu.disclosure.models import Publication
from dayu.documents import facts as document_facts
from dayu.documents.models import Document
from dayu.law.deadlines import Deadline, deadline
from dayu.law.violations import UnknownViolation, violation
from dayu.paper.chinese import figures
from dayu.paper.compose import Letterhead, compose
from dayu.records.models import EvidencePreservation, RecordOfProceedings
from dayu.work.calendars import calendar_for

PUBLIC_COPY = "公开版"
NATURAL_KINDS = frozenset({"citizen", "minor"})
# Fields of the papers of a case that name natural persons who are not on duty.
NAMING_FIELDS = ("person_name", "proxy_name", "parent_name", "agent_name", "witness_name", "org_legal_rep", "head_name",
                 "contact_name")  # fmt: skip
CONTENT = ("decision_no", "decided_on", "organ_name", "party_name", "natural_person", "uscc", "category", "facts", "basis",
           "kinds", "conclusion", "fine_yuan", "confiscated_yuan", "ends_on")  # fmt: skip
EDITABLE = ("category", "facts", "basis", "conclusion")


@dataclass(frozen=True, slots=True)
class Draft:
    """A masked draft: the columns of a publication, what was taken out, and the masked PDF."""

    content: Mapping[str, Any]
    masked: Mapping[str, int]
    pdf: StoredFile


def private_of(case: Case, party: CaseParty) -> Private:
    """Who and what must not be seen in this matter: every natural person that the case and its papers name."""
    names: set[str] = set()
    addresses: set[str] = set()
    allowed = {case.organ.phone, case.organ.uscc}
    parties = list(case.parties.all())
    for other in parties:
        names |= {other.legal_representative, other.guardian}
        if other.kind in NATURAL_KINDS:
            names.add(other.name)
            addresses |= {other.address, other.service_address}
        else:
            allowed.add(other.uscc)
        if other.kind == "individual_business":
            addresses.add(other.service_address)
    here = Q(subject=f"cases.case:{case.pk}") | Q(subject__in=case.origins.values("subject"))
    for fields in Document.objects.filter(here).values_list("fields", flat=True):
        names |= {str(fields[f]) for f in NAMING_FIELDS if fields.get(f)}
        if fields.get("contact_phone"):
            allowed.add(str(fields["contact_phone"]))
    names |= {n for n in _named_in_records(here) if is_person_name(n)}
    public_names = {p.name for p in parties if p.kind not in NATURAL_KINDS}
    return Private(
        names=tuple(sorted(n for n in names if n and n not in public_names)),
        addresses=tuple(sorted(a for a in addresses if len(a) > 3)),
        allowed=tuple(sorted(filter(None, allowed))),
        natural_party=party.kind in NATURAL_KINDS,
    )


def is_person_name(name: str) -> bool:
    """Whether a name is that of a natural person and not of an organisation: short, or with the dot of transcribed names."""
    bare = name.strip()
    return 1 < len(bare) <= 4 or any(dot in bare for dot in "·•")


def _named_in_records(here: Q) -> Iterator[str]:
    """Everybody whom the records of the matter name: examined, guardians, interpreters, witnesses, keepers of goods."""
    nobody = Value("", output_field=CharField())
    kept = EvidencePreservation.objects.filter(here).values_list("holder_name", nobody, nobody, nobody)
    records = RecordOfProceedings.objects.filter(here)
    people = ("examined_name", "guardian_name", "interpreter_name", "witness_name")
    for row in records.order_by().values_list(*people).union(kept.order_by(), all=True):
        yield from row


def masked_draft(document: Document, case: Case, party: CaseParty) -> Draft:
    """The masked content and PDF of a sealed decision."""
    private = private_of(case, party)
    shown, taken = mask_fields(document.fields, private)
    natural = private.natural_party
    content = {
        "decision_no": document.number,
        "decided_on": document.dated,
        "organ_name": str(document.fields.get("organ_name") or case.organ.name_on(document.dated or date.max)),
        "party_name": mask_name(party.name) if natural else mask_text(party.name, private).text,
        "natural_person": natural,
        "uscc": "" if natural else party.uscc,
        "category": mask_text(_category(case), private).text,
        "facts": _text(shown.get("facts")),
        "basis": _text(shown.get("penalty_basis")),
        "kinds": list(shown.get("penalty_kinds") or []),
        "conclusion": conclusion(shown),
        "fine_yuan": _amount(shown.get("fine_yuan")),
        "confiscated_yuan": _amount(shown.get("gains_yuan")),
        "ends_on": None,
    }
    return Draft(content, taken, store_bytes(masked_pdf(document, shown), media_type="application/pdf"))


def masked_pdf(document: Document, fields: Mapping[str, Any]) -> bytes:
    """The decision set again from masked fields: what was taken out is not in the file at all, under no black bar."""
    made = compose(
        document_facts.definition_of(document.key), document_facts.version_of(document), fields,
        letterhead=Letterhead(str(fields.get("organ_name") or document.organ.name), document.letterhead),
        number=document.number, document=document.mark, digest=document.digest, watermark=PUBLIC_COPY,
        dated=document.dated,
    )  # fmt: skip
    return document_facts.typesetter().pdf(made)


def left_in(publication: Publication) -> tuple[str, ...]:
    """The kinds of private things that still stand in the content or in the text layer of the PDF."""
    private = private_of(publication.case, publication.party)
    texts = [publication.party_name, publication.category, publication.facts, publication.basis, publication.conclusion]
    if publication.pdf is not None:
        texts.append(pdf_text(publication.pdf.read()))
    return tuple(sorted({kind for text in texts for kind in left_over(text, private)}))


def pdf_text(content: bytes) -> str:
    """The text layer of a PDF."""
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def conclusion(fields: Mapping[str, Any]) -> str:
    """What was decided, in one line: 罚款 12,000 元，没收违法所得 3,000 元，其他内容，责令改正."""
    parts = [k for k in fields.get("penalty_kinds") or [] if k not in ("罚款", "没收违法所得")]
    fine, gains = _amount(fields.get("fine_yuan")), _amount(fields.get("gains_yuan"))
    if fine is not None:
        parts.append(f"罚款{figures(fine)}元")
    if gains is not None:
        parts.append(f"没收违法所得{figures(gains)}元")
    parts += [str(p) for p in fields.get("penalties") or []]
    if fields.get("correction"):
        parts.append(str(fields["correction"]))
    return "；".join(p.strip("；。 ") for p in parts if p)


def content_of(publication: Publication) -> dict[str, Any]:
    """The content columns by name."""
    return {name: getattr(publication, name) for name in CONTENT}


def digest_of(publication: Publication) -> str:
    """The digest of content and PDF: what a version is known by."""
    pdf = publication.pdf_id or ""
    return document_facts.digest_of({**content_of(publication), "pdf": pdf})


def publish_limit(territory: str, starts: date) -> Deadline:
    """The time limit `publish` from a day."""
    return deadline("publish", starts, calendar=calendar_for(territory), territory=territory, profiles=profiles)


def withdraw_limit(territory: str, starts: date) -> Deadline:
    """The time limit `withdraw_publicity` from a day."""
    return deadline("withdraw_publicity", starts, calendar=calendar_for(territory), territory=territory, profiles=profiles)


def working_days_after(territory: str, day: date, count: int) -> date:
    """The day that is so many working days after another."""
    return calendar_for(territory).working_day_after(day, count)


def working_days_between(territory: str, day: date, until: date) -> int:
    """How many working days lie after `day` up to and with `until`."""
    return calendar_for(territory).working_days(day, until) if until > day else 0


def with_names(private: Private, more: Iterable[str]) -> Private:
    """The same with further names, for names that only a person finds in the text."""
    return replace(private, names=tuple(sorted({*private.names, *more})))


def _category(case: Case) -> str:
    try:
        return violation(case.violation).name
    except UnknownViolation:
        return case.title


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "；".join(_text(v) for v in value)
    return str(value or "").strip()


def _amount(value: Any) -> Decimal | None:
    if value in (None, ""):
        return None
    try:
        return Decimal(str(value).replace(",", ""))
    except InvalidOperation:
        return None
