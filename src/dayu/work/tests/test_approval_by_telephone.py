"""Approval by telephone: noted with its time, countersigned later, never forgotten (practice 18)."""

from datetime import timedelta

import pytest

from dayu.core.events import EventRow
from dayu.core.refused import Refused
from dayu.work.models import ApprovalMark, ApprovalRequest, Task
from dayu.work.services import (
    agree_to_request,
    confirm_phone_approval,
    disown_phone_approval,
    note_phone_approval,
)
from dayu.work.tests.conftest import DIGEST, NOW, rules


@pytest.fixture
def by_phone(county, ask) -> ApprovalRequest:
    request = ask(flow_key="work.head_only")
    return note_phone_approval(
        request, actor=county.officer, moment=NOW - timedelta(hours=2), position=1, words="韩局长22:10电话同意"
    )


def test_the_call_grants_the_request_and_the_signature_stays_to_be_given(county, by_phone):
    assert by_phone.standing == ApprovalRequest.GRANTED
    assert EventRow.objects.get(name="work.ApprovalGranted").content["by_phone"] is True
    task = Task.objects.open().get()
    assert (task.act, task.holder_post) == ("work.confirm_phone", "agency_head")
    mark = ApprovalMark.objects.get(kind="note_phone")
    assert mark.moment == NOW - timedelta(hours=2) and mark.entered_at > mark.moment


def test_the_head_signs_afterwards_and_nothing_waits_any_more(county, by_phone):
    confirm_phone_approval(by_phone, actor=county.head, moment=NOW)
    assert not Task.objects.open().exists()
    assert by_phone.steps.get().answer == "agreed"


def test_the_head_may_deny_the_call_and_higher_domains_hear_of_it(county, by_phone):
    disown_phone_approval(by_phone, actor=county.head, moment=NOW, words="未接到电话")
    assert by_phone.standing == ApprovalRequest.REFUSED
    assert EventRow.objects.get(name="work.ApprovalRefused").content["disowned"] is True


def test_nobody_else_signs_afterwards_or_denies(county, by_phone):
    with pytest.raises(Refused) as caught:
        confirm_phone_approval(by_phone, actor=county.unit_head, moment=NOW)
    assert rules(caught) == ["work.not_the_signer"]
    with pytest.raises(Refused) as caught:
        disown_phone_approval(by_phone, actor=county.officer, moment=NOW, words="没有")
    assert rules(caught) == ["work.not_the_signer"]


def test_there_is_nothing_to_confirm_or_deny_without_a_call(county, ask):
    request = ask(flow_key="work.head_only")
    for act, more in ((confirm_phone_approval, {}), (disown_phone_approval, {"words": "没有"})):
        with pytest.raises(Refused) as caught:
            act(request, actor=county.head, moment=NOW, **more)
        assert rules(caught) == ["work.nothing_by_phone"]


def test_a_step_that_needs_a_signature_is_not_approved_by_telephone(county, ask):
    with pytest.raises(Refused) as caught:
        note_phone_approval(ask(), actor=county.officer, moment=NOW, position=1, words="电话同意")
    assert rules(caught) == ["work.phone_not_allowed"]


def test_a_call_is_noted_at_its_turn_only(county, ask):
    with pytest.raises(Refused) as caught:
        note_phone_approval(ask(), actor=county.officer, moment=NOW, position=2, words="电话同意")
    assert rules(caught) == ["work.not_asked_now"]


def test_a_colleague_of_another_organ_cannot_note_a_call(county, ask):
    with pytest.raises(Refused) as caught:
        note_phone_approval(ask(), actor=county.stranger, moment=NOW, position=1, words="电话同意")
    assert rules(caught) == ["core.not_permitted"]


def test_after_a_call_on_the_way_the_next_step_goes_on(county, ask):
    request = agree_to_request(ask(), actor=county.unit_head, moment=NOW, digest=DIGEST)
    note_phone_approval(request, actor=county.officer, moment=NOW, position=2, words="电话同意")
    assert request.standing == ApprovalRequest.GRANTED
