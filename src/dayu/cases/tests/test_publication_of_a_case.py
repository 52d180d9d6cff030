"""Publication in the journal of a case: noted by its release, by hand only for a decision that exists on paper alone."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from dayu.api.services import issue_token
from dayu.cases import services
from dayu.cases.models import JournalEntry
from dayu.cases.tests.situations import Played, make_case
from dayu.core import clock
from dayu.core.actors import SYSTEM
from dayu.core.audit import RefusedAttempt, subject_key
from dayu.core.refused import Refused
from dayu.disclosure import services as disclosure
from dayu.disclosure.models import Publication
from dayu.documents.models import Document

pytestmark = pytest.mark.django_db
RULE = "cases.published_by_its_release"
ACTS = (
    ("publish_decision", "disclosure_officer", {}),
    ("exempt_from_publication", "head", {"reason": "未成年人"}),
    ("withdraw_publication", "disclosure_officer", {"reason": "决定被撤销"}),
)


def noted(played: Played) -> list[str]:
    kinds = ("decision_published", "publication_exempted", "publication_withdrawn")
    return list(JournalEntry.objects.filter(case=played.case, kind__in=kinds).values_list("kind", flat=True))


def page(played: Played, who: str) -> Client:
    client = Client()
    account = played.county.people[who].account
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def call_api(played: Played, who: str, act: str, given: dict[str, Any]) -> Any:
    cache.clear()
    token = issue_token(
        None, actor=played.county.actor(who), moment=clock.now(), label="程序", may_write=True,
        expires_on=played.today + timedelta(days=9),
    )  # fmt: skip
    body = {"target": subject_key(played.party), "arguments": given}
    return Client().post(
        f"/api/actions/cases.{act}", json.dumps(body), content_type="application/json",
        headers={"Authorization": f"Bearer {token.secret}"},
    )  # fmt: skip


@pytest.mark.parametrize(("act", "who", "given"), ACTS)
def test_no_door_notes_a_publication_past_its_release(county, move_clock, act, who, given) -> None:
    played = make_case(county, at="published" if act == "withdraw_publication" else "served")
    before = noted(played)
    with pytest.raises(Refused) as direct:
        getattr(services, act)(played.party, **given, **played.by(who))
    assert [r.rule for r in direct.value.refusals] == [RULE]
    answer = call_api(played, who, act, given)
    assert answer.status_code == 422 and [r["rule"] for r in answer.json()["refusals"]] == [RULE]
    form = page(played, who).post(f"/cases/{played.case.pk}/acts/{act}/?party={played.party.pk}", {**given, "url": ""})
    assert form.status_code == 422 and "公示页面办理" in form.content.decode()
    assert f"/disclosure/of-party/{played.party.pk}/publish_decision/" in form.content.decode()
    assert RefusedAttempt.objects.filter(action=f"cases.{act}").count() == 3
    assert noted(played) == before


def test_the_head_is_not_asked_to_exempt_past_the_release_and_nobody_enters_it_as_past(county, move_clock) -> None:
    played = make_case(county, at="served")
    with pytest.raises(Refused) as refused:
        services.request_case_approval(
            played.case, act="exempt_from_publication", party=played.party, reason="未成年人", **played.by("officer")
        )
    assert [r.rule for r in refused.value.refusals] == [RULE]
    with pytest.raises(Refused) as refused:
        services.enter_past_step(
            played.case, act="publish_decision", party=played.party, on=played.today, explanation="x", **played.by("officer")
        )
    assert [r.rule for r in refused.value.refusals] == ["cases.must_be_done_here"]
    assert noted(played) == []


def test_the_page_of_the_case_leads_to_the_release_which_notes_it(county, move_clock) -> None:
    played = make_case(county, at="served").deliver()
    door = f"/disclosure/of-party/{played.party.pk}/publish_decision/"
    client = page(played, "disclosure_officer")
    assert door in page(played, "officer").get(f"/cases/{played.case.pk}/").content.decode()
    publication = Publication.objects.get(party=played.party)
    assert client.get(door).headers["Location"] == f"/disclosure/{publication.pk}/publish/"
    disclosure.publish_decision(publication, **played.by("disclosure_officer"))
    entry = JournalEntry.objects.get(case=played.case, kind="decision_published")
    assert entry.source == subject_key(publication) and entry.entered_by == county.disclosure_officer.name
    assert client.get(door).headers["Location"] == publication.get_absolute_url()
    withdraw = f"/disclosure/of-party/{played.party.pk}/withdraw_publication/"
    assert client.get(withdraw).headers["Location"] == f"/disclosure/{publication.pk}/withdraw/"
    assert client.get(f"/disclosure/of-party/{played.party.pk}/pay/").status_code == 404


@pytest.mark.parametrize(("act", "who", "given"), ACTS)
def test_a_decision_on_paper_alone_is_noted_by_hand(county, move_clock, act, who, given) -> None:
    played = make_case(county, at="published" if act == "withdraw_publication" else "served")
    Document.objects.filter(key="penalty_decision").update(party="")  # as if it had been issued on paper
    door = f"/disclosure/of-party/{played.party.pk}/{act}/"
    assert page(played, who).get(door).headers["Location"] == f"/cases/{played.case.pk}/acts/{act}/?party={played.party.pk}"
    getattr(services, act)(played.party, **given, **played.by(who))
    assert len(noted(played)) == (2 if act == "withdraw_publication" else 1)


@pytest.mark.parametrize(("act", "who", "given"), ACTS)
def test_it_is_refused_at_the_wrong_time_and_to_the_wrong_person(county, move_clock, act, who, given) -> None:
    played = make_case(county, at="drafted")
    with pytest.raises(Refused) as refused:
        getattr(services, act)(played.party, **given, actor=SYSTEM, moment=played.moment)
    assert all(r.basis for r in refused.value.refusals)
    for other in ("stranger", "administrator"):
        with pytest.raises(Refused) as refused:
            getattr(services, act)(played.party, **given, **played.by(other))
        assert refused.value.refusals[0].rule.startswith("cases.")
    assert noted(played) == []
