from datetime import date

import pytest
from tests.cast import MOMENT

from dayu.core.refused import Refused
from dayu.powers import services
from dayu.powers.models import PowerAssignment
from dayu.powers.policies import may_act_on_violation


def end(county, actor, last_day=date(2026, 6, 30)):
    assignment = PowerAssignment.objects.get(
        item__code="soil-53-1-no-plan", unit=county.units["brigade"], post_key="handler"
    )
    return services.end_assignment(assignment, actor=actor, moment=MOMENT, last_day=last_day)


def may(county, day):
    return may_act_on_violation(
        "soil-53-1-no-plan",
        agency=county.agency,
        territory="990121",
        post="handler",
        officer=county.people["officer"],
        on=day,
    ).allowed


def test_after_the_last_day_the_post_has_no_power(county):
    end(county, county.review_head)
    assert may(county, date(2026, 6, 30)) and not may(county, date(2026, 7, 1))


def test_an_officer_ends_no_assignment(county):
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        end(county, county.officer)


def test_an_assignment_cannot_end_before_it_began(county):
    with pytest.raises(Refused, match=r"powers\.dates_out_of_order"):
        end(county, county.review_head, date(2001, 1, 1))
