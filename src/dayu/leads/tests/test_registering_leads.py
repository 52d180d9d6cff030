"""Registering, amending, material, notes, links, import: works, refused to the wrong person, refused at the wrong time."""

from datetime import timedelta

import pytest

from dayu.core.actors import STRANGER, Actor
from dayu.core.audit import AuditEntry
from dayu.core.events import EventRow
from dayu.core.files import store_bytes
from dayu.core.records import AppendOnlyError
from dayu.core.refused import Refused
from dayu.core.search import find
from dayu.leads.models import Informant, Lead, LeadLink, LeadSource
from dayu.leads.selectors import links_of
from dayu.leads.services import add_material, add_note, amend_lead, decide_link, import_leads
from dayu.leads.services.registering import GivenMaterial, Sender
from dayu.leads.tests.conftest import NOW, rules
from dayu.work.models import Task

LAT, LON = 34.5, 112.5
NORTH_200_M = 0.0017  # a little less than 200 m
NORTH_300_M = 0.0027


def test_leads_of_all_sources_share_one_gap_free_series(register):
    numbers = [register(source=s).number for s in LeadSource.values if s != LeadSource.PUBLIC]
    assert numbers == [f"泽水线索〔2026〕{n}号" for n in range(1, len(numbers) + 1)]


def test_a_registered_lead_waits_on_the_head_of_the_unit_and_is_found(county, register):
    lead = register()
    task = Task.objects.open().get()
    assert (task.act, task.holder_post) == ("leads.assign_lead", "unit_head")
    assert [e.object_id for e in find("倾倒渣土", actor=county.officer)] == [str(lead.pk)]
    assert find("倾倒渣土", actor=county.stranger) == []
    assert EventRow.objects.get(name="leads.LeadRegistered").content["source"] == "hotline_12345"
    assert AuditEntry.objects.get(action="leads.register_lead").subject == f"leads.lead:{lead.pk}"


def test_who_sent_it_stands_apart_from_the_lead_and_outside_the_audit_trail(register):
    lead = register(sender=Sender("刘知情", "13700000000", keep_secret=True))
    informant = Informant.objects.get(lead=lead)
    assert (informant.name, informant.keep_secret) == ("刘知情", True)
    assert len(str(informant.pk)) == 36
    assert "刘知情" not in str(list(AuditEntry.objects.values_list("detail", flat=True)))


def test_an_anonymous_sender_leaves_no_name(register):
    lead = register(sender=Sender("刘知情", "13700000000", anonymous=True))
    assert (lead.informant.name, lead.informant.phone) == ("", "")


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"source": "rumour"}, "leads.unknown_source"),
        ({"source": "public"}, "leads.unknown_source"),
        ({"title": " "}, "leads.words_needed"),
        ({"received_at": NOW + timedelta(hours=1)}, "leads.time_to_come"),
        ({"happened_at": NOW + timedelta(hours=1)}, "leads.time_to_come"),
        ({"latitude": LAT}, "leads.half_a_place"),
    ],
)
def test_what_cannot_be_right_is_refused(register, changed, rule):
    with pytest.raises(Refused) as caught:
        register(**changed)
    assert rules(caught) == [rule]
    assert Lead.objects.count() == 0


def test_others_do_not_register(county, register):
    for actor, rule in (
        (STRANGER, "core.sign_in_first"),
        (Actor(account_id=9, name="无单位"), "core.not_permitted"),
    ):
        with pytest.raises(Refused) as caught:
            register(actor=actor)
        assert rules(caught) == [rule]


def test_an_office_without_enforcement_power_hands_over_what_it_sees(county, register):
    assert register(actor=county.fine_clerk).organ_id == county.agency.pk


def test_a_lead_is_deleted_by_no_role(register):
    lead = register()
    with pytest.raises(AppendOnlyError):
        lead.delete()
    with pytest.raises(AppendOnlyError):
        Lead.objects.all().delete()


def test_near_in_place_and_time_is_suggested_far_is_not(register):
    one = register(latitude=LAT, longitude=LON)
    near = register(latitude=LAT + NORTH_200_M, longitude=LON, received_at=NOW - timedelta(hours=1))
    register(latitude=LAT + NORTH_300_M * 2, longitude=LON)
    register(latitude=LAT, longitude=LON, received_at=NOW - timedelta(days=3))
    assert [x.other for x in links_of(one)] == [near]
    assert LeadLink.objects.get().finding == "suggested"


def test_a_person_decides_whether_two_leads_are_the_same(county, register):
    one, other = register(latitude=LAT, longitude=LON), register(latitude=LAT, longitude=LON)
    decide_link(other, actor=county.registrar, moment=NOW, other=one, finding="same")
    assert LeadLink.objects.get().finding == "same"
    assert one.entries.filter(kind="linked").exists() and other.entries.filter(kind="linked").exists()
    decide_link(one, actor=county.officer, moment=NOW, other=other, finding="different", why="时间不符")
    assert links_of(one) == []


def test_links_stay_within_the_organ_and_are_made_by_its_people(county, register):
    one, far = register(), register(actor=county.stranger)
    with pytest.raises(Refused) as caught:
        decide_link(one, actor=county.registrar, moment=NOW, other=far, finding="same")
    assert rules(caught) == ["leads.link_within_the_organ"]
    with pytest.raises(Refused) as caught:
        decide_link(one, actor=county.stranger, moment=NOW, other=far, finding="same")
    assert rules(caught) == ["core.not_permitted"]
    with pytest.raises(Refused) as caught:
        decide_link(one, actor=county.registrar, moment=NOW, other=register(), finding="perhaps")
    assert rules(caught) == ["leads.unknown_finding"]


def test_whoever_verifies_amends_while_the_lead_is_open(county, at_stage):
    lead = at_stage("verifying")
    amend_lead(lead, actor=county.officer, moment=NOW, title="白鹿河左岸倾倒渣土")
    assert AuditEntry.objects.get(action="leads.amend_lead").detail == {"changed": ["title"]}
    with pytest.raises(Refused) as caught:
        amend_lead(lead, actor=county.third_officer, moment=NOW, title="x")
    assert rules(caught) == ["leads.not_the_verifier"]
    with pytest.raises(TypeError):
        amend_lead(lead, actor=county.officer, moment=NOW, number="1")


def test_material_is_added_by_the_organ_and_needs_a_file(county, register):
    lead = register()
    given = [GivenMaterial(store_bytes(b"x", media_type="image/png"), "照片.png")]
    add_material(lead, actor=county.officer, moment=NOW, materials=given)
    assert lead.materials.get().name == "照片.png"
    with pytest.raises(Refused) as caught:
        add_material(lead, actor=county.officer, moment=NOW, materials=[])
    assert rules(caught) == ["leads.no_files"]
    with pytest.raises(Refused) as caught:
        add_material(lead, actor=county.stranger, moment=NOW, materials=given)
    assert rules(caught) == ["core.not_permitted"]


def test_a_note_keeps_when_it_happened_and_when_it_was_entered(county, register):
    lead = register()
    earlier = NOW - timedelta(days=2)
    add_note(lead, actor=county.officer, moment=NOW, text="电话核实，反映人称已停止", happened_at=earlier)
    entry = lead.entries.get(kind="note")
    assert entry.happened_at == earlier and entry.entered_at > NOW - timedelta(days=400)
    with pytest.raises(Refused) as caught:
        add_note(lead, actor=county.officer, moment=NOW, text="x", happened_at=NOW + timedelta(hours=1))
    assert rules(caught) == ["leads.time_to_come"]
    with pytest.raises(Refused) as caught:
        add_note(lead, actor=county.stranger, moment=NOW, text="x")
    assert rules(caught) == ["core.not_permitted"]


def test_good_rows_of_an_old_ledger_are_taken_and_failed_ones_named(county):
    good = {"source": "信访", "title": "旧线索", "content": "内容", "place": "某村"}
    rows = [(2, good), (3, good | {"source": "风闻"}), (4, good | {"place": ""})]
    outcome = import_leads(None, actor=county.registrar, moment=NOW, rows=rows, note_text="2024年登记簿")
    assert outcome.done == 1 and [f["row"] for f in outcome.failures] == [3, 4]
    assert Lead.objects.get().entries.filter(kind="imported", text__contains="2024年登记簿").exists()


def test_imports_are_for_keepers_and_bounded(county):
    with pytest.raises(Refused) as caught:
        import_leads(None, actor=county.archivist, moment=NOW, rows=[], note_text="x")
    assert rules(caught) == ["core.not_permitted"]
    with pytest.raises(Refused) as caught:
        import_leads(None, actor=county.registrar, moment=NOW, rows=[(1, {})] * 2001, note_text="x")
    assert rules(caught) == ["leads.too_many_rows"]
