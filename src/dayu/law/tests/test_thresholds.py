"""Thresholds: old and new editions to the day and to the cent, and the lower side for undecided parties."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from dayu.law.party_kinds import party_kind
from dayu.law.rulebook import load_toml
from dayu.law.tests.statute_texts import article_text, statute_folder
from dayu.law.thresholds import COLLECTIVE_DISCUSSION, HEARING, crosses, edition_on, needs, threshold_editions

KEYS = list(load_toml("thresholds.toml"))
CORPUS = {
    "penalty-law": "行政处罚法(2021-01-22)",
    "huai-pollution-regulation": "淮河流域水污染防治暂行条例(2011-01-08)",
}


def one(key: str, amount: str, party: str, on: date | None, **told: str) -> bool | None:
    yuan = Decimal(amount)
    return crosses(key, low_yuan=yuan, high_yuan=yuan, party=party_kind(party), facts=told, on=on).answer


@pytest.mark.parametrize("key", KEYS)
def test_every_worked_example_holds(key: str) -> None:
    examples = load_toml("thresholds.toml")[key]["examples"]
    assert examples
    for e in examples:
        assert one(key, e["amount_yuan"], e["party"], e["on"]) is e["answer"], e


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.skipif(statute_folder() is None, reason="the statute texts are not on this machine")
def test_every_anchor_stands_in_its_article(key: str) -> None:
    for edition in threshold_editions(key):
        for citation in edition.basis:
            if citation.law in CORPUS and citation.anchor:
                assert citation.anchor in (article_text(CORPUS[citation.law], citation.article or 0) or "")


def test_before_the_first_edition_there_is_no_threshold() -> None:
    assert edition_on(HEARING, date(1997, 12, 25)) is None
    assert one(HEARING, "60000", "organisation", date(1997, 12, 25)) is None
    assert needs(HEARING, Decimal(1), party=party_kind("citizen"), on=date(1997, 12, 25))


def test_a_range_on_both_sides_of_the_threshold_stays_open() -> None:
    found = crosses(
        HEARING,
        low_yuan=Decimal(20000),
        high_yuan=Decimal(100000),
        party=party_kind("organisation"),
        facts={},
        on=date(2024, 1, 1),
    )
    assert (found.answer, found.missing) == (None, ("fine_yuan",))


def test_a_person_may_decide_the_side_of_a_finer_kind() -> None:
    on = date(2024, 1, 1)
    assert one(HEARING, "20000", "cooperative", on) is True
    assert one(HEARING, "20000", "cooperative", on, treated_as="organisation") is False
    assert one(COLLECTIVE_DISCUSSION, "5000", "branch", on) is True


def test_a_decision_after_an_act_of_june_2023_cannot_fall_under_the_old_threshold() -> None:
    yuan = Decimal(60000)
    party = party_kind("organisation")
    open_one = crosses(HEARING, low_yuan=yuan, high_yuan=yuan, party=party, facts={}, on=None)
    assert (open_one.answer, open_one.missing) == (None, ("as_of",))
    bound = crosses(HEARING, low_yuan=yuan, high_yuan=yuan, party=party, facts={}, on=None, not_before=date(2023, 6, 1))
    assert bound.answer is False
