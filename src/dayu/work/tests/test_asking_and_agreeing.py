"""request_approval and agree_to_request: work, refused to the wrong person, refused at the wrong time."""

from datetime import timedelta

import pytest

from dayu.core.actors import STRANGER
from dayu.core.audit import AuditEntry, RefusedAttempt
from dayu.core.events import EventRow
from dayu.core.refused import Refused
from dayu.org.models import DutyShift
from dayu.work.models import ApprovalMark, ApprovalRequest, Notification, Task
from dayu.work.services import agree_to_request, delegate_signature, delegate_work
from dayu.work.tests.conftest import DIGEST, NOW, TODAY, rules


def test_the_first_step_waits_on_the_head_of_the_unit_who_is_told(county, ask):
    request = ask()
    task = Task.objects.open().get()
    assert (task.holder_post, task.holder_unit_id) == ("unit_head", county.units["brigade"].pk)
    assert task.awaited_by_id == county.officer.person_id
    assert task.url == f"/work/approvals/{request.pk}/"
    assert Notification.objects.get().person_id == county.unit_head.person_id
    assert AuditEntry.objects.get(action="work.request_approval").subject == f"work.approvalrequest:{request.pk}"


def test_a_stranger_cannot_ask(ask):
    with pytest.raises(Refused) as caught:
        ask(actor=STRANGER)
    assert rules(caught) == ["core.sign_in_first"]


def test_two_agreements_grant_the_request_and_tell_higher_domains(county, ask):
    request = ask()
    agree_to_request(request, actor=county.unit_head, moment=NOW, digest=DIGEST, words="同意上报")
    assert request.standing == ApprovalRequest.OPEN
    assert Task.objects.open().get().holder_post == "agency_head"
    agree_to_request(request, actor=county.head, moment=NOW + timedelta(hours=1), digest=DIGEST)
    request.refresh_from_db()
    assert request.standing == ApprovalRequest.GRANTED
    assert not Task.objects.open().exists()
    told = EventRow.objects.get(name="work.ApprovalGranted").content
    assert (told["subject"], told["digest"], told["granted_by_name"]) == ("cases.case:12", DIGEST, county.head.name)
    assert list(ApprovalMark.objects.values_list("kind", flat=True)) == ["submit", "agree", "agree"]


def test_a_person_who_is_no_signer_is_refused_and_the_attempt_is_kept(county, ask):
    with pytest.raises(Refused) as caught:
        agree_to_request(ask(), actor=county.reviewer, moment=NOW, digest=DIGEST)
    assert rules(caught) == ["work.not_the_signer"]
    assert RefusedAttempt.objects.get().action == "work.agree_to_request"


def test_the_head_of_another_organ_is_no_signer(county, ask):
    with pytest.raises(Refused) as caught:
        agree_to_request(ask(flow_key="work.head_only"), actor=county.stranger, moment=NOW, digest=DIGEST)
    assert rules(caught) == ["work.not_the_signer"]


def test_the_head_cannot_sign_before_the_unit_has(county, ask):
    with pytest.raises(Refused) as caught:
        agree_to_request(ask(), actor=county.head, moment=NOW, digest=DIGEST)
    assert rules(caught) == ["work.not_asked_now"]


def test_nobody_signs_twice(county, ask):
    request = ask()
    agree_to_request(request, actor=county.unit_head, moment=NOW, digest=DIGEST)
    with pytest.raises(Refused) as caught:
        agree_to_request(request, actor=county.unit_head, moment=NOW, digest=DIGEST)
    assert rules(caught) == ["work.not_asked_now"]


def test_a_paper_that_changed_after_it_was_read_is_not_signed(county, ask):
    with pytest.raises(Refused) as caught:
        agree_to_request(ask(), actor=county.unit_head, moment=NOW, digest="b" * 64)
    assert rules(caught) == ["work.paper_changed"]


def test_the_same_matter_is_not_asked_twice_at_once(ask):
    ask()
    with pytest.raises(Refused) as caught:
        ask()
    assert rules(caught) == ["work.request_is_open"]


def test_a_head_cannot_approve_what_he_asked_for_himself(county, ask):
    with pytest.raises(Refused) as caught:
        ask(actor=county.unit_head)
    assert rules(caught) == ["work.nobody_holds_the_post"]


def test_the_deputy_on_the_duty_roster_signs_for_the_head_and_the_mark_says_so(county, ask):
    DutyShift.objects.create(
        agency=county.agency, day=TODAY, role="deputy_approver", person=county.people["deputy_head"]
    )
    request = ask(flow_key="work.head_only")
    agree_to_request(request, actor=county.deputy_head, moment=NOW, digest=DIGEST)
    assert request.standing == ApprovalRequest.GRANTED
    assert ApprovalMark.objects.get(kind="agree").in_place_of == "值班代行"


def test_the_deputy_signs_on_the_days_of_the_roster_only(county, ask):
    DutyShift.objects.create(
        agency=county.agency, day=TODAY, role="deputy_approver", person=county.people["deputy_head"]
    )
    request = ask(flow_key="work.head_only")
    with pytest.raises(Refused) as caught:
        agree_to_request(request, actor=county.deputy_head, moment=NOW + timedelta(days=1), digest=DIGEST)
    assert rules(caught) == ["work.not_the_signer"]


def test_a_delegate_signs_for_a_named_person_while_the_delegation_lasts(county, ask):
    request = ask(flow_key="work.unit_head_only")
    delegate_signature(request, actor=county.unit_head, moment=NOW, person_id=county.second_officer.person_id)
    delegate_work(
        None,
        actor=county.second_officer,
        moment=NOW,
        delegate_id=county.deputy_head.person_id,
        valid_from=TODAY,
        valid_until=TODAY + timedelta(days=3),
        reason="外出培训",
    )
    agree_to_request(request, actor=county.deputy_head, moment=NOW, digest=DIGEST)
    assert request.standing == ApprovalRequest.GRANTED
    assert ApprovalMark.objects.get(kind="agree").in_place_of == f"受{county.second_officer.name}委托"
