"""What cases tell: a decision was sealed, served, revoked. The publication follows by itself."""

from __future__ import annotations

from datetime import datetime

from dayu.cases.events import DecisionRevoked, DecisionServed, PenaltyDecided
from dayu.cases.models import Case, CaseParty
from dayu.core.actors import SYSTEM
from dayu.core.events import handles
from dayu.disclosure.models import Publication
from dayu.disclosure.services import follow_limit, make_draft, record_revocation, record_service
from dayu.documents.models import Document
from dayu.work.events import DeadlineMoved


@handles(PenaltyDecided)
def draft_publication(event: PenaltyDecided, *, moment: datetime) -> None:
    """A masked draft at sealing."""
    document = Document.objects.filter(pk=_number(event.document)).select_related("organ").first()
    if document is None:
        return
    case = Case.objects.select_related("organ__territory").get(pk=event.case_id)
    party = CaseParty.objects.get(pk=event.party_id)
    lead = case.officers.filter(until_on=None).order_by("pk").first()
    make_draft(
        document, actor=SYSTEM, moment=moment, case=case, party=party, owner_id=lead.person_id if lead else None
    )


@handles(DecisionServed)
def release_after_service(event: DecisionServed, *, moment: datetime) -> None:
    """Service opens the way to release."""
    for publication in _of(event.case_id, event.party_id):
        record_service(publication, actor=SYSTEM, moment=moment, served_on=event.served_on)


@handles(DecisionRevoked)
def follow_revocation(event: DecisionRevoked, *, moment: datetime) -> None:
    """A revoked decision is withdrawn, or never published."""
    for publication in _of(event.case_id, event.party_id):
        if publication.revoked_on is None:
            record_revocation(
                publication, actor=SYSTEM, moment=moment, revoked_on=event.revoked_on, reason=event.reason
            )


@handles(DeadlineMoved)
def follow_moved_limit(event: DeadlineMoved, *, moment: datetime) -> None:
    """The calendar changed: the day of the publication goes along."""
    if not event.subject.startswith("disclosure.publication:"):
        return
    publication = Publication.objects.select_related("agency", "case").get(pk=_number(event.subject))
    follow_limit(publication, actor=SYSTEM, moment=moment, limit_key=event.limit_key, due_on=event.due_after)


def _of(case_id: int, party_id: int) -> list[Publication]:
    rows = Publication.objects.filter(case_id=case_id, party_id=party_id, dropped_on=None, withdrawn_on=None)
    return list(rows.select_related("agency__territory", "case__organ", "party", "owner"))


def _number(key: str) -> int:
    """12 from `documents.document:12`."""
    tail = key.rsplit(":", 1)[-1]
    return int(tail) if tail.isdigit() else 0
