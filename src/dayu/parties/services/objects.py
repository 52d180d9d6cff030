"""Regulated objects (监管对象): projects, sites, vessels, intakes."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.refused import refuse_now
from dayu.parties.models import Party, RegulatedObject
from dayu.parties.policies import may_register_party


@action(label=_("登记监管对象"), policy=may_register_party)
def register_object(
    target: None,
    *,
    actor: Actor,
    moment: datetime,
    kind: str,
    name: str,
    party: Party | None = None,
    place: str = "",
    longitude: float | None = None,
    latitude: float | None = None,
    permit_no: str = "",
    territory: str = "",
) -> RegulatedObject:
    """A project, site, vessel or intake, with whoever answers for it where that is known."""
    if kind not in dict(RegulatedObject.KINDS):
        refuse_now("parties.unknown_kind", kind=kind)
    if not name.strip():
        refuse_now("parties.name_needed")
    row = RegulatedObject.objects.create(
        kind=kind,
        name=name.strip(),
        party=party,
        organ_id=actor.organ_id,
        territory_id=territory or actor.territory,
        place=place,
        longitude=longitude,
        latitude=latitude,
        permit_no=permit_no,
        registered_at=moment,
    )
    note_subject(row)
    note(kind=kind, name=name)
    return row
