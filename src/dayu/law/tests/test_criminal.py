"""Criminal thresholds of sand mining: below, between and above the range, closed zones, repetition."""

from __future__ import annotations

from decimal import Decimal

from dayu.law.criminal import criminal_rules, suspicion, suspicion_verdict
from dayu.law.fact_conditions import read_facts
from dayu.law.rulebook import load_toml
from dayu.law.violations import violation, violation_keys


def test_every_worked_example_holds() -> None:
    examples = load_toml("criminal.toml")["sand_mining"]["examples"]
    assert examples
    for e in examples:
        found = suspicion(violation("yz-91-sand-mining"), read_facts(e["facts"]))
        assert found.suspected is e.get("suspected"), e
        if "threshold_yuan" in e:
            assert found.threshold_yuan == Decimal(e["threshold_yuan"])
        assert list(found.missing) == e.get("missing", [])


def test_serious_harm_to_the_river_is_a_crime_whatever_the_value() -> None:
    told = read_facts({"river_safety_harm": True})
    assert suspicion(violation("river-reg-44-4"), told).suspected is True
    assert not suspicion_verdict(suspicion(violation("river-reg-44-4"), told)).allowed


def test_a_violation_with_a_known_crime_but_no_threshold_is_left_to_a_person() -> None:
    found = suspicion(violation("permit-56-forge"), {})
    assert (found.suspected, found.missing) == (None, ())
    assert suspicion_verdict(found).allowed
    assert suspicion(violation("soil-53-1-no-plan"), {}).suspected is False


def test_every_rule_names_violations_of_the_catalogue() -> None:
    for rule in criminal_rules().values():
        assert set(rule.row["violations"]) <= set(violation_keys())
