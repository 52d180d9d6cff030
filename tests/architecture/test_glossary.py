"""Every model and every action word of the code is in GLOSSARY.md, and one identifier has one Chinese term."""

from __future__ import annotations

import importlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

from django.apps import apps

from dayu.core.actions import registered_actions

GLOSSARY = Path(__file__).resolve().parents[2] / "GLOSSARY.md"
IDENTIFIER = re.compile(r"`([A-Za-z_][A-Za-z0-9_.]*)`")
HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def words_of(identifier: str) -> list[str]:
    """`ProofOfService` and `proof_of_service` are the words proof, of, service."""
    return [w for w in HUMP.sub("_", identifier).lower().replace(".", "_").split("_") if w]


def singular(word: str) -> str:
    """One form for one thing and for several."""
    return word[:-3] + "y" if word.endswith("ies") else word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def term_rows(text: str) -> Iterator[list[str]]:
    """The rows of the tables of terms, cell by cell; other tables (words with two meanings) are no terms."""
    within = False
    for line in text.splitlines():
        cells = [c.strip() for c in line.split("|")]
        if not line.startswith("|"):
            within = False
        elif cells[1] == "中文":
            within = True
        elif within and len(cells) > 4:
            yield cells


class Glossary:
    """The identifiers of the tables."""

    def __init__(self, text: str):
        self.identifiers = [i for row in term_rows(text) for i in IDENTIFIER.findall(row[3])]
        self.known = set(IDENTIFIER.findall(text))
        self.words = {singular(w) for identifier in self.known for w in words_of(identifier)}

    def unknown_models(self, names: Iterable[str]) -> list[str]:
        """Models that no table names."""
        return sorted(n for n in names if n not in self.known)

    def unknown_words(self, actions: Iterable[str]) -> dict[str, list[str]]:
        """Actions with a word that no identifier of the tables has."""
        found = {}
        for action in actions:
            missing = [w for w in words_of(action) if action not in self.known and singular(w) not in self.words]
            if missing:
                found[action] = missing
        return found


def the_glossary() -> Glossary:
    return Glossary(GLOSSARY.read_text("utf-8"))


def model_names() -> set[str]:
    """The models of the house."""
    return {m.__name__ for m in apps.get_models() if m.__module__.startswith("dayu.")}


def action_names() -> set[str]:
    """The actions of the house, all services loaded."""
    for app in apps.get_app_configs():
        if app.name.startswith("dayu.") and find_spec(f"{app.name}.services"):
            importlib.import_module(f"{app.name}.services")
    return {a.name for a in registered_actions().values() if a.function.__module__.startswith("dayu.")}


def test_every_model_is_in_the_glossary() -> None:
    missing = the_glossary().unknown_models(model_names())
    assert not missing, f"add a row for each to GLOSSARY.md: {', '.join(missing)}"


def test_every_word_of_an_action_is_in_the_glossary() -> None:
    missing = the_glossary().unknown_words(action_names())
    assert not missing, f"add a row with the action, or with an identifier that has the word, to GLOSSARY.md: {missing}"


def test_a_model_type_stands_in_one_row_only() -> None:
    capital = [i for i in the_glossary().identifiers if i[:1].isupper() and not i.isupper()]
    assert [name for name, number in Counter(capital).items() if number > 1] == []


def test_a_model_or_word_that_is_not_there_is_found() -> None:
    small = Glossary("| 中文 | English | Identifier | Note |\n| 案件 | case | `Case`, `file_case` | |\n")
    assert small.unknown_models({"Case", "Widget"}) == ["Widget"]
    assert small.unknown_words({"file_case", "file_cases", "frobnicate_case"}) == {"frobnicate_case": ["frobnicate"]}
