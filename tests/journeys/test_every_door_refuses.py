"""What the law does not allow is refused through every door: on the page, over the API, and where code calls the act itself.

Model test: a case is brought to several stages by its own acts; from there every act of the procedure that the law refuses
is tried through the three doors. The page answers 422 with each reason and article, the API with the same as JSON, the call
raises `Refused`; nothing is written to the journal, and each attempt is kept.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.core.cache import cache
from django.db import models
from django.test import Client

from dayu.api.services import issue_token
from dayu.cases import services
from dayu.cases.facts import procedure_of, situation_of
from dayu.cases.forms.acts import ACTS
from dayu.cases.tests.situations import (
    Played,
    draft_for,
    draft_values,
    make_case,
    notify_party,
)
from dayu.core import clock
from dayu.core.actors import SYSTEM
from dayu.core.audit import RefusedAttempt, subject_key
from dayu.core.refused import Refused
from dayu.law.refusals import Refusal, worded
from dayu.org import services as org

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
POSTS = {"agency_head": "head", "unit_head": "unit_head", "legal_reviewer": "reviewer", "hearing_presider": "presider"}
TOKENS_END = date(2026, 12, 31)


@pytest.fixture
def county(county: Any, move_clock: Callable[..., None]) -> Any:
    cache.clear()
    return county


@dataclass
class Doors:
    """One case seen through its three doors, by whoever of the cast is named."""

    played: Played
    browsers: dict[str, Client] = field(default_factory=dict)
    secrets: dict[str, str] = field(default_factory=dict)

    def page(self, who: str) -> Client:
        if who not in self.browsers:
            self.browsers[who] = Client()
            self.browsers[who].force_login(self.played.county.people[who].account, backend=BACKEND)
        return self.browsers[who]

    def post_page(self, who: str, act: str, fields: Mapping[str, Any]) -> Any:
        return self.page(who).post(self.path(act), fields)

    def path(self, act: str) -> str:
        return f"/cases/{self.played.case.pk}/acts/{act}/?party={self.played.party.key}"

    def call_api(self, who: str, key: str, target: models.Model, arguments: Mapping[str, Any]) -> Any:
        cache.clear()  # the minute starts anew
        if who not in self.secrets:
            self.secrets[who] = issue_token(
                None, actor=self.played.county.actor(who), moment=clock.now(), label="测试程序", expires_on=TOKENS_END,
                may_write=True,
            ).secret  # fmt: skip
        body = {"target": subject_key(target), "arguments": {k: as_json(v) for k, v in arguments.items()}}
        return Client().post(
            f"/api/actions/{key}", json.dumps(body), content_type="application/json",
            headers={"Authorization": f"Bearer {self.secrets[who]}"},
        )  # fmt: skip

    def tick(self) -> None:
        """Attempts of one minute are counted, and many are not kept: time goes on."""
        self.played.moment += timedelta(seconds=2)
        clock.move_to(self.played.moment)


def as_json(value: Any) -> Any:
    """An argument as a program sends it."""
    if isinstance(value, models.Model):
        return subject_key(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return [as_json(v) for v in value]
    if isinstance(value, dict):
        return {k: as_json(v) for k, v in value.items()}
    return value


# -- filling in the form of any act ------------------------------------------------------------------------------------


def filled(form: forms.Form) -> dict[str, Any]:
    """What somebody would type who fills in every field that must be filled, and leaves the rest as it starts."""
    return {name: value for name, field in form.fields.items() if (value := _typed(form, name, field)) not in (None, "", [])}


def _typed(form: forms.Form, name: str, field: forms.Field) -> Any:
    start = form.get_initial_for_field(field, name)
    if isinstance(field, forms.BooleanField):
        return "on" if field.required or start else None
    if isinstance(start, list | tuple):
        return "\n".join(map(str, start)) if isinstance(field.widget, forms.Textarea) else list(start)
    if isinstance(field, forms.DecimalField) and str(start) == "0":
        return "10"  # nothing is owed, and somebody pays all the same
    if start not in (None, ""):
        return str(start)
    return _first_answer(field) if field.required else None


def _first_answer(field: forms.Field) -> Any:
    if isinstance(field, forms.ModelChoiceField):
        return field.queryset.values_list("pk", flat=True).first()
    if isinstance(field, forms.ChoiceField):
        keys = [key for key, _words in field.choices if key != ""]
        found = keys[0] if keys else None
        return [found] if isinstance(field, forms.MultipleChoiceField) else found
    if isinstance(field, forms.DateTimeField):
        return "2026-06-01T09:00"
    if isinstance(field, forms.DateField):
        return "2026-06-01"
    if isinstance(field, forms.DecimalField | forms.IntegerField):
        return "10"
    return "依法办理"


# -- the model test ----------------------------------------------------------------------------------------------------


def refused_by_law(played: Played) -> Iterator[tuple[str, str]]:
    """Acts with a form that the law refuses now, each with the post that would do it."""
    procedure, situation = procedure_of(played.now()), situation_of(played.now(), today=played.today)
    for step in procedure.steps:
        if step.act not in ACTS:
            continue
        party = played.party.key if step.per_party else None
        if not procedure.allowed(step.act, situation, party).allowed:
            yield step.act, POSTS.get(step.roles[0], "officer")


def assert_page_refuses(doors: Doors, act: str, who: str) -> tuple[Any, tuple[Refusal, ...]] | None:
    """The page with its form filled in answers 422 and names each reason and article."""
    browser = doors.page(who)
    shown = browser.get(doors.path(act))
    assert shown.status_code == 200, act
    answer = browser.post(doors.path(act), filled(shown.context["form"]))
    assert answer.status_code == 422, act
    form, rows = answer.context["form"], answer.context["refusal_rows"] or answer.context["standing_rows"]
    text = html.unescape(answer.content.decode())
    assert rows, (act, form.errors)
    for row in rows:
        assert row.what in text, act
    assert any(row.basis for row in rows), act
    return form


@pytest.mark.parametrize("stage", ["open", "filed", "examined", "heard", "decided", "archived"])
def test_from_every_stage_every_other_act_is_refused_by_page_api_and_call(stage: str, county: Any) -> None:
    played = make_case(county, at=stage)
    doors, tried = Doors(played), 0
    entries = played.now().entries
    for act, who in list(refused_by_law(played)):
        doors.tick()
        form = assert_page_refuses(doors, act, who)
        if form is None or not form.is_valid():
            continue  # the form itself has nothing to choose from at this stage
        assert_api_and_call_refuse(doors, act, who, form)
        tried += 1
    assert tried >= 20
    assert played.now().entries == entries


def assert_api_and_call_refuse(doors: Doors, act: str, who: str, form: Any) -> None:
    """The same particulars over the API and straight to the act: the same reasons, each attempt kept."""
    spec, played = ACTS[act], doors.played
    target = played.party if spec.target == "party" else played.now()
    arguments = {"opinion": "依法办理"} if act == "request_filing" else form.arguments()
    key = spec.action.dayu_action.key
    before = RefusedAttempt.objects.filter(action=key).count()
    with pytest.raises(Refused) as direct:
        spec.action(target, **arguments, **played.by(who))
    answer = doors.call_api(who, key, target, arguments)
    assert answer.status_code == 422, (act, answer.content.decode()[:400])
    told = answer.json()["refusals"]
    assert [r["rule"] for r in told] == [r.rule for r in direct.value.refusals], act
    assert any(r["basis"] for r in told), act
    assert all(worded(r).reason for r in direct.value.refusals)
    assert RefusedAttempt.objects.filter(action=key).count() == before + 2, act


# -- the eight that are named, each with its own message ---------------------------------------------------------------


@dataclass(frozen=True)
class Named:
    """A case that is almost ready, the act that must not be, its rule and the words a reader finds."""

    name: str
    make: Callable[[Any], Played]
    rule: str
    words: str
    act: str = "decide_penalty"
    who: str = "head"
    given: Mapping[str, Any] = field(default_factory=lambda: {"opinion": "同意"})

    def __str__(self) -> str:
        return self.name


def _unreviewed(county: Any) -> Played:
    return make_case(county, at="heard")


def _changed_after_review(county: Any) -> Played:
    played = make_case(county, at="reviewed")
    services.write_draft(played.party, **draft_values(19_999), **played.by("officer"))
    return played


def _not_notified(county: Any) -> Played:
    return make_case(county, at="drafted")


def _one_officer(county: Any) -> Played:
    played = make_case(county, at="reviewed")
    person = county.people["second_officer"].pk
    services.request_recusal(played.case, person_id=person, reason="亲属", asked_by="当事人", **played.by("officer"))
    services.decide_recusal(played.case, person_id=person, granted=True, reason="确系亲属", **played.by("head"))
    return played


def _expired_certificate(county: Any) -> Played:
    played = make_case(county, at="reviewed")
    certificate = county.people["officer"].certificates.get()
    org.revoke_certificate(
        certificate, actor=SYSTEM, moment=played.moment, revoked_on=played.today, reason="有效期届满未换证"
    )
    return played


def _outside(fine: int) -> Callable[[Any], Played]:
    def make(county: Any) -> Played:
        played = make_case(county, at="examined")
        draft_for(played, 0, fine)
        return played

    return make


def _heavier(county: Any) -> Played:
    """20,000 told, a plea made, answered and re-examined; then the draft says 25,000."""
    played = make_case(county, at="drafted")
    notify_party(played)
    defence = services.submit_defence(played.party, points=["沙堆是清淤留下的"], final=True, **played.by("officer"))
    services.answer_defence_point(defence.points.get(), adopted=False, answer="与笔录不符", **played.by("officer"))
    services.reexamine_defence(played.party, opinion="不采纳", **played.by("officer"))
    services.waive_hearing(played.party, document="放弃听证声明", **played.by("officer"))
    services.write_draft(played.party, **draft_values(25_000), **played.by("officer"))
    return played


TELL = {"act": "give_penalty_notice", "who": "officer", "given": {"hearing_offered": True}}
NAMED = [
    Named("without review", _unreviewed, "procedure.review_missing", "未经法制审核或者审核未通过，不得作出决定"),
    Named("changed substance", _changed_after_review, "procedure.substance_changed", "实质内容已改变"),
    Named("without notice", _not_notified, "procedure.notice_missing", "未经事先告知，不得作出处罚决定"),
    Named("one officer", _one_officer, "procedure.one_officer", "两人"),
    Named("expired certificate", _expired_certificate, "procedure.certificate_expired", "执法证件不在有效期内"),
    Named("above the range", _outside(120_000), "assess.above_range", "超出法定幅度", **TELL),
    Named("below it without ground", _outside(9_000), "assess.below_range", "超出法定幅度", **TELL),
    Named("heavier after defence", _heavier, "procedure.heavier_after_defence", "不得因申辩加重处罚"),
]


@pytest.mark.parametrize("row", NAMED, ids=str)
def test_each_named_act_is_refused_with_its_own_message_through_every_door(row: Named, county: Any) -> None:
    doors = Doors(row.make(county))
    doors.tick()
    key = f"cases.{row.act}"
    page = html.unescape(doors.post_page(row.who, row.act, {"defence_days": "5", **row.given}).content.decode())
    answer = doors.call_api(row.who, key, doors.played.party, row.given)
    with pytest.raises(Refused) as direct:
        getattr(services, row.act)(doors.played.party, **row.given, **doors.played.by(row.who))
    refusal = next(r for r in direct.value.refusals if r.rule == row.rule)
    told = next(r for r in answer.json()["refusals"] if r["rule"] == row.rule)
    assert row.words in worded(refusal).reason and worded(refusal).reason in page
    assert answer.status_code == 422 and told["reason"] == worded(refusal).reason
    assert refusal.basis and told["basis"]
    assert_kept(key, row.rule, {"office", "api"})
    assert doors.played.party.decided_on is None


def assert_kept(key: str, rule: str, doors: set[str]) -> None:
    """The attempts are in the audit, with the rule and the door."""
    kept = RefusedAttempt.objects.filter(action=key)
    assert kept.count() == 3
    assert all(rule in [r["rule"] for r in attempt.refusals] for attempt in kept)
    assert doors <= {attempt.door for attempt in kept}


def test_the_words_of_the_named_refusals_differ() -> None:
    assert len({row.rule for row in NAMED}) == len(NAMED)
