"""Whether a paper is genuine, and the reads that programs use."""

from __future__ import annotations

import pytest

from dayu.documents import services
from dayu.documents.public import documents_numbered, genuine_document
from dayu.documents.tests.papers import MOMENT, SUBJECT, draft, sealed
from dayu.paper.marks import PageMark

pytestmark = pytest.mark.django_db


def code(document, page=1, digest=""):
    return PageMark(document.mark, digest or document.digest, page).payload("HTTPS://EXAMPLE.INVALID/V")


def test_a_sealed_paper_is_genuine_and_shows_no_names(county):
    decision = sealed(county.officer)
    found = genuine_document(code(decision, 2))
    assert (found.number, found.organ, found.page, found.voided) == (decision.number, "泽川县水利局", 2, False)
    assert "恒达" not in str(found)
    assert [d.number for d in documents_numbered(decision.number)] == [decision.number]


@pytest.mark.parametrize("wrong", ["", "D1.XYZ.0000000000.1", "https://example.invalid/", "D1.FFFFFFFF.0000000000.1"])
def test_a_code_of_nothing_is_not_genuine(county, wrong):
    assert genuine_document(wrong) is None


def test_a_draft_another_text_and_an_internal_paper_are_not_shown(county):
    assert genuine_document(code(draft(county.officer))) is None
    decision = sealed(county.officer, subject="cases.case:8")
    assert genuine_document(code(decision, digest="f" * 64)) is None
    memo = services.seal_document(
        draft(county.officer, "dossier_memo", {"situation": "共1件", "compiled_by": "甲", "checked_by": "乙",
                                               "compiled_on": "2026-11-16"}, party="", subject="cases.case:9"),
        actor=county.officer, moment=MOMENT,
    )
    assert genuine_document(code(memo)) is None


def test_a_voided_paper_says_so(county):
    decision = sealed(county.officer)
    services.void_document(decision, actor=county.head, moment=MOMENT, reason="当事人名称有误")
    found = genuine_document(code(decision))
    assert found.voided and found.void_reason == "当事人名称有误"


def test_programs_read_documents_of_a_matter_with_what_is_wrong(county, client):
    document = draft(county.officer, fields={"court_name": ""})
    assert client.get("/api/documents/types").status_code in {401, 403, 302}
    client.force_login(county.people["officer"].account)
    types = client.get("/api/documents/types").json()
    assert {"penalty_decision", "proof_of_service"} <= {t["key"] for t in types}
    line = client.get("/api/documents/", {"subject": SUBJECT}).json()[0]
    assert (line["id"], line["state"]) == (document.pk, "on_hold") and "legal_review" in line["open_holds"]
    findings = client.get(f"/api/documents/{document.pk}/findings").json()
    assert "documents.missing_remedy" in {f["rule"] for f in findings}
    assert client.get(f"/api/documents/{document.pk}").json()["fields"]["party_name"] == "泽川县恒达砂石有限公司"
    assert client.get(f"/api/documents/{document.pk}/pdf").content.startswith(b"%PDF")
    client.force_login(county.people["stranger"].account)
    assert client.get(f"/api/documents/{document.pk}").status_code == 404
    assert client.get("/api/documents/", {"subject": SUBJECT}).json() == []
