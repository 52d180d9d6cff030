"""The one place that reads the clock. Moments are UTC, legal dates are dates in Asia/Shanghai.

Tests may move the clock: `DAYU_CLOCK_FILE` names a file holding an ISO moment. A deployment check refuses that setting.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings

LEGAL_ZONE = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """This moment, in UTC."""
    moved = _moved()
    return moved if moved is not None else datetime.now(UTC)


def today() -> date:
    """The legal date of this moment: the day in Asia/Shanghai, in Xinjiang too."""
    return legal_date(now())


def legal_date(moment: datetime) -> date:
    """The legal date on which `moment` falls."""
    return moment.astimezone(LEGAL_ZONE).date()


def legal_moment(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of a legal date, by the clock on the wall in Asia/Shanghai, in UTC."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LEGAL_ZONE).astimezone(UTC)


def move_to(moment: datetime | None) -> None:
    """Move the clock of every process of a test to `moment`, or let it run again with None."""
    path = _clock_file()
    if path is None:
        raise RuntimeError("the clock can be moved in test settings only")
    if moment is None:
        path.unlink(missing_ok=True)
        return
    beside = path.with_name(f"{path.name}.new")
    beside.write_text(moment.astimezone(UTC).isoformat(), "utf-8")
    beside.replace(path)  # at once, for processes that look at this moment


def _clock_file() -> Path | None:
    name = getattr(settings, "DAYU_CLOCK_FILE", "")
    return Path(name) if name else None


def _moved() -> datetime | None:
    path = _clock_file()
    if path is None:
        return None
    try:
        return datetime.fromisoformat(path.read_text("utf-8").strip())
    except FileNotFoundError:
        return None
