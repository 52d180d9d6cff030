"""Is this paper genuine? Compared with the sealed text, never with what somebody typed."""

import pytest

from dayu.disclosure.public import code_of
from dayu.documents.models import Document
from dayu.paper.marks import PageMark
from dayu.portal.views.verify import slip_in


def text(answer):
    return answer.content.decode()


def ask(client, **query):
    return text(client.get("/public/verify/", query))


@pytest.fixture
def paper(decided):
    publication = decided()
    return publication.document


def mark_of(document: Document, page: int = 1) -> str:
    return PageMark(document.mark, document.digest, page).payload()


def test_the_code_of_a_page_opens_its_paper(client, paper):
    page = ask(client, code=mark_of(paper, 2))
    assert "核验通过" in page and paper.number in page and "第 2 页" in page
    assert "张某" not in page


def test_a_code_of_another_text_does_not_pass(client, paper):
    forged = PageMark(paper.mark, "0" * 64, 1).payload()
    assert "没有核验通过" in ask(client, code=forged)
    assert "没有核验通过" in ask(client, code="D1.FFFFFF.0123456789.1")


def test_number_and_code_must_belong_together(client, paper):
    assert "核验通过" in ask(client, code=mark_of(paper), number=paper.number.replace("〔", "[").replace("〕", "]"))
    page = ask(client, code=mark_of(paper), number="泽水罚决字〔2026〕999号")
    assert "不是同一份" in page


def test_a_number_alone_proves_only_that_such_a_paper_exists(client, paper):
    page = ask(client, number=paper.number)
    assert "文字还没有核对" in page and paper.title in page
    assert "没有这个文号" in ask(client, number="泽水罚决字〔2020〕1号")


def test_the_code_of_a_published_decision_opens_it(client, decided):
    publication = decided()
    code = code_of(publication.digest)
    page = ask(client, code=code.lower())
    assert "核验通过" in page and f"/public/decisions/{publication.code}/" in page
    assert text(client.get(f"/public/verify/{code}/")).count("核验通过") == 1


def test_a_slip_is_a_slip_and_no_verdict(client, county):
    answer = client.get("/public/verify/", {"code": "7F3A-91C4-0B2"})
    assert answer.status_code == 422
    assert "应为 12 位，现在是 11 位" in text(answer) and "没有核验通过" not in text(answer)
    assert slip_in("7F3A-91C4-0B2Z") and not slip_in("7f3a 91c4 0b2d")


def test_a_file_is_compared_by_its_digest_and_never_sent(client, paper, decided):
    page = ask(client, file=paper.pdf_id)
    assert "核验通过" in page and paper.number in page
    assert "没有核验通过" in ask(client, file="ab" * 32)
    assert "没有算出校验值" in ask(client, file="nonsense")
    form = text(client.get("/public/verify/"))
    assert 'type="file"' in form and 'enctype="multipart/form-data"' not in form


def test_the_published_pdf_is_known_by_its_digest(client, decided):
    publication = decided()
    assert "本站公开的决定文件" in ask(client, file=publication.pdf_id)


def test_a_voided_paper_says_so(client, county, paper):
    Document.objects.filter(pk=paper.pk).update(life="voided", voided_at=paper.sealed_at, void_reason="文号重复")
    page = ask(client, code=mark_of(paper))
    assert "已经作废" in page and "文号重复" in page


def test_the_short_address_in_a_code_leads_here(client, paper):
    answer = client.get(f"/V/{mark_of(paper)}", follow=True)
    assert answer.redirect_chain[-1][0] == f"/public/verify/{mark_of(paper)}/" and "核验通过" in text(answer)


def test_codes_cannot_be_tried_without_end(client, county):
    answers = [client.get("/public/verify/", {"code": "7F3A-91C4-0B2D"}).status_code for _ in range(25)]
    assert answers[0] == 200 and answers[-1] == 429
    assert client.get("/public/verify/").status_code == 200
