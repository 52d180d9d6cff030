"""The lawbook (规则手册): the rulebook as Chinese Markdown that a lawyer reads, signs off, and compares year by year.

One module a chapter, each with `FILE`, `TITLE` and `render()`, or with `pages()` where a chapter has several. `make
lawbook` writes all chapters to docs/lawbook; they are committed, so that a change of the law is a readable difference.
Equal rules give equal bytes.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping
from pathlib import Path

from dayu.law.flow_chart import chart_mermaid, chart_svg
from dayu.law.procedures.register import PROCEDURES

CHAPTERS = (
    "sources",
    "procedure",
    "limits",
    "calendars",
    "violations",
    "benchmarks",
    "thresholds",
    "parameters",
)
INDEX = "README.md"


def render_all() -> Mapping[str, str]:
    """File name -> Markdown of every chapter and of the index."""
    pages: dict[str, str] = {}
    contents = []
    for name in CHAPTERS:
        chapter = importlib.import_module(f"dayu.law.lawbook.{name}")
        several = chapter.pages() if hasattr(chapter, "pages") else {chapter.FILE: (chapter.TITLE, chapter.render())}
        for file, (title, text) in several.items():
            pages[file] = f"# {title}\n\n{text.strip()}\n"
            contents.append(f"- [{title}]({file})")
    pages[INDEX] = (
        "# 规则手册\n\n本手册由 `rulebook/` 中的规则生成（`make lawbook`），供法制人员核对、签认；不在此处改动。\n\n"
        "确认程度：**已核对**——与条文文本核对过；**公开来源**——据公开的二手来源；**默认值，待确认**——未见原文，"
        "结果须由人确认。\n\n" + "\n".join(contents) + "\n"
    )
    return pages


def figures() -> Mapping[str, str]:
    """The charts of the book: the Mermaid text as it stands in a chapter -> SVG."""
    return {chart_mermaid(p).strip(): chart_svg(p) for p in PROCEDURES.values()}


def write_all(folder: Path) -> list[str]:
    """Write every page to a folder, remove pages that no chapter makes any more, and name what changed."""
    folder.mkdir(parents=True, exist_ok=True)
    pages = render_all()
    changed = []
    for stale in sorted(p for p in folder.glob("*.md") if p.name not in pages):
        stale.unlink()
        changed.append(stale.name)
    for name, text in pages.items():
        path = folder / name
        if not path.exists() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
            changed.append(name)
    return changed
