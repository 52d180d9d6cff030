import pytest

from dayu.core.actors import SYSTEM
from dayu.core.refused import Refused
from dayu.disclosure import services
from dayu.disclosure.tests.situations import make_publication
from dayu.disclosure.tests.test_withhold_publication import withhold
from dayu.work.models import Task


def test_the_schedule_puts_the_review_on_the_heads_list(county):
    told = make_publication(county, at="served")
    withhold(told)
    services.ask_for_review(told.publication, actor=SYSTEM, moment=told.played.moment)
    assert Task.objects.open().get(act="disclosure.review_withholding").matter_no == "泽水罚决〔2026〕1号"


def test_no_person_asks_by_hand(county):
    told = make_publication(county, at="served")
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        services.ask_for_review(told.publication, **told.by("head"))
