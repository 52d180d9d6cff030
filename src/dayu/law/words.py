"""Words of the rulebook (acts, stages, entries, questions, reasons) in Chinese and English, for every door alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from dayu.law.rulebook import RulebookError, load_folder


@dataclass(frozen=True, slots=True)
class Term:
    """A word that is rendered in the reader's language: a file of `rulebook/words/` and a key in it."""

    table: str
    key: str

    def __str__(self) -> str:
        return self.key

    def text(self, language: str = "zh") -> str:
        """The word in `language` (`zh` or `en`)."""
        return word(self.table, self.key, language)


@cache
def tables() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """File -> key -> `{zh, en}` of all files of `rulebook/words/`."""
    found = load_folder("words")
    for name, words in found.items():
        for key, pair in words.items():
            if set(pair) != {"zh", "en"}:
                raise RulebookError(f"rulebook/words/{name}.toml: {key} needs exactly zh and en")
    return found


def word(table: str, key: str, language: str = "zh") -> str:
    """One word; an unknown key is an error, so that no raw key reaches a reader."""
    try:
        pair = tables()[table][key]
    except KeyError:
        raise RulebookError(f"no word {key!r} in rulebook/words/{table}.toml") from None
    return pair["en" if language.startswith("en") else "zh"]


def has_word(table: str, key: str) -> bool:
    """Whether the table has this key."""
    return key in tables().get(table, {})


def shown(value: Any, language: str = "zh") -> str:
    """A parameter as a reader sees it: terms in words, amounts with separators, dates as 2026-11-20."""
    if isinstance(value, Term):
        return value.text(language)
    if isinstance(value, Decimal):
        return _amount(value)
    if isinstance(value, tuple):
        return joined([shown(v, language) for v in value], language)
    return value.isoformat() if isinstance(value, date) else str(value)


def joined(names: Sequence[str], language: str = "zh") -> str:
    """Names in a row: 甲、乙, or 查封、扣押；解除 where a name has a pause of its own."""
    if language.startswith("en"):
        return ", ".join(names)
    return ("；" if any("、" in name for name in names) else "、").join(names)


def _amount(value: Decimal) -> str:
    text = f"{value:,.2f}"
    return text[:-3] if text.endswith(".00") else text
