"""Procedures beside the ordinary one: every word exists in both languages, every article says what its anchor claims."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import dayu.law.procedure
from dayu.law.citations import Citation, law
from dayu.law.conditions.matter import Answered, OneOf, Over, Stated, Within
from dayu.law.procedure import Duty, Procedure
from dayu.law.procedures.register import PROCEDURES
from dayu.law.refusals import worded, wordings
from dayu.law.rulebook import rulebook_root
from dayu.law.tests.statute_texts import article_text, statute_folder
from dayu.law.time_limits import time_limits
from dayu.law.words import has_word, word

LAW = Path(dayu.law.procedure.__file__).parent
SOURCES = [*LAW.glob("conditions/*.py"), *LAW.glob("procedures/*.py")]
AREAS = ("matter", "summary", "sparing", "measures", "enforcement", "referral", "answering", "correcting", "permits", "filing")
BESIDE = [p for p in PROCEDURES.values() if p.key != "ordinary_penalty"]


def literals(value: Any) -> Iterator[Any]:
    """Every value inside dataclasses and tuples of a declaration."""
    yield value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        for field in dataclasses.fields(value):
            yield from literals(getattr(value, field.name))
    elif isinstance(value, tuple | frozenset):
        for item in value:
            yield from literals(item)


def declared(procedure: Procedure) -> list[Any]:
    """All literals of the steps, conditions, duties and limits."""
    return [one for part in (procedure.steps, procedure.limits_rules, procedure.always) for one in literals(tuple(part))]


@pytest.mark.skipif(statute_folder() is None, reason="the statute texts are not on this machine")
@pytest.mark.parametrize("procedure", BESIDE, ids=lambda p: p.key)
def test_every_anchor_of_a_procedure_stands_in_its_article(procedure: Procedure) -> None:
    cited = {one for one in declared(procedure) if isinstance(one, Citation)}
    assert len(cited) >= 3
    for citation in cited:
        corpus = next(e.corpus for e in law(citation.law).editions if e.edition == citation.edition)
        if not corpus:
            assert citation.confirmation == "U", f"{citation.text()} has no text and is not marked unverified"
            continue
        text = article_text(corpus, citation.article or 0, citation.paragraph, citation.item)
        assert text is not None, f"{citation.text()} does not exist"
        assert citation.anchor and citation.anchor in text, f"{citation.text()} does not say {citation.anchor!r}"


@pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=lambda p: p.key)
def test_every_name_of_a_declaration_has_words(procedure: Procedure) -> None:
    wanted = {("procedures", procedure.key)} | {("stages", stage) for stage in procedure.stages}
    for step in procedure.steps:
        wanted |= {("acts", step.act), ("entries", step.records), ("stages", step.stage)}
        wanted |= {("posts", role) for role in step.roles}
        assert step.stage in procedure.stages
        assert not step.limit or step.limit in time_limits()
    for one in declared(procedure):
        if isinstance(one, Stated):
            wanted |= {("particulars", key) for key in one.keys}
        elif isinstance(one, OneOf):
            wanted |= {("particulars", one.key)} | {("choices", choice) for choice in one.choices}
        elif isinstance(one, Answered):
            wanted |= {("questions", question) for question in one.questions}
        elif isinstance(one, Within | Over):
            wanted.add(("limits", one.limit.key))
        elif isinstance(one, Duty) and one.why:
            wanted.add(("reasons", one.why))
    assert [f"{table}.{key}" for table, key in sorted(wanted) if not has_word(table, key)] == []


def test_every_reason_of_a_duty_has_words() -> None:
    pattern = r"(?:NotAfter|MustAfter|OnlyAfter|Duty)\(\s*(?:\([^)]*\)|\"(?:must|may|not)\"),\s*\"([a-z_]+)\""
    reasons = {found for path in SOURCES for found in re.findall(pattern, path.read_text("utf-8"))}
    assert len(reasons) > 20
    assert sorted(reason for reason in reasons if not has_word("reasons", reason)) == []


def test_every_rule_of_these_areas_has_words_and_every_wording_is_used() -> None:
    pattern = rf'"((?:{"|".join(AREAS)})\.[a-z_]+)"'
    used = {rule for path in SOURCES for rule in re.findall(pattern, path.read_text("utf-8"))}
    assert used == {rule for rule in wordings() if rule.split(".")[0] in AREAS}


def test_every_condition_made_of_literals_can_be_printed_in_both_languages() -> None:
    for procedure in BESIDE:
        for one in declared(procedure):
            if hasattr(one, "refusals") and callable(one):
                for refusal in one.refusals():
                    assert worded(refusal, "zh").reason and worded(refusal, "en").reason
                    assert refusal.basis


def test_the_names_of_limits_are_the_same_in_both_places() -> None:
    used = {one.limit.key for p in BESIDE for one in declared(p) if isinstance(one, Within | Over)}
    assert {key: word("limits", key) for key in used} == {key: time_limits()[key][-1].name for key in used}


def test_every_limit_of_a_procedure_is_defined_in_the_rulebook() -> None:
    assert [rule.key for p in BESIDE for rule in p.limits_rules if rule.key not in time_limits()] == []


def test_every_document_of_a_step_is_defined_in_the_rulebook() -> None:
    defined = {path.stem for path in (rulebook_root() / "documents").glob("*.toml")}
    named = {key for p in BESIDE for step in p.steps for key in step.documents}
    assert len(named) >= 40
    assert sorted(named - defined) == []
