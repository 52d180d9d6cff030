"""Limitation: two or five years from the end of the act, worked examples, months, open questions."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from dayu.law.fact_conditions import FactValue
from dayu.law.limitation import Limitation, limitation, limitation_rules, limitation_verdict, years_later
from dayu.law.partial_dates import partial_date
from dayu.law.rulebook import load_toml
from dayu.law.tests.statute_texts import article_text, statute_folder

OVER: dict[str, FactValue] = {"continuing": False, "life_health_harm": False, "ecological_harm": False}


def limited(
    begun: Any, ended: Any, found: Any, facts: dict[str, FactValue] = OVER, as_of: date | None = None
) -> Limitation:
    return limitation(
        acted_from=partial_date(begun) if begun else None,
        acted_to=partial_date(ended) if ended else None,
        discovered_on=partial_date(found) if found else None,
        as_of=as_of,
        facts=facts,
    )


def test_every_worked_example_holds() -> None:
    examples = load_toml("limitation.toml")["examples"]
    assert examples
    for e in examples:
        facts = OVER | {k: e[k] for k in ("life_health_harm", "ecological_harm") if k in e}
        found = limited(e["acted_from"], e["acted_to"], e["discovered_on"], facts)
        assert (found.last_day, found.barred) == (e["last_day"], e["barred"]), e


@pytest.mark.skipif(statute_folder() is None, reason="the statute texts are not on this machine")
def test_every_anchor_stands_in_its_article() -> None:
    corpus = {"penalty-law": "行政处罚法(2021-01-22)", "environment-code": "生态环境法典(2026-03-12)"}
    for rule in limitation_rules().values():
        text = article_text(corpus[rule.citation.law], rule.citation.article or 0)
        assert text is not None and rule.citation.anchor in text


def test_the_29th_of_february_ends_on_the_28th() -> None:
    assert years_later(date(2024, 2, 29), 2) == date(2026, 2, 28)


def test_a_month_is_barred_only_when_every_day_of_it_would_be() -> None:
    assert limited("2021-06", "2021-06", "2023-06-01").barred is False
    assert limited("2021-06", "2021-06", "2023-06-15").barred is None
    assert limited("2021-06", "2021-06", "2023-07-01").barred is True
    assert limited("2021-06", "2021-06", "2023-07-01").last_day is None


def test_an_act_with_no_known_end_is_not_barred_before_somebody_says_that_it_was_over() -> None:
    assert limited("2021-06-19", None, "2023-06-20", {}).barred is None
    assert "acted_to" in limited("2021-06-19", None, "2023-06-20", {}).missing
    assert limited("2021-06-19", None, "2023-06-20").barred is True
    assert limited("2021-06-19", None, "2023-06-19", {}).barred is False


def test_two_years_are_the_rule_and_a_ground_for_five_is_asked() -> None:
    found = limited("2021-06-19", "2021-06-19", "2023-06-20", {})
    assert found.barred is True
    assert "life_health_harm" in found.missing
    assert limited("2021-06-19", "2021-06-19", "2023-06-20", OVER | {"life_health_harm": True}).barred is False


def test_the_five_years_of_the_code_do_not_reach_back() -> None:
    harm = OVER | {"ecological_harm": True}
    assert limited("2026-08-14", "2026-08-14", "2029-01-01", harm).years == 2
    assert limited("2026-08-15", "2026-08-15", "2029-01-01", harm).years == 5


def test_undiscovered_within_the_period_is_not_barred_on_that_day() -> None:
    assert limited("2024-01-10", "2024-01-10", None, OVER, date(2026, 1, 10)).barred is False
    assert limited("2024-01-10", "2024-01-10", None, OVER, date(2026, 1, 11)).barred is None


def test_an_act_that_ended_26_months_ago_is_refused() -> None:
    found = limited("2022-01-01", "2022-01-31", "2024-03-31")
    assert [r.rule for r in limitation_verdict(found).refusals] == ["assess.barred"]
    assert limitation_verdict(limited("2022-01-01", "2022-01-31", "2024-01-31")).allowed
    assert found.years == 2
