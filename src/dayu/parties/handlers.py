"""What the parties domain does when an approval of an export ends."""

from __future__ import annotations

from datetime import datetime

from dayu.core.actors import SYSTEM
from dayu.core.events import handles
from dayu.parties.models import PartyExport
from dayu.parties.services.exports import FLOW, grant_export, refuse_export
from dayu.work.events import ApprovalDropped, ApprovalGranted, ApprovalRefused


@handles(ApprovalGranted)
def open_export(event: ApprovalGranted, *, moment: datetime) -> None:
    """The list may be taken."""
    if event.flow_key == FLOW:
        grant_export(_export(event.subject), actor=SYSTEM, moment=moment)


@handles(ApprovalRefused)
def close_refused_export(event: ApprovalRefused, *, moment: datetime) -> None:
    """The list may not be taken."""
    if event.flow_key == FLOW:
        refuse_export(_export(event.subject), actor=SYSTEM, moment=moment)


@handles(ApprovalDropped)
def close_dropped_export(event: ApprovalDropped, *, moment: datetime) -> None:
    """Nobody wants it any more."""
    if event.flow_key == FLOW:
        refuse_export(_export(event.subject), actor=SYSTEM, moment=moment)


def _export(key: str) -> PartyExport:
    return PartyExport.objects.get(pk=int(key.rsplit(":", 1)[1]))
