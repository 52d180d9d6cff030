from decimal import Decimal

import pytest
from tests.cast import MOMENT

from dayu.core.refused import Refused
from dayu.core.territories import Territory
from dayu.rivers import public, services
from dayu.rivers.tests.test_register_river import register


def add(river, actor, name="龙尾段", place="990121101", start="3.2", end="8"):
    return services.add_reach(
        river,
        actor=actor,
        moment=MOMENT,
        name=name,
        territory=Territory.objects.get(code=place),
        from_km=Decimal(start),
        until_km=Decimal(end),
    )


def test_reaches_stand_in_their_order_from_the_source(county):
    river = register(county)
    add(river, county.registrar)
    add(river, county.registrar, name="上游段", place="990121100", start="0", end="3.2")
    assert [r.name for r in public.river("FA001").reaches] == ["上游段", "龙尾段"]


def test_an_officer_adds_no_reach(county):
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        add(register(county), county.officer)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"name": "甲", "start": "9", "end": "8"}, "rivers.reach_runs_upstream"),
        ({"name": "乙", "end": "99"}, "rivers.reach_beyond_river"),
        ({"name": "中段", "start": "5", "end": "10"}, "rivers.reaches_overlap"),
        ({}, "rivers.reach_name_taken"),
        ({"name": "外段", "place": "990122100", "start": "10", "end": "11"}, "rivers.outside_territory"),
    ],
)
def test_a_reach_that_does_not_fit_is_refused(county, changes, rule):
    river = register(county)
    add(river, county.registrar)
    with pytest.raises(Refused, match=rule):
        add(river, county.registrar, **changes)
