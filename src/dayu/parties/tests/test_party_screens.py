"""Screens of the parties domain: what they show, what they do, Excel in; credit events."""

import io
from datetime import date
from decimal import Decimal

import pytest
import xlsxwriter
from django.test import Client
from tests.cast import PASSWORD

from dayu.core.refused import Refused
from dayu.parties.models import Party
from dayu.parties.selectors import credit_of, earlier_penalties
from dayu.parties.services import (
    import_parties,
    involve_party,
    link_parties,
    record_credit_event,
    revoke_credit_event,
)
from dayu.parties.tests.conftest import NOW, id_card, rules, uscc


@pytest.fixture
def officer(county, move_clock) -> Client:
    move_clock(NOW)
    client = Client()
    assert client.login(username="officer", password=PASSWORD)
    return client


def sheet(rows) -> io.BytesIO:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    page = book.add_worksheet()
    page.write_row(0, 0, ["当事人名册"])
    page.write_row(1, 0, ["类别", "名称（姓名）", "公民身份号码", "统一社会信用代码", "联系电话", "备注"])
    for number, row in enumerate(rows, start=2):
        page.write_row(number, 0, row)
    book.close()
    buffer.seek(0)
    buffer.name = "名册.xlsx"
    return buffer


def test_the_list_is_filtered_by_links_and_says_why_one_may_read(county, officer, register):
    party = register(moment=NOW)
    register(name="甲公司", kind="company")
    page = officer.get("/parties/").content.decode()
    assert "张水生" in page and "登记当日" in page and "甲公司" in page
    assert "?kind=company" in page
    only = officer.get("/parties/?kind=company").content.decode()
    assert "甲公司" in only and "张水生" not in only
    assert officer.get(party.get_absolute_url()).status_code == 200


def test_a_list_page_is_bounded_in_statements(officer, register, django_assert_max_num_queries):
    for number in range(60):
        register(name=f"张{number}", phone=str(number))
    with django_assert_max_num_queries(12):
        officer.get("/parties/")


def test_a_party_is_registered_and_the_page_opens(officer):
    answer = officer.post("/parties/new/", {"kind": "citizen", "name": "赵四海", "id_card": id_card(), "phone": "1"})
    party = Party.objects.get()
    assert answer.url == party.get_absolute_url()
    page = officer.get(answer.url).content.decode()
    assert "赵四海" in page and id_card() in page


def test_what_was_typed_stays_when_a_rule_refuses(officer):
    answer = officer.post("/parties/new/", {"kind": "citizen", "name": "赵四海", "id_card": "990121198001010011"})
    page = answer.content.decode()
    assert answer.status_code == 422 and "校验位不符" in page and "赵四海" in page


def test_each_act_has_its_page(county, officer, register):
    party = register(moment=NOW)
    sole = register(moment=NOW, kind="individual_business", name="老张经营部")
    for page in ("change", "rename", "identifier", "representative", "standing", "link", "object"):
        assert officer.get(f"/parties/{party.pk}/{page}/").status_code == 200, page
    assert officer.get(f"/parties/{sole.pk}/class/").status_code == 200
    officer.post(f"/parties/{party.pk}/change/", {"phone": "13811112222"})
    officer.post(f"/parties/{party.pk}/rename/", {"name": "张水声", "until": "2026-11-19", "reason": "笔录误写"})
    officer.post(f"/parties/{sole.pk}/class/", {"treated_as": "organisation", "reason": "有字号"})
    officer.post(f"/parties/{party.pk}/link/", {"other": str(sole.pk), "relation": "same", "reason": "经营者"})
    officer.post(f"/parties/{party.pk}/object/", {"kind": "site", "name": "堆场"})
    party.refresh_from_db()
    sole.refresh_from_db()
    assert (party.name, party.phone, sole.treated_as) == ("张水声", "13811112222", "organisation")
    page = officer.get(party.get_absolute_url()).content.decode()
    assert "张水生" in page and "已关联" in page and "堆场" in page


def test_covered_fields_are_not_changed_by_somebody_without_a_purpose(officer, register):
    party = register()
    assert officer.get(f"/parties/{party.pk}/change/").status_code == 422


def test_a_party_of_another_organ_is_not_there(county, officer, register):
    far = register(actor=county.stranger)
    assert officer.get(far.get_absolute_url()).status_code == 404


def test_good_rows_are_imported_and_failed_rows_are_named(officer):
    rows = [
        ["公民", "孙河", id_card(), "", "13900000001"],
        ["公民", "钱溪", "990121198001010011", "", ""],
        ["公司、企业", "甲公司", "", uscc(), ""],
        ["仙人", "吕某", "", "", ""],
        ["公民", "孙河", id_card(), "", ""],
    ]
    answer = officer.post("/parties/import/", {"file": sheet(rows), "source": "2019年纸质台账"})
    page = answer.content.decode()
    assert "已登记 2 行，3 行未导入" in page
    assert "第 4 行" in page and "校验位不符" in page and "第 6 行" in page and "第 7 行" in page
    assert set(Party.objects.values_list("name", "source")) == {
        ("孙河", "2019年纸质台账"),
        ("甲公司", "2019年纸质台账"),
    }


def test_a_file_that_is_no_sheet_is_refused_in_words(officer):
    broken = io.BytesIO(b"not a sheet")
    broken.name = "x.xlsx"
    answer = officer.post("/parties/import/", {"file": broken, "source": "x"})
    assert answer.status_code == 422 and "不是 Excel 文件" in answer.content.decode()
    assert officer.get("/parties/import/sheet.xlsx").status_code == 200


def test_imports_are_for_keepers_and_bounded(county):
    with pytest.raises(Refused) as caught:
        import_parties(None, actor=county.archivist, moment=NOW, rows=[], source="x")
    assert rules(caught) == ["core.not_permitted"]
    with pytest.raises(Refused) as caught:
        import_parties(None, actor=county.officer, moment=NOW, rows=[(1, {})] * 5001, source="x")
    assert rules(caught) == ["parties.too_many_rows"]


def test_strangers_are_asked_to_sign_in(db):
    assert Client().get("/parties/").status_code == 302


def test_credit_counts_across_linked_records_until_it_is_revoked(county, register):
    one, other = register(), register(phone="")
    values = {"kind": "penalty", "happened_on": date(2026, 3, 1), "subject": "cases.case:1", "moment": NOW}
    event = record_credit_event(one, text="罚款2万元", amount_yuan=Decimal(20000), **values)
    assert record_credit_event(one, text="罚款2万元", **values) == event
    link_parties(one, actor=county.officer, moment=NOW, other=other, reason="同一人")
    assert credit_of(other) == [event]
    assert earlier_penalties(other, since=date(2025, 1, 1)) == 1
    revoke_credit_event(event, on=date(2026, 6, 1), reason="决定被撤销", moment=NOW)
    assert credit_of(one) == [] and earlier_penalties(one, since=date(2025, 1, 1)) == 0


def test_the_page_lists_matters_for_those_who_may_read(county, officer, register):
    party = register(moment=NOW)
    involve_party(
        party,
        "leads.lead:7",
        title="白鹿河采砂",
        url="/leads/7/",
        organ_id=county.agency.pk,
        officers=[county.officer.person_id],
        moment=NOW,
    )
    assert "白鹿河采砂" in officer.get(party.get_absolute_url()).content.decode()
