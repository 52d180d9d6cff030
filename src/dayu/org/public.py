"""What the public may see of organisations: whether a certificate is valid, whose it is, and who enforces here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dayu.core.territories import Territory
from dayu.org.models import Agency, EnforcementCertificate, EnforcementSubject
from dayu.org.models.certificates import STANDINGS
from dayu.org.models.organisations import valid_on


@dataclass(frozen=True, slots=True)
class PublicCertificate:
    """A certificate: holder, organ, what for, where, until when, and whether it counts today."""

    number: str
    holder: str
    agency: str
    unit: str
    issuing_authority: str
    matters: tuple[str, ...]
    region: str
    valid_until: date
    valid: bool
    standing: str


@dataclass(frozen=True, slots=True)
class PublicSubject:
    """An organ that may enforce: the name on its papers, the basis, the agency behind it."""

    name: str
    kind: str
    agency: str
    basis: str
    address: str
    phone: str


@dataclass(frozen=True, slots=True)
class PublicHome:
    """A territory with the organ that enforces there."""

    territory: str
    name: str
    organ: str
    phone: str


def home(territory: str = "", *, on: date) -> PublicHome | None:
    """The named territory with its water authority; without a name, that of the first enforcement subject."""
    code = territory or (
        EnforcementSubject.objects.filter(valid_on(on)).order_by("pk").values_list("territory_id", flat=True).first()
    )
    found = Territory.objects.filter(code=code).first() if code else None
    if found is None:
        return None
    organ, phone = organ_of(found.code) or ("", "")
    return PublicHome(found.code, found.name, organ, phone)


def certificate(number: str, *, on: date) -> PublicCertificate | None:
    """One certificate by its full number: nobody lists officers by guessing names."""
    found = (
        EnforcementCertificate.objects.filter(number=number.strip())
        .select_related("person__agency", "person__unit", "region")
        .prefetch_related("suspensions", "checks")
        .first()
    )
    return None if found is None else _public(found, on)


def officers(*, territory: str, on: date, name: str = "", limit: int = 50) -> list[PublicCertificate]:
    """The officers of a territory whose certificates are valid, by exact name where one is given."""
    found = EnforcementCertificate.objects.filter(
        person__agency__territory__path__contains=f"/{territory}/",
        valid_from__lte=on,
        valid_until__gte=on,
        revoked_on=None,
    )
    if name:
        found = found.filter(person__name=name.strip())
    rows = found.select_related("person__agency", "person__unit", "region").prefetch_related("suspensions", "checks")
    shown = [_public(c, on) for c in rows.order_by("person__agency_id", "pk")[:limit]]
    return [c for c in shown if c.valid]


def subjects(*, territory: str, on: date) -> list[PublicSubject]:
    """The enforcement subjects of a territory on a day."""
    rows = EnforcementSubject.objects.filter(valid_on(on), territory__path__contains=f"/{territory}/")
    return [
        PublicSubject(
            s.name_on_paper, str(s.get_kind_display()), s.agency.name, s.basis, s.agency.address, s.agency.phone
        )
        for s in rows.select_related("agency", "entrusted_by")
    ]


def organ_of(territory: str) -> tuple[str, str] | None:
    """Name and telephone of the water authority of a territory."""
    found = Agency.objects.filter(territory_id=territory, kind="water_authority", valid_until=None).first()
    return None if found is None else (found.name, found.phone)


def _public(row: EnforcementCertificate, on: date) -> PublicCertificate:
    standing = row.standing_on(on)
    unit = row.person.unit
    return PublicCertificate(
        row.number,
        row.person.name,
        row.person.agency.name,
        unit.name if unit is not None else "",
        row.issuing_authority,
        tuple(row.matters),
        row.region.name,
        row.valid_until,
        standing == "valid",
        str(STANDINGS[standing]),
    )
