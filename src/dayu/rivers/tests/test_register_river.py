from decimal import Decimal

import pytest
from tests.cast import MOMENT

from dayu.core.refused import Refused
from dayu.core.search import find
from dayu.rivers import services


def register(county, actor=None, **changes):
    wanted = {"code": "FA001", "name": "白鹿河", "territory": county.agency.territory, "length_km": Decimal("24.5")}
    return services.register_river(None, actor=actor or county.registrar, moment=MOMENT, **{**wanted, **changes})


def test_a_registered_river_is_found_by_name(county):
    river = register(county)
    assert [e.object_id for e in find("白鹿河", actor=county.officer)] == [str(river.pk)]


def test_an_officer_registers_no_river(county):
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        register(county, county.officer)


def test_a_registrar_does_not_register_rivers_of_the_next_county(county):
    with pytest.raises(Refused, match=r"rivers\.outside_territory"):
        register(county, territory=county.neighbour.territory)


def test_a_code_is_registered_once_and_kinds_are_listed(county):
    register(county)
    with pytest.raises(Refused, match=r"rivers\.code_taken"):
        register(county)
    with pytest.raises(Refused, match=r"rivers\.unknown_choice"):
        register(county, code="FA002", kind="sea")
