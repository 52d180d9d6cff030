"""The set of document types is complete, and every form can be set blank and filled."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

import pytest
import yaml
from pypdf import PdfReader

from dayu.paper.checks import REFUSAL, check_document
from dayu.paper.compose import Composed, Letterhead, compose, placeholders
from dayu.paper.definitions import Definition, Version, lacking_fields, load_definitions, load_stages
from dayu.paper.tests.conftest import ROOT
from dayu.paper.tests.examples import example_values
from dayu.paper.word import difference, read_docx, write_docx

SHARED = Path(os.environ.get("DAYU_SHARED", ROOT.parent / "shared"))
FORMS = [(d, v) for d in load_definitions(ROOT / "rulebook" / "documents").values() for v in d.versions]


def rows() -> list[dict]:
    """The rows of the list of document types; without the folder nobody can compare."""
    path = SHARED / "facts" / "documents.yaml"
    if not SHARED.is_dir():
        pytest.skip("the folder of source documents is not here (set DAYU_SHARED)")
    return yaml.safe_load(path.read_text("utf-8"))["documents"]


def full_width(name: str) -> str:
    return name.replace("(", "（").replace(")", "）")


def test_every_row_of_the_list_of_document_types_has_exactly_one_definition(definitions):
    listed = rows()
    assert len(listed) == 113
    found = {r["id"]: [d.key for d in definitions.values() if full_width(r["name_zh"]) in d.names] for r in listed}
    assert {key: keys for key, keys in found.items() if len(keys) != 1} == {}
    assert len({keys[0] for keys in found.values()}) == 113


def test_class_service_and_volume_are_those_of_the_list(definitions):
    names = {name: d for d in definitions.values() for name in d.names}
    for row in rows():
        found = names[full_width(row["name_zh"])]
        assert (found.must_be_served, found.volume) == (row["needs_service_receipt"], row["volume"]), row["id"]
        # minutes are written down as they happen: here they are a record, in the list an internal paper
        assert found.document_class == row["class"] or row["id"] == "collective_discussion", row["id"]
        assert found.numbering is not None or not row["number_code"], row["id"]


def test_what_the_law_demands_in_the_list_is_mandatory_in_the_definition(definitions):
    """A row that has fields founded on a statute has as many mandatory fields and at least one cited article."""
    names = {name: d for d in definitions.values() for name in d.names}
    for row in rows():
        lawful = [f for f in row["fields"] if f["source"] == "statute" and f["required"] == "required"]
        definition = names[full_width(row["name_zh"])]
        if lawful:
            assert definition.basis, row["id"]
            assert len(definition.versions[-1].mandatory_fields) >= len(lawful), row["id"]


def test_no_name_means_two_documents_and_all_have_an_english_one(definitions):
    names = [name for d in definitions.values() for name in d.names]
    assert len(names) == len(set(names))
    english = [d.title_en for d in definitions.values()]
    assert all(english) and len(english) == len(set(english))


def test_each_belongs_to_a_group_and_to_a_volume_or_has_a_retention_of_its_own(definitions):
    stages = load_stages(ROOT / "rulebook" / "documents")
    assert {d.stage for d in definitions.values()} == set(stages)
    assert all(bool(d.retention) == (d.volume == "none") for d in definitions.values())


def test_an_on_the_spot_decision_says_since_2024_that_reconsideration_comes_first(definitions):
    old, new = definitions["onspot_decision"].versions
    assert "应当先自收到" in str(new.body) and "应当先自收到" not in str(old.body)
    assert [f.id for f in lacking_fields(new, old)] == ["suit_period"]


def made(definition: Definition, version: Version, values: dict) -> Composed:
    return compose(definition, version, values, letterhead=Letterhead("泽川县水利局"), number="泽水试〔2026〕1号",
                   document="3F9A2C71", digest="0a1b2c3d4e5f")


def render(definition: Definition, version: Version, setter) -> None:
    """Blank and filled, as PDF and as DOCX; what was filled in is there, and nothing in it would be refused."""
    values = example_values(version)
    refused = [f for f in check_document(definition, version, values) if f.severity == REFUSAL]
    assert refused == [], definition.key
    for fields in ({}, values):
        composed = made(definition, version, fields)
        text = "".join(p.extract_text() for p in PdfReader(io.BytesIO(setter.pdf(composed))).pages)
        assert "".join(version.heading.split()) in re.sub(r"\s", "", text), definition.key
        content = write_docx(composed)
        read = read_docx(content)
        assert difference(read, read_docx(write_docx(composed))).empty
        if fields:
            printed = {re.split(r"[.:]", name)[0] for name in read.fields}
            wanted = {n for n in placeholders(version) if n in values and version.field(n).required == "required"}
            assert wanted <= printed, (definition.key, wanted - printed)


@pytest.mark.parametrize(("definition", "version"), FORMS[::9], ids=lambda x: getattr(x, "key", getattr(x, "id", "")))
def test_a_sample_of_the_forms_is_set_blank_and_filled(definition, version, setter):
    render(definition, version, setter)


@pytest.mark.soak
@pytest.mark.parametrize(("definition", "version"), FORMS, ids=lambda x: getattr(x, "key", getattr(x, "id", "")))
def test_every_form_is_set_blank_and_filled(definition, version, setter):
    render(definition, version, setter)
