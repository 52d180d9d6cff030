from datetime import date

import pytest
from tests.cast import MOMENT

from dayu.core.refused import Refused
from dayu.law.benchmarks import ancestors, benchmarks
from dayu.powers import services
from dayu.powers.public import published_benchmarks


def local_benchmark():
    return next(b for b in benchmarks().values() if b.territory in ancestors("990121"))


def publish(county, actor, benchmark=None):
    return services.publish_benchmark(
        county.agency,
        actor=actor,
        moment=MOMENT,
        benchmark=benchmark or local_benchmark().key,
        published_on=date(2026, 11, 20),
    )


def test_the_public_sees_the_published_version(county):
    publish(county, county.disclosure_officer)
    (shown,) = published_benchmarks(territory="990121")
    assert shown.agency == "泽川县水利局" and shown.benchmark.tiers
    assert published_benchmarks(territory="990122") == []


def test_an_officer_and_the_disclosure_officer_of_another_agency_publish_nothing(county):
    for actor in (county.officer, county.stranger):
        with pytest.raises(Refused, match=r"core\.not_permitted"):
            publish(county, actor)


def test_the_same_version_twice_and_a_benchmark_of_another_province_are_refused(county):
    publish(county, county.disclosure_officer)
    with pytest.raises(Refused, match=r"powers\.already_published"):
        publish(county, county.disclosure_officer)
    foreign = next(b for b in benchmarks().values() if b.territory not in ancestors("990121"))
    with pytest.raises(Refused, match=r"powers\.unknown_benchmark"):
        publish(county, county.disclosure_officer, foreign.key)
