"""Whether a matter must be reviewed: hearing and major penalty by fact, the rest by answers, blanks count as yes."""

import pytest

from dayu.core.refused import Refused
from dayu.legal_review import services
from dayu.legal_review.definitions import questions
from dayu.legal_review.facts import latest_answers, scope_of
from dayu.legal_review.models import ScopeAnswer
from dayu.legal_review.tests.conftest import CASE, MONDAY, PARTY

NO_FACT = {"major_penalty": False, "after_hearing": False}
SOFT = [k for k, q in questions().items() if not q.hard]


def answer(county, answers, actor=None):
    return services.answer_scope(CASE, actor=actor or county.officer, moment=MONDAY, answers=answers, party=PARTY)


@pytest.mark.requirement("REV-02")
def test_after_a_hearing_all_answers_no_still_lead_to_review_and_so_does_a_blank(county):
    answer(county, dict.fromkeys(SOFT, (False, "案情简单，不涉及")))
    heard = scope_of(known={**NO_FACT, "after_hearing": True}, answers=latest_answers(CASE, PARTY))
    assert heard.required and [(k, how) for k, how, _ in heard.because] == [("after_hearing", "fact")]
    blank = scope_of(known=NO_FACT, answers={})
    assert blank.required and {how for _k, how, _ in blank.because} == {"unanswered"}


def test_reasoned_noes_without_a_hard_fact_need_no_review(county):
    answer(county, dict.fromkeys(SOFT, (False, "案情简单，不涉及")))
    assert not scope_of(known=NO_FACT, answers=latest_answers(CASE, PARTY)).required


def test_a_hard_fact_that_is_not_known_counts_as_yes(county):
    answer(county, dict.fromkeys(SOFT, (False, "不涉及")))
    scope = scope_of(known={"after_hearing": False}, answers=latest_answers(CASE, PARTY))
    assert scope.required and scope.reasons()[0]["question"] == "major_penalty"


def test_one_yes_is_enough_and_the_latest_answer_counts(county):
    answer(county, dict.fromkeys(SOFT, (False, "不涉及")))
    answer(county, {"major_rights": (True, "")})
    scope = scope_of(known=NO_FACT, answers=latest_answers(CASE, PARTY))
    assert [k for k, _how, _ in scope.because] == ["major_rights"]
    assert "第五十八条" in scope.reasons()[0]["basis"]


def test_a_no_needs_its_reason(county):
    with pytest.raises(Refused) as refused:
        answer(county, {"major_rights": (False, " ")})
    assert refused.value.refusals[0].rule == "legal_review.no_needs_reason"
    assert not ScopeAnswer.objects.exists()


def test_nobody_answers_what_facts_decide(county):
    for key in ("after_hearing", "weather"):
        with pytest.raises(Refused) as refused:
            answer(county, {key: (False, "无")})
        assert refused.value.refusals[0].rule == "legal_review.unknown_question"


def test_some_noes_are_looked_at_again_and_nobody_can_choose_which(county):
    for number in range(40):
        services.answer_scope(
            f"cases.case:{number}", actor=county.officer, moment=MONDAY, answers=dict.fromkeys(SOFT, (False, "不涉及"))
        )
    first = set(ScopeAnswer.objects.filter(sampled=True).values_list("subject", "question"))
    assert 15 <= len(first) <= 70
    again = services.answer_scope(
        "cases.case:0", actor=county.officer, moment=MONDAY, answers={SOFT[0]: (False, "另写理由")}
    )[0]
    assert again.sampled is ((again.subject, again.question) in first)


def test_the_wrong_person_is_refused(county):
    with pytest.raises(Refused) as refused:
        answer(county, {"major_rights": (True, "")}, actor=county.reviewer)
    assert refused.value.refusals[0].rule == "core.not_permitted"
