from datetime import timedelta
from decimal import Decimal

import pytest

from dayu.cases import services as cases
from dayu.core.refused import Refused
from dayu.fines.facts import owed_on, pauses_of_party
from dayu.fines.models import FineDue
from dayu.fines.tests.situations import make_due


def owed(owing):
    return owed_on(owing.due, owing.today)


def test_nothing_is_added_before_the_head_has_decided_although_the_figure_is_shown(county):
    owing = make_due(county).after_due(10)
    assert (owed(owing).computed_yuan, owed(owing).additional_yuan) == (6_000, 0)
    owing.impose()
    assert owed(owing).additional_yuan == 6_000 and owing.due.choice == FineDue.IMPOSED


def test_not_imposing_and_reducing_stand_with_their_reason(county):
    owing = make_due(county).after_due(10)
    owing.impose(impose=False, reason="主动纠正，生活困难")
    assert owed(owing).additional_yuan == 0 and owing.due.choice_reason == "主动纠正，生活困难"
    owing.impose(reduced_to_yuan=Decimal(2_000), reason="部分减免")
    assert owed(owing).additional_yuan == 2_000 and owing.due.choice == FineDue.REDUCED


def test_a_part_paid_in_time_bears_nothing_and_the_rest_is_marked_as_a_default(county):
    owing = make_due(county)
    owing.pay(15_000)
    owing.after_due(10)
    owing.impose()
    assert owed(owing).additional_yuan == Decimal("1500.00") and owed(owing).note
    owing.pay(2_000)
    owing.played.wait(10)
    assert owed(owing).additional_yuan == Decimal("2400.00")


def test_the_figure_stops_on_the_day_of_payment(county):
    owing = make_due(county).after_due(5)
    owing.pay(20_000)
    owing.played.wait(20)
    owing.impose()
    assert owed(owing).additional_yuan == 3_000


def test_a_pause_ends_with_the_decision_even_if_only_the_case_knows_of_it(county):
    owing = make_due(county).after_due(1)
    cases.record_reconsideration(owing.played.party, body="泽川县人民政府", **owing.by("officer"))
    first = owing.today
    owing.played.wait(9)
    cases.record_reconsideration_decision(owing.played.party, result="upheld", **owing.by("officer"))
    assert pauses_of_party(owing.played.party, until=owing.today + timedelta(days=5)) == ((first, owing.today),)
    owing.played.wait(2)
    owing.impose()
    assert owed(owing).days == 2


@pytest.mark.parametrize("who", ["officer", "fine_clerk", "unit_head", "stranger"])
def test_only_the_head_chooses(county, who):
    with pytest.raises(Refused):
        make_due(county).after_due(3).impose(who=who)


def test_before_it_is_overdue_without_reason_and_above_the_figure_it_is_refused(county):
    owing = make_due(county)
    with pytest.raises(Refused, match=r"procedure\.payment_not_overdue"):
        owing.impose()
    owing.after_due(3)
    with pytest.raises(Refused, match=r"procedure\.additional_fine_unreasoned"):
        owing.impose(impose=False)
    with pytest.raises(Refused, match=r"fines\.reduction_without_reason"):
        owing.impose(reduced_to_yuan=Decimal(100))
    with pytest.raises(Refused, match=r"fines\.not_a_reduction"):
        owing.impose(reduced_to_yuan=Decimal(1_801), reason="多加")
