"""Verification within its limit; disposal: nothing is deleted, nothing that can be filed is simply declined (CLU-03)."""

import random
from datetime import date, timedelta

import pytest
from django.db import connection

from dayu.core.actions import registered_actions
from dayu.core.actors import SYSTEM
from dayu.core.events import EventRow, deliver_due
from dayu.core.integrity import check_integrity
from dayu.core.proof_log import advance_proof_log
from dayu.core.refused import Refused
from dayu.law.citations import law
from dayu.law.tests.statute_texts import article_text
from dayu.leads.grounds import all_met, conditions, grounds
from dayu.leads.models import Disposal, Lead, SenderFeedback
from dayu.leads.selectors import balance
from dayu.leads.services import (
    assign_lead,
    end_proposal,
    extend_verification,
    join_lead,
    mark_lead_declined,
    mark_lead_filed,
    propose_disposal,
    settle_proposal,
    verify_lead,
)
from dayu.leads.services.verifying import verification_deadline
from dayu.leads.tests.conftest import ALL_MET, NONE_MET, NOW, rules
from dayu.parties.selectors import read_party
from dayu.parties.services import register_party
from dayu.work.models import ApprovalRequest, Task
from dayu.work.services import agree_to_request, refuse_request


def agree_all(county, lead: Lead) -> Lead:
    """The heads agree to the open proposal."""
    request = ApprovalRequest.objects.get(related=f"leads.lead:{lead.pk}", finished_at=None)
    for step in request.steps.all():
        signer = county.unit_head if step.holder_post == "unit_head" else county.head
        agree_to_request(request, actor=signer, moment=NOW, digest=request.digest)
    deliver_due(NOW)
    lead.refresh_from_db()
    return lead


def decline(county, lead: Lead, **changed):
    values = {
        "actor": county.officer,
        "moment": NOW,
        "disposal": "declined",
        "ground": "no_violation",
        "reason": "现场为自家建房土方，未入河道。",
    }
    return propose_disposal(lead, **(values | changed))


def test_the_limit_runs_from_receipt_whenever_the_lead_is_assigned(county, at_stage):
    lead = at_stage("verifying", received_at=NOW - timedelta(days=4))
    deadline = verification_deadline(lead)
    assert deadline.starts_on == date(2026, 11, 16)
    assert deadline.due_on == date(2026, 11, 30)
    task = Task.objects.open().get()
    assert (task.act, task.holder_person_id, task.deadline) == (
        "leads.verify_lead", county.officer.person_id, deadline,
    )  # fmt: skip


def test_a_reassigned_lead_keeps_its_clock_and_passes_the_purpose_on(county, at_stage):
    party = register_party(None, actor=county.registrar, moment=NOW - timedelta(days=9), kind="citizen", name="张水生")
    lead = at_stage("verifying", party=party)
    due = verification_deadline(lead).due_on
    assert not read_party(party, actor=county.officer, now=NOW).fields.covered
    assign_lead(lead, actor=county.unit_head, moment=NOW, officers=[county.people["third_officer"]])
    assert verification_deadline(lead).due_on == due
    assert read_party(party, actor=county.officer, now=NOW).fields.covered
    assert not read_party(party, actor=county.third_officer, now=NOW).fields.covered


def test_leads_are_assigned_by_heads_to_people_of_the_organ(county, register, at_stage):
    lead = register()
    people = county.people
    with pytest.raises(Refused) as caught:
        assign_lead(lead, actor=county.officer, moment=NOW, officers=[people["officer"]])
    assert rules(caught) == ["core.not_permitted"]
    with pytest.raises(Refused) as caught:
        assign_lead(lead, actor=county.unit_head, moment=NOW, officers=[people["stranger"]])
    assert rules(caught) == ["leads.not_of_the_organ"]
    with pytest.raises(Refused) as caught:
        assign_lead(lead, actor=county.unit_head, moment=NOW, officers=[])
    assert rules(caught) == ["leads.officers_needed"]
    with pytest.raises(Refused) as caught:
        assign_lead(at_stage("verified"), actor=county.unit_head, moment=NOW, officers=[people["officer"]])
    assert rules(caught) == ["leads.is_verified"]


def test_the_head_extends_by_what_the_rulebook_allows(county, at_stage, register):
    lead = at_stage("verifying")
    before = verification_deadline(lead).due_on
    extend_verification(lead, actor=county.unit_head, moment=NOW, days=5, reason="须委托测量")
    assert verification_deadline(lead).due_on > before
    with pytest.raises(Refused) as caught:
        extend_verification(lead, actor=county.officer, moment=NOW, days=1, reason="忙")
    assert rules(caught) == ["core.not_permitted"]
    with pytest.raises(Refused) as caught:
        extend_verification(register(), actor=county.unit_head, moment=NOW, days=1, reason="忙")
    assert rules(caught) == ["leads.no_clock"]
    with pytest.raises(Refused) as caught:
        extend_verification(lead, actor=county.unit_head, moment=NOW, days=1, reason=" ")
    assert rules(caught) == ["leads.words_needed"]


def test_the_result_answers_every_condition_and_ends_the_clock(county, at_stage):
    lead = at_stage("verifying")
    with pytest.raises(Refused) as caught:
        verify_lead(lead, actor=county.officer, moment=NOW, finding="看了", answers={"own_jurisdiction": True})
    assert rules(caught) == ["leads.condition_unanswered"]
    verify_lead(lead, actor=county.officer, moment=NOW, finding="看了", answers=ALL_MET)
    assert verification_deadline(lead) is None and all_met(lead.conditions)
    assert Task.objects.open().get().act == "leads.dispose"
    assert EventRow.objects.get(name="leads.LeadVerified").content["all_met"] is True


def test_only_the_verifier_or_a_head_enters_the_result(county, at_stage):
    with pytest.raises(Refused) as caught:
        verify_lead(at_stage("verifying"), actor=county.third_officer, moment=NOW, finding="x", answers=ALL_MET)
    assert rules(caught) == ["leads.not_the_verifier"]


def test_what_meets_the_conditions_is_not_declined_without_a_listed_ground(county, at_stage):
    lead = at_stage(met=True)
    for ground, rule in (
        ("", "leads.ground_not_listed"),
        ("too_busy", "leads.ground_not_listed"),
        ("no_violation", "leads.must_be_filed"),
        ("limitation_passed", "leads.must_be_filed"),
    ):
        with pytest.raises(Refused) as caught:
            decline(county, lead, ground=ground)
        assert rules(caught) == [rule]
        assert caught.value.refusals[0].as_json()["reason"].startswith("有案必立")
    with pytest.raises(Refused) as caught:
        decline(county, lead, disposal="invalid", ground="")
    assert rules(caught) == ["leads.must_be_filed"]
    assert decline(county, lead, ground="slight").pk


def test_a_declined_lead_has_the_agreement_of_both_heads(county, at_stage):
    lead = at_stage()
    decline(county, lead)
    assert lead.stage == "deciding"
    agree_all(county, lead)
    assert (lead.disposal, lead.stage) == ("declined", "disposed")
    assert lead.proposals.get().agreed_by == county.head.name
    assert EventRow.objects.get(name="leads.LeadDisposed").content["disposal"] == "declined"


def test_a_proposal_that_is_not_agreed_leaves_the_lead_waiting(county, at_stage):
    lead = at_stage()
    decline(county, lead)
    request = ApprovalRequest.objects.get(finished_at=None)
    refuse_request(request, actor=county.unit_head, moment=NOW, words="请再核查运输车辆")
    deliver_due(NOW)
    lead.refresh_from_db()
    assert (lead.disposal, lead.stage) == ("", "verified")
    task = Task.objects.open().get()
    assert task.act == "leads.dispose" and "请再核查运输车辆" in task.why


def test_disposal_comes_after_verification_once_and_by_the_right_person(county, at_stage):
    with pytest.raises(Refused) as caught:
        decline(county, at_stage("verifying"))
    assert rules(caught) == ["leads.verify_first"]
    lead = at_stage()
    with pytest.raises(Refused) as caught:
        decline(county, lead, actor=county.third_officer)
    assert rules(caught) == ["leads.not_the_verifier"]
    decline(county, lead)
    with pytest.raises(Refused) as caught:
        decline(county, lead)
    assert rules(caught) == ["leads.is_being_decided"]
    with pytest.raises(Refused) as caught:
        verify_lead(lead, actor=county.officer, moment=NOW, finding="x", answers=ALL_MET)
    assert rules(caught) == ["leads.is_being_decided"]


def test_a_transfer_names_its_receiver(county, at_stage):
    lead = at_stage()
    with pytest.raises(Refused) as caught:
        decline(county, lead, disposal="transferred", ground="")
    assert rules(caught) == ["leads.name_the_receiver"]
    decline(county, lead, disposal="transferred", ground="", target_text="泽川县城市管理局")
    assert agree_all(county, lead).target_text == "泽川县城市管理局"


def test_an_unknown_disposal_is_refused_and_filing_is_not_proposed_here(county, at_stage):
    for disposal in ("filed", "forgotten"):
        with pytest.raises(Refused) as caught:
            decline(county, at_stage(), disposal=disposal)
        assert rules(caught) == ["leads.unknown_disposal"]


def test_the_system_settles_and_ends_proposals_once(county, at_stage):
    proposal = decline(county, at_stage())
    for act, more in ((settle_proposal, {"agreed_by": "x"}), (end_proposal, {"words": "x"})):
        with pytest.raises(Refused) as caught:
            act(proposal, actor=county.head, moment=NOW, **more)
        assert rules(caught) == ["core.not_permitted"]
    settle_proposal(proposal, actor=SYSTEM, moment=NOW, agreed_by="韩立言")
    end_proposal(proposal, actor=SYSTEM, moment=NOW, words="x")
    assert proposal.lead.disposal == "declined"


def test_a_case_that_was_filed_or_declined_ends_the_lead_once(county, at_stage):
    lead = at_stage(met=True)
    values = {"target": "cases.case:3", "target_text": "泽水罚立〔2026〕3号", "target_url": "/cases/3/"}
    with pytest.raises(Refused) as caught:
        mark_lead_filed(lead, actor=county.registrar, moment=NOW, **values)
    assert rules(caught) == ["core.not_permitted"]
    mark_lead_filed(lead, actor=county.officer, moment=NOW, **values)
    mark_lead_filed(lead, actor=county.officer, moment=NOW, **(values | {"target": "cases.case:4"}))
    assert (lead.disposal, lead.target) == ("filed", "cases.case:3")
    other = at_stage(met=True)
    with pytest.raises(Refused) as caught:
        mark_lead_declined(other, actor=county.registrar, moment=NOW, reason="x")
    assert rules(caught) == ["core.not_permitted"]
    mark_lead_declined(other, actor=SYSTEM, moment=NOW, reason="违法事实不能成立")
    assert other.disposal == "declined"
    with pytest.raises(Refused) as caught:
        decline(county, other)
    assert rules(caught) == ["leads.is_disposed"]


def test_a_joined_lead_stays_and_both_senders_hear_what_became_of_it(county, at_stage, register):
    one, other = at_stage(met=True), register(source="department")
    with pytest.raises(Refused) as caught:
        join_lead(other, actor=county.third_officer, moment=NOW, into=one, reason="同一地点")
    assert rules(caught) == ["leads.not_the_verifier"]
    join_lead(other, actor=county.unit_head, moment=NOW, into=one, reason="同一地点")
    assert other.disposal == "joined" and not SenderFeedback.objects.exists()
    with pytest.raises(Refused) as caught:
        join_lead(one, actor=county.officer, moment=NOW, into=other, reason="x")
    assert rules(caught) == ["leads.joined_already"]
    mark_lead_filed(one, actor=county.officer, moment=NOW, target="cases.case:3", target_text="3号", target_url="/x/")
    waiting = Task.objects.open().filter(act="leads.give_feedback")
    assert {t.related for t in waiting} == {f"leads.lead:{one.pk}", f"leads.lead:{other.pk}"}
    assert {t.why for t in waiting} == {"经核查，已依法立案。"}


def delete_in_the_database(lead: Lead) -> None:
    """What somebody with a database client does: the row and everything that hangs on it, past all actions."""
    with connection.cursor() as cursor:
        for relation in Lead._meta.related_objects:
            cursor.execute(
                f"DELETE FROM {relation.related_model._meta.db_table} WHERE {relation.field.column} = %s", [lead.pk]
            )
        cursor.execute("DELETE FROM leads_lead WHERE id = %s", [lead.pk])


@pytest.mark.requirement("CLU-03")
def test_over_a_thousand_random_leads_of_a_quarter_disposals_and_open_ones_sum_up_and_a_deletion_is_found(
    county, register, at_stage, tmp_path, settings
):
    settings.DAYU_CHECKPOINTS, settings.DAYU_TILES = tmp_path / "checkpoints", tmp_path / "tiles"
    chance = random.Random(20261120)
    target = register()
    Lead.objects.filter(pk=target.pk).update(received_at=NOW - timedelta(days=1))
    fates = ("open", "filed", "joined", "declined", "transferred", "invalid")
    lead = target
    for number in range(999):
        received = NOW - timedelta(days=chance.randrange(80), minutes=number)
        (fate,) = chance.choices(fates, weights=(40, 25, 25, 4, 3, 3))
        if fate in ("declined", "transferred", "invalid"):
            lead = decided = at_stage(received_at=received)
            words = {"target_text": "云泽县水利局"} if fate == "transferred" else {}
            decline(county, decided, disposal=fate, **words)
            agree_all(county, decided)
            continue
        lead = register(received_at=received)
        if fate == "filed":
            mark_lead_filed(lead, actor=SYSTEM, moment=NOW, target="cases.case:1", target_text="1号", target_url="/x/")
        elif fate == "joined":
            join_lead(lead, actor=county.unit_head, moment=NOW, into=target, reason="同一事项")
    found = balance(county.officer, first=date(2026, 9, 1), last=date(2026, 11, 20))
    assert sum(found.values()) == 1000 and set(found) == {"", *Disposal.values}
    assert all(found.values())

    # What meets the conditions of filing is filed: "not filed" without a listed ground is refused.
    met = at_stage(met=True)
    with pytest.raises(Refused) as caught:
        decline(county, met, ground="no_violation")
    assert rules(caught) == ["leads.must_be_filed"]
    assert caught.value.refusals[0].as_json()["reason"].startswith("有案必立")
    for act in registered_actions().values():
        assert not (act.domain == "leads" and "delete" in act.name)

    advance_proof_log(now=NOW)
    assert check_integrity().holds
    delete_in_the_database(lead)
    gone = [f for f in check_integrity().findings if f.kind == "gone"]
    assert [f.words.split(": ")[0] for f in gone] == [f"leads.lead:{lead.pk}"]


def test_the_grounds_stand_in_the_law_that_they_cite(shared_folder):
    for ground in grounds().values():
        cited = ground.citation
        edition = next(e for e in law(cited.law).editions if e.edition == cited.edition)
        text = article_text(edition.corpus, cited.article, cited.paragraph, cited.item)
        assert text and cited.anchor in text, ground.key
    assert len(conditions()) == 4
    assert not all_met(NONE_MET)
