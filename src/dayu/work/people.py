"""Whom a holder means today: persons behind posts, the heads above them, their names and telephones."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from dayu.org.models import Agency, OrgUnit, Person, PostHolding
from dayu.work.holders import Holder


def persons_of(holder: Holder, *, organ_id: int, on: date) -> list[int]:
    """The persons who may act for the holder on `on`."""
    if holder.person_id is not None:
        return [holder.person_id]
    held = PostHolding.objects.filter(
        _valid(on), post__agency_id=organ_id, post__key=holder.post, person__left_on=None
    )
    if holder.unit_id is not None:
        held = held.filter(Q(post__unit_id=holder.unit_id) | Q(person__unit_id=holder.unit_id))
    return sorted(set(held.values_list("person_id", flat=True)))


def in_unit(holder: Holder) -> Holder:
    """The holder with the unit that a person works in, so that the unit's list shows what waits on him."""
    if holder.person_id is None or holder.unit_id is not None:
        return holder
    unit_id = Person.objects.filter(pk=holder.person_id).values_list("unit_id", flat=True).first()
    return Holder(holder.person_id, unit_id)


def names_of(person_ids: Iterable[int | None]) -> dict[int, str]:
    """Person id -> name, in one statement."""
    wanted = {p for p in person_ids if p is not None}
    return dict(Person.objects.filter(pk__in=wanted).values_list("id", "name")) if wanted else {}


def unit_names_of(unit_ids: Iterable[int | None]) -> dict[int, str]:
    """Unit id -> name, in one statement."""
    wanted = {u for u in unit_ids if u is not None}
    return dict(OrgUnit.objects.filter(pk__in=wanted).values_list("id", "name")) if wanted else {}


def agency_name(organ_id: int) -> str:
    """The name of an organ."""
    return Agency.objects.values_list("name", flat=True).get(pk=organ_id)


def phone_of(person_id: int) -> str:
    """The telephone that text messages go to; empty when none is known."""
    return Person.objects.filter(pk=person_id).values_list("phone", flat=True).first() or ""


def colleagues_of(organ_id: int) -> list[tuple[int, str, str]]:
    """(id, name, unit) of everybody at work in the organ, for choosing a signer or a new holder."""
    rows = Person.objects.filter(agency_id=organ_id, left_on=None).select_related("unit").order_by("unit_id", "id")
    return [(p.pk, p.name, p.unit.name if p.unit else "") for p in rows]


def _valid(on: date) -> Q:
    return Q(valid_from__lte=on) & (Q(valid_until=None) | Q(valid_until__gte=on))
