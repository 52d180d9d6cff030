"""Acts on the register of rivers: registering, changing, removing, reaches."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.refused import refuse_now
from dayu.core.search import index_record
from dayu.core.territories import Territory, lies_in
from dayu.rivers.models import Reach, River
from dayu.rivers.policies import may_keep_register


@action(label=_("登记河湖"), policy=may_keep_register)
def register_river(
    target: None,
    *,
    actor: Actor,
    moment: datetime,
    code: str,
    name: str,
    territory: Territory,
    kind: str = "river",
    level: str = "county",
    other_names: str = "",
    basin: str = "",
    flows_into: River | None = None,
    length_km: Decimal | None = None,
    area_km2: Decimal | None = None,
    source_place: str = "",
    mouth_place: str = "",
) -> River:
    """A river, lake, reservoir or canal under its code."""
    _check_choices(kind, level)
    if River.objects.filter(code=code).exists():
        refuse_now("rivers.code_taken", code=code)
    river = River.objects.create(
        code=code,
        name=name,
        territory=territory,
        kind=kind,
        level=level,
        other_names=other_names,
        basin=basin,
        flows_into=flows_into,
        length_km=length_km,
        area_km2=area_km2,
        source_place=source_place,
        mouth_place=mouth_place,
    )
    note(code=code, name=name, level=level)
    note_subject(river)
    _index(river, moment)
    return river


@action(label=_("修改河湖资料"), policy=may_keep_register)
def change_river(
    river: River,
    *,
    actor: Actor,
    moment: datetime,
    name: str,
    kind: str,
    level: str,
    other_names: str = "",
    basin: str = "",
    flows_into: River | None = None,
    length_km: Decimal | None = None,
    area_km2: Decimal | None = None,
    source_place: str = "",
    mouth_place: str = "",
) -> River:
    """Corrected data; the code stays."""
    _check_choices(kind, level)
    if flows_into is not None and flows_into.pk == river.pk:
        refuse_now("rivers.flows_into_itself", name=name)
    note(before=river.name, name=name, level=level)
    river.name, river.kind, river.level, river.other_names = name, kind, level, other_names
    river.basin, river.flows_into, river.length_km, river.area_km2 = basin, flows_into, length_km, area_km2
    river.source_place, river.mouth_place = source_place, mouth_place
    river.save()
    _index(river, moment)
    return river


@action(label=_("移出河湖名录"), policy=may_keep_register)
def remove_river(river: River, *, actor: Actor, moment: datetime, removed_on: date, reason: str) -> River:
    """Out of the register from a day on; what names it keeps it."""
    if river.removed_on is not None:
        refuse_now("rivers.already_removed", name=river.name)
    river.removed_on, river.removed_reason = removed_on, reason
    river.save(update_fields=["removed_on", "removed_reason"])
    note(removed_on=removed_on, reason=reason)
    return river


@action(label=_("登记河段"), policy=may_keep_register)
def add_reach(
    river: River,
    *,
    actor: Actor,
    moment: datetime,
    name: str,
    territory: Territory,
    from_km: Decimal | None = None,
    until_km: Decimal | None = None,
    from_place: str = "",
    until_place: str = "",
) -> Reach:
    """A stretch of the river; stretches do not overlap and stay within the river's length."""
    if river.reaches.filter(name=name).exists():
        refuse_now("rivers.reach_name_taken", name=name)
    if not lies_in(territory.code, river.territory_id):
        refuse_now("rivers.outside_territory")
    if from_km is not None and until_km is not None:
        _check_stretch(river, from_km, until_km)
    reach = Reach.objects.create(
        river=river,
        name=name,
        territory=territory,
        from_km=from_km,
        until_km=until_km,
        from_place=from_place,
        until_place=until_place,
    )
    note(name=name, from_km=from_km, until_km=until_km)
    note_subject(reach, related=river)
    return reach


def _check_stretch(river: River, from_km: Decimal, until_km: Decimal) -> None:
    if until_km <= from_km or from_km < 0:
        refuse_now("rivers.reach_runs_upstream")
    if river.length_km is not None and until_km > river.length_km:
        refuse_now("rivers.reach_beyond_river", length_km=river.length_km)
    overlapping = river.reaches.filter(from_km__lt=until_km, until_km__gt=from_km).first()
    if overlapping is not None:
        refuse_now("rivers.reaches_overlap", name=overlapping.name)


def _check_choices(kind: str, level: str) -> None:
    if kind not in dict(River.KINDS):
        refuse_now("rivers.unknown_choice", field="kind", value=kind)
    if level not in dict(River.LEVELS):
        refuse_now("rivers.unknown_choice", field="level", value=level)


def _index(river: River, moment: datetime) -> None:
    index_record(
        "river",
        river.pk,
        title=river.name,
        subtitle=f"{river.code} {river.territory.name}",
        url=river.get_absolute_url(),
        text=f"{river.other_names} {river.basin}",
        moment=moment,
    )
