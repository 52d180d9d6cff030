import pytest

from dayu.basis.importing import arabic_number, read_statute

LAWS = [
    ("行政处罚法(2021-01-22)", 86, "行政处罚"),
    ("水法(2016-07-02)", 82, "水法"),
    ("水土保持法(2010-12-25)", 60, "水土保持"),
]


@pytest.mark.parametrize(("name", "articles", "_about"), LAWS)
def test_real_statutes_are_read_to_their_last_article(shared_folder, name, articles, _about):
    read = read_statute((shared_folder / "corpus" / "laws" / f"{name}.md").read_text("utf-8"))
    assert [a.number for a in read] == list(range(1, articles + 1))
    assert all(a.paragraphs for a in read)


def test_article_forty_two_of_the_penalty_law_has_two_paragraphs(shared_folder):
    text = (shared_folder / "corpus" / "laws" / "行政处罚法(2021-01-22).md").read_text("utf-8")
    article = read_statute(text)[41]
    assert "不得少于两人" in article.paragraphs[0].text and len(article.paragraphs) == 2


@pytest.mark.parametrize(
    ("numeral", "number"), [("十", 10), ("二十一", 21), ("一百一十", 110), ("一千零五十四", 1054), ("一百零三", 103)]
)
def test_statute_numerals_are_numbers(numeral, number):
    assert arabic_number(numeral) == number
