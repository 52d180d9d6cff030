"""Amounts against range and tier: to the yuan, with grounds, and with what a deviation needs."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dayu.law.discretion import Deviation, range_verdict, tier_verdict
from dayu.law.refusals import Verdict, worded

LAW = (Decimal(20000), Decimal(100000))
LIGHT = (Decimal(20000), Decimal(30000))


def rules(verdict: Verdict) -> list[str]:
    return [r.rule for r in verdict.refusals]


@pytest.mark.parametrize(
    ("fine", "mitigated", "expected"),
    [
        ("120000", False, ["assess.above_range"]),
        ("120000", True, ["assess.above_range"]),
        ("15000", False, ["assess.below_range"]),
        ("15000", True, []),
        ("20000", False, []),
        ("100000", False, []),
        ("100000.01", False, ["assess.above_range"]),
    ],
)
def test_the_statutory_range_binds_everybody(fine: str, mitigated: bool, expected: list[str]) -> None:
    assert rules(range_verdict(Decimal(fine), LAW, mitigated=mitigated)) == expected


def test_a_deviation_from_the_tier_needs_reason_review_and_discussion() -> None:
    fine = Decimal(90000)
    bare = tier_verdict(fine, LIGHT, tier="较轻", deviation=Deviation())
    assert rules(bare) == ["assess.deviation_reason", "assess.deviation_review", "assess.deviation_discussion"]
    assert worded(bare.refusals[0]).reason.startswith("偏离裁量基准须说明理由")
    assert rules(tier_verdict(fine, LIGHT, tier="较轻", deviation=Deviation("夜间三次采砂", True))) == [
        "assess.deviation_discussion"
    ]
    assert tier_verdict(fine, LIGHT, tier="较轻", deviation=Deviation("夜间三次采砂", True, True)).allowed


@pytest.mark.parametrize(
    ("opened", "fine", "inside"),
    [
        ((False, True), 30000, False),
        ((False, True), 29999, True),
        ((False, True), 20000, True),
        ((True, False), 20000, False),
        ((True, False), 30000, True),
    ],
)
def test_an_end_that_the_source_leaves_out_does_not_belong_to_the_tier(opened, fine, inside) -> None:
    """[2, 3) ten thousand: exactly 30,000 is the next tier's."""
    ends = (Decimal(20000), Decimal(30000))
    verdict = tier_verdict(Decimal(fine), ends, tier="较轻", deviation=Deviation(), opened=opened)
    assert verdict.allowed is inside


def test_inside_the_tier_nothing_is_asked() -> None:
    for fine in LIGHT:
        assert tier_verdict(fine, LIGHT, tier="较轻", deviation=Deviation()).allowed


def test_a_mitigated_amount_below_the_tier_is_no_deviation() -> None:
    assert tier_verdict(Decimal(15000), LIGHT, tier="较轻", deviation=Deviation(), mitigated=True).allowed
    assert not tier_verdict(Decimal(40000), LIGHT, tier="较轻", deviation=Deviation(), mitigated=True).allowed


def test_both_messages_are_worded_in_both_languages() -> None:
    refusal = range_verdict(Decimal(120000), LAW).refusals[0]
    assert "超出法定幅度" in worded(refusal).reason and "120,000" in worded(refusal).reason
    assert "statutory range" in worded(refusal, "en").reason
