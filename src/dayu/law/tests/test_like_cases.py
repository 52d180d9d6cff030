"""Like cases alike: the median of the same tier, high fines with grounds, and units that fine everything alike."""

from __future__ import annotations

from decimal import Decimal

from dayu.law.like_cases import LikeCase, compare, high_fine_verdict, likeness_verdict, uniform_fines
from dayu.law.refusals import worded
from dayu.law.territories import resolve

SAND = "river-reg-44-4"


def past(number: int, fine: int, tier: str = "一般", unit: str = "水政监察大队") -> LikeCase:
    return LikeCase(str(number), unit, SAND, tier, Decimal(fine))


TWENTY = [past(n, 20_000 + 1_000 * n) for n in range(10)] + [past(n, 31_000 + 1_000 * (n - 10)) for n in range(10, 20)]


def gap_share() -> Decimal:
    value = resolve("like_case_gap").value
    assert isinstance(value, Decimal)
    return value


def test_a_draft_of_60000_among_twenty_cases_with_median_30000_needs_reasons() -> None:
    others = [past(n, 300_000, tier="严重") for n in range(50)]
    found = compare(Decimal(60_000), violation=SAND, tier="一般", cases=TWENTY + others)
    assert (found.count, found.median_yuan, found.low_yuan, found.high_yuan) == (20, 30_000, 20_000, 40_000)
    assert found.gap == 1
    bare = likeness_verdict(found, share=gap_share(), reason=" ")
    assert [r.rule for r in bare.refusals] == ["assess.unlike_cases"]
    assert "中位数 30,000" in worded(bare.refusals[0]).reason and "100%" in worded(bare.refusals[0], "en").reason
    assert likeness_verdict(found, share=gap_share(), reason="夜间三次采砂").allowed


def test_within_thirty_per_cent_nothing_is_asked_and_below_counts_as_well() -> None:
    for amount, allowed in ((39_000, True), (39_001, False), (21_000, True), (20_999, False)):
        found = compare(Decimal(amount), violation=SAND, tier="一般", cases=TWENTY)
        assert likeness_verdict(found, share=gap_share(), reason="").allowed is allowed, amount


def test_cases_of_other_tiers_and_violations_are_not_counted_and_few_say_nothing() -> None:
    assert compare(Decimal(1), violation=SAND, tier="严重", cases=TWENTY).count == 0
    assert compare(Decimal(1), violation="soil-53-1-no-plan", tier="一般", cases=TWENTY).count == 0
    few = compare(Decimal(90_000), violation=SAND, tier="一般", cases=TWENTY[:2])
    assert likeness_verdict(few, share=gap_share(), reason="").allowed


def test_a_fine_at_nine_tenths_of_the_maximum_needs_an_aggravating_fact() -> None:
    share = resolve("high_fine_share").value
    assert isinstance(share, Decimal)
    law = (Decimal(20_000), Decimal(100_000))
    for amount in (90_000, 100_000):
        bare = high_fine_verdict(Decimal(amount), law, share=share, aggravating=())
        assert worded(bare.refusals[0]).reason.startswith("顶格罚款缺少从重情节")
    assert high_fine_verdict(Decimal(100_000), law, share=share, aggravating=("两年内第二次",)).allowed
    assert high_fine_verdict(Decimal(89_999), law, share=share, aggravating=()).allowed
    fixed = (Decimal(5_000), Decimal(5_000))
    assert high_fine_verdict(Decimal(5_000), fixed, share=share, aggravating=()).allowed


def test_ten_cases_with_one_fine_over_three_tiers_raise_one_alert() -> None:
    alike = [past(n, 50_000, tier=("较轻", "一般", "严重")[n % 3]) for n in range(10)]
    (alert,) = uniform_fines(alike)
    assert (alert.unit, alert.count, set(alert.tiers)) == ("水政监察大队", 10, {"较轻", "一般", "严重"})
    assert uniform_fines(alike[:9]) == []
    assert uniform_fines([past(n, 50_000) for n in range(10)]) == []
    assert uniform_fines([*alike[:9], past(9, 60_000, tier="严重")]) == []
    assert (
        len(uniform_fines(alike + [past(n, 50_000, unit="二大队", tier=("轻", "重")[n % 2]) for n in range(10)])) == 2
    )
