"""Reads of organisations, people and certificates for programs; every write is an action under `/api/actions/org.…`."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from dayu.core import clock
from dayu.core.access import note_access
from dayu.core.middleware import actor_of
from dayu.org.models import Agency, EnforcementCertificate, Person
from dayu.org.policies import check_officers

router = Router(tags=["org"])
MOST = 500
LARGEST = 2**31 - 1
After = Annotated[int, Field(ge=0, le=LARGEST)]
Limit = Annotated[int, Field(ge=1, le=MOST)]


class AgencyLine(Schema):
    """An agency that the caller may see."""

    id: int
    name: str
    kind: str
    territory: str
    business_parent: int | None
    administrative_parent: int | None
    valid_until: date | None


class PersonLine(Schema):
    """Somebody who works for an agency."""

    id: int
    name: str
    staff_no: str
    agency: int
    unit: str
    title: str
    left_on: date | None


class CertificateLine(Schema):
    """A certificate and its standing on the day asked for."""

    id: int
    person: int
    holder: str
    number: str
    matters: list[str]
    region: str
    valid_from: date
    valid_until: date
    standing: str


class OfficersAsked(Schema):
    """Which people, on which day, for what and where."""

    officers: list[int]
    on: date
    matter: str = ""
    territory: str = ""


class OfficersAnswer(Schema):
    """Whether they may act together, the certificates that count, and the reasons why not."""

    allowed: bool
    certificates: list[tuple[int, str, str]]
    refusals: list[dict[str, object]]


@router.get("/agencies", response=list[AgencyLine])
def agencies(request: HttpRequest) -> list[AgencyLine]:
    """The agencies that the caller may see."""
    rows = Agency.objects.visible_to(actor_of(request)).order_by("pk")[:MOST]
    return [
        AgencyLine(
            id=a.pk, name=a.name, kind=a.kind, territory=a.territory_id, business_parent=a.business_parent_id,
            administrative_parent=a.administrative_parent_id, valid_until=a.valid_until,
        )
        for a in rows
    ]  # fmt: skip


@router.get("/people", response=list[PersonLine])
def people(
    request: HttpRequest, after: After = 0, limit: Limit = 100
) -> list[PersonLine]:
    """People by id, from `after` on."""
    rows = Person.objects.visible_to(actor_of(request)).filter(pk__gt=after).select_related("unit").order_by("pk")
    found = list(rows[:limit])
    note_access(found, purpose="api")
    return [
        PersonLine(
            id=p.pk, name=p.name, staff_no=p.staff_no, agency=p.agency_id, unit=p.unit.name if p.unit else "", title=p.title,
            left_on=p.left_on,
        )
        for p in found
    ]  # fmt: skip


@router.get("/certificates", response=list[CertificateLine])
def certificates(
    request: HttpRequest,
    on: date | None = None,
    after: After = 0,
    limit: Limit = 100,
) -> list[CertificateLine]:
    """Certificates by id with their standing on a day, today when none is named."""
    day = on or clock.today()
    rows = EnforcementCertificate.objects.visible_to(actor_of(request)).filter(pk__gt=after)
    rows = rows.select_related("person").prefetch_related("suspensions", "checks").order_by("pk")
    return [
        CertificateLine(
            id=c.pk, person=c.person_id, holder=c.person.name, number=c.number, matters=c.matters, region=c.region_id,
            valid_from=c.valid_from, valid_until=c.valid_until, standing=c.standing_on(day),
        )
        for c in rows[:limit]
    ]  # fmt: skip


@router.post("/officers/check", response=OfficersAnswer)
def officers_check(request: HttpRequest, asked: OfficersAsked) -> OfficersAnswer:
    """Whether these people may act together on a day: at least two, each with a certificate that counts."""
    wanted = [i for i in asked.officers[:20] if 0 < i <= LARGEST]
    seen = set(Person.objects.visible_to(actor_of(request)).filter(pk__in=wanted).values_list("pk", flat=True))
    found = check_officers(
        [i for i in wanted if i in seen], on=asked.on, matter=asked.matter[:40], territory=asked.territory[:12]
    )
    return OfficersAnswer(
        allowed=found.verdict.allowed,
        certificates=list(found.certificates),
        refusals=[r.as_json() for r in found.verdict.refusals],
    )
