"""Reads of publications for programs; every write is an action under `/api/actions/disclosure.…`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from dayu.core.middleware import actor_of
from dayu.disclosure.models import LatePublication, Publication

router = Router(tags=["disclosure"])
MOST = 500
LARGEST = 2**31 - 1
After = Annotated[int, Field(ge=0, le=LARGEST)]
Limit = Annotated[int, Field(ge=1, le=MOST)]


class PublicationLine(Schema):
    """A publication with its masked content and where it stands."""

    id: int
    code: str
    decision_no: str
    decided_on: date
    organ_name: str
    party_name: str
    uscc: str
    category: str
    facts: str
    basis: str
    kinds: list[str]
    conclusion: str
    fine_yuan: Decimal | None
    confiscated_yuan: Decimal | None
    due_on: date
    served_on: date | None
    released_on: date | None
    withdrawn_on: date | None
    state: str
    digest: str
    version: int


class LateLine(Schema):
    """An entry of the permanent late list."""

    publication: int
    decision_no: str
    manner: str
    due_on: date
    settled_on: date
    working_days_late: int
    owner_name: str


@router.get("/publications", response=list[PublicationLine])
def publications(
    request: HttpRequest, after: After = 0, limit: Limit = 100
) -> list[PublicationLine]:
    """Publications by id."""
    rows = Publication.objects.visible_to(actor_of(request)).filter(pk__gt=after).order_by("pk")
    names = [n for n in PublicationLine.model_fields if n not in ("id",)]
    return [PublicationLine(id=p.pk, **{n: getattr(p, n) for n in names}) for p in rows[:limit]]


@router.get("/late", response=list[LateLine])
def late(
    request: HttpRequest, after: After = 0, limit: Limit = 100
) -> list[LateLine]:
    """The late list by id."""
    rows = LatePublication.objects.visible_to(actor_of(request)).filter(pk__gt=after).select_related("publication")
    return [
        LateLine(
            publication=e.publication_id, decision_no=e.publication.decision_no, manner=e.manner, due_on=e.due_on,
            settled_on=e.settled_on, working_days_late=e.working_days_late, owner_name=e.owner_name,
        )
        for e in rows.order_by("pk")[:limit]
    ]  # fmt: skip
