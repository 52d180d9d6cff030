"""Recording that a document was served."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from dayu.core import clock
from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.audit import subject_key
from dayu.core.events import publish
from dayu.core.files import StoredFile
from dayu.core.refused import Refused
from dayu.documents import facts
from dayu.documents.events import DocumentServed
from dayu.documents.models import Document, DocumentLife, ProofOfService, ServiceMedia, ServingMethod
from dayu.documents.policies import may_record_service
from dayu.law.calendar import NotComputable
from dayu.law.deadlines import deadline
from dayu.law.refusals import Refusal
from dayu.law.working import working_of
from dayu.work.calendars import calendar_for


@dataclass(frozen=True, slots=True)
class GivenMedia:
    """A proof handed to the act: stored already, with its kind (`recording`, `receipt`, `postal`, `screen` …)."""

    kind: str
    stored: StoredFile
    name: str


@action(label=_("登记送达"), policy=may_record_service, doors={"office", "field", "system"})
def record_service(
    document: Document,
    *,
    actor: Actor,
    moment: datetime,
    method: str,
    recipient: str,
    place: str,
    receiver: str = "",
    receiver_relation: str = "",
    refusal: str = "",
    witness: str = "",
    servers: Sequence[str] = (),
    consent: str = "",
    channel: str = "",
    tracking_no: str = "",
    ground: str = "",
    explanation: str = "",
    media: Sequence[GivenMedia] = (),
) -> ProofOfService:
    """What happened at `moment`. Without an `explanation` a defective service is refused, each defect with its article;
    with one it is recorded as it happened, and `effective` tells whether it counts.

    Electronic service rests on the sealed confirmation of address (送达地址确认书) in which the party agrees to it; `consent`
    names one, else the newest of this party counts. The day that counts after a public notice is computed.
    """
    method = ServingMethod(method)
    consent = _consent(document, consent) if method == ServingMethod.ELECTRONIC else ""
    happened_on = clock.legal_date(moment)
    defects, effective = facts.service_defects(facts.ServiceFacts(
        method=method, has_recording=any(m.kind == "recording" for m in media), witness=witness, refusal=refusal,
        consent=consent, ground=ground, servers=tuple(servers),
        before_made=document.dated is not None and happened_on < document.dated,
    ))
    if defects and not explanation.strip():
        raise Refused(defects)
    served_on, working = _counted_day(document, method, happened_on)
    proof = ProofOfService.objects.create(
        document=document, method=method, recipient=recipient, place=place, happened_at=moment, served_on=served_on,
        receiver=receiver, receiver_relation=receiver_relation, refusal=refusal, witness=witness, servers=list(servers),
        consent=consent, channel=channel, tracking_no=tracking_no, ground=ground, explanation=explanation,
        defects=[d.rule for d in defects], effective=effective, working=working, recorded_by=actor.name,
        entered_at=clock.now(),
    )
    ServiceMedia.objects.bulk_create(
        [ServiceMedia(proof=proof, kind=m.kind, stored=m.stored, name=m.name) for m in media]
    )
    note_subject(proof, related=document.subject)
    note(document=document.number or document.title, method=method, served_on=served_on.isoformat(),
         defects=[d.rule for d in defects])
    if effective:
        _mark_served(document, proof, moment)
    return proof


def _consent(document: Document, wanted: str) -> str:
    """The key of the signed consent to electronic service in this matter, or nothing."""
    signed = Document.objects.of(document.subject).current().filter(key="service_address", sealed_at__isnull=False)
    for paper in signed.for_party(document.party).order_by("-id"):
        if paper.fields.get("electronic_consent") is True and wanted in {"", subject_key(paper)}:
            return subject_key(paper)
    return ""


def _counted_day(document: Document, method: str, happened_on: date) -> tuple[date, list[dict[str, Any]]]:
    if method != ServingMethod.PUBLIC_NOTICE:
        return happened_on, []
    try:
        found = deadline("public_notice_service", happened_on, calendar=calendar_for(document.organ.territory_id))
    except NotComputable as error:
        raise Refused([error.refusal]) from error
    return found.due_on, [line.as_json() for line in working_of(found)]


def _mark_served(document: Document, proof: ProofOfService, moment: datetime) -> None:
    """The first service that counts starts the periods; later ones stay on record beside it."""
    if document.served_on is not None:
        return
    document.life, document.served_on = DocumentLife.SERVED, proof.served_on
    document.issued_at = document.issued_at or moment
    document.save()
    publish(
        DocumentServed(document.pk, document.key, document.subject, document.party, proof.method, proof.served_on,
                       tuple(proof.defects)),
        moment=moment,
    )


def defects_of(proof: ProofOfService) -> tuple[Refusal, ...]:
    """The defects of a recorded service in words and articles, for the gate before the next step and for the screen."""
    found, _effective = facts.service_defects(facts.ServiceFacts(
        method=proof.method, has_recording=any(m.kind == "recording" for m in proof.media.all()), witness=proof.witness,
        refusal=proof.refusal, consent=proof.consent, ground=proof.ground, servers=tuple(proof.servers),
        before_made="documents.served_before_made" in proof.defects,
    ))
    return found
