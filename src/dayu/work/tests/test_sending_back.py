"""退回, 不同意, 撤回, 重新提交, 放弃: nothing that was sent back is lost."""

import pytest

from dayu.core.events import EventRow
from dayu.core.refused import Refused
from dayu.work.models import ApprovalRequest, Task
from dayu.work.services import (
    agree_to_request,
    drop_request,
    refuse_request,
    resubmit_request,
    return_request,
    withdraw_request,
)
from dayu.work.tests.conftest import DIGEST, NOW, rules

CHANGED = "c" * 64


def agreed_by_unit(county, ask) -> ApprovalRequest:
    request = ask()
    return agree_to_request(request, actor=county.unit_head, moment=NOW, digest=DIGEST)


def test_a_returned_request_waits_on_the_one_who_asked_with_the_reason(county, ask):
    request = agreed_by_unit(county, ask)
    return_request(request, actor=county.head, moment=NOW, words="案由不准确")
    task = Task.objects.open().get()
    assert task.holder_person_id == county.officer.person_id
    assert task.url == "/cases/12/"
    assert "案由不准确" in task.why
    assert EventRow.objects.get(name="work.ApprovalReturned").content["words"] == "案由不准确"


def test_the_same_paper_resubmitted_goes_on_where_it_stopped(county, ask):
    request = agreed_by_unit(county, ask)
    return_request(request, actor=county.head, moment=NOW, words="请附照片")
    resubmit_request(request, actor=county.officer, moment=NOW, digest=DIGEST, words="照片已附")
    assert Task.objects.open().get().holder_post == "agency_head"
    assert request.round == 2


def test_a_changed_paper_is_signed_by_everybody_again(county, ask):
    request = agreed_by_unit(county, ask)
    return_request(request, actor=county.head, moment=NOW, words="案由不准确")
    resubmit_request(request, actor=county.officer, moment=NOW, digest=CHANGED)
    assert Task.objects.open().get().holder_post == "unit_head"
    with pytest.raises(Refused) as caught:
        agree_to_request(request, actor=county.unit_head, moment=NOW, digest=DIGEST)
    assert rules(caught) == ["work.paper_changed"]


def test_a_return_without_a_reason_is_refused(county, ask):
    with pytest.raises(Refused) as caught:
        return_request(ask(), actor=county.unit_head, moment=NOW, words="  ")
    assert rules(caught) == ["work.reason_needed"]


def test_a_bystander_cannot_return(county, ask):
    with pytest.raises(Refused) as caught:
        return_request(ask(), actor=county.second_officer, moment=NOW, words="不妥")
    assert rules(caught) == ["work.not_the_signer"]


def test_the_head_may_return_to_the_unit_instead_of_the_requester(county, ask):
    request = agreed_by_unit(county, ask)
    return_request(request, actor=county.head, moment=NOW, words="请再核实", to_position=1)
    assert request.standing == ApprovalRequest.OPEN
    assert Task.objects.open().get().holder_post == "unit_head"


def test_a_refusal_ends_the_request_and_tells_higher_domains(county, ask):
    request = ask()
    refuse_request(request, actor=county.unit_head, moment=NOW, words="不属本机关管辖")
    assert request.finished and not Task.objects.open().exists()
    assert EventRow.objects.get(name="work.ApprovalRefused").content["words"] == "不属本机关管辖"


def test_a_refused_request_cannot_be_agreed_to_afterwards(county, ask):
    request = ask()
    refuse_request(request, actor=county.unit_head, moment=NOW, words="不属本机关管辖")
    with pytest.raises(Refused) as caught:
        agree_to_request(request, actor=county.unit_head, moment=NOW, digest=DIGEST)
    assert rules(caught) == ["work.not_asked_now"]


def test_a_withdrawn_request_waits_on_the_one_who_asked(county, ask):
    request = withdraw_request(ask(), actor=county.officer, moment=NOW, words="补充材料")
    assert request.standing == ApprovalRequest.WITHDRAWN
    assert Task.objects.open().get().holder_person_id == county.officer.person_id


def test_only_the_one_who_asked_withdraws(county, ask):
    with pytest.raises(Refused) as caught:
        withdraw_request(ask(), actor=county.second_officer, moment=NOW)
    assert rules(caught) == ["work.not_the_requester"]


def test_what_is_granted_cannot_be_withdrawn(county, ask):
    request = ask(flow_key="work.head_only")
    agree_to_request(request, actor=county.head, moment=NOW, digest=DIGEST)
    with pytest.raises(Refused) as caught:
        withdraw_request(request, actor=county.officer, moment=NOW)
    assert rules(caught) == ["work.nothing_to_withdraw"]


def test_what_is_under_way_cannot_be_resubmitted_or_given_up(county, ask):
    request = ask()
    with pytest.raises(Refused) as caught:
        resubmit_request(request, actor=county.officer, moment=NOW, digest=CHANGED)
    assert rules(caught) == ["work.nothing_to_resubmit"]
    with pytest.raises(Refused) as caught:
        drop_request(request, actor=county.officer, moment=NOW, words="不办了")
    assert rules(caught) == ["work.nothing_to_drop"]


def test_only_the_one_who_asked_resubmits_or_gives_up(county, ask):
    request = withdraw_request(ask(), actor=county.officer, moment=NOW)
    with pytest.raises(Refused) as caught:
        resubmit_request(request, actor=county.unit_head, moment=NOW, digest=CHANGED)
    assert rules(caught) == ["work.not_the_requester"]
    with pytest.raises(Refused) as caught:
        drop_request(request, actor=county.unit_head, moment=NOW, words="不办了")
    assert rules(caught) == ["work.not_the_requester"]


def test_giving_up_needs_a_reason_and_ends_the_request(county, ask):
    request = withdraw_request(ask(), actor=county.officer, moment=NOW)
    drop_request(request, actor=county.officer, moment=NOW, words="重复提交")
    assert request.finished and not Task.objects.open().exists()
    assert EventRow.objects.filter(name="work.ApprovalDropped").count() == 1
