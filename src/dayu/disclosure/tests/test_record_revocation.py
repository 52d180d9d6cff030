from datetime import date

import pytest

from dayu.core.actors import SYSTEM
from dayu.core.refused import Refused
from dayu.disclosure import services
from dayu.disclosure.models import Publication
from dayu.disclosure.tests.situations import make_publication
from dayu.work.models import Task


def revoke(told):
    return services.record_revocation(
        told.publication, actor=SYSTEM, moment=told.played.moment, revoked_on=date(2026, 3, 20), reason="法院撤销"
    )


def test_a_public_decision_is_to_be_withdrawn_within_three_working_days(county):
    told = make_publication(county, at="published")
    assert revoke(told).withdraw_due_on == date(2026, 3, 25)
    assert Task.objects.open().filter(act="disclosure.withdraw_publication").exists()


def test_an_unpublished_decision_is_no_longer_published(county):
    told = make_publication(county, at="served")
    assert revoke(told).state == Publication.DROPPED
    assert not Task.objects.open().filter(act="disclosure.publish_decision").exists()
    with pytest.raises(Refused, match=r"disclosure\.not_open"):
        told.publish()


def test_nobody_enters_a_revocation_here_by_hand(county):
    told = make_publication(county, at="published")
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        services.record_revocation(
            told.publication, revoked_on=date(2026, 3, 20), reason="x", **told.by("disclosure_officer")
        )
