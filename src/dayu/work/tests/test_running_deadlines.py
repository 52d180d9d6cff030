"""Running deadlines: computed from events, extended with a trace, reminded of, and moved by a changed calendar (PLN-06)."""

from datetime import date, timedelta

import pytest

from dayu.basis.services import set_parameter
from dayu.core import clock
from dayu.core.actors import SYSTEM
from dayu.core.audit import AuditEntry
from dayu.core.events import EventRow, deliver_due
from dayu.core.refused import Refused
from dayu.work.deadline_view import shown_deadline
from dayu.work.holders import person
from dayu.work.models import DeadlineChange, Notification, Reminder, RunningDeadline, SmsMessage
from dayu.work.services import (
    end_deadline,
    end_deadlines_of,
    enter_holiday_notice,
    exclude_days,
    extend_deadline,
    open_task,
    recompute_for_parameter,
    recompute_open_deadlines,
    send_reminders,
    start_deadline,
)
from dayu.work.tests.conftest import NOW, TODAY, at, rules

NATIONAL_DAY = {"name": "国庆节", "from": "2024-10-01", "until": "2024-10-07", "make_up_days": ["2024-09-29"]}
OTHERS_2024 = [
    {"name": "元旦", "from": "2024-01-01", "until": "2024-01-01"},
    {"name": "春节", "from": "2024-02-10", "until": "2024-02-17", "make_up_days": ["2024-02-04", "2024-02-18"]},
    {"name": "清明节", "from": "2024-04-04", "until": "2024-04-06", "make_up_days": ["2024-04-07"]},
    {"name": "劳动节", "from": "2024-05-01", "until": "2024-05-05", "make_up_days": ["2024-04-28", "2024-05-11"]},
    {"name": "端午节", "from": "2024-06-10", "until": "2024-06-10"},
    {"name": "中秋节", "from": "2024-09-15", "until": "2024-09-17", "make_up_days": ["2024-09-14"]},
]


@pytest.fixture
def start(county):
    def make(limit_key="decision", starts=TODAY, **more) -> RunningDeadline:
        values = {
            "organ_id": county.agency.pk,
            "territory": "990121",
            "moment": NOW,
            "responsible_person_id": county.officer.person_id,
        }
        return start_deadline("cases.case:12", limit_key, starts=starts, **(values | more))

    return make


@pytest.mark.parametrize(
    ("limit_key", "due"),
    [("publish", date(2024, 10, 12)), ("publish_other", date(2024, 10, 30))],
)
def test_an_event_on_27_september_2024_ends_across_the_holidays(start, limit_key, due):
    running = start(limit_key, starts=date(2024, 9, 27))
    assert running.due_on == due
    assert running.working and running.basis


def test_hours_end_at_a_moment(start):
    running = start("seizure_report", starts=at(TODAY, 16, 30))
    assert running.due_at == at(TODAY + timedelta(days=1), 16, 30)


def test_an_unknown_limit_is_refused(start):
    with pytest.raises(Refused) as caught:
        start("no_such_limit")
    assert rules(caught) == ["time.unknown-limit"]


def test_an_extension_moves_the_day_keeps_why_and_moves_the_tasks(county, start):
    running = start("lead_verify", starts=date(2026, 3, 2))
    task = open_task(
        "leads.lead:1",
        "leads.verify_lead",
        title="核查线索",
        holder=person(county.officer.person_id),
        organ_id=county.agency.pk,
        url="/leads/1/",
        moment=NOW,
        deadline=running,
    )
    before = running.due_on
    extend_deadline(running, days=5, reason="须勘测", by=county.head, granted_on=date(2026, 3, 10), moment=NOW)
    change = DeadlineChange.objects.get()
    assert (change.due_before, change.due_after) == (before, date(2026, 3, 23))
    assert "须勘测" in change.why and change.changed_by == county.head.name
    task.refresh_from_db()
    assert task.due_on == task.order_on == date(2026, 3, 23)
    assert EventRow.objects.get(name="work.DeadlineMoved").content["due_after"] == "2026-03-23"


def test_a_limit_that_the_law_does_not_extend_is_not_extended(county, start):
    running = start("hearing_request")
    with pytest.raises(Refused) as caught:
        extend_deadline(running, days=5, reason="忙", by=county.head, granted_on=TODAY, moment=NOW)
    assert rules(caught) == ["time.no-extension"]


def test_days_of_an_appraisal_do_not_count(county, start):
    running = start(starts=date(2026, 1, 5))
    before = running.due_on
    exclude_days(
        running, first=date(2026, 2, 1), last=date(2026, 2, 10), reason="鉴定", by=county.officer, moment=NOW
    )
    assert running.due_on == before + timedelta(days=10)
    with pytest.raises(Refused) as caught:
        exclude_days(
            running, first=date(2026, 2, 10), last=date(2026, 2, 1), reason="鉴定", by=county.officer, moment=NOW
        )
    assert rules(caught) == ["work.days_in_order"]


def test_an_ended_deadline_moves_no_more(county, start):
    running = end_deadline(start(), moment=NOW)
    with pytest.raises(Refused) as caught:
        extend_deadline(running, days=5, reason="忙", by=county.head, granted_on=TODAY, moment=NOW)
    assert rules(caught) == ["work.deadline_has_ended"]


def test_the_deadlines_of_a_subject_end_together(start):
    start()
    start("publish")
    assert end_deadlines_of("cases.case:12", moment=NOW, limit_keys=["publish"]) == 1
    assert end_deadlines_of("cases.case:12", moment=NOW, how="void") == 1


def test_reminders_come_at_three_one_and_none_left_each_once_and_then_go_upward(county, start):
    running = start("pay", starts=date(2026, 11, 1))  # fifteen days: due on Monday 16 November
    assert running.due_on == date(2026, 11, 16)
    stages = {}
    for day in range(10, 22):
        moment = at(date(2026, 11, day), 8)
        send_reminders(None, actor=SYSTEM, moment=moment)
        send_reminders(None, actor=SYSTEM, moment=moment)
        stages[day] = list(Reminder.objects.filter(sent_at=moment).values_list("stage", flat=True))
    assert stages[11] == ["before-5"]  # the county of the cast reminds earlier than the national default of three and one
    assert stages[13] == ["before-3"] and stages[15] == ["before-1"] and stages[16] == ["due"]
    assert stages[17] == ["overdue-1"] and stages[19] == ["overdue-3"]
    assert [d for d, s in stages.items() if len(s) > 1] == []
    assert EventRow.objects.filter(name="work.DeadlinePassed").count() == 1
    told = set(Notification.objects.values_list("person_id", flat=True))
    assert {county.officer.person_id, county.head.person_id} <= told


def test_an_overdue_deadline_of_a_unit_is_told_to_its_head_first(county, start):
    start("pay", starts=date(2026, 11, 1), responsible_unit_id=county.units["brigade"].pk)
    send_reminders(None, actor=SYSTEM, moment=at(date(2026, 11, 17)))
    told = set(Notification.objects.values_list("person_id", flat=True))
    assert told == {county.officer.person_id, county.unit_head.person_id}


def test_reminders_are_sent_by_the_system_only(county):
    for act in (send_reminders, recompute_open_deadlines):
        with pytest.raises(Refused) as caught:
            act(None, actor=county.head, moment=NOW)
        assert rules(caught) == ["core.not_permitted"]


@pytest.mark.requirement("PLN-06")
def test_from_27_september_2024_seven_fifteen_and_twenty_working_days_and_what_removing_the_make_up_day_does(county, start):
    friday = date(2024, 9, 27)
    keys = {"publish": date(2024, 10, 12), "lead_verify": date(2024, 10, 23), "publish_other": date(2024, 10, 30)}
    running = {key: start(key, starts=friday) for key in keys}
    extend_deadline(  # ten, and the five that the head grants: fifteen, and the log says so
        running["lead_verify"], days=5, reason="须实地查勘", by=county.head, granted_on=date(2024, 10, 8), moment=NOW
    )
    assert "须实地查勘" in DeadlineChange.objects.get().why
    assert {key: r.due_on for key, r in running.items()} == keys
    enter_holiday_notice(
        None,
        actor=county.administrator,
        moment=NOW,
        year=2024,
        notice="更正通知（测试）",
        holidays=[*OTHERS_2024, NATIONAL_DAY],
    )
    assert recompute_open_deadlines(None, actor=SYSTEM, moment=NOW) == 3
    moved = {"publish": date(2024, 10, 14), "lead_verify": date(2024, 10, 24), "publish_other": date(2024, 10, 31)}
    for key, deadline in running.items():
        deadline.refresh_from_db()
        assert deadline.due_on == moved[key]
        change = DeadlineChange.objects.filter(deadline=deadline).latest("pk")
        assert "2024-10-12" in change.why and change.calendar_before != change.calendar_after
    assert Notification.objects.filter(person_id=county.officer.person_id, text__contains="2024-10-14").exists()
    entry = AuditEntry.objects.get(action="work.recompute_open_deadlines")
    assert entry.detail == {"looked_at": 3, "moved": 3}
    assert recompute_open_deadlines(None, actor=SYSTEM, moment=NOW) == 0


def test_a_notice_that_contradicts_itself_is_refused(county):
    wrong = {"name": "国庆节", "from": "2027-10-07", "until": "2027-10-01"}
    with pytest.raises(Refused) as caught:
        enter_holiday_notice(
            None, actor=county.administrator, moment=NOW, year=2027, notice="通知", holidays=[wrong]
        )
    assert rules(caught) == ["work.notice_contradicts"]


def test_only_administrators_enter_notices(county):
    with pytest.raises(Refused) as caught:
        enter_holiday_notice(None, actor=county.officer, moment=NOW, year=2027, notice="通知", holidays=[])
    assert rules(caught) == ["core.not_permitted"]


def test_a_deadline_in_a_year_without_notice_is_provisional_and_certain_afterwards(county, start):
    running = start("publish", starts=date(2027, 3, 1))
    assert running.provisional
    holidays = [{"name": "元旦", "from": "2027-01-01", "until": "2027-01-03"}]
    enter_holiday_notice(
        None, actor=county.administrator, moment=NOW, year=2027, notice="国办通知（测试）", holidays=holidays
    )
    recompute_open_deadlines(None, actor=SYSTEM, moment=NOW)
    running.refresh_from_db()
    assert not running.provisional


def test_the_shown_deadline_says_how_much_is_left_in_the_laws_own_unit(start):
    running = start("publish", starts=date(2026, 11, 17))
    part = shown_deadline(running, now=NOW)
    assert (part.left, part.unit, part.state) == (4, "working_day", "fine")
    assert [d.kind for d in part.days][-1] == "end"
    late = shown_deadline(running, now=at(date(2026, 11, 30)))
    assert (late.state, late.left) == ("overdue", 2)
    waited_out = shown_deadline(running, now=NOW, waiting=True)
    assert waited_out.state == "blocked"


def test_urgent_reminders_leave_as_text_messages_too(county, start):
    county.people["officer"].phone = "13900000000"
    county.people["officer"].save()
    start("pay", starts=date(2026, 11, 1))
    send_reminders(None, actor=SYSTEM, moment=at(date(2026, 11, 16)))
    assert SmsMessage.objects.get().phone == "13900000000"


def test_a_value_that_the_territory_entered_is_counted(county, start):
    before = start("legal_review", starts=date(2026, 5, 7))
    set_parameter(
        county.agency.territory, actor=county.administrator, moment=NOW, key="legal_review_days", value=2,
        clause="泽水发〔2026〕3号", valid_from=date(2026, 1, 1),
    )  # fmt: skip
    after = start("legal_review", starts=date(2026, 5, 7))
    assert (before.due_on, after.due_on) == (date(2026, 5, 11), date(2026, 5, 9))


def test_a_running_deadline_follows_the_value_that_its_territory_sets_and_says_why(county, start):
    running, other = start("legal_review", starts=date(2026, 11, 18)), start("pay", starts=date(2026, 11, 18))
    before, unmoved = running.due_on, other.due_on
    set_parameter(
        county.agency.territory, actor=county.administrator, moment=NOW, key="legal_review_days", value=1,
        clause="泽水发〔2026〕3号", valid_from=date(2026, 1, 1),
    )  # fmt: skip
    deliver_due(clock.now() + timedelta(seconds=1))
    running.refresh_from_db()
    other.refresh_from_db()
    assert (before, running.due_on, other.due_on) == (date(2026, 11, 23), date(2026, 11, 19), unmoved)
    change = running.changes.get()
    assert (change.due_before, change.due_after) == (before, running.due_on)
    assert "法制审核的工作日数" in change.why
    assert recompute_for_parameter(None, actor=SYSTEM, moment=NOW, key="legal_review_days", territory="990121") == 0


def test_a_value_of_the_future_and_one_of_another_county_move_nothing(county, start):
    running = start("legal_review", starts=date(2026, 11, 18))
    before = running.due_on
    set_parameter(
        county.agency.territory, actor=county.administrator, moment=NOW, key="legal_review_days", value=1,
        clause="泽水发〔2026〕4号", valid_from=date(2027, 1, 1),
    )  # fmt: skip
    assert recompute_for_parameter(None, actor=SYSTEM, moment=NOW, key="legal_review_days", territory="990122") == 0
    deliver_due(clock.now() + timedelta(seconds=1))
    running.refresh_from_db()
    assert running.due_on == before


def test_nobody_but_the_system_computes_deadlines_again(county):
    with pytest.raises(Refused):
        recompute_for_parameter(
            None, actor=county.officer, moment=NOW, key="legal_review_days", territory="990121"
        )
