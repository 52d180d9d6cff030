from datetime import date

import pytest
from tests.cast import MOMENT

from dayu.core.refused import Refused
from dayu.org import services
from dayu.org.actors import actor_of_person


def register(county, actor, **changes):
    wanted = {"name": "林晚舟", "unit": county.units["brigade"], "username": "newcomer", "staff_no": "Z099"}
    return services.register_person(county.agency, actor=actor, moment=MOMENT, **{**wanted, **changes})


def test_a_newcomer_gets_an_account_that_cannot_yet_sign_in_with_a_password(county):
    person = register(county, county.administrator)
    assert person.account.username == "newcomer" and not person.account.has_usable_password()
    assert actor_of_person(person, on=date(2026, 11, 20)).posts == frozenset()


def test_a_unit_head_registers_nobody(county):
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        register(county, county.unit_head)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [({"username": "officer"}, "org.username_taken"), ({"staff_no": "Z001"}, "org.staff_no_taken")],
)
def test_a_name_or_number_that_is_taken_is_refused(county, changes, rule):
    with pytest.raises(Refused, match=rule):
        register(county, county.administrator, **changes)
