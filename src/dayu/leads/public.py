"""What strangers may see and do: organs that take tips, sending one, and following it with its code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from dayu.leads.models import Informant, Lead
from dayu.leads.services.registering import GivenMaterial, Sender
from dayu.leads.services.tips import MOST_FILES, TipReceipt, follow_digest, send_tip
from dayu.org.models import Agency

__all__ = [
    "MOST_FILES",
    "GivenMaterial",
    "PublicStep",
    "PublicTip",
    "Sender",
    "TipReceipt",
    "follow_tip",
    "send_tip",
    "tip_organs",
]


@dataclass(frozen=True, slots=True)
class PublicStep:
    """One step that the sender may know of."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class PublicTip:
    """A tip as its sender sees it: no numbers, no names, nothing of other people."""

    received_at: datetime
    place: str
    stage: str
    steps: Sequence[PublicStep]
    answers: Sequence[str]


def tip_organs() -> list[Agency]:
    """Organs that take tips, by territory."""
    found = Agency.objects.filter(kind="water_authority", valid_until=None)
    return list(found.select_related("territory").order_by("territory__path"))


def follow_tip(code: str) -> PublicTip | None:
    """The tip behind a code, or None. A wrong code reveals nothing."""
    if not code.strip():
        return None
    informant = Informant.objects.filter(follow_digest=follow_digest(code)).select_related("lead").first()
    if informant is None:
        return None
    return _public(informant.lead)


def _public(lead: Lead) -> PublicTip:
    steps = [PublicStep(lead.received_at, _("已收到"))]
    first = lead.officers.order_by("assigned_at").first()
    if first is not None:
        steps.append(PublicStep(first.assigned_at, _("已分派核查")))
    if lead.verified_at is not None:
        steps.append(PublicStep(lead.verified_at, _("核查完毕")))
    answers = [f.text for f in lead.feedbacks.all() if f.channel == "follow"]
    if lead.disposal and lead.disposal != "joined" and lead.disposed_at is not None:
        steps.append(PublicStep(lead.disposed_at, _("已作出处理")))
    elif lead.disposal == "joined" and lead.disposed_at is not None:
        steps.append(PublicStep(lead.disposed_at, _("与同一事项的其他举报一并处理")))
    return PublicTip(lead.received_at, lead.place, steps[-1].text, steps, answers)
