"""委托, 会签, 加签, 改派: who signs may change; that somebody must sign never does."""

import pytest

from dayu.core.refused import Refused
from dayu.work.models import ApprovalMark, ApprovalRequest, Task
from dayu.work.services import (
    add_signer,
    agree_to_request,
    countersign_request,
    delegate_signature,
    reassign_signature,
)
from dayu.work.tests.conftest import DIGEST, NOW, rules


def holders() -> set[int | None]:
    return set(Task.objects.open().values_list("holder_person_id", flat=True))


def test_the_delegate_signs_and_the_mark_names_the_principal_place(county, ask):
    request = ask(flow_key="work.unit_head_only")
    delegate_signature(request, actor=county.unit_head, moment=NOW, person_id=county.second_officer.person_id)
    assert holders() == {county.second_officer.person_id}
    agree_to_request(request, actor=county.second_officer, moment=NOW, digest=DIGEST)
    assert request.standing == ApprovalRequest.GRANTED


def test_a_signature_is_not_delegated_to_the_one_who_asked(county, ask):
    with pytest.raises(Refused) as caught:
        delegate_signature(ask(), actor=county.unit_head, moment=NOW, person_id=county.officer.person_id)
    assert rules(caught) == ["work.own_request"]


def test_somebody_else_cannot_delegate_the_signature(county, ask):
    with pytest.raises(Refused) as caught:
        delegate_signature(ask(), actor=county.reviewer, moment=NOW, person_id=county.head.person_id)
    assert rules(caught) == ["work.not_the_signer"]


def test_a_signature_that_is_given_is_not_delegated(county, ask):
    request = agree_to_request(ask(), actor=county.unit_head, moment=NOW, digest=DIGEST)
    with pytest.raises(Refused) as caught:
        delegate_signature(request, actor=county.unit_head, moment=NOW, person_id=county.reviewer.person_id)
    assert rules(caught) == ["work.not_asked_now"]


def test_countersigners_sign_beside_and_all_must_agree(county, ask):
    request = ask()
    countersign_request(
        request,
        actor=county.unit_head,
        moment=NOW,
        person_ids=[county.reviewer.person_id, county.soil_officer.person_id],
    )
    assert Task.objects.open().count() == 3
    for actor in (county.soil_officer, county.unit_head):
        agree_to_request(request, actor=actor, moment=NOW, digest=DIGEST)
    assert holders() == {county.reviewer.person_id}
    agree_to_request(request, actor=county.reviewer, moment=NOW, digest=DIGEST)
    assert Task.objects.open().get().holder_post == "agency_head"


def test_nobody_countersigns_twice_in_a_step(county, ask):
    request = ask()
    countersign_request(request, actor=county.unit_head, moment=NOW, person_ids=[county.reviewer.person_id])
    with pytest.raises(Refused) as caught:
        countersign_request(request, actor=county.unit_head, moment=NOW, person_ids=[county.reviewer.person_id])
    assert rules(caught) == ["work.signer_is_there"]


def test_a_bystander_cannot_invite_countersigners_or_add_signers(county, ask):
    request = ask()
    with pytest.raises(Refused) as caught:
        countersign_request(request, actor=county.reviewer, moment=NOW, person_ids=[county.head.person_id])
    assert rules(caught) == ["work.not_the_signer"]
    with pytest.raises(Refused) as caught:
        add_signer(request, actor=county.reviewer, moment=NOW, person_id=county.head.person_id, before=True)
    assert rules(caught) == ["work.not_the_signer"]


def test_a_signer_added_before_decides_first_and_then_it_comes_back(county, ask):
    request = ask(flow_key="work.unit_head_only")
    add_signer(request, actor=county.unit_head, moment=NOW, person_id=county.reviewer.person_id, before=True)
    assert holders() == {county.reviewer.person_id}
    agree_to_request(request, actor=county.reviewer, moment=NOW, digest=DIGEST)
    assert Task.objects.open().get().holder_post == "unit_head"


def test_a_signer_added_after_decides_between_the_unit_and_the_head(county, ask):
    request = ask()
    add_signer(request, actor=county.unit_head, moment=NOW, person_id=county.reviewer.person_id, before=False)
    agree_to_request(request, actor=county.unit_head, moment=NOW, digest=DIGEST)
    assert holders() == {county.reviewer.person_id}
    agree_to_request(request, actor=county.reviewer, moment=NOW, digest=DIGEST)
    assert Task.objects.open().get().holder_post == "agency_head"


def test_no_signer_is_added_once_the_request_is_finished(county, ask):
    request = ask(flow_key="work.unit_head_only")
    agree_to_request(request, actor=county.unit_head, moment=NOW, digest=DIGEST)
    with pytest.raises(Refused) as caught:
        add_signer(request, actor=county.unit_head, moment=NOW, person_id=county.reviewer.person_id, before=True)
    assert rules(caught) == ["work.not_asked_now"]


def test_a_head_reassigns_a_place_whose_person_cannot_act(county, ask):
    request = ask(flow_key="work.unit_head_only")
    delegate_signature(request, actor=county.unit_head, moment=NOW, person_id=county.second_officer.person_id)
    reassign_signature(
        request, actor=county.head, moment=NOW, position=1, person_id=county.third_officer.person_id, words="出差"
    )
    assert holders() == {county.third_officer.person_id}
    assert ApprovalMark.objects.filter(kind="reassign").count() == 1


def test_an_officer_does_not_reassign_signatures(county, ask):
    with pytest.raises(Refused) as caught:
        reassign_signature(
            ask(), actor=county.officer, moment=NOW, position=1, person_id=county.head.person_id, words="快"
        )
    assert rules(caught) == ["core.not_permitted"]


def test_a_signature_that_is_given_is_not_reassigned(county, ask):
    request = agree_to_request(ask(), actor=county.unit_head, moment=NOW, digest=DIGEST)
    with pytest.raises(Refused) as caught:
        reassign_signature(
            request, actor=county.head, moment=NOW, position=1, person_id=county.reviewer.person_id, words="出差"
        )
    assert rules(caught) == ["work.already_signed"]
