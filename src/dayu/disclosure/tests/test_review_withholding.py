from datetime import date

import pytest

from dayu.core.clock import legal_moment
from dayu.core.refused import Refused
from dayu.disclosure import jobs, services
from dayu.disclosure.models import Publication
from dayu.disclosure.tests.situations import make_publication
from dayu.disclosure.tests.test_withhold_publication import withhold
from dayu.work.models import Task


def review(told, who="head", **changes):
    wanted = {"keep": True, "reason": "情形未变", "review_on": date(2028, 3, 1)}
    return services.review_withholding(told.publication, **told.by(who), **{**wanted, **changes})


def test_the_ground_holds_on_or_the_decision_goes_back_to_be_published(county):
    told = make_publication(county, at="served")
    withhold(told)
    assert review(told).review_on == date(2028, 3, 1)
    told.on(date(2027, 3, 1))
    back = review(told, keep=False, review_on=None)
    assert back.state == Publication.READY and back.due_on > date(2027, 3, 1)
    assert Task.objects.open().filter(act="disclosure.publish_decision").exists()


def test_on_the_review_day_the_head_is_asked_once(county):
    told = make_publication(county, at="served")
    withhold(told)
    for day in (date(2027, 2, 28), date(2027, 3, 1), date(2027, 3, 2)):
        jobs.ask_for_reviews(now=legal_moment(day))
    task = Task.objects.open().get(act="disclosure.review_withholding")
    assert task.holder_post == "agency_head"


def test_only_the_head_reviews(county):
    told = make_publication(county, at="served")
    withhold(told)
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        review(told, who="disclosure_officer")


def test_what_is_not_withheld_is_not_reviewed(county):
    told = make_publication(county, at="served")
    with pytest.raises(Refused, match=r"disclosure\.not_withheld"):
        review(told)
