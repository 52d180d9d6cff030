from datetime import date

import pytest

from dayu.core.refused import Refused
from dayu.disclosure import services
from dayu.disclosure.models import LatePublication, Publication
from dayu.disclosure.tests.situations import make_publication
from dayu.work.models import Task


def test_service_opens_the_way_and_asks_the_disclosure_officer(county):
    publication = make_publication(county, at="served").publication
    assert publication.state == Publication.READY and publication.served_on == date(2026, 3, 2)
    task = Task.objects.open().get(act="disclosure.publish_decision")
    assert task.holder_post == "disclosure_officer" and task.matter_no == publication.decision_no


def test_service_after_the_limit_moves_it_and_is_a_reason_of_waiting_not_lateness(county):
    told = make_publication(county).on(date(2026, 4, 20)).serve()
    publication = told.publication
    assert publication.due_on == date(2026, 4, 29)
    assert "2026-04-20 送达" in publication.reason_for_wait
    told.on(date(2026, 4, 28)).publish()
    assert not LatePublication.objects.exists()


def test_nobody_enters_the_service_by_hand(county):
    told = make_publication(county)
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        services.record_service(told.publication, served_on=date(2026, 3, 2), **told.by("disclosure_officer"))


def test_a_service_that_is_told_again_changes_nothing(county):
    told = make_publication(county, at="served")
    from dayu.core.actors import SYSTEM

    before = told.publication.version
    services.record_service(told.publication, actor=SYSTEM, moment=told.played.moment, served_on=date(2026, 3, 2))
    assert told.publication.version == before
