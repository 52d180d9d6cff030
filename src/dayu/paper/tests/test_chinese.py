"""Amounts in capitals and dates, as documents write them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dayu.paper.chinese import as_amount, capitals, day, figures, from_capitals, moment


@pytest.mark.parametrize(("amount", "words"), [
    ("0", "零元整"), ("50000", "伍万元整"), ("20000", "贰万元整"), ("105", "壹佰零伍元整"), ("10", "壹拾元整"),
    ("100050", "壹拾万零伍拾元整"), ("20300.05", "贰万零叁佰元零伍分"), ("1.5", "壹元伍角"), ("0.07", "柒分"),
    ("100000000", "壹亿元整"), ("100010000", "壹亿零壹万元整"), ("1234567.89", "壹佰贰拾叁万肆仟伍佰陆拾柒元捌角玖分"),
    ("1000000000000", "壹万亿元整"), ("1000200000000", "壹万零贰亿元整"), ("1000000000001", "壹万亿零壹元整"),
])
def test_an_amount_is_written_in_capitals(amount: str, words: str) -> None:
    assert capitals(amount) == words


@given(st.integers(min_value=0, max_value=10**15))
def test_every_amount_in_capitals_reads_back_as_itself(cents: int) -> None:
    amount = Decimal(cents) / 100
    assert from_capitals(capitals(amount)) == amount


@pytest.mark.parametrize("text", ["伍万", "五万元", "", "伍万元3角"])
def test_words_that_are_no_amount_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="capitals"):
        from_capitals(text)


@pytest.mark.parametrize("value", ["-1", "0.001", "99999999999999999"])
def test_amounts_that_no_document_can_state_are_refused(value: str) -> None:
    with pytest.raises(ValueError, match="capitals"):
        capitals(value)


def test_figures_have_cents_only_where_there_are_any() -> None:
    assert figures("50,000.00元") == "50000"
    assert figures(Decimal("50000.5")) == "50000.50"
    with pytest.raises(ValueError, match="amount"):
        as_amount("NaN")


def test_dates_have_no_leading_zeros_and_moments_are_exact_to_the_minute() -> None:
    assert day(date(2026, 3, 5)) == day("2026-03-05") == "2026年3月5日"
    assert moment(datetime.fromisoformat("2026-03-05T09:05")) == moment("2026-03-05T09:05") == "2026年3月5日9时05分"
