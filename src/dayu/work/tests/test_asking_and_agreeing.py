"""request_approval, agree_to_request: works, refused to the wrong person, refused at the wrong time."""

from datetime import timedelta

import pytest

from dayu.core.audit import AuditEntry, RefusedAttempt
from dayu.core.events import EventRow
from dayu.core.refused import Refused
from dayu.org.models import DutyShift
from dayu.work.models import ApprovalMark, ApprovalRequest, Notification, Task
from dayu.work.services import agree_to_request, delegate_work, request_approval
from dayu.work.tests.office import NOW, TODAY

DIGEST = "a" * 64


def ask(office, **changed):
    values = {
        "flow_key": "work.two_heads",
        "title": "立案：张某无证采砂",
        "digest": DIGEST,
        "deciding_facts": [("案由", "未经许可采砂"), ("初查", "现场采砂船1艘")],
        "url": "/cases/12/",
        "matter_no": "泽水罚立〔2026〕12号",
        "moment": NOW,
        "actor": office.actor(office.officer),
    }
    return request_approval("cases.case:12", **(values | changed))


def rules(caught) -> list[str]:
    return [r.rule for r in caught.value.refusals]


def test_the_first_step_waits_on_the_head_of_the_unit_who_is_told(office):
    request = ask(office)
    task = Task.objects.open().get()
    assert (task.holder_post, task.holder_unit_id) == ("unit_head", office.brigade.pk)
    assert task.awaited_by_id == office.officer.pk
    assert task.url == f"/work/approvals/{request.pk}/"
    assert Notification.objects.get().person_id == office.brigade_head.pk
    assert AuditEntry.objects.get(action="work.request_approval").subject == f"work.approvalrequest:{request.pk}"


def test_two_agreements_grant_the_request_and_tell_higher_domains(office):
    request = ask(office)
    agree_to_request(request, actor=office.actor(office.brigade_head), moment=NOW, digest=DIGEST, words="同意上报")
    assert request.standing == ApprovalRequest.OPEN
    assert Task.objects.open().get().holder_post == "agency_head"
    agree_to_request(request, actor=office.actor(office.head), moment=NOW + timedelta(hours=1), digest=DIGEST)
    request.refresh_from_db()
    assert request.standing == ApprovalRequest.GRANTED
    assert not Task.objects.open().exists()
    told = EventRow.objects.get(name="work.ApprovalGranted").content
    assert told["subject"] == "cases.case:12" and told["digest"] == DIGEST
    assert told["granted_by_name"] == "王治"
    assert list(ApprovalMark.objects.values_list("kind", flat=True)) == ["submit", "agree", "agree"]


def test_a_person_who_is_no_signer_is_refused_and_the_attempt_is_kept(office):
    request = ask(office)
    with pytest.raises(Refused) as caught:
        agree_to_request(request, actor=office.actor(office.reviewer), moment=NOW, digest=DIGEST)
    assert rules(caught) == ["work.not_the_signer"]
    assert RefusedAttempt.objects.get().action == "work.agree_to_request"


def test_the_head_cannot_sign_before_the_unit_has(office):
    request = ask(office)
    with pytest.raises(Refused) as caught:
        agree_to_request(request, actor=office.actor(office.head), moment=NOW, digest=DIGEST)
    assert rules(caught) == ["work.not_asked_now"]


def test_a_paper_that_changed_after_it_was_read_is_not_signed(office):
    request = ask(office)
    with pytest.raises(Refused) as caught:
        agree_to_request(request, actor=office.actor(office.brigade_head), moment=NOW, digest="b" * 64)
    assert rules(caught) == ["work.paper_changed"]


def test_the_same_matter_is_not_asked_twice_at_once(office):
    ask(office)
    with pytest.raises(Refused) as caught:
        ask(office)
    assert rules(caught) == ["work.request_is_open"]


def test_a_head_cannot_approve_what_he_asked_for_himself(office):
    with pytest.raises(Refused) as caught:
        ask(office, actor=office.actor(office.brigade_head))
    assert rules(caught) == ["work.nobody_holds_the_post"]


def test_the_deputy_on_the_duty_roster_signs_for_the_head_and_the_mark_says_so(office):
    DutyShift.objects.create(agency=office.agency, day=TODAY, role="deputy_approver", person=office.deputy)
    request = ask(office, flow_key="work.head_only")
    agree_to_request(request, actor=office.actor(office.deputy), moment=NOW, digest=DIGEST)
    assert request.standing == ApprovalRequest.GRANTED
    assert ApprovalMark.objects.get(kind="agree").in_place_of == "值班代行"


def test_the_deputy_signs_on_the_days_of_the_roster_only(office):
    DutyShift.objects.create(agency=office.agency, day=TODAY, role="deputy_approver", person=office.deputy)
    request = ask(office, flow_key="work.head_only")
    with pytest.raises(Refused) as caught:
        agree_to_request(request, actor=office.actor(office.deputy), moment=NOW + timedelta(days=1), digest=DIGEST)
    assert rules(caught) == ["work.not_the_signer"]


def test_a_delegate_signs_for_a_named_person_while_the_delegation_lasts(office):
    from dayu.work.services import delegate_signature

    request = ask(office, flow_key="work.unit_head_only")
    delegate_signature(request, actor=office.actor(office.brigade_head), moment=NOW, person_id=office.colleague.pk)
    delegate_work(
        None,
        actor=office.actor(office.colleague),
        moment=NOW,
        delegate_id=office.deputy.pk,
        valid_from=TODAY,
        valid_until=TODAY + timedelta(days=3),
        reason="外出培训",
    )
    agree_to_request(request, actor=office.actor(office.deputy), moment=NOW, digest=DIGEST)
    assert request.standing == ApprovalRequest.GRANTED
    assert ApprovalMark.objects.get(kind="agree").in_place_of == "受林小满委托"
