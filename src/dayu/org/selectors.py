"""Reads about people and certificates that several doors and domains share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from dayu.core.actors import Actor
from dayu.org.models import (
    Agency,
    DutyShift,
    EnforcementCertificate,
    EnforcementSubject,
    Person,
    PostHolding,
    Qualification,
)
from dayu.org.models.organisations import valid_on


def holders_of(*keys: str, agency: Agency | int, on: date) -> QuerySet[Person]:
    """Who holds one of the posts in the agency on a day, deputies included."""
    pk = agency.pk if isinstance(agency, Agency) else agency
    held = PostHolding.objects.filter(valid_on(on), post__key__in=keys, post__agency_id=pk)
    return Person.objects.filter(Q(left_on=None) | Q(left_on__gt=on), pk__in=held.values("person_id"))


def subject_of(agency: Agency | int, *, on: date, matter: str = "") -> EnforcementSubject | None:
    """The enforcement subject in whose name the agency acts on a day for a matter, if it may act at all."""
    pk = agency.pk if isinstance(agency, Agency) else agency
    found = EnforcementSubject.objects.filter(valid_on(on), agency_id=pk).select_related("entrusted_by", "agency")
    return next((s for s in found if not matter or not s.matters or matter in s.matters), None)


def latest_subject_of(agency: Agency | int, *, on: date, matter: str = "") -> EnforcementSubject | None:
    """The subject that may act on a day; else the newest one, so that a refusal can say why it no longer may."""
    pk = agency.pk if isinstance(agency, Agency) else agency
    found = subject_of(pk, on=on, matter=matter)
    if found is not None:
        return found
    rows = EnforcementSubject.objects.filter(agency_id=pk).select_related("entrusted_by", "agency")
    return rows.order_by("-valid_from", "-pk").first()


def has_qualification(person: Person | int, kind: str, *, on: date) -> bool:
    """Whether the person holds a qualification of the kind on a day."""
    pk = person.pk if isinstance(person, Person) else person
    return Qualification.objects.filter(valid_on(on), person_id=pk, kind=kind).exists()


def deputy_approvers(agency: Agency | int, *, on: date) -> list[Person]:
    """Who approves in place of the head on a day, by the duty roster."""
    pk = agency.pk if isinstance(agency, Agency) else agency
    shifts = DutyShift.objects.filter(agency_id=pk, day=on, role="deputy_approver").select_related("person")
    return [s.person for s in shifts]


def people_of_unit(unit_id: int, *, on: date) -> QuerySet[Person]:
    """Who works in a unit on a day."""
    return Person.objects.filter(Q(left_on=None) | Q(left_on__gt=on), unit_id=unit_id)


def account_ids(people: Iterable[Person]) -> list[int]:
    """The accounts of people who can sign in."""
    return [p.account_id for p in people if p.account_id is not None]


@dataclass(frozen=True, slots=True)
class ExpiringCertificate:
    """A certificate that will soon end: whose, when, and which alert that is."""

    certificate: EnforcementCertificate
    days_left: int
    alert_days: int


def expiring_certificates(
    *, on: date, alert_days: Iterable[int] = (60, 30), actor: Actor | None = None
) -> list[ExpiringCertificate]:
    """Certificates within the widest alert window on a day, the most urgent first."""
    windows = sorted(alert_days)
    rows = EnforcementCertificate.objects.all() if actor is None else EnforcementCertificate.objects.visible_to(actor)
    rows = rows.filter(
        valid_until__gte=on, valid_until__lte=on + timedelta(days=windows[-1]), revoked_on=None, person__left_on=None
    ).select_related("person__agency", "person__unit")
    found = []
    for certificate in rows.order_by("valid_until", "pk"):
        days = (certificate.valid_until - on).days
        found.append(ExpiringCertificate(certificate, days, next(w for w in windows if days <= w)))
    return found
