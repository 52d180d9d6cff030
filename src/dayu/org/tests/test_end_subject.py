from datetime import date

import pytest
from tests.cast import MOMENT

from dayu.core.refused import Refused
from dayu.org import services
from dayu.org.policies import subject_may_act


def test_a_subject_acts_on_its_last_day_and_not_on_the_next(county):
    services.end_subject(
        county.subject, actor=county.administrator, moment=MOMENT, valid_until=date(2026, 11, 20), reason="机构改革"
    )
    assert subject_may_act(county.subject, on=date(2026, 11, 20)).allowed
    late = subject_may_act(county.subject, on=date(2026, 11, 21))
    assert [r.rule for r in late.refusals] == ["org.subject_unfit"]
    assert "执法主体不适格" in late.refusals[0].as_json()["reason"]


def test_an_officer_ends_no_subject(county):
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        services.end_subject(
            county.subject, actor=county.officer, moment=MOMENT, valid_until=date(2026, 11, 20), reason="x"
        )


def test_a_subject_cannot_end_before_it_began(county):
    with pytest.raises(Refused, match=r"org\.dates_out_of_order"):
        services.end_subject(
            county.subject, actor=county.administrator, moment=MOMENT, valid_until=date(2001, 1, 1), reason="x"
        )
