from __future__ import annotations

from datetime import date
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dayu.discretion import past
from dayu.discretion.models import BenchmarkDraft, DiscretionBenchmark
from dayu.discretion.tests.drafting import KIND, agree, issue, save, table
from dayu.law.party_kinds import party_kind
from dayu.law.what_if import PastCase


@pytest.fixture
def drafter(county, client):
    client.force_login(county.people["review_head"].account)
    return client


def page(client, url, status=200):
    answer = client.get(url)
    assert answer.status_code == status, answer.content.decode()[:400]
    return answer.content.decode()


def lines(*rows):
    """The lines of the editor as a browser posts them: tier, conditions, range."""
    posted = {}
    for number, row in enumerate(rows):
        posted |= {f"line-{number}-{place}": text for place, text in enumerate(row)}
    return posted


HEAD = {"key": "river-2026", "name": "河道设障裁量基准（示例）", "document": "县文件（示例）", "kind": "benchmark",
        "violations": [KIND], "once": "a"}  # fmt: skip
WHOLE = lines(("较轻", "方量（立方米）＜100", "[10000, 30000)"), ("较重", "方量（立方米）≥100；初次违法：是", "[30000, 50000]"),
              ("较重", "方量（立方米）≥100；初次违法：否"))  # fmt: skip


def test_a_benchmark_is_written_in_the_editor_line_by_line(county, drafter):
    answer = drafter.post("/discretion/new/", HEAD | WHOLE, follow=True)
    text = answer.content.decode()
    assert answer.status_code == 200 and "已保存" in text and "没有空档、重叠" in text
    draft = BenchmarkDraft.objects.get()
    assert [len(t["rows"]) for t in draft.table["tiers"]] == [1, 2]
    editor = page(drafter, f"/discretion/drafts/{draft.pk}/edit/")
    assert "[10000, 30000)" in editor and "方量（立方米）＜100" in editor


def test_what_is_refused_stays_typed_with_the_exact_value(county, drafter):
    gap = lines(("较轻", "方量（立方米）≤95", "[10000, 30000)"), ("较重", "方量（立方米）＞96", "[30000, 50000]"))
    answer = drafter.post("/discretion/new/", HEAD | gap)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "95＜方量（立方米）≤96" in text and "裁量阶次有空档或重叠" in text
    assert "方量（立方米）≤95" in text and 'value="河道设障裁量基准（示例）"' in text
    assert not BenchmarkDraft.objects.exists()


def test_a_line_that_cannot_be_read_is_named(county, drafter):
    answer = drafter.post("/discretion/new/", HEAD | lines(("较轻", "方量很少", "很多")))
    assert answer.status_code == 422 and "第1行“适用情形”：“方量很少”不是条件" in answer.content.decode()


def test_from_draft_to_issued_version_and_receipt_on_the_pages(county, client):
    draft = save(county, table())
    client.force_login(county.people["supervisor"].account)
    assert "提出意见" in page(client, f"/discretion/drafts/{draft.pk}/")
    client.post(f"/discretion/drafts/{draft.pk}/opinion/", {"opinion": "agreed", "words": "同意", "once": "b"})
    client.force_login(county.people["head"].account)
    assert "印发" in page(client, f"/discretion/drafts/{draft.pk}/")
    client.post(f"/discretion/drafts/{draft.pk}/issue/", {"in_force_from": "2027-01-01", "once": "c"})
    issued = DiscretionBenchmark.objects.get()
    client.force_login(county.people["officer"].account)
    assert "签收" in page(client, issued.get_absolute_url())
    client.post(f"/discretion/{issued.pk}/read/", {"once": "d"})
    assert issued.readings.get(person_id=county.people["officer"].pk).read_at is not None
    client.force_login(county.people["head"].account)
    client.post(f"/discretion/{issued.pk}/end/", {"last_day": "2027-06-30", "reason": "修订", "once": "e"})
    issued.refresh_from_db()
    assert issued.in_force_until == date(2027, 6, 30)
    client.force_login(county.people["review_head"].account)
    assert "[10000, 30000)" in page(client, f"/discretion/new/?from={issued.pk}")
    assert "已印发" in page(client, "/discretion/")


def test_excel_goes_out_and_comes_back_with_bad_rows_named(county, drafter):
    save(county, table())
    answer = drafter.get("/discretion/export/")
    book = openpyxl.load_workbook(BytesIO(answer.content))
    assert book["裁量基准"]["A2"].value == "river-2026"
    BenchmarkDraft.objects.all().delete()
    again = drafter.post("/discretion/import/", {"file": SimpleUploadedFile("b.xlsx", answer.content)})
    assert "河道设障裁量基准" in again.content.decode() and BenchmarkDraft.objects.count() == 1
    book["裁量阶次"]["C2"] = "很少"
    out = BytesIO()
    book.save(out)
    BenchmarkDraft.objects.all().delete()
    spoiled = drafter.post("/discretion/import/", {"file": SimpleUploadedFile("b.xlsx", out.getvalue())}).content.decode()
    assert "第2行" in spoiled and "“很少”不是条件" in spoiled and not BenchmarkDraft.objects.exists()
    no_file = drafter.post("/discretion/import/", {"file": SimpleUploadedFile("b.xlsx", b"no")})
    assert no_file.status_code == 422 and "不是 Excel" in no_file.content.decode()


def test_what_if_shows_changes_and_their_distribution(county, drafter, monkeypatch):
    issue(county, save(county, table()), on=date(2026, 12, 1))
    draft = save(county, table(("20000", "40000"), ("40000", "50000")))

    def cases(actor, violations):
        assert violations == {KIND}
        for number in range(3):
            yield PastCase(f"泽水罚〔2026〕{number}号", KIND, "990121", party_kind("citizen"), {"volume_m3": Decimal(50 * number)},
                           date(2026, 12, 10), Decimal(20000 + number))  # fmt: skip

    monkeypatch.setattr(past, "_sources", [cases])
    text = page(drafter, f"/discretion/drafts/{draft.pk}/what-if/")
    assert "更重" in text and "泽水罚〔2026〕1号" in text and "bar__done" in text


@pytest.mark.parametrize("url", ["/discretion/new/", "/discretion/import/", "/discretion/drafts/{draft}/edit/",
                                 "/discretion/drafts/{draft}/issue/", "/discretion/drafts/{draft}/opinion/"])  # fmt: skip
def test_an_officer_has_no_form_for_any_act(county, client, url):
    draft = agree(county, save(county, table()))
    client.force_login(county.people["officer"].account)
    page(client, url.format(draft=draft.pk), 422)


def test_drafts_of_another_organ_are_not_seen(county, client):
    draft = save(county, table())
    client.force_login(county.people["stranger"].account)
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert "river-2026" not in page(client, "/discretion/")
