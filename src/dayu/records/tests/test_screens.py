"""The screens of evidence, records of proceedings, advance registration and the timeline."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from dayu.core.access import AccessEntry
from dayu.core.files import path_of
from dayu.core.proof_log import advance_proof_log, signing_key
from dayu.proof import verifier
from dayu.records.models import EvidenceItem, EvidencePreservation, RecordOfProceedings
from dayu.records.tests.conftest import CASE, NOON, a_file, check, preserved, proposed, take, written


@pytest.fixture(autouse=True)
def folders(tmp_path, settings, move_clock):
    settings.DAYU_CHECKPOINTS = tmp_path / "checkpoints"
    settings.DAYU_TILES = tmp_path / "tiles"
    move_clock(NOON + timedelta(hours=1))


def sign_in(client, county, name="officer"):
    client.force_login(county.people[name].account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def url(name, *args, subject=""):
    return reverse(f"records:{name}", args=args) + (f"?subject={subject}" if subject else "")


def test_the_board_shows_cards_with_their_standing_in_few_statements(client, county, django_assert_max_num_queries):
    check(take(county), county.officer)
    take(county, name="采砂船照片", kind="object")
    proposed(county)
    from dayu.records import services

    services.record_proceedings(CASE, actor=county.officer, moment=NOON, written=written(county))
    sign_in(client, county)
    with django_assert_max_num_queries(22):
        text = client.get(url("board", subject=CASE)).content.decode()
    for words in ("采砂作业日记", "查证属实", "采砂船照片", "未查证", "询问笔录 张某", "吸砂泵"):
        assert words in text


def test_a_piece_is_registered_on_the_page_with_its_files(client, county):
    answer = sign_in(client, county).post(
        url("take_evidence", subject=CASE),
        {
            "kind": "audiovisual",
            "name": "采砂视频",
            "source": "执法记录仪",
            "taken_at": "2026-11-18T11:00",
            "place": "白鹿河龙尾段",
            "taken_by": county.people["officer"].pk,
            "second_taker": county.people["second_officer"].pk,
            "form": "original",
            "files": [
                SimpleUploadedFile("1.mp4", b"video one", content_type="video/mp4"),
                SimpleUploadedFile("2.mp4", b"video two", content_type="video/mp4"),
            ],
        },
    )
    item = EvidenceItem.objects.get()
    assert answer.status_code == 302 and answer["Location"] == url("evidence", item.pk)
    assert [f.name for f in item.files.all()] == ["1.mp4", "2.mp4"] and len(item.takers) == 2
    assert f"{item.taken_at:%H:%M}" == "03:00"


def test_what_was_typed_stays_when_a_rule_refuses(client, county):
    answer = sign_in(client, county).post(
        url("take_evidence", subject=CASE),
        {
            "kind": "electronic",
            "name": "聊天记录",
            "source": "手机",
            "taken_at": "2026-11-18T11:00",
            "form": "original",
        },
    )
    text = answer.content.decode()
    assert answer.status_code == 422 and "电子数据缺少文件" in text and "聊天记录" in text


def test_the_page_of_a_piece_shows_checks_files_digest_and_proof_and_logs_the_reading(client, county):
    item = take(county)
    check(item, county.officer)
    advance_proof_log(now=NOON + timedelta(minutes=5))
    text = sign_in(client, county).get(url("evidence", item.pk)).content.decode()
    for words in (
        "真实、合法、关联",
        "已由检查点锁定",
        "现场.jpg",
        signing_key().verifier.text(),
        item.files.get().stored_id,
    ):
        assert words in text
    assert f"records.evidenceitem:{item.pk}" in AccessEntry.objects.get().subjects


def test_a_proof_downloads_and_passes_the_stand_alone_verifier(client, county):
    item = take(county)
    from dayu.core.audit import AuditEntry

    entry = AuditEntry.objects.get(action="records.add_evidence")
    sign_in(client, county)
    assert client.get(url("evidence_proof", item.pk, entry.pk)).status_code == 409
    advance_proof_log(now=NOON + timedelta(minutes=5))
    proof = client.get(url("evidence_proof", item.pk, entry.pk)).json()
    assert verifier.check_inclusion(proof, key=signing_key().verifier)[-1] == "signature holds"


def test_a_video_plays_in_parts_and_strangers_find_nothing(client, county):
    item = take(county)
    address = url("evidence_file", item.pk, item.files.get().pk)
    answer = sign_in(client, county).get(address, headers={"Range": "bytes=0-2"})
    assert answer.status_code == 206 and len(b"".join(answer.streaming_content)) == 3
    sign_in(client, county, "stranger")
    for name in ("evidence", "check_evidence", "withdraw_evidence", "amend_evidence"):
        assert client.get(url(name, item.pk)).status_code == 404
    assert client.get(address).status_code == 404


def test_a_piece_is_checked_amended_supplemented_and_withdrawn_on_pages(client, county):
    item = take(county)
    sign_in(client, county)
    assert client.post(url("check_evidence", item.pk), {"is_true": "on", "is_lawful": "on"}).status_code == 422
    client.post(url("check_evidence", item.pk), {"is_true": "on", "is_lawful": "on", "is_relevant": "on"})
    assert item.checks.get().passed
    form = {"name": "采砂日记", "source": "当事人", "form": "original"}
    assert client.post(url("amend_evidence", item.pk), form).status_code == 302
    client.post(url("supplement_evidence", item.pk), {"text": "当事人无异议"})
    upload = SimpleUploadedFile("补拍.jpg", b"more", content_type="image/jpeg")
    client.post(url("add_evidence_file", item.pk), {"upload": upload})
    client.post(url("withdraw_evidence", item.pk), {"reason": "重复"})
    item.refresh_from_db()
    assert (item.name, item.files.count(), item.supplements.count()) == ("采砂日记", 2, 1)
    assert item.withdrawn_reason == "重复" and "已撤回" in client.get(url("evidence", item.pk)).content.decode()


def proceedings_form(county, **more):
    return {
        "kind": "interview_record",
        "place": "龙尾乡政府",
        "started_at": "2026-11-17T10:00",
        "ended_at": "2026-11-17T11:00",
        "asks": county.people["officer"].pk,
        "writes": county.people["second_officer"].pk,
        "examined_name": "张某",
        "certificates_shown": "on",
        "rights_told": "on",
        "officers_signed": "on",
        "pages": 2,
        "corrections": 0,
        "signature": "signed",
        "files": SimpleUploadedFile("笔录.pdf", b"%PDF-1.7", content_type="application/pdf"),
    } | more


def test_a_record_is_entered_on_the_page_and_a_conflict_is_refused_until_explained(client, county):
    sign_in(client, county)
    answer = client.post(url("enter_proceedings", subject=CASE), proceedings_form(county))
    first = RecordOfProceedings.objects.get()
    assert answer["Location"] == url("proceedings", first.pk) and first.files.get().name == "笔录.pdf"
    other = url("enter_proceedings", subject="cases.case:2")
    answer = client.post(other, proceedings_form(county, place="青石镇政府"))
    assert answer.status_code == 422 and "执法人员时间冲突" in answer.content.decode()
    client.post(other, proceedings_form(county, place="青石镇政府", explanation="署名有误"))
    second = RecordOfProceedings.objects.exclude(pk=first.pk).get()
    text = client.get(url("proceedings", second.pk)).content.decode()
    assert "瑕疵" in text and "署名有误" in text and "99012100001" in text
    client.post(url("supplement_proceedings", second.pk), {"text": "更正地点", "reason": "笔误"})
    assert "更正地点" in client.get(url("proceedings", second.pk)).content.decode()


def test_a_preservation_goes_from_proposal_to_decision_on_pages(client, county):
    sign_in(client, county)
    client.post(
        url("propose_preservation", subject=CASE),
        {
            "holder_name": "张某",
            "reason": "船只可能驶离",
            "place": "白鹿河龙尾段",
            "first_officer": county.people["officer"].pk,
            "second_officer": county.people["second_officer"].pk,
            "name_1": "采砂船",
            "quantity_1": "1艘",
            "name_2": "吸砂泵",
            "quantity_2": "2台",
        },
    )
    preservation = EvidencePreservation.objects.get()
    assert [i.name for i in preservation.items.all()] == ["采砂船", "吸砂泵"]
    sign_in(client, county, "head").post(url("approve_preservation", preservation.pk))
    sign_in(client, county).post(url("carry_out_preservation", preservation.pk), {"happened_at": "2026-11-18T11:30"})
    page = client.get(url("preservation", preservation.pk)).content.decode()
    assert "个工作日" in page and "作出处理" in page
    first, second = preservation.items.all()
    sign_in(client, county, "head").post(
        url("decide_preserved", preservation.pk),
        {f"disposal_{first.pk}": "impound", f"disposal_{second.pk}": "", f"note_{first.pk}": "依法扣押"},
    )
    assert [i.disposal for i in preservation.items.all()] == ["impound", ""]


def test_a_lapsed_preservation_is_released_with_one_press(client, county, move_clock):
    from dayu.records.jobs import find_lapsed_preservations

    preservation = preserved(county)
    move_clock(NOON + timedelta(days=20))
    find_lapsed_preservations(now=NOON + timedelta(days=20))
    text = sign_in(client, county).get(url("preservation", preservation.pk)).content.decode()
    assert "逾期未作处理决定" in text and "解除逾期的登记保存" in text
    client.post(url("release_lapsed", preservation.pk))
    assert not preservation.items.filter(disposal="").exists()


def test_the_printed_timeline_shows_a_gap_when_a_recording_is_gone(client, county):
    item = take(county, kind="audiovisual", name="采砂视频", files=[a_file("只此一份的视频", name="1.mp4")])
    sign_in(client, county)
    whole = client.get(url("timeline", subject=CASE) + "&print=1").content.decode()
    assert "取得证据：采砂视频" in whole and "记录不完整" not in whole
    default_storage.delete(path_of(item.files.get().stored_id))
    broken = client.get(url("timeline", subject=CASE) + "&print=1").content.decode()
    assert "记录不完整" in broken and "音像文件缺失：取得证据：采砂视频" in broken


def test_every_page_needs_a_login(client, county):
    item = take(county)
    for address in (url("board"), url("timeline"), url("evidence", item.pk), url("take_evidence")):
        assert client.get(address).status_code == 302
