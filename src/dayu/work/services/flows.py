"""An organ's own versions of approval flows."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.audit import plain
from dayu.core.refused import refuse_now
from dayu.law.rulebook import RulebookError
from dayu.work.flow_definitions import FlowDefinition, definition_from, rulebook_flows
from dayu.work.models import ApprovalFlow
from dayu.work.policies import may_administer


@action(label=_("发布审批流程"), policy=may_administer)
def publish_flow(
    key: str, *, actor: Actor, moment: datetime, name: str, steps: list[dict[str, Any]], valid_from: date
) -> ApprovalFlow:
    """Publish an organ's own version of a flow from a day on. Requests on their way keep the version they began with."""
    if actor.organ_id is None:
        refuse_now("core.not_permitted", act=str(_("发布审批流程")))
    try:
        definition = definition_from(key, {"name": name, "step": steps})
    except (RulebookError, KeyError, TypeError, ValueError) as error:
        refuse_now("work.flow_contradicts", what=str(error))
        raise
    flow = ApprovalFlow.objects.create(
        key=key,
        organ_id=actor.organ_id,
        name=name,
        steps=plain(steps),
        valid_from=valid_from,
        digest=definition.digest,
        published_at=moment,
        published_by=actor.name,
    )
    note_subject(flow)
    note(flow=key, steps=len(steps), digest=definition.digest)
    return flow


def flow_for(key: str, *, organ_id: int, on: date) -> FlowDefinition:
    """The flow that holds for an organ on a day: its own newest version, else the rulebook's."""
    own = (
        ApprovalFlow.objects.filter(key=key, organ_id=organ_id, valid_from__lte=on).order_by("-valid_from", "-id").first()
    )
    if own is not None:
        return definition_from(key, {"name": own.name, "step": own.steps})
    found = rulebook_flows().get(key)
    if found is None:
        refuse_now("work.no_such_flow", flow=key)
        raise KeyError(key)
    return found
