"""Judging the nine points and signing the opinion; what stands against a pass."""

import pytest

from dayu.core.events import EventRow
from dayu.core.refused import Refused
from dayu.legal_review import services
from dayu.legal_review.definitions import points
from dayu.legal_review.facts import Premark, is_passed_on, opinion_digest
from dayu.legal_review.tests.conftest import DIGEST, MONDAY, OTHER, assigned, judge_all, passed
from dayu.work.models import RunningDeadline, Task

RED = [
    Premark("subject", "bad", "陆河清执法证件 2026-10-31 到期", "/org/people/1/", "行政处罚法第四十二条第一款"),
    Premark("procedure", "bad", "告知书送达晚于决定草案", "", "行政处罚法第四十四条"),
    Premark("facts", "fine", "4 项事实均有查证属实的证据"),
]


def rules(refused):
    return [r.rule for r in refused.value.refusals]


def conclude(review, county, conclusion="pass", opinion="", actor=None):
    return services.conclude_review(
        review, actor=actor or county.reviewer, moment=MONDAY, conclusion=conclusion, opinion=opinion
    )


def judge(review, county, point, answer="fine", **more):
    actor = more.pop("actor", county.reviewer)
    return services.judge_point(review, actor=actor, moment=MONDAY, point=point, answer=answer, **more)


def test_a_pass_binds_to_the_substance_and_ends_clock_and_task(county):
    review = passed(county)
    assert is_passed_on(review, DIGEST) and not is_passed_on(review, OTHER)
    assert not RunningDeadline.objects.open().exists() and not Task.objects.open().exists()
    event = EventRow.objects.get(name="legal_review.ReviewPassed")
    assert event.content["digest"] == DIGEST and event.content["subject"] == "cases.case:1"


def test_the_signed_digest_covers_conclusion_opinion_and_points(county):
    review = passed(county)
    answers = list(review.points.all())
    assert review.opinion_digest == opinion_digest(review, answers)
    answers[0].answer = "problem"
    assert review.opinion_digest != opinion_digest(review, answers)


def test_a_pass_needs_every_point_judged(county):
    review = assigned(county)
    judge_all(review, county, but=("discretion",))
    with pytest.raises(Refused) as refused:
        conclude(review, county)
    assert rules(refused) == ["legal_review.points_unjudged"]
    assert refused.value.refusals[0].params["points"] == "裁量"


def test_an_expired_certificate_and_a_late_notice_are_marked_red_and_a_pass_needs_written_ground(county):
    review = assigned(county, premarks=RED)
    assert [m["point"] for m in review.premarks if m["state"] == "bad"] == ["subject", "procedure"]
    judge_all(review, county)
    with pytest.raises(Refused) as refused:
        conclude(review, county)
    assert rules(refused) == ["legal_review.red_points_open"]
    assert refused.value.refusals[0].params["points"] == "主体、程序"
    judge(review, county, "subject", ground="该员 2026-10-30 已换发新证，系统未更新，附新证")
    judge(review, county, "procedure", ground="告知书 10-31 送达，草案日期系误录")
    assert conclude(review, county).passed


def test_a_problem_found_by_the_reviewer_stands_against_a_pass_too(county):
    review = assigned(county)
    judge_all(review, county)
    with pytest.raises(Refused) as refused:
        judge(review, county, "evidence", "problem")
    assert rules(refused) == ["legal_review.problem_needs_words"]
    judge(review, county, "evidence", "problem", failing=["sufficient"], remark="测算表缺测算人签名")
    with pytest.raises(Refused) as refused:
        conclude(review, county)
    assert rules(refused) == ["legal_review.red_points_open"]


@pytest.mark.parametrize("conclusion", ["supplement", "correct", "not_within_power", "no_penalty", "transfer"])
def test_every_other_conclusion_needs_its_reason_and_tells_the_case(county, conclusion):
    review = assigned(county)
    with pytest.raises(Refused) as refused:
        conclude(review, county, conclusion)
    assert rules(refused) == ["legal_review.conclusion_needs_reason"]
    conclude(review, county, conclusion, "复议机关写错，应为泽川县人民政府")
    assert not review.passed and not is_passed_on(review, DIGEST)
    assert EventRow.objects.get(name="legal_review.ReviewNotPassed").content["conclusion"] == conclusion


def test_unknown_conclusions_points_and_answers_are_refused(county):
    review = assigned(county)
    with pytest.raises(Refused) as refused:
        conclude(review, county, "maybe", "x")
    assert rules(refused) == ["legal_review.unknown_conclusion"]
    for point, answer, failing in (("weather", "fine", ()), ("facts", "perhaps", ()), ("facts", "problem", ("loud",))):
        with pytest.raises(Refused) as refused:
            judge(review, county, point, answer, failing=failing, remark="x")
        assert rules(refused) == ["legal_review.unknown_answer"]


def test_only_the_assigned_reviewer_judges_and_signs(county):
    review = assigned(county)
    for name in ("review_head", "stranger"):
        with pytest.raises(Refused) as refused:
            conclude(review, county, "correct", "x", actor=county.actor(name))
        assert rules(refused) == ["legal_review.not_your_review"]
        with pytest.raises(Refused):
            judge(review, county, "facts", actor=county.actor(name))
    with pytest.raises(Refused) as refused:
        conclude(review, county, actor=county.officer)
    assert rules(refused) == ["core.not_permitted"]


def test_an_opinion_is_signed_once(county):
    review = passed(county)
    with pytest.raises(Refused) as refused:
        conclude(review, county, "correct", "再改")
    assert rules(refused) == ["legal_review.already_concluded"]
    with pytest.raises(Refused):
        judge(review, county, "facts")


def test_the_nine_points_are_those_of_the_rule():
    assert [p.zh for p in points().values()] == [
        "主体", "权限", "程序", "事实", "证据", "法律适用", "裁量", "文书", "移送",
    ]  # fmt: skip
