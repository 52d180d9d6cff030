import pytest
from tests.cast import MOMENT

from dayu.core.refused import Refused
from dayu.org import services


def test_a_regiment_stands_under_its_division_and_under_the_prefecture_at_once(county):
    place = county.agency.territory
    regiment = services.register_agency(
        None,
        actor=county.administrator,
        moment=MOMENT,
        name="某团场",
        kind="corps",
        territory=place,
        business_parent=county.city_bureau,
        administrative_parent=county.agency,
    )
    assert regiment in county.city_bureau.business_children.all()
    assert regiment in county.agency.administrative_children.all()


def test_an_officer_registers_no_agency(county):
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        services.register_agency(
            None,
            actor=county.officer,
            moment=MOMENT,
            name="某局",
            kind="institution",
            territory=county.agency.territory,
        )


def test_a_kind_that_does_not_exist_is_refused(county):
    with pytest.raises(Refused, match=r"org\.unknown_choice"):
        services.register_agency(
            None, actor=county.administrator, moment=MOMENT, name="某局", kind="club", territory=county.agency.territory
        )
