"""What the leads domain does when an approval of a disposal ends."""

from __future__ import annotations

from datetime import datetime

from dayu.core.actors import SYSTEM
from dayu.core.events import handles
from dayu.leads.models import DisposalProposal
from dayu.leads.services.disposing import FLOWS, end_proposal, settle_proposal
from dayu.work.events import ApprovalDropped, ApprovalGranted, ApprovalRefused


@handles(ApprovalGranted)
def settle_granted_disposal(event: ApprovalGranted, *, moment: datetime) -> None:
    """The lead ends as proposed."""
    if event.flow_key in FLOWS.values():
        settle_proposal(_proposal(event.subject), actor=SYSTEM, moment=moment, agreed_by=event.granted_by_name)


@handles(ApprovalRefused)
def reopen_refused_disposal(event: ApprovalRefused, *, moment: datetime) -> None:
    """The lead waits for another disposal."""
    if event.flow_key in FLOWS.values():
        end_proposal(_proposal(event.subject), actor=SYSTEM, moment=moment, words=event.words)


@handles(ApprovalDropped)
def reopen_dropped_disposal(event: ApprovalDropped, *, moment: datetime) -> None:
    """The lead waits for another disposal."""
    if event.flow_key in FLOWS.values():
        end_proposal(_proposal(event.subject), actor=SYSTEM, moment=moment, words=event.words)


def _proposal(key: str) -> DisposalProposal:
    return DisposalProposal.objects.select_related("lead").get(pk=int(key.rsplit(":", 1)[1]))
