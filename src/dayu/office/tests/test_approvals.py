"""审批: the two deciding facts, every lawful answer, and a light page for phones."""

from __future__ import annotations

import re
from typing import Any

import pytest

from dayu.office.tests.conftest import Day, ask, signed_in
from dayu.work.models import ApprovalRequest, Task

pytestmark = pytest.mark.django_db

WECHAT = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Mobile MicroMessenger/8.0"


def answer(actor: Any, request: ApprovalRequest, decision: str, **fields: Any) -> Any:
    digest = ApprovalRequest.objects.get(pk=request.pk).digest
    return signed_in(actor).post(
        f"/work/approvals/{request.pk}/", {"decision": decision, "digest": digest, **fields}, follow=True
    )


def standing(request: ApprovalRequest) -> str:
    return ApprovalRequest.objects.get(pk=request.pk).standing


def test_the_inbox_shows_what_waits_with_its_deciding_facts(day: Day) -> None:
    html = signed_in(day.county.unit_head).get("/approvals/").content.decode()
    assert "立案：第 18 号" in html and "采挖约 46 立方米" in html and "已等 1 个工作日" in html
    assert "同意" in html and "退回" in html and "不同意" in html
    assert "立案：第 18 号" not in signed_in(day.county.head).get("/approvals/").content.decode()


def test_both_heads_agree_one_after_the_other(day: Day) -> None:
    assert "已同意" in answer(day.county.unit_head, day.request, "agree").content.decode()
    assert standing(day.request) == "open"
    answer(day.county.head, day.request, "agree", opinion="同意立案")
    assert standing(day.request) == "granted"
    page = signed_in(day.county.officer).get(f"/work/approvals/{day.request.pk}/").content.decode()
    assert "同意立案" in page and "已同意" in page


def test_returning_needs_a_reason_and_keeps_what_was_typed(day: Day) -> None:
    response = answer(day.county.unit_head, day.request, "return", opinion="  ")
    assert response.status_code == 422
    answer(day.county.unit_head, day.request, "return", opinion="请补勘验笔录")
    assert standing(day.request) == "returned"
    mine = signed_in(day.county.officer).get("/").content.decode()
    assert "修改后重新提交" in mine and "请补勘验笔录" in mine


def test_a_paper_that_changed_cannot_be_signed(day: Day) -> None:
    response = signed_in(day.county.unit_head).post(
        f"/work/approvals/{day.request.pk}/", {"decision": "agree", "digest": "f" * 64, "opinion": "写了很久"}
    )
    assert response.status_code == 422 and "写了很久" in response.content.decode()
    assert standing(day.request) == "open"


def test_the_one_who_asked_cannot_sign_and_sees_no_buttons(day: Day) -> None:
    page = signed_in(day.county.officer).get(f"/work/approvals/{day.request.pk}/").content.decode()
    assert 'value="agree"' not in page and "撤回" in page
    assert answer(day.county.officer, day.request, "agree").status_code == 422


def test_another_organ_does_not_find_it(day: Day) -> None:
    assert signed_in(day.county.stranger).get(f"/work/approvals/{day.request.pk}/").status_code == 404


def test_a_signer_may_ask_a_colleague_first(day: Day) -> None:
    page = signed_in(day.county.unit_head).get(f"/work/approvals/{day.request.pk}/").content.decode()
    assert "请他会签" in page and "先请他签" in page
    answer(day.county.unit_head, day.request, "add_before", person=day.county.reviewer.person_id, opinion="请先看")
    assert "立案：第 18 号" in signed_in(day.county.reviewer).get("/approvals/").content.decode()
    assert "立案：第 18 号" not in signed_in(day.county.unit_head).get("/approvals/").content.decode()


def test_withdrawn_requests_wait_on_the_one_who_asked(day: Day) -> None:
    answer(day.county.officer, day.request, "withdraw")
    assert standing(day.request) == "withdrawn"
    assert Task.objects.open().filter(subject=f"work.approvalrequest:{day.request.pk}").get().holder_person_id == (
        day.county.officer.person_id
    )


def test_an_approval_by_telephone_is_noted_and_signed_afterwards(day: Day) -> None:
    answer(day.county.unit_head, day.request, "agree")
    place = day.request.steps.get(holder_post="agency_head").position
    answer(day.county.officer, day.request, "note_phone", position=place, opinion="10:20 电话请示，同意")
    assert standing(day.request) == "granted"
    inbox = signed_in(day.county.head).get("/approvals/").content.decode()
    assert "确认，补签" in inbox
    answer(day.county.head, day.request, "confirm_phone")
    assert "确认，补签" not in signed_in(day.county.head).get("/approvals/").content.decode()


def test_a_phone_gets_a_light_page_that_needs_no_script(day: Day) -> None:
    client = signed_in(day.county.unit_head)
    light = client.get("/approvals/", headers={"User-Agent": WECHAT}).content.decode()
    assert 'class="phone"' in light and "立案：第 18 号" in light and 'class="rail"' not in light
    assert re.search(r'<form[^>]+method="post"[^>]+action="/work/approvals/\d+/"', light)
    one = client.get(f"/work/approvals/{day.request.pk}/", headers={"User-Agent": WECHAT}).content.decode()
    assert 'class="phone"' in one and 'value="agree"' in one
    assert 'class="rail"' in client.get("/approvals/?light=0", headers={"User-Agent": WECHAT}).content.decode()


def test_an_unknown_answer_is_not_found(day: Day) -> None:
    assert answer(day.county.unit_head, day.request, "explode").status_code == 404


def test_the_inbox_costs_the_same_however_full_it_is(day: Day, django_assert_max_num_queries) -> None:
    for number in range(40, 70):
        ask(day.county.second_officer, number=number)
    client = signed_in(day.county.unit_head)
    with django_assert_max_num_queries(12):
        assert client.get("/approvals/").status_code == 200
    with django_assert_max_num_queries(16):
        assert client.get(f"/work/approvals/{day.request.pk}/").status_code == 200
