"""Organs, offices, subjects, certificates and powers: each acceptance check through the door that it names."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from dayu.api.services import issue_token
from dayu.cases import services as cases
from dayu.cases.models import Case
from dayu.cases.services.papers import draft_paper
from dayu.cases.tests.situations import Played, make_case
from dayu.core import clock
from dayu.core.actors import SYSTEM
from dayu.core.audit import RefusedAttempt, subject_key
from dayu.core.events import deliver_due
from dayu.core.refused import Refused
from dayu.core.territories import Territory
from dayu.disclosure.facts import pdf_text
from dayu.documents import services as documents
from dayu.documents.models import Document, SealUse, Signature
from dayu.inspections.models import OnSiteCheck
from dayu.leads.grounds import conditions
from dayu.leads.models import DisposalProposal, Lead
from dayu.leads.services import assign_lead, register_lead, verify_lead
from dayu.org import services
from dayu.org.jobs import alert_expiring_certificates
from dayu.org.models import Agency, EnforcementCertificate, OrgUnit
from dayu.powers.models import EnforcementItem
from dayu.records.models import RecordOfProceedings
from dayu.work.models import Notification
from tests.cast import MOMENT

pytestmark = pytest.mark.django_db
FRIDAY = clock.legal_moment(date(2026, 11, 20), 17)


@pytest.fixture(autouse=True)
def nobody_called_yet() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def program(county: Any, who: str) -> Callable[..., Any]:
    """A program that calls actions as somebody of the cast."""
    token = issue_token(
        None, actor=county.actor(who), moment=clock.now(), label="验收程序", may_write=True,
        expires_on=clock.today() + timedelta(days=90),
    )  # fmt: skip

    def act(key: str, target: str | None = None, *, happened_at: datetime | None = None, **arguments: Any) -> Any:
        body: dict[str, Any] = {"target": target, "arguments": arguments}
        if happened_at is not None:
            body["happened_at"] = happened_at.isoformat()
        return Client().post(
            f"/api/actions/{key}", json.dumps(body), content_type="application/json",
            headers={"Authorization": f"Bearer {token.secret}"},
        )  # fmt: skip

    return act


def reasons(answer: Any) -> list[str]:
    return [r["reason"] for r in answer.json()["refusals"]]


def signed_in(county: Any, who: str) -> Client:
    client = Client()
    client.force_login(county.people[who].account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.mark.requirement("ORG-01")
def test_a_regiment_stands_under_both_parents_at_once_and_a_merged_bureau_keeps_its_old_cases_under_its_old_name(
    county, move_clock
) -> None:
    clock.move_to(FRIDAY)
    by = {"actor": county.administrator, "moment": MOMENT}
    place = county.agency.territory
    division = services.register_agency(None, name="第九师水利局", kind="corps", territory=place, **by)
    chiefs = services.register_agency(None, name="苍阳地区河长制办公室", kind="chief_office", territory=place, **by)
    regiment = services.register_agency(
        None, name="第九师一六三团", kind="corps", territory=place, business_parent=chiefs, administrative_parent=division,
        **by,
    )
    page = signed_in(county, "administrator").get("/org/").content.decode()
    rows = page.split("<tr data-url=")
    names = ["".join(n for n in (division.name, chiefs.name, regiment.name) if f">{n}</a>" in row) for row in rows]
    under = [names[i - 1] for i, name in enumerate(names) if name == regiment.name]
    assert under == [division.name, chiefs.name]

    moment = clock.legal_moment(date(2026, 3, 2))
    played = make_case(county, at="decided", moment=moment)
    merged = services.register_agency(
        None, actor=county.administrator, moment=moment, name="泽川县水务局（新）", kind="water_authority", territory=place,
        valid_from=date(2026, 6, 1),
    )
    services.close_agency(
        county.agency, actor=county.administrator, moment=moment, valid_until=date(2026, 5, 31), successor=merged
    )
    services.rename_agency(
        county.agency, actor=county.administrator, moment=moment, name="泽川县水务局", valid_from=date(2026, 6, 1)
    )
    clock.move_to(FRIDAY)
    agency = Agency.objects.get(pk=county.agency.pk)
    assert (agency.successor, agency.name) == (merged, "泽川县水务局")
    assert (agency.name_on(date(2026, 5, 31)), agency.name_on(date(2019, 2, 28))) == ("泽川县水利局", "泽川县水务局")
    paper = Document.objects.get(key="penalty_decision", subject=f"cases.case:{played.case.pk}")
    assert "泽川县水利局" in pdf_text(paper.pdf.read()) and "水务局" not in pdf_text(paper.pdf.read())
    officer = signed_in(county, "officer")
    opened = officer.get(f"/documents/{paper.pk}/").content.decode()
    assert "泽川县水利局" in opened
    sheet = b"".join(officer.get("/cases/export/").streaming_content)
    assert "泽川县水利局" in words_of(sheet) and "泽川县水务局" not in words_of(sheet)


def words_of(content: bytes) -> set[str]:
    """All texts of the first sheet of a workbook."""
    from io import BytesIO

    from openpyxl import load_workbook

    rows = load_workbook(BytesIO(content), read_only=True).worksheets[0].iter_rows(values_only=True)
    return {str(value) for row in rows for value in row if value is not None}


# 001 二 names the offices that hold enforcement power; the finance office (财务股) is not among them.
RESPONSIBLE = ("水政监察大队", "水土保持股", "河长股", "水资源股", "安全办", "工程股", "行政审批和法规股", "水旱灾害防御事务中心")


@pytest.mark.requirement("ORG-02")
def test_of_the_loaded_offices_the_eight_with_power_open_inspections_and_the_finance_office_is_offered_the_lead_form(
    county, move_clock
) -> None:
    clock.move_to(FRIDAY)
    by = {"actor": county.administrator, "moment": MOMENT}
    loaded = {u.name: u for u in OrgUnit.objects.filter(agency=county.agency)}
    for name in RESPONSIBLE:
        loaded[name] = loaded.get(name) or services.add_unit(
            county.agency, name=name, has_enforcement_power=True, enforcement_basis="三定规定", **by
        )
    assert all(loaded[name].has_enforcement_power for name in RESPONSIBLE)
    assert not loaded["财务股"].has_enforcement_power
    services.appoint_to_post(county.people["fine_clerk"], key="handler", valid_from=date(2026, 1, 1), **by)
    assert county.people["fine_clerk"].unit == loaded["财务股"]
    wanted = {"object_text": "白鹿河二号砂场", "place": "白鹿镇河东村", "purpose": "日常巡查"}

    def through_both_doors(who: str) -> tuple[Any, Any]:
        colleague = county.people["second_officer"]
        form = {**wanted, "others": [colleague.pk]}
        officers = [subject_key(county.people[who]), subject_key(colleague)]
        return (
            signed_in(county, who).post("/inspections/new/", form),
            program(county, who)("inspections.open_check", officers=officers, **wanted),
        )

    page, answer = through_both_doors("fine_clerk")
    assert page.status_code == 422 and answer.status_code == 422 and not OnSiteCheck.objects.exists()
    shown = page.content.decode()
    assert "本单位无行政执法权，请移交线索（财务股）" in shown and 'href="/leads/new/"' in shown
    assert reasons(answer) == ["本单位无行政执法权，请移交线索（财务股）"]
    assert answer.json()["refusals"][0]["remedy"] == "leads.register_lead"
    clerk = signed_in(county, "fine_clerk")
    lead = {"source": "department", "title": "疑似采砂", "content": "对账时发现", "place": "白鹿河", "received_at": "2026-11-20T08:30"}
    assert clerk.get("/leads/new/").status_code == 200 and clerk.post("/leads/new/", lead).status_code == 302

    page, answer = through_both_doors("soil_officer")
    assert page.status_code == 302 and answer.status_code == 200, answer.content.decode()
    assert set(OnSiteCheck.objects.values_list("unit__name", flat=True)) == {"水土保持股"}


@pytest.mark.requirement("ORG-04")
def test_after_the_last_day_of_its_authority_a_subject_decides_nothing_and_entrusted_bodies_print_the_entrusting_organ(
    county, move_clock
) -> None:
    played = make_case(county, at="reviewed")
    foreign = draft_paper(played.now(), key="penalty_decision", party=played.party, **played.by("officer"))
    fields = {**foreign.fields, "organ_name": "泽川县自然资源局"}
    documents.revise_document(
        foreign, fields=fields, substance_digest=foreign.substance_digest, **played.by("officer")
    )
    answer = program(county, "head")("cases.decide_penalty", subject_key(played.party), document=subject_key(foreign))
    assert answer.status_code == 422 and "执法主体不适格：泽川县自然资源局" in "".join(reasons(answer)), reasons(answer)

    services.end_subject(county.subject, valid_until=played.today, reason="机构改革", **played.by("administrator"))
    played.wait(1)
    answer = program(county, "head")("cases.decide_penalty", subject_key(played.party), opinion="同意")
    assert answer.status_code == 422 and reasons(answer)[0].startswith("执法主体不适格")
    with pytest.raises(Refused, match=r"org\.subject_unfit"):
        cases.decide_penalty(played.party, opinion="同意", **played.by("head"))

    entrusting = county.city_bureau.subjects.first() or services.register_subject(
        county.city_bureau, actor=SYSTEM, moment=MOMENT, kind="statutory", basis="三定规定", valid_from=date(2020, 1, 1)
    )
    services.register_subject(
        county.agency, kind="entrusted", basis="委托书第1号", entrusted_by=entrusting, valid_from=played.today,
        **played.by("administrator"),
    )
    entrusted = make_case(county, at="decided", moment=played.moment)
    paper = Document.objects.get(key="penalty_decision", subject=f"cases.case:{entrusted.case.pk}")
    text = pdf_text(paper.pdf.read())
    assert county.city_bureau.name in text and "泽川县水利局" not in text
    assert SealUse.objects.get(document=paper).seal == county.city_bureau.name


@pytest.mark.requirement("ORG-07")
def test_a_local_and_a_filed_certificate_count_one_of_another_province_does_not_and_an_expired_one_signs_nothing(
    county, move_clock
) -> None:
    clock.move_to(FRIDAY)
    nation, province = Territory.objects.get(code="000000"), Territory.objects.get(code="990000")
    other = services.register_territory(
        nation, actor=SYSTEM, moment=MOMENT, code="980000", name="别省", level="province"
    )
    paper = make_case(county, at="notified")
    clock.move_to(FRIDAY)
    colleague = county.people["deputy_head"]
    officer = program(county, "officer")
    number = iter(range(9))

    def inquiry(*people: Any, hour: int) -> Any:
        return officer("records.record_proceedings", subject_key(paper.case), written=written(county, people, hour=hour))

    def holding(issued_in: Territory, filed_with: Territory | None = None) -> None:
        services.issue_certificate(
            colleague, actor=county.administrator, moment=MOMENT, number=f"证{next(number)}", issuing_authority="某机关",
            issued_in=issued_in, filed_with=filed_with, region=county.agency.territory, valid_from=date(2026, 1, 1),
            valid_until=date(2027, 1, 10),
        )  # fmt: skip

    mine = county.people["officer"]
    holding(other)
    assert "执法证件无效" in reasons(inquiry(mine, colleague, hour=8))[0]
    holding(nation)
    assert "未在本地备案" in reasons(inquiry(mine, colleague, hour=8))[0]
    holding(nation, filed_with=province)
    assert inquiry(mine, colleague, hour=8).status_code == 200
    assert inquiry(mine, county.people["second_officer"], hour=10).status_code == 200  # issued by the province

    alert_expiring_certificates(now=FRIDAY)
    alert_expiring_certificates(now=FRIDAY + timedelta(hours=1))
    deliver_due(FRIDAY + timedelta(hours=2))
    told = Notification.objects.filter(text__contains="（证2）2027-01-10到期", text__startswith=colleague.name)
    assert told.filter(person_id=colleague.pk).count() == 1  # 51 days are left: the alert of 60 days, for the one that counts
    assert told.filter(person_id=county.people["unit_head"].pk).count() == 1

    notice = draft_paper(paper.now(), key="penalty_notice", party=paper.party, actor=county.officer, moment=FRIDAY)
    sign = {"role": "执法人员", "name": colleague.name}
    assert officer("documents.record_signature", subject_key(notice), **sign).status_code == 200
    EnforcementCertificate.objects.filter(person=colleague).update(valid_until=date(2026, 11, 19))
    refused = officer("documents.record_signature", subject_key(notice), **sign)
    assert refused.status_code == 422 and "执法证件无效" in reasons(refused)[0] and "已过期" in reasons(refused)[0]
    assert Signature.objects.filter(document=notice).count() == 1
    form = {**sign, "manner": "hand", "moment": "2026-11-20T08:30"}
    page = signed_in(county, "officer").post(f"/documents/{notice.pk}/sign/", form)
    assert page.status_code == 422 and "执法证件无效" in page.content.decode()


def written(county: Any, people: Any, *, hour: int, day: date = date(2026, 11, 20)) -> dict[str, Any]:
    """An inquiry record as a program sends it."""
    begin = clock.legal_moment(day, hour).astimezone(UTC)
    return {
        "kind": "interview_record", "place": "龙尾乡政府", "started_at": begin.isoformat(),
        "ended_at": (begin + timedelta(minutes=40)).isoformat(), "examined_name": "张某", "certificates_shown": True,
        "officers": [[subject_key(p), role] for p, role in zip(people, ("asks", "writes"), strict=False)],
        "rights_told": True, "officers_signed": True, "text": "问：何时开始采砂？答：十月。", "pages": 2,
    }  # fmt: skip


@pytest.mark.requirement("ORG-08")
def test_an_inquiry_record_needs_two_valid_certificates_and_is_judged_by_the_moment_of_the_act_not_of_its_entry(
    county, move_clock
) -> None:
    case = make_case(county, at="filed").case
    clock.move_to(clock.legal_moment(date(2026, 11, 20), 18))
    pair = (county.people["officer"], county.people["second_officer"])
    EnforcementCertificate.objects.filter(person=pair[1]).update(valid_until=date(2026, 11, 19))
    call = program(county, "officer")

    def submit(*people: Any, day: int = 20, hour: int = 9, **more: Any) -> Any:
        content = written(county, people, hour=hour, day=date(2026, 11, day))
        return call("records.record_proceedings", subject_key(case), written=content, **more)

    assert reasons(submit(pair[0]))[0].startswith("执法人员少于两名")
    refused = submit(*pair)
    assert refused.status_code == 422
    assert reasons(refused) == ["执法证件无效：沈砚秋，证号99012100002，已过期（按2026-11-20判断）"]
    assert refused.json()["refusals"][0]["basis"] == ["行政处罚法第四十二条第一款"]
    assert not RecordOfProceedings.objects.exists()
    assert RefusedAttempt.objects.filter(action="records.record_proceedings", door="api").exists()

    # Written by hand for an earlier hour of today: the server's day decides, whatever hour the paper bears.
    assert submit(*pair, hour=1).status_code == 422
    # A record of yesterday, when both certificates held, is taken; when it was entered stays beside it.
    kept = submit(*pair, day=19)
    assert kept.status_code == 200, kept.content.decode()
    record = RecordOfProceedings.objects.get()
    assert clock.legal_date(record.started_at) == date(2026, 11, 19) and clock.legal_date(record.entered_at) == date(2026, 11, 20)
    assert [o.certificate_no for o in record.officers.order_by("pk")] == ["99012100001", "99012100002"]
    # And the other way round: a certificate that holds today does not heal a record of a day before it was issued.
    EnforcementCertificate.objects.filter(person=pair[1]).update(valid_from=date(2026, 11, 20), valid_until=date(2027, 11, 19))
    assert "按2026-11-18判断" in reasons(submit(*pair, day=18))[0]

    # A device without network sends later what it recorded: judged by the moment that it recorded, not by its arrival.
    recorded = clock.legal_moment(date(2026, 11, 17), 9)
    EnforcementCertificate.objects.filter(person=pair[1]).update(valid_from=date(2026, 1, 1), valid_until=date(2026, 11, 17))
    offline = submit(*pair, day=17, hour=8, happened_at=recorded)
    assert offline.status_code == 200, offline.content.decode()
    assert submit(*pair, day=18, hour=8, happened_at=recorded + timedelta(days=1)).status_code == 422


def refused_for_sewage(county: Any, played: Played, act: str, who: str, target: Any, **arguments: Any) -> Any:
    sewage = EnforcementItem.objects.filter(department="ecology").first()
    Case.objects.filter(pk=played.case.pk).update(violation=sewage.code)
    answer = program(county, who)(act, subject_key(target), **arguments)
    assert answer.status_code == 422
    (refusal,) = answer.json()["refusals"]
    assert refusal["reason"].startswith("法无授权：事项不符") and "生态环境主管部门" in refusal["reason"]
    assert RefusedAttempt.objects.filter(action=act, door="api").count() == 1
    return refusal


@pytest.mark.requirement("POW-08")
def test_a_water_authority_that_would_fine_for_sewage_is_refused_over_the_api_with_a_prefilled_transfer(
    county, move_clock
) -> None:
    played = make_case(county, at="reviewed")
    before = played.case.journal.count()
    refusal = refused_for_sewage(county, played, "cases.decide_penalty", "head", played.party, opinion="同意")
    assert played.case.journal.count() == before and not played.party.decision_no
    early = make_case(county, at="requested")
    assert refused_for_sewage(county, early, "cases.request_filing", "officer", early.now()) == refusal

    assert refusal["remedy"] == "leads.propose_disposal"
    prefilled = refusal["remedy_values"]
    assert prefilled["disposal"] == "transferred" and prefilled["target_text"] == "生态环境主管部门" and prefilled["reason"]
    officer = signed_in(county, "officer")
    page = signed_in(county, "head").post(f"/cases/{early.case.pk}/acts/file_case/", {"opinion": "同意立案"})
    shown = html.unescape(page.content.decode())
    (address,) = re.findall(r'href="(/leads/transfer/[^"]*)"', shown)
    assert page.status_code == 422 and "移送有管辖权的机关" in shown
    form = officer.get(address).content.decode()
    assert 'value="生态环境主管部门"' in form and html.escape(prefilled["reason"]) in form

    lead = verified_lead(county)
    sent = {"lead": lead.number, "target_text": prefilled["target_text"], "reason": prefilled["reason"]}
    assert officer.post("/leads/transfer/", sent).url == lead.get_absolute_url()
    proposal = DisposalProposal.objects.get(lead=lead)
    assert (proposal.disposal, proposal.target_text) == ("transferred", "生态环境主管部门")


def verified_lead(county: Any) -> Lead:
    """A lead on the same thing, verified by the officer."""
    now = clock.now()
    lead = register_lead(
        None, actor=county.registrar, moment=now, source="patrol", title="河边排污口", content="污水直排", place="河东村"
    )
    assign_lead(
        lead, actor=county.unit_head, moment=now, officers=[county.people["officer"], county.people["second_officer"]]
    )
    verify_lead(lead, actor=county.officer, moment=now, finding="现场查看", answers=dict.fromkeys(conditions(), False))
    return lead
