"""Who may review: of the body, not of the case, qualified by date."""

from datetime import date

import pytest

from dayu.core.actors import SYSTEM
from dayu.core.refused import Refused
from dayu.legal_review import services
from dayu.legal_review.tests.conftest import MONDAY, newcomer, submit
from dayu.org import services as org
from dayu.work.models import Task


def assign(review, county, person, actor=None):
    return services.assign_reviewer(review, actor=actor or county.review_head, moment=MONDAY, reviewer=person)


def refusal(refused):
    return refused.value.refusals[0].as_json()["reason"]


def test_the_head_of_the_body_assigns_and_the_task_moves(county):
    review = assign(submit(county), county, county.people["reviewer"])
    task = Task.objects.open().get()
    assert (task.act, task.holder_person_id) == ("legal_review.conclude_review", review.reviewer_id)


@pytest.mark.requirement("REV-04")
def test_a_handler_and_an_unqualified_newcomer_are_refused_one_appointed_before_the_rule_is_accepted(county):
    review = submit(county, involved=[(county.people["reviewer"], "协办人")])
    with pytest.raises(Refused) as refused:
        assign(review, county, county.people["reviewer"])
    assert refusal(refused) == "审核人员不符合条件：宋知衡，在本案担任：协办人"
    young, _actor = newcomer(county, since=date(2024, 3, 1))
    with pytest.raises(Refused) as refused:
        assign(review, county, young)
    assert refusal(refused) == "审核人员不符合条件：新来的，初次从事审核，未取得法律职业资格"
    old, _actor = newcomer(county, since=date(2016, 3, 1), name="老同志")
    assert assign(review, county, old).reviewer == old


def test_a_newcomer_with_the_qualification_is_accepted(county):
    young, _actor = newcomer(county)
    org.record_qualification(
        young, actor=SYSTEM, moment=MONDAY, kind="legal_profession", number="A999", valid_from=date(2023, 1, 1)
    )
    assert assign(submit(county), county, young).reviewer == young


@pytest.mark.parametrize("name", ["officer", "head", "stranger", "presider"])
def test_people_outside_the_body_are_refused(county, name):
    with pytest.raises(Refused) as refused:
        assign(submit(county), county, county.people[name])
    assert {r.rule for r in refused.value.refusals} >= {"legal_review.reviewer_unfit"}


def test_an_approver_of_the_case_is_refused_even_when_head_of_the_body(county):
    review = submit(county, involved=[(county.people["review_head"], "审批人")])
    with pytest.raises(Refused):
        assign(review, county, county.people["review_head"])


def test_a_reviewer_takes_a_review_but_gives_none_away(county):
    review = submit(county)
    with pytest.raises(Refused) as refused:
        assign(review, county, county.people["review_head"], actor=county.reviewer)
    assert refused.value.refusals[0].rule == "legal_review.only_for_oneself"
    assert assign(review, county, county.people["reviewer"], actor=county.reviewer).reviewer.name == "宋知衡"


def test_the_handler_and_another_body_assign_nothing(county):
    review = submit(county)
    for actor, rule in ((county.officer, "core.not_permitted"), (county.stranger, "legal_review.other_body")):
        with pytest.raises(Refused) as refused:
            assign(review, county, county.people["reviewer"], actor=actor)
        assert refused.value.refusals[0].rule == rule


def test_a_concluded_review_is_not_assigned_again(county):
    review = submit(county)
    services.withdraw_submission(review, actor=county.officer, moment=MONDAY, reason="改动")
    with pytest.raises(Refused) as refused:
        assign(review, county, county.people["reviewer"])
    assert refused.value.refusals[0].rule == "legal_review.already_concluded"
