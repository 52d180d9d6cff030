import pytest
from tests.cast import MOMENT

from dayu.core.refused import Refused
from dayu.core.territories import Territory
from dayu.org import services


def test_an_administrator_registers_a_village_below_a_township(county):
    township = Territory.objects.get(code="990121100")
    village = services.register_territory(
        township, actor=county.administrator, moment=MOMENT, code="990121100201", name="鹿鸣村", level="village"
    )
    assert village.path == "/000000/990000/990100/990121/990121100/990121100201/"


def test_an_officer_registers_no_territory(county):
    township = Territory.objects.get(code="990121100")
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        services.register_territory(
            township, actor=county.officer, moment=MOMENT, code="990121100201", name="鹿鸣村", level="village"
        )


def test_an_administrator_does_not_reach_into_the_next_county(county):
    township = Territory.objects.get(code="990122100")
    with pytest.raises(Refused, match=r"org\.outside_territory"):
        services.register_territory(
            township, actor=county.administrator, moment=MOMENT, code="990122100201", name="柳湾村", level="village"
        )


@pytest.mark.parametrize(
    ("parent", "code", "rule"),
    [
        (None, "980000", "org.territory_without_parent"),
        ("990121", "110101001", "org.territory_code_elsewhere"),
        ("990121", "990121101", None),
        ("990121100", "990121101", "org.territory_code_taken"),
    ],
)
def test_a_code_stands_once_and_below_its_own_province(county, parent, code, rule):
    from dayu.core.actors import SYSTEM

    above = Territory.objects.get(code=parent) if parent else None

    def register():
        return services.register_territory(above, actor=SYSTEM, moment=MOMENT, code=code, name="某地", level="township")

    if rule is None:
        assert register().name == "某地"
    else:
        with pytest.raises(Refused, match=rule):
            register()
