import pytest
from tests.cast import MOMENT

from dayu.core.refused import Refused
from dayu.org import services


def test_a_unit_with_enforcement_power_names_its_basis(county):
    unit = services.add_unit(
        county.agency,
        actor=county.administrator,
        moment=MOMENT,
        name="水资源股",
        has_enforcement_power=True,
        enforcement_basis="三定规定",
    )
    assert unit.agency == county.agency and unit.has_enforcement_power


def test_a_unit_head_adds_no_unit(county):
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        services.add_unit(county.agency, actor=county.unit_head, moment=MOMENT, name="水资源股")


def test_power_without_a_basis_is_refused(county):
    with pytest.raises(Refused, match=r"org\.power_without_basis"):
        services.add_unit(
            county.agency, actor=county.administrator, moment=MOMENT, name="水资源股", has_enforcement_power=True
        )
