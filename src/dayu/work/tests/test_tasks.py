"""Tasks: always with a holder, once for each act, reassigned by heads, handed over when somebody leaves (ORG-14)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from dayu.core.actors import SYSTEM
from dayu.core.events import deliver_due
from dayu.core.refused import Refused
from dayu.law.citations import cite
from dayu.org.services import retire_officer
from dayu.work.holders import Holder, person, post
from dayu.work.models import RunningDeadline, Task
from dayu.work.selectors import work_of
from dayu.work.services import (
    close_task,
    close_tasks_of,
    drop_tasks_of,
    hand_over_tasks_of,
    open_task,
    reassign_task,
    start_deadline,
)
from dayu.work.tests.conftest import NOW, TODAY, rules


@pytest.fixture
def make_task(county):
    def make(subject="cases.case:12", act="cases.give_notice", holder=None, **more) -> Task:
        values = {
            "title": "制发处罚告知书",
            "holder": holder or person(county.officer.person_id),
            "organ_id": county.agency.pk,
            "url": "/cases/12/",
            "moment": NOW,
            "matter_no": "泽水罚立〔2026〕12号",
            "basis": [cite("penalty-law", 44)],
        }
        return open_task(subject, act, **(values | more))

    return make


def test_a_holder_cannot_be_empty():
    with pytest.raises(ValueError, match="needs a holder"):
        Holder()


def test_the_database_refuses_a_task_without_a_holder(make_task):
    task = make_task()
    with pytest.raises(IntegrityError), transaction.atomic():
        Task.objects.filter(pk=task.pk).update(holder_person_id=None, holder_post="")


def test_the_same_act_waits_once_and_is_renewed(county, make_task):
    first = make_task()
    again = make_task(holder=person(county.second_officer.person_id), title="制发处罚告知书（重作）")
    assert again.pk == first.pk and Task.objects.count() == 1
    assert again.holder_person_id == county.second_officer.person_id


def test_a_person_brings_his_unit_along(county, make_task):
    assert make_task().holder_unit_id == county.units["brigade"].pk


def test_done_tasks_and_dropped_matters_wait_no_longer(county, make_task):
    make_task()
    assert close_task("cases.case:12", "cases.give_notice", moment=NOW, by=county.officer) == 1
    make_task(act="cases.report")
    make_task(act="cases.order")
    assert close_tasks_of("cases.case:12", moment=NOW, acts=["cases.report"]) == 1
    assert drop_tasks_of("cases.case:12", reason="撤销立案", moment=NOW) == 1
    assert not Task.objects.open().exists()
    assert Task.objects.get(act="cases.order").outcome == Task.DROPPED


def test_a_head_reassigns_a_task(county, make_task):
    task = reassign_task(
        make_task(), actor=county.unit_head, moment=NOW, person_id=county.third_officer.person_id, reason="出差"
    )
    assert task.holder_person_id == county.third_officer.person_id


def test_an_officer_or_a_head_elsewhere_does_not_reassign(county, make_task):
    task = make_task()
    for actor in (county.second_officer, county.stranger):
        with pytest.raises(Refused) as caught:
            reassign_task(task, actor=actor, moment=NOW, person_id=county.third_officer.person_id, reason="帮忙")
        assert rules(caught) == ["core.not_permitted"]


def test_a_closed_task_is_not_reassigned(county, make_task):
    task = make_task()
    close_task("cases.case:12", "cases.give_notice", moment=NOW)
    task.refresh_from_db()
    with pytest.raises(Refused) as caught:
        reassign_task(
            task, actor=county.unit_head, moment=NOW, person_id=county.third_officer.person_id, reason="出差"
        )
    assert rules(caught) == ["work.task_is_closed"]


def test_when_an_officer_retires_both_matters_show_to_be_reassigned_and_their_clocks_go_on(county, make_task, client):
    deadline = start_deadline(
        "cases.case:12", "decision", starts=TODAY, organ_id=county.agency.pk, moment=NOW
    )
    make_task(deadline=deadline)
    make_task(subject="cases.case:13")
    due = deadline.due_on
    retire_officer(county.people["officer"], actor=county.administrator, moment=NOW, left_on=TODAY)
    deliver_due(NOW + timedelta(minutes=1))
    assert not client.login(username="officer", password="clear-river-2026")
    tasks = list(Task.objects.open())
    assert [t.to_be_reassigned for t in tasks] == [True, True]
    assert {(t.holder_post, t.holder_unit_id) for t in tasks} == {("unit_head", county.units["brigade"].pk)}
    deadline.refresh_from_db()
    assert deadline.ended_at is None and deadline.due_on == due
    shown = work_of(county.unit_head, now=NOW)
    assert shown.count == 2
    assert all(row.to_be_reassigned for group in shown.groups for row in group.rows)


def test_only_the_system_or_an_administrator_hands_work_over(county, make_task):
    make_task()
    key = f"org.person:{county.officer.person_id}"
    with pytest.raises(Refused) as caught:
        hand_over_tasks_of(key, actor=county.officer, moment=NOW, organ_id=county.agency.pk)
    assert rules(caught) == ["core.not_permitted"]
    assert hand_over_tasks_of(key, actor=SYSTEM, moment=NOW, organ_id=county.agency.pk) == 1
    assert hand_over_tasks_of(key, actor=SYSTEM, moment=NOW, organ_id=county.agency.pk) == 0


def test_deadlines_of_a_post_wait_on_whoever_holds_it(county, make_task):
    make_task(holder=post("fine_clerk"))
    assert work_of(county.fine_clerk, now=NOW).count == 1
    assert work_of(county.officer, now=NOW).count == 0
    assert RunningDeadline.objects.count() == 0
