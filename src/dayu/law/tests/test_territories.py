"""Territory profiles: the lowest level that speaks is heard, and none may loosen what a level above it ordered."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from dayu.law.calendar import NotComputable
from dayu.law.rulebook import RulebookError
from dayu.law.territories import (
    TerritoryProfile,
    declarations,
    levels,
    loosened,
    profile_from,
    published_profiles,
    resolve,
)

DAY = date(2026, 5, 7)


def profile(code: str, parent: str, *values: Mapping[str, Any]) -> TerritoryProfile:
    rows = [{"clause": "示例", "valid_from": date(2020, 1, 1), "confirmation": "V", **v} for v in values]
    return profile_from({"code": code, "name": code, "parent": parent, "values": rows})


def test_a_county_inherits_what_it_does_not_set_and_the_source_is_named() -> None:
    archive = resolve("archive_days", "990121", DAY)
    assert (archive.value, archive.territory, archive.territory_name) == (20, "990100", "苍阳市")
    review = resolve("legal_review_days", "990121", DAY)
    assert (review.value, review.territory, review.confirmation) == (3, "990121", "V")
    assert review.inherited == (("000000", 5), ("990000", 5))


def test_a_default_that_nobody_confirmed_says_so() -> None:
    assert not resolve("defence_days", "990121", DAY).confirmed
    assert resolve("legal_review_days", "990121", DAY).confirmed


def test_a_value_holds_only_in_its_time() -> None:
    assert resolve("legal_review_days", "990121", date(2023, 12, 31)).value == 5
    assert resolve("legal_review_days", "990121", date(2024, 1, 1)).value == 3


def test_before_any_level_has_a_value_there_is_no_answer() -> None:
    with pytest.raises(NotComputable) as refused:
        resolve("legal_review_days", "990121", date(2020, 1, 1))
    assert refused.value.refusal.rule == "time.no-parameter"


def test_a_place_without_a_profile_takes_the_levels_above_it() -> None:
    assert [p.code for p in levels("990122")] == ["000000", "990000", "990100"]
    assert [p.code for p in levels("440100")] == ["000000"]


def test_a_lower_level_may_tighten_and_never_loosen_in_the_declared_direction() -> None:
    known = dict(published_profiles())
    assert loosened(profile("990122", "990100", {"key": "legal_review_days", "value": 6}), profiles=known) == (
        "legal_review_days",
    )
    assert loosened(profile("990122", "990100", {"key": "legal_review_days", "value": 4}), profiles=known) == ()
    assert loosened(profile("990122", "990100", {"key": "defence_days", "value": 4}), profiles=known) == (
        "defence_days",
    )
    assert loosened(profile("990122", "990100", {"key": "defence_days", "value": 6}), profiles=known) == ()


def test_a_reminder_that_a_level_above_orders_cannot_be_dropped() -> None:
    known = dict(published_profiles())
    assert loosened(profile("990122", "990100", {"key": "reminder_days", "value": [1]}), profiles=known) == (
        "reminder_days",
    )
    assert loosened(profile("990122", "990100", {"key": "reminder_days", "value": [7, 3, 1]}), profiles=known) == ()


def test_a_looser_value_of_a_time_when_the_level_above_said_nothing_is_no_fault() -> None:
    known = dict(published_profiles())
    old = {"key": "legal_review_days", "value": 9, "valid_from": date(2019, 1, 1), "valid_until": date(2020, 12, 31)}
    assert loosened(profile("990122", "990100", old), profiles=known) == ()


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"key": "legal_review_days", "value": "5"}, "is of kind days"),
        ({"key": "legal_review_days", "value": True}, "is of kind days"),
        ({"key": "no_such_parameter", "value": 5}, "does not declare"),
        ({"key": "legal_review_days", "value": 5, "confirmation": "X"}, "confirmation"),
        ({"key": "legal_review_days", "value": 5, "colour": "red"}, "unknown fields"),
    ],
)
def test_a_profile_that_says_something_unknown_is_refused(row: dict[str, Any], fault: str) -> None:
    with pytest.raises(RulebookError, match=fault):
        profile("990122", "990100", row)


def test_two_values_at_once_raise_an_error() -> None:
    twice = profile("990122", "", {"key": "archive_days", "value": 20}, {"key": "archive_days", "value": 10})
    with pytest.raises(RulebookError, match="twice"):
        resolve("archive_days", "990122", DAY, profiles={**published_profiles(), "990122": twice})


def test_every_declared_number_has_a_national_default() -> None:
    for key, declared in declarations().items():
        if declared.kind != "text":
            assert resolve(key, "", DAY).territory == "000000", key


def test_the_version_of_a_profile_names_its_content() -> None:
    one = profile("990122", "990100", {"key": "archive_days", "value": 10})
    same = profile("990122", "990100", {"key": "archive_days", "value": 10})
    other = profile("990122", "990100", {"key": "archive_days", "value": 11})
    assert one.version == same.version != other.version


def chain(*rows: tuple[str, str, Mapping[str, Any]]) -> dict[str, TerritoryProfile]:
    """Profiles from the nation down: code, parent, the value of `closing_days`."""
    return {code: profile(code, parent, {"key": "closing_days", **row}) for code, parent, row in rows}


def test_four_levels_tighten_one_after_the_other_and_each_place_has_its_own_value() -> None:
    known = chain(
        ("000000", "", {"value": 15}),
        ("990000", "000000", {"value": 12}),
        ("990100", "990000", {"value": 10}),
        ("990121", "990100", {"value": 7}),
    )
    found = {code: resolve("closing_days", code, DAY, profiles=known) for code in known}
    assert {code: p.value for code, p in found.items()} == {"000000": 15, "990000": 12, "990100": 10, "990121": 7}
    assert found["990121"].inherited == (("000000", 15), ("990000", 12), ("990100", 10))
    assert all(loosened(p, profiles=known) == () for p in known.values())
    assert resolve("closing_days", "990122", DAY, profiles=known).territory == "990100"


def test_a_level_above_that_tightens_later_overrules_what_has_become_looser() -> None:
    known = chain(
        ("000000", "", {"value": 15}),
        ("990000", "000000", {"value": 8, "valid_from": date(2025, 1, 1)}),
        ("990121", "990000", {"value": 10}),
    )
    before = resolve("closing_days", "990121", date(2024, 12, 31), profiles=known)
    assert (before.value, before.territory, before.overruled) == (10, "990121", ())
    after = resolve("closing_days", "990121", date(2025, 1, 1), profiles=known)
    assert (after.value, after.territory, after.overruled) == (8, "990000", (("990121", 10),))


def test_every_value_of_every_level_has_a_clause_a_validity_and_a_confirmation() -> None:
    for one in published_profiles().values():
        for entry in one.entries:
            assert entry.clause.strip(), (one.code, entry.key)
            assert entry.valid_until is None or entry.valid_from <= entry.valid_until
            found = resolve(entry.key, one.code, entry.valid_from)
            assert found.valid_from is not None and found.valid_from <= entry.valid_from


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ({"key": "closing_days", "value": 5, "clause": " "}, "without the clause"),
        ({"key": "closing_days", "value": 5, "valid_until": date(2019, 1, 1)}, "ends before it begins"),
    ],
)
def test_a_value_without_its_clause_or_with_a_life_that_ends_first_is_refused(row: dict[str, Any], fault: str) -> None:
    with pytest.raises(RulebookError, match=fault):
        profile("990122", "990100", row)


def test_no_number_may_be_loosened_by_any_level_in_either_direction() -> None:
    """Every parameter with a direction, one step looser than the value above it, in a county without a profile."""
    known = dict(published_profiles())
    tried = 0
    for key, declared in declarations().items():
        if declared.tighter == "free" or declared.kind not in ("days", "count"):
            continue
        above = resolve(key, "990122", DAY).number
        for step in (1, -1):
            looser = (step > 0) is (declared.tighter == "lower")
            found = loosened(profile("990122", "990100", {"key": key, "value": above + step}), profiles=known)
            assert found == ((key,) if looser else ()), (key, step)
            tried += 1
    assert tried >= 20
