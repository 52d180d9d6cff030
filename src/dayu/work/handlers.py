"""What the work domain does when something happens in the organisation."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from dayu.core.actors import SYSTEM
from dayu.core.events import handles
from dayu.org.events import OfficerLeft
from dayu.work.holders import Holder
from dayu.work.models import ApprovalRequest, ApprovalStep
from dayu.work.services import hand_over_tasks_of, reassign_signature


@handles(OfficerLeft)
def hand_over_work(event: OfficerLeft, *, moment: datetime) -> None:
    """ORG-14: what waits on somebody who left passes to a head at once, marked for reassignment; clocks go on."""
    _pass_signatures_on(event, moment)
    hand_over_tasks_of(
        f"org.person:{event.person_id}", actor=SYSTEM, moment=moment, organ_id=event.agency_id
    )


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
