"""The catalogue of violations: every example holds, every anchor stands in its article, nothing applies too early."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from dayu.law.citations import Citation, law
from dayu.law.fact_conditions import read_facts
from dayu.law.party_kinds import party_kind
from dayu.law.ranges import FOUND, LOCAL_LAW, NO_FINE, statutory_range
from dayu.law.tests.statute_texts import article_text, statute_folder
from dayu.law.violations import LOCAL, examples_of, violation, violation_keys

KEYS = violation_keys()
# Laws whose text the statute folder does not have: their anchors cannot be compared by machine.
NOT_CHECKABLE = {
    "resettlement-regulation",
    "construction-quality-regulation",
    "tendering-law",
    "drainage-regulation",
    "urban-supply-regulation",
}
NOT_CHECKABLE_ARTICLES = {("yangtze-law", n) for n in range(80, 97)}  # the text at hand stops at article 79


def _corpus(citation: Citation) -> str:
    return next(e.corpus for e in law(citation.law).editions if e.edition == citation.edition)


def _checkable(citation: Citation) -> bool:
    return citation.law not in NOT_CHECKABLE and (citation.law, citation.article) not in NOT_CHECKABLE_ARTICLES


def test_the_catalogue_has_all_141_violations() -> None:
    assert len(KEYS) == 141


@pytest.mark.parametrize("key", KEYS)
def test_every_worked_example_gives_its_range(key: str) -> None:
    examples = examples_of(key)
    assert examples
    for example in examples:
        version = violation(key).version_on(example["on"])
        assert version is not None
        facts = {k: v for k, v in example.get("facts", {}).items() if not k.startswith("order_unmet")}
        told = dict(read_facts(facts)) | {k: v for k, v in example.get("facts", {}).items() if k not in facts}
        outcome = statutory_range(version, facts=told, party=party_kind(example["party"]))
        expected = {"local": LOCAL_LAW, "no fine": NO_FINE}.get(example.get("outcome", ""), FOUND)
        assert outcome.why == expected, (example, outcome)
        if expected == FOUND:
            assert (outcome.min_yuan, outcome.max_yuan) == (Decimal(example["min_yuan"]), Decimal(example["max_yuan"]))


@pytest.mark.parametrize("key", KEYS)
def test_the_day_before_its_law_there_is_no_rule_in_force(key: str) -> None:
    first = violation(key).versions[0].in_force_from
    assert violation(key).version_on(first - timedelta(days=1)) is None
    assert violation(key).version_on(first) is violation(key).versions[0]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.skipif(statute_folder() is None, reason="the statute texts are not on this machine")
def test_every_anchor_stands_in_its_article(key: str) -> None:
    chosen = violation(key)
    for citation in chosen.prohibited_by:
        if _checkable(citation) and citation.anchor:
            assert citation.anchor in (article_text(_corpus(citation), citation.article or 0) or "")
    for version in chosen.versions:
        checkable = [c for c in version.citations if _checkable(c)]
        texts = [article_text(_corpus(c), c.article or 0) or "" for c in checkable]
        for citation, text in zip(checkable, texts, strict=True):
            assert len(citation.anchor) >= 3, citation
            assert citation.anchor in text, citation
        for fine in version.fines:
            if not checkable or fine.basis == LOCAL:
                continue
            assert fine.anchor, f"{key}: a fine without an anchor"
            assert any(fine.anchor in text for text in texts), (key, fine.anchor)


def test_what_no_text_can_check_is_known_by_name() -> None:
    unchecked = {
        (c.law, c.article) for key in KEYS for v in violation(key).versions for c in v.citations if not _checkable(c)
    }
    assert {law_key for law_key, _ in unchecked} == NOT_CHECKABLE | {"yangtze-law"}
    assert {c.confirmation for k in KEYS for v in violation(k).versions for c in v.citations if not _checkable(c)} == {
        "S"
    }


def test_every_violation_that_gives_way_names_one_of_the_catalogue() -> None:
    for key in KEYS:
        for other in violation(key).gives_way:
            assert other.to in KEYS
