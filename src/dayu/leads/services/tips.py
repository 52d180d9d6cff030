"""Tips from the public (举报): taken without signing in, followed with a code that only the sender has."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from dayu.core.actions import action, note
from dayu.core.actors import Actor
from dayu.core.refused import refuse_now
from dayu.leads.models import Informant, Lead, LeadSource
from dayu.leads.policies import may_send_tip
from dayu.leads.services.registering import GivenMaterial, Sender, keep_materials, keep_sender, make_lead
from dayu.org.models import Agency

SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without signs that are taken for one another
CODE_LENGTH = 12
MOST_AN_HOUR = 10
MOST_FILES = 9


@dataclass(frozen=True, slots=True)
class TipReceipt:
    """What the sender gets: a code to follow the tip with. The lead's own number stays inside."""

    code: str


@action(label=_("网上举报"), policy=may_send_tip, doors={"public"})
def send_tip(
    target: None,
    *,
    actor: Actor,
    moment: datetime,
    organ: Agency,
    content: str,
    place: str,
    sender: Sender,
    sent_from: str = "",
    materials: Sequence[GivenMaterial] = (),
    longitude: float | None = None,
    latitude: float | None = None,
    happened_at: datetime | None = None,
    **known: Any,
) -> TipReceipt:
    """A tip becomes a lead of the organ. `sent_from` (an address) is kept as a keyed digest only, to hold back floods."""
    if organ.kind not in ("water_authority", "supervision_brigade", "comprehensive_enforcement", "basin_authority"):
        refuse_now("leads.organ_takes_no_tips")
    if len(materials) > MOST_FILES:
        refuse_now("leads.too_many_files", most=MOST_FILES)
    mark = sender_mark(sent_from)
    if mark and recent_tips(mark, moment) >= MOST_AN_HOUR:
        refuse_now("leads.too_many_tips")
    lead = make_lead(
        organ,
        actor=actor,
        moment=moment,
        source=LeadSource.PUBLIC,
        title=content.strip()[:40],
        content=content,
        place=place,
        received_at=moment,
        longitude=longitude,
        latitude=latitude,
        happened_at=happened_at,
        **known,
    )
    code = "".join(secrets.choice(SIGNS) for _unused in range(CODE_LENGTH))
    keep_sender(lead, sender, follow_digest=follow_digest(code), sender_mark=mark)
    keep_materials(lead, materials, by=str(_("举报人")), moment=moment, from_informant=True)
    note(anonymous=sender.anonymous, files=len(materials))
    return TipReceipt(code)


def follow_digest(code: str) -> str:
    """What is kept of a code; the code itself is known to the sender alone."""
    tidy = "".join(sign for sign in code.upper() if sign.isalnum())
    return hashlib.sha256(f"dayu tip {tidy}".encode()).hexdigest()


def sender_mark(sent_from: str) -> str:
    """A keyed digest of an address, so that a flood is seen without keeping who sent it."""
    return salted_hmac("dayu.leads.tips", sent_from, secret=settings.SECRET_KEY).hexdigest() if sent_from else ""


def recent_tips(mark: str, moment: datetime) -> int:
    """How many tips came from the same place within the last hour."""
    recent = Lead.objects.filter(received_at__gt=moment - timedelta(hours=1), source=LeadSource.PUBLIC)
    return Informant.objects.filter(sender_mark=mark, lead__in=recent).count()
