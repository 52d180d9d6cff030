"""Checking a piece: true, lawful, relevant. Unchecked evidence supports nothing."""

import pytest

from dayu.core.refused import Refused
from dayu.records import services
from dayu.records.facts import evidence_standing, may_support
from dayu.records.models import EvidenceItem
from dayu.records.tests.conftest import NOON, a_file, check, take


def test_unchecked_evidence_cannot_support_a_fact(county):
    verdict = may_support(take(county))
    assert [r.rule for r in verdict.refusals] == ["records.evidence_unchecked"]
    assert "第四十六条" in verdict.refusals[0].basis[0].text()


def test_a_piece_found_true_lawful_and_relevant_may_support(county):
    item = take(county)
    check(item, county.officer)
    assert may_support(item).allowed


def test_a_finding_against_a_piece_needs_a_reason_and_bars_it(county):
    item = take(county)
    with pytest.raises(Refused) as refused:
        check(item, county.officer, passed=False)
    assert refused.value.refusals[0].rule == "records.check_needs_reason"
    check(item, county.officer, passed=False, remark="测算表缺测算人签名")
    assert evidence_standing(item) == "failed" and not may_support(item).allowed


def test_the_latest_check_counts(county):
    item = take(county)
    check(item, county.officer, passed=False, remark="缺签名")
    check(item, county.officer)
    assert may_support(item).allowed


def test_a_file_added_later_makes_the_check_void(county):
    item = take(county)
    check(item, county.officer)
    services.add_evidence_file(item, actor=county.officer, moment=NOON, file=a_file("补拍"))
    item.refresh_from_db()
    assert evidence_standing(item) == "changed"
    assert [r.rule for r in may_support(item).refusals] == ["records.evidence_changed"]


def test_what_it_proves_may_be_reworded_without_a_new_check(county):
    item = take(county)
    check(item, county.officer)
    services.amend_evidence(item, actor=county.officer, moment=NOON, proves="采砂时间")
    assert may_support(EvidenceItem.objects.get()).allowed


def test_the_wrong_person_and_another_organ_are_refused(county):
    item = take(county)
    for name, rule in (("fine_clerk", "core.not_permitted"), ("stranger", "records.other_organ")):
        with pytest.raises(Refused) as refused:
            check(item, county.actor(name))
        assert [r.rule for r in refused.value.refusals] == [rule]


def test_a_withdrawn_piece_is_no_longer_checked(county):
    item = take(county)
    services.withdraw_evidence(item, actor=county.officer, moment=NOON, reason="重复登记")
    with pytest.raises(Refused) as refused:
        check(item, county.officer)
    assert [r.rule for r in refused.value.refusals] == ["records.evidence_withdrawn"]


def test_lists_know_the_latest_check_in_the_same_query(county):
    item = take(county)
    check(item, county.officer)
    row = EvidenceItem.objects.with_check().get()
    assert row.checked_well is True and len(row.checked_digest) == 64
