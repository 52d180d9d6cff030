from datetime import date

import pytest

from dayu.core import clock
from dayu.core.refused import Refused
from dayu.disclosure import jobs, services
from dayu.disclosure.models import PublicationAlert
from dayu.disclosure.tests.situations import make_publication
from dayu.work.models import Notification

FRIDAY = clock.legal_moment(date(2024, 9, 27))


def watch(*days):
    for day in days:
        jobs.watch_publications(now=clock.legal_moment(day, 8))


def alerted():
    return {a.level: a.alerted_on for a in PublicationAlert.objects.all()}


def test_the_owner_hears_on_the_fourth_and_the_head_on_the_sixth_working_day(county):
    make_publication(county, at="served", moment=FRIDAY)
    watch(*(date(2024, 10, d) for d in range(1, 12)))
    assert alerted() == {"owner": date(2024, 10, 9), "head": date(2024, 10, 11)}
    told = set(Notification.objects.filter(text__contains="临近公示期限").values_list("person_id", flat=True))
    assert told == {county.people["head"].pk}


def test_each_alert_goes_out_once_and_lateness_is_told_to_all(county):
    make_publication(county, at="served", moment=FRIDAY)
    watch(date(2024, 10, 11), date(2024, 10, 11), date(2024, 10, 12), date(2024, 10, 13), date(2024, 10, 14))
    assert PublicationAlert.objects.count() == 3
    assert alerted()["late"] == date(2024, 10, 13)


def test_nobody_is_alerted_about_what_is_public(county):
    make_publication(county, at="published", moment=FRIDAY)
    watch(date(2024, 10, 11), date(2024, 10, 14))
    assert alerted() == {}


def test_no_person_sends_an_alert_by_hand(county):
    told = make_publication(county)
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        services.alert_about_publication(
            told.publication, level="owner", due_on=date(2026, 3, 11), text="x", person_ids=[], **told.by("head")
        )
