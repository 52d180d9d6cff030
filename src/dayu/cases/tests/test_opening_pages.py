"""Opening a case: at once, from a lead with everything it knows, or half-way from paper."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dayu.cases.models import Case, CaseSource
from dayu.core import clock
from dayu.core.events import deliver_due
from dayu.leads import services as leads
from dayu.leads.models import Lead

pytestmark = pytest.mark.django_db
NOW = clock.legal_moment(date(2026, 3, 2), 9)


@pytest.fixture
def officer(county: Any, client: Any, move_clock: Any) -> Any:
    move_clock(NOW)
    client.force_login(county.people["officer"].account)
    return client


def people(county: Any) -> list[int]:
    return [county.people["officer"].pk, county.people["second_officer"].pk]


def test_a_case_is_opened_at_once_with_its_party_and_officers(county, officer) -> None:
    form = {
        "title": "王某在白鹿河无证采砂案", "violation": "river-reg-44-4", "source_type": "巡查", "place": "白鹿河",
        "party_name": "王某", "party_kind": "citizen", "officers": people(county), "once": "a",
    }  # fmt: skip
    answer = officer.post("/cases/new/", form)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    case = Case.objects.get()
    assert case.parties.get().name == "王某" and case.officers.count() == 2
    assert case.journal.filter(kind="lead_registered").exists()
    officer.post("/cases/new/", form)
    assert Case.objects.count() == 1


def test_a_number_with_a_wrong_check_digit_is_named_and_the_text_stays(county, officer) -> None:
    form = {"title": "王某案", "source_type": "巡查", "party_name": "王某", "party_number": "990121198001010012"}
    answer = officer.post("/cases/new/", form)
    html = answer.content.decode()
    assert answer.status_code == 422 and "校验位不对" in html and "王某案" in html and not Case.objects.exists()


def test_the_form_starts_with_what_the_lead_knows(county, officer) -> None:
    lead = leads.register_lead(
        None, actor=county.registrar, moment=NOW, source="patrol", title="龙尾段夜间采砂", content="有人夜间采砂",
        place="白鹿河龙尾段", violation="river-reg-44-4",
    )  # fmt: skip
    html = officer.get(f"/cases/new/?origin=leads.lead:{lead.pk}").content.decode()
    assert "龙尾段夜间采砂" in html and "白鹿河龙尾段" in html and lead.number in html
    form = {
        "origin": f"leads.lead:{lead.pk}", "title": "某人在龙尾段采砂案", "source_type": "巡查", "place": "白鹿河龙尾段下游",
        "violation": "river-reg-44-4", "officers": people(county), "once": "b",
    }  # fmt: skip
    answer = officer.post("/cases/new/", form)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    case = Case.objects.get()
    assert case.origins.get().subject == f"leads.lead:{lead.pk}" and case.place == "白鹿河龙尾段下游"
    assert Lead.objects.get(pk=lead.pk).disposal == ""


def test_a_case_on_paper_is_taken_over_and_its_steps_follow(county, officer) -> None:
    form = {
        "title": "赵某案", "source_type": "其他", "case_no": "泽水罚立〔2025〕40号", "explanation": "告知以后改在系统里办理",
        "party_name": "赵某", "party_kind": "citizen", "officers": people(county), "once": "c",
    }  # fmt: skip
    answer = officer.post("/cases/take-over/", form)
    assert answer.status_code == 302 and answer["Location"].endswith("/past/")
    case = Case.objects.get()
    assert case.source == CaseSource.TAKEOVER and case.case_no == "泽水罚立〔2025〕40号"
    for act, day in (("register_lead", "2026-01-05"), ("verify_lead", "2026-01-06"), ("file_case", "2026-01-07")):
        entry = {"act": act, "on": day, "explanation": "见纸质案卷", "once": f"c-{act}", "more": "1"}
        assert officer.post(f"/cases/{case.pk}/past/", entry).status_code == 302
    case.refresh_from_db()
    assert case.filed_on == date(2026, 1, 7) and case.decision_due_on == date(2026, 4, 7)
    html = officer.get(f"/cases/{case.pk}/").content.decode()
    assert "补录" in html and "剩 <b>36</b> 日" in html


def test_a_case_of_years_before_the_present_law_is_taken_over_too(county, officer) -> None:
    form = {
        "title": "钱某案", "source_type": "其他", "case_no": "泽水罚立〔2019〕3号", "explanation": "多年前立案，一直未结",
        "party_name": "钱某", "party_kind": "citizen", "officers": people(county), "once": "d",
    }  # fmt: skip
    assert officer.post("/cases/take-over/", form).status_code == 302
    case = Case.objects.get()
    for act, day in (("register_lead", "2019-01-05"), ("verify_lead", "2019-01-06"), ("file_case", "2019-01-07")):
        entry = {"act": act, "on": day, "explanation": "见纸质案卷", "once": f"d-{act}", "more": "1"}
        assert officer.post(f"/cases/{case.pk}/past/", entry).status_code == 302
    deliver_due(clock.now())
    case.refresh_from_db()
    assert case.filed_on == date(2019, 1, 7) and case.decision_due_on is None
    assert officer.get(f"/cases/{case.pk}/").status_code == 200


def test_who_may_not_open_a_case_reads_why(county, client, move_clock) -> None:
    client.force_login(county.people["archivist"].account)
    assert client.get("/cases/new/").status_code == 422
