"""Tasks of a case: what waits on whom, until when; they follow the procedure, and nothing waits on nobody."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from dayu.cases import services
from dayu.cases.jobs import renew_tasks_as_days_pass
from dayu.cases.tests.situations import Played, make_case
from dayu.core.actors import SYSTEM
from dayu.core.audit import subject_key
from dayu.work.models import RunningDeadline, Task

pytestmark = pytest.mark.django_db


def tasks(played: Played) -> dict[str, Task]:
    """The open tasks of the case by act, after the worker has run."""
    played.deliver()
    rows = Task.objects.open().filter(related=subject_key(played.case), act__startswith="cases.")
    return {row.act.removeprefix("cases."): row for row in rows}


def test_the_next_act_waits_on_the_lead_officer_with_the_case_limit(county, move_clock) -> None:
    played = make_case(county, at="proved")
    task = tasks(played)["report_investigation"]
    assert task.holder_person_id == county.people["officer"].pk
    assert task.deadline is not None
    assert (task.deadline.limit_key, task.due_on) == ("decision", played.now().decision_due_on)
    assert task.manner == Task.ACT


def test_a_blocked_act_says_why_and_leads_to_the_case(county, move_clock) -> None:
    played = make_case(county, at="filed")
    task = tasks(played)["report_investigation"]
    assert task.why == "还没有列明违法事实"
    assert task.basis[0]["text"] == "行政处罚法第四十条"


def test_what_is_done_waits_no_longer(county, move_clock) -> None:
    played = make_case(county, at="proved")
    assert "report_investigation" in tasks(played)
    services.report_investigation(played.case, suggestion="处罚", **played.by("officer"))
    assert "report_investigation" not in tasks(played)


def test_an_act_of_the_head_waits_on_the_officer_until_it_is_asked_for(county, move_clock) -> None:
    played = make_case(county, at="reported")
    assert tasks(played)["examine_report"].title == "报请：审查调查结果"
    services.request_case_approval(played.case, act="examine_report", route="penalise", **played.by("officer"))
    services.renew_tasks(played.now(), actor=SYSTEM, moment=played.moment)
    assert "examine_report" not in tasks(played)


def test_a_period_that_only_time_ends_is_watched_until_its_day(county, move_clock) -> None:
    played = make_case(county, at="notified", fine=20_000)
    services.waive_defence(played.party, document="声明", **played.by("officer"))
    task = tasks(played)["submit_legal_review"]
    assert task.manner == Task.WATCH
    assert "听证申请期到 2026-03-09 届满" in task.title
    assert task.due_on == date(2026, 3, 9)
    played.wait(8)
    services.renew_tasks(played.now(), actor=SYSTEM, moment=played.moment)
    assert tasks(played)["submit_legal_review"].manner == Task.ACT


def test_each_party_has_its_own_task(county, move_clock) -> None:
    played = make_case(county, at="drafted", parties=2)
    played.deliver()
    rows = Task.objects.open().filter(act="cases.give_penalty_notice", related=subject_key(played.case))
    assert {row.subject for row in rows} == {subject_key(p) for p in played.parties}


def test_payment_is_watched_until_its_last_day_and_acted_on_afterwards(county, move_clock) -> None:
    played = make_case(county, at="published")
    task = tasks(played)["record_payment"]
    assert (task.manner, task.due_on) == (Task.WATCH, played.party.pay_due_on)
    played.wait(20)
    services.renew_tasks(played.now(), actor=SYSTEM, moment=played.moment)
    assert tasks(played)["record_payment"].manner == Task.ACT


def test_extensions_and_pauses_move_the_running_deadline(county, move_clock) -> None:
    played = make_case(county, at="filed")
    before = due(played)
    services.approve_extension(played.case, days=30, reason="鉴定", **played.by("head"))
    played.deliver()
    assert due(played) == before + timedelta(days=30)
    services.pause_clock(played.case, ground="appraisal", reason="委托鉴定", **played.by("head"))
    played.wait(5)
    services.resume_clock(played.now(), **played.by("head"))
    played.wait(1)
    services.renew_tasks(played.now(), actor=SYSTEM, moment=played.moment)
    assert due(played) == before + timedelta(days=35)  # the day of filing was not counted anyway


def due(played: Played) -> date:
    """The last day of the case limit as it runs, after the worker has run."""
    played.deliver()
    rows: Any = RunningDeadline.objects.open().filter(limit_key="decision")
    return rows.get(subject=subject_key(played.parties[0])).due_on


def test_the_hourly_job_turns_what_was_watched_into_what_is_to_be_done(county, move_clock) -> None:
    played = make_case(county, at="published")
    assert tasks(played)["record_payment"].manner == Task.WATCH
    played.wait(20)
    renew_tasks_as_days_pass(now=played.moment)
    assert tasks(played)["record_payment"].manner == Task.ACT


def test_renewing_twice_changes_nothing(county, move_clock) -> None:
    played = make_case(county, at="drafted")
    first = {(t.pk, t.title, t.due_on) for t in tasks(played).values()}
    services.renew_tasks(played.now(), actor=SYSTEM, moment=played.moment)
    assert {(t.pk, t.title, t.due_on) for t in tasks(played).values()} == first


def test_a_closed_case_has_no_tasks_of_its_own(county, move_clock) -> None:
    assert tasks(make_case(county, at="closed")) == {}
