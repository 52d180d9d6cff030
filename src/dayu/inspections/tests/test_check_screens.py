"""Screens of on-site checks: the list, one check, and the phone stepper from arrival to the result."""

import io

import pytest
from django.test import Client
from openpyxl import load_workbook

from dayu.inspections.models import OnSiteCheck
from dayu.inspections.services import conclude_check
from dayu.inspections.tests.conftest import DUMPING, PASSWORD, at
from dayu.leads.models import Lead


def test_an_officer_goes_through_a_check_step_by_step_on_the_phone(county, sign_in, move_clock):
    officer = sign_in("officer")
    second = county.second_officer.person_id
    answer = officer.post(
        "/inspections/new/", {"object_text": "砂场", "place": "河东村", "purpose": "巡查发现", "others": [second]}
    )
    check = OnSiteCheck.objects.get()
    step = f"/inspections/{check.pk}/step/"
    assert answer.url == step

    def page() -> str:
        return officer.get(step).content.decode()

    assert "到场" in page() and "共 6 步" in page()
    move_clock(at(10))
    officer.post(step, {"present_name": "马某", "present_role": "现场负责人"})
    assert "沈砚秋还没有确认在场" in page() and "请同事输入密码确认" in page()
    assert officer.post(step).status_code == 422
    officer.post(f"/inspections/{check.pk}/confirm/", {"officer": second, "secret": PASSWORD})
    assert "这是我们的执法证件" in page()
    officer.post(step)
    assert "陈述、申辩" in page()
    officer.post(step, {"answer": "听清了，不申请回避。"})
    officer.post(f"/inspections/{check.pk}/finding/", {"text": "渣土两车", "violation": DUMPING})
    assert "渣土两车" in page() and "涉嫌应受处罚" in page()
    move_clock(at(10, 40))
    officer.post(step)
    assert "1. 渣土两车" in page()
    officer.post(step, {"text": "渣土两车", "signature": "signed", "officers_signed": "on"})
    refused = officer.post(step, {"result": "corrected", "words": "已清"})
    assert refused.status_code == 422 and "以整改代替处罚" in refused.content.decode()
    officer.post(step, {"result": "lead", "words": "转为线索"})
    check.refresh_from_db()
    assert check.founded_lead == Lead.objects.get()
    assert officer.get(step).url == check.get_absolute_url()
    done = officer.get(check.get_absolute_url()).content.decode()
    assert "转为线索" in done and check.founded_lead.number in done


def test_the_list_is_filtered_by_links_and_exported(county, sign_in, up_to):
    conclude_check(up_to("conclude"), actor=county.officer, moment=at(12), result="no_problem", words="无")
    up_to("arrive", object_text="北坝取水口")
    officer = sign_in("officer")
    assert "北坝取水口" in officer.get("/inspections/?result=open").content.decode()
    assert "北坝取水口" not in officer.get("/inspections/?result=no_problem").content.decode()
    assert "没有符合条件的检查" in sign_in("third_officer").get("/inspections/?mine=1").content.decode()
    answer = officer.get("/inspections/export.xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    assert "北坝取水口" in [c.value for row in sheet.iter_rows() for c in row]


def test_a_colleague_sees_the_check_and_does_not_act(sign_in, up_to):
    check = up_to("tell")
    page = sign_in("third_officer").get(f"/inspections/{check.pk}/step/").content.decode()
    assert "只能查看" in page and "已念给对方听" not in page
    assert sign_in("stranger").get(check.get_absolute_url()).status_code == 404


def test_findings_and_officers_are_changed_through_their_pages(county, sign_in, up_to):
    check = up_to("arrive")
    officer = sign_in("officer")
    officer.post(
        f"/inspections/{check.pk}/replace/",
        {"leaving": county.second_officer.person_id, "coming": county.third_officer.person_id},
    )
    assert {o.person.name for o in check.officers.all()} == {county.officer.name, county.third_officer.name}
    looking = up_to("look")
    officer.post(f"/inspections/{looking.pk}/finding/", {"text": "堆砂"})
    finding = looking.findings.get()
    officer.post(f"/inspections/{looking.pk}/finding/{finding.pk}/withdraw/", {"reason": "看错"})
    finding.refresh_from_db()
    assert finding.withdrawn_reason == "看错"


def test_an_order_is_looked_at_again_through_its_page(county, sign_in, up_to):
    check = up_to("conclude", findings=(("标志脱落", ""),))
    conclude_check(
        check, actor=county.officer, moment=at(12), result="order", words="责令", order_text="补设", order_days=5
    )
    sign_in("officer").post(
        f"/inspections/{check.pk}/order/{check.orders.get().pk}/recheck/", {"met": "yes", "words": "已补设"}
    )
    assert check.orders.get().met is True


def test_a_paper_check_is_entered_through_its_page(county, sign_in):
    people = [county.officer.person_id, county.second_officer.person_id]
    answer = sign_in("officer").post(
        "/inspections/past/",
        {
            "object_text": "砂场", "place": "河东村", "purpose": "巡查", "started_at": "2026-10-20T09:00",
            "ended_at": "2026-10-20T10:00", "present_name": "马某", "certificates_shown": "on", "rights_told": "on",
            "text": "渣土", "signature": "signed", "officers_signed": "on", "finding": "渣土", "violation": DUMPING,
            "explanation": "现场无网络", "officers": people,
        },
    )  # fmt: skip
    check = OnSiteCheck.objects.get()
    assert answer.url == check.get_absolute_url() and check.entered_late
    assert check.findings.get().violation == DUMPING


def test_a_list_page_is_bounded_in_statements(sign_in, begin, django_assert_max_num_queries):
    for number in range(30):
        begin(object_text=f"砂场{number}")
    officer = sign_in("officer")
    with django_assert_max_num_queries(12):
        officer.get("/inspections/")


@pytest.mark.parametrize("page", ["", "new/", "past/", "export.xlsx"])
def test_strangers_are_asked_to_sign_in(db, page):
    assert Client().get(f"/inspections/{page}").status_code == 302
