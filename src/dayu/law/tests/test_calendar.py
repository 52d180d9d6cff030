"""Working-day calendars: what the notices say, what two oracles say, provisional years, territories, versions."""

from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest

from dayu.law.calendar import (
    LIBRARY,
    NOTICE,
    NotComputable,
    YearArrangement,
    arrangement_from,
    calendar_for,
    calendar_from,
    national_calendar,
    published_arrangements,
    statutory_arrangement,
)
from dayu.law.rulebook import RulebookError

CALENDAR = national_calendar()
FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)

# Where the rulebook and an oracle disagree, and why the rulebook is right.
EXPLAINED = {
    date(2005, 12, 31): "国办发明电〔2005〕35号: the Saturday is a working day; chinesecalendar left it out",
}


def every_day(first: date = FIRST, last: date = LAST) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def test_every_year_from_2004_to_2026_has_one_arrangement_with_its_source() -> None:
    years = published_arrangements()
    assert [a.year for a in years] == list(range(2004, 2027))
    for arrangement in years:
        assert arrangement.source in {NOTICE, LIBRARY}
        assert bool(arrangement.notices) == (arrangement.source == NOTICE), arrangement.year


def test_only_2004_and_2005_are_taken_from_a_library_and_say_so() -> None:
    assert [a.year for a in published_arrangements() if a.source == LIBRARY] == [2004, 2005]
    assert "chinesecalendar" in CALENDAR.origins(date(2004, 5, 1), date(2004, 5, 9))[0]


def test_chinesecalendar_agrees_on_every_day_of_the_years_that_do_not_come_from_it() -> None:
    differing = [
        day for day in every_day(date(2006, 1, 1)) if CALENDAR.is_working_day(day) != chinese_calendar.is_workday(day)
    ]
    assert differing == []


def test_the_difference_to_chinesecalendar_before_2006_is_the_explained_one() -> None:
    differing = {
        day
        for day in every_day(FIRST, date(2005, 12, 31))
        if CALENDAR.is_working_day(day) != chinese_calendar.is_workday(day)
    }
    assert differing == set(EXPLAINED)


def test_the_holidays_library_agrees_on_every_day_from_2004_to_2026() -> None:
    oracle = holidays.country_holidays("CN", years=range(2004, 2027))
    make_up = oracle.weekend_workdays
    differing = [
        day
        for day in every_day()
        if CALENDAR.is_working_day(day) != (day not in oracle and (day.weekday() < 5 or day in make_up))
    ]
    assert differing == []


def test_statutory_holidays_of_later_years_fall_where_the_almanac_of_the_oracle_puts_them() -> None:
    for year in range(2027, 2037):
        oracle = holidays.country_holidays("CN", years=year)
        expected = {day for day, name in oracle.items() if "(observed)" not in name}
        assert set(statutory_arrangement(year).days_off) == expected, year


def test_a_year_without_its_notice_is_provisional_and_has_no_make_up_days() -> None:
    assert CALENDAR.is_provisional(date(2027, 1, 1), date(2027, 1, 1))
    assert CALENDAR.provisional_years(date(2026, 12, 1), date(2028, 1, 1)) == (2027, 2028)
    assert not CALENDAR.is_provisional(FIRST, LAST)
    assert not CALENDAR.is_working_day(date(2027, 2, 8))
    assert CALENDAR.kind_of(date(2027, 2, 8)) == "星期一（春节放假）"
    assert not statutory_arrangement(2027).make_up_days


@pytest.mark.parametrize(
    ("day", "rule"),
    [
        (date(2003, 12, 31), "time.before-first-calendar"),
        (date(2037, 1, 1), "time.after-last-calendar"),
    ],
)
def test_days_outside_the_known_years_are_refused(day: date, rule: str) -> None:
    for question in (CALENDAR.is_working_day, CALENDAR.on_or_after, lambda d: CALENDAR.working_day_after(d, 1)):
        with pytest.raises(NotComputable) as refused:
            question(day)
        assert refused.value.refusal.rule == rule


def test_counting_past_the_last_known_day_is_refused_and_not_guessed() -> None:
    with pytest.raises(NotComputable):
        CALENDAR.working_day_after(date(2036, 12, 30), 50)
    with pytest.raises(NotComputable):
        CALENDAR.working_day_before(date(2004, 1, 5), 50)


def test_an_autonomous_prefecture_adds_its_own_days_to_those_of_the_nation() -> None:
    local = calendar_for("513400")
    assert not local.is_working_day(date(2011, 7, 25)) and CALENDAR.is_working_day(date(2011, 7, 25))
    assert local.is_working_day(date(2011, 7, 31)) and not CALENDAR.is_working_day(date(2011, 7, 31))
    assert local.kind_of(date(2011, 7, 25)) == "星期一（火把节放假）"
    assert local.version != CALENDAR.version


def test_a_county_takes_the_calendar_of_the_prefecture_above_it() -> None:
    assert calendar_for("513421").version == calendar_for("513400").version
    assert calendar_for("990121").version == CALENDAR.version


def test_where_the_territory_arranges_otherwise_its_word_stands() -> None:
    local = calendar_for("513400")
    assert not local.is_working_day(date(2011, 10, 8)) and CALENDAR.is_working_day(date(2011, 10, 8))
    assert local.is_working_day(date(2011, 10, 9))


def test_a_territory_whose_own_days_are_not_entered_for_a_year_is_provisional_there() -> None:
    local = calendar_for("513400")
    assert not local.is_provisional(date(2011, 1, 1), date(2011, 12, 31))
    assert local.is_provisional(date(2012, 1, 1), date(2012, 12, 31))


def test_equal_content_has_one_version_and_any_change_another() -> None:
    again = calendar_from(published_arrangements())
    assert again.version == CALENDAR.version
    of_2026 = next(a for a in CALENDAR.arrangements if a.year == 2026)
    fewer = {d: n for d, n in of_2026.make_up_days.items() if d != date(2026, 10, 10)}
    changed = CALENDAR.with_arrangement(YearArrangement(2026, of_2026.days_off, fewer, NOTICE, of_2026.notices, "V"))
    assert changed.version != CALENDAR.version
    assert CALENDAR.days_that_differ(changed) == (date(2026, 10, 10),)
    assert changed.days_that_differ(CALENDAR) == (date(2026, 10, 10),)


def test_a_published_notice_ends_the_provisional_time_of_its_year() -> None:
    notice = arrangement_from(
        {
            "year": 2027,
            "source": "notice",
            "notices": ["示例通知"],
            "confirmation": "U",
            "holidays": [{"name": "元旦", "from": date(2027, 1, 1), "until": date(2027, 1, 3)}],
        }
    )
    after = CALENDAR.with_arrangement(notice)
    assert not after.is_provisional(date(2027, 1, 1), date(2027, 12, 31))
    assert after.is_provisional(date(2028, 1, 1), date(2028, 1, 1))


def test_a_day_cannot_be_off_and_made_up_for_at_once() -> None:
    with pytest.raises(RulebookError, match="2026-01-04"):
        YearArrangement(2026, {date(2026, 1, 4): "元旦"}, {date(2026, 1, 4): "元旦"})


def test_a_calendar_with_a_missing_year_is_refused() -> None:
    with pytest.raises(RulebookError, match="every year"):
        calendar_from([a for a in published_arrangements() if a.year != 2015])
