"""Reads of the register of rivers for programs; every write is an action under `/api/actions/rivers.…`."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from dayu.core.middleware import actor_of
from dayu.rivers.models import River

router = Router(tags=["rivers"])
MOST = 500
LARGEST = 2**31 - 1
After = Annotated[int, Field(ge=0, le=LARGEST)]
Limit = Annotated[int, Field(ge=1, le=MOST)]


class RiverLine(Schema):
    """A river of the register."""

    id: int
    code: str
    name: str
    kind: str
    level: str
    territory: str
    length_km: Decimal | None
    flows_into: int | None


@router.get("/", response=list[RiverLine])
def rivers(
    request: HttpRequest, after: After = 0, limit: Limit = 100
) -> list[RiverLine]:
    """The rivers of the register by id."""
    rows = River.objects.visible_to(actor_of(request)).filter(removed_on=None, pk__gt=after).order_by("pk")
    return [
        RiverLine(
            id=r.pk, code=r.code, name=r.name, kind=r.kind, level=r.level, territory=r.territory_id, length_km=r.length_km,
            flows_into=r.flows_into_id,
        )
        for r in rows[:limit]
    ]  # fmt: skip
