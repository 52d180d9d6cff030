"""Submitting a draft with its package, taking it back, and naming the body that reviews."""

from datetime import UTC, date, datetime

import pytest

from dayu.core.audit import AuditEntry
from dayu.core.refused import Refused
from dayu.legal_review import services
from dayu.legal_review.facts import package_digest, review_body_of
from dayu.legal_review.models import LegalReview
from dayu.legal_review.tests.conftest import CASE, DIGEST, MONDAY, passed, submit
from dayu.work.models import RunningDeadline, Task


def rules(refused):
    return [r.rule for r in refused.value.refusals]


def test_a_complete_package_waits_on_the_review_body_with_its_own_clock(county):
    review = submit(county)
    assert review.reviewing_unit == county.units["legal"] and review.round == 1
    running = RunningDeadline.objects.get(limit_key="legal_review")
    assert running.due_on == date(2026, 11, 19)  # three working days in this county's profile
    assert Task.objects.open().get().act == "legal_review.assign_reviewer"


@pytest.mark.requirement("REV-07")
def test_a_heard_case_without_the_hearing_record_is_refused_and_the_signature_binds_all_parts(county):
    with pytest.raises(Refused) as refused:
        submit(county, heard=True, leave_out=("hearing_record",))
    shown = refused.value.refusals[0].as_json()
    assert shown["rule"] == "legal_review.package_incomplete" and shown["reason"] == "送审材料不全：听证笔录"
    review = submit(county, heard=True)
    parts = list(review.materials.all())
    assert "hearing_record" in {p.key for p in parts}
    assert review.package_digest == package_digest(parts, draft_digest=DIGEST)
    parts[0].digest = "f" * 64
    assert review.package_digest != package_digest(parts, draft_digest=DIGEST)


def test_all_missing_parts_are_named_at_once(county):
    with pytest.raises(Refused) as refused:
        submit(county, heard=True, defended=True, leave_out=("notice", "defence", "evidence_list"))
    assert refused.value.refusals[0].params["missing"] == "证据目录、事先告知书及送达回证、陈述申辩意见及复核意见"


def test_the_handler_must_sign_for_truth(county):
    with pytest.raises(Refused) as refused:
        submit(county, truth_signed=False)
    assert rules(refused) == ["legal_review.truth_not_signed"]


def test_a_draft_lies_with_one_reviewer_at_a_time(county):
    submit(county)
    with pytest.raises(Refused) as refused:
        submit(county)
    assert rules(refused) == ["legal_review.already_submitted"]


def test_a_second_round_is_counted(county):
    passed(county)
    assert submit(county).round == 2


def test_without_a_review_body_nothing_can_be_submitted(county):
    with pytest.raises(Refused) as refused:
        submit(county, actor=county.stranger)
    assert rules(refused) == ["legal_review.no_body"]


def test_the_wrong_person_is_refused_and_the_attempt_is_kept(county):
    from dayu.core.audit import RefusedAttempt

    with pytest.raises(Refused) as refused:
        submit(county, actor=county.archivist)
    assert rules(refused) == ["core.not_permitted"]
    assert RefusedAttempt.objects.get().action == "legal_review.submit_for_review"


def test_the_audit_entry_names_every_part_with_its_digest(county):
    review = submit(county)
    entry = AuditEntry.objects.get(action="legal_review.submit_for_review")
    assert len(entry.detail["parts"]) == review.materials.count() and entry.detail["digest"] == DIGEST
    assert entry.related == CASE


def test_a_submission_is_taken_back_with_a_reason_and_then_given_again(county):
    review = submit(county)
    with pytest.raises(Refused) as refused:
        services.withdraw_submission(review, actor=county.officer, moment=MONDAY, reason="")
    assert rules(refused) == ["legal_review.words_missing"]
    services.withdraw_submission(review, actor=county.officer, moment=MONDAY, reason="草案金额有改动")
    assert not Task.objects.open().exists() and not RunningDeadline.objects.open().exists()
    assert submit(county).round == 2
    with pytest.raises(Refused) as refused:
        services.withdraw_submission(review, actor=county.officer, moment=MONDAY, reason="再撤")
    assert rules(refused) == ["legal_review.already_concluded"]


def test_another_organ_cannot_take_it_back(county):
    review = submit(county)
    with pytest.raises(Refused) as refused:
        services.withdraw_submission(review, actor=county.stranger, moment=MONDAY, reason="x")
    assert rules(refused) == ["legal_review.other_organ"]


def test_a_unit_that_enforces_is_no_review_body(county):
    with pytest.raises(Refused) as refused:
        services.name_review_body(
            county.agency,
            actor=county.head,
            moment=MONDAY,
            basis="x",
            valid_from=date(2026, 1, 1),
            unit=county.units["brigade"],
        )
    assert rules(refused) == ["legal_review.unit_enforces"]


def test_another_body_reviews_from_a_day_on_and_the_past_keeps_the_old_one(county):
    services.name_review_body(
        county.agency,
        actor=county.administrator,
        moment=MONDAY,
        basis="委托审核协议",
        valid_from=date(2026, 12, 1),
        reviewing_agency=county.city_bureau,
    )
    assert review_body_of(county.agency, on=date(2026, 11, 30)).unit == county.units["legal"]
    assert review_body_of(county.agency, on=date(2026, 12, 1)).reviewing_agency == county.city_bureau
    review = submit(county, moment=datetime(2026, 12, 2, 2, 0, tzinfo=UTC))
    assert review.reviewing_agency == county.city_bureau
    with pytest.raises(Refused):
        services.name_review_body(
            county.agency, actor=county.officer, moment=MONDAY, basis="x", valid_from=date(2027, 1, 1)
        )


def test_the_organ_and_its_review_body_see_a_review_and_nobody_else(county):
    submit(county)
    for name, sees in (("officer", 1), ("reviewer", 1), ("stranger", 0), ("administrator", 0)):
        assert LegalReview.objects.visible_to(county.actor(name)).count() == sees, name
