"""Situations that tests of legal review begin from."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from dayu.core.actors import SYSTEM
from dayu.legal_review import services
from dayu.legal_review.definitions import points, required_materials
from dayu.legal_review.facts import DraftForReview, GivenMaterial, Matter
from dayu.org import services as org
from dayu.org.actors import actor_of_person

MONDAY = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
CASE = "cases.case:1"
PARTY = "cases.caseparty:1"
DIGEST = "a" * 64
OTHER = "b" * 64


@pytest.fixture(autouse=True)
def in_chinese():
    """A page in English must not leave its language behind."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def county(county):
    found = county
    services.name_review_body(
        found.agency,
        actor=found.head,
        moment=MONDAY,
        basis="局党组会议纪要",
        valid_from=date(2020, 1, 1),
        unit=found.units["legal"],
    )
    return found


def package(*, heard=False, defended=False, leave_out=()):
    parts = required_materials(heard=heard, defended=defended)
    return [GivenMaterial(m.key, m.zh, f"{n:064x}") for n, m in enumerate(parts) if m.key not in leave_out]


def submit(county, **more):
    heard, defended = more.pop("heard", False), more.pop("defended", False)
    values = {
        "draft": DraftForReview("", DIGEST, {"amount_yuan": "20000.00"}),
        "materials": package(heard=heard, defended=defended, leave_out=more.pop("leave_out", ())),
        "required": required_materials(heard=heard, defended=defended),
        "truth_signed": True,
        "involved": [(county.people["officer"], "承办人"), (county.people["head"], "审批人")],
    } | more
    actor, moment = values.pop("actor", county.officer), values.pop("moment", MONDAY)
    matter = values.pop("matter", Matter("张某在白鹿河无证采砂", "泽水罚立〔2026〕12号", "/cases/1/", PARTY, "张某"))
    return services.submit_for_review(values.pop("subject", CASE), actor=actor, moment=moment, matter=matter, **values)


def assigned(county, **more):
    review = submit(county, **more)
    if review.reviewer_id is None:
        services.assign_reviewer(review, actor=county.review_head, moment=MONDAY, reviewer=county.people["reviewer"])
    return review


def judge_all(review, county, *, answer="fine", moment=MONDAY, but=()):
    for key in points():
        if key not in but:
            services.judge_point(review, actor=county.reviewer, moment=moment, point=key, answer=answer)


def passed(county, **more):
    review = assigned(county, **more)
    judge_all(review, county)
    return services.conclude_review(review, actor=county.reviewer, moment=MONDAY, conclusion="pass")


def newcomer(county, *, since=date(2024, 3, 1), name="新来的"):
    person = org.register_person(
        county.agency,
        actor=SYSTEM,
        moment=MONDAY,
        name=name,
        unit=county.units["legal"],
        username=f"new{since.year}",
        password="clear-river-2026",
        joined_on=date(2014, 1, 1),
    )
    org.appoint_to_post(person, actor=SYSTEM, moment=MONDAY, key="legal_reviewer", valid_from=since, unit=None)
    return person, actor_of_person(person, on=date(2026, 11, 20))
