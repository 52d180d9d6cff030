"""What the work domain does when something happens in the organisation, or a territory sets a value."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from dayu.basis.events import ParameterSet
from dayu.core import clock
from dayu.core.actors import SYSTEM
from dayu.core.events import handles
from dayu.org.events import CertificateExpiring, OfficerLeft
from dayu.org.models import EnforcementCertificate
from dayu.org.selectors import holders_of
from dayu.work.holders import Holder
from dayu.work.models import ApprovalRequest, ApprovalStep, Notification
from dayu.work.services import hand_over_tasks_of, notify, reassign_signature, recompute_for_parameter


@handles(OfficerLeft)
def hand_over_work(event: OfficerLeft, *, moment: datetime) -> None:
    """ORG-14: what waits on somebody who left passes to a head at once, marked for reassignment; clocks go on."""
    _pass_signatures_on(event, moment)
    hand_over_tasks_of(
        f"org.person:{event.person_id}", actor=SYSTEM, moment=moment, organ_id=event.agency_id
    )


@handles(ParameterSet)
def follow_the_territory(event: ParameterSet, *, moment: datetime) -> None:
    """PLN-02: open deadlines whose number a territory set or ended are computed again, and their holders hear of it."""
    recompute_for_parameter(None, actor=SYSTEM, moment=moment, key=event.key, territory=event.territory)


@handles(CertificateExpiring)
def tell_of_expiring_certificate(event: CertificateExpiring, *, moment: datetime) -> None:
    """ORG-07: the holder and the heads of the units of the agency hear in time; once for each window."""
    certificate = EnforcementCertificate.objects.select_related("person__agency").get(pk=event.certificate_id)
    text = _("%(name)s的执法证件（%(number)s）%(day)s到期，到期后不能执法、签名") % {
        "name": certificate.person.name, "number": certificate.number, "day": event.valid_until.isoformat(),
    }  # fmt: skip
    heads = holders_of("unit_head", "administrator", agency=event.agency_id, on=clock.legal_date(moment))
    subject = f"org.enforcementcertificate:{certificate.pk}:{event.valid_until}:{event.alert_days}"
    if Notification.objects.filter(subject=subject).exists():
        return  # delivered a second time
    for person_id in dict.fromkeys([event.person_id, *heads.values_list("pk", flat=True)]):
        notify(person_id, text, certificate.person.get_absolute_url(), moment=moment, subject=subject)


def _pass_signatures_on(event: OfficerLeft, moment: datetime) -> None:
    """Places for his signature go to the head of the organ."""
    waiting = ApprovalStep.objects.filter(
        holder_person_id=event.person_id, organ_id=event.agency_id, answer="",
        request__standing__in=[ApprovalRequest.OPEN, ApprovalRequest.RETURNED, ApprovalRequest.WITHDRAWN],
    ).select_related("request")
    for step in waiting:
        reassign_signature(
            step.request,
            actor=SYSTEM,
            moment=moment,
            words=_("签批人离岗"),
            position=step.position,
            holder=Holder(post="agency_head"),
        )
