"""No rule answers for a day outside its validity: every dated rule of the rulebook, at both ends of its life."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dayu.law.assess import assess
from dayu.law.assess_input import read_input
from dayu.law.benchmarks import benchmark_for, benchmarks, local_law_for
from dayu.law.calendar import NotComputable, national_calendar
from dayu.law.citations import laws
from dayu.law.deadlines import deadline
from dayu.law.rulebook import load_toml
from dayu.law.territories import published_profiles, resolve
from dayu.law.thresholds import edition_on, threshold_editions
from dayu.law.time_limits import Unit, time_limit, time_limits
from dayu.law.violations import violation, violation_keys

DAY = timedelta(days=1)
THRESHOLDS = tuple(load_toml("thresholds.toml"))
days = st.dates(date(1950, 1, 1), date(2099, 12, 31))


def alive(day: date, life: tuple[tuple[date, date | None], ...]) -> bool:
    return any(first <= day and (last is None or day <= last) for first, last in life)


def edges(life: tuple[tuple[date, date | None], ...]) -> set[date]:
    """Both ends of every life, and the days beside them."""
    found = {first + n * DAY for first, _ in life for n in (-1, 0)}
    return found | {last + n * DAY for _, last in life if last for n in (0, 1)}


def assert_violation(key: str, day: date) -> None:
    life = tuple((v.in_force_from, v.in_force_until) for v in violation(key).versions)
    found = violation(key).version_on(day)
    assert (found is not None) is alive(day, life)
    assert found is None or found.in_force_on(day)
    answer = assess(read_input({
        "violation": key, "party": "citizen", "acted_from": day.isoformat(), "acted_to": day.isoformat(),
        "facts": {"basin": violation(key).region if violation(key).region in load_toml("basins.toml") else "other"},
    })).as_json()  # fmt: skip
    if not alive(day, life):
        assert answer["law_in_force"] is None
        assert (answer["statutory"]["min_yuan"], answer["statutory"]["max_yuan"]) == (None, None)
        assert [r["rule"] for r in answer["refusals"]] == ["assess.no_rule_in_force"]
    elif answer["law_in_force"] is not None:
        told = answer["law_in_force"]
        assert told["in_force_from"] <= day.isoformat()
        assert told["in_force_until"] is None or day.isoformat() <= told["in_force_until"]


@pytest.mark.parametrize("key", violation_keys())
def test_no_violation_answers_outside_the_life_of_its_law(key: str) -> None:
    for day in edges(tuple((v.in_force_from, v.in_force_until) for v in violation(key).versions)):
        assert_violation(key, day)


@given(st.sampled_from(violation_keys()), days)
def test_no_violation_answers_on_any_day_outside_the_life_of_its_law(key: str, day: date) -> None:
    assert_violation(key, day)


def assert_limit(key: str, day: date) -> None:
    life = tuple((v.in_force_from, v.in_force_until) for v in time_limits()[key])
    try:
        version = time_limit(key, day)
    except NotComputable as refused:
        assert refused.refusal.rule == "time.no-rule-in-force"
        assert not alive(day, life)
        with pytest.raises(NotComputable):
            deadline(key, day, calendar=national_calendar(), days=10)
        return
    assert alive(day, life) and alive(day, ((version.in_force_from, version.in_force_until),))


@pytest.mark.parametrize("key", sorted(time_limits()))
def test_no_time_limit_answers_outside_its_life(key: str) -> None:
    for day in edges(tuple((v.in_force_from, v.in_force_until) for v in time_limits()[key])):
        assert_limit(key, day)


@given(st.sampled_from(sorted(time_limits())), days)
def test_no_time_limit_answers_on_any_day_outside_its_life(key: str, day: date) -> None:
    assert_limit(key, day)


@pytest.mark.parametrize("key", THRESHOLDS)
def test_no_threshold_answers_outside_its_life(key: str) -> None:
    life = tuple((e.in_force_from, e.in_force_until) for e in threshold_editions(key))
    for day in edges(life):
        found = edition_on(key, day)
        assert (found is not None) is alive(day, life)
        assert found is None or found.in_force_on(day)


@pytest.mark.parametrize("key", sorted(laws()))
def test_no_edition_of_a_law_is_named_outside_its_life(key: str) -> None:
    life = tuple((e.in_force_from, e.in_force_until) for e in laws()[key].editions)
    for day in edges(life):
        found = laws()[key].edition_on(day)
        assert (found is not None) is alive(day, life)


@pytest.mark.parametrize("key", sorted(benchmarks()))
def test_no_benchmark_answers_outside_its_life(key: str) -> None:
    known = benchmarks()[key]
    outside = [d for d in (known.in_force_from, known.in_force_until) if d]
    for day in [d + n * DAY for d in outside for n in (-1, 1)]:
        if known.holds_on(day):
            continue
        for about in known.violations:
            for found in (benchmark_for(about, known.territory, day), local_law_for(about, known.territory, day)):
                assert found is None or found.key != key


def test_no_parameter_answers_outside_its_validity() -> None:
    for profile in published_profiles().values():
        for entry in profile.entries:
            for day in edges(((entry.valid_from, entry.valid_until),)):
                if entry.holds_on(day):
                    continue
                try:
                    found = resolve(entry.key, profile.code, day)
                except NotComputable as refused:
                    assert refused.refusal.rule == "time.no-parameter"
                    continue
                holding = [e for e in profile.entries if e.key == entry.key and e.holds_on(day)]
                assert found.territory != profile.code or holding


def test_a_limit_in_hours_needs_its_law_as_well() -> None:
    hours = [k for k, v in time_limits().items() if v[-1].span.unit is Unit.HOURS]
    assert hours
    for key in hours:
        first = min(v.in_force_from for v in time_limits()[key])
        with pytest.raises(NotComputable):
            deadline(key, first - DAY, calendar=national_calendar())
