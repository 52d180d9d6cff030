from datetime import date

import pytest
from tests.cast import MOMENT

from dayu.core.refused import Refused
from dayu.org import services
from dayu.org.policies import unit_may_enforce


def test_power_taken_away_is_gone_the_same_moment(county):
    soil = county.units["soil"]
    services.change_unit(soil, actor=county.administrator, moment=MOMENT, name=soil.name, has_enforcement_power=False)
    assert not unit_may_enforce(soil, on=date(2026, 11, 20)).allowed


def test_a_reviewer_changes_no_unit(county):
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        services.change_unit(
            county.units["soil"], actor=county.reviewer, moment=MOMENT, name="x", has_enforcement_power=False
        )


def test_power_given_without_a_basis_is_refused(county):
    with pytest.raises(Refused, match=r"org\.power_without_basis"):
        services.change_unit(
            county.units["finance"],
            actor=county.administrator,
            moment=MOMENT,
            name="财务股",
            has_enforcement_power=True,
        )
