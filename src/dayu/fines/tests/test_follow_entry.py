from decimal import Decimal

import pytest

from dayu.cases import services as cases
from dayu.cases.models import JournalEntry
from dayu.cases.tests.situations import make_case
from dayu.core.refused import Refused
from dayu.fines import services
from dayu.fines.models import FineDue, FineReceipt, PaymentSlip
from dayu.fines.tests.situations import make_due


def test_a_line_comes_with_the_service_of_a_decision_and_once(county):
    assert not FineDue.objects.exists()
    make_case(county, at="decided").deliver()
    assert not FineDue.objects.exists()
    owing = make_due(county)
    owing.played.deliver()
    due = FineDue.objects.get(party=owing.played.party)
    assert (due.fine_yuan, due.served_on, due.due_on) == (20_000, owing.today, owing.played.party.pay_due_on)


def test_two_parties_have_two_lines(county):
    played = make_case(county, at="served", parties=2).deliver()
    assert FineDue.objects.filter(case=played.case).count() == 2


def test_money_entered_in_the_case_stands_in_the_ledger_with_its_receipt_once(county):
    owing = make_due(county)
    cases.record_payment(
        owing.played.party, amount_yuan=Decimal(20_000), channel="bank", receipt="0077", **owing.by("fine_clerk")
    )
    entry = JournalEntry.objects.get(kind="fine_paid")
    for _again in range(2):
        owing.played.deliver()
        services.follow_entry(entry, actor=_system(), moment=owing.played.moment)
    slip = PaymentSlip.objects.get()
    assert slip.entry == entry and slip.amount_yuan == 20_000 and FineReceipt.objects.get().number == "0077"
    assert owing.due.settled_on == owing.today


def test_an_annulled_payment_counts_no_more_but_stays_readable(county):
    owing = make_due(county)
    owing.pay(20_000)
    entry = JournalEntry.objects.get(kind="fine_paid")
    cases.annul_entry(entry, reason="录入错误，款项属于他人", **owing.by("head"))
    owing.played.deliver()
    assert PaymentSlip.objects.get().voided_on == owing.today
    assert owing.due.settled_on is None and owing.due.paid_yuan == 0


def test_a_revoked_decision_is_owed_no_more(county):
    owing = make_due(county)
    cases.revoke_decision(owing.played.party, reason="事实认定错误", **owing.by("head"))
    owing.played.deliver()
    assert owing.due.revoked_on == owing.today
    with pytest.raises(Refused, match=r"fines\.decision_revoked"):
        owing.pay(100)


def test_nobody_but_the_machinery_follows(county):
    owing = make_due(county)
    entry = JournalEntry.objects.filter(kind="decision_served").latest("pk")
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        services.follow_entry(entry, **owing.by("head"))


def _system():
    from dayu.core.actors import SYSTEM

    return SYSTEM
