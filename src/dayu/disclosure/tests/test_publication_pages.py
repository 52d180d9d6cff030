import io

import openpyxl
import pypdf
import pytest

from dayu.disclosure.masking import IDENTITY as IDENTITY_PATTERN
from dayu.disclosure.tests.situations import NAME, make_publication


@pytest.fixture
def officer(county, client):
    client.force_login(county.people["disclosure_officer"].account)
    return client


def page(client, url, status=200):
    answer = client.get(url)
    assert answer.status_code == status, answer.content.decode()[:400]
    return answer.content.decode()


def test_the_list_shows_what_waits_for_publication_and_filters_the_rest(county, officer):
    make_publication(county, at="served")
    assert "泽水罚决〔2026〕1号" in page(officer, "/disclosure/")
    assert "泽水罚决〔2026〕1号" not in page(officer, "/disclosure/?show=released")
    assert "泽水罚决〔2026〕1号" in page(officer, "/disclosure/?q=采砂")
    sheet = officer.get("/disclosure/?export=1")
    rows = list(openpyxl.load_workbook(io.BytesIO(b"".join(sheet.streaming_content))).active.values)
    assert rows[1][1] == "张某"


def test_the_page_shows_what_the_public_will_read_and_publishes_it(county, officer):
    told = make_publication(county, at="served")
    url = f"/disclosure/{told.publication_id}/"
    shown = page(officer, url)
    assert "张某" in shown and NAME not in shown and not IDENTITY_PATTERN.search(shown.split("<main")[1])
    assert "姓名" in shown and "公示处罚决定" in shown
    answer = officer.post(f"{url}publish/", {"once": "a"}, follow=True)
    assert "已公示" in answer.content.decode() and told.publication.released_on is not None


def test_the_masked_pdf_is_served_and_holds_no_identity_number(county, officer):
    told = make_publication(county, at="served")
    answer = officer.get(f"/disclosure/{told.publication_id}/pdf/")
    content = b"".join(answer.streaming_content)
    text = "".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(content)).pages)
    assert "张某" in text and NAME not in text and not IDENTITY_PATTERN.search(text)


def test_every_act_has_its_form_for_whom_it_concerns_and_none_for_others(county, client):
    told = make_publication(county, at="served")
    client.force_login(county.people["head"].account)
    for act in ("publish", "revise", "withhold"):
        assert 'method="post"' in page(client, f"/disclosure/{told.publication_id}/{act}/")
    client.force_login(county.people["officer"].account)
    for act in ("publish", "revise", "withhold"):
        page(client, f"/disclosure/{told.publication_id}/{act}/", 422)
    client.force_login(county.people["stranger"].account)
    page(client, f"/disclosure/{told.publication_id}/", 404)


def test_withholding_without_a_ground_keeps_what_was_typed(county, client):
    told = make_publication(county, at="served")
    client.force_login(county.people["head"].account)
    answer = client.post(
        f"/disclosure/{told.publication_id}/withhold/",
        {"ground": "", "reason": "不便公开的缘由", "review_on": "2027-01-01"},
    )
    assert answer.status_code == 422 and "不便公开的缘由" in answer.content.decode()


def test_the_late_list_shows_what_is_late_today_and_what_was(county, officer):
    from datetime import date

    told = make_publication(county, at="served").on(date(2026, 3, 16))
    assert "尚未公示" in page(officer, "/disclosure/late/")
    told.publish()
    shown = page(officer, "/disclosure/late/")
    assert "逾期公示" in shown and "尚未公示" not in shown


@pytest.mark.parametrize("url", ["/disclosure/", "/disclosure/late/", "/disclosure/{pk}/"])
def test_a_page_costs_a_bounded_number_of_statements(county, officer, django_assert_max_num_queries, url):
    told = make_publication(county, at="served")
    page(officer, url.format(pk=told.publication_id))
    with django_assert_max_num_queries(14):
        page(officer, url.format(pk=told.publication_id))
