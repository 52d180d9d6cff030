"""Every word the procedure may say exists in both languages, and every article it cites says what the anchor claims."""

from __future__ import annotations

import importlib
import pkgutil
import re
from pathlib import Path
from typing import Any

import pytest

import dayu.law.conditions
from dayu.law.citations import Citation, law
from dayu.law.procedures import ordinary_duties
from dayu.law.procedures.ordinary_penalty import ORDINARY_PENALTY
from dayu.law.refusals import wordings
from dayu.law.rulebook import RulebookError, rulebook_root
from dayu.law.tests.statute_texts import article_text, statute_folder
from dayu.law.words import Term, has_word, shown, tables, word

LAW = Path(dayu.law.conditions.__file__).parent.parent
MODULES = [importlib.import_module(f"dayu.law.conditions.{m.name}") for m in pkgutil.iter_modules(dayu.law.conditions.__path__)]


def citations() -> list[Citation]:
    """All citations of conditions, steps and duties."""
    found: set[Citation] = set()

    def walk(value: Any) -> None:
        if isinstance(value, Citation):
            found.add(value)
        elif isinstance(value, dict):
            walk(tuple(value.values()))
        elif isinstance(value, tuple | list):
            for item in value:
                walk(item)
        elif hasattr(value, "basis"):
            walk(value.basis)

    for module in MODULES:
        walk(vars(module))
    walk([step.basis for step in ORDINARY_PENALTY.steps])
    walk(vars(ordinary_duties))
    return sorted(found, key=lambda c: (c.law, c.article or 0, c.anchor))


@pytest.mark.skipif(statute_folder() is None, reason="the statute texts are not on this machine")
def test_every_anchor_stands_in_its_article() -> None:
    checked = 0
    for citation in citations():
        corpus = next(e.corpus for e in law(citation.law).editions if e.edition == citation.edition)
        if not corpus:
            assert citation.confirmation == "U", f"{citation.text()} has no text and is not marked unverified"
            continue
        text = article_text(corpus, citation.article or 0, citation.paragraph, citation.item)
        assert text is not None, f"{citation.text()} does not exist"
        assert citation.anchor, f"{citation.text()} has no anchor"
        assert citation.anchor in text, f"{citation.text()} does not say {citation.anchor}"
        checked += 1
    assert checked > 80


def test_every_rule_of_the_procedure_has_words_and_every_wording_is_used() -> None:
    sources = [*LAW.glob("conditions/*.py"), *LAW.glob("procedures/*.py"), LAW / "procedure.py"]
    used = {rule for path in sources for rule in re.findall(r'"(procedure\.[a-z_]+)"', path.read_text("utf-8"))}
    worded = {rule for rule in wordings() if rule.startswith("procedure.")}
    assert used == worded


def test_every_act_entry_stage_and_reason_has_words() -> None:
    for step in ORDINARY_PENALTY.steps:
        assert has_word("acts", step.act)
        assert has_word("entries", step.records)
        assert has_word("stages", step.stage)
    reasons = re.findall(r'Duty\("(?:must|may|not)", "([a-z_]+)"', (LAW / "procedures/ordinary_duties.py").read_text("utf-8"))
    assert len(reasons) > 10
    assert all(has_word("reasons", reason) for reason in reasons)


def test_every_document_of_a_step_is_defined_in_the_rulebook() -> None:
    defined = {p.stem for p in (rulebook_root() / "documents").glob("*.toml")}
    named = {key for step in ORDINARY_PENALTY.steps for key in step.documents}
    assert len(named) >= 25
    assert named <= defined


def test_every_limit_of_the_procedure_is_defined_in_the_rulebook() -> None:
    text = (rulebook_root() / "limits.toml").read_text("utf-8")
    for rule in ORDINARY_PENALTY.limits_rules:
        assert f"[{rule.key}]" in text


def test_no_word_is_empty_and_an_unknown_one_is_an_error() -> None:
    assert all(pair["zh"] and pair["en"] for words in tables().values() for pair in words.values())
    with pytest.raises(RulebookError, match="no word"):
        word("acts", "set_status")


def test_parameters_are_shown_in_the_readers_language() -> None:
    assert shown(Term("acts", "file_case"), "zh") == "批准立案"
    assert shown((Term("routes", "penalise"), Term("routes", "criminal")), "en") == "penalise, suspected crime, transfer"
