"""The acceptance checks of CAS-18 and CAS-19."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.urls import get_resolver

from dayu.cases import services as cases
from dayu.core.actors import SYSTEM
from dayu.core.refused import Refused
from dayu.fines.facts import owed_on
from dayu.fines.models import FineDue, PaymentSlip
from dayu.fines.tests.situations import make_due
from dayu.remedies import services as remedies


def amount_shown(client, owing):
    return client.get(f"/fines/{owing.due.pk}/").content.decode()


@pytest.mark.requirement("CAS-18")
def test_a_fine_unpaid_forty_days_bears_as_much_again_and_no_more(county, client):
    owing = make_due(county).after_due(40)
    owing.impose()
    client.force_login(county.people["fine_clerk"].account)
    assert owed_on(owing.due, owing.today).additional_yuan == Decimal(20_000)
    shown = amount_shown(client, owing)
    assert "已封顶" in shown and "24,000" not in shown.split("20000 × 3%")[0]


@pytest.mark.requirement("CAS-18")
def test_a_suit_filed_on_the_eleventh_day_stops_it_at_ten_days(county, client):
    owing = make_due(county).after_due(11)
    remedies.register_suit(
        owing.played.party, court="泽川县人民法院", filed_on=owing.today, copy_received_on=owing.today,
        handler=county.people["officer"], **owing.by("officer"),
    )  # fmt: skip
    owing.played.wait(30)
    owing.impose()
    client.force_login(county.people["fine_clerk"].account)
    owed = owed_on(owing.due, owing.today)
    assert (owed.additional_yuan, owed.days) == (Decimal(6_000), 10)
    assert "6,000" in amount_shown(client, owing)


@pytest.mark.requirement("CAS-18")
def test_closing_with_an_unpaid_balance_and_no_step_at_court_is_refused(county):
    owing = make_due(county)
    owing.pay(19_999)
    cases.verify_correction(owing.played.party, result="corrected", findings="已平整", **owing.by("officer"))
    cases.publish_decision(owing.played.party, actor=SYSTEM, moment=owing.played.moment)
    cases.record_education(owing.played.now(), manner="当面说理", text="讲解采砂许可制度", **owing.by("officer"))
    with pytest.raises(Refused) as refused:
        cases.close_case(owing.played.now(), ground="履行完毕", opinion="同意", **owing.by("head"))
    assert "procedure.fine_unpaid" in {r.rule for r in refused.value.refusals}
    owing.pay(1)
    assert cases.close_case(owing.played.now(), ground="履行完毕", opinion="同意", **owing.by("head")).kind == "closed"


@pytest.mark.requirement("CAS-19")
def test_no_screen_adds_a_line_of_the_ledger_by_hand(county, client):
    """Lines come with the service of a decision only: no address of this domain makes one, whoever asks."""
    make_due(county)
    client.force_login(county.people["fine_clerk"].account)
    before = FineDue.objects.count(), PaymentSlip.objects.count()
    patterns = [p for r in get_resolver().url_patterns if str(r.pattern) == "fines/" for p in r.url_patterns]
    assert patterns
    for pattern in patterns:
        url = "/fines/" + str(pattern.pattern).replace("<int:pk>", "999").replace("<slug:act>", "pay")
        client.post(url, {"decision_no": "手工〔2026〕1号", "fine_yuan": "100", "amount_yuan": "100", "party": "1"})
    assert (FineDue.objects.count(), PaymentSlip.objects.count()) == before
    assert "新增" not in client.get("/fines/").content.decode()


@pytest.mark.requirement("CAS-19")
def test_an_imported_receipt_of_2017_without_a_dossier_is_shown_as_unmatched(county, client):
    client.force_login(county.people["fine_clerk"].account)
    book = openpyxl.Workbook()
    book.active.append(["票据号", "开票日期", "金额", "缴款人", "决定书文号"])
    book.active.append(["0017001", date(2017, 6, 1), 3000, "赵某", "泽水罚字〔2017〕5号"])
    file = io.BytesIO()
    book.save(file)
    file.seek(0)
    file.name = "2017.xlsx"
    client.post("/fines/receipts/import/", {"file": file, "source_note": "2017年纸质罚没款收据存根"})
    shown = client.get("/fines/receipts/").content.decode()
    assert "0017001" in shown and "未对应" in shown and "2017年纸质罚没款收据存根" in shown
    assert "0017001" not in client.get("/fines/receipts/?show=matched").content.decode()


@pytest.mark.requirement("CAS-19")
def test_receipt_ledger_line_and_dossier_stand_beside_each_other_with_equal_amounts(county, client):
    owing = make_due(county)
    owing.pay(20_000, receipt_no="0026001")
    client.force_login(county.people["fine_clerk"].account)
    shown = client.get("/fines/receipts/?show=matched").content.decode()
    row = next(r for r in shown.split("<tr") if "0026001" in r)
    assert row.count("20,000.00") == 3 and "一致" in row
    assert owing.today.isoformat() in row
