"""Papers that exist, the organ's own paper, blank forms, the pocket printer and the register of seals, through their pages."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from pypdf import PdfReader

from dayu.cases.tests.situations import Played, make_case
from dayu.core import clock
from dayu.core.numbering import TakenNumber
from dayu.documents.models import Document, OrganPaper, PrintRun, SealUse
from dayu.documents.services import seal_document, void_document
from dayu.documents.services.blanks import UNUSED, blank_kinds
from dayu.documents.tests.papers import MOMENT, draft, release_all, sealed

pytestmark = pytest.mark.django_db
KIND = "correction_notice"


@pytest.fixture
def played(county: Any, move_clock: Any) -> Played:
    return make_case(county, at="filed")


def signed_in(county: Any, who: str) -> Client:
    client = Client()
    client.force_login(county.people[who].account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def text(answer: Any) -> str:
    return str(answer.content.decode())


def test_a_paper_with_a_number_of_the_offices_register_is_entered_and_its_number_is_never_given_out_again(county, played):
    client = signed_in(county, "officer")
    subject = f"cases.case:{played.case.pk}"
    asked = client.get("/documents/enter/", {"subject": played.case.case_no, "key": ""})
    assert played.case.title in text(asked)  # by the number of the case, as a person knows it
    assert "没有这个事项" in text(client.get("/documents/enter/", {"subject": "泽水罚立〔2026〕99号"}))
    chosen = client.get("/documents/enter/", {"subject": subject})
    assert "录入已有文书" in text(chosen) and played.case.title in text(chosen)
    page = client.get("/documents/enter/", {"subject": subject, "key": "penalty_decision"})
    assert page.status_code == 200 and "原件上写的内容" in text(page)
    form = {
        "number": "泽水罚决〔2026〕1号", "dated": "2026-02-27", "explanation": "启用系统前在纸上作出", "f-party_name": "张某",
        "files": SimpleUploadedFile("决定书.pdf", b"%PDF-1.4 scan", content_type="application/pdf"),
    }  # fmt: skip
    address = f"/documents/enter/?subject={subject}&key=penalty_decision"
    answer = client.post(address, form)
    document = Document.objects.get(key="penalty_decision")
    assert answer.url == f"/documents/{document.pk}/"
    assert (document.number, document.subject, document.fields["party_name"]) == ("泽水罚决〔2026〕1号", subject, "张某")
    assert document.fields["issued_on"] == "2026-02-27"
    second = text(client.get("/documents/enter/", {"subject": subject, "key": "penalty_notice"}))
    assert 'value="张某"' in second  # what another paper of the case says is not typed again
    assert document.attachments.get().name == "决定书.pdf" and document.taken_number is not None
    again = client.post(address, {**form, "files": ""})
    assert again.status_code == 422 and "1号" in text(again)
    later = sealed(county.officer)
    assert later.number == "泽水罚决〔2026〕2号"


def test_a_paper_of_tomorrow_or_of_a_matter_that_one_may_not_see_is_not_entered(county, played):
    subject = f"cases.case:{played.case.pk}"
    late = {"dated": "2027-01-01", "explanation": "x"}
    answer = signed_in(county, "officer").post(f"/documents/enter/?subject={subject}&key=penalty_decision", late)
    assert answer.status_code == 422 and "落款日期晚于今天" in text(answer)
    far = signed_in(county, "stranger").get("/documents/enter/", {"subject": subject, "key": "penalty_decision"})
    assert far.status_code == 404


def test_the_organ_sets_its_paper_and_the_text_moves_on_pre_printed_sheets(county):
    client = signed_in(county, "archivist")
    form = {
        "letterhead": "preprinted", "offset_x_mm": "2.5", "offset_y_mm": "-1",
        "number_forms": "行政处罚决定书 罚决字 {organ}{code}〔{year}〕第{seq}号",
    }  # fmt: skip
    assert client.post("/documents/organ-paper/", form).status_code == 302
    paper = OrganPaper.objects.get()
    assert (paper.letterhead, paper.offset_x_mm, paper.offset_y_mm) == ("preprinted", 2.5, -1.0)
    assert sealed(county.officer).number == "泽水罚决字〔2026〕第1号"
    shown = text(client.get("/documents/organ-paper/"))
    assert "行政处罚决定书 罚决字" in shown and 'value="2.5"' in shown
    wrong = client.post("/documents/organ-paper/", {**form, "number_forms": "决定书"})
    assert wrong.status_code == 422 and "看不懂这一行" in text(wrong)
    assert signed_in(county, "officer").get("/documents/organ-paper/").status_code == 422


def test_blank_forms_take_numbers_and_are_entered_or_voided_later(county, played):
    client = signed_in(county, "officer")
    kind = next(d for d in blank_kinds() if d.numbering is not None)
    assert client.post("/documents/blanks/new/", {"key": kind.key, "copies": 3}).status_code == 302
    blanks = list(Document.objects.filter(subject=UNUSED).order_by("pk"))
    assert [d.taken_number.value for d in blanks] == [1, 2, 3]
    assert all(d.number in text(client.get("/documents/blanks/")) for d in blanks)
    printed = PdfReader(io.BytesIO(client.get("/documents/blanks/print.pdf").content))
    words = "".join(p.extract_text() for p in printed.pages).replace("\n", "")
    assert all(d.number in words for d in blanks)

    first = blanks[0]
    asked = client.get(f"/documents/blanks/{first.pk}/use/")
    assert first.number in text(asked)
    address = f"/documents/blanks/{first.pk}/use/?subject=cases.case:{played.case.pk}"
    form = {"dated": clock.today().isoformat(), "explanation": "现场没有网络"}
    assert client.post(address, form).url == f"/documents/{first.pk}/"
    first.refresh_from_db()
    assert (first.subject, first.dated) == (f"cases.case:{played.case.pk}", clock.today())
    assert client.post(address, form).status_code == 404
    void_document(blanks[1], actor=county.unit_head, moment=clock.now(), reason="写错")
    assert TakenNumber.objects.get(pk=blanks[1].taken_number_id).void_reason == "写错"
    left = text(client.get("/documents/blanks/"))
    assert blanks[2].number in left and first.number not in left and blanks[1].number not in left


def test_a_decision_that_needs_review_cannot_be_carried_blank(county):
    client = signed_in(county, "officer")
    assert "penalty_decision" not in {d.key for d in blank_kinds()}
    assert client.post("/documents/blanks/new/", {"key": "penalty_decision", "copies": 1}).status_code == 422
    assert not Document.objects.exists()


@pytest.mark.parametrize(("form", "width_mm"), [("pocket58", 58), ("pocket80", 80)])
def test_a_paper_is_printed_on_the_roll_of_a_pocket_printer_and_a_draft_says_that_it_is_one(county, form, width_mm):
    client = signed_in(county, "officer")
    document = draft(county.officer)
    answer = client.post(f"/documents/{document.pk}/print/", {"form": form})
    (page,) = PdfReader(io.BytesIO(b"".join(answer.streaming_content))).pages
    assert round(float(page.mediabox.width) * 25.4 / 72) == width_mm
    words = re.sub(r"\s", "", page.extract_text())
    assert "泽川县恒达砂石有限公司" in words and "送审稿" in words
    release_all(document)
    seal_document(document, actor=county.officer, moment=MOMENT)
    answer = client.post(f"/documents/{document.pk}/print/", {"form": form})
    words = re.sub(r"\s", "", PdfReader(io.BytesIO(b"".join(answer.streaming_content))).pages[0].extract_text())
    assert "泽水罚决〔2026〕1号" in words and "送审稿" not in words
    assert list(PrintRun.objects.values_list("kind", flat=True)) == ["draft", "issued"]


def test_the_register_of_seals_is_exported_as_excel(county):
    document = sealed(county.officer)
    client = signed_in(county, "officer")
    assert "/documents/seals/export.xlsx" in text(client.get("/documents/seals/"))
    answer = client.get("/documents/seals/export.xlsx")
    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).worksheets[0]
    words = {str(c.value) for row in sheet.iter_rows() for c in row if c.value is not None}
    use = SealUse.objects.get()
    assert {document.number, use.seal, use.used_by, "用印时间", "批准人"} <= words
