"""After the discussion changed the amount: the reviewer sees what differs and confirms it once, on the review page."""

import pytest
from django.urls import reverse
from tests.cast import make_county

from dayu.cases import services
from dayu.cases.tests.situations import discuss_party, make_case, review_party
from dayu.documents.models import Document
from dayu.legal_review.changes import change_after
from dayu.legal_review.models import LegalReview
from dayu.work.models import Task

ACT = "legal_review.confirm_changed_substance"


@pytest.fixture
def discussed(db, move_clock):
    """30,000 were reviewed, 25,000 came out of the discussion; the paper follows when the handler says so."""
    county = make_county()
    played = make_case(county, at="heard", fine=30_000)
    review_party(played)
    discuss_party(played, amount=25_000)
    return played.deliver()


def sign_in(client, played, name):
    client.force_login(
        played.county.people[name].account, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    return client


def refill(played):
    paper = Document.objects.get(key="penalty_decision")
    services.refill_paper(played.now(), document=paper, **played.by("officer"))


def test_the_reviewer_is_asked_and_sees_what_differs(client, discussed):
    review = LegalReview.objects.get()
    task = Task.objects.open().get(act=ACT)
    assert task.holder_person_id == review.signed_by_id
    change = change_after(review)
    assert not change.ready and ("amount_yuan" in [name for name, _b, _a in change.differences])
    text = sign_in(client, discussed, "reviewer").get(reverse("legal_review:review", args=[review.pk])).content.decode()
    assert "集体讨论改变了实质内容" in text and "25000" in text and "等待承办人更新" in text


def test_one_press_confirms_and_nothing_waits_any_more(client, discussed):
    refill(discussed)
    review = LegalReview.objects.get()
    address = reverse("legal_review:confirm", args=[review.pk])
    assert sign_in(client, discussed, "officer").post(address).status_code == 422
    assert sign_in(client, discussed, "reviewer").post(address).status_code == 302
    discussed.deliver()
    assert change_after(LegalReview.objects.get()) is None
    assert not Task.objects.open().filter(act=ACT).exists()
    assert review.confirmations.get().changed == ["amount_yuan"]
    assert client.post(address).status_code == 404


def test_a_review_whose_substance_stands_asks_for_nothing(db, move_clock):
    county = make_county()
    played = make_case(county, at="heard", fine=30_000)
    review_party(played)
    discuss_party(played, amount=30_000)
    played.deliver()
    assert change_after(LegalReview.objects.get()) is None
    assert not Task.objects.open().filter(act=ACT).exists()
