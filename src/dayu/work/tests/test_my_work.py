"""My work and the approvals inbox: grouped, bounded in SQL statements, for oneself, the unit and the organ."""

from datetime import date, timedelta

import pytest

from dayu.org.models import DutyShift
from dayu.work.holders import person, post
from dayu.work.models import Task
from dayu.work.selectors import (
    approvals_asked_by,
    approvals_inbox,
    approvals_of,
    approvals_signed_by,
    deadlines_of,
    tasks_held_by,
    tasks_of,
    work_of,
)
from dayu.work.services import agree_to_request, delegate_work, note_phone_approval, open_task, start_deadline
from dayu.work.tests.conftest import DIGEST, NOW, TODAY


@pytest.fixture
def give(county):
    """A task of the officer that is due on a day."""

    def make(number: int, starts: date | None, **more) -> Task:
        deadline = None
        if starts is not None:
            deadline = start_deadline(
                f"cases.case:{number}", "ordered", starts=starts, days=10, organ_id=county.agency.pk, moment=NOW
            )
        values = {"holder": person(county.officer.person_id), "related": f"cases.case:{number}"}
        return open_task(
            f"cases.case:{number}",
            "cases.act",
            title=f"第{number}件",
            organ_id=county.agency.pk,
            url=f"/cases/{number}/",
            moment=NOW,
            deadline=deadline,
            **(values | more),
        )

    return make


def titles(work) -> dict[str, list[str]]:
    return {g.key: [r.task.title for r in g.rows] for g in work.groups}


def test_lines_are_grouped_by_urgency_three_days_being_working_days(county, give):
    give(1, date(2026, 11, 5))  # due on 16 November (the 15th is a Sunday)
    give(2, date(2026, 11, 13))  # due on 23 November, a Monday
    give(3, date(2026, 11, 16))  # due on 26 November
    give(4, date(2026, 12, 1))
    give(5, None)
    assert titles(work_of(county.officer, now=NOW)) == {
        "overdue": ["第1件"],
        "soon": ["第2件"],
        "undated": ["第5件"],
        "week": ["第3件"],
        "later": ["第4件"],
    }


def test_what_others_hold_for_me_is_shown_with_their_name_and_since_when(county, give):
    give(1, None, holder=person(county.reviewer.person_id), awaited_by_id=county.officer.person_id)
    give(2, None, holder=post("agency_head"), awaited_by_id=county.officer.person_id)
    work = work_of(county.officer, now=NOW)
    assert work.count == 0
    assert [r.holder_words for r in work.waiting] == [county.reviewer.name, "机关负责人"]
    assert work.waiting[0].task.held_since == NOW


def test_unit_and_organ_see_more_than_oneself(county, give):
    give(1, None)
    give(2, None, holder=person(county.third_officer.person_id))
    give(3, None, holder=person(county.reviewer.person_id))
    assert work_of(county.officer, now=NOW).count == 1
    assert work_of(county.officer, "unit", now=NOW).count == 2
    assert work_of(county.officer, "agency", now=NOW).count == 3
    assert work_of(county.stranger, "agency", now=NOW).count == 0


def test_the_page_goes_on_by_key_without_losing_or_repeating(county, give):
    for number in range(7):
        give(number, TODAY if number % 2 else None)
    seen, after = [], ""
    for _page in range(10):
        work = work_of(county.officer, now=NOW, limit=3, after=after)
        seen += [r.task.title for g in work.groups for r in g.rows]
        assert work.count == 7
        if not (after := work.next_key):
            break
    assert sorted(seen) == sorted(f"第{n}件" for n in range(7)) and len(seen) == 7


def test_my_work_costs_four_statements_however_much_there_is(county, give, django_assert_max_num_queries):
    for number in range(30):
        give(number, TODAY - timedelta(days=number))
        give(
            100 + number, None, holder=person(county.reviewer.person_id), awaited_by_id=county.officer.person_id
        )
    for scope in ("mine", "unit", "agency"):
        with django_assert_max_num_queries(4):
            work_of(county.officer, scope, now=NOW)


def test_one_group_can_be_opened_alone(county, give):
    give(1, date(2026, 11, 5))
    give(2, None)
    assert titles(work_of(county.officer, now=NOW, group="overdue")) == {"overdue": ["第1件"]}


def test_a_delegate_sees_what_waits_on_the_principal_as_far_as_the_delegation_goes(county, give, ask):
    give(1, None, holder=person(county.unit_head.person_id))
    delegate_work(
        None,
        actor=county.unit_head,
        moment=NOW,
        delegate_id=county.deputy_head.person_id,
        valid_from=TODAY,
        valid_until=TODAY,
        reason="休假",
        covers="signing",
    )
    assert work_of(county.deputy_head, now=NOW).count == 0
    delegate_work(
        None,
        actor=county.unit_head,
        moment=NOW,
        delegate_id=county.second_officer.person_id,
        valid_from=TODAY,
        valid_until=TODAY,
        reason="休假",
    )
    assert work_of(county.second_officer, now=NOW).count == 1
    assert work_of(county.second_officer, now=NOW + timedelta(days=1)).count == 0


def test_the_inbox_holds_what_waits_for_my_signature_and_calls_to_confirm(county, ask):
    request = ask()
    assert [r.request for r in approvals_inbox(county.unit_head, now=NOW)] == [request]
    assert approvals_inbox(county.head, now=NOW) == []
    agree_to_request(request, actor=county.unit_head, moment=NOW, digest=DIGEST)
    note_phone_approval(request, actor=county.officer, moment=NOW, position=2, words="电话同意")
    (row,) = approvals_inbox(county.head, now=NOW)
    assert row.confirms_phone and row.position == 2
    assert approvals_signed_by(county.unit_head) == [request]
    assert approvals_asked_by(county.officer) == [request]
    assert approvals_of("cases.case:12").get() == request


def test_the_deputy_on_duty_finds_the_heads_signatures_in_his_inbox(county, ask):
    ask(flow_key="work.head_only")
    assert approvals_inbox(county.deputy_head, now=NOW) == []
    DutyShift.objects.create(
        agency=county.agency, day=TODAY, role="deputy_approver", person=county.people["deputy_head"]
    )
    assert len(approvals_inbox(county.deputy_head, now=NOW)) == 1


def test_tasks_and_deadlines_of_a_matter(county, give):
    give(1, TODAY)
    give(2, TODAY)
    assert [t.title for t in tasks_of("cases.case:1")] == ["第1件"]
    ((_running, part),) = deadlines_of("cases.case:1", now=NOW)
    assert part.name and part.left == 10


def test_tasks_held_are_a_persons_own(county, give):
    task = give(1, None)
    assert list(tasks_held_by(county.officer, on=TODAY)) == [task]
    assert not tasks_held_by(county.second_officer, on=TODAY).exists()
