"""What the public may see of rivers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from dayu.rivers.models import River


@dataclass(frozen=True, slots=True)
class PublicReach:
    """One stretch of a river."""

    name: str
    territory: str
    from_km: Decimal | None
    until_km: Decimal | None


@dataclass(frozen=True, slots=True)
class PublicRiver:
    """A river as the public sees it."""

    code: str
    name: str
    kind: str
    level: str
    territory: str
    basin: str
    length_km: Decimal | None
    area_km2: Decimal | None
    source_place: str
    mouth_place: str
    flows_into: str
    flows_into_code: str
    reaches: tuple[PublicReach, ...] = ()


def rivers(*, territory: str, words: str = "", limit: int = 200) -> list[PublicRiver]:
    """The rivers of a territory's register whose name, alias or code holds every word."""
    found = River.objects.filter(removed_on=None, territory__path__contains=f"/{territory}/")
    for word in words.split():
        found = found.filter(Q(name__icontains=word) | Q(other_names__icontains=word) | Q(code=word))
    return [_public(r) for r in found.select_related("territory", "flows_into")[:limit]]


def river_count(*, territory: str) -> int:
    """How many rivers the register holds."""
    return River.objects.filter(removed_on=None, territory__path__contains=f"/{territory}/").count()


def river(code: str) -> PublicRiver | None:
    """One river by its code, with its reaches."""
    found = River.objects.filter(removed_on=None, code=code).select_related("territory", "flows_into").first()
    if found is None:
        return None
    reaches = tuple(
        PublicReach(r.name, r.territory.name, r.from_km, r.until_km)
        for r in found.reaches.select_related("territory")
    )
    return _public(found, reaches)


def _public(row: River, reaches: tuple[PublicReach, ...] = ()) -> PublicRiver:
    into = row.flows_into
    return PublicRiver(
        row.code,
        row.name,
        str(row.get_kind_display()),
        str(row.get_level_display()),
        row.territory.name,
        row.basin,
        row.length_km,
        row.area_km2,
        row.source_place,
        row.mouth_place,
        into.name if into is not None else "",
        into.code if into is not None else "",
        reaches,
    )
