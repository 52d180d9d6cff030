"""Official files: Word, Markdown and text of a whole folder; bad ones are named, the good ones go on."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from docx import Document

from dayu.basis.models import Edition
from dayu.basis.selectors import article_on

TEXT = "某地节水条例\n\n第一条 为了节约用水，制定本条例。\n\n第二条 逾期不改正的，处五千元罚款。\n\n第三条 本条例自2020年3月1日起施行。\n"


def word_file(text: str) -> bytes:
    document, content = Document(), BytesIO()
    for line in text.splitlines():
        document.add_paragraph(line)
    document.save(content)
    return content.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "某地节水条例(2020-01-01).md").write_text(TEXT, "utf-8")
    (tmp_path / "某地节水条例(2025-05-01).docx").write_bytes(
        word_file(TEXT.replace("五千元", "一万元").replace("2020年3月1日", "2025年7月1日"))
    )
    (tmp_path / "某地采砂办法(2019-04-01).txt").write_bytes(TEXT.encode("gb18030"))
    (tmp_path / "没有日期.md").write_text(TEXT, "utf-8")
    (tmp_path / "缺条(2020-01-01).md").write_text("第一条 甲。\n\n第三条 乙。", "utf-8")
    (tmp_path / "坏文件(2020-01-01).docx").write_bytes(b"not a zip")
    return tmp_path


def load(folder: Path) -> tuple[int, dict[str, dict[str, str]]]:
    out = StringIO()
    code = 0
    try:
        call_command("import_statutes", str(folder), json=True, stdout=out)
    except SystemExit as ended:
        code = int(str(ended.code))
    return code, {row["file"]: row for row in json.loads(out.getvalue())["files"]}


def test_a_whole_folder_in_one_command_names_what_failed_and_takes_the_rest(county, folder: Path) -> None:
    code, files = load(folder)
    assert code == 1
    assert {name: row["standing"] for name, row in files.items()} == {
        "某地节水条例(2020-01-01).md": "imported",
        "某地节水条例(2025-05-01).docx": "imported",
        "某地采砂办法(2019-04-01).txt": "imported",
        "没有日期.md": "failed",
        "缺条(2020-01-01).md": "failed",
        "坏文件(2020-01-01).docx": "failed",
    }
    assert "第2条缺失" in files["缺条(2020-01-01).md"]["reason"]
    assert "公布日期" in files["没有日期.md"]["reason"]
    law = "某地节水条例"
    before, after = article_on(law, 2, date(2025, 6, 30)), article_on(law, 2, date(2025, 7, 1))
    assert before is not None and after is not None
    assert "五千元" in before.text and "一万元" in after.text


def test_a_second_run_leaves_what_is_there(county, folder: Path) -> None:
    load(folder)
    present = Edition.objects.count()
    _code, files = load(folder)
    assert Edition.objects.count() == present
    assert [row["standing"] for row in files.values()].count("known") == 3


def test_all_statutes_of_the_corpus_are_read(county, shared_folder: Path) -> None:
    _code, files = load(shared_folder / "corpus" / "laws")
    assert {name: row["reason"] for name, row in files.items() if row["standing"] == "failed"} == {}
    assert len(files) > 30
