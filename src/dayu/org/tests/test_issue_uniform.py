from datetime import date

import pytest
from tests.cast import MOMENT

from dayu.core.refused import Refused
from dayu.org import services
from dayu.org.policies import dressed_as_prescribed


def test_a_check_in_then_asks_for_uniform_and_badge(county):
    person = county.people["officer"]
    assert dressed_as_prescribed([person], confirmed=False).allowed
    services.issue_uniform(
        person, actor=county.administrator, moment=MOMENT, issued_on=date(2026, 11, 20), badge_no="X001"
    )
    held = dressed_as_prescribed([person], confirmed=False)
    assert held.refusals[0].as_json()["reason"] == "请确认着装和标识：陆河清"
    assert dressed_as_prescribed([person], confirmed=True).allowed


def test_an_officer_issues_no_uniform(county):
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        services.issue_uniform(
            county.people["officer"], actor=county.officer, moment=MOMENT, issued_on=date(2026, 11, 20)
        )


def test_who_has_left_gets_no_uniform(county):
    person = county.people["officer"]
    services.retire_officer(person, actor=county.administrator, moment=MOMENT, left_on=date(2026, 11, 20))
    with pytest.raises(Refused, match=r"org\.person_left"):
        services.issue_uniform(person, actor=county.administrator, moment=MOMENT, issued_on=date(2026, 11, 21))
