"""The lawbook: committed pages equal what the rules say now, and nothing of the rulebook is left out."""

import re
from pathlib import Path

import pytest

from dayu.law.calendar import published_arrangements
from dayu.law.citations import Citation
from dayu.law.lawbook import INDEX, render_all, write_all
from dayu.law.lawbook.markdown import cited_once, period, table
from dayu.law.procedures.ordinary_penalty import ORDINARY_PENALTY
from dayu.law.time_limits import time_limits
from dayu.law.violations import violation_keys
from dayu.law.words import word

PAGES = render_all()
COMMITTED = Path(__file__).resolve().parents[4] / "docs" / "lawbook"


@pytest.mark.parametrize("name", sorted(PAGES))
def test_the_committed_page_is_what_the_rules_say_now(name: str) -> None:
    assert (COMMITTED / name).read_text("utf-8") == PAGES[name], "run `make lawbook` and read the difference"


def test_no_page_is_left_behind_by_a_chapter_that_is_gone() -> None:
    assert {p.name for p in COMMITTED.glob("*.md")} == set(PAGES)


def test_the_index_links_to_every_page() -> None:
    assert set(re.findall(r"\]\(([^)]+)\)", PAGES[INDEX])) == set(PAGES) - {INDEX}


def test_every_limit_violation_year_and_act_stands_in_the_lawbook() -> None:
    text = "\n".join(PAGES.values())
    assert [key for key in time_limits() if f"`{key}`" not in text] == []
    assert [key for key in violation_keys() if f"`{key}`" not in text] == []
    assert [a.year for a in published_arrangements() if f"| {a.year} |" not in text] == []
    assert [s.act for s in ORDINARY_PENALTY.steps if f"### {word('acts', s.act)}\n" not in text] == []


def test_every_row_of_a_table_has_as_many_cells_as_its_head() -> None:
    for name, text in PAGES.items():
        for block in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
            widths = {len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}
            assert len(widths) == 1, (name, block[:200])


def test_writing_twice_changes_nothing_the_second_time(tmp_path: Path) -> None:
    (tmp_path / "gone.md").write_text("old", "utf-8")
    first = write_all(tmp_path)
    assert set(first) == {*PAGES, "gone.md"}
    assert write_all(tmp_path) == []


def test_a_default_that_nobody_confirmed_is_marked_where_it_is_cited() -> None:
    unread = Citation("publicity-opinion", confirmation="U")
    assert cited_once(unread) == "国办发〔2018〕118号（默认值，待确认）"


def test_cells_cannot_break_a_table() -> None:
    assert table(("a", "b"), [("x|y", ""), ("1\n2", "z")]).splitlines()[2:] == ["| x\\|y | — |", "| 1<br>2 | z |"]
    assert period(None, None) == "—"
