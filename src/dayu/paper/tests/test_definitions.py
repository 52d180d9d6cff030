"""The document types of the rulebook: complete, consistent, and cited articles stand in the statute texts."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path

import pytest

from dayu.paper.chinese import from_capitals
from dayu.paper.compose import parse_shown, placeholders, shown
from dayu.paper.definitions import DefinitionError, load_definitions
from dayu.paper.tests.conftest import ROOT

IMPLIED = {"party_type"}  # decides which of the party's fields are printed

NEEDED = {
    "lead_registration", "filing_approval", "filing_refusal", "scene_examination", "onsite_inspection_record",
    "interview_record", "evidence_list", "sampling_notice", "preservation_notice", "item_list", "preservation_disposal",
    "cease_order", "correction_order", "investigation_report", "penalty_notice", "hearing_right_notice", "hearing_notice",
    "hearing_record", "hearing_report", "defence_record", "defence_review", "legal_review_opinion",
    "collective_discussion", "penalty_decision", "no_penalty_decision", "proof_of_service", "service_announcement",
    "service_address", "deferral_approval", "additional_fine_decision", "demand_notice", "court_enforcement_application",
    "closing_approval", "dossier_cover", "dossier_catalog", "dossier_memo", "recusal_application", "recusal_decision",
    "extension_approval", "case_transfer_letter", "criminal_referral", "power_of_attorney", "receiving_agent",
    "correction_notice", "law_education_record", "fine_receipt_register",
}


def test_the_papers_of_the_ordinary_procedure_are_all_there(definitions):
    assert set(definitions) >= NEEDED
    assert len(definitions) >= 40


def test_each_field_is_printed_or_decides_what_is(definitions):
    for definition in definitions.values():
        for version in definition.versions:
            shared = {f.id for f in version.fields if f.id.startswith(("person_", "org_", "party_")) or f.id == "case_no"}
            shared |= {"case_name"} if version.family == "letter" else set()
            conditions = {b["when"]["field"] for b in version.body if isinstance(b.get("when"), dict)}
            forgotten = {f.id for f in version.fields} - placeholders(version) - shared - conditions - IMPLIED
            assert forgotten <= {"filed_on", "witness_name", "recorder_name"}, (definition.key, forgotten)


def test_elements_of_the_law_are_printed_fields(definitions):
    for definition in definitions.values():
        for version in definition.versions:
            for element in version.elements:
                assert set(element.fields) <= placeholders(version), (definition.key, element.key)


def test_a_penalty_decision_holds_what_article_59_demands(definitions):
    decision = definitions["penalty_decision"]
    version = decision.version_on(date(2026, 11, 20))
    assert {e.key for e in version.elements} == {"party", "facts", "kind", "performance", "remedies", "organ", "collecting"}
    assert [h.kind for h in decision.holds] == ["notice", "legal_review", "collective_discussion", "approval"]
    assert decision.numbering.text(organ="泽水", year=2026, seq=12) == "泽水罚决〔2026〕12号"
    assert "number" in decision.unconfirmed


def test_no_version_answers_before_the_law_was_in_force(definitions):
    assert definitions["penalty_decision"].version_on(date(2021, 7, 14)) is None
    assert definitions["penalty_decision"].version_on(date(2021, 7, 15)).id == "2021-1"


def test_cited_articles_and_anchors_stand_in_the_statute_texts(definitions, shared_folder):
    laws = tomllib.loads((ROOT / "rulebook" / "laws.toml").read_text("utf-8"))
    for definition in definitions.values():
        bases = [*definition.basis, *(b for h in definition.holds for b in h.basis)]
        bases += [b for v in definition.versions for e in v.elements for b in e.basis]
        for basis in bases:
            text = article_text(shared_folder, laws[basis.law], basis.article)
            assert text, (definition.key, basis)
            assert basis.anchor in text, (definition.key, basis)
            if basis.paragraph and basis.paragraph > 1:
                assert len(text.strip().splitlines()) >= basis.paragraph, (definition.key, basis)


def article_text(shared: Path, law: dict, article: int | None) -> str:
    """The article in the newest edition whose text is there; a law without a text is checked by nobody: fail."""
    name = next(e["corpus"] for e in reversed(law["editions"]) if e.get("corpus"))
    text = (shared / "corpus" / "laws" / f"{name}.md").read_text("utf-8").replace("**", "")
    if article is None:
        return text
    start = re.search(rf"^[#\s]*第{numeral(article)}条[\s　]", text, re.M)
    assert start, (name, article)
    end = re.search(rf"^[#\s]*第{numeral(article + 1)}条[\s　]", text[start.end():], re.M)
    return text[start.start():start.end() + end.start() if end else None]


def numeral(number: int) -> str:
    """45 is 四十五, 110 is 一百一十: as far as the statutes cited here go."""
    digits = "零一二三四五六七八九"
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    out = f"{digits[hundreds]}百" if hundreds else ""
    out += ("一" if hundreds or tens > 1 else "") * (tens == 1) * bool(hundreds) + ("十" if tens == 1 else "")
    out += f"{digits[tens]}十" if tens > 1 else ("零" if hundreds and not tens and ones else "")
    return out + (digits[ones] if ones else "")


@pytest.mark.parametrize(("broken", "message"), [
    ('key = "x"', "versions"),
    ('key = "x"\ntitle = "甲"\nclass = "secret"\nversions = []', "class"),
    ('key = "x"\ntitle = "甲"\nclass = "list"\ncolour = "red"', "colour"),
])
def test_a_broken_definition_is_refused_by_name(tmp_path, broken, message):
    (tmp_path / "x.toml").write_text(broken, "utf-8")
    with pytest.raises(DefinitionError, match=r"x\.toml") as error:
        load_definitions(tmp_path)
    assert message in str(error.value)


MINIMAL = """
key = "x"
title = "甲"
class = "list"
stage = "lead"
purpose = "试"
volume = "main"
order = 1
[[versions]]
id = "1"
valid_from = 2020-01-01
valid_until = 2020-12-31
family = "form"
fields = [{ id = "name", label = "名", type = "string" }]
body = [{ p = "{name}" }]
[[versions]]
id = "2"
extends = "1"
valid_from = 2021-01-01
valid_until = 2999-12-31
[[versions]]
id = "2-province"
extends = "1"
valid_from = 2021-01-01
valid_until = 2999-12-31
territory = "990000"
heading = "乙"
"""


def test_versions_follow_days_and_the_nearest_territory_comes_first(tmp_path):
    (tmp_path / "x.toml").write_text(MINIMAL, "utf-8")
    definition = load_definitions(tmp_path)["x"]
    assert definition.version_on(date(2020, 6, 1)).id == "1"
    assert definition.version_on(date(2021, 6, 1)).id == "2"
    assert definition.version_on(date(2021, 6, 1), territory="990121").id == "2-province"
    assert definition.version_on(date(2021, 6, 1), territory="110000").id == "2"
    assert definition.version_on(date(2019, 6, 1)) is None
    assert definition.version("2-province").heading == "乙"


def test_what_a_document_shows_is_read_back_as_the_value(definitions):
    version = definitions["penalty_decision"].version_on(date(2026, 1, 1))
    for name, value in {"issued_on": "2026-04-20", "fine_yuan": "50000", "review_days": 60, "party_type": "法人",
                        "penalty_kinds": ["罚款", "警告"], "period": "十五日内"}.items():
        spec = version.field(name)
        assert parse_shown(spec, shown(spec, value)) == value
    moment = definitions["interview_record"].version_on(date(2026, 1, 1)).field("start_at")
    assert parse_shown(moment, shown(moment, "2026-03-05T09:05")) == "2026-03-05T09:05"
    assert from_capitals(shown(version.field("gains_yuan"), "37200", "capitals")) == 37200
    with pytest.raises(ValueError, match="date"):
        parse_shown(version.field("issued_on"), "去年")
