"""The fixed cast of tests: one invented county with its water bureau, all roles, certificates, powers and a neighbour.

`make_county()` builds it through the same actions that an administrator uses; a second call in the same database finds
what is there. Territories: 沧宁省 (990000) / 苍阳市 (990100) / 泽川县 (990121) with townships, and 云泽县 (990122) next door.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from dayu.core.actors import Actor
from dayu.demo import county
from dayu.demo.county import LISTED_AT, MOMENT, PASSWORD, SINCE
from dayu.org.actors import actor_of_person
from dayu.org.models import Agency, EnforcementSubject, OrgUnit, Person

__all__ = ["LISTED_AT", "MOMENT", "PASSWORD", "SINCE", "County", "make_county"]


@dataclass(frozen=True, slots=True)
class County:
    """The county, its bureau and everybody in it. `people` has the records, the named fields have the actors."""

    agency: Agency
    subject: EnforcementSubject
    neighbour: Agency
    city_bureau: Agency
    units: dict[str, OrgUnit]
    people: dict[str, Person]
    officer: Actor
    second_officer: Actor
    third_officer: Actor
    unit_head: Actor
    head: Actor
    deputy_head: Actor
    reviewer: Actor
    review_head: Actor
    presider: Actor
    archivist: Actor
    disclosure_officer: Actor
    fine_clerk: Actor
    registrar: Actor
    supervisor: Actor
    administrator: Actor
    soil_officer: Actor
    stranger: Actor

    def actor(self, name: str) -> Actor:
        """One of the cast by user name."""
        return getattr(self, name)


def make_county() -> County:
    """The county, built once in a database."""
    county.make_county()
    return _load()


def _load() -> County:
    agency = Agency.objects.get(sign="泽水")
    names = {name: key for key, name, _power in county.UNITS}
    people = {
        p.account.username: p
        for p in Person.objects.select_related("agency__territory", "unit", "account").exclude(account=None)
    }
    wanted = tuple(f for f in County.__slots__ if f in people)
    return County(
        agency=agency,
        subject=agency.subjects.get(),
        neighbour=Agency.objects.get(sign="云水"),
        city_bureau=Agency.objects.get(sign="苍水"),
        units={names[u.name]: u for u in agency.units.all()},
        people=people,
        **_actors(agency.pk, tuple((name, people[name].pk) for name in wanted)),
    )


@lru_cache(maxsize=4)
def _actors(agency: int, people: tuple[tuple[str, int], ...]) -> dict[str, Actor]:
    """Actors do not change while a test runs; the keys tell one county from another."""
    return {name: actor_of_person(Person.objects.get(pk=pk), on=date(2026, 11, 20)) for name, pk in people}
