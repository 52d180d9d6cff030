"""The engine against a slow and obvious reading of the same rules, and laws that every answer obeys."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import example, given
from hypothesis import strategies as st

from dayu.law.additional_fine import additional_fine
from dayu.law.calendar import NotComputable, national_calendar
from dayu.law.counting import Interval, count_back, count_out, merged
from dayu.law.deadlines import deadline
from dayu.law.time_limits import Span, Unit, time_limits
from dayu.law.working import notes_of, working_of

CALENDAR = national_calendar()
DAY = timedelta(days=1)
WORKDAY_LIMITS = sorted(
    k for k, v in time_limits().items() if v[-1].span.unit is Unit.WORKING_DAYS and not v[-1].backward
)

days = st.dates(date(2004, 2, 1), date(2026, 10, 31))
intervals = st.lists(
    st.tuples(days, st.integers(0, 40)).map(lambda pair: (pair[0], pair[0] + pair[1] * DAY)), max_size=4
)


def naive(start: date, n: int, excluded: list[Interval], *, working: bool) -> date:
    """Walk day by day, as one would with a paper calendar and a finger."""
    day = start
    while n:
        day += DAY
        if any(first <= day <= last for first, last in excluded):
            continue
        if not working or CALENDAR.is_working_day(day):
            n -= 1
    return day


@given(days, st.integers(1, 60), intervals)
def test_working_days_end_where_a_finger_on_the_calendar_ends(start: date, n: int, excluded: list[Interval]) -> None:
    run = count_out(Span(n, Unit.WORKING_DAYS), start, calendar=CALENDAR, excluded=merged(excluded))
    assert run.due == naive(start, n, excluded, working=True)


@given(days, st.integers(1, 200), intervals)
def test_calendar_days_end_where_a_finger_on_the_calendar_ends(start: date, n: int, excluded: list[Interval]) -> None:
    run = count_out(Span(n, Unit.CALENDAR_DAYS), start, calendar=CALENDAR, excluded=merged(excluded))
    assert run.due == naive(start, n, excluded, working=False)


@given(days, st.integers(1, 24), intervals)
def test_a_rolled_end_is_a_working_day_and_no_working_day_was_skipped(
    start: date, n: int, excluded: list[Interval]
) -> None:
    run = count_out(Span(n, Unit.MONTHS, rolls=True), start, calendar=CALENDAR, excluded=merged(excluded))
    assert CALENDAR.is_working_day(run.due)
    assert CALENDAR.working_days(run.raw - DAY, run.due - DAY) == 0


@given(st.dates(date(2004, 6, 1), date(2026, 12, 31)), st.integers(1, 20), intervals)
def test_counting_back_leaves_exactly_the_number_between_and_one_day_later_would_not(
    event: date, n: int, excluded: list[Interval]
) -> None:
    def between(served: date) -> int:
        inside, day = 0, served + DAY
        while day < event:
            inside += CALENDAR.is_working_day(day) and not any(a <= day <= b for a, b in excluded)
            day += DAY
        return inside

    try:
        served, _ = count_back(n, event, calendar=CALENDAR, excluded=merged(excluded))
    except NotComputable:
        return
    assert between(served) == n
    assert between(served + DAY) < n


@given(st.sampled_from(WORKDAY_LIMITS), st.dates(date(2024, 1, 1), date(2026, 10, 31)))
def test_every_day_of_the_printed_working_is_counted_once(key: str, start: date) -> None:
    answer = deadline(key, start, calendar=CALENDAR)
    counted = [line for line in working_of(answer) if line.kind == "counted"]
    assert sum((line.last - line.first).days + 1 for line in counted if line.first and line.last) == answer.span.n
    assert notes_of(answer) == notes_of(deadline(key, start, calendar=CALENDAR))


@given(
    st.sampled_from(sorted(time_limits())),
    st.dates(date(2024, 1, 1), date(2026, 6, 30)),
    intervals,
    st.integers(0, 400),
)
def test_what_is_left_never_grows_as_days_go_by(key: str, start: date, excluded: list[Interval], later: int) -> None:
    limit = time_limits()[key][-1]
    if limit.span.unit is Unit.HOURS:
        return
    answer = deadline(key, start, calendar=CALENDAR, excluded=excluded, days=20 if limit.number_given else None)
    today = start + later * DAY
    assert answer.days_left(today) >= answer.days_left(today + DAY)
    assert answer.days_left(answer.due_on) == 0


@given(st.sampled_from(sorted(time_limits())), st.dates(date(1901, 1, 1), date(2199, 12, 31)))
def test_outside_the_life_of_a_rule_or_of_the_calendar_there_is_no_answer(key: str, start: date) -> None:
    limit = time_limits()[key]
    try:
        answer = deadline(key, start, calendar=CALENDAR, days=10 if limit[-1].number_given else None)
    except NotComputable as refused:
        assert refused.refusal.rule in {
            "time.no-rule-in-force",
            "time.hour-needed",
            "time.before-first-calendar",
            "time.after-last-calendar",
            "time.no-parameter",
        }
        return
    assert any(v.in_force_from <= start and (v.in_force_until is None or start <= v.in_force_until) for v in limit)
    for first, last in answer.consulted:
        assert CALENDAR.first_day <= first and last <= CALENDAR.last_day


@given(st.decimals("0.01", "1000000", places=2), days, st.integers(0, 400), intervals)
@example(fine=Decimal("50000"), due=date(2024, 2, 18), late=34, pauses=[])
def test_the_additional_fine_grows_by_the_day_and_never_exceeds_the_fine(
    fine: Decimal, due: date, late: int, pauses: list[Interval]
) -> None:
    today = additional_fine(fine, due_on=due, paid_on=due + late * DAY, pauses=pauses)
    tomorrow = additional_fine(fine, due_on=due, paid_on=due + (late + 1) * DAY, pauses=pauses)
    assert 0 <= today.amount_yuan <= tomorrow.amount_yuan <= fine
    assert tomorrow.days - today.days in {0, 1}
    assert today.capped == (today.days >= 34) or fine < 1
    unpaused = additional_fine(fine, due_on=due, paid_on=due + late * DAY)
    assert today.amount_yuan <= unpaused.amount_yuan


yuan = st.decimals("0.01", "1000000", places=2)


@given(yuan, yuan, days, st.integers(0, 400))
def test_a_higher_fine_never_has_a_lower_additional_fine(one: Decimal, other: Decimal, due: date, late: int) -> None:
    low, high = sorted((one, other))
    paid = due + late * DAY
    assert (
        additional_fine(low, due_on=due, paid_on=paid).amount_yuan
        <= additional_fine(high, due_on=due, paid_on=paid).amount_yuan
    )


@given(yuan, days)
def test_paid_in_time_nothing_is_added_and_from_the_34th_day_on_it_is_the_fine_itself(fine: Decimal, due: date) -> None:
    assert additional_fine(fine, due_on=due, paid_on=due).amount_yuan == 0
    for late in (34, 35, 400):
        assert additional_fine(fine, due_on=due, paid_on=due + late * DAY).amount_yuan == fine
    assert additional_fine(fine, due_on=due, paid_on=due + 33 * DAY).amount_yuan <= fine
