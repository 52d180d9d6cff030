from datetime import date

import pytest
from tests.cast import MOMENT

from dayu.core.actors import SYSTEM
from dayu.core.events import EventRow
from dayu.core.refused import Refused
from dayu.org import services
from dayu.org.actors import actor_of_person


def transfer(county, actor=SYSTEM, agency=None):
    return services.transfer_officer(
        county.people["officer"],
        actor=actor,
        moment=MOMENT,
        on=date(2026, 11, 20),
        agency=agency or county.neighbour,
    )


def test_posts_and_certificate_stay_behind_and_work_is_to_be_reassigned(county):
    person = transfer(county)
    there = actor_of_person(person, on=date(2026, 11, 20))
    assert there.organ_id == county.neighbour.pk and there.posts == frozenset()
    assert person.certificates.get().standing_on(date(2026, 11, 20)) == "revoked"
    assert EventRow.objects.get(name="org.OfficerLeft").content["agency_id"] == county.agency.pk


def test_an_officer_does_not_transfer_himself(county):
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        transfer(county, county.officer)


def test_a_transfer_within_the_agency_is_refused(county):
    with pytest.raises(Refused, match=r"org\.transfer_within_agency"):
        transfer(county, county.administrator, county.agency)
