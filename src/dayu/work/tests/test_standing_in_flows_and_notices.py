"""Delegation, an organ's own flows, the bell and text messages."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from dayu.core.actors import STRANGER, SYSTEM
from dayu.core.refused import Refused
from dayu.law.rulebook import RulebookError
from dayu.work.flow_definitions import definition_from, rulebook_flows
from dayu.work.jobs import send_text_messages
from dayu.work.models import Notification, SmsMessage
from dayu.work.selectors import notifications_of, unread_count
from dayu.work.services import (
    delegate_work,
    mark_read,
    notify,
    publish_flow,
    revoke_delegation,
    send_waiting_messages,
)
from dayu.work.services.flows import flow_for
from dayu.work.sms import Answer
from dayu.work.tests.conftest import NOW, TODAY, rules


def delegation(county, **changed):
    values = {
        "actor": county.unit_head,
        "moment": NOW,
        "delegate_id": county.second_officer.person_id,
        "valid_from": TODAY,
        "valid_until": TODAY + timedelta(days=5),
        "reason": "休假",
    }
    return delegate_work(None, **(values | changed))


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"valid_until": TODAY - timedelta(days=1)}, "work.days_in_order"),
        ({"valid_until": TODAY + timedelta(days=400)}, "work.delegation_too_long"),
        ({"reason": " "}, "work.reason_needed"),
    ],
)
def test_a_delegation_has_days_and_a_reason(county, changed, rule):
    with pytest.raises(Refused) as caught:
        delegation(county, **changed)
    assert rules(caught) == [rule]


def test_one_delegates_to_another_person_of_the_same_organ(county):
    with pytest.raises(Refused) as caught:
        delegation(county, delegate_id=county.unit_head.person_id)
    assert rules(caught) == ["work.delegate_to_another"]
    with pytest.raises(Refused) as caught:
        delegation(county, delegate_id=county.stranger.person_id)
    assert rules(caught) == ["work.not_a_colleague"]
    with pytest.raises(Refused) as caught:
        delegation(county, actor=STRANGER)
    assert rules(caught) == ["core.sign_in_first"]


def test_a_delegation_is_revoked_once_by_its_principal(county):
    row = delegation(county)
    with pytest.raises(Refused) as caught:
        revoke_delegation(row, actor=county.officer, moment=NOW)
    assert rules(caught) == ["core.not_permitted"]
    revoke_delegation(row, actor=county.unit_head, moment=NOW)
    with pytest.raises(Refused) as caught:
        revoke_delegation(row, actor=county.unit_head, moment=NOW)
    assert rules(caught) == ["work.delegation_is_revoked"]


LARGE = {"label": "机关负责人", "post": "agency_head", "stage": 2, "when": [{"fact": "fine_yuan", "at_least": "50000"}]}
SMALL = {"label": "承办机构负责人", "post": "unit_head", "unit": "own", "stage": 1}


def test_an_organ_publishes_its_own_flow_from_a_day_on(county):
    publish_flow(
        "work.two_heads",
        actor=county.administrator,
        moment=NOW,
        name="小额由大队长批准",
        steps=[SMALL, LARGE],
        valid_from=TODAY,
    )
    own = flow_for("work.two_heads", organ_id=county.agency.pk, on=TODAY)
    assert [s.label for s in own.signers(county.officer, {"fine_yuan": "49999.99"})] == ["承办机构负责人"]
    assert len(own.signers(county.officer, {"fine_yuan": 50000})) == 2
    before = flow_for("work.two_heads", organ_id=county.agency.pk, on=TODAY - timedelta(days=1))
    assert before.digest == rulebook_flows()["work.two_heads"].digest
    elsewhere = flow_for("work.two_heads", organ_id=county.neighbour.pk, on=TODAY)
    assert elsewhere.digest == before.digest


def test_a_fact_that_nobody_knows_keeps_the_step(county):
    flow = definition_from("x", {"name": "x", "step": [SMALL, LARGE]})
    assert len(flow.signers(county.officer, {})) == 2


@pytest.mark.parametrize(
    ("condition", "facts", "needed"),
    [
        ({"fact": "acted_on", "from": "2026-01-01"}, {"acted_on": TODAY}, True),
        ({"fact": "acted_on", "until": "2026-01-01"}, {"acted_on": "2026-11-20"}, False),
        ({"fact": "party_kind", "is": "citizen"}, {"party_kind": "company"}, False),
        ({"fact": "party_kind", "is_not": "citizen"}, {"party_kind": "company"}, True),
        ({"fact": "fine_yuan", "below": "1000"}, {"fine_yuan": "1000"}, False),
    ],
)
def test_conditions_on_dates_words_and_amounts(county, condition, facts, needed):
    flow = definition_from("x", {"name": "x", "step": [SMALL, {**LARGE, "when": [condition]}]})
    assert (len(flow.signers(county.officer, facts)) == 2) is needed


@pytest.mark.parametrize(
    "steps",
    [
        [{**SMALL, "colour": "red"}],
        [{**SMALL, "person": 3}],
        [{**SMALL, "stage": 2}, {**SMALL, "stage": 1}],
        [{**SMALL, "when": [{"fact": "fine_yuan", "around": "3"}]}],
    ],
)
def test_a_flow_that_contradicts_itself_is_not_published(county, steps):
    with pytest.raises(RulebookError):
        definition_from("x", {"name": "x", "step": steps})
    with pytest.raises(Refused) as caught:
        publish_flow("x", actor=county.administrator, moment=NOW, name="x", steps=steps, valid_from=TODAY)
    assert rules(caught) == ["work.flow_contradicts"]


def test_only_administrators_publish_flows_and_unknown_flows_are_refused(county):
    with pytest.raises(Refused) as caught:
        publish_flow("x", actor=county.head, moment=NOW, name="x", steps=[SMALL], valid_from=TODAY)
    assert rules(caught) == ["core.not_permitted"]
    with pytest.raises(Refused) as caught:
        flow_for("no.such", organ_id=county.agency.pk, on=TODAY)
    assert rules(caught) == ["work.no_such_flow"]


def test_the_bell_counts_what_is_unread_and_shows_ones_own_only(county):
    mine = notify(county.officer.person_id, "一", "/a/", moment=NOW)
    notify(county.officer.person_id, "二", "/b/", moment=NOW)
    notify(county.head.person_id, "三", "/c/", moment=NOW)
    assert unread_count(county.officer) == 2
    assert mark_read("work.notification", actor=county.officer, moment=NOW, ids=[mine.pk]) == 1
    assert [n.text for n in notifications_of(county.officer)] == ["二", "一"]
    assert mark_read("work.notification", actor=county.officer, moment=NOW) == 1
    assert unread_count(county.head) == 1


def test_a_stranger_has_no_bell(county):
    with pytest.raises(Refused) as caught:
        mark_read("work.notification", actor=STRANGER, moment=NOW)
    assert rules(caught) == ["core.sign_in_first"]
    assert unread_count(STRANGER) == 0 and notifications_of(STRANGER) == []


@pytest.fixture
def telephone(county):
    county.people["officer"].phone = "13900001111"
    county.people["officer"].save()
    return county.officer.person_id


def test_a_message_is_written_into_the_folder_and_its_receipt_comes_back(telephone, settings, tmp_path):
    settings.DAYU_SMS_SINK = tmp_path
    notify(telephone, "听证通知须今日送达", "/cases/1/", moment=NOW, sms=True)
    send_text_messages(now=NOW)
    message = SmsMessage.objects.get()
    assert message.standing == SmsMessage.DELIVERED and message.delivered_at == NOW
    written = json.loads((Path(tmp_path) / f"{message.pk}.json").read_text("utf-8"))
    assert written["phone"] == "13900001111" and written["text"] == "听证通知须今日送达"


def test_without_a_telephone_only_the_bell_rings(county):
    notify(county.head.person_id, "x", moment=NOW, urgent=True)
    assert Notification.objects.count() == 1 and SmsMessage.objects.count() == 0


class BrokenGateway:
    def send(self, phone, text, *, reference):
        return Answer(accepted=False, error="线路忙")

    def receipts(self, numbers):
        return {}


def test_a_gateway_that_refuses_is_asked_again_and_then_shown_as_failed(telephone, settings):
    settings.DAYU_SMS_ADAPTER = f"{__name__}.BrokenGateway"
    notify(telephone, "x", moment=NOW, sms=True)
    for attempt in range(1, 7):
        send_waiting_messages(None, actor=SYSTEM, moment=NOW)
        message = SmsMessage.objects.get()
        assert message.standing == (SmsMessage.WAITING if attempt < 5 else SmsMessage.FAILED)
    assert message.error == "线路忙" and message.attempts == 5


def test_messages_are_sent_by_the_system_only(county):
    with pytest.raises(Refused) as caught:
        send_waiting_messages(None, actor=county.head, moment=NOW)
    assert rules(caught) == ["core.not_permitted"]
