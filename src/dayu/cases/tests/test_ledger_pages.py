"""台账: filters as links, words, sorting, paging, Excel in and out, the penalty ledger made of acts, pages for paper."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dayu.cases import jobs
from dayu.cases.models import Case, CaseParty
from dayu.cases.old_ledgers import COLUMNS
from dayu.cases.tests.situations import make_case
from dayu.core.jobs import JobProgress
from dayu.work.models import Task

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(county: Any, client: Any) -> Any:
    client.force_login(county.people["officer"].account)
    return client


def sheet(*rows: dict[str, Any], head: tuple[str, ...] = COLUMNS) -> SimpleUploadedFile:
    book = openpyxl.Workbook()
    page = book.active
    page.append(list(head))
    for row in rows:
        page.append([row.get(h, "") for h in head])
    out = io.BytesIO()
    book.save(out)
    return SimpleUploadedFile("旧台账.xlsx", out.getvalue())


OLD = {
    "案号": "泽水罚立〔2019〕7号", "案由": "李某倾倒垃圾案", "当事人": "李某", "立案日期": date(2019, 5, 6),
    "决定日期": "2019/6/20", "决定书文号": "泽水罚决〔2019〕7号", "罚款金额": "5,000元", "送达日期": "2019年6月21日",
    "缴款日期": "2019-6-28", "缴款金额": 5000, "票据号": "0001234", "结案日期": "2019.7.2",
}  # fmt: skip


def test_the_ledger_filters_by_links_and_finds_by_words(county, officer, move_clock) -> None:
    one, two = make_case(county, at="filed"), make_case(county, at="decided")
    html = officer.get("/cases/").content.decode()
    assert one.now().case_no in html and two.now().case_no in html
    only = officer.get("/cases/?stage=investigation").content.decode()
    assert one.case.case_no in only and two.case.case_no not in only
    assert "aria-current" in only
    found = officer.get("/cases/", {"q": "白鹿河"}).content.decode()
    assert one.case.case_no in found
    nobody = officer.get("/cases/", {"q": "没有这样的词"}).content.decode()
    assert "没有符合条件的案件" in nobody
    numbered = officer.get("/cases/", {"q": one.party.id_no}).content.decode()
    assert one.case.case_no in numbered


def test_overdue_cases_are_found_and_marked(county, officer, move_clock) -> None:
    played = make_case(county, at="filed")
    played.wait(120)
    html = officer.get("/cases/?due=overdue").content.decode()
    assert played.now().case_no in html and 'data-state="overdue"' in html
    assert played.case.case_no not in officer.get("/cases/?due=soon").content.decode()


@pytest.mark.parametrize("address", ["/cases/", "/cases/?sort=due&state=open", "/cases/?sort=filed", "/cases/?q=采砂",
                                     "/cases/penalties/", "/cases/print/"])  # fmt: skip
def test_a_ledger_costs_at_most_twelve_statements(county, officer, move_clock, address) -> None:
    for _number in range(3):
        make_case(county, at="filed")
    officer.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert officer.get(address).status_code == 200
    assert len(queries) <= 12


def test_pages_follow_each_other_by_key(county, officer, move_clock) -> None:
    played = make_case(county, at="filed")
    template = Case.objects.get(pk=played.case.pk)
    for number in range(60):
        template.pk, template.case_no, template.version = None, f"批量{number}号", 0
        template._state.adding = True
        template.save()
    first = officer.get("/cases/").content.decode()
    assert "批量59号" in first and "批量3号" not in first and 'rel="next"' in first
    address = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = officer.get(f"/cases/{address}").content.decode()
    assert "批量3号" in second and "批量59号" not in second


def test_the_export_holds_the_filtered_rows_with_dates_and_amounts(county, officer, move_clock) -> None:
    played = make_case(county, at="decided")
    make_case(county, at="filed")
    answer = officer.get("/cases/export/?stage=service")
    rows = list(openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active.iter_rows(values_only=True))
    assert rows[0][0] == "案号" and rows[1][0] == played.now().case_no and len([r for r in rows[1:] if r[1]]) == 1
    assert rows[1][12] == 20_000 and rows[1][8].date() == played.case.filed_on


@pytest.mark.requirement("CAS-19")
def test_the_penalty_ledger_is_made_of_acts_and_no_screen_adds_a_line(county, officer, move_clock) -> None:
    played = make_case(county, at="paid")
    html = officer.get("/cases/penalties/").content.decode()
    assert played.party.decision_no in html and "20,000" in html
    assert "<form" in html and html.count('method="post"') <= html.count("account_logout") + html.count("language") + 3
    assert officer.post("/cases/penalties/", {"name": "x", "fine_yuan": "1"}).content.decode().count("x</td>") == 0
    assert CaseParty.objects.filter(decided_on__isnull=False).count() == 1


def test_the_penalty_ledger_tells_the_year_in_figures_that_are_doors(county, officer, move_clock) -> None:
    make_case(county, at="decided")
    html = officer.get("/cases/penalties/?year=2026").content.decode()
    assert "2026 年决定" in html and "20,000" in html and "paid=owing" in html
    assert "还没有处罚决定" in officer.get("/cases/penalties/?year=2020").content.decode()


def test_an_old_ledger_is_read_first_and_nothing_is_written(county, officer, move_clock) -> None:
    faulty = [{**OLD, "案号": "8号", "当事人": ""}, {**OLD, "案号": "9号", "决定日期": "2019/5/1"}, {**OLD, "案号": OLD["案号"]}]
    answer = officer.post("/cases/import/", {"file": sheet(OLD, *faulty), "source_note": "2019 年纸质台账"})
    html = answer.content.decode()
    assert answer.status_code == 200 and "可以导入" in html and "还没有写入" in html
    assert "缺少当事人" in html and "早于立案日期" in html and "出现了两次" in html
    assert not Case.objects.exists()


def test_good_rows_go_in_with_their_source_mark_and_failed_ones_are_named(county, officer, move_clock) -> None:
    from dayu.core.files import store_upload
    from dayu.core.jobs import start_progress

    moment = make_case(county, at="open").moment
    stored = store_upload(sheet(OLD, {**OLD, "案号": "8号", "当事人": ""}))
    progress = start_progress("导入", actor=county.officer, total=2, moment=moment)
    jobs.import_ledger.call(progress.pk, stored.sha256, "2019 年纸质台账", county.officer.person_id)
    progress.refresh_from_db()
    assert progress.done == 2 and [f["row"] for f in progress.failures] == [3] and progress.finished_at is not None
    case = Case.objects.get(case_no=OLD["案号"])
    party = case.parties.get()
    assert case.source == "ledger" and case.source_note == "2019 年纸质台账" and case.closed_on == date(2019, 7, 2)
    assert (party.fine_yuan, party.paid_yuan, party.decision_no) == (Decimal(5000), Decimal(5000), "泽水罚决〔2019〕7号")
    page = officer.get(f"/cases/import/{progress.pk}/").content.decode()
    assert "第 3 行" in page and "缺少当事人" in page
    html = officer.get("/cases/penalties/?year=2019").content.decode()
    assert "泽水罚决〔2019〕7号" in html and "旧台账导入" in html


@pytest.mark.parametrize("left_out", [(), ("结案日期",), ("结案日期", "缴款日期"), ("结案日期", "缴款日期", "送达日期", "决定日期")])
def test_pages_of_an_old_case_open_wherever_its_paper_ends(county, officer, move_clock, left_out) -> None:
    from dayu.core.files import store_upload
    from dayu.core.jobs import start_progress

    moment = make_case(county, at="open").moment
    stored = store_upload(sheet({**OLD, **dict.fromkeys(left_out, "")}))
    progress = start_progress("导入", actor=county.officer, total=1, moment=moment)
    jobs.import_ledger.call(progress.pk, stored.sha256, "台账", county.officer.person_id)
    case = Case.objects.get(case_no=OLD["案号"])
    assert not Task.objects.filter(related=f"cases.case:{case.pk}").exists()
    for tab in ("", "timeline/", "documents/", "evidence/", "discretion/", "costs/", "people/", "related/", "log/", "acts/"):
        answer = officer.get(f"/cases/{case.pk}/{tab}")
        assert answer.status_code == 200, tab
    assert "旧台账导入" in officer.get(f"/cases/{case.pk}/").content.decode()


def test_the_same_row_twice_is_one_case(county, officer, move_clock) -> None:
    from dayu.core.files import store_upload
    from dayu.core.jobs import start_progress

    moment = make_case(county, at="open").moment
    stored = store_upload(sheet(OLD))
    for _time in range(2):
        progress = start_progress("导入", actor=county.officer, total=1, moment=moment)
        jobs.import_ledger.call(progress.pk, stored.sha256, "台账", county.officer.person_id)
    assert Case.objects.filter(case_no=OLD["案号"]).count() == 1


def test_a_sheet_without_the_needed_columns_is_refused_with_their_names(county, officer, move_clock) -> None:
    answer = officer.post("/cases/import/", {"file": sheet({"甲": 1}, head=("甲",)), "source_note": "x"})
    assert answer.status_code == 422 and "表头缺少" in answer.content.decode()


def test_who_only_keeps_the_archive_may_not_import(county, client, move_clock) -> None:
    client.force_login(county.people["archivist"].account)
    assert client.get("/cases/import/").status_code == 422


def test_another_person_does_not_see_the_progress_of_mine(county, client, officer, move_clock) -> None:
    row = JobProgress.objects.create(title="导入", account_id=county.head.account_id, started_at="2026-03-02T00:00Z")
    assert officer.get(f"/cases/import/{row.pk}/").status_code == 404


def test_timeline_files_and_ledger_print_on_paper(county, officer, move_clock) -> None:
    played = make_case(county, at="notified")
    course = officer.get(f"/cases/{played.case.pk}/print/timeline/").content.decode()
    assert "案件经过" in course and "告知送达" in course and "data-print" in course
    files = officer.get(f"/cases/{played.case.pk}/print/files/").content.decode()
    assert "案卷目录" in files and "现场笔录" in files
    assert played.now().case_no in officer.get("/cases/print/").content.decode()
