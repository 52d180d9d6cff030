"""The leniency checklist: nothing unanswered, no penalty where the law says so, mitigation only when proven."""

from __future__ import annotations

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
