"""SEC-01: protected fields are read for a matter one handles; every reading is recorded; large lists need approval."""

import io
from datetime import timedelta

import pytest
from django.test import Client
from openpyxl import load_workbook
from tests.cast import PASSWORD

from dayu.core.access import AccessEntry
from dayu.core.actors import SYSTEM
from dayu.core.audit import AuditEntry, RefusedAttempt
from dayu.core.events import deliver_due
from dayu.core.refused import Refused
from dayu.core.search import find
from dayu.parties.models import PartyExport, PartyInvolvement
from dayu.parties.selectors import read_parties, read_party
from dayu.parties.services import (
    ask_for_export,
    disclose_party,
    end_involvements_of,
    grant_export,
    involve_party,
    name_officers,
    refuse_export,
    take_export,
)
from dayu.parties.tests.conftest import NOW, id_card, rules
from dayu.work.holders import person
from dayu.work.models import ApprovalRequest
from dayu.work.services import agree_to_request, open_task, refuse_request


@pytest.fixture
def neighbour(register):
    return register(name="李近邻", identifiers={"id_card": id_card()})


def involve(county, party, officers=()):
    return involve_party(
        party,
        "leads.lead:7",
        title="白鹿河采砂",
        url="/leads/7/",
        organ_id=county.agency.pk,
        officers=[a.person_id for a in officers],
        moment=NOW,
        matter_no="线索〔2026〕7号",
    )


def test_without_a_matter_everything_personal_is_covered(county, neighbour):
    fields = read_party(neighbour, actor=county.second_officer, now=NOW).fields
    assert fields.name == "李**"
    assert fields.identifiers == (("公民身份号码", "*" * 14 + id_card()[-4:]),)
    assert fields.phone == "139****5678"
    assert fields.address == "泽川县白鹿镇****"


def test_whoever_handles_the_matter_reads_and_the_matter_is_the_purpose(county, neighbour):
    involve(county, neighbour, [county.second_officer])
    reading = read_party(neighbour, actor=county.second_officer, now=NOW)
    assert reading.purpose == "线索〔2026〕7号"
    assert reading.fields.phone == "13912345678"
    assert read_party(neighbour, actor=county.third_officer, now=NOW).fields.covered


def test_an_open_task_on_the_matter_is_a_purpose_too(county, neighbour):
    involve(county, neighbour)
    assert read_party(neighbour, actor=county.reviewer, now=NOW).fields.covered
    open_task(
        "legal_review.review:1",
        "legal_review.review",
        title="审核",
        related="leads.lead:7",
        holder=person(county.reviewer.person_id),
        organ_id=county.agency.pk,
        url="/x/",
        moment=NOW,
    )
    assert not read_party(neighbour, actor=county.reviewer, now=NOW).fields.covered


def test_when_the_matter_ends_or_passes_to_others_so_does_the_purpose(county, neighbour):
    involve(county, neighbour, [county.second_officer])
    name_officers("leads.lead:7", [county.third_officer.person_id])
    assert read_party(neighbour, actor=county.second_officer, now=NOW).fields.covered
    assert not read_party(neighbour, actor=county.third_officer, now=NOW).fields.covered
    assert end_involvements_of("leads.lead:7", moment=NOW) == 1
    assert read_party(neighbour, actor=county.third_officer, now=NOW).fields.covered


def test_whoever_registered_a_party_reads_it_on_that_day_only(county, register):
    party = register(moment=NOW)
    assert not read_party(party, actor=county.officer, now=NOW).fields.covered
    assert read_party(party, actor=county.officer, now=NOW + timedelta(days=1)).fields.covered


def test_an_organisations_name_and_code_are_public_anyway(county, register):
    party = register(name="泽川县甲公司", kind="company")
    assert read_party(party, actor=county.second_officer, now=NOW).fields.name == "泽川县甲公司"


def test_a_list_costs_two_statements_whatever_its_length(county, register, django_assert_max_num_queries):
    parties = [register(name=f"张{n}", phone=str(n)) for n in range(12)]
    for party in parties:
        party.identifiers.all()
    with django_assert_max_num_queries(2 + len(parties)):
        read_parties(parties, actor=county.second_officer, now=NOW)


def test_the_search_finds_by_full_name_and_shows_a_covered_one(county, neighbour):
    (hit,) = find("李近邻", actor=county.second_officer)
    assert hit.title == "李**"
    assert find("李近邻", actor=county.stranger) == []


@pytest.fixture
def sign_in(county, move_clock):
    move_clock(NOW)

    def enter(username: str) -> Client:
        client = Client()
        assert client.login(username=username, password=PASSWORD)
        return client

    return enter


@pytest.mark.requirement("SEC-01")
def test_an_officer_with_no_task_searches_a_neighbour_masked_and_logged_and_a_large_export_asks_approval(
    county, neighbour, register, sign_in
):
    for number in range(500):
        register(name=f"某人{number}", phone="", address="")
    client = sign_in("second_officer")
    answer = client.get("/parties/", {"q": "李近邻"})
    page = answer.content.decode()
    assert "李**" in page and id_card() not in page and "13912345678" not in page
    entry = AccessEntry.objects.latest("id")
    assert entry.masked and entry.subjects == [f"parties.party:{neighbour.pk}"]
    assert entry.account_id == county.second_officer.account_id

    refused = client.post(f"/parties/{neighbour.pk}/disclose/")
    assert refused.status_code == 422 and "与执法目的无关，不予查询" in refused.content.decode()
    assert RefusedAttempt.objects.get().subject == f"parties.party:{neighbour.pk}"

    asked = client.post("/parties/export/?q=某人", {"reason": "年度信用评价"})
    export = PartyExport.objects.get()
    assert asked.url == f"/parties/exports/{export.pk}/" and (export.rows, export.needs_approval) == (500, True)
    assert client.post(f"/parties/exports/{export.pk}/file/").status_code == 422
    request = ApprovalRequest.objects.get(subject=f"parties.partyexport:{export.pk}")
    agree_to_request(request, actor=county.head, moment=NOW, digest=request.digest)
    deliver_due(NOW)

    answer = client.post(f"/parties/exports/{export.pk}/file/")
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    sheet = book.worksheets[0]
    assert county.second_officer.name in sheet["A1"].value and "共500行" in sheet["A1"].value
    assert county.second_officer.name in sheet.oddHeader.center.text
    assert sheet.max_row == 502
    export.refresh_from_db()
    assert export.taken_rows == 500
    assert AuditEntry.objects.get(action="parties.take_export").detail["digest"] == export.file_id


def test_a_small_list_needs_no_approval_and_stays_covered(county, neighbour):
    values = {"actor": county.second_officer, "moment": NOW}
    export = ask_for_export(None, filters={"q": "李近邻"}, reason="核对名单", **values)
    take_export(export, **values)
    sheet = load_workbook(io.BytesIO(export.file.read())).worksheets[0]
    assert sheet["B3"].value == "李**"


def test_an_export_says_what_for_and_is_taken_by_the_asker_alone(county, neighbour):
    with pytest.raises(Refused) as caught:
        ask_for_export(None, actor=county.second_officer, moment=NOW, filters={}, reason=" ")
    assert rules(caught) == ["parties.export_needs_purpose"]
    with pytest.raises(Refused) as caught:
        ask_for_export(None, actor=county.archivist, moment=NOW, filters={}, reason="x")
    assert rules(caught) == ["core.not_permitted"]
    export = ask_for_export(None, actor=county.second_officer, moment=NOW, filters={}, reason="核对")
    with pytest.raises(Refused) as caught:
        take_export(export, actor=county.officer, moment=NOW)
    assert rules(caught) == ["core.not_permitted"]


def test_a_refused_export_is_never_taken(county, neighbour, register, settings):
    for number in range(101):
        register(name=f"某人{number}")
    export = ask_for_export(None, actor=county.second_officer, moment=NOW, filters={}, reason="核对")
    request = ApprovalRequest.objects.get()
    refuse_request(request, actor=county.head, moment=NOW, words="用途不明")
    deliver_due(NOW)
    export.refresh_from_db()
    with pytest.raises(Refused) as caught:
        take_export(export, actor=county.second_officer, moment=NOW)
    assert rules(caught) == ["parties.export_refused"]


def test_only_the_system_opens_or_closes_an_export(county, neighbour):
    export = ask_for_export(None, actor=county.second_officer, moment=NOW, filters={}, reason="核对")
    for act in (grant_export, refuse_export):
        with pytest.raises(Refused) as caught:
            act(export, actor=county.head, moment=NOW)
        assert rules(caught) == ["core.not_permitted"]
    assert grant_export(export, actor=SYSTEM, moment=NOW).granted_at == NOW


def test_disclosing_for_a_matter_names_it_in_the_audit_trail(county, neighbour):
    involve(county, neighbour, [county.second_officer])
    disclose_party(neighbour, actor=county.second_officer, moment=NOW)
    assert AuditEntry.objects.get(action="parties.disclose_party").detail == {"purpose": "线索〔2026〕7号"}
    assert PartyInvolvement.objects.count() == 1
    with pytest.raises(Refused) as caught:
        disclose_party(neighbour, actor=county.stranger, moment=NOW)
    assert rules(caught) == ["core.not_permitted"]
