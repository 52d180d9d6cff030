"""The reader of statute texts finds articles, paragraphs and items in both layouts of the files."""

import pytest

from dayu.law.citations import chinese_number
from dayu.law.tests.statute_texts import arabic_number, article_text, statute, statute_folder

needs_texts = pytest.mark.skipif(statute_folder() is None, reason="no folder with statute texts on this machine")


def test_statute_numerals_read_and_write_back_alike() -> None:
    for number in range(1, 1300):
        assert arabic_number(chinese_number(number)) == number


@needs_texts
def test_an_article_of_the_plain_layout_is_found_by_paragraph_and_item() -> None:
    penalty_law = "行政处罚法(2021-01-22)"
    assert "百分之三" in (article_text(penalty_law, 72, 1, 1) or "")
    assert "百分之三" in (article_text(penalty_law, 72, item=1) or "")
    assert (article_text(penalty_law, 72, 2) or "").startswith("行政机关批准延期")
    assert article_text(penalty_law, 72, 3) is None
    assert article_text(penalty_law, 72, 1, 5) is None
    assert article_text(penalty_law, 87) is None


@needs_texts
def test_an_article_of_the_layout_with_front_matter_is_found() -> None:
    assert "五年内" in (article_text("生态环境法典(2026-03-12)", 1054) or "")
    assert "三十日" in (article_text("民事诉讼法(2023-09-01)", 95) or "")
    assert "#" not in (article_text("生态环境法典(2026-03-12)", 1053) or "#")


@needs_texts
def test_every_text_is_read_without_a_gap_in_its_articles() -> None:
    folder = statute_folder()
    assert folder is not None
    for path in sorted(folder.glob("*.md")):
        numbers = sorted(statute(path.stem))
        assert numbers == list(range(1, len(numbers) + 1)), path.stem
