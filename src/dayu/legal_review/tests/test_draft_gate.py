"""The gate on the draft itself: its hold opens for exactly the substance that was reviewed."""

import pytest

from dayu.core.refused import Refused
from dayu.documents import services as documents
from dayu.documents.models import HoldRelease
from dayu.legal_review import services
from dayu.legal_review.facts import DraftForReview
from dayu.legal_review.tests.conftest import CASE, DIGEST, MONDAY, OTHER, PARTY, assigned, judge_all, passed


def drafted(county, digest=DIGEST):
    return documents.draft_document(
        None,
        actor=county.officer,
        moment=MONDAY,
        key="penalty_decision",
        subject=CASE,
        party=PARTY,
        fields={},
        substance_digest=digest,
    )


def for_review(document):
    return DraftForReview(f"documents.document:{document.pk}", document.substance_digest, {"amount_yuan": "20000.00"})


def test_a_pass_releases_the_hold_for_this_substance(county):
    document = drafted(county)
    review = passed(county, draft=for_review(document))
    release = HoldRelease.objects.get(hold__document=document, hold__kind="legal_review")
    assert release.digest == DIGEST and release.outcome == "passed"
    assert release.source == f"legal_review.legalreview:{review.pk}" and release.released_by == "宋知衡"


def test_anything_but_a_pass_releases_nothing(county):
    document = drafted(county)
    review = assigned(county, draft=for_review(document))
    services.conclude_review(review, actor=county.reviewer, moment=MONDAY, conclusion="correct", opinion="改正")
    assert not HoldRelease.objects.exists()


def test_a_draft_that_changed_during_the_review_cannot_pass(county):
    document = drafted(county)
    review = assigned(county, draft=for_review(document))
    judge_all(review, county)
    documents.revise_document(document, actor=county.officer, moment=MONDAY, fields={}, substance_digest=OTHER)
    with pytest.raises(Refused) as refused:
        services.conclude_review(review, actor=county.reviewer, moment=MONDAY, conclusion="pass")
    assert refused.value.refusals[0].rule == "legal_review.substance_changed"
    assert not HoldRelease.objects.exists()


def test_a_confirmation_releases_the_hold_for_the_discussed_substance(county):
    document = drafted(county)
    review = passed(county, draft=for_review(document))
    documents.revise_document(document, actor=county.officer, moment=MONDAY, fields={}, substance_digest=OTHER)
    services.confirm_changed_substance(
        review,
        actor=county.reviewer,
        moment=MONDAY,
        digest=OTHER,
        changed=["amount_yuan"],
        discussion="cases.collectivediscussion:1",
    )
    assert set(HoldRelease.objects.values_list("digest", flat=True)) == {DIGEST, OTHER}
