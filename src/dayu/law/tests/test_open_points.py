"""What nobody has confirmed is on one list: every mark of the rulebook, and every point that the facts leave open."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from dayu.law import open_points as listed
from dayu.law.benchmarks import benchmarks
from dayu.law.open_points import open_points
from dayu.law.tests.test_fines_from_statutes import NOT_DERIVED
from dayu.law.tests.test_violation_facts import facts, needs_facts
from dayu.law.time_limits import time_limits
from dayu.law.violations import violation, violation_keys


def keys(what: str) -> set[str]:
    return {point.key for point in open_points() if point.what == what}


def test_every_unconfirmed_number_extension_and_rolling_of_a_limit_is_listed() -> None:
    newest = [versions[-1] for versions in time_limits().values()]
    assert keys(listed.NUMBER) == {v.key for v in newest if v.confirmation == "U" and not v.profile}
    assert keys(listed.EXTENSION) == {v.key for v in newest if v.extension_confirmation == "U"}
    assert keys(listed.ROLLING) == {v.key for v in newest if v.roll_confirmation == "U"}
    assert "decision" in keys(listed.EXTENSION)


def test_every_violation_whose_text_is_not_at_hand_says_that_its_figures_are_second_hand() -> None:
    assert keys(listed.SOURCE) == set(NOT_DERIVED)


@needs_facts
def test_every_statement_that_the_table_of_facts_leaves_open_is_listed() -> None:
    open_ones = {
        key
        for key, told in facts().items()
        if "unverified" in f"{told.get('notes', '')}{told['authority']}{told.get('criminal_note', '')}"
    }
    assert len(open_ones) == 5
    assert keys(listed.STATEMENT) == open_ones


def test_the_open_rules_of_the_table_are_listed_numbering_first_day_of_the_sand_regulation_and_comparison() -> None:
    assert keys(listed.NUMBERING) == {"flood-control-law"}
    assert keys(listed.BEGIN) == {k for k in violation_keys() if any(v.uncertain_until for v in violation(k).versions)}
    assert keys(listed.CHOICE) == {"choice"}
    assert violation("water-70-fee-default").asks, "whether the article still applies since water is taxed is asked"


def test_every_unconfirmed_benchmark_of_a_real_place_is_listed() -> None:
    expected = {b.key for b in benchmarks().values() if not b.confirmed and not b.demonstration}
    assert keys(listed.BENCHMARK) == expected
    assert replace(open_points()[0]).name


def test_nothing_is_listed_twice_for_the_same_reason() -> None:
    counted = Counter((p.what, p.part, p.key, p.words) for p in open_points())
    assert [point for point, times in counted.items() if times > 1] == []
