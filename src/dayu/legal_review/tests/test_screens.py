"""The screens of legal review: queue, review page, judging, signing."""

import pytest
from django.urls import reverse

from dayu.core.access import AccessEntry
from dayu.core.files import store_bytes
from dayu.legal_review import services
from dayu.legal_review.definitions import required_materials
from dayu.legal_review.facts import GivenMaterial, Premark
from dayu.legal_review.models import LegalReview
from dayu.legal_review.tests.conftest import DIGEST, MONDAY, assigned, judge_all, package, passed, submit


def sign_in(client, county, name):
    client.force_login(county.people[name].account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def page(review, name="review", *args):
    return reverse(f"legal_review:{name}", args=[review.pk, *args])


@pytest.fixture
def now(move_clock):
    move_clock(MONDAY)


def test_the_queue_shows_what_waits_with_its_clock_and_stays_short_in_statements(
    client, county, now, django_assert_max_num_queries
):
    for number in range(5):
        submit(county, subject=f"cases.case:{number}")
    sign_in(client, county, "reviewer")
    with django_assert_max_num_queries(16):
        answer = client.get(reverse("legal_review:queue"))
    text = answer.content.decode()
    assert text.count("张某在白鹿河无证采砂") >= 5 and "个工作日" in text and "未分办" in text


def test_the_queue_shows_answers_no_that_were_sampled(client, county, now):
    for number in range(30):
        services.answer_scope(
            f"cases.case:{number}", actor=county.officer, moment=MONDAY, answers={"major_rights": (False, "罚款数额小")}
        )
    text = sign_in(client, county, "reviewer").get(reverse("legal_review:queue")).content.decode()
    assert "抽查" in text and "是否直接关系当事人或者第三人重大权益" in text and "罚款数额小" in text


def test_the_queue_of_another_county_is_empty(client, county, now):
    submit(county)
    text = sign_in(client, county, "stranger").get(reverse("legal_review:queue")).content.decode()
    assert "没有待审的草案" in text


def test_a_review_of_another_county_does_not_exist(client, county, now):
    review = submit(county)
    assert sign_in(client, county, "stranger").get(page(review)).status_code == 404


def test_nobody_reads_without_signing_in(client, county, now):
    assert client.get(page(submit(county))).status_code == 302


def test_the_page_shows_package_points_premarks_and_the_digest_and_the_reading_is_logged(client, county, now):
    review = assigned(county, premarks=[Premark("subject", "bad", "执法证件已过期", "", "行政处罚法第四十二条")])
    text = sign_in(client, county, "reviewer").get(page(review)).content.decode()
    for words in ("决定草案", "调查终结报告", "主体", "移送", "执法证件已过期", DIGEST, "20000.00", "还不能签"):
        assert words in text
    assert AccessEntry.objects.get().subjects == ["cases.case:1", f"legal_review.legalreview:{review.pk}"]


def test_the_handler_sees_the_same_page_without_anything_to_judge(client, county, now):
    text = sign_in(client, county, "officer").get(page(assigned(county))).content.decode()
    assert "签署审核意见" not in text and "等待 宋知衡 的审核意见" in text


def test_a_part_of_the_package_opens_in_place(client, county, now):
    stored = store_bytes(b"%PDF-1.7 hearing", media_type="application/pdf")
    parts = [*package(), GivenMaterial("hearing_record", "听证笔录", stored.sha256, stored=stored)]
    review = assigned(county, materials=parts, required=required_materials(heard=True, defended=False))
    part = review.materials.get(key="hearing_record")
    sign_in(client, county, "reviewer")
    assert page(review, "material", part.pk) in client.get(f"{page(review)}?part={part.pk}").content.decode()
    answer = client.get(page(review, "material", part.pk))
    assert b"".join(answer.streaming_content) == b"%PDF-1.7 hearing"
    assert sign_in(client, county, "stranger").get(page(review, "material", part.pk)).status_code == 404


def test_judging_a_point_with_htmx_gives_back_the_checklist_only(client, county, now):
    review = assigned(county)
    sign_in(client, county, "reviewer")
    answer = client.post(page(review, "judge", "facts"), {"answer": "fine"}, headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert answer.status_code == 200 and 'id="checklist"' in text and "<html" not in text
    assert review.points.get().answer == "fine"


def test_judging_without_a_script_leads_back_to_the_point(client, county, now):
    review = assigned(county)
    answer = sign_in(client, county, "reviewer").post(page(review, "judge", "facts"), {"answer": "fine"})
    assert answer.status_code == 302 and answer["Location"].endswith("#facts")


def test_a_problem_without_words_is_refused_on_the_page(client, county, now):
    answer = sign_in(client, county, "reviewer").post(page(assigned(county), "judge", "facts"), {"answer": "problem"})
    assert answer.status_code == 422 and "须写明是什么问题" in answer.content.decode()


def test_the_opinion_is_signed_on_the_page(client, county, now):
    review = assigned(county)
    judge_all(review, county)
    sign_in(client, county, "reviewer")
    assert client.post(page(review, "conclude"), {"conclusion": "pass"}).status_code == 302
    assert LegalReview.objects.get().passed
    assert "意见校验值" in client.get(page(review)).content.decode()


def test_what_was_typed_stays_when_the_opinion_is_refused(client, county, now):
    review = assigned(county)
    answer = sign_in(client, county, "reviewer").post(
        page(review, "conclude"), {"conclusion": "pass", "opinion": "证据确实、充分"}
    )
    text = answer.content.decode()
    assert answer.status_code == 422 and "还有项目没有判断" in text and "证据确实、充分" in text


def test_supplements_go_forth_and_back_on_the_pages(client, county, now):
    review = assigned(county)
    sign_in(client, county, "reviewer").post(page(review, "ask"), {"asked_for": "补测算人签名"})
    text = sign_in(client, county, "officer").get(page(review)).content.decode()
    assert "等待补正" in text and "补测算人签名" in text
    assert client.post(page(review, "supply"), {"answer": "已补签"}).status_code == 302
    assert review.supplements.get().answer == "已补签"


def test_a_reviewer_takes_a_review_with_one_press_and_the_head_assigns(client, county, now):
    review = submit(county)
    assert sign_in(client, county, "reviewer").post(page(review, "assign"), {"reviewer": "me"}).status_code == 302
    review.refresh_from_db()
    assert review.reviewer == county.people["reviewer"]
    other = county.people["review_head"]
    assert (
        sign_in(client, county, "review_head").post(page(review, "assign"), {"reviewer": other.pk}).status_code == 302
    )
    review.refresh_from_db()
    assert review.reviewer == other


def test_the_handler_withdraws_on_the_page(client, county, now):
    review = submit(county)
    sign_in(client, county, "officer").post(page(review, "withdraw"), {"reason": "草案有改动"})
    review.refresh_from_db()
    assert review.withdrawn_reason == "草案有改动"
    assert "草案有改动" in client.get(page(review)).content.decode()


def test_a_concluded_review_shows_its_opinion_and_the_queue_of_what_is_over(client, county, now):
    passed(county)
    sign_in(client, county, "reviewer")
    assert "同意" in client.get(reverse("legal_review:queue") + "?which=over").content.decode()
    assert "没有待审的草案" in client.get(reverse("legal_review:queue")).content.decode()


def test_pages_are_complete_in_english(client, county, now, settings):
    review = assigned(county)
    sign_in(client, county, "reviewer")
    text = client.get(page(review), headers={"Accept-Language": "en"}).content.decode()
    assert "application of law" in text


def test_the_head_names_the_review_body_on_a_page_and_an_officer_does_not(client, county, now):
    address = reverse("legal_review:body")
    form = {"unit": county.units["general"].pk, "basis": "局务会纪要", "valid_from": "2026-12-01"}
    assert sign_in(client, county, "officer").post(address, form).status_code == 422
    sign_in(client, county, "head")
    assert "现为：政策法规股" in client.get(address).content.decode()
    assert client.post(address, form).status_code == 302
    assert "确定法制审核机构" in client.get(reverse("legal_review:queue")).content.decode()


def test_an_organ_without_a_review_body_is_told_so(client, county, now):
    text = sign_in(client, county, "stranger").get(reverse("legal_review:queue")).content.decode()
    assert "还没有确定法制审核机构" in text
