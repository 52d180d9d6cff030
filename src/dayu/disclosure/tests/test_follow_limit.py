from datetime import date

import pytest

from dayu.core import clock
from dayu.core.actors import SYSTEM
from dayu.core.refused import Refused
from dayu.disclosure import services
from dayu.disclosure.tests.situations import make_publication
from dayu.work.models import RunningDeadline, Task
from dayu.work.services.calendars import enter_holiday_notice, recompute_open_deadlines


def running(told):
    return RunningDeadline.objects.filter(subject=f"disclosure.publication:{told.publication_id}").order_by("-id")


def test_the_limit_stands_in_the_list_of_work_with_its_task(county):
    told = make_publication(county, at="served")
    limit = running(told).get()
    task = Task.objects.open().get(act="disclosure.publish_decision")
    assert (limit.limit_key, limit.due_on) == ("publish", date(2026, 3, 11)) and task.deadline == limit
    told.publish()
    assert running(told).get().ended_how == "met"


def test_late_service_ends_the_first_limit_and_starts_another(county):
    told = make_publication(county).on(date(2026, 4, 20)).serve()
    newest, first = running(told)
    assert first.ended_how == "void" and newest.due_on == told.publication.due_on and newest.ended_at is None


def test_a_new_holiday_notice_moves_the_day_of_the_publication(county):
    told = make_publication(county, at="served")
    moment = told.played.moment
    enter_holiday_notice(
        None, actor=county.administrator, moment=moment, year=2026, notice="临时放假通知", territory="990121",
        holidays=[{"name": "临时假日", "from": "2026-03-09", "until": "2026-03-10"}],
    )  # fmt: skip
    recompute_open_deadlines(None, actor=SYSTEM, moment=moment)
    told.played.deliver()
    assert running(told).get().due_on == told.publication.due_on == date(2026, 3, 13)


def test_nobody_moves_a_limit_by_hand(county):
    told = make_publication(county, at="served")
    with pytest.raises(Refused, match=r"core\.not_permitted"):
        services.follow_limit(
            told.publication, limit_key="publish", due_on=date(2027, 1, 1), **told.by("disclosure_officer")
        )


def test_what_is_public_is_not_moved_any_more(county):
    told = make_publication(county, at="published")
    services.follow_limit(
        told.publication, actor=SYSTEM, moment=clock.now(), limit_key="publish", due_on=date(2027, 1, 1)
    )
    assert told.publication.due_on == date(2026, 3, 11)
