"""Screens of the leads domain: the pool, the page with its next lawful act, each act, Excel in and out."""

import io
from datetime import timedelta

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from dayu.core.access import AccessEntry
from dayu.core.files import store_bytes
from dayu.leads.models import Informant, Lead
from dayu.leads.services import add_material, record_order
from dayu.leads.services.registering import GivenMaterial, Sender
from dayu.leads.tests.conftest import NOW, TODAY


def test_the_pool_is_filtered_by_links_and_shows_the_limit(sign_in, register, at_stage):
    at_stage("verifying", title="乙线索", received_at=NOW - timedelta(days=30))
    register(title="甲线索", source="petition")
    officer = sign_in("officer")
    page = officer.get("/leads/").content.decode()
    assert "甲线索" in page and "乙线索" in page and "逾期" in page and "?source=petition" in page
    assert "甲线索" not in officer.get("/leads/?mine=1").content.decode()
    late = officer.get("/leads/?due=overdue").content.decode()
    assert "乙线索" in late and "甲线索" not in late
    assert "乙线索" not in officer.get("/leads/?q=甲线索").content.decode()
    assert "没有符合条件的线索" in officer.get("/leads/?stage=disposed").content.decode()


def test_a_pool_page_is_bounded_in_statements(sign_in, register, django_assert_max_num_queries):
    for number in range(60):
        register(title=f"线索{number}")
    officer = sign_in("officer")
    with django_assert_max_num_queries(12):
        page = officer.get("/leads/").content.decode()
    assert "after=" in page


def test_a_lead_page_is_bounded_in_statements_and_its_reading_is_recorded(
    county, sign_in, at_stage, django_assert_max_num_queries
):
    lead = at_stage(met=True)
    for number in range(5):
        record_order(
            lead, actor=county.officer, moment=NOW, kind="stop", text=f"停止{number}", ordered_on=TODAY
        )
    officer = sign_in("officer")
    with django_assert_max_num_queries(30):
        page = officer.get(lead.get_absolute_url()).content.decode()
    assert "有案必立" in page and "停止4" in page
    assert AccessEntry.objects.latest("id").subjects == [f"leads.lead:{lead.pk}"]


def test_the_page_offers_each_person_his_next_lawful_act(sign_in, register, at_stage):
    lead = register()
    assert "分派核查" in sign_in("unit_head").get(lead.get_absolute_url()).content.decode()
    assert "分派核查" not in sign_in("officer").get(lead.get_absolute_url()).content.decode()
    assert sign_in("stranger").get(lead.get_absolute_url()).status_code == 404
    verifying = at_stage("verifying")
    assert "提交核查结果" in sign_in("officer").get(verifying.get_absolute_url()).content.decode()
    assert "提交核查结果" not in sign_in("third_officer").get(verifying.get_absolute_url()).content.decode()


def test_a_lead_goes_through_its_pages_to_a_proposal(county, sign_in):
    registrar, head, officer = sign_in("registrar"), sign_in("unit_head"), sign_in("officer")
    photo = SimpleUploadedFile("现场.png", b"\x89PNG", content_type="image/png")
    answer = registrar.post(
        "/leads/new/",
        {
            "source": "visit", "title": "河边挖沙", "content": "来电反映", "place": "龙尾乡", "materials": photo,
            "sender_name": "赵某", "sender_phone": "13700000001",
        },
    )  # fmt: skip
    lead = Lead.objects.get()
    assert answer.url == lead.get_absolute_url() and lead.materials.get().name == "现场.png"
    assert Informant.objects.get().name == "赵某"
    people = [county.officer.person_id, county.second_officer.person_id]
    head.post(f"/leads/{lead.pk}/assign/", {"officers": people})
    officer.post(f"/leads/{lead.pk}/amend/", {"title": "龙尾乡河边挖沙", "content": "来电反映", "place": "龙尾乡"})
    officer.post(f"/leads/{lead.pk}/note/", {"text": "电话联系来电人"})
    officer.post(f"/leads/{lead.pk}/order/", {"kind": "stop", "text": "立即停止", "ordered_on": "2026-11-20"})
    head.post(f"/leads/{lead.pk}/extend/", {"days": 2, "reason": "须测量"})
    verified = {"finding": "现场无采砂痕迹", "condition_violation_suspected": "no"}
    verified |= {f"condition_{k}": "yes" for k in ("penalty_due", "own_jurisdiction", "within_limitation")}
    officer.post(f"/leads/{lead.pk}/verify/", verified)
    officer.post(
        f"/leads/{lead.pk}/dispose/", {"disposal": "declined", "ground": "no_violation", "reason": "无采砂事实"}
    )
    lead.refresh_from_db()
    assert (lead.stage, lead.title) == ("deciding", "龙尾乡河边挖沙")
    page = officer.get(lead.get_absolute_url()).content.decode()
    assert "等待负责人审批" in page and "立即停止" in page and "电话联系来电人" in page


def test_a_refusal_keeps_what_was_typed(sign_in, at_stage):
    lead = at_stage(met=True)
    answer = sign_in("officer").post(
        f"/leads/{lead.pk}/dispose/", {"disposal": "declined", "ground": "no_violation", "reason": "写了很长的理由"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422 and "有案必立" in page and "写了很长的理由" in page


def test_leads_are_linked_joined_and_orders_concluded_through_their_pages(county, sign_in, at_stage, register):
    lead, other = at_stage(), register()
    order = record_order(lead, actor=county.officer, moment=NOW, kind="stop", text="停止", ordered_on=TODAY)
    officer, head = sign_in("officer"), sign_in("unit_head")
    officer.post(f"/leads/{lead.pk}/link/", {"other": other.number, "finding": "same"})
    officer.post(
        f"/leads/{lead.pk}/order/{order.pk}/result/", {"result": "met", "result_on": "2026-11-20", "words": "已停"}
    )
    head.post(f"/leads/{other.pk}/join/", {"into": str(lead.pk), "reason": "同一事项"})
    other.refresh_from_db()
    order.refresh_from_db()
    assert (other.disposal, order.result) == ("joined", "met")
    wrong = head.post(f"/leads/{lead.pk}/join/", {"into": "没有的编号", "reason": "x"})
    assert wrong.status_code == 422 and "没有编号为" in wrong.content.decode()


def test_files_open_for_those_who_may_see_the_lead(county, sign_in, register):
    lead = register()
    given = GivenMaterial(store_bytes(b"abc", media_type="text/plain"), "说明.txt")
    add_material(lead, actor=county.officer, moment=NOW, materials=[given])
    url = f"/leads/{lead.pk}/material/{lead.materials.get().pk}/"
    assert b"".join(sign_in("officer").get(url).streaming_content) == b"abc"
    assert sign_in("stranger").get(url).status_code == 404


def test_who_sent_it_is_shown_for_a_reason_and_feedback_is_noted(sign_in, at_stage):
    lead = at_stage(sender=Sender("刘知情", "13700000000"))
    assert "刘知情" not in sign_in("registrar").get(lead.get_absolute_url()).content.decode()
    shown = sign_in("registrar").post(f"/leads/{lead.pk}/informant/", {"reason": "电话核实"})
    assert "刘知情" in shown.content.decode()
    assert sign_in("unit_head").post(f"/leads/{lead.pk}/informant/", {"reason": "x"}).status_code == 422
    sign_in("registrar").post(f"/leads/{lead.pk}/feedback/", {"channel": "phone", "text": "正在办理"})
    assert lead.feedbacks.get().text == "正在办理"


def test_the_export_has_the_filters_of_the_page_and_never_the_senders(sign_in, register):
    register(title="甲线索", sender=Sender("刘知情", "13700000000"))
    register(title="乙线索", source="petition")
    answer = sign_in("officer").get("/leads/export.xlsx?source=petition")
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    cells = [str(c.value) for row in sheet.iter_rows() for c in row]
    assert "乙线索" in cells and "甲线索" not in cells and "刘知情" not in cells


def sheet(rows) -> SimpleUploadedFile:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    page = book.add_worksheet()
    for number, row in enumerate([["来源", "收到时间", "标题", "内容", "地点"], *rows]):
        page.write_row(number, 0, row)
    book.close()
    return SimpleUploadedFile("旧台账.xlsx", buffer.getvalue())


def test_an_old_ledger_is_imported_with_its_failed_rows_named(sign_in):
    rows = [["信访", "2024-03-05", "旧线索", "内容", "某村"], ["风闻", "2024-03-06", "坏线索", "内容", "某村"]]
    page = sign_in("registrar").post("/leads/import/", {"file": sheet(rows), "note_text": "2024年登记簿"})
    text = page.content.decode()
    assert "已登记 1 行，1 行未导入" in text and "第 3 行" in text
    assert Lead.objects.get().number.endswith("〔2024〕1号")
    bad_day = sign_in("registrar").post(
        "/leads/import/", {"file": sheet([["信访", "某日", "旧", "内", "村"]]), "note_text": "x"}
    )
    assert bad_day.status_code == 422 and "不是时间" in bad_day.content.decode()
    assert sign_in("registrar").get("/leads/import/sheet.xlsx").status_code == 200


@pytest.mark.parametrize("page", ["", "new/", "import/", "export.xlsx"])
def test_strangers_are_asked_to_sign_in(db, page):
    assert Client().get(f"/leads/{page}").status_code == 302
