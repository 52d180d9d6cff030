"""The leniency checklist: nothing unanswered, no penalty where the law says so, mitigation only when proven."""

from __future__ import annotations

import re

import pytest

from dayu.law.leniency import (
    LeniencyAnswer,
    checklist,
    checklist_verdict,
    fine_verdict,
    leniency_effect,
    leniency_items,
    mitigation_proven,
)
from dayu.law.refusals import worded
from dayu.law.rulebook import RulebookError, load_toml
from dayu.law.tests.statute_texts import article_text, statute_folder


def answers(*yes: str, natural_person: bool = True, evidence: str = "询问笔录第2页") -> list[LeniencyAnswer]:
    return [LeniencyAnswer(i.key, i.key in yes, evidence) for i in checklist(natural_person=natural_person)]


def test_every_worked_example_holds() -> None:
    for e in load_toml("leniency.toml")["examples"]:
        effect = leniency_effect(answers(*e["yes"]))
        assert (effect.effect if effect else None, effect.strength if effect else None) == (
            e.get("effect"),
            e.get("strength"),
        )


@pytest.mark.skipif(statute_folder() is None, reason="the statute texts are not on this machine")
def test_every_anchor_stands_in_its_article() -> None:
    for item in leniency_items().values():
        assert item.citation.anchor in (article_text("行政处罚法(2021-01-22)", item.citation.article or 0) or "")


def test_an_unanswered_item_blocks_and_is_named() -> None:
    given = [a for a in answers() if a.item != "harm_undone"]
    verdict = checklist_verdict(given, natural_person=True)
    assert [r.rule for r in verdict.refusals] == ["assess.leniency_unanswered"]
    words = worded(verdict.refusals[0])
    assert "减免情节未核查" in words.reason and "主动消除" in words.reason
    assert checklist_verdict(answers(), natural_person=True).allowed


def test_a_yes_without_evidence_is_no_answer() -> None:
    assert not checklist_verdict(answers("merit", evidence=" "), natural_person=True).allowed
    assert leniency_effect(answers("merit", evidence="")) is None


def test_age_and_capacity_are_not_asked_of_organisations() -> None:
    keys = {i.key for i in checklist(natural_person=False)}
    assert keys.isdisjoint({"under_14", "from_14_to_17", "no_capacity", "diminished_capacity"})
    assert checklist_verdict(answers(natural_person=False), natural_person=False).allowed


def test_slight_corrected_and_harmless_forbids_a_fine_and_points_to_the_exemption() -> None:
    verdict = fine_verdict(answers("slight_corrected_harmless"))
    assert [(r.rule, r.remedy) for r in verdict.refusals] == [("assess.no_penalty_due", "exempt_from_penalty")]
    assert fine_verdict(answers("first_offence")).allowed


def test_only_a_ground_of_article_32_opens_an_amount_below_the_minimum() -> None:
    assert mitigation_proven(answers("coerced"))
    assert not mitigation_proven(answers("first_offence"))
    assert not mitigation_proven(answers("coerced", evidence=""))


def test_an_answer_to_an_unknown_item_is_an_error() -> None:
    with pytest.raises(RulebookError):
        checklist_verdict([LeniencyAnswer("kindness", True, "x")], natural_person=True)


ARTICLES = (30, 31, 32, 33, 36)
# Clauses of these articles that are no ground of leniency: when an ill person is well, whose duty follows, other laws.
NO_GROUND = (
    "间歇性精神病人在精神正常时",
    "应当责令其监护人",
    "另有规定",
    "应当对当事人进行教育",
    "上述期限延长至五年",
    "期限，从",
)


def clauses() -> list[tuple[int, str, str]]:
    """Every clause of the articles that speaks of a lighter penalty or none: article, words, what they lead to."""
    found = []
    for number in ARTICLES:
        article = article_text("行政处罚法(2021-01-22)", number) or ""
        lead = ""
        for line in article.splitlines():
            if line.startswith("（"):
                found.append((number, line, lead))
                continue
            lead = line
            if "下列情形之一" in line:
                continue
            found += [(number, c, c) for c in re.split("[；。]", line) if c and not any(w in c for w in NO_GROUND[2:])]
    return [row for row in found if re.search("不予行政处罚|从轻或者减轻|不再给予", row[2])]


def words_say(text: str) -> tuple[str, str]:
    """Effect and strength in the words of a clause."""
    effect = "lighter_or_mitigated" if "从轻或者减轻" in text else "no_penalty"
    return effect, "may" if "可以" in text.split("责令")[0] else "must"


@pytest.mark.skipif(statute_folder() is None, reason="the statute texts are not on this machine")
def test_every_ground_of_articles_30_to_33_and_36_is_an_item_with_the_effect_that_the_words_give() -> None:
    items = list(leniency_items().values())
    rows = clauses()
    assert len(rows) == len(items) == 13
    for number, text, lead in rows:
        (item,) = [i for i in items if i.citation.article == number and i.citation.anchor in text]
        assert (item.effect, item.strength) == words_say(lead), item.key


def test_every_item_alone_leads_to_its_own_effect() -> None:
    for item in leniency_items().values():
        effect = leniency_effect(answers(item.key))
        assert effect is not None
        assert (effect.effect, effect.strength, effect.items) == (item.effect, item.strength, (item,))
        assert fine_verdict(answers(item.key)).allowed is ((item.effect, item.strength) != ("no_penalty", "must"))


def test_who_is_not_penalised_is_educated_or_handed_to_a_guardian() -> None:
    for item in leniency_items().values():
        if item.effect == "no_penalty" and item.key != "out_of_time":
            assert item.plus_zh and item.plus_en, item.key
