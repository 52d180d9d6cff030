"""An officer retires with two open cases: the account ends, the work does not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dayu.cases.tests.situations import make_case
from dayu.org import services
from dayu.org.actors import actor_of_person
from dayu.org.policies import dressed_as_prescribed, enough_officers
from dayu.work.models import RunningDeadline, Task
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("ORG-14")
def test_a_retired_officer_cannot_sign_in_and_both_cases_wait_for_somebody_else(county, client, move_clock) -> None:
    first, second = make_case(county, at="filed"), make_case(county, at="filed")
    keys = [f"cases.case:{p.case.pk}" for p in (first, second)]
    officer = county.people["officer"]
    for played in (first, second):
        played.deliver()
    held = Task.objects.open().filter(related__in=keys, holder_person_id=officer.pk)
    assert {t.related for t in held} == set(keys)
    clocks = {d.pk: d.due_on for d in RunningDeadline.objects.open().filter(related__in=keys)}
    assert client.login(username="officer", password=PASSWORD)
    client.logout()

    services.retire_officer(officer, left_on=second.today, **second.by("administrator"))
    second.deliver()

    assert not client.login(username="officer", password=PASSWORD)
    assert actor_of_person(officer, on=second.today).posts == frozenset()
    waiting = [t for t in Task.objects.open().filter(related__in=keys) if t.to_be_reassigned]
    assert {t.related for t in waiting} == set(keys)
    assert not Task.objects.open().filter(holder_person_id=officer.pk).exists()
    assert {d.pk: d.due_on for d in RunningDeadline.objects.open().filter(related__in=keys)} == clocks

    client.force_login(county.people["unit_head"].account)
    assert "待重新指派" in client.get("/").content.decode()

    pair = [officer, county.people["second_officer"]]
    assert enough_officers(pair, on=second.today - timedelta(days=1)).allowed
    assert [r.rule for r in enough_officers(pair, on=second.today).refusals] == ["org.certificate_invalid"]
    held_check_in = dressed_as_prescribed(
        [services.issue_uniform(county.people["second_officer"], issued_on=second.today, **second.by("administrator"))],
        confirmed=False,
    )
    assert held_check_in.refusals[0].as_json()["reason"].startswith("请确认着装和标识")
