"""Actions called by programs: the same refusals as on the page, every problem named, nothing told about hidden records."""

import json
from datetime import UTC, datetime, timedelta
from typing import get_type_hints

import pytest
from tests.cast import MOMENT

from dayu.core import clock
from dayu.core.actions import registered_actions
from dayu.core.audit import AuditEntry, RefusedAttempt, subject_key
from dayu.core.refused import Refused
from dayu.leads.public import follow_tip
from dayu.org import services as org
from dayu.org.models import OrgUnit


def rules(answer):
    return [r["rule"] for r in answer.json()["refusals"]]


def test_the_api_refuses_with_the_words_of_the_page(county, program, client):
    agency = county.agency
    with pytest.raises(Refused) as direct:
        org.add_unit(agency, actor=county.administrator, moment=MOMENT, name="水资源股", has_enforcement_power=True)
    answer = program("administrator").act(
        "org.add_unit", subject_key(agency), name="水资源股", has_enforcement_power=True
    )
    assert answer.status_code == 422
    assert answer.json()["refusals"] == [r.as_json("zh") for r in direct.value.refusals]
    client.force_login(county.people["administrator"].account)
    page = client.post(f"/org/agencies/{agency.pk}/add-unit/", {"name": "水资源股", "has_enforcement_power": "on"})
    assert page.status_code == 422 and answer.json()["refusals"][0]["reason"] in page.content.decode()


def test_somebody_without_the_post_is_refused_and_the_attempt_is_kept(county, program):
    answer = program("officer").act("org.add_unit", subject_key(county.agency), name="水资源股")
    assert answer.status_code == 422 and rules(answer) == ["core.not_permitted"]
    attempt = RefusedAttempt.objects.get()
    assert (attempt.action, attempt.door, attempt.account_id) == ("org.add_unit", "api", county.officer.account_id)


def test_a_stranger_is_sent_to_sign_in(county, program):
    answer = program().act("org.add_unit", subject_key(county.agency), name="水资源股")
    assert answer.status_code == 422 and rules(answer) == ["core.sign_in_first"]
    assert not OrgUnit.objects.filter(name="水资源股").exists()


def test_unknown_and_missing_arguments_are_named_all_at_once(county, program):
    answer = program("administrator").act("org.add_unit", subject_key(county.agency), nmae="水资源股", colour="blue")
    found = answer.json()["refusals"]
    assert answer.status_code == 422
    assert [(r["rule"], r["reason"]) for r in found] == [
        ("api.argument_unknown", "没有参数 nmae"),
        ("api.argument_unknown", "没有参数 colour"),
        ("api.argument_missing", "缺少参数 name"),
    ]
    assert set(found[0]) == {"rule", "reason", "fix", "basis", "remedy"}


@pytest.mark.parametrize("name", ["actor", "moment", "idempotency_key", "seen_version"])
def test_the_machinery_cannot_be_passed_as_an_argument(county, program, name):
    body = {"target": subject_key(county.agency), "arguments": {"name": "甲股", name: "x"}}
    answer = program("administrator").post("/api/actions/org.add_unit", body)
    assert answer.status_code == 422 and rules(answer) == ["api.argument_unknown"]


def test_types_are_read_strictly(county, program):
    answer = program("administrator").act(
        "org.issue_certificate", subject_key(county.people["officer"]), number=7, issuing_authority="沧宁省司法厅",
        issued_in="core.territory:990000", region="core.territory:990121", valid_from="2026-02-30",
        valid_until="20261120", matters="水",
    )  # fmt: skip
    assert answer.status_code == 422
    assert sorted(rules(answer)) == ["api.not_a_date", "api.not_a_date", "api.not_a_list", "api.not_a_text"]


def test_records_come_as_keys_and_dates_as_dates(county, program):
    answer = program("administrator").act(
        "org.issue_certificate", subject_key(county.people["registrar"]), number="沧9901210099",
        issuing_authority="沧宁省司法厅", issued_in="core.territory:990000", region="core.territory:990121",
        valid_from="2026-01-01", valid_until="2030-12-31", matters=["water"],
    )  # fmt: skip
    assert answer.status_code == 200, answer.content.decode()
    certificate = county.people["registrar"].certificates.get(number="沧9901210099")
    assert certificate.valid_until.isoformat() == "2030-12-31" and certificate.region_id == "990121"


def test_a_hidden_target_and_a_missing_one_answer_alike(county, program):
    drafted = program("officer").act("documents.draft_document", key="correction_order", subject="demo:1", fields={})
    caller = program("administrator")
    hidden = caller.act("documents.void_document", drafted.json()["subject"], reason="看不到")
    missing = caller.act("documents.void_document", "documents.document:99999999", reason="看不到")
    assert hidden.status_code == missing.status_code == 404
    assert hidden.json() == missing.json()


def test_another_kind_of_record_is_no_target(county, program):
    answer = program("administrator").act("org.add_unit", subject_key(county.people["officer"]), name="甲股")
    assert answer.status_code == 404


def test_a_text_that_names_a_hidden_record_is_refused(county, program):
    answer = program("officer").act(
        "documents.draft_document", key="correction_order", subject="documents.document:99999999", fields={}
    )
    assert answer.status_code == 422 and rules(answer) == ["api.no_such_record"]


def test_an_unknown_action_and_one_of_the_system_do_not_exist(county, program):
    caller = program("administrator")
    assert caller.act("org.nothing").status_code == 404
    assert caller.act("work.send_reminders").status_code == 404
    assert "work.send_reminders" in registered_actions()


def test_the_same_key_answers_the_first_result(county, program):
    caller = program("administrator")
    body = {"target": subject_key(county.agency), "arguments": {"name": "水资源股"}, "idempotency_key": "k-1"}
    first, second = caller.post("/api/actions/org.add_unit", body), caller.post("/api/actions/org.add_unit", body)
    assert first.status_code == second.status_code == 200
    assert first.json()["subject"] == second.json()["subject"]
    assert OrgUnit.objects.filter(name="水资源股").count() == 1


def test_a_newer_version_answers_409_and_changes_nothing(county, program):
    caller = program("administrator")
    unit = next(iter(county.units.values()))
    key = subject_key(unit)
    version = caller.get(f"/api/subjects/{key}").json()["version"]
    change = {"target": key, "arguments": {"name": "甲股", "has_enforcement_power": False}, "seen_version": version}
    assert caller.post("/api/actions/org.change_unit", change).status_code == 200
    again = caller.post(
        "/api/actions/org.change_unit", {**change, "arguments": {"name": "乙股", "has_enforcement_power": False}}
    )
    assert again.status_code == 409
    assert again.json()["conflict"] == {"subject": key, "seen": version, "present": version + 1}
    unit.refresh_from_db()
    assert unit.name == "甲股"


def test_only_recording_acts_say_when_they_happened(county, program):
    caller = program("administrator")
    earlier = (clock.now() - timedelta(days=3)).isoformat()
    assert rules(caller.post("/api/actions/org.close_agency", {
        "target": subject_key(county.agency), "arguments": {"valid_until": "2026-12-31"}, "happened_at": earlier,
    })) == ["api.happens_now"]  # fmt: skip
    body = {
        "target": subject_key(county.people["officer"]),
        "arguments": {"kind": "other", "valid_from": "2026-01-01"},
        "happened_at": earlier,
    }
    answer = caller.post("/api/actions/org.record_qualification", body)
    assert answer.status_code == 200, answer.content.decode()
    entry = AuditEntry.objects.get(action="org.record_qualification", subject=answer.json()["subject"])
    assert entry.happened_at == datetime.fromisoformat(earlier) and entry.entered_at > entry.happened_at
    future = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    assert rules(caller.post("/api/actions/org.record_qualification", {**body, "happened_at": future})) == [
        "api.not_yet_happened"
    ]


@pytest.mark.parametrize("body", ["", "[]", "{", '{"arguments": NaN}', '{"arguments": {"x": 1e999}}', "[" * 100_000])
def test_what_is_no_json_object_is_refused_in_the_same_shape(county, program, body):
    answer = program("administrator").post("/api/actions/org.add_unit", body)
    assert answer.status_code == 422
    assert rules(answer)[0] in {"api.not_json", "api.target_missing"}


@pytest.mark.parametrize("text", ["\x00", "\ud800"])
def test_characters_that_no_database_keeps_are_refused(county, program, text):
    answer = program("administrator").act("org.add_unit", subject_key(county.agency), name=f"甲{text}股")
    assert answer.status_code == 422 and rules(answer) == ["api.unusable_characters"]


def test_the_session_of_a_page_works_with_the_csrf_token_only(county):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(county.people["administrator"].account)
    content = json.dumps({"target": subject_key(county.agency), "arguments": {"name": "水资源股"}})
    answer = client.post("/api/actions/org.add_unit", content, content_type="application/json")
    assert answer.status_code == 403 and rules(answer) == ["api.csrf_token_missing"]
    client.get("/org/")
    client.get("/api/tokens/")
    token = client.cookies["csrftoken"].value
    answer = client.post(
        "/api/actions/org.add_unit", content, content_type="application/json", headers={"X-CSRFToken": token}
    )
    assert answer.status_code == 200, answer.content.decode()


def test_a_document_is_drafted_and_read_back_by_key(county, program):
    caller = program("officer")
    answer = caller.act(
        "documents.draft_document",
        key="correction_order",
        subject="demo:1",
        fields={"party_name": "泽川某砂石有限公司"},
    )
    assert answer.status_code == 200, answer.content.decode()
    found = caller.get(f"/api/subjects/{answer.json()['subject']}").json()
    assert found["subject"] == answer.json()["subject"] and found["kind"] == "文书" and found["version"] == 1
    assert program().get(f"/api/subjects/{found['subject']}").status_code == 401


def test_a_person_without_the_right_reads_nothing_by_key(county, program):
    officer = program("officer")
    drafted = officer.act("documents.draft_document", key="correction_order", subject="demo:1", fields={}).json()
    answer = program("administrator").get(f"/api/subjects/{drafted['subject']}")
    assert answer.status_code == 404
    assert answer.json() == officer.get("/api/subjects/documents.document:424242").json()


@pytest.mark.parametrize("key", ["core.storedfile:1", "core.account:1", "nothing", "x.y:1", "org.agency:1 or 1=1"])
def test_kinds_that_say_nothing_about_visibility_cannot_be_read(county, program, key):
    assert program("administrator").get(f"/api/subjects/{key}").status_code == 404


def test_only_files_that_the_account_brought_may_be_named(county, program):
    from django.core.files.uploadedfile import SimpleUploadedFile

    mine, other = program("officer"), program("second_officer")
    answer = mine.client.post(
        "/api/files", {"upload": SimpleUploadedFile("照片.jpg", b"jpeg bytes", "image/jpeg")}, headers=mine.headers
    )
    assert answer.status_code == 200, answer.content.decode()
    file = answer.json()["file"]
    drafted = mine.act("documents.draft_document", key="correction_order", subject="demo:1", fields={}).json()
    refused = other.act("documents.attach_file", drafted["subject"], stored=file, name="照片")
    assert refused.status_code == 422 and rules(refused) == ["api.no_such_record"]
    assert mine.act("documents.attach_file", drafted["subject"], stored=file, name="照片").status_code == 200


def test_every_caller_has_a_limit_a_minute(county, program, settings):
    settings.DAYU_API_PER_MINUTE = 3
    caller = program("officer")
    assert [caller.get("/api/me").status_code for _ in range(4)] == [200, 200, 200, 429]
    answer = caller.get("/api/me")
    assert rules(answer) == ["api.too_many_requests"] and 0 < int(answer["Retry-After"]) <= 60
    assert program("registrar").get("/api/me").status_code == 200


def test_the_list_names_every_action_with_its_schema(county, program):
    rows = {r["action"]: r for r in program("officer").get("/api/actions").json()}
    unit = rows["org.add_unit"]
    assert unit["label"] and unit["target"]["pattern"].startswith("^org") and unit["arguments"]["required"] == ["name"]
    assert unit["arguments"]["properties"]["valid_from"]["anyOf"][0] == {"type": "string", "format": "date"}
    offered = {k for k, a in registered_actions().items() if a.doors & {"office", "public"}}
    for key in offered - set(rows):  # what wants an open file stays on the pages
        hints = get_type_hints(registered_actions()[key].function).values()
        assert any("File" in str(h) or "bytes" in str(h) or "IO" in str(h) for h in hints), key
    assert {r["action"].split(".")[0] for r in program("officer").get("/api/actions?domain=org").json()} == {"org"}


def test_strangers_see_public_actions_only(county, program):
    assert all("public" in r["doors"] for r in program().get("/api/actions").json())


def test_any_other_address_answers_404_as_json(county, program):
    for path in ("/api/nothing", "/api/actions/", "/api/subjects/"):
        answer = program().get(path)
        assert answer.status_code == 404 and rules(answer) == ["api.not_found"]


def test_the_pages_for_people_work_without_a_script(county, client):
    page = client.get("/api/docs").content.decode()
    assert "org.add_unit" in page and "<script" not in page.split("</head>")[1].replace('<script src="/static/', "")
    one = client.get("/api/docs/org.add_unit/").content.decode()
    assert "has_enforcement_power" in one and "org.agency:1" in one
    assert client.get("/api/docs/org.nothing/").status_code == 404
    assert (
        client.get("/api/openapi.json").json()["paths"]["/api/actions/org.add_unit"]["post"]["summary"]
        == "设立内设机构"
    )


def tip(county, **more):
    return {
        "organ": subject_key(county.agency),
        "content": "两条船夜里在采砂",
        "place": "白鹿河",
        "sender": {"anonymous": True},
        **more,
    }


def test_a_stranger_sends_a_tip_and_hears_its_code(county, program):
    answer = program().act("leads.send_tip", **tip(county))
    assert answer.status_code == 200, answer.content.decode()
    assert follow_tip(answer.json()["result"]["code"]).place == "白鹿河"
    assert answer.json()["subject"] is None


def test_a_flood_of_tips_cannot_claim_to_come_from_elsewhere(county, program):
    caller = program()
    assert rules(caller.act("leads.send_tip", **tip(county, sent_from="10.1.2.3"))) == ["api.argument_unknown"]
    answers = [caller.act("leads.send_tip", **tip(county)) for _ in range(11)]
    assert [a.status_code for a in answers] == [200] * 10 + [422]


@pytest.mark.parametrize("name", ["river", "registered_by_id", "territory_id", "disposal"])
def test_a_stranger_fills_in_nothing_but_what_the_act_names(county, program, name):
    assert rules(program().act("leads.send_tip", **tip(county, **{name: "x"}))) == ["api.argument_unknown"]


def test_strangers_share_no_guessable_keys(county, program):
    body = {"arguments": tip(county), "idempotency_key": "1"}
    assert rules(program().post("/api/actions/leads.send_tip", body)) == ["api.key_too_short"]
