"""A small office for tests of the work domain: a county bureau, two units, and people in their posts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dayu.core import clock
from dayu.core.actors import Actor
from dayu.core.territories import make_territory
from dayu.org.actors import actor_of_person
from dayu.org.models import Agency, OrgUnit, Person, Post, PostHolding

TODAY = date(2026, 11, 20)
NOW = clock.legal_moment(TODAY, 9)
LONG_AGO = date(2020, 1, 1)


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    return clock.legal_moment(day, hour, minute)


@dataclass
class Office:
    agency: Agency
    brigade: OrgUnit
    legal: OrgUnit
    officer: Person
    colleague: Person
    brigade_head: Person
    reviewer: Person
    review_head: Person
    head: Person
    deputy: Person
    administrator: Person

    def actor(self, person: Person, on: date = TODAY) -> Actor:
        return actor_of_person(person, on=on)


def make_office(code: str = "990121", name: str = "泽川县水利局") -> Office:
    province = make_territory("990000", "沧宁省", "province")
    county = make_territory(code, "泽川县", "county", province)
    agency = Agency.objects.create(kind="water_authority", territory=county, name=name, sign="泽水")
    brigade = OrgUnit.objects.create(agency=agency, name="水政监察大队", has_enforcement_power=True)
    legal = OrgUnit.objects.create(agency=agency, name="政策法规科")
    people = {
        "officer": ("陈河生", brigade, "handler"),
        "colleague": ("林小满", brigade, "handler"),
        "brigade_head": ("周正", brigade, "unit_head"),
        "reviewer": ("李法宁", legal, "legal_reviewer"),
        "review_head": ("何敬", legal, "review_head"),
        "head": ("王治", None, "agency_head"),
        "deputy": ("赵值", None, ""),
        "administrator": ("孙管", legal, "administrator"),
    }
    made = {}
    for key, (person_name, unit, post) in people.items():
        made[key] = Person.objects.create(name=person_name, agency=agency, unit=unit, phone="13900000000")
        if post:
            place, _ = Post.objects.get_or_create(agency=agency, unit=unit, key=post)
            PostHolding.objects.create(person=made[key], post=place, valid_from=LONG_AGO)
    return Office(agency=agency, brigade=brigade, legal=legal, **made)
