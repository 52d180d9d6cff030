"""Correcting, supplementing and withdrawing a piece of evidence."""

import pytest

from dayu.core.audit import AuditEntry
from dayu.core.records import AppendOnlyError
from dayu.core.refused import Conflict, Refused
from dayu.records import services
from dayu.records.models import EvidenceItem
from dayu.records.tests.conftest import NOON, a_file, take


def test_what_was_said_before_stays_in_the_audit_entry(county):
    item = take(county)
    services.amend_evidence(item, actor=county.officer, moment=NOON, place="白鹿河右岸", source="执法人员拍摄")
    entry = AuditEntry.objects.get(action="records.amend_evidence")
    assert entry.detail["changed"]["place"] == ["白鹿河龙尾段", "白鹿河右岸"]


def test_a_second_tab_loses_politely(county):
    item = take(county)
    seen = item.version
    services.amend_evidence(item, actor=county.officer, moment=NOON, place="甲", seen_version=seen)
    stale = EvidenceItem.objects.get(pk=item.pk)
    with pytest.raises(Conflict):
        services.amend_evidence(stale, actor=county.officer, moment=NOON, place="乙", seen_version=seen)


def test_an_amendment_cannot_turn_an_original_into_a_copy_without_a_place(county):
    item = take(county)
    with pytest.raises(Refused) as refused:
        services.amend_evidence(item, actor=county.officer, moment=NOON, form="copy")
    assert refused.value.refusals[0].rule == "records.original_place_missing"


def test_supplements_are_added_and_never_changed(county):
    item = take(county)
    added = services.supplement_evidence(item, actor=county.officer, moment=NOON, text="当事人对数量有异议")
    assert item.supplements.get() == added
    with pytest.raises(AppendOnlyError):
        added.save()


def test_an_empty_supplement_and_a_withdrawal_without_reason_are_refused(county):
    item = take(county)
    with pytest.raises(Refused):
        services.supplement_evidence(item, actor=county.officer, moment=NOON, text=" ")
    with pytest.raises(Refused):
        services.withdraw_evidence(item, actor=county.officer, moment=NOON, reason="")


def test_a_withdrawn_piece_stays_with_its_reason_and_takes_no_more_files(county):
    item = take(county)
    services.withdraw_evidence(item, actor=county.officer, moment=NOON, reason="与本案无关")
    assert EvidenceItem.objects.get().withdrawn_reason == "与本案无关"
    assert not EvidenceItem.objects.present().exists()
    with pytest.raises(Refused):
        services.add_evidence_file(item, actor=county.officer, moment=NOON, file=a_file())


def test_strangers_change_nothing(county):
    item = take(county)
    acts = [
        (services.amend_evidence, {"place": "别处"}),
        (services.supplement_evidence, {"text": "无"}),
        (services.withdraw_evidence, {"reason": "无"}),
        (services.add_evidence_file, {"file": a_file()}),
    ]
    for act, arguments in acts:
        with pytest.raises(Refused) as refused:
            act(item, actor=county.stranger, moment=NOON, **arguments)
        assert refused.value.refusals[0].rule == "records.other_organ"
