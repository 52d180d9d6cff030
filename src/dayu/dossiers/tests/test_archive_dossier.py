"""Archiving: refused while incomplete, bound with cover, index and page numbers, frozen; later only sheets are added."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader

from dayu.cases import services as case_services
from dayu.cases.models import Case
from dayu.cases.tests.situations import make_case
from dayu.core.records import AppendOnlyError
from dayu.core.refused import Refused
from dayu.documents.models import ProofOfService
from dayu.dossiers import services
from dayu.dossiers.tests.conftest import a_scan, archived, compiled, explained
from dayu.records.models import TimelineEvent
from dayu.work.models import RunningDeadline, Task


def rules(refused):
    return [r.rule for r in refused.value.refusals]


def pages_of(volume):
    return [page.extract_text() for page in PdfReader(BytesIO(volume.pdf.read())).pages]


def archive(dossier, played, who="archivist"):
    return services.archive_dossier(dossier, actor=getattr(played.county, who), moment=played.moment)


def test_closing_starts_the_days_for_archiving_and_a_task(closed):
    running = RunningDeadline.objects.get(limit_key="archive")
    assert running.due_on == closed.today + timedelta(days=20)  # this city sets 20 days
    task = Task.objects.open().get(act="dossiers.archive_dossier")
    assert task.holder_post == "archivist" and task.due_on == running.due_on
    from dayu.core.actors import SYSTEM

    assert services.expect_archiving(closed.now(), actor=SYSTEM, moment=closed.moment) == running


def test_a_case_archived_on_paper_only_waits_for_nothing(closed):
    case_services.archive_dossier(closed.now(), actor=closed.county.archivist, moment=closed.moment, digest="a" * 64)
    closed.deliver()
    assert not Task.objects.open().filter(act="dossiers.archive_dossier").exists()
    assert not RunningDeadline.objects.open().filter(limit_key="archive").exists()


def test_an_incomplete_dossier_is_refused_and_every_gap_is_named(closed):
    ProofOfService.objects.filter(document__key="penalty_decision").delete()
    dossier = compiled(closed)
    with pytest.raises(Refused) as refused:
        archive(dossier, closed)
    shown = refused.value.refusals[0].as_json()
    assert shown["rule"] == "dossiers.incomplete" and shown["reason"].startswith("案卷材料不全：")
    assert "送达回证：行政处罚决定书" in shown["reason"]
    dossier.refresh_from_db()
    assert not dossier.is_archived and not dossier.volumes.exists()


def test_an_open_case_is_not_archived(county):
    played = make_case(county, at="paid")
    dossier = compiled(played)
    with pytest.raises(Refused) as refused:
        archive(dossier, played)
    assert rules(refused) == ["dossiers.not_closed"]


def test_the_index_of_the_archived_volume_matches_its_printed_page_numbers(closed):
    dossier = archived(closed)
    for volume in dossier.volumes.all():
        parts = list(dossier.parts.filter(volume=volume.volume).order_by("position"))
        texts = pages_of(volume)
        assert len(texts) == volume.pages + 3  # cover, index, closing note
        assert "案卷封面" in texts[0] and "卷内目录" in texts[1] and "卷内备考表" in texts[-1]
        for part in parts:
            assert part.title[:4] in texts[1].replace("\n", "") and part.pages in texts[1]
            printed = [t.strip().splitlines()[-1].strip() for t in texts[1 + part.first_page : 2 + part.last_page]]
            numbers = [str(n) for n in range(part.first_page, part.last_page + 1)]
            found = [
                n for n, t in zip(numbers, texts[1 + part.first_page :], strict=False) if re.search(rf"\b{n}\b", t)
            ]
            assert found == numbers, (part.title, printed)


def test_cover_and_closing_note_say_what_the_dossier_is(closed):
    dossier = archived(closed)
    texts = pages_of(dossier.volumes.get(volume="main"))
    for words in ("张某在白鹿河龙尾段无证采砂案", dossier.archive_no, "永久", "共2卷，正卷", "水政监察大队"):
        assert words in texts[0].replace("\n", "")
    assert "纸质原件另存" in texts[-1].replace("\n", "") and "按案件记录生成" in texts[-1].replace("\n", "")


def test_archiving_freezes_the_case_ends_clock_and_task_and_is_on_the_timeline(closed):
    dossier = archived(closed)
    assert re.fullmatch(r"2026\d{4}", dossier.archive_no) and len(dossier.digest) == 64
    assert Case.objects.get(pk=closed.case.pk).archived_on == closed.today
    assert not RunningDeadline.objects.open().filter(limit_key="archive").exists()
    assert not Task.objects.open().filter(act="dossiers.archive_dossier").exists()
    assert TimelineEvent.objects.filter(kind="archived", source=f"dossiers.dossier:{dossier.pk}").exists()


def test_archive_numbers_run_without_gaps_within_the_year_of_closing(county, closed):
    first = archived(closed)
    second = make_case(county, at="closed", moment=closed.moment + timedelta(days=1))
    other = archived(second)
    assert int(other.archive_no) == int(first.archive_no) + 1


def test_the_wrong_person_does_not_archive(closed):
    dossier = explained(closed)
    for name in ("stranger", "reviewer", "administrator"):
        with pytest.raises(Refused) as refused:
            archive(dossier, closed, name)
        assert rules(refused) == ["core.not_permitted"]


def test_after_archiving_a_change_is_an_added_sheet_with_its_reason(closed):
    dossier = archived(closed)
    before = {v.volume: v.pdf_id for v in dossier.volumes.all()}
    add = lambda **more: services.add_sheet(  # noqa: E731
        dossier, moment=closed.moment, **({"actor": closed.county.archivist, "files": [a_scan("回执")]} | more)
    )
    with pytest.raises(Refused) as refused:
        add(title="送达回执", reason=" ")
    assert rules(refused) == ["dossiers.words_missing"]
    sheet = add(title="送达回执", reason="归档后收到邮政回执")
    text = [p.extract_text().replace(" ", "") for p in PdfReader(BytesIO(sheet.pdf.read())).pages]
    assert sheet.pages == 2 and "归档后收到邮政回执" in text[0] and "补1-1" in text[0] and "补1-2" in text[1]
    assert {v.volume: v.pdf_id for v in dossier.volumes.all()} == before
    with pytest.raises(AppendOnlyError):
        sheet.save()
    with pytest.raises(Refused):
        add(title="x", reason="y", actor=closed.county.officer)


def test_before_archiving_no_sheet_is_added(closed):
    dossier = compiled(closed)
    with pytest.raises(Refused) as refused:
        services.add_sheet(
            dossier, actor=closed.county.archivist, moment=closed.moment, title="x", reason="y", files=[]
        )
    assert rules(refused) == ["dossiers.not_archived_yet"]


@pytest.mark.requirement("REC-08")
def test_no_closing_without_receipt_of_service_the_archived_index_matches_and_a_later_change_is_an_addition(
    county, client, move_clock
):
    played = make_case(county, at="decided")
    client.force_login(county.people["head"].account, backend="allauth.account.auth_backends.AuthenticationBackend")
    form = {"ground": "履行完毕", "opinion": "同意结案"}
    refused = client.post(f"/cases/{played.case.pk}/acts/close_case/", form)
    assert refused.status_code == 422 and "案卷材料不全：缺决定书的送达回证" in refused.content.decode()
    assert played.now().closed_on is None

    closed = make_case(county, at="closed", moment=played.moment)
    closed.deliver()
    receipts = ProofOfService.objects.filter(document__subject=f"cases.case:{closed.case.pk}", document__key="penalty_decision")
    kept = list(receipts.values())
    receipts.delete()
    dossier = compiled(closed)
    with pytest.raises(Refused) as refusal:
        archive(dossier, closed)
    shown = refusal.value.refusals[0].as_json()["reason"]
    assert shown.startswith("案卷材料不全：") and "送达回证：行政处罚决定书" in shown
    ProofOfService.objects.bulk_create(ProofOfService(**values) for values in kept)

    dossier = archived(closed)
    for volume in dossier.volumes.all():
        texts = pages_of(volume)
        assert "案卷封面" in texts[0] and "卷内目录" in texts[1] and "卷内备考表" in texts[-1]
        index = texts[1].replace("\n", "")
        for part in dossier.parts.filter(volume=volume.volume):
            assert part.title[:4] in index and part.pages in index
            for number in range(part.first_page, part.last_page + 1):
                printed = texts[1 + number].strip().splitlines()
                assert re.search(rf"(^|\s){number}$", printed[-1].strip()), (part.title, number, printed)
    bound = {v.volume: v.pdf_id for v in dossier.volumes.all()}

    # A change after archiving: the frozen parts refuse it, an addition with its reason is made, the volumes stay.
    part = dossier.parts.first()
    with pytest.raises(Refused):
        services.leave_out_part(part, actor=county.officer, moment=closed.moment, reason="换页")
    with pytest.raises(Refused):
        services.compile_dossier(closed.now(), actor=county.officer, moment=closed.moment)
    client.force_login(county.people["archivist"].account, backend="allauth.account.auth_backends.AuthenticationBackend")
    upload = SimpleUploadedFile("回执.txt", "邮政回执".encode(), content_type="text/plain")
    page = client.post(f"{dossier.get_absolute_url()}add-sheet/", {"title": "送达回执", "volume": "main", "upload": upload})
    assert page.status_code in (200, 422) and not dossier.added_sheets.exists()  # no addition without its reason
    upload.seek(0)
    added = {"title": "送达回执", "reason": "归档后收到邮政回执", "volume": "main", "upload": upload}
    assert client.post(f"{dossier.get_absolute_url()}add-sheet/", added).status_code == 302
    sheet = dossier.added_sheets.get()
    assert sheet.reason == "归档后收到邮政回执" and sheet.position == 1
    assert {v.volume: v.pdf_id for v in dossier.volumes.all()} == bound
