from datetime import date

import pytest

from dayu.org.policies import unit_may_enforce

DAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("unit", "allowed"),
    [("brigade", True), ("soil", True), ("finance", False), ("legal", False), ("general", False)],
)
def test_only_units_with_enforcement_power_start_enforcement_acts(county, unit, allowed):
    verdict = unit_may_enforce(county.units[unit], on=DAY)
    assert verdict.allowed is allowed
    if not allowed:
        refusal = verdict.refusals[0]
        assert refusal.as_json()["reason"].startswith("本单位无行政执法权，请移交线索")
        assert refusal.remedy == "leads.register_lead"


def test_somebody_without_a_unit_and_a_unit_that_has_ended_have_no_power(county):
    assert not unit_may_enforce(None, on=DAY).allowed
    brigade = county.units["brigade"]
    brigade.valid_until = date(2026, 11, 19)
    assert not unit_may_enforce(brigade, on=DAY).allowed
