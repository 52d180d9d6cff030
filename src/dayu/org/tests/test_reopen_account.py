from datetime import date

import pytest
from tests.cast import MOMENT, PASSWORD

from dayu.core.refused import Refused
from dayu.org import services


def test_a_reopened_account_signs_in_again(county, client):
    person = county.people["officer"]
    services.freeze_account(person, actor=county.administrator, moment=MOMENT, reason="手机遗失")
    services.reopen_account(person, actor=county.administrator, moment=MOMENT)
    assert client.login(username="officer", password=PASSWORD)


def test_an_officer_reopens_nobody(county):
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        services.reopen_account(county.people["head"], actor=county.officer, moment=MOMENT)


def test_the_account_of_somebody_who_left_stays_frozen(county):
    person = county.people["officer"]
    services.retire_officer(person, actor=county.administrator, moment=MOMENT, left_on=date(2026, 11, 20))
    with pytest.raises(Refused, match=r"org\.person_left"):
        services.reopen_account(person, actor=county.administrator, moment=MOMENT)
