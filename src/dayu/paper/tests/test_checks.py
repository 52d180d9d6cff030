"""Guided writing: each finding by its cause, and nothing found in a document that is right."""

from __future__ import annotations

from datetime import date

import pytest

from dayu.paper.checks import REFUSAL, OtherDocument, check_document, is_id_number, is_uscc
from dayu.paper.tests.conftest import DECISION


@pytest.fixture
def check(definitions):
    """The rules of the findings of a decision with some fields changed, beside other documents."""
    definition = definitions["penalty_decision"]

    def run(others=(), *, exists=None, as_of=None, **changed) -> dict[str, str]:
        fields = {k: v for k, v in {**DECISION, **changed}.items() if v is not None}
        version = definition.version_on(date(2026, 4, 20))
        found = check_document(definition, version, fields, others, article_exists=exists, as_of=as_of)
        return {f.rule: f.severity for f in found}

    return run


@pytest.fixture
def other(definitions):
    def make(key: str, number: str = "泽水罚告〔2026〕9号", **fields) -> OtherDocument:
        definition = definitions[key]
        return OtherDocument(definition, definition.version_on(date(2026, 4, 1)), fields, number)

    return make


def test_a_right_decision_has_no_findings(check, other):
    notice = other("penalty_notice", fine_yuan="50000", gains_yuan="37200", penalty_kinds=["罚款", "没收违法所得"],
                   party_name=DECISION["party_name"], case_name=DECISION["case_name"])
    assert check([notice], exists=lambda *_: True, as_of=date(2026, 11, 20)) == {}


@pytest.mark.parametrize(("changed", "rule"), [
    ({"review_organ": ""}, "documents.missing_remedy"), ({"facts": None}, "documents.missing_element"),
    ({"fine_capitals": "陆万元整"}, "documents.amount_words_differ"),
    ({"manner": "缴纳罚款伍万元整（60000元）。"}, "documents.amount_words_differ"),
    ({"issued_on": "2026-02-30"}, "documents.bad_date"), ({"fine_yuan": "五万"}, "documents.bad_amount"),
    ({"penalty_kinds": ["罚金"]}, "documents.bad_choice"), ({"org_uscc": "91990121MA00000098"}, "documents.bad_uscc"),
    ({"issued_on": "2026-04-01"}, "documents.dates_out_of_order"), ({"facts": "当事人于××日"}, "documents.blank_left"),
    ({"review_days": "六十"}, "documents.bad_number"), ({"fine_yuan": None, "fine_capitals": None},
                                                     "documents.missing_field"),
])
def test_what_is_wrong_in_itself_blocks_sealing(check, changed, rule):
    assert check(**changed).get(rule) == REFUSAL


def test_articles_are_looked_up_whatever_way_they_are_written(check):
    asked = []

    def exists(name, article, paragraph, item):
        asked.append((name, article, paragraph, item))
        return {39: True, 31: None, 300: False}[article]

    found = check(exists=exists, facts="违反《中华人民共和国水法》第300条第二款第（三）项")
    assert found == {"documents.no_such_article": REFUSAL, "documents.unknown_law": "warning"}
    assert ("中华人民共和国水法", 39, 1, None) in asked and ("中华人民共和国水法", 300, 2, 3) in asked


def test_heavier_than_notified_is_refused_and_lighter_is_not(check, other):
    notice = other("penalty_notice", fine_yuan="30000", gains_yuan="37200", penalty_kinds=["罚款", "没收违法所得"])
    assert check([notice], fine_yuan="40000", fine_capitals="肆万元整") == {"documents.heavier_than_notified": REFUSAL}
    assert check([notice], fine_yuan="20000", fine_capitals="贰万元整") == {}


def test_the_newest_notice_counts(check, other):
    old = other("penalty_notice", fine_yuan="20000", gains_yuan="37200", penalty_kinds=["罚款", "没收违法所得"])
    new = other("penalty_notice", fine_yuan="50000", gains_yuan="37200", penalty_kinds=["罚款", "没收违法所得"])
    assert check([old, new]) == {}


def test_a_kind_that_was_not_notified_is_refused(check, other):
    notice = other("penalty_notice", fine_yuan="50000", gains_yuan="37200", penalty_kinds=["罚款"])
    assert check([notice]) == {"documents.kind_not_notified": REFUSAL}


def test_one_yuan_off_the_minutes_is_refused(check, other):
    minutes = other("collective_discussion", fine_yuan="50001", party_name=DECISION["party_name"])
    assert check([minutes]) == {"documents.differs_from_conclusion": REFUSAL}


@pytest.mark.parametrize(("theirs", "rule"), [
    ("泽川县恒达沙石有限公司", "documents.name_one_character_off"), ("泽川县恒达砂石公司", "documents.contradiction"),
    ("泽川县恒达砂石有限责公司", "documents.name_one_character_off"),
])
def test_a_name_that_differs_between_documents_blocks(check, other, theirs, rule):
    assert check([other("closing_approval", party_name=theirs)]) == {rule: REFUSAL}


def test_a_slip_of_the_name_in_the_text_is_pointed_out(check):
    assert check(defence="泽川县恒达沙石有限公司未提出申辩。") == {"documents.name_slip_in_text": "warning"}


def test_check_characters_of_identity_numbers_and_credit_codes():
    assert is_uscc("91990121MA0000009N") and not is_uscc("91990121MA0000009M") and not is_uscc("123")
    assert is_id_number("11010519491231002X") and not is_id_number("110105194912310021")
