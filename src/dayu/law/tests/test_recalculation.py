"""After a change of the calendar: which open deadlines move, which become certain, and because of which days."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from dayu.law.calendar import NOTICE, Calendar, YearArrangement, national_calendar, statutory_arrangement
from dayu.law.recalculation import OpenDeadline, changed_deadlines

BEFORE = national_calendar()
KEYS = ("pay", "hearing_request", "publish", "decision", "court_apply", "demand", "hearing_notice")


def without(day: date) -> Calendar:
    old = next(a for a in BEFORE.arrangements if day in a.make_up_days)
    kept = {d: name for d, name in old.make_up_days.items() if d != day}
    return BEFORE.with_arrangement(YearArrangement(old.year, old.days_off, kept, NOTICE, old.notices, "V"))


def open_deadline(key: str, start: date, calendar: Calendar = BEFORE) -> OpenDeadline:
    return OpenDeadline(f"{key} {start}", key, start, OpenDeadline(0, key, start, start).on(calendar).due)


def test_a_make_up_day_withdrawn_moves_what_counted_it_and_the_reason_names_it() -> None:
    event = date(2024, 9, 27)
    changed = changed_deadlines(
        [open_deadline("serve_decision", event), open_deadline("serve_decision", event + timedelta(days=30))],
        before=BEFORE,
        after=without(date(2024, 10, 12)),
    )
    (one,) = changed
    assert one.open.due == date(2024, 10, 12) and one.after.due == date(2024, 10, 14)
    assert one.moved and one.because == (date(2024, 10, 12),)
    assert one.reasons(BEFORE) == ("2024-10-12 原为星期六（国庆节调休上班），现为星期六（休息日）",)


def test_seven_fifteen_and_twenty_working_days_from_a_friday_before_national_day_shift_with_the_make_up_days() -> None:
    friday = date(2024, 9, 27)
    fifteen = OpenDeadline(15, "legal_review", friday, friday, days=15)
    opened = [
        open_deadline("serve_decision", friday),
        OpenDeadline(15, "legal_review", friday, fifteen.on(BEFORE).due, days=15),
        open_deadline("publish_other", friday),
    ]
    assert [one.due for one in opened] == [date(2024, 10, 12), date(2024, 10, 23), date(2024, 10, 30)]
    changed = changed_deadlines(opened, before=BEFORE, after=without(date(2024, 9, 29)))
    assert [c.after.due for c in changed] == [date(2024, 10, 14), date(2024, 10, 24), date(2024, 10, 31)]
    assert all(c.because == (date(2024, 9, 29),) for c in changed)


def test_limits_that_ask_for_no_calendar_do_not_change() -> None:
    changed = changed_deadlines(
        [open_deadline("decision", date(2024, 9, 1)), open_deadline("limitation", date(2024, 9, 1))],
        before=BEFORE,
        after=without(date(2024, 10, 12)),
    )
    assert changed == []


def test_a_notice_that_says_what_was_expected_makes_the_answer_certain_without_moving_it() -> None:
    expected = statutory_arrangement(2027)
    published = YearArrangement(2027, expected.days_off, {}, NOTICE, ("示例通知",), "V")
    (one,) = changed_deadlines(
        [open_deadline("demand", date(2026, 12, 25))], before=BEFORE, after=BEFORE.with_arrangement(published)
    )
    assert not one.moved and one.was_provisional and not one.after.provisional


@given(
    st.lists(st.tuples(st.sampled_from(KEYS), st.dates(date(2024, 1, 1), date(2026, 9, 30))), max_size=40),
    st.sampled_from([date(2024, 10, 12), date(2025, 2, 8), date(2026, 2, 28), date(2026, 10, 10)]),
)
def test_exactly_the_deadlines_that_a_full_computation_finds_changed_are_reported(
    chosen: list[tuple[str, date]], withdrawn: date
) -> None:
    after = without(withdrawn)
    found = [open_deadline(key, start) for key, start in chosen]
    changed = changed_deadlines(found, before=BEFORE, after=after)
    assert [c.open for c in changed] == [one for one in found if one.on(after).due != one.due]
    assert all(withdrawn in c.because for c in changed)
