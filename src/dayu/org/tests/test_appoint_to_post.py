from datetime import date

import pytest
from tests.cast import MOMENT

from dayu.core.refused import Refused
from dayu.org import services
from dayu.org.actors import actor_of_person


def appoint(county, actor, **changes):
    wanted = {"key": "agency_head", "valid_from": date(2026, 11, 20), "valid_until": date(2026, 12, 31)}
    return services.appoint_to_post(county.people["deputy_head"], actor=actor, moment=MOMENT, **{**wanted, **changes})


def test_a_post_is_held_from_its_first_to_its_last_day(county):
    appoint(county, county.administrator)
    person = county.people["deputy_head"]
    held = [actor_of_person(person, on=day).holds("agency_head") for day in DAYS]
    assert held == [False, True, True, False]


def test_a_head_appoints_nobody_by_himself(county):
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        appoint(county, county.head)


def test_the_same_post_twice_an_unknown_post_and_a_past_end_are_refused(county):
    appoint(county, county.administrator)
    with pytest.raises(Refused, match=r"org\.already_in_post"):
        appoint(county, county.administrator)
    with pytest.raises(Refused, match=r"org\.unknown_choice"):
        appoint(county, county.administrator, key="king")
    with pytest.raises(Refused, match=r"org\.dates_out_of_order"):
        appoint(county, county.administrator, key="registrar", valid_until=date(2026, 1, 1))


DAYS = [date(2026, 11, 19), date(2026, 11, 20), date(2026, 12, 31), date(2027, 1, 1)]
