import pytest
from tests.cast import MOMENT

from dayu.core.refused import Refused
from dayu.org import services


def test_a_person_moves_to_another_unit_of_the_same_agency(county):
    person = county.people["officer"]
    services.change_person(
        person, actor=county.administrator, moment=MOMENT, name=person.name, title="中队长", unit=county.units["soil"]
    )
    person.refresh_from_db()
    assert person.unit == county.units["soil"] and person.title == "中队长"


def test_nobody_changes_their_own_record(county):
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        services.change_person(county.people["officer"], actor=county.officer, moment=MOMENT, name="别名")


def test_a_unit_of_another_agency_is_refused(county):
    foreign = county.neighbour.units.get()
    with pytest.raises(Refused, match=r"org\.unit_of_another_agency"):
        services.change_person(
            county.people["officer"], actor=county.administrator, moment=MOMENT, name="陆河清", unit=foreign
        )
