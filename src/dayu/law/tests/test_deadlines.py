"""The deadline engine: rolling over, leaving out, extending, counting back, hours, what remains, what is printed."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from dayu.law.calendar import NotComputable, national_calendar
from dayu.law.deadlines import Deadline, deadline, deemed_served_on
from dayu.law.time_limits import Unit
from dayu.law.working import notes_of, working_of

CALENDAR = national_calendar()


def answer(key: str, start: date | datetime, **how: object) -> Deadline:
    return deadline(key, start, calendar=CALENDAR, **how)  # type: ignore[arg-type]


def local(text: str) -> datetime:
    return datetime.fromisoformat(text)


def refusal_of(key: str, start: date | datetime, **how: object) -> str:
    with pytest.raises(NotComputable) as refused:
        answer(key, start, **how)
    return refused.value.refusal.rule


def test_the_limit_of_a_party_rolls_to_the_next_working_day_even_a_make_up_sunday() -> None:
    assert answer("pay", date(2024, 2, 1)).due == date(2024, 2, 18)


def test_the_organ_s_own_ninety_days_end_on_a_saturday_and_the_result_says_that_this_is_not_confirmed() -> None:
    case = answer("decision", date(2021, 9, 26))
    assert case.due == date(2021, 12, 25)
    assert any("不顺延" in line.text for line in working_of(case))
    assert any("待确认" in note for note in notes_of(case))


def test_days_left_out_count_neither_their_first_nor_their_last_day() -> None:
    plain = answer("seizure", date(2025, 1, 2))
    paused = answer("seizure", date(2025, 1, 2), excluded=[(date(2025, 1, 10), date(2025, 1, 10))])
    assert paused.due == plain.due_on + timedelta(days=1)


def test_overlapping_intervals_are_left_out_once() -> None:
    once = answer("decision", date(2026, 1, 5), excluded=[(date(2026, 2, 1), date(2026, 2, 20))])
    twice = answer(
        "decision",
        date(2026, 1, 5),
        excluded=[(date(2026, 2, 10), date(2026, 2, 20)), (date(2026, 2, 1), date(2026, 2, 12))],
    )
    assert once.due == twice.due == date(2026, 4, 25)


def test_an_interval_before_the_start_or_after_the_end_changes_nothing() -> None:
    plain = answer("hearing_request", date(2026, 3, 2)).due
    outside = [(date(2026, 2, 1), date(2026, 3, 2)), (date(2026, 3, 10), date(2026, 4, 1))]
    assert answer("hearing_request", date(2026, 3, 2), excluded=outside).due == plain


def test_working_days_left_out_are_made_up_at_the_end() -> None:
    assert answer("hearing_request", date(2026, 3, 2)).due == date(2026, 3, 9)
    paused = answer("hearing_request", date(2026, 3, 2), excluded=[(date(2026, 3, 5), date(2026, 3, 8))])
    assert paused.due == date(2026, 3, 11)


def test_a_month_ends_on_its_last_day_where_the_number_is_missing() -> None:
    assert answer("sue", date(2025, 8, 31)).due == date(2026, 2, 28)
    assert answer("limitation", date(2024, 2, 29)).due == date(2026, 2, 28)


def test_the_window_of_the_court_opens_the_day_after_the_rolled_six_months() -> None:
    case = answer("court_apply", date(2025, 3, 14))
    assert case.due == date(2025, 12, 15)
    assert case.related["window_opens"] == date(2025, 9, 16)
    assert case.count == 9


def test_an_extension_beyond_what_the_law_allows_is_refused_with_the_article() -> None:
    assert answer("seizure", date(2025, 1, 2), extension_days=30).due == date(2025, 3, 3)
    assert refusal_of("seizure", date(2025, 1, 2), extension_days=31) == "time.extension-too-long"
    assert refusal_of("hearing_request", date(2025, 1, 2), extension_days=1) == "time.no-extension"


def test_an_extension_beyond_an_unconfirmed_default_is_answered_with_a_note() -> None:
    case = answer("decision", date(2026, 1, 5), extension_days=61)
    assert case.due == date(2026, 6, 5)
    assert any("上限待确认" in note for note in notes_of(case))


def test_the_number_of_an_order_comes_from_the_paper_and_from_nowhere_else() -> None:
    assert refusal_of("ordered", date(2026, 5, 20)) == "time.days-needed"
    assert answer("ordered", date(2026, 5, 20), days=30).related["first_overdue_day"] == date(2026, 6, 23)


def test_a_number_fixed_by_law_cannot_be_replaced() -> None:
    assert refusal_of("hearing_request", date(2026, 5, 20), days=3) == "time.days-fixed"
    assert answer("hearing_request", date(2026, 5, 20), days=5).due == answer("hearing_request", date(2026, 5, 20)).due


def test_the_simplified_procedure_has_a_number_of_its_own_with_its_own_article() -> None:
    case = answer("reconsider_answer", date(2026, 1, 30), days=5)
    assert case.due == date(2026, 2, 6)
    assert case.basis[0].article == 54


def test_hours_run_through_nights_and_holidays_to_the_same_minute() -> None:
    case = answer("seizure_report", local("2026-05-01T16:30"))
    assert case.due == local("2026-05-02T16:30")
    assert case.left(local("2026-05-02T15:00")) == 2
    assert case.left(local("2026-05-02T16:30")) == 0
    assert case.left(local("2026-05-02T18:00")) < 0
    assert refusal_of("seizure_report", date(2026, 5, 1)) == "time.hour-needed"
    assert refusal_of("seizure_report", local("2026-05-01T08:00"), excluded=[(date(2026, 5, 1),) * 2]) == (
        "time.hours-run-on"
    )


def test_a_moment_with_a_time_zone_counts_by_the_day_it_is_in_china() -> None:
    late = datetime(2024, 9, 26, 17, 0, tzinfo=UTC)  # 01:00 on the 27th in China
    assert answer("register_preserve", late).due == date(2024, 10, 12)


def test_counting_back_leaves_the_full_number_of_working_days_between() -> None:
    case = answer("hearing_notice", date(2023, 10, 12))
    assert case.due == date(2023, 9, 26)
    assert CALENDAR.working_days(case.due_on, date(2023, 10, 11)) == 7
    assert any("从宽" in note and "2023-09-27" in note for note in notes_of(case))
    assert deadline("hearing_notice", calendar=CALENDAR, day_of_event=date(2023, 10, 12)).due == case.due


def test_a_backward_limit_that_ends_on_a_sunday_names_the_last_working_day_before() -> None:
    case = answer("hearing_notice", date(2024, 3, 13))
    assert case.due == date(2024, 3, 3)
    assert case.related == {"latest_working_day": date(2024, 3, 1)}


def test_days_left_out_of_a_backward_limit_move_it_earlier() -> None:
    plain = answer("substitute_demand", date(2024, 3, 15)).due_on
    paused = answer("substitute_demand", date(2024, 3, 15), excluded=[(date(2024, 3, 13), date(2024, 3, 13))])
    assert paused.due == plain - timedelta(days=1) == date(2024, 3, 10)


def test_a_deemed_service_day_does_not_roll() -> None:
    assert deemed_served_on(date(2024, 3, 1), calendar=CALENDAR) == date(2024, 3, 31)
    assert deemed_served_on(date(2021, 6, 1), calendar=CALENDAR) == date(2021, 7, 31)


def test_what_remains_is_counted_in_the_unit_of_the_law() -> None:
    case = answer("register_preserve", date(2023, 9, 26))
    assert case.unit is Unit.WORKING_DAYS
    assert [case.days_left(date(2023, 9, d)) for d in (26, 28, 30)] == [7, 5, 5]
    assert case.days_left(date(2023, 10, 11)) == 0
    assert case.days_left(date(2023, 10, 13)) == -2
    gauge = case.gauge(date(2023, 10, 8))
    assert (gauge.counted, gauge.total, gauge.left, gauge.overdue) == (4, 7, 3, False)


def test_what_remains_leaves_out_what_does_not_count() -> None:
    case = answer("seizure", date(2025, 1, 2), excluded=[(date(2025, 1, 10), date(2025, 1, 19))])
    assert case.days_left(date(2025, 1, 2)) == 30
    assert case.days_left(date(2025, 1, 12)) == case.days_left(date(2025, 1, 19)) == 23


def test_before_a_rule_is_in_force_there_is_no_answer() -> None:
    assert refusal_of("hearing_request", date(2021, 7, 14)) == "time.no-rule-in-force"
    assert refusal_of("seizure", date(2011, 12, 31)) == "time.no-rule-in-force"
    assert refusal_of("no_such_key", date(2026, 1, 1)) == "time.unknown-limit"


def test_before_the_first_calendar_a_limit_that_needs_one_is_refused_and_one_that_does_not_is_answered() -> None:
    assert refusal_of("ordered", date(2003, 6, 1), days=10) == "time.before-first-calendar"
    assert answer("limitation", date(2000, 3, 1)).due == date(2002, 3, 1)


def test_an_answer_that_touches_a_year_without_notice_says_so_and_one_that_only_passes_it_does_not() -> None:
    touched = answer("demand", date(2026, 12, 25))
    assert touched.provisional
    assert any("2027年放假安排" in note and "暂定" in note for note in notes_of(touched))
    assert not answer("limitation", date(2026, 12, 25)).provisional
    assert not answer("decision", date(2026, 12, 25)).provisional
    assert answer("sue", date(2026, 12, 25)).provisional


def test_the_working_names_every_day_from_the_first_to_the_last() -> None:
    case = answer("register_preserve", date(2023, 9, 26))
    lines = working_of(case)
    days = [line for line in lines if line.kind in {"counted", "day_off", "excluded"}]
    assert days[0].first == date(2023, 9, 27) and days[-1].last == case.due
    for earlier, later in pairwise(days):
        assert earlier.last is not None and later.first == earlier.last + timedelta(days=1)
    assert days[-1].number_to == 7
    assert "2023-10-07 星期六（中秋节、国庆节调休上班）" in days[-1].text
    assert any("国办发明电〔2022〕16号" in line.text for line in lines)


def test_the_basis_names_the_rule_of_rolling_over_only_where_a_day_rolled() -> None:
    rolled = [c.text() for c in answer("pay", date(2024, 2, 1)).basis]
    plain = [c.text() for c in answer("pay", date(2024, 3, 6)).basis]
    assert "民事诉讼法第八十五条第三款" in rolled and "民事诉讼法第八十五条第三款" not in plain


def test_a_territory_sets_what_the_law_leaves_open_and_the_answer_names_its_clause() -> None:
    county = answer("legal_review", date(2026, 5, 7), territory="990121")
    assert county.due == date(2026, 5, 11) and county.confirmed
    assert any("泽川县" in note for note in notes_of(county))
    nation = answer("legal_review", date(2026, 5, 7))
    assert nation.due == date(2026, 5, 13) and not nation.confirmed


def test_impossible_days_are_refused_and_never_overflow() -> None:
    assert refusal_of("pay", date(9999, 12, 31)) == "time.day-out-of-range"
    assert refusal_of("pay", date(2026, 1, 5), excluded=[(date.min, date.max)]) == "time.day-out-of-range"
    assert refusal_of("ordered", date(2026, 1, 5), days=10**9) == "time.days-impossible"
    assert refusal_of("pay", date(2026, 1, 5), excluded=[(date(2026, 2, 2), date(2026, 2, 1))]) == (
        "time.interval-backwards"
    )
