"""Every reason for which the time engine gives no answer has words in both languages, with its figures filled in."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from dayu.law.additional_fine import additional_fine
from dayu.law.calendar import NotComputable, national_calendar
from dayu.law.deadlines import deadline
from dayu.law.refusals import worded, wordings
from dayu.law.territories import levels, resolve

CALENDAR = national_calendar()
DAY = date(2026, 5, 7)
PAUSE = [(date(2026, 5, 9), date(2026, 5, 8))]

REASONS: dict[str, Callable[[], object]] = {
    "time.unknown-limit": lambda: deadline("nothing", DAY, calendar=CALENDAR),
    "time.no-rule-in-force": lambda: deadline("pay", date(2020, 1, 1), calendar=CALENDAR),
    "time.start-needed": lambda: deadline("pay", calendar=CALENDAR),
    "time.hour-needed": lambda: deadline("transfer_send", DAY, calendar=CALENDAR),
    "time.hours-run-on": lambda: deadline(
        "transfer_send",
        datetime.fromisoformat("2026-05-07T09:00"),
        calendar=CALENDAR,
        excluded=[(DAY, DAY)],
    ),
    "time.days-needed": lambda: deadline("ordered", DAY, calendar=CALENDAR),
    "time.days-impossible": lambda: deadline("ordered", DAY, calendar=CALENDAR, days=0),
    "time.day-out-of-range": lambda: deadline("pay", date(2900, 1, 1), calendar=CALENDAR),
    "time.days-fixed": lambda: deadline("pay", DAY, calendar=CALENDAR, days=3),
    "time.no-extension": lambda: deadline("pay", DAY, calendar=CALENDAR, extension_days=3),
    "time.extension-too-long": lambda: deadline("seizure", DAY, calendar=CALENDAR, extension_days=40),
    "time.interval-backwards": lambda: deadline("pay", DAY, calendar=CALENDAR, excluded=PAUSE),
    "time.before-first-calendar": lambda: CALENDAR.is_working_day(date(2003, 1, 1)),
    "time.after-last-calendar": lambda: deadline("pay", date(2040, 1, 1), calendar=CALENDAR),
    "time.bad-territory": lambda: levels("99"),
    "time.no-parameter": lambda: resolve("court", "440000", DAY),
    "time.fine-impossible": lambda: additional_fine(Decimal(0), due_on=DAY, paid_on=DAY),
}


@pytest.mark.parametrize("rule", REASONS)
def test_the_reason_is_given_in_words_of_both_languages(rule: str) -> None:
    with pytest.raises(NotComputable) as refused:
        REASONS[rule]()
    assert refused.value.refusal.rule == rule
    for language in ("zh", "en"):
        words = worded(refused.value.refusal, language)
        assert words.reason and "{" not in words.reason + words.fix


def test_every_worded_reason_is_one_that_the_engine_gives_and_the_other_way_round() -> None:
    law = Path(__file__).resolve().parents[1]
    raised = {rule for path in law.glob("*.py") for rule in re.findall(r'"(time\.[a-z-]+)"', path.read_text("utf-8"))}
    assert {rule for rule in wordings() if rule.startswith("time.")} == raised == set(REASONS)
