import io
from datetime import timedelta

import openpyxl
import pytest

from dayu.cases.doors import door_of
from dayu.cases.tests.situations import make_case
from dayu.fines.models import FineReceipt, ForfeitedItem, PaymentSlip
from dayu.fines.tests.situations import make_due


@pytest.fixture
def clerk(county, client):
    client.force_login(county.people["fine_clerk"].account)
    return client


def page(client, url, status=200):
    answer = client.get(url)
    assert answer.status_code == status, answer.content.decode()[:600]
    return answer.content.decode()


def test_the_ledger_filters_by_links_and_goes_out_as_excel(county, clerk):
    owing = make_due(county).after_due(2)
    number = owing.due.decision_no
    for show in ("", "overdue", "choice", "all"):
        assert number in page(clerk, f"/fines/?show={show}")
    for show in ("settled", "demanded", "court", "ended", "additional"):
        assert number not in page(clerk, f"/fines/?show={show}")
    assert number in page(clerk, "/fines/?q=张某") and number not in page(clerk, "/fines/?q=查无此人")
    sheet = clerk.get("/fines/?export=1")
    rows = list(openpyxl.load_workbook(io.BytesIO(b"".join(sheet.streaming_content))).active.values)
    assert rows[1][0] == number and rows[1][5] == 20_000


def test_the_button_of_the_case_leads_to_the_form_and_the_form_records(county, clerk):
    owing = make_due(county)
    url = door_of("record_payment", owing.played.case.pk, owing.played.party.key)
    form = clerk.get(url, follow=True)
    assert "罚缴分离" in form.content.decode() and 'value="20000.00"' in form.content.decode()
    address = form.redirect_chain[-1][0]
    answer = clerk.post(address, {
        "amount_yuan": "20000", "paid_on": owing.today, "channel": "bank", "reference": "B1", "receipt_no": "0100", "once": "a",
    }, follow=True)  # fmt: skip
    assert PaymentSlip.objects.get().amount_yuan == 20_000 and answer.status_code == 200


def test_a_refused_payment_keeps_what_was_typed(county, clerk):
    owing = make_due(county)
    answer = clerk.post(f"/fines/{owing.due.pk}/pay/", {
        "amount_yuan": "777", "paid_on": owing.today, "channel": "on_the_spot", "payer": "代缴人乙",
    })  # fmt: skip
    shown = answer.content.decode()
    assert answer.status_code == 422 and "罚缴分离" in shown and "代缴人乙" in shown


def test_the_page_of_a_fine_shows_arithmetic_pauses_and_the_next_step(county, client):
    owing = make_due(county).after_due(10)
    client.force_login(county.people["head"].account)
    shown = page(client, f"/fines/{owing.due.pk}/")
    assert "20000.00 × 3% × 10 = 6000.00" in shown and "请负责人决定是否加处罚款" in shown
    answer = client.post(f"/fines/{owing.due.pk}/additional/", {"impose": "1"}, follow=True)
    assert "起草催告书" in answer.content.decode() and owing.due.choice == "imposed"


def test_the_head_defers_in_installments_by_the_form(county, client):
    owing = make_due(county)
    client.force_login(county.people["head"].account)
    first, last = owing.today + timedelta(days=30), owing.today + timedelta(days=60)
    client.post(f"/fines/{owing.due.pk}/defer/", {
        "applied_on": owing.today, "until": last, "reason": "经济困难", "installments": f"{first} 8000\n{last} 12000元",
    })  # fmt: skip
    assert owing.due.due_on == last
    assert "12,000" in page(client, f"/fines/{owing.due.pk}/")


def test_a_receipt_is_added_and_matched_by_the_forms(county, clerk):
    owing = make_due(county)
    slip = owing.pay(5_000, receipt_no="", reference="B1")
    assert "没有收据" in page(clerk, "/fines/receipts/?show=unreceipted")
    receipt = FineReceipt.objects.create(
        organ=county.agency, number="0001", amount_yuan=5_000, issued_on=owing.today, registered_by="x",
        registered_at=owing.played.moment,
    )  # fmt: skip
    assert "5,000.00" in page(clerk, f"/fines/receipts/{receipt.pk}/match/")
    clerk.post(f"/fines/receipts/{receipt.pk}/match/", {"slip": slip.pk})
    receipt.refresh_from_db()
    assert receipt.slip == slip
    other = owing.pay(1_000, receipt_no="", reference="B2")
    clerk.post(f"/fines/{owing.due.pk}/receipt/", {"slip": other.pk, "receipt_no": "0002", "issued_on": owing.today})
    assert FineReceipt.objects.get(number="0002").slip == other
    assert clerk.get("/fines/receipts/?export=1&show=matched").status_code == 200


def test_forfeited_goods_have_a_ledger_and_two_forms(county, clerk):
    owing = make_due(county)
    clerk.post(f"/fines/forfeited/register/{owing.played.party.pk}/", {
        "name": "吸砂泵", "quantity": "1台", "received_on": owing.today, "place": "仓库", "keeper": "甲",
    })  # fmt: skip
    item = ForfeitedItem.objects.get()
    assert "吸砂泵" in page(clerk, "/fines/forfeited/")
    clerk.post(f"/fines/forfeited/{item.pk}/dispose/", {"manner": "destroyed", "disposed_on": owing.today, "voucher": "记录1"})
    assert "吸砂泵" not in page(clerk, "/fines/forfeited/") and "吸砂泵" in page(clerk, "/fines/forfeited/?show=over")


def test_the_panel_of_the_case_leads_to_the_line(county, clerk):
    owing = make_due(county)
    shown = page(clerk, f"/cases/{owing.played.case.pk}/costs/")
    assert f"/fines/{owing.due.pk}/" in shown and "罚缴台账" in shown


def test_before_service_the_button_says_why_there_is_nothing(county, clerk):
    played = make_case(county, at="decided")
    shown = page(clerk, f"/fines/party/{played.party.pk}/pay/", 422)
    assert "还没有已送达的罚款决定" in shown


def test_strangers_and_other_organs_find_nothing(county, client):
    owing = make_due(county)
    client.force_login(county.people["stranger"].account)
    page(client, f"/fines/{owing.due.pk}/", 404)
    page(client, f"/fines/{owing.due.pk}/pay/", 404)
    assert owing.due.decision_no not in page(client, "/fines/?show=all")


@pytest.mark.parametrize("url", ["/fines/", "/fines/{pk}/", "/fines/receipts/?show=matched"])
def test_a_page_costs_a_bounded_number_of_statements(county, clerk, django_assert_max_num_queries, url):
    owing = make_due(county)
    owing.pay(5_000)
    page(clerk, url.format(pk=owing.due.pk))
    with django_assert_max_num_queries(14):
        page(clerk, url.format(pk=owing.due.pk))
