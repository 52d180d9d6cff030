"""After the discussion changed the amount, one confirmation of the reviewer is enough."""

import pytest

from dayu.core.events import EventRow
from dayu.core.refused import Refused
from dayu.legal_review import services
from dayu.legal_review.facts import is_passed_on
from dayu.legal_review.tests.conftest import DIGEST, MONDAY, OTHER, assigned, passed

MINUTES = "cases.collectivediscussion:1"


def confirm(review, county, digest=OTHER, discussion=MINUTES, actor=None):
    return services.confirm_changed_substance(
        review,
        actor=actor or county.reviewer,
        moment=MONDAY,
        digest=digest,
        changed=["amount_yuan"],
        discussion=discussion,
    )


def rules(refused):
    return [r.rule for r in refused.value.refusals]


def test_one_confirmation_lets_the_discussed_substance_through(county):
    review = passed(county)
    confirm(review, county)
    assert is_passed_on(review, OTHER) and is_passed_on(review, DIGEST) and not is_passed_on(review, "c" * 64)
    assert EventRow.objects.get(name="legal_review.ReviewConfirmed").content["digest"] == OTHER


def test_it_is_confirmed_once_and_not_what_passed_already(county):
    review = passed(county)
    with pytest.raises(Refused) as refused:
        confirm(review, county, digest=DIGEST)
    assert rules(refused) == ["legal_review.still_valid"]
    confirm(review, county)
    with pytest.raises(Refused) as refused:
        confirm(review, county)
    assert rules(refused) == ["legal_review.still_valid"]


def test_a_change_without_a_discussion_goes_through_review_again(county):
    with pytest.raises(Refused) as refused:
        confirm(passed(county), county, discussion="")
    assert rules(refused) == ["legal_review.change_not_discussed"]


def test_an_open_or_failed_review_confirms_nothing(county):
    with pytest.raises(Refused) as refused:
        confirm(assigned(county), county)
    assert rules(refused) == ["legal_review.nothing_to_confirm"]


def test_a_handler_and_another_body_confirm_nothing(county):
    review = passed(county)
    for actor, rule in ((county.officer, "core.not_permitted"), (county.stranger, "legal_review.other_body")):
        with pytest.raises(Refused) as refused:
            confirm(review, county, actor=actor)
        assert rules(refused) == [rule]
