from datetime import date

import pytest
from tests.cast import MOMENT, PASSWORD

from dayu.core.accounts import Account
from dayu.core.events import EventRow
from dayu.core.refused import Refused
from dayu.org import services
from dayu.org.actors import actor_of_person

DAY = date(2026, 11, 20)


def retire(county, actor=None):
    return services.retire_officer(
        county.people["officer"], actor=actor or county.administrator, moment=MOMENT, left_on=DAY
    )


def test_account_certificate_and_posts_end_the_same_day_and_others_hear_of_it(county):
    person = retire(county)
    assert not Account.objects.get(username="officer").is_active
    assert person.certificates.get().standing_on(DAY) == "revoked"
    assert person.certificates.get().standing_on(date(2026, 11, 19)) == "valid"
    assert actor_of_person(person, on=DAY).posts == frozenset()
    assert actor_of_person(person, on=DAY).scopes == ()
    left = EventRow.objects.get(name="org.OfficerLeft")
    assert left.content["person_id"] == person.pk and left.content["kind"] == "retirement"


def test_a_retired_officer_cannot_sign_in(county, client):
    assert client.login(username="officer", password=PASSWORD)
    client.logout()
    retire(county)
    assert not client.login(username="officer", password=PASSWORD)


def test_a_unit_head_retires_nobody(county):
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        retire(county, county.unit_head)


def test_nobody_retires_twice(county):
    retire(county)
    with pytest.raises(Refused, match=r"org\.person_left"):
        retire(county)
