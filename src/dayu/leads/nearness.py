"""Leads that may tell of the same thing: within 200 m and a day of each other. A suggestion; a person decides."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Q

from dayu.geo.places import Point, distance_m
from dayu.leads.models import Lead

NEAR_M = 200.0
NEAR_TIME = timedelta(hours=24)
_LAT_PER_M = 1 / 111_000
_WIDEST_LON = 3.5  # at 73° N one degree of longitude is this much shorter than one of latitude; China ends at 53° N


def near_leads(lead: Lead) -> list[tuple[Lead, float]]:
    """Other leads of the organ near in place and time, with their distance in metres, the nearest first."""
    if lead.latitude is None or lead.longitude is None:
        return []
    span = NEAR_M * _LAT_PER_M
    when = lead.happened_at or lead.received_at
    box = Lead.objects.filter(
        Q(happened_at__range=(when - NEAR_TIME, when + NEAR_TIME))
        | Q(happened_at=None, received_at__range=(when - NEAR_TIME, when + NEAR_TIME)),
        organ_id=lead.organ_id,
        latitude__range=(lead.latitude - span, lead.latitude + span),
        longitude__range=(lead.longitude - span * _WIDEST_LON, lead.longitude + span * _WIDEST_LON),
    ).exclude(pk=lead.pk)
    here = Point(lead.latitude, lead.longitude)
    found = [
        (other, distance_m(here, Point(other.latitude, other.longitude)))
        for other in box[:200]
        if other.latitude is not None and other.longitude is not None
    ]
    return sorted(((o, d) for o, d in found if d <= NEAR_M), key=lambda pair: pair[1])
