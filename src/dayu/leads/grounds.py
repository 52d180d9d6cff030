"""The listed grounds for not filing, and the four conditions of filing, as `rulebook/leads.toml` has them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from dayu.law.citations import Citation, citation_from
from dayu.law.rulebook import load_toml


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground. `despite_conditions`: it also holds where all conditions of filing are met."""

    key: str
    zh: str
    en: str
    despite_conditions: bool
    citation: Citation

    def text(self, language: str) -> str:
        """In the reader's language."""
        return self.en if language.startswith("en") else self.zh


@cache
def grounds() -> Mapping[str, Ground]:
    """All grounds by key."""
    return {
        key: Ground(key, row["zh"], row["en"], row["despite_conditions"], citation_from(row["citation"]))
        for key, row in load_toml("leads.toml")["grounds"].items()
    }


@cache
def conditions() -> Mapping[str, Mapping[str, str]]:
    """The conditions of filing: key -> `{zh, en}`. All four must be met."""
    found: dict[str, Mapping[str, str]] = load_toml("leads.toml")["conditions"]
    return found


@cache
def conditions_basis() -> Citation:
    """Where the conditions stand."""
    return citation_from(load_toml("leads.toml")["conditions_basis"]["citation"])


def all_met(answers: Mapping[str, Any]) -> bool:
    """Whether every condition was answered with yes."""
    return all(answers.get(key) is True for key in conditions())
