"""What the law does not allow is refused through every door: on the page, over the API, and where code calls the act itself.

Model test: a case is brought to several stages by its own acts; from there every act of the procedure that the law refuses
is tried through the three doors. The page answers 422 with each reason and article, the API with the same as JSON, the call
raises `Refused`; nothing is written to the journal, and each attempt is kept.
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
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
    hear_party,
    make_case,
    notify_party,
    review_party,
)
from dayu.core import clock
from dayu.core.actors import SYSTEM
from dayu.core.audit import RefusedAttempt, subject_key
from dayu.core.refused import Refused
from dayu.law.refusals import Refusal, worded
from dayu.org import services as org
from tests.cast import make_county

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
POSTS = {"agency_head": "head", "unit_head": "unit_head", "legal_reviewer": "reviewer", "hearing_presider": "presider"}
TOKENS_END = date(2026, 12, 31)


@pytest.fixture
def county(db: None, move_clock: Callable[..., None]) -> Any:
    cache.clear()
    return make_county()


@dataclass
class Doors:
    """One case seen through its three doors, by whoever of the cast is named."""

    played: Played

    def page(self, who: str) -> Client:
        browser = Client()
        browser.force_login(self.played.county.people[who].account, backend=BACKEND)
        return browser

    def post_page(self, who: str, act: str, fields: Mapping[str, Any]) -> Any:
        return self.page(who).post(self.path(act), fields)

    def path(self, act: str) -> str:
        return f"/cases/{self.played.case.pk}/acts/{act}/?party={self.played.party.key}"

    def call_api(self, who: str, key: str, target: models.Model, arguments: Mapping[str, Any]) -> Any:
        cache.clear()  # the minute starts anew
        token = issue_token(
            None, actor=self.played.county.actor(who), moment=clock.now(), label="测试程序", expires_on=TOKENS_END,
            may_write=True,
        )  # fmt: skip
        body = {"target": subject_key(target), "arguments": {k: as_json(v) for k, v in arguments.items()}}
        return Client().post(
            f"/api/actions/{key}", json.dumps(body), content_type="application/json",
            headers={"Authorization": f"Bearer {token.secret}"},
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


@pytest.mark.requirement("CAS-01")
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
    key = spec.action.dayu_action.key  # type: ignore[attr-defined]
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
