"""The settings of the procedures come from the territory profile, and agree with the defaults where nobody set any."""

from datetime import date

from dayu.law.procedure_settings import procedure_settings
from dayu.law.situation import DEFAULT_SETTINGS
from dayu.law.territories import resolve

DAY = date(2026, 3, 2)


def test_without_a_profile_the_national_defaults_are_those_of_a_situation() -> None:
    found = procedure_settings("", DAY)
    assert found["major_penalty_yuan"] == (DEFAULT_SETTINGS["major_penalty_yuan"] or 0)
    for key in ("every_penalty_is_major_without_threshold", "weekend_is_holiday", "night_hours"):
        assert found[key] == DEFAULT_SETTINGS[key]


def test_every_default_is_shown_as_not_confirmed() -> None:
    keys = ("major_penalty_yuan", "every_penalty_is_major_without_threshold", "weekend_is_holiday", "night_begins", "night_ends")
    assert {resolve(key, "", DAY).confirmation for key in keys} == {"U"}
    assert {resolve(key, "", DAY).confirmation for key in ("summary_filing_days", "major_filing_days")} == {"U"}
