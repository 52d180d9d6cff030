"""Delegation (委托): letting a colleague act on what waits for oneself."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.refused import refuse_now
from dayu.org.models import Person
from dayu.work.models import Delegation
from dayu.work.policies import may_delegate, may_revoke_delegation
from dayu.work.services.notices import notify

LONGEST_DAYS = 90


@action(label=gettext_lazy("委托办理"), policy=may_delegate)
def delegate_work(
    target: None,
    *,
    actor: Actor,
    moment: datetime,
    delegate_id: int,
    valid_from: date,
    valid_until: date,
    reason: str,
    covers: str = Delegation.ALL,
) -> Delegation:
    """For some days a colleague of the same organ may act on what waits for the actor. Both names stay visible."""
    if covers not in (Delegation.ALL, Delegation.SIGNING):
        raise ValueError(f"unknown extent {covers!r}")
    if delegate_id == actor.person_id:
        refuse_now("work.delegate_to_another")
    if valid_until < valid_from:
        refuse_now("work.days_in_order")
    if (valid_until - valid_from).days >= LONGEST_DAYS:
        refuse_now("work.delegation_too_long", days=LONGEST_DAYS)
    if not reason.strip():
        refuse_now("work.reason_needed")
    if not Person.objects.filter(pk=delegate_id, agency_id=actor.organ_id, left_on=None).exists():
        refuse_now("work.not_a_colleague")
    row = Delegation.objects.create(
        organ_id=actor.organ_id,
        principal_id=actor.person_id,
        delegate_id=delegate_id,
        covers=covers,
        valid_from=valid_from,
        valid_until=valid_until,
        reason=reason,
        created_at=moment,
    )
    note_subject(row)
    note(delegate=delegate_id, until=valid_until, reason=reason)
    text = _("%(name)s委托您代为办理，%(first)s至%(last)s") % {
        "name": actor.name,
        "first": valid_from,
        "last": valid_until,
    }
    notify(delegate_id, text, "/work/", moment=moment, sms=True)
    return row


@action(label=gettext_lazy("撤销委托"), policy=may_revoke_delegation)
def revoke_delegation(delegation: Delegation, *, actor: Actor, moment: datetime) -> Delegation:
    """End a delegation before its last day; what was done under it stays."""
    if delegation.revoked_at is not None:
        refuse_now("work.delegation_is_revoked")
    delegation.revoked_at = moment
    delegation.save(update_fields=["revoked_at"])
    return delegation
