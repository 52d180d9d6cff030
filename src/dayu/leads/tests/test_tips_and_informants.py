"""Tips from strangers with a follow-up code; who sent a lead is shown on purpose only; both senders get the outcome."""

from datetime import timedelta

import pytest

from dayu.core.actors import STRANGER, SYSTEM
from dayu.core.audit import AuditEntry
from dayu.core.files import store_bytes
from dayu.core.refused import Refused
from dayu.leads import public
from dayu.leads.models import Informant, Lead
from dayu.leads.selectors import links_of
from dayu.leads.services import (
    assign_lead,
    disclose_informant,
    give_feedback,
    join_lead,
    mark_lead_filed,
    register_lead,
    send_tip,
)
from dayu.leads.services.registering import GivenMaterial, Sender
from dayu.leads.tests.conftest import NOW, rules
from dayu.work.models import Task

LAT, LON = 34.5, 112.5


@pytest.fixture
def tip(county):
    def make(**changed):
        values = {
            "actor": STRANGER,
            "moment": NOW,
            "organ": county.agency,
            "content": "有人往河里倒渣土，两辆货车。",
            "place": "白鹿镇河东村",
            "sender": Sender("", "", anonymous=True),
            "sent_from": "203.0.113.7",
        }
        return send_tip(None, **(values | changed))

    return make


def test_a_stranger_sends_a_tip_and_follows_it_with_the_code_alone(county, tip):
    photo = GivenMaterial(store_bytes(b"photo", media_type="image/jpeg"), "现场.jpg")
    receipt = tip(materials=[photo])
    lead = Lead.objects.get()
    assert lead.source == "public" and lead.materials.get().from_informant
    followed = public.follow_tip(receipt.code.lower())
    assert followed.stage == "已收到" and followed.place == "白鹿镇河东村"
    assert lead.number not in str(followed) and public.follow_tip("") is None
    assert public.follow_tip(receipt.code[:-1] + "?") is None
    assert receipt.code not in str(Informant.objects.values_list()) + str(AuditEntry.objects.values_list("detail"))


def test_the_address_of_a_sender_is_not_kept(tip):
    tip()
    assert "203.0.113.7" not in str(list(Informant.objects.values()))


def test_a_flood_from_one_place_is_held_back_for_an_hour(tip):
    for _n in range(10):
        tip()
    with pytest.raises(Refused) as caught:
        tip()
    assert rules(caught) == ["leads.too_many_tips"]
    assert tip(sent_from="198.51.100.1").code
    assert tip(moment=NOW + timedelta(minutes=61)).code


def test_a_tip_goes_to_an_organ_that_takes_tips_and_says_something(county, tip):
    with pytest.raises(Refused) as caught:
        tip(content="  ")
    assert rules(caught) == ["leads.words_needed"]
    county.agency.kind = "government"
    with pytest.raises(Refused) as caught:
        tip(organ=county.agency)
    assert rules(caught) == ["leads.organ_takes_no_tips"]
    assert county.agency.name in [a.name for a in public.tip_organs()]


def test_too_many_files_are_refused(tip):
    photo = GivenMaterial(store_bytes(b"photo"), "现场.jpg")
    with pytest.raises(Refused) as caught:
        tip(materials=[photo] * 10)
    assert rules(caught) == ["leads.too_many_files"]


def test_the_same_dumping_by_hotline_and_portal_is_two_linked_leads_and_both_senders_get_the_outcome(county, tip):
    hotline = register_lead(
        None,
        actor=county.registrar,
        moment=NOW,
        source="hotline_12345",
        source_no="SZ20261120-0007",
        title="倾倒渣土",
        content="热线转办",
        place="河东村",
        latitude=LAT,
        longitude=LON,
        sender=Sender("12345热线", "12345"),
    )
    receipt = tip(latitude=LAT + 0.00178, longitude=LON, moment=NOW + timedelta(hours=1))
    portal = Lead.objects.get(source="public")
    assert Lead.objects.count() == 2
    assert [x.other for x in links_of(portal)] == [hotline]

    join_lead(portal, actor=county.unit_head, moment=NOW + timedelta(hours=2), into=hotline, reason="同一地点同一时间")
    assert public.follow_tip(receipt.code).stage == "与同一事项的其他举报一并处理"
    mark_lead_filed(
        hotline, actor=SYSTEM, moment=NOW + timedelta(days=3), target="cases.case:1", target_text="1号", target_url="/x/"
    )
    assert public.follow_tip(receipt.code).answers == ["经核查，已依法立案。"]
    task = Task.objects.open().get(act="leads.give_feedback")
    assert task.related == f"leads.lead:{hotline.pk}"
    give_feedback(hotline, actor=county.registrar, moment=NOW + timedelta(days=3), text="已立案", channel="system")
    assert not Task.objects.open().filter(act="leads.give_feedback").exists()


def test_the_code_shows_each_step_and_nothing_of_anybody_else(county, tip):
    receipt = tip()
    lead = Lead.objects.get()
    assign_lead(lead, actor=county.unit_head, moment=NOW, officers=[county.people["officer"]])
    followed = public.follow_tip(receipt.code)
    assert [s.text for s in followed.steps] == ["已收到", "已分派核查"]
    assert county.officer.name not in str(followed)


@pytest.fixture
def with_sender(county, register):
    return register(sender=Sender("刘知情", "13700000000"), actor=county.officer)


def test_registrar_registrant_and_verifier_learn_who_sent_it_for_a_reason_on_record(county, with_sender):
    for actor in (county.registrar, county.officer):
        assert disclose_informant(with_sender, actor=actor, moment=NOW, reason="电话核实").name == "刘知情"
    entry = AuditEntry.objects.filter(action="leads.disclose_informant").latest("id")
    assert entry.subject == f"leads.lead:{with_sender.pk}" and entry.detail == {"reason": "电话核实"}
    assign_lead(with_sender, actor=county.unit_head, moment=NOW, officers=[county.people["third_officer"]])
    assert disclose_informant(with_sender, actor=county.third_officer, moment=NOW, reason="核实").phone


def test_others_do_not_learn_who_sent_it_heads_included(county, with_sender, register):
    for actor, rule in (
        (county.second_officer, "leads.informant_is_protected"),
        (county.unit_head, "leads.informant_is_protected"),
        (county.head, "core.not_permitted"),
        (county.stranger, "core.not_permitted"),
    ):
        with pytest.raises(Refused) as caught:
            disclose_informant(with_sender, actor=actor, moment=NOW, reason="想知道")
        assert rules(caught) == [rule]
    with pytest.raises(Refused) as caught:
        disclose_informant(with_sender, actor=county.registrar, moment=NOW, reason=" ")
    assert rules(caught) == ["leads.words_needed"]
    with pytest.raises(Refused) as caught:
        disclose_informant(register(), actor=county.registrar, moment=NOW, reason="x")
    assert rules(caught) == ["leads.no_informant"]


def test_once_the_lead_has_ended_its_verifier_learns_it_no_more(county, at_stage):
    lead = at_stage(sender=Sender("刘知情", "13700000000"))
    mark_lead_filed(lead, actor=SYSTEM, moment=NOW, target="cases.case:1", target_text="1号", target_url="/x/")
    with pytest.raises(Refused) as caught:
        disclose_informant(lead, actor=county.officer, moment=NOW, reason="核实")
    assert rules(caught) == ["leads.informant_is_protected"]


def test_feedback_needs_something_to_tell_and_somebody_of_the_organ(county, register, at_stage):
    with pytest.raises(Refused) as caught:
        give_feedback(register(), actor=county.registrar, moment=NOW, text="x", channel="phone")
    assert rules(caught) == ["leads.nothing_to_tell"]
    lead = at_stage()
    with pytest.raises(Refused) as caught:
        give_feedback(lead, actor=county.stranger, moment=NOW, text="x", channel="phone")
    assert rules(caught) == ["core.not_permitted"]
    with pytest.raises(Refused) as caught:
        give_feedback(lead, actor=county.registrar, moment=NOW, text="x", channel="pigeon")
    assert rules(caught) == ["leads.unknown_channel"]
    assert give_feedback(lead, actor=county.registrar, moment=NOW, text="正在办理", channel="phone").pk
