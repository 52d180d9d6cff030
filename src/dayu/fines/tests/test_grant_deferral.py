from datetime import timedelta
from decimal import Decimal

import pytest

from dayu.core.refused import Refused
from dayu.fines import services
from dayu.fines.models import Deferral
from dayu.fines.tests.situations import make_due


def grant(owing, who="head", **changes):
    until = owing.today + timedelta(days=90)
    wanted = {"applied_on": owing.today, "until": until, "reason": "家庭经济困难，有村委会证明"}
    return services.grant_deferral(owing.due, **owing.by(who), **{**wanted, **changes})


def test_installments_move_the_last_day_and_the_case_knows_it_once(county):
    owing = make_due(county)
    rows = [(owing.today + timedelta(days=30 * n), Decimal(5_000)) for n in (1, 2, 3, 4)]
    deferral = grant(owing, until=rows[-1][0], installments=rows)
    owing.played.deliver()
    assert Deferral.objects.get() == deferral and deferral.installments.count() == 4
    assert owing.due.due_on == rows[-1][0] == owing.played.party.pay_due_on > owing.due.first_due_on


def test_what_was_deferred_bears_no_additional_fine_until_the_new_day(county):
    owing = make_due(county)
    grant(owing)
    owing.played.wait(60)
    with pytest.raises(Refused, match=r"procedure\.payment_not_overdue"):
        owing.impose()


@pytest.mark.parametrize("who", ["officer", "unit_head", "fine_clerk", "stranger"])
def test_only_the_head_grants_it(county, who):
    with pytest.raises(Refused):
        grant(make_due(county), who=who)


def test_what_does_not_add_up_is_refused(county):
    owing = make_due(county)
    day = owing.today + timedelta(days=90)
    with pytest.raises(Refused, match=r"fines\.installments_do_not_add_up"):
        grant(owing, installments=[(day, Decimal(19_999))])
    with pytest.raises(Refused, match=r"fines\.installments_out_of_order"):
        grant(owing, installments=[(day, Decimal(10_000)), (day - timedelta(days=1), Decimal(10_000))])
    with pytest.raises(Refused, match=r"fines\.day_impossible"):
        grant(owing, applied_on=owing.today + timedelta(days=1))
    with pytest.raises(Refused, match=r"procedure\.deferral_incomplete"):
        grant(owing, until=owing.today)
    owing.pay(20_000)
    with pytest.raises(Refused, match=r"procedure\.fine_settled"):
        grant(owing)
