"""The screens of dossiers."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from pypdf import PdfReader

from dayu.dossiers.models import Dossier
from dayu.dossiers.tests.conftest import archived, compiled, explained


@pytest.fixture(autouse=True)
def folders(tmp_path, settings):
    settings.DAYU_CHECKPOINTS = tmp_path / "checkpoints"
    settings.DAYU_TILES = tmp_path / "tiles"


def sign_in(client, played, name="officer"):
    client.force_login(
        played.county.people[name].account, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


def url(name, *args):
    return reverse(f"dossiers:{name}", args=args)


def test_a_closed_case_waits_on_the_shelf_and_is_compiled_with_one_press(client, closed):
    sign_in(client, closed)
    assert "张某在白鹿河龙尾段无证采砂案" in client.get(url("list")).content.decode()
    assert "整理案卷" in client.get(url("of_case", closed.case.pk)).content.decode()
    answer = client.post(url("compile", closed.case.pk))
    dossier = Dossier.objects.get()
    assert answer["Location"] == dossier.get_absolute_url()
    text = client.get(answer["Location"]).content.decode()
    for words in ("卷内目录", "立案审批表", "案卷材料不全", "行政处罚事先告知书", "缺省值，未确认", "归档"):
        assert words in text
    assert client.get(url("of_case", closed.case.pk)).status_code == 302


def test_a_volume_is_previewed_before_and_read_after_archiving(client, closed):
    dossier = explained(closed)
    sign_in(client, closed)
    preview = client.get(url("volume", dossier.pk, "main"))
    assert preview["Content-Type"] == "application/pdf" and len(PdfReader(BytesIO(preview.content)).pages) > 3
    sign_in(client, closed, "archivist").post(url("archive", dossier.pk))
    dossier.refresh_from_db()
    assert dossier.is_archived
    answer = client.get(url("volume", dossier.pk, "main"))
    assert b"".join(answer.streaming_content) == dossier.volumes.get(volume="main").pdf.read()
    assert client.get(url("volume", dossier.pk, "third")).status_code == 404


def test_an_incomplete_dossier_is_refused_on_the_page(client, closed):
    dossier = compiled(closed)
    answer = sign_in(client, closed, "archivist").post(url("archive", dossier.pk))
    assert answer.status_code == 422 and "案卷材料不全" in answer.content.decode()


def test_gaps_are_explained_and_cover_filled_on_pages(client, closed):
    dossier = compiled(closed)
    sign_in(client, closed)
    assert client.post(url("explain", dossier.pk), {"key": "notice", "reason": "纸质原件另存"}).status_code == 302
    form = {"title": "张某无证采砂案", "mode": "single", "retention": "30年", "remark": "照片底片另存"}
    assert client.post(url("describe", dossier.pk), form).status_code == 302
    text = client.get(dossier.get_absolute_url()).content.decode()
    for words in ("张某无证采砂案", "30年", "照片底片另存", "纸质原件另存"):
        assert words in text


def test_a_part_is_moved_and_left_out_on_pages(client, closed):
    dossier = compiled(closed)
    part = dossier.parts.get(key="evidence:scene_record")
    sign_in(client, closed)
    client.post(url("arrange", dossier.pk, part.pk), {"volume": "secondary", "position": 1})
    client.post(url("leave_out", dossier.pk, part.pk), {"reason": "商业秘密"})
    part.refresh_from_db()
    assert (part.volume, part.left_out_reason) == ("secondary", "商业秘密")


def test_a_sheet_is_added_after_archiving(client, closed):
    dossier = archived(closed)
    sign_in(client, closed, "archivist")
    upload = SimpleUploadedFile("回执.txt", "邮政回执".encode(), content_type="text/plain")
    form = {"title": "送达回执", "reason": "归档后收到", "volume": "main", "upload": upload}
    assert client.post(url("add_sheet", dossier.pk), form).status_code == 302
    text = client.get(dossier.get_absolute_url()).content.decode()
    assert "补1 送达回执" in text and dossier.digest in text
    answer = client.get(url("sheet", dossier.pk, dossier.added_sheets.get().pk))
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    assert dossier.archive_no in client.get(url("list") + "?which=archived").content.decode()


def test_strangers_find_nothing(client, closed):
    dossier = compiled(closed)
    sign_in(client, closed, "stranger")
    for address in (dossier.get_absolute_url(), url("volume", dossier.pk, "main"), url("describe", dossier.pk)):
        assert client.get(address).status_code == 404
    client.logout()
    assert client.get(dossier.get_absolute_url()).status_code == 302


@pytest.mark.requirement("REC-01")
def test_the_printed_timeline_of_a_closed_case_has_an_event_for_each_stage_until_a_recording_is_removed(client, closed):
    from django.core.files.storage import default_storage

    from dayu.core.files import path_of, store_bytes
    from dayu.records import services as records
    from dayu.records.facts import GivenFile

    stored = store_bytes(b"the only copy of this video", media_type="video/mp4")
    records.add_evidence(
        f"cases.case:{closed.case.pk}",
        actor=closed.county.officer,
        moment=closed.moment,
        kind="audiovisual",
        name="夜间采砂视频",
        source="执法记录仪",
        taken_at=closed.moment,
        files=[GivenFile(stored, "1.mp4")],
    )
    address = f"{reverse('records:timeline')}?subject=cases.case:{closed.case.pk}&print=1"
    whole = sign_in(client, closed).get(address).content.decode()
    for words in ("立案", "调查终结", "事先告知", "法制审核", "决定", "送达", "结案", "夜间采砂视频"):
        assert words in whole
    assert "记录不完整" not in whole
    default_storage.delete(path_of(stored.sha256))
    broken = client.get(address).content.decode()
    assert "记录不完整" in broken and "音像文件缺失：取得证据：夜间采砂视频" in broken
