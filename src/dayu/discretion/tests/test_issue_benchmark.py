from __future__ import annotations

from datetime import date

import pytest
from tests.cast import MOMENT

from dayu.core.actors import SYSTEM
from dayu.core.refused import Refused
from dayu.discretion import services
from dayu.discretion.models import BenchmarkReading, DiscretionBenchmark
from dayu.discretion.selectors import known_benchmarks
from dayu.discretion.tests.drafting import KIND, SOON, agree, issue, save, table
from dayu.law.assess import assess
from dayu.law.assess_input import read_input
from dayu.law.benchmarks import benchmark_for, benchmarks
from dayu.org.actors import actor_of_person
from dayu.org.models import Agency, Person
from dayu.org.services import appoint_to_post
from dayu.work.models import Notification, Task

LATER = date(2027, 3, 1)


def told(**more):
    base = {"violation": KIND, "party": "citizen", "territory": "990121", "facts": {"volume_m3": 50}}
    return read_input(base | more)


def test_a_draft_is_issued_only_with_an_opinion_on_exactly_its_content(county):
    draft = save(county, table())
    with pytest.raises(Refused, match=r"discretion\.opinion_missing"):
        services.issue_benchmark(draft, actor=county.head, moment=MOMENT, in_force_from=SOON)
    agree(county, draft)
    changed = save(county, table(("10000", "20000"), ("20000", "50000")))
    with pytest.raises(Refused, match=r"discretion\.opinion_missing"):
        services.issue_benchmark(changed, actor=county.head, moment=MOMENT, in_force_from=SOON)
    assert issue(county, changed).number == 1


def test_the_supervising_office_can_send_back_with_reasons_and_the_writer_hears_of_it(county):
    draft = save(county, table())
    with pytest.raises(Refused, match=r"discretion\.return_without_reason"):
        services.give_opinion(draft, actor=county.supervisor, moment=MOMENT, opinion="returned", words=" ")
    services.give_opinion(draft, actor=county.supervisor, moment=MOMENT, opinion="returned", words="较重一档过宽")
    assert Notification.objects.filter(person_id=county.people["review_head"].pk, text__contains="退回").exists()
    for actor in (county.review_head, county.officer, county.stranger):
        with pytest.raises(Refused, match=r"core\.not_permitted"):
            services.give_opinion(draft, actor=actor, moment=MOMENT, opinion="agreed", words="")


def test_an_officer_issues_nothing_and_nothing_is_issued_twice_or_into_the_past(county):
    draft = agree(county, save(county, table()))
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        services.issue_benchmark(draft, actor=county.officer, moment=MOMENT, in_force_from=SOON)
    for first, last in ((date(2010, 1, 1), None), (SOON, date(2026, 11, 30))):
        with pytest.raises(Refused, match=r"discretion\.issued_backwards"):
            services.issue_benchmark(draft, actor=county.head, moment=MOMENT, in_force_from=first, in_force_until=last)
    services.issue_benchmark(draft, actor=county.head, moment=MOMENT, in_force_from=SOON)
    with pytest.raises(Refused, match=r"discretion\.already_issued"):
        services.issue_benchmark(draft, actor=county.head, moment=MOMENT, in_force_from=LATER)


def test_an_issued_version_applies_to_acts_from_its_day_and_the_next_ends_it(county):
    issued = issue(county, save(county, table()))
    known = known_benchmarks()
    assert benchmark_for(KIND, "990121", date(2026, 11, 30), among=known) is None
    assert (found := benchmark_for(KIND, "990121", SOON, among=known)) is not None and found.key == issued.rule_key
    assert benchmark_for(KIND, "990122", SOON, among=known) is None
    second = issue(county, save(county, table(("10000", "20000"), ("20000", "50000"))), on=LATER)
    issued.refresh_from_db()
    assert (second.number, issued.in_force_until) == (2, date(2027, 2, 28))
    known = known_benchmarks()
    assert [benchmark_for(KIND, "990121", d, among=known).key for d in (SOON, LATER)] == [issued.rule_key, second.rule_key]


@pytest.mark.requirement("DIS-08")
def test_the_newer_version_is_proposed_after_a_lightening_change_and_each_version_is_read_and_receipted(county):
    old = issue(county, save(county, table()))
    new = issue(county, save(county, table(("10000", "20000"), ("20000", "40000"))), on=LATER)
    lighter = assess(told(acted_from="2026-12-15", as_of="2027-04-01"), known=known_benchmarks())
    assert lighter.benchmark is not None and lighter.benchmark.key == new.rule_key
    step = next(s for s in lighter.trace if s.step == "benchmark_version")
    assert [c.text() for c in step.basis] == ["行政处罚法第三十七条"]
    harsher = issue(county, save(county, table(("20000", "40000"), ("40000", "50000"))), on=date(2027, 6, 1))
    kept = assess(told(acted_from="2027-04-01", as_of="2027-07-01"), known=known_benchmarks())
    assert kept.benchmark is not None and kept.benchmark.key == new.rule_key
    for version in (old, new, harsher):
        readers = set(BenchmarkReading.objects.filter(benchmark=version).values_list("person_id", flat=True))
        assert {county.people[n].pk for n in ("officer", "unit_head", "reviewer", "soil_officer")} <= readers
        assert Notification.objects.filter(person_id=county.people["officer"].pk, url=version.get_absolute_url()).exists()
    subject = f"discretion.discretionbenchmark:{new.pk}"
    mine = Task.objects.open().filter(act="discretion.confirm_reading", subject=subject)
    assert mine.filter(holder_person_id=county.people["officer"].pk).exists()
    services.confirm_reading(new, actor=county.officer, moment=MOMENT)
    assert not mine.filter(holder_person_id=county.people["officer"].pk).exists()
    receipt = BenchmarkReading.objects.get(benchmark=new, person_id=county.people["officer"].pk)
    assert receipt.read_at == MOMENT
    assert BenchmarkReading.objects.get(benchmark=new, person_id=county.people["unit_head"].pk).read_at is None


def test_who_was_not_asked_to_read_confirms_nothing(county):
    issued = issue(county, save(county, table()))
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        services.confirm_reading(issued, actor=county.archivist, moment=MOMENT)


def test_a_benchmark_of_the_rulebook_that_is_replaced_ends_the_day_before(county):
    given = table(violation="soil-53-1-no-plan", replaces="zechuan-soil-53", gate="order_unmet") | {"tiers": [
        {"tier": "一般", "min_yuan": "50000", "max_yuan": "500000", "rows": [[{"fact": "occupied_area_ha", "from": "0"}]]}]}  # fmt: skip
    issued = issue(county, save(county, given, key="soil-2026"))
    known = known_benchmarks()
    days = (date(2026, 11, 30), SOON)
    found = [benchmark_for("soil-53-1-no-plan", "990121", d, among=known).key for d in days]
    assert found == ["zechuan-soil-53", issued.rule_key]
    assert benchmarks()["zechuan-soil-53"].in_force_until is None


def test_without_replacing_it_a_second_benchmark_for_one_violation_is_refused(county):
    given = table(violation="soil-53-1-no-plan") | {"tiers": [
        {"tier": "一般", "min_yuan": "50000", "max_yuan": "500000", "rows": [[{"fact": "occupied_area_ha", "from": "0"}]]}]}  # fmt: skip
    with pytest.raises(Refused, match=r"discretion\.double_validity"):
        save(county, given)


def test_an_ended_version_no_longer_applies(county):
    issued = issue(county, save(county, table()))
    services.end_benchmark(issued, actor=county.head, moment=MOMENT, last_day=date(2026, 12, 31), reason="上级基准修订")
    assert benchmark_for(KIND, "990121", date(2027, 1, 1), among=known_benchmarks()) is None
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        services.end_benchmark(issued, actor=county.review_head, moment=MOMENT, last_day=SOON, reason="x")


def city_people(county):
    """The city's bureau gets somebody who drafts and somebody who issues."""
    city = Agency.objects.get(pk=county.city_bureau.pk)
    person = Person.objects.get(pk=county.people["supervisor"].pk)
    return city, person


@pytest.mark.requirement("DIS-07")
def test_a_county_splits_its_parents_range_never_leaves_it_and_is_frozen_when_the_parent_narrows(county):
    city, person = city_people(county)
    for post in ("review_head", "agency_head"):
        appoint_to_post(person, actor=SYSTEM, moment=MOMENT, key=post, valid_from=date(2026, 1, 1))
    chief = actor_of_person(person, on=date(2026, 11, 20))
    whole = {"tiers": [{"tier": "一般", "min_yuan": "10000", "max_yuan": "50000", "rows": [[{"fact": "volume_m3", "from": "0"}]]}]}
    parent = save(county, table(territory="990100") | whole, key="city", agency=city, actor=chief)
    issue_parent(county, parent, chief, SOON)
    with pytest.raises(Refused) as refused:
        save(county, table(("5000", "30000"), ("30000", "50000")))
    told_by = [r.as_json()["reason"] for r in refused.value.refusals]
    assert told_by[0] == "不得突破上级裁量幅度" and "5,000＜10,000" in told_by[1]
    child = issue(county, save(county, table()), on=SOON)
    assert child.frozen_on is None
    narrowed = whole["tiers"][0] | {"max_yuan": "40000"}
    again = save(county, table(territory="990100") | {"tiers": [narrowed]}, key="city", agency=city, actor=chief)
    issue_parent(county, again, chief, LATER)
    child.refresh_from_db()
    assert child.frozen_on == LATER and "50,000＞40,000" in child.frozen_why
    assert Task.objects.open().filter(act="discretion.save_draft", organ_id=county.agency.pk, holder_post="review_head").exists()
    known = known_benchmarks()
    assert benchmark_for(KIND, "990121", date(2027, 2, 28), among=known).key == child.rule_key
    assert benchmark_for(KIND, "990121", LATER, among=known).key != child.rule_key


def issue_parent(county, draft, chief, on) -> DiscretionBenchmark:
    services.give_opinion(draft, actor=SYSTEM, moment=MOMENT, opinion="agreed", words="")
    return services.issue_benchmark(draft, actor=chief, moment=MOMENT, in_force_from=on)
