"""Facts and conditions: three answers, inclusive and exclusive bounds, exact decimals, days and months."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from dayu.law.fact_conditions import (
    UnknownFact,
    all_hold,
    any_holds,
    circumstance_holds,
    circumstances,
    condition_from,
    fact_kinds,
    missing_facts,
    read_facts,
)
from dayu.law.partial_dates import UnreadableDate, partial_date
from dayu.law.rulebook import RulebookError


@pytest.mark.parametrize(
    ("bound", "answers"),
    [
        ({"from": "10"}, (False, True, True)),
        ({"above": "10"}, (False, False, True)),
        ({"to": "10"}, (True, True, False)),
        ({"below": "10"}, (True, False, False)),
    ],
)
def test_bounds_include_the_figure_exactly_as_written(bound: dict[str, str], answers: tuple[bool, ...]) -> None:
    condition = condition_from({"fact": "volume_m3", **bound})
    assert tuple(condition.holds({"volume_m3": Decimal(v)}) for v in ("9.999", "10", "10.001")) == answers
    assert condition.holds({}) is None


@pytest.mark.parametrize(
    "row",
    [{"fact": "volume_m3"}, {"fact": "colour", "to": "1"}, {"fact": "volume_m3", "to": "1", "below": "2"}, {"to": "1"}],
)
def test_a_condition_that_contradicts_itself_is_refused(row: dict[str, str]) -> None:
    with pytest.raises(RulebookError):
        condition_from(row)


def test_and_or_know_what_they_do_not_know() -> None:
    assert [all_hold(a) for a in ((True, True), (True, None), (None, False), ())] == [True, None, False, True]
    assert [any_holds(a) for a in ((False, True), (False, None), (None, True), ())] == [True, None, True, False]


def test_goods_of_exactly_100000_are_not_under_100000() -> None:
    told = read_facts({"value_yuan": 100000})
    assert circumstance_holds("value_at_least_100k", told) is True
    assert circumstance_holds("value_under_100k", told) is False


def test_one_of_several_circumstances_is_enough_and_missing_ones_are_named() -> None:
    assert circumstance_holds("serious_or_closed", read_facts({"prohibited_zone": True})) is True
    assert circumstance_holds("serious_or_closed", read_facts({"prohibited_zone": False})) is None
    assert missing_facts(["serious_or_closed"], read_facts({"prohibited_zone": False})) == (
        "serious",
        "prohibited_period",
    )


def test_every_circumstance_and_choice_is_complete() -> None:
    assert circumstances()
    for kind in fact_kinds().values():
        assert kind.zh and kind.en and kind.label_zh and kind.label_en
        assert len(kind.choices) == len(kind.choices_zh)


def test_facts_are_exact_and_of_their_kind() -> None:
    assert read_facts({"value_yuan": "99999.99"}) == {"value_yuan": Decimal("99999.99")}
    assert read_facts({"value_yuan": None}) == {}
    for wrong in ({"value_yuan": "many"}, {"value_yuan": "NaN"}, {"value_yuan": 0.1}, {"basin": "nile"}, {"x": 1}):
        with pytest.raises(UnknownFact):
            read_facts(wrong)


def test_a_month_is_a_span_and_everything_else_is_refused() -> None:
    assert partial_date("2024-02").last == date(2024, 2, 29)
    assert partial_date("2024-02").text() == "2024-02"
    assert partial_date("2024-02").before(date(2024, 2, 10)) is None
    assert partial_date("2024-02-01").is_day
    for wrong in ("2024", "2024-13", "2024-2-1", "2024-02-30", "2024-02-01T10:00", 20240201, None):
        with pytest.raises(UnreadableDate):
            partial_date(wrong)
