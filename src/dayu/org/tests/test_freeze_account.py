import pytest
from tests.cast import MOMENT, PASSWORD

from dayu.core.refused import Refused
from dayu.org import services


def test_a_frozen_account_cannot_sign_in(county, client):
    services.freeze_account(county.people["officer"], actor=county.administrator, moment=MOMENT, reason="手机遗失")
    assert not client.login(username="officer", password=PASSWORD)


def test_an_officer_freezes_nobody(county):
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        services.freeze_account(county.people["head"], actor=county.officer, moment=MOMENT, reason="x")


def test_a_frozen_account_is_not_frozen_again(county):
    person = county.people["officer"]
    services.freeze_account(person, actor=county.administrator, moment=MOMENT, reason="手机遗失")
    with pytest.raises(Refused, match=r"org\.no_open_account"):
        services.freeze_account(person, actor=county.administrator, moment=MOMENT, reason="x")
