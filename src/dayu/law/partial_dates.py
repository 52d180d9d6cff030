"""Days that are known to the day or only to the month: `2023-04-17`, `2023-04`."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

_SHAPE = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")


class UnreadableDate(ValueError):
    """Neither a day nor a month."""


@dataclass(frozen=True, slots=True)
class PartialDate:
    """The first and last day that are possible; equal where the day is known."""

    first: date
    last: date

    @property
    def is_day(self) -> bool:
        """Whether the day itself is known."""
        return self.first == self.last

    def text(self) -> str:
        """`2023-04-17`, or `2023-04` where only the month is known."""
        return self.first.isoformat() if self.is_day else self.first.isoformat()[:7]

    def before(self, day: date) -> bool | None:
        """Whether it lies before `day`; None where that depends on the day of the month."""
        if self.last < day:
            return True
        return None if self.first < day else False


def partial_date(text: object) -> PartialDate:
    """Reads `YYYY-MM-DD` or `YYYY-MM`; raises UnreadableDate for everything else."""
    if isinstance(text, date):
        return PartialDate(text, text)
    found = _SHAPE.fullmatch(text) if isinstance(text, str) else None
    if not found:
        raise UnreadableDate(f"not a date: {text!r} (write YYYY-MM-DD, or YYYY-MM where only the month is known)")
    try:
        year, month = int(found[1]), int(found[2])
        if found[3]:
            day = date(year, month, int(found[3]))
            return PartialDate(day, day)
        return PartialDate(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))
    except ValueError:
        raise UnreadableDate(f"no such day: {text!r}") from None
