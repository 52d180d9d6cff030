"""A book of chapters as PDF and as pages: nothing of the text is lost, charts are drawn, links between chapters follow."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from dayu.cli import main
from dayu.paper.book import book_pdf, site_pages

CHAPTER = """# 期限

起算日不计入（`hearing_request`）。**五个**工作日，见[目录](README.md)。#不是标题 $也不是公式 *

- 第一项
- 第二项

| 期限 | 天数 |
|---|---|
| 要求听证 | 5 |

```mermaid
flowchart TD
```

```
没有图的代码
```
"""
CHART = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 900"><text x="5" y="20" font-family="Noto Sans CJK SC">立案</text></svg>'
FIGURES = {"flowchart TD": CHART}


def words(pdf: bytes) -> str:
    return "".join("".join(p.extract_text().split()) for p in pypdf.PdfReader(BytesIO(pdf)).pages)


def test_the_pdf_holds_every_word_as_it_stands_with_contents_and_chart() -> None:
    pdf = book_pdf([CHAPTER], title="规则手册", note="测试", figures=FIGURES)
    text = words(pdf)
    for said in ("规则手册", "目录", "起算日不计入", "hearing_request", "#不是标题$也不是公式", "第二项", "要求听证", "没有图的代码"):
        assert said.replace(" ", "") in text, said
    assert "flowchart" not in text
    assert len(pypdf.PdfReader(BytesIO(pdf)).pages) > len(pypdf.PdfReader(BytesIO(book_pdf([CHAPTER], title="甲"))).pages)


def test_a_page_of_the_site_links_to_the_index_and_draws_the_chart() -> None:
    made = site_pages({"README.md": "# 目录\n\n[期限](limits.md)", "limits.md": CHAPTER}, index="README.md", figures=FIGURES)
    assert set(made) == {"index.html", "limits.html"}
    assert 'href="limits.html"' in made["index.html"] and 'href="index.html"' in made["limits.html"]
    assert "<svg" in made["limits.html"] and "<table>" in made["limits.html"] and "没有图的代码" in made["limits.html"]


def test_markup_in_the_text_stays_text() -> None:
    made = site_pages({"README.md": "# 甲\n\n<script>alert(1)</script>"}, index="README.md")
    assert "<script>" not in made["index.html"]


@pytest.mark.soak
def test_the_command_writes_the_whole_lawbook(tmp_path: Path) -> None:
    assert main(["rulebook", "book", str(tmp_path)]) == 0
    assert (tmp_path / "index.html").exists() and (tmp_path / "violations.html").exists()
    assert len(pypdf.PdfReader(tmp_path / "lawbook.pdf").pages) > 100
