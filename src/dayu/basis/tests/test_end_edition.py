from datetime import date

import pytest
from tests.cast import MOMENT

from dayu.basis import services
from dayu.basis.selectors import article_exists
from dayu.basis.tests.test_import_statute import load
from dayu.core.events import EventRow
from dayu.core.refused import Refused


def test_after_the_last_day_the_article_is_gone_and_others_hear_of_it(county):
    edition = load(county.reviewer)
    services.end_edition(edition, actor=county.reviewer, moment=MOMENT, in_force_until=date(2026, 6, 30), reason="废止")
    assert article_exists("demo-water-saving", 3, date(2026, 6, 30)) is True
    assert article_exists("demo-water-saving", 3, date(2026, 7, 1)) is False
    assert EventRow.objects.get(name="basis.ArticlesEnded").content["law"] == "demo-water-saving"


def test_an_officer_ends_no_edition(county):
    edition = load(county.reviewer)
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        services.end_edition(edition, actor=county.officer, moment=MOMENT, in_force_until=date(2026, 6, 30))


def test_an_edition_cannot_end_before_it_began(county):
    edition = load(county.reviewer)
    with pytest.raises(Refused, match=r"basis\.dates_out_of_order"):
        services.end_edition(edition, actor=county.reviewer, moment=MOMENT, in_force_until=date(2001, 1, 1))
