"""DOCX out and back: what an editor changed is shown field by field."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn

from dayu.paper.word import NotOurDocx, difference, read_docx, write_docx


def edited(content: bytes, change: dict[str, str], *, fixed: tuple[str, str] | None = None, drop: str = "") -> bytes:
    """The file with the texts of some content controls replaced, as an editor would leave it."""
    document = docx.Document(io.BytesIO(content))
    for sdt in list(document.element.body.iter(qn("w:sdt"))):
        tag = sdt.find(f"{qn('w:sdtPr')}/{qn('w:tag')}").get(qn("w:val")).removeprefix("dayu:")
        if tag in change:
            next(sdt.iter(qn("w:t"))).text = change[tag]
        if tag == drop:
            sdt.getparent().remove(sdt)
    for node in document.element.body.iter(qn("w:t")):
        if fixed and node.text and fixed[0] in node.text:
            node.text = node.text.replace(*fixed)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_the_same_document_gives_the_same_docx_bytes_and_reads_back_as_itself(make_decision):
    content = write_docx(make_decision())
    assert content == write_docx(make_decision())
    read = read_docx(content)
    assert read.fields["party_name"] == ("泽川县恒达砂石有限公司",)
    assert read.document == "3F9A2C71" and difference(read, read).empty


def test_an_edited_file_shows_each_changed_field_and_each_changed_clause(make_decision):
    content = write_docx(make_decision())
    back = edited(content, {"fine_yuan": "60000", "evidence.1": "询问笔录三份"}, fixed=("不停止执行", "停止执行"),
                  drop="party_phone")
    found = difference(read_docx(content), read_docx(back))
    assert {(f.field, f.kind, f.returned) for f in found.fields} == {
        ("fine_yuan", "changed", "60000"), ("evidence.1", "changed", "询问笔录三份"), ("party_phone", "missing", ""),
    }
    assert any("停止执行" in line for line in found.fixed_added) and found.fixed_removed


def test_a_value_of_several_lines_is_one_field_again(make_decision):
    read = read_docx(write_docx(make_decision(facts="第一段。\n第二段。\n第三段。")))
    assert read.fields["facts"] == ("第一段。\n第二段。\n第三段。",)


def test_faces_and_grid_are_those_of_official_letters(make_decision):
    parts = zipfile.ZipFile(io.BytesIO(write_docx(make_decision())))
    assert "仿宋_GB2312" in parts.read("word/styles.xml").decode()
    assert 'w:type="linesAndChars"' in parts.read("word/document.xml").decode()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"%PDF-1.7"])
def test_a_file_that_is_no_docx_is_refused(content):
    with pytest.raises(NotOurDocx):
        read_docx(content)


def test_a_docx_of_somebody_else_is_refused():
    out = io.BytesIO()
    docx.Document().save(out)
    with pytest.raises(NotOurDocx):
        read_docx(out.getvalue())
