from datetime import date

import pytest
from tests.cast import MOMENT

from dayu.basis import services
from dayu.basis.selectors import all_parameters, parameter
from dayu.core.refused import Refused
from dayu.core.territories import Territory


def put(actor, territory, **changes):
    wanted = {"key": "closing_days", "value": 10, "clause": "县局规程第三条", "valid_from": date(2026, 1, 1)}
    return services.set_parameter(
        Territory.objects.get(code=territory), actor=actor, moment=MOMENT, **{**wanted, **changes}
    )


@pytest.mark.requirement("PLN-02")
def test_a_lower_level_may_tighten_and_never_loosen_and_the_past_keeps_its_value(county):
    nation = parameter("closing_days", "990121", date(2026, 6, 1))
    assert (nation.number, nation.territory, nation.confirmed) == (15, "000000", False)
    put(county.administrator, "990121")
    tightened = parameter("closing_days", "990121", date(2026, 6, 1))
    assert (tightened.number, tightened.clause, tightened.confirmed) == (10, "县局规程第三条", True)
    assert parameter("closing_days", "990121", date(2025, 12, 31)).number == 15
    assert parameter("closing_days", "990121101", date(2026, 6, 1)).number == 10
    with pytest.raises(Refused) as refused:
        put(county.administrator, "990121", value=20, valid_from=date(2027, 1, 1))
    assert refused.value.refusals[0].as_json()["reason"].startswith("不得低于上级标准")
    assert parameter("closing_days", "990121", date(2027, 6, 1)).number == 10


def test_a_value_of_the_rulebook_gives_way_to_one_entered_here(county):
    assert parameter("legal_review_days", "990121", date(2026, 6, 1)).number == 3
    put(county.review_head, "990121", key="legal_review_days", value="2")
    assert parameter("legal_review_days", "990121", date(2026, 6, 1)).number == 2
    assert parameter("legal_review_days", "990121", date(2025, 6, 1)).number == 3


def test_an_officer_sets_nothing_and_nobody_sets_a_value_for_another_county(county):
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        put(county.officer, "990121")
    with pytest.raises(Refused, match=r"basis\.outside_territory"):
        put(county.administrator, "990122")


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"key": "wishes"}, "basis.unknown_parameter"),
        ({"value": "十"}, "basis.value_of_wrong_kind"),
        ({"value": -1}, "basis.value_of_wrong_kind"),
        ({"clause": " "}, "basis.value_without_clause"),
        ({"confirmation": "X"}, "basis.unknown_choice"),
    ],
)
def test_values_that_do_not_fit_are_refused(county, changes, rule):
    with pytest.raises(Refused, match=rule):
        put(county.administrator, "990121", **changes)


def test_a_value_cannot_begin_before_the_present_one(county):
    put(county.administrator, "990121")
    with pytest.raises(Refused, match=r"basis\.value_before_present_one"):
        put(county.administrator, "990121", valid_from=date(2025, 6, 1))


def test_the_list_of_all_parameters_costs_one_statement(county, django_assert_num_queries):
    with django_assert_num_queries(1):
        listed = all_parameters("990121", date(2026, 11, 20))
    assert {p if isinstance(p, str) else p.key for p in listed} >= {"closing_days", "certificate_alert_days"}
