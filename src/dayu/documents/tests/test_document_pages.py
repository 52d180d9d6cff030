"""The pages of documents, as a signed-in person meets them."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dayu.core.files import StoredFile
from dayu.documents import services
from dayu.documents.models import Document, ReturnedDocx
from dayu.documents.tests.papers import MOMENT, draft, release_all, sealed
from dayu.paper.tests.photographs import photograph
from dayu.paper.tests.test_word import edited

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(county, client):
    client.force_login(county.people["officer"].account)
    return client


def text(response) -> str:
    return response.content.decode()


def test_strangers_are_sent_to_the_sign_in_page(county, client):
    document = draft(county.officer)
    assert client.get("/documents/").status_code == 302
    client.force_login(county.people["stranger"].account)
    assert client.get(f"/documents/{document.pk}/").status_code == 404
    assert client.get(f"/documents/{document.pk}/preview.pdf").status_code == 404


def test_a_draft_shows_its_pages_and_what_keeps_it_from_being_sealed(county, officer):
    document = draft(county.officer, fields={"court_name": ""})
    page = text(officer.get(f"/documents/{document.pk}/"))
    assert "未经法制审核或者审核未通过" in page and "缺少救济途径" in page and "page/1.png" in page
    assert officer.get(f"/documents/{document.pk}/page/1.png").content.startswith(b"\x89PNG")
    assert officer.get(f"/documents/{document.pk}/preview.pdf").content.startswith(b"%PDF")
    assert officer.get(f"/documents/{document.pk}/page/99.png").status_code == 404


def form_of(document: Document) -> dict[str, object]:
    data: dict[str, object] = {}
    for name, value in document.fields.items():
        data[f"f-{name}"] = "\n".join(value) if isinstance(value, list) and name != "penalty_kinds" else value
    return data


def test_the_editor_keeps_what_is_typed_and_guides_while_typing(county, officer):
    document = draft(county.officer)
    page = text(officer.get(f"/documents/{document.pk}/edit/"))
    assert "依据库中没有该文件" in page and "罚款数额大写" in page  # nobody imported the laws here: a warning, no obstacle
    typed = {**form_of(document), "f-fine_capitals": "陆万元整"}
    said = text(officer.post(f"/documents/{document.pk}/edit/check/", typed))
    assert "金额大写与数字不一致" in said and "陆万元整" in said
    assert Document.objects.get(pk=document.pk).fields["fine_capitals"] == "伍万元整"
    typed = {**form_of(document), "f-period": "自收到本决定书之日起十日内", "seen": document.version}
    assert officer.post(f"/documents/{document.pk}/edit/", typed).status_code == 302
    kept = Document.objects.get(pk=document.pk)
    assert kept.fields["period"].endswith("十日内") and kept.fields["evidence"] == document.fields["evidence"]
    assert kept.fields["penalty_kinds"] == ["罚款"] and kept.revisions.count() == 2


def test_a_second_tab_loses_politely(county, officer):
    document = draft(county.officer)
    first = {**form_of(document), "f-period": "甲", "seen": document.version}
    second = {**form_of(document), "f-period": "乙", "seen": document.version}
    assert officer.post(f"/documents/{document.pk}/edit/", first).status_code == 302
    assert officer.post(f"/documents/{document.pk}/edit/", second).status_code == 409
    assert Document.objects.get(pk=document.pk).fields["period"] == "甲"


def test_tables_are_edited_row_by_row(county, officer):
    document = draft(county.officer, "item_list", {"goods": [{"name": "采砂船", "quantity": "1"}]}, party="")
    page = text(officer.get(f"/documents/{document.pk}/edit/"))
    assert 'name="f-goods-0-name"' in page and 'name="f-goods-3-name"' in page
    rows = {"f-goods-0-name": "采砂船", "f-goods-0-quantity": "2", "f-goods-1-name": "抽砂泵", "f-goods-1-quantity": "1",
            "seen": document.version}
    assert officer.post(f"/documents/{document.pk}/edit/", rows).status_code == 302
    assert Document.objects.get(pk=document.pk).fields["goods"] == [
        {"name": "采砂船", "quantity": "2"}, {"name": "抽砂泵", "quantity": "1"},
    ]


def test_sealing_from_the_page_is_refused_with_reasons_and_then_works(county, officer):
    document = draft(county.officer)
    answer = officer.post(f"/documents/{document.pk}/seal/", {"copies": 2})
    assert answer.status_code == 422 and "未经法制审核或者审核未通过" in text(answer)
    release_all(document)
    assert officer.post(f"/documents/{document.pk}/seal/", {"copies": 2}).status_code == 302
    assert Document.objects.get(pk=document.pk).number == "泽水罚决〔2026〕1号"
    assert "泽水罚决〔2026〕1号" in text(officer.get("/documents/seals/"))
    assert "泽水罚决〔2026〕1号" in text(officer.get("/documents/?life=sealed"))


def test_the_head_approves_on_the_page_for_exactly_this_substance(county, client):
    document = draft(county.officer)
    client.force_login(county.people["head"].account)
    assert "批准" in text(client.get(f"/documents/{document.pk}/"))
    address = f"/documents/{document.pk}/approve/"
    assert client.post(address, {"digest": "0" * 64}).status_code == 422
    assert client.post(address, {"digest": document.substance_digest}).status_code == 302


def test_word_goes_out_and_comes_back_as_a_difference(county, officer):
    document = draft(county.officer)
    out = officer.post(f"/documents/{document.pk}/print/", {"form": "docx"})
    content = b"".join(out.streaming_content)
    back = SimpleUploadedFile("改.docx", edited(content, {"period": "十日内"}))
    assert officer.post(f"/documents/{document.pk}/return/", {"file": back}).status_code == 302
    returned = ReturnedDocx.objects.get()
    address = f"/documents/returned/{returned.pk}/"
    assert "十日内" in text(officer.get(address))
    change = returned.differences.get()
    assert officer.post(address, {"change": change.pk, "decision": "accept"}).status_code == 302
    assert Document.objects.get(pk=document.pk).fields["period"] == "十日内"
    assert "已处理" in text(officer.get(address)) or "采纳" in text(officer.get(address))


def test_a_photographed_page_is_compared_on_the_page(county, officer):
    document = sealed(county.officer)
    assert officer.post(f"/documents/{document.pk}/print/", {"form": "pdf"}).status_code == 200
    document.refresh_from_db()
    page = StoredFile.objects.get(pk=document.page_images[0]).read()
    photo = SimpleUploadedFile("页.jpg", photograph(page), content_type="image/jpeg")
    assert officer.post(f"/documents/{document.pk}/scan/", {"file": photo}).status_code == 302
    shown = text(officer.get(f"/documents/{document.pk}/scan/"))
    assert "与定稿一致" in shown and "还缺" in shown
    bad = SimpleUploadedFile("页.jpg", b"nothing", content_type="image/jpeg")
    assert officer.post(f"/documents/{document.pk}/scan/", {"file": bad}).status_code == 422


def test_service_is_recorded_on_the_page_with_its_proof(county, officer):
    document = sealed(county.officer)
    services.issue_document(document, actor=county.officer, moment=MOMENT)
    given = {"method": "leave", "moment": "2026-11-18T10:30", "recipient": "泽川县恒达砂石有限公司", "place": "江边路18号",
             "servers": "陆河清\n沈砚秋"}
    answer = officer.post(f"/documents/{document.pk}/serve/", given)
    assert answer.status_code == 422 and "留置送达" in text(answer)
    video = SimpleUploadedFile("送达.mp4", b"video", content_type="video/mp4")
    given |= {"media_kind": "recording", "media_file": video, "refusal": "拒收"}
    assert officer.post(f"/documents/{document.pk}/serve/", given).status_code == 302
    page = text(officer.get(f"/documents/{document.pk}/"))
    assert "留置送达" in page and "送达.mp4" in page
    proof = document.proofs.get()
    stored = proof.media.get().stored_id
    assert io.BytesIO(b"".join(officer.get(f"/documents/{document.pk}/files/{stored}/").streaming_content)).read() == b"video"
    assert officer.get(f"/documents/{document.pk}/files/{'0' * 64}/").status_code == 404


def test_a_voided_document_shows_why(county, client):
    document = sealed(county.officer)
    client.force_login(county.people["head"].account)
    assert client.post(f"/documents/{document.pk}/void/", {"reason": "当事人名称有误"}).status_code == 302
    page = text(client.get(f"/documents/{document.pk}/"))
    assert "已作废" in page and "当事人名称有误" in page and document.number in page


def test_the_list_takes_a_bounded_number_of_queries(county, officer, django_assert_max_num_queries):
    for n in range(12):
        draft(county.officer, subject=f"cases.case:{n}")
    officer.get("/documents/")
    with django_assert_max_num_queries(12):
        officer.get("/documents/")


def test_photographs_of_several_documents_find_their_places_by_themselves(county, officer):
    first, second = sealed(county.officer), sealed(county.officer, subject="cases.case:8")
    far = sealed(county.stranger, fields={"organ_name": "云泽县水利局"})
    photos = []
    for n, document in enumerate((first, second, far)):
        services.issue_document(document, actor=county.stranger if document == far else county.officer, moment=MOMENT)
        page = StoredFile.objects.get(pk=document.page_images[n % 2]).read()
        photos.append(SimpleUploadedFile(f"{n}.jpg", photograph(page, seed=n), content_type="image/jpeg"))
    photos.append(SimpleUploadedFile("坏.jpg", b"nothing", content_type="image/jpeg"))
    page = text(officer.post("/documents/scan/", {"files": photos}))
    assert first.number in page and second.number in page and far.number not in page
    assert "没有找到二维码所指的文书" in page and "不是可以识别的图片" in page
    assert (first.scans.get().page, second.scans.get().page, far.scans.count()) == (1, 2, 0)


def test_a_file_is_attached_on_the_page(county, officer):
    document = draft(county.officer)
    upload = SimpleUploadedFile("说明.txt", "情况说明".encode(), content_type="text/plain")
    answer = officer.post(f"/documents/{document.pk}/attach/", {"name": "情况说明", "file": upload})
    assert answer.status_code == 302 and "情况说明" in text(officer.get(f"/documents/{document.pk}/"))
