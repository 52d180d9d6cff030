from datetime import timedelta
from decimal import Decimal

import pytest

from dayu.cases.models import JournalEntry
from dayu.core.refused import Refused
from dayu.fines.models import FineReceipt, PaymentSlip
from dayu.fines.tests.situations import make_due


def test_one_act_records_slip_and_receipt_and_tells_the_case(county):
    owing = make_due(county)
    slip = owing.pay(20_000)
    entry = JournalEntry.objects.get(case=owing.played.case, kind="fine_paid")
    receipt = FineReceipt.objects.get()
    assert entry.source == f"fines.paymentslip:{slip.pk}" and entry.params["complete"] is True
    assert receipt.slip == slip and receipt.amount_yuan == slip.amount_yuan == Decimal(entry.params["amount_yuan"])
    assert owing.due.settled_on == owing.today and owing.played.party.paid_on == owing.today


def test_parts_add_up_and_delivering_again_adds_nothing(county):
    owing = make_due(county)
    owing.pay(5_000)
    owing.played.deliver()
    owing.played.wait(1)
    owing.pay(15_000)
    owing.played.deliver()
    assert PaymentSlip.objects.count() == 2 and owing.due.paid_yuan == 20_000 == owing.played.party.paid_yuan


def test_money_that_came_before_it_was_typed_counts_on_its_own_day(county):
    owing = make_due(county).after_due(3)
    owing.pay(20_000, paid_on=owing.due.due_on)
    assert owing.due.settled_on == owing.due.due_on
    assert JournalEntry.objects.get(kind="fine_paid").happened_on == owing.due.due_on


def test_an_earlier_payment_typed_later_does_not_spoil_the_sum(county):
    owing = make_due(county)
    owing.played.wait(5)
    owing.pay(5_000)
    owing.pay(15_000, paid_on=owing.today - timedelta(days=2))
    assert owing.played.party.paid_yuan == 20_000 and owing.played.party.paid_on is not None


def test_one_transfer_settles_the_fine_first_and_then_the_additional_fine(county):
    owing = make_due(county).after_due(10)
    owing.impose()
    slip = owing.pay(26_000)
    assert (slip.fine_yuan, slip.additional_yuan) == (20_000, 6_000)
    assert JournalEntry.objects.get(kind="fine_paid").params["amount_yuan"] == "20000.00"


@pytest.mark.parametrize("who", ["stranger", "archivist", "third_officer"])
def test_only_the_clerk_and_those_on_the_case_record_money(county, who):
    with pytest.raises(Refused):
        make_due(county).pay(20_000, who=who)
    assert not PaymentSlip.objects.exists()


def test_cash_is_refused_and_on_the_spot_needs_its_ground_and_receipt(county):
    owing = make_due(county)
    with pytest.raises(Refused) as refused:
        owing.pay(20_000, channel="cash")
    assert "罚缴分离" in refused.value.refusals[0].as_json()["reason"]
    with pytest.raises(Refused, match=r"fines\.collection_is_separate"):
        owing.pay(20_000, channel="on_the_spot")
    with pytest.raises(Refused, match=r"fines\.on_the_spot_without_receipt"):
        owing.pay(20_000, channel="on_the_spot", ground="水上当事人缴纳有困难", receipt_no="")


def test_what_cannot_be_is_refused(county):
    owing = make_due(county)
    with pytest.raises(Refused, match=r"fines\.more_than_owed"):
        owing.pay(20_001)
    with pytest.raises(Refused, match=r"fines\.amount_not_positive"):
        owing.pay(0)
    with pytest.raises(Refused, match=r"fines\.payment_without_reference"):
        owing.pay(100, receipt_no="")
    for day in (owing.today - timedelta(days=1), owing.today + timedelta(days=1)):
        with pytest.raises(Refused, match=r"fines\.day_impossible"):
            owing.pay(100, paid_on=day)
    owing.pay(100, reference="A1")
    with pytest.raises(Refused, match=r"fines\.receipt_known"):
        owing.pay(100, reference="A2")
    with pytest.raises(Refused, match=r"fines\.reference_known"):
        owing.pay(100, reference="A1", receipt_no="R2")


def test_a_refused_payment_leaves_neither_slip_nor_receipt(county):
    owing = make_due(county)
    owing.pay(20_000)
    with pytest.raises(Refused):
        owing.pay(1, receipt_no="R9")
    assert PaymentSlip.objects.count() == 1 and FineReceipt.objects.count() == 1
