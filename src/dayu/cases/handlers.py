"""What the cases domain does when lower domains report something: approvals, reviews, documents, preserved evidence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from dayu.cases.events import CaseActed, CaseOpened
from dayu.cases.models import Case, CaseApproval, CaseParty
from dayu.cases.selectors import cases_of_subject
from dayu.cases.services import renew_tasks, serve_decision, serve_penalty_notice
from dayu.cases.services.approving import carry_out_approval, end_approval, reasons_of
from dayu.cases.services.recording import record_event
from dayu.core import clock
from dayu.core.actors import SYSTEM
from dayu.core.audit import subject_key
from dayu.core.events import handles
from dayu.core.refused import Refused
from dayu.documents.events import DocumentSealed, DocumentServed
from dayu.documents.models import Document
from dayu.legal_review.events import ReviewConfirmed, ReviewNotPassed, ReviewPassed, ReviewWithdrawn
from dayu.org.actors import actor_of_person
from dayu.org.models import Person
from dayu.records.events import EvidencePreserved, PreservationDecided
from dayu.work.events import ApprovalDropped, ApprovalGranted, ApprovalRefused
from dayu.work.services import notify

APPROVAL = "cases.caseapproval:"


@handles(ApprovalGranted)
def carry_out(event: ApprovalGranted, *, moment: datetime) -> None:
    """The head agreed: do what was asked for, in his name. What the law refuses by now is answered to who asked."""
    approval = _approval(event.subject)
    if approval is None or approval.outcome or event.granted_by_id is None:
        return
    head = actor_of_person(Person.objects.select_related("agency", "unit").get(pk=event.granted_by_id),
                           on=clock.legal_date(moment))  # fmt: skip
    try:
        carry_out_approval(approval, actor=SYSTEM, moment=moment, granted_by=head, digest=event.digest)
    except Refused as refused:
        why = reasons_of(refused)
        end_approval(approval, actor=SYSTEM, moment=moment, outcome="failed", words=why)
        notify(approval.requested_by_id, f"{approval}：{why}"[:200], "", moment=moment)


@handles(ApprovalRefused)
def note_refusal(event: ApprovalRefused, *, moment: datetime) -> None:
    """The head did not agree."""
    approval = _approval(event.subject)
    if approval is not None:
        end_approval(approval, actor=SYSTEM, moment=moment, outcome="refused", words=event.words)


@handles(ApprovalDropped)
def note_drop(event: ApprovalDropped, *, moment: datetime) -> None:
    """The request was given up."""
    approval = _approval(event.subject)
    if approval is not None:
        end_approval(approval, actor=SYSTEM, moment=moment, outcome="dropped", words=event.words)


@handles(CaseActed)
def renew_after_entry(event: CaseActed, *, moment: datetime) -> None:
    """Something happened in the case: what waits now, and on whom."""
    _renew(event.case_id)


@handles(CaseOpened)
def renew_after_opening(event: CaseOpened, *, moment: datetime) -> None:
    """A new case waits for its first act."""
    _renew(event.case_id)


def _renew(case_id: int) -> None:
    """As of now, not as of the event: a task says what is to be done today."""
    case = Case.objects.select_related("organ").get(pk=case_id)
    renew_tasks(case, actor=SYSTEM, moment=clock.now())


@handles(ReviewPassed)
def note_passed_review(event: ReviewPassed, *, moment: datetime) -> None:
    """The opinion "pass" on one substance."""
    _review(event.subject, event.party, "legal_review_passed", event.review_id, moment, digest=event.digest)


@handles(ReviewConfirmed)
def note_confirmed_review(event: ReviewConfirmed, *, moment: datetime) -> None:
    """The reviewer confirmed what the discussion changed."""
    _review(
        event.subject, event.party, "legal_review_confirmed", f"{event.review_id}:{event.digest[:12]}", moment,
        digest=event.digest,
    )


@handles(ReviewNotPassed)
def note_returned_review(event: ReviewNotPassed, *, moment: datetime) -> None:
    """The reviewer did not let the draft through."""
    _review(
        event.subject, event.party, "legal_review_returned", event.review_id, moment, digest=event.digest,
        params={"conclusion": event.conclusion, "opinion": event.opinion},
    )


@handles(ReviewWithdrawn)
def note_withdrawn_review(event: ReviewWithdrawn, *, moment: datetime) -> None:
    """The handler took the draft back."""
    _review(event.subject, event.party, "legal_review_withdrawn", f"{event.review_id}:withdrawn", moment)


@handles(EvidencePreserved)
def note_preserved(event: EvidencePreserved, *, moment: datetime) -> None:
    """Things were registered and kept: they have to be decided on before the decision."""
    for case in cases_of_subject(event.subject):
        key = f"records.evidencepreservation:{event.preservation_id}"
        record_event(case, actor=SYSTEM, moment=event.preserved_at, kind="evidence_preserved", subject=key, source=key)


@handles(PreservationDecided)
def note_disposed(event: PreservationDecided, *, moment: datetime) -> None:
    """Every thing of the list has its decision."""
    for case in cases_of_subject(event.subject):
        key = f"records.evidencepreservation:{event.preservation_id}"
        record_event(
            case, actor=SYSTEM, moment=event.decided_at, kind="preserved_evidence_disposed", subject=key, source=key
        )


ORDERS = frozenset({"cease_order", "correction_order", "demolition_order", "restoration_order", "permit_order"})


@handles(DocumentSealed)
def note_sealed_order(event: DocumentSealed, *, moment: datetime) -> None:
    """An order that was made for a lead or an inspection is an order in the case that grew from it."""
    if event.key not in ORDERS:
        return
    document = Document.objects.get(pk=event.document_id)
    for case, party in _addressed(event.subject, event.party):
        record_event(
            case, actor=SYSTEM, moment=moment, kind="correction_ordered", party=party, source=subject_key(document),
            on=event.dated, params={"document": subject_key(document), "content": _content(document), "days": _days(document)},
        )


@handles(DocumentServed)
def note_served_document(event: DocumentServed, *, moment: datetime) -> None:
    """Whatever door recorded the service: the limits of the case run from the day that counts."""
    document = Document.objects.get(pk=event.document_id)
    if event.key in SERVED_BY_ACT:
        _served_by_another_door(document, event)
    if event.key in ORDERS:
        for case, party in _addressed(event.subject, event.party):
            record_event(
                case, actor=SYSTEM, moment=moment, kind="correction_order_served", party=party, on=event.served_on,
                source=subject_key(document),
                params={"method": event.method, "days": _days(document), "document": subject_key(document)},
            )


SERVED_BY_ACT: Mapping[str, tuple[str, Any]] = {
    "penalty_notice": ("penalty_notice_served", serve_penalty_notice),
    "penalty_decision": ("decision_served", serve_decision),
    "no_penalty_decision": ("decision_served", serve_decision),
}
PROOFS = {"leave": ("witness", "recording"), "public_notice": ("reason",), "electronic": ("consent",)}


def _served_by_another_door(document: Document, event: DocumentServed) -> None:
    """The register of papers recorded the service: the case's own act follows, on the day that counts.

    Service by public notice is entered as announced; the officer records the service once its days are over.
    """
    kind, act = SERVED_BY_ACT[event.key]
    key = subject_key(document)
    for case, party in _addressed(event.subject, event.party):
        if party is None or case.journal.filter(kind=kind, source=key).exists():
            continue
        proof = document.proofs.order_by("-id").first()
        if event.served_on > clock.today():
            record_event(
                case, actor=SYSTEM, moment=clock.now(), kind="decision_announced", party=party, source=key,
                on=clock.legal_date(proof.happened_at) if proof else None, params={"document": key},
            )
            continue
        announced = clock.legal_date(proof.happened_at) if proof and event.method == "public_notice" else None
        try:
            act(
                party, actor=SYSTEM, moment=clock.legal_moment(event.served_on, 9), method=event.method,
                proofs=PROOFS.get(event.method, ("receipt",)), announced_on=announced, source=key,
            )
        except Refused:
            record_event(
                case, actor=SYSTEM, moment=clock.legal_moment(event.served_on, 9), kind=kind, party=party, source=key,
                params={"document": key, "method": event.method}, defect=",".join(event.defects),
                explanation=proof.explanation if proof else "",
            )


def _days(document: Document) -> int:
    """The days an order gives: from its date to the last day that it names."""
    due = document.fields.get("due_on")
    if not due or document.dated is None:
        return 0
    return max((datetime.fromisoformat(str(due)).date() - document.dated).days, 1)


def _content(document: Document) -> str:
    return str(document.fields.get("content") or document.fields.get("demand") or document.title)


def _addressed(subject: str, party: str) -> list[tuple[Case, CaseParty | None]]:
    found: list[tuple[Case, CaseParty | None]] = []
    for case in cases_of_subject(subject):
        own = _party(case, party)
        found.append((case, own))
    return found


def _party(case: Case, key: str) -> CaseParty | None:
    if key.startswith("cases.caseparty:"):
        return case.parties.filter(pk=int(key.rpartition(":")[2])).first()
    known = case.parties.filter(person_key=key).first() if key else None
    if known is not None:
        return known
    only = list(case.parties.filter(left_on=None)[:2])
    return only[0] if len(only) == 1 else None


def _approval(subject: str) -> CaseApproval | None:
    if not subject.startswith(APPROVAL):
        return None
    return CaseApproval.objects.select_related("case__organ", "party__case").filter(pk=int(subject[len(APPROVAL):])).first()


def _review(
    subject: str, party: str, kind: str, source: object, moment: datetime, *, digest: str = "",
    params: Mapping[str, Any] | None = None,
) -> None:
    for case in cases_of_subject(subject):
        record_event(
            case, actor=SYSTEM, moment=moment, kind=kind, party=_party(case, party), digest=digest,
            source=f"legal_review:{source}", params=params or {},
        )
