from datetime import date

import pytest
from tests.cast import MOMENT

from dayu.basis import services
from dayu.basis.models import Article
from dayu.basis.selectors import article_exists, article_on
from dayu.core.refused import Refused

TEXT = """# 某地节水条例

## 第一章 总则

第一条 为了节约用水，制定本条例。

第二条 本条例所称用水，包括：

（一）取用地表水；

（二）取用地下水。

违反前款规定的，责令改正。

## 第二章 罚则

第三条 逾期不改正的，处以罚款。
"""


def load(actor, **changes):
    wanted = {
        "key": "demo-water-saving",
        "name": "某地节水条例",
        "short_name": "节水条例",
        "level": "local-regulation",
        "edition": "2020-01-01",
        "in_force_from": date(2020, 3, 1),
        "text": TEXT,
    }
    return services.import_statute(None, actor=actor, moment=MOMENT, **{**wanted, **changes})


def test_articles_paragraphs_and_items_are_found_by_number(county):
    edition = load(county.reviewer)
    second = Article.objects.get(edition=edition, number=2)
    assert second.part(1, 2) == "（二）取用地下水。"
    assert second.part(2) == "违反前款规定的，责令改正。"
    assert second.part(3) == "" and second.part(1, 9) == ""
    assert Article.objects.get(edition=edition, number=3).chapter == "第二章 罚则"


@pytest.mark.requirement("POW-01")
def test_an_amendment_gives_two_texts_on_two_dates(county):
    load(county.reviewer)
    load(
        county.reviewer,
        edition="2025-05-01",
        in_force_from=date(2025, 7, 1),
        text=TEXT.replace("处以罚款", "处五千元罚款"),
    )
    before, after = (
        article_on("demo-water-saving", 3, date(2025, 6, 30)),
        article_on("demo-water-saving", 3, date(2025, 7, 1)),
    )
    assert before.text == "逾期不改正的，处以罚款。" and after.text == "逾期不改正的，处五千元罚款。"
    assert article_on("demo-water-saving", 3, date(2020, 2, 29)) is None


def test_the_library_says_when_it_cannot_tell(county):
    assert article_exists("demo-water-saving", 3, date(2024, 1, 1)) is None
    load(county.reviewer)
    assert article_exists("demo-water-saving", 3, date(2024, 1, 1)) is True
    assert article_exists("demo-water-saving", 99, date(2024, 1, 1)) is False


def test_an_officer_imports_nothing(county):
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        load(county.officer)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"text": "没有条文"}, "basis.unreadable_statute"),
        ({"text": TEXT.replace("第二条", "第五条")}, "basis.unreadable_statute"),
        ({"level": "rumour"}, "basis.unknown_choice"),
    ],
)
def test_a_text_that_cannot_be_read_is_refused(county, changes, rule):
    with pytest.raises(Refused, match=rule):
        load(county.reviewer, **changes)


def test_the_same_edition_is_not_imported_twice(county):
    load(county.reviewer)
    with pytest.raises(Refused, match=r"basis\.edition_exists"):
        load(county.reviewer)
