from datetime import date

import pytest
from tests.cast import MOMENT

from dayu.core.refused import Refused
from dayu.rivers import public, services
from dayu.rivers.tests.test_register_river import register


def remove(river, actor):
    return services.remove_river(river, actor=actor, moment=MOMENT, removed_on=date(2026, 11, 20), reason="重复登记")


def test_a_removed_river_is_no_longer_shown_to_the_public(county):
    river = register(county)
    assert public.river("FA001") is not None and public.river_count(territory="990121") == 1
    remove(river, county.registrar)
    assert public.river("FA001") is None and public.river_count(territory="990121") == 0


def test_an_officer_removes_no_river(county):
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        remove(register(county), county.officer)


def test_a_removed_river_is_not_removed_again(county):
    river = remove(register(county), county.registrar)
    with pytest.raises(Refused, match=r"rivers\.already_removed"):
        remove(river, county.registrar)
