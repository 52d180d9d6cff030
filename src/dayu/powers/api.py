"""Reads of the list of powers for programs; every write is an action under `/api/actions/powers.…`."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from dayu.core import clock
from dayu.core.middleware import actor_of
from dayu.org.models.organisations import valid_on
from dayu.powers.models import EnforcementItem
from dayu.powers.policies import may_act_on_violation

router = Router(tags=["powers"])
MOST = 500
LARGEST = 2**31 - 1
After = Annotated[int, Field(ge=0, le=LARGEST)]
Limit = Annotated[int, Field(ge=1, le=MOST)]


class ItemLine(Schema):
    """An item of the list in force."""

    id: int
    code: str
    name: str
    act_type: str
    matter: str
    department: str
    agency: int | None
    basis: str
    valid_from: date
    valid_until: date | None


class AuthorityAnswer(Schema):
    """Whether the caller may act on a violation today, and why not."""

    allowed: bool
    refusals: list[dict[str, object]]
    transfer_to: str


@router.get("/items", response=list[ItemLine])
def items(
    request: HttpRequest, after: After = 0, limit: Limit = 100
) -> list[ItemLine]:
    """The items in force today, by id."""
    rows = EnforcementItem.objects.visible_to(actor_of(request)).filter(valid_on(clock.today()), pk__gt=after)
    return [
        ItemLine(
            id=i.pk, code=i.code, name=i.name, act_type=i.act_type, matter=i.matter, department=i.department,
            agency=i.agency_id, basis=i.basis, valid_from=i.valid_from, valid_until=i.valid_until,
        )
        for i in rows.order_by("pk")[:limit]
    ]  # fmt: skip


@router.get("/authority/{violation}", response=AuthorityAnswer)
def authority(request: HttpRequest, violation: str, territory: str = "") -> AuthorityAnswer:
    """法无授权不可为: may the caller's organ, through the caller, act on a violation in a territory today?"""
    actor = actor_of(request)
    if actor.organ_id is None or actor.person_id is None:
        return AuthorityAnswer(allowed=False, refusals=[], transfer_to="")
    verdict = may_act_on_violation(
        violation[:80], agency=actor.organ_id, territory=(territory or actor.territory)[:12], post="handler",
        officer=actor.person_id, on=clock.today(),
    )  # fmt: skip
    transfer = next((r.values["target_text"] for r in verdict.refusals if "target_text" in r.values), "")
    return AuthorityAnswer(
        allowed=verdict.allowed, refusals=[r.as_json() for r in verdict.refusals], transfer_to=transfer
    )
