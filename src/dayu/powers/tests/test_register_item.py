from datetime import date

import pytest
from tests.cast import MOMENT

from dayu.core.refused import Refused
from dayu.powers import services
from dayu.powers.policies import item_for


def register(county, actor, **changes):
    wanted = {
        "agency": county.agency,
        "code": "DF-01",
        "name": "河道采砂现场监管",
        "act_type": "penalty",
        "basis": "河道管理条例第二十五条",
        "valid_from": date(2026, 1, 1),
        "violations": ["water-69-2-not-per-permit"],
    }
    return services.register_item(None, actor=actor, moment=MOMENT, **{**wanted, **changes})


def test_a_local_item_covers_the_violations_it_names(county):
    item = register(county, county.review_head)
    assert item.violations.get().violation == "water-69-2-not-per-permit"
    assert item_for("water-69-2-not-per-permit", agency=county.agency, on=date(2026, 11, 20)) is not None


def test_an_officer_and_the_head_of_review_of_another_agency_register_nothing(county):
    for actor in (county.officer, county.stranger):
        with pytest.raises(Refused, match=r"core\.not_permitted"):
            register(county, actor)


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"basis": " "}, "powers.item_without_basis"),
        ({"act_type": "wish"}, "powers.unknown_choice"),
        ({"violations": ["nothing"]}, "powers.unknown_choice"),
        ({"code": "soil-53-1-no-plan"}, "powers.item_code_taken"),
    ],
)
def test_an_item_that_does_not_hold_together_is_refused(county, changes, rule):
    with pytest.raises(Refused, match=rule):
        register(county, county.review_head, **changes)
