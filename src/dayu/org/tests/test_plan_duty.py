from datetime import date

import pytest
from tests.cast import MOMENT

from dayu.core.refused import Refused
from dayu.org import services
from dayu.org.selectors import deputy_approvers


def plan(county, actor, person="deputy_head", day=date(2026, 10, 1)):
    return services.plan_duty(
        county.agency, actor=actor, moment=MOMENT, day=day, person=county.people[person], role="deputy_approver"
    )


def test_the_roster_says_who_approves_on_a_holiday(county):
    plan(county, county.head)
    assert deputy_approvers(county.agency, on=date(2026, 10, 1)) == [county.people["deputy_head"]]
    assert deputy_approvers(county.agency, on=date(2026, 10, 2)) == []


def test_an_officer_plans_no_duty(county):
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        plan(county, county.officer)


def test_somebody_of_another_agency_is_not_put_on_duty(county):
    with pytest.raises(Refused, match=r"org\.person_not_here"):
        plan(county, county.head, person="stranger")
