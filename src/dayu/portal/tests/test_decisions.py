"""Published decisions: list, page, printed form, masked PDF, spreadsheet, withdrawal."""

import io
import re
from datetime import UTC, date, datetime
from urllib.parse import quote

import openpyxl
import pypdf
import pytest
from django.test import Client

from dayu.core.refused import Refused
from dayu.disclosure.services import correct_publication, withdraw_publication, withhold_publication
from dayu.disclosure.tests.situations import HOME, IDENTITY, NAME, PHONE, make_publication
from dayu.portal.views import decisions as views

ID_NUMBER = re.compile(r"[1-9]\d{5}(?:19|20)\d{9}[\dXx]")


def text(answer):
    return answer.content.decode()


def page_of(client, publication):
    return client.get(f"/public/decisions/{publication.code}/")


def test_the_page_says_who_what_on_which_basis_with_what_result_and_when(county, client, decided):
    publication = decided()
    page = text(page_of(client, publication))
    for wanted in ("张某", "姓名已隐去", "河道管理条例", "罚款", "泽川县水利局", publication.decision_no,
                   publication.decided_on.isoformat(), publication.released_on.isoformat()):  # fmt: skip
        assert wanted in page, wanted


@pytest.mark.requirement("PUB-06")
def test_a_hold_without_ground_is_refused_and_page_and_pdf_hold_no_number_of_identity_address_or_telephone(
    county, client, move_clock
):
    told = make_publication(county, at="served")
    publication = told.publication
    head = Client()
    head.force_login(county.people["head"].account, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = f"{publication.get_absolute_url()}withhold/"
    for ground in ("", "it_is_awkward"):
        refused = head.post(address, {"ground": ground, "reason": "影响不好", "review_on": "2026-12-01"})
        assert refused.status_code == 422 and "不予公开须有法定依据" in refused.content.decode()
        with pytest.raises(Refused) as caught:
            withhold_publication(
                publication, ground=ground, reason="影响不好", review_on=date(2026, 12, 1), **told.by("head")
            )
        assert caught.value.refusals[0].as_json()["reason"].startswith("不予公开须有法定依据")

    publication = told.publish()
    page = text(page_of(client, publication))
    assert f"/public/decisions/{publication.code}/decision.pdf" in page
    pdf = b"".join(client.get(f"/public/decisions/{publication.code}/decision.pdf").streaming_content)
    layer = "\n".join(p.extract_text() for p in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    assert publication.decision_no in layer.replace("\n", "")
    original = pypdf.PdfReader(io.BytesIO(publication.document.pdf.read()))
    assert ID_NUMBER.search("".join(p.extract_text() for p in original.pages).replace("\n", ""))  # the pattern does find one
    for shown in (page, layer, layer.replace("\n", "")):
        assert ID_NUMBER.search(shown) is None
        assert not any(secret in shown for secret in (NAME, IDENTITY, PHONE, HOME))


def test_an_unknown_decision_is_not_there(county, client):
    for tail in ("", "print/", "decision.pdf"):
        assert client.get(f"/public/decisions/nothing/{tail}").status_code == 404


def test_a_decision_that_is_not_released_is_not_there(county, client):
    publication = make_publication(county, at="served").publication
    assert page_of(client, publication).status_code == 404
    assert publication.decision_no not in text(client.get("/public/decisions/"))
    assert client.get(f"/public/decisions/{publication.code}/decision.pdf").status_code == 404


def test_a_withdrawn_decision_leaves_only_number_day_and_reason(county, client, decided):
    publication = decided()
    withdraw_publication(
        publication, actor=county.disclosure_officer, moment=datetime(2026, 6, 1, 1, tzinfo=UTC), reason="复议决定撤销"
    )
    page = text(page_of(client, publication))
    assert "复议决定撤销" in page and "已于" in page and publication.decision_no in page
    assert "张某" not in page and "罚款" not in page
    assert client.get(f"/public/decisions/{publication.code}/decision.pdf").status_code == 404
    assert publication.decision_no not in text(client.get("/public/decisions/"))


def test_a_correction_stands_above_the_content(county, client, decided):
    publication = decided()
    correct_publication(
        publication, actor=county.disclosure_officer, moment=datetime(2026, 6, 1, 1, tzinfo=UTC), category="未经批准采砂",
        facts_text=publication.facts, basis=publication.basis, conclusion=publication.conclusion,
        public_note="违法行为名称更正",
    )  # fmt: skip
    page = text(page_of(client, publication))
    assert page.index("违法行为名称更正") < page.index("未经批准采砂")


def test_the_printed_page_carries_the_code_and_the_day(county, client, decided):
    publication = decided()
    page = text(client.get(f"/public/decisions/{publication.code}/print/"))
    assert "打印日期" in page and "核验码" in page and "<svg" in page and "data-print" in page


def test_year_and_words_filter_and_stay_in_the_links(county, client, decided):
    publication = decided()
    year = publication.decided_on.year
    assert publication.decision_no in text(client.get(f"/public/decisions/?year={year}&q={quote('采砂')}"))
    assert "没有符合条件" in text(client.get(f"/public/decisions/?year={year - 1}"))
    page = text(client.get(f"/public/decisions/?q={quote('采砂')}"))
    assert f"q={quote('采砂')}&amp;year={year}" in page


@pytest.mark.parametrize(
    "query", ["year=0000", "year=x", "after=nonsense", "after=99999999-1", "year=９９９９", "q=%00"]
)
def test_a_broken_address_is_answered_calmly(county, client, query):
    assert client.get(f"/public/decisions/?{query}").status_code == 200


def test_older_decisions_follow_by_key(county, client, decided, monkeypatch):
    first = decided()
    second = decided(moment=datetime(2026, 5, 4, 1, tzinfo=UTC))
    monkeypatch.setattr(views, "PAGE", 1)
    page = text(client.get("/public/decisions/"))
    assert second.decision_no in page and first.decision_no not in page
    following = re.search(r'rel="next" href="([^"]+)"', page).group(1).replace("&amp;", "&")
    page = text(client.get(f"/public/decisions/{following}"))
    assert first.decision_no in page and second.decision_no not in page and 'rel="next"' not in page


def test_the_spreadsheet_holds_what_the_list_shows_and_nothing_private(county, client, decided):
    publication = decided()
    answer = client.get("/public/decisions.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[1][0] == publication.decision_no and rows[1][1] == "张某" and rows[1][6] == 20000
    assert ID_NUMBER.search(str(rows)) is None
