"""What a territory sets for the procedures (地区参数), in the form in which a situation carries it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from dayu.law.territories import TerritoryProfile, resolve

# As they stand in rulebook/parameters.toml; the names of the settings are the same.
PLAIN = ("major_penalty_yuan", "every_penalty_is_major_without_threshold", "weekend_is_holiday")


def procedure_settings(
    territory: str, on: date, *, profiles: Mapping[str, TerritoryProfile] | None = None
) -> Mapping[str, Any]:
    """The settings of the procedures beside the ordinary one, as the territory has them on a day."""

    def number(key: str) -> int:
        return resolve(key, territory, on, profiles=profiles).number

    found: dict[str, Any] = {key: resolve(key, territory, on, profiles=profiles).value for key in PLAIN}
    found["night_hours"] = (number("night_begins"), number("night_ends"))
    return found
