"""Entering a record of proceedings: two officers, certificates, rights, signatures, and nobody in two places at once."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from dayu.core.actors import SYSTEM
from dayu.core.refused import Refused
from dayu.core.territories import Territory
from dayu.org import services as org
from dayu.records import services
from dayu.records.models import RecordOfProceedings, TimelineEvent
from dayu.records.tests.conftest import CASE, NOON, a_file, written

TEN = datetime(2026, 11, 17, 2, 0, tzinfo=UTC)


def enter(county, *, subject=CASE, actor=None, moment=NOON, explanation="", **more):
    return services.record_proceedings(
        subject, actor=actor or county.officer, moment=moment, written=written(county, **more), explanation=explanation
    )


def rules(refused):
    return [r.rule for r in refused.value.refusals]


def test_a_sound_record_is_kept_with_officers_and_their_certificates(county):
    record = enter(county, files=[a_file("扫描件", name="笔录.pdf")])
    assert [(o.person.name, o.certificate_no) for o in record.officers.all()] == [
        ("陆河清", "99012100001"),
        ("沈砚秋", "99012100002"),
    ]
    assert record.defects == [] and record.files.get().name == "笔录.pdf"
    assert TimelineEvent.objects.get().ended_at == record.ended_at


def test_one_officer_alone_is_refused(county):
    with pytest.raises(Refused) as refused:
        enter(county, officers=[(county.people["officer"], "asks")])
    assert rules(refused) == ["org.too_few_officers"]


def test_an_expired_certificate_is_judged_by_the_day_of_the_act(county):
    with pytest.raises(Refused) as refused:
        enter(
            county,
            started_at=datetime(2013, 5, 6, 2, 0, tzinfo=UTC),
            ended_at=datetime(2013, 5, 6, 3, 0, tzinfo=UTC),
        )
    assert set(rules(refused)) == {"org.certificate_invalid"}


def upload(county, client, who, *, subject, place, asks, writes, examined="张某"):
    """A signed record of an inquiry from ten to eleven, put in on the page with its scan."""
    client.force_login(county.people[who].account)
    return client.post(f"/records/proceedings/new/?subject={subject}", {
        "kind": "interview_record", "place": place, "started_at": "2026-11-17T10:00", "ended_at": "2026-11-17T11:00",
        "asks": county.people[asks].pk, "writes": county.people[writes].pk, "examined_name": examined,
        "certificates_shown": "on", "rights_told": "on", "officers_signed": "on", "pages": "2", "corrections": "0",
        "signature": "signed", "text": "问答", "files": SimpleUploadedFile("笔录.jpg", b"scan of the signed pages"),
    })  # fmt: skip


@pytest.mark.requirement("CAS-08")
def test_two_inquiries_at_the_same_hour_in_two_towns_with_the_same_officer_are_found_also_across_units(
    county, client, move_clock
):
    move_clock(NOON)
    towns = {"subject": CASE, "place": "龙尾乡政府"}, {"subject": "cases.case:2", "place": "青石镇政府", "examined": "李某"}
    first = upload(county, client, "officer", asks="officer", writes="second_officer", **towns[0])
    assert first.status_code == 302 and RecordOfProceedings.objects.get().files.get().name == "笔录.jpg"
    for who, other in (("officer", "third_officer"), ("soil_officer", "soil_officer")):  # the second is of another unit
        assert (county.people[who].unit_id == county.people["officer"].unit_id) == (who == "officer")
        answer = upload(county, client, who, asks="officer", writes=other, **towns[1])
        shown = answer.content.decode()
        assert answer.status_code == 422 and "执法人员时间冲突" in shown and "泽川县水利局" in shown
    assert RecordOfProceedings.objects.count() == 1
    lent = county.people["stranger"]  # an officer of the neighbour county, lent for one day
    org.issue_certificate(
        lent,
        actor=SYSTEM,
        moment=NOON,
        number="99012200001",
        issuing_authority="沧宁省人民政府",
        issued_in=Territory(code="990000"),
        region=Territory(code="990122"),
        valid_from=datetime(2014, 1, 1, tzinfo=UTC).date(),
        valid_until=datetime(2029, 12, 31, tzinfo=UTC).date(),
    )
    with pytest.raises(Refused) as refused:
        enter(
            county,
            actor=county.stranger,
            subject="cases.case:9",
            place="云泽县柳林镇",
            officers=[(lent, "asks"), (county.people["officer"], "writes")],
        )
    assert "records.officer_time_conflict" in rules(refused)


def test_records_that_only_touch_do_not_conflict(county):
    first = enter(county)
    second = enter(
        county, subject="cases.case:2", started_at=first.ended_at, ended_at=first.ended_at + timedelta(hours=1)
    )
    assert second.defects == []


def test_what_did_happen_is_accepted_with_an_explanation_and_the_defect_stays(county):
    enter(county)
    record = enter(county, subject="cases.case:2", explanation="第二份笔录由骆知水实际询问，署名有误，已说明")
    assert {d["rule"] for d in record.defects} == {"records.officer_time_conflict"}
    assert record.explanation and TimelineEvent.objects.filter(subject="cases.case:2").get().note


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"certificates_shown": False}, "records.certificates_not_shown"),
        ({"rights_told": False}, "records.rights_not_told"),
        ({"officers_signed": False}, "records.officers_not_signed"),
        ({"corrections": 2}, "records.corrections_not_signed"),
        ({"signature": "refused"}, "records.refusal_not_noted"),
        ({"is_minor": True}, "records.guardian_missing"),
        ({"interpreter_name": "巴某"}, "records.interpreter_not_signed"),
    ],
)
def test_each_defect_has_its_own_message(county, change, rule):
    with pytest.raises(Refused) as refused:
        enter(county, **change)
    assert rules(refused) == [rule]
    assert enter(county, explanation="已补正", **change).defects[0]["rule"] == rule


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"ended_at": TEN}, "records.ends_before_it_begins"),
        ({"ended_at": NOON + timedelta(days=2)}, "records.time_to_come"),
        ({"kind": "diary"}, "records.unknown_record_kind"),
        ({"signature": "maybe"}, "records.unknown_signature"),
        ({"examined_name": " "}, "records.interviewee_missing"),
        ({"officers": []}, "records.no_officers"),
    ],
)
def test_what_cannot_be_is_refused_whatever_the_explanation(county, change, rule):
    with pytest.raises(Refused) as refused:
        enter(county, explanation="说明", **change)
    assert rules(refused) == [rule]


def test_a_refused_signature_with_a_witness_is_sound(county):
    assert enter(county, signature="refused", witness_name="村委会王某").defects == []


def test_a_scene_record_needs_no_rights_notice(county):
    assert enter(county, kind="scene_examination", rights_told=False, examined_name="").defects == []


def test_somebody_who_is_no_officer_is_refused(county):
    with pytest.raises(Refused) as refused:
        enter(county, actor=county.reviewer)
    assert rules(refused) == ["core.not_permitted"]
    assert not RecordOfProceedings.objects.exists()


def test_a_supplement_needs_words_and_reason_and_leaves_the_record(county):
    record = enter(county)
    with pytest.raises(Refused):
        services.supplement_proceedings(record, actor=county.officer, moment=NOON, text="更正", reason="")
    services.supplement_proceedings(record, actor=county.officer, moment=NOON, text="地点应为龙尾村", reason="笔误")
    record.refresh_from_db()
    assert record.place == "龙尾乡政府" and record.supplements.get().text == "地点应为龙尾村"
    with pytest.raises(Refused):
        services.supplement_proceedings(record, actor=county.stranger, moment=NOON, text="x", reason="y")
