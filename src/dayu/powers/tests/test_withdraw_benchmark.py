from datetime import date

import pytest
from tests.cast import MOMENT

from dayu.core.refused import Refused
from dayu.powers import services
from dayu.powers.public import published_benchmarks
from dayu.powers.tests.test_publish_benchmark import publish


def withdraw(county, actor, publication):
    return services.withdraw_benchmark(
        publication, actor=actor, moment=MOMENT, withdrawn_on=date(2026, 12, 1), reason="上级基准修订"
    )


def test_a_withdrawn_benchmark_is_no_longer_shown(county):
    withdraw(county, county.disclosure_officer, publish(county, county.disclosure_officer))
    assert published_benchmarks(territory="990121") == []


def test_an_officer_withdraws_nothing(county):
    publication = publish(county, county.disclosure_officer)
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        withdraw(county, county.officer, publication)


def test_what_is_withdrawn_is_not_withdrawn_again(county):
    publication = withdraw(county, county.disclosure_officer, publish(county, county.disclosure_officer))
    with pytest.raises(Refused, match=r"powers\.already_withdrawn"):
        withdraw(county, county.disclosure_officer, publication)
