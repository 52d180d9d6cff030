"""One act under several provisions: one fine, by the higher one; what gives way, and what is not fined yet, stays out."""

from __future__ import annotations

from typing import Any

import pytest

from dayu.law.assess_input import read_input
from dayu.law.concurrence import (
    EQUAL,
    HIGHER_FINE,
    NO_FINE_AT_ALL,
    ONLY_ONE,
    OPEN,
    Concurrence,
    basis,
    higher_fine,
)
from dayu.law.rulebook import load_toml
from dayu.law.tests.statute_texts import article_text, statute_folder
from dayu.law.violations import may_concur_with, often_together

TEXTS = {"penalty-law": "行政处罚法(2021-01-22)", "environment-code": "生态环境法典(2026-03-12)"}
EXAMPLES = load_toml("concurrence.toml")["examples"]


def one_act(*violations: str, **told: Any) -> Concurrence:
    return higher_fine(read_input({"party": "citizen", "violation": key, **told}) for key in violations)


def from_example(example: dict[str, Any]) -> Concurrence:
    day = example["on"].isoformat()
    facts = {"basin": example.get("basin", "other")}
    told: dict[str, Any] = {"acted_from": day, "acted_to": day, "party": example["party"], "facts": facts}
    if "order_unmet" in example:
        told |= {"ordered_on": day, "order_met": not example["order_unmet"]}
    return one_act(*example["violations"], **told)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e['violations'][0]}-{e['chosen'] or 'open'}")
def test_every_worked_example_holds(example: dict[str, Any]) -> None:
    found = from_example(example)
    if not example["chosen"]:
        assert found.chosen is None
        return
    assert found.chosen is not None and found.chosen.violation.key == example["chosen"]
    assert found.chosen.bounds is not None
    assert str(found.chosen.bounds[1]) == example["max_yuan"]


@pytest.mark.skipif(statute_folder() is None, reason="the statute texts are not on this machine")
def test_every_anchor_stands_in_its_article() -> None:
    day = read_input({"violation": "dam-29-2", "party": "citizen", "acted_from": "2026-09-01"}).acted_from
    assert day is not None and len(basis(day.last)) == 2
    for citation in basis(day.last):
        assert citation.anchor in (article_text(TEXTS[citation.law], citation.article or 0) or "")


def test_the_code_is_cited_from_its_first_day_on() -> None:
    old = one_act("flood-obstruct-building", acted_from="2026-08-14", acted_to="2026-08-14")
    new = one_act("flood-obstruct-building", acted_from="2026-08-15", acted_to="2026-08-15")
    assert [c.law for c in old.basis] == ["penalty-law"]
    assert [c.law for c in new.basis] == ["penalty-law", "environment-code"]


def test_a_basin_law_displaces_both_general_laws_and_nothing_is_left_to_choose() -> None:
    found = from_example(next(e for e in EXAMPLES if e["chosen"] == "yr-118-1-obstruct"))
    assert (found.why, found.displaced) == (ONLY_ONE, ("flood-obstruct-building", "water-65-1-obstruct"))


def test_before_an_order_the_one_that_needs_it_does_not_fine_and_still_orders() -> None:
    told = {"acted_from": "2024-06-03", "acted_to": "2024-06-03", "facts": {"basin": "other"}}
    obeyed = one_act("flood-obstruct-building", "water-65-1-obstruct", ordered_on="2024-06-04", order_met=True, **told)
    assert obeyed.chosen is not None and obeyed.chosen.violation.key == "flood-obstruct-building"
    assert [one.violation.key for one in obeyed.silent] == ["water-65-1-obstruct"]
    assert "order_stop" in {m.kind for m in obeyed.measures}


def test_an_order_that_nobody_has_told_of_leaves_the_choice_open() -> None:
    found = one_act("flood-obstruct-building", "water-65-1-obstruct", acted_from="2024-06-03", facts={"basin": "other"})
    assert (found.chosen, found.why) == (None, OPEN)
    assert {"ordered_on", "order_met"} <= set(found.asks)


def test_ranges_that_cross_take_the_higher_end_and_ask_a_person() -> None:
    """水土保持法五十七条 (0 to 3 times the fee) against 水法六十九条 (20,000 to 100,000)."""
    found = one_act(
        "soil-57-fee-default",
        "water-69-1-unauthorised-abstraction",
        acted_from="2024-06-03",
        acted_to="2024-06-03",
        ordered_on="2024-06-04",
        order_met=False,
        facts={"basin": "other", "fee_yuan": "50000", "water_source": "surface"},
    )
    assert found.chosen is not None and found.chosen.violation.key == "soil-57-fee-default"
    assert (found.why, found.asks) == (HIGHER_FINE, ("higher_fine",))


def test_equal_ranges_keep_the_first_one_named_and_fine_once() -> None:
    found = one_act(
        "water-66-1-dump-plant",
        "water-72-2-activity-in-protection-zone",
        acted_from="2024-06-03",
        acted_to="2024-06-03",
    )
    assert found.why == EQUAL
    assert found.chosen is not None and found.chosen.violation.key == "water-66-1-dump-plant"


def test_two_provisions_without_a_fine_leave_none() -> None:
    found = one_act("drought-62-illegal-diversion", acted_from="2024-06-03", acted_to="2024-06-03")
    assert (found.chosen, found.why) == (None, NO_FINE_AT_ALL)


def test_a_provision_not_yet_in_force_on_the_day_of_the_act_is_no_rival() -> None:
    found = one_act(
        "yz-87-occupy-shoreline", "flood-obstruct-building",
        acted_from="2021-02-28", acted_to="2021-02-28", facts={"basin": "yangtze-river"},
    )  # fmt: skip
    assert found.chosen is not None and found.chosen.violation.key == "flood-obstruct-building"


def test_sets_that_often_concur_name_each_other() -> None:
    assert "water-65-1-obstruct" in may_concur_with("flood-obstruct-building")
    for _, keys in often_together():
        for key in keys:
            assert set(keys) - {key} <= set(may_concur_with(key))
    assert may_concur_with("soil-53-1-no-plan") == ()
