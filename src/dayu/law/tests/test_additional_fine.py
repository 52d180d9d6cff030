"""The additional fine: three per cent a day from the day after, pauses out with both ends, never above the fine."""

from datetime import date
from decimal import Decimal

import pytest

from dayu.law.additional_fine import additional_fine
from dayu.law.calendar import NotComputable

FINE = Decimal(50000)


def test_the_thirty_third_day_costs_ninety_nine_per_cent_and_the_thirty_fourth_reaches_the_cap() -> None:
    before = additional_fine(FINE, due_on=date(2024, 2, 18), paid_on=date(2024, 3, 22))
    assert (before.amount_yuan, before.days, before.capped) == (Decimal(49500), 33, False)
    reached = additional_fine(FINE, due_on=date(2024, 2, 18), paid_on=date(2024, 3, 23))
    assert (reached.amount_yuan, reached.days, reached.capped) == (FINE, 34, True)


def test_the_day_after_the_due_day_is_the_first() -> None:
    assert additional_fine(FINE, due_on=date(2024, 2, 18), paid_on=date(2024, 2, 18)).amount_yuan == 0
    assert additional_fine(FINE, due_on=date(2024, 2, 18), paid_on=date(2024, 2, 19)).amount_yuan == 1500


def test_paid_early_there_is_nothing_to_add() -> None:
    early = additional_fine(FINE, due_on=date(2024, 2, 18), paid_on=date(2024, 1, 1))
    assert (early.amount_yuan, early.days) == (0, 0)


def test_reconsideration_stops_the_count_on_its_first_and_its_last_day() -> None:
    paused = additional_fine(
        Decimal(80000),
        due_on=date(2025, 11, 10),
        paid_on=date(2026, 1, 25),
        pauses=[(date(2025, 11, 21), date(2026, 1, 15))],
    )
    assert (paused.amount_yuan, paused.days) == (Decimal(48000), 20)
    assert "行政处罚法第七十三条第三款" in [c.text() for c in paused.basis]


def test_a_pause_that_began_before_the_due_day_takes_only_what_lies_after() -> None:
    fine = additional_fine(
        FINE,
        due_on=date(2026, 3, 10),
        paid_on=date(2026, 3, 20),
        pauses=[(date(2026, 3, 1), date(2026, 3, 15)), (date(2026, 3, 12), date(2026, 3, 16))],
    )
    assert fine.days == 4


def test_cents_are_exact() -> None:
    assert additional_fine(Decimal("0.33"), due_on=date(2026, 3, 10), paid_on=date(2026, 3, 11)).amount_yuan == (
        Decimal("0.01")
    )


@pytest.mark.parametrize("fine", [Decimal(0), Decimal(-1), Decimal("1e13")])
def test_an_impossible_fine_is_refused(fine: Decimal) -> None:
    with pytest.raises(NotComputable) as refused:
        additional_fine(fine, due_on=date(2026, 3, 10), paid_on=date(2026, 3, 20))
    assert refused.value.refusal.rule == "time.fine-impossible"
