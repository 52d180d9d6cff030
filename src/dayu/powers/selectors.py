"""Reads about powers that several doors share."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from dayu.core.actors import Actor
from dayu.org.models import Agency
from dayu.org.models.organisations import valid_on
from dayu.powers.models import EnforcementItem


def items_of_actor(actor: Actor, *, on: date) -> QuerySet[EnforcementItem]:
    """What the actor's unit and posts may exercise on a day: exactly what the work menu shows."""
    return EnforcementItem.objects.filter(
        valid_on(on),
        pk__in=EnforcementItem.objects.filter(
            assignments__unit_id=actor.unit_id, assignments__post_key__in=actor.posts
        ).values("pk"),
    )


def items_of_agency(agency: Agency | int, *, on: date) -> QuerySet[EnforcementItem]:
    """The agency's list on a day."""
    pk = agency.pk if isinstance(agency, Agency) else agency
    return EnforcementItem.objects.filter(valid_on(on), agency_id=pk)
