from datetime import date

import pytest
from tests.cast import MOMENT

from dayu.core.refused import Refused
from dayu.core.territories import Territory
from dayu.org import services
from dayu.org.policies import certificate_valid


def issue(county, actor, **changes):
    wanted = {
        "number": "990121999",
        "issuing_authority": "沧宁省人民政府",
        "issued_in": Territory.objects.get(code="990000"),
        "region": county.agency.territory,
        "valid_from": date(2026, 1, 1),
        "valid_until": date(2030, 12, 31),
    }
    return services.issue_certificate(county.people["deputy_head"], actor=actor, moment=MOMENT, **{**wanted, **changes})


def test_a_certificate_lets_its_holder_enforce(county):
    issue(county, county.administrator)
    assert certificate_valid(county.people["deputy_head"], on=date(2026, 11, 20), territory="990121").allowed


def test_an_officer_issues_no_certificate(county):
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        issue(county, county.officer)


def test_a_number_that_is_taken_and_dates_out_of_order_are_refused(county):
    with pytest.raises(Refused, match=r"org\.certificate_no_taken"):
        issue(county, county.administrator, number="99012100001")
    with pytest.raises(Refused, match=r"org\.dates_out_of_order"):
        issue(county, county.administrator, valid_until=date(2020, 1, 1))
