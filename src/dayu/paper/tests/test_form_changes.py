"""What a draft loses, gains and shows otherwise when its form changes."""

from __future__ import annotations

from datetime import date

import pytest

from dayu.paper.definitions import DefinitionError, lacking_fields, lineage_of, read_variant
from dayu.paper.form_changes import form_change, kept_values
from dayu.paper.tests.conftest import ROOT

FOLDER = ROOT / "rulebook" / "documents"
LETTER = {"to_organ": "云泽县水利局", "case_brief": "案情。", "matter": "提供登记资料。", "reply_by_on": "2026-12-01"}


def variant(**row):
    base = {"id": "990100-1", "extends": "2021-1", "valid_from": date(2026, 1, 1)}
    return read_variant(FOLDER, "assistance_letter", {**base, **row})


def test_what_is_written_in_a_field_that_ends_is_named_and_kept_apart(definitions):
    definition = definitions["assistance_letter"]
    new = variant(
        groups=["seal"], heading="协查函",
        fields=[{"id": "to_organ", "label": "协查机关"}, {"id": "matter", "label": "协助事项"},
                {"id": "reason", "label": "理由"}],
        body=[{"to": "{to_organ}："}, {"p": "请协助：{matter}理由：{reason}"}, {"include": "seal"}],
    )
    change = form_change(definition, definition.versions[0], new, LETTER)
    lost = {row["id"]: row["value"] for row in change.dropped if row["value"]}
    assert lost == {"case_brief": "案情。", "reply_by_on": "2026年12月1日"} and change.values_lost
    assert [row["id"] for row in change.added] == ["reason"]
    assert {"id": "to_organ", "before": "受请求机关", "after": "协查机关"} in change.relabelled
    assert "协助调查函" in change.before and change.after.splitlines()[0] == "协查函"
    assert "理由：____" in change.after
    assert kept_values(new, LETTER) == {"to_organ": "云泽县水利局", "matter": "提供登记资料。"}


def test_a_field_that_must_be_filled_from_now_on_is_named(definitions):
    definition = definitions["assistance_letter"]
    new = variant(more_fields=[{"id": "reply_by_on", "label": "回复期限", "type": "date"}])
    change = form_change(definition, definition.versions[0], new, LETTER)
    assert change.stricter == ("回复期限",) and not change.dropped and not change.values_lost
    assert lacking_fields(new, definition.versions[0]) == ()
    assert [f.id for f in lacking_fields(definition.versions[0], new)] == ["reply_by_on"]


def test_rows_and_opinions_of_a_form_stand_in_the_text_that_is_compared(definitions):
    definition = definitions["filing_approval"]
    change = form_change(definition, definition.versions[0], definition.versions[0], {"case_name": "甲案"})
    assert change.before == change.after
    assert "案由　甲案　立案编号　____" in change.before.splitlines()
    assert "行政机关负责人意见：____　签名：____" in change.before.splitlines()
    table = definitions["evidence_list"]
    shown = form_change(table, table.versions[0], table.versions[0], {"items": [{"name": "照片"}]}).before.splitlines()
    assert "证据名称　种类　来源　证明对象　页数　原件或复制件" in shown and any(line.startswith("照片　") for line in shown)
    assert "承办人：____　承办人：____" in shown


@pytest.mark.parametrize("row", [
    {"id": "2021-1"}, {"extends": "1999-1"}, {"issuer": "bureau"}, {"colour": "red"}, {"body": "甲"},
    {"groups": ["nothing"]}, {"elements": [{"key": "x", "label": "甲", "fields": ["nothing"]}]},
])
def test_a_variant_that_contradicts_the_rulebook_is_refused(row):
    with pytest.raises(DefinitionError):
        variant(**row)


def test_the_way_up_from_a_county_level_city_leads_over_its_city_and_province():
    assert lineage_of("430682") == ["430682", "430600", "430000", ""]
    assert lineage_of("430600") == ["430600", "430000", ""]
    assert lineage_of("") == [""]
