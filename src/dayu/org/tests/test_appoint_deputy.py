from datetime import date

import pytest
from tests.cast import MOMENT

from dayu.core.refused import Refused
from dayu.org import services
from dayu.org.actors import actor_of_person


def appoint(county, actor, principal="head"):
    return services.appoint_deputy(
        county.people[principal],
        actor=actor,
        moment=MOMENT,
        deputy=county.people["deputy_head"],
        key="agency_head",
        valid_from=date(2026, 11, 20),
        valid_until=date(2026, 11, 27),
    )


def test_a_deputy_holds_the_post_for_the_days_of_absence_and_both_are_shown(county):
    appoint(county, county.head)
    deputy = actor_of_person(county.people["deputy_head"], on=date(2026, 11, 24))
    assert deputy.holds("agency_head")
    assert f"deputy:agency_head:{county.people['head'].pk}" in deputy.traits
    assert not actor_of_person(county.people["deputy_head"], on=date(2026, 11, 28)).holds("agency_head")


def test_nobody_makes_himself_the_deputy_of_the_head(county):
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        appoint(county, county.deputy_head)


def test_who_does_not_hold_the_post_cannot_pass_it_on(county):
    with pytest.raises(Refused, match=r"org\.not_in_post"):
        appoint(county, county.administrator, principal="officer")
