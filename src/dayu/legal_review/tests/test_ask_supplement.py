"""Asking for more: the clock stands still and goes on."""

from datetime import UTC, date, datetime

import pytest

from dayu.core.refused import Refused
from dayu.legal_review import services
from dayu.legal_review.facts import GivenMaterial, package_digest
from dayu.legal_review.tests.conftest import DIGEST, assigned, judge_all
from dayu.work.models import RunningDeadline, Task

WEDNESDAY = datetime(2026, 11, 18, 2, 0, tzinfo=UTC)
NEXT_WEDNESDAY = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)


def rules(refused):
    return [r.rule for r in refused.value.refusals]


def ask(review, county, text="取水量测算表补测算人签名", actor=None, moment=WEDNESDAY):
    return services.ask_supplement(review, actor=actor or county.reviewer, moment=moment, asked_for=text)


def supply(review, county, answer="已补签", materials=(), actor=None, moment=NEXT_WEDNESDAY):
    return services.supply_supplement(
        review, actor=actor or county.officer, moment=moment, answer=answer, materials=materials
    )


@pytest.mark.requirement("REV-09")
def test_asked_on_the_third_day_the_clock_stops_and_resumes_and_correct_needs_a_reason(county):
    monday, thursday, next_wednesday = (datetime(2023, 11, d, 2, 0, tzinfo=UTC) for d in (13, 16, 22))
    review = assigned(county, moment=monday)  # in 2023 five working days, by the rule of the province
    assert RunningDeadline.objects.open().get().due_on == date(2023, 11, 20)
    ask(review, county, moment=thursday)
    assert not RunningDeadline.objects.open().exists()
    task = Task.objects.open().get()
    assert (task.act, task.holder_person_id) == ("legal_review.supply_supplement", county.people["officer"].pk)
    supply(review, county, moment=next_wednesday)
    running = RunningDeadline.objects.open().get()
    assert running.exclusions == [["2023-11-17", "2023-11-22"]]
    assert running.due_on == date(2023, 11, 24)  # three days were used; Thursday is the fourth and Friday the fifth
    assert Task.objects.open().get().act == "legal_review.conclude_review"
    for opinion in ("", "  "):
        with pytest.raises(Refused) as refused:
            services.conclude_review(
                review, actor=county.reviewer, moment=next_wednesday, conclusion="correct", opinion=opinion
            )
        assert rules(refused) == ["legal_review.conclusion_needs_reason"]
    opinion = "复议机关写错，应为泽川县人民政府"
    services.conclude_review(
        review, actor=county.reviewer, moment=next_wednesday, conclusion="correct", opinion=opinion
    )
    assert review.opinion == opinion and review.opinion_digest and not RunningDeadline.objects.open().exists()


def test_new_parts_join_the_package_and_its_digest(county):
    review = assigned(county)
    before, count = review.package_digest, review.materials.count()
    ask(review, county)
    supply(review, county, materials=[GivenMaterial("evidence_list", "测算表（补签）", "c" * 64)])
    assert review.materials.count() == count + 1 and review.package_digest != before
    assert review.package_digest == package_digest(review.materials.all(), draft_digest=DIGEST)


def test_no_opinion_while_a_supplement_is_awaited(county):
    review = assigned(county)
    judge_all(review, county)
    ask(review, county)
    with pytest.raises(Refused) as refused:
        services.conclude_review(review, actor=county.reviewer, moment=WEDNESDAY, conclusion="pass")
    assert rules(refused) == ["legal_review.supplement_awaited"]


def test_one_request_at_a_time_in_words_and_by_the_reviewer(county):
    review = assigned(county)
    with pytest.raises(Refused) as refused:
        ask(review, county, " ")
    assert rules(refused) == ["legal_review.words_missing"]
    with pytest.raises(Refused) as refused:
        ask(review, county, actor=county.review_head)
    assert rules(refused) == ["legal_review.not_your_review"]
    ask(review, county)
    with pytest.raises(Refused) as refused:
        ask(review, county)
    assert rules(refused) == ["legal_review.already_asked"]


def test_nothing_asked_nothing_supplied_and_only_by_the_organ(county):
    review = assigned(county)
    with pytest.raises(Refused) as refused:
        supply(review, county)
    assert rules(refused) == ["legal_review.nothing_asked"]
    ask(review, county)
    with pytest.raises(Refused) as refused:
        supply(review, county, answer=" ")
    assert rules(refused) == ["legal_review.words_missing"]
    with pytest.raises(Refused) as refused:
        supply(review, county, actor=county.stranger)
    assert rules(refused) == ["legal_review.other_organ"]
