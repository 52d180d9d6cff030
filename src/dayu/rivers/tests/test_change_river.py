import pytest
from tests.cast import MOMENT

from dayu.core.refused import Refused
from dayu.core.search import find
from dayu.rivers import services
from dayu.rivers.tests.test_register_river import register


def change(river, actor, **changes):
    wanted = {"name": "白鹿江", "kind": "river", "level": "city"}
    return services.change_river(river, actor=actor, moment=MOMENT, **{**wanted, **changes})


def test_a_corrected_name_is_found_and_the_old_one_is_not(county):
    change(register(county), county.registrar)
    assert len(find("白鹿江", actor=county.officer)) == 1 and find("白鹿河", actor=county.officer) == []


def test_an_officer_changes_no_river(county):
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        change(register(county), county.officer)


def test_a_river_does_not_flow_into_itself(county):
    river = register(county)
    with pytest.raises(Refused, match=r"rivers\.flows_into_itself"):
        change(river, county.registrar, flows_into=river)
