"""Credit events (信用事项): written by higher domains inside their own acts, revoked by a further row."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dayu.core.audit import subject_key
from dayu.parties.models import CreditEvent, Party


def record_credit_event(
    party: Party,
    *,
    kind: str,
    happened_on: date,
    subject: Any,
    text: str,
    moment: datetime,
    amount_yuan: Decimal | None = None,
) -> CreditEvent:
    """Something from which the party's credit follows; the same event of the same subject is kept once."""
    key = subject_key(subject)
    known = CreditEvent.objects.filter(party=party, kind=kind, subject=key, happened_on=happened_on).first()
    if known is not None:
        return known
    return CreditEvent.objects.create(
        party=party,
        kind=kind,
        happened_on=happened_on,
        subject=key,
        text=text,
        amount_yuan=amount_yuan,
        recorded_at=moment,
    )


def revoke_credit_event(event: CreditEvent, *, on: date, reason: str, moment: datetime) -> CreditEvent:
    """What the event came from was revoked: a further row says so, and the event no longer counts."""
    return CreditEvent.objects.create(
        party=event.party,
        kind="revocation",
        happened_on=on,
        subject=event.subject,
        text=reason,
        revokes=event,
        recorded_at=moment,
    )
