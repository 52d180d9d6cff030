"""When people are reminded of a deadline (提醒), as `rulebook/reminders.toml` says. Defaults that nobody confirmed yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from dayu.law.rulebook import load_toml


@dataclass(frozen=True, slots=True)
class ReminderRule:
    """How many units before the last day, and who else hears of it afterwards."""

    before: tuple[int, ...]  # largest first
    overdue: Mapping[int, tuple[str, ...]]  # units after the last day -> posts above
    horizon_days: int
    confirmation: str

    @property
    def first_overdue_stage(self) -> str:
        """The stage at which a deadline counts as passed."""
        return f"overdue-{min(self.overdue)}"

    def upward(self, stage: str) -> tuple[str, ...]:
        """The posts that a stage is told to beside the holder."""
        return self.overdue[int(stage.rsplit("-", 1)[1])] if stage.startswith("overdue") else ()


@cache
def reminder_rule() -> ReminderRule:
    """The rule of the rulebook."""
    table = load_toml("reminders.toml")
    return ReminderRule(
        before=tuple(sorted(table["before"], reverse=True)),
        overdue={row["after"]: tuple(row["upward"]) for row in table["overdue"]},
        horizon_days=table["horizon_days"],
        confirmation=table["confirmation"],
    )


def stage_of(rule: ReminderRule, left: int) -> str:
    """The most urgent stage that has been reached with `left` units remaining; empty when none."""
    if left < 0:
        passed = [after for after in rule.overdue if after <= -left]
        return f"overdue-{max(passed)}" if passed else "due"
    if left == 0:
        return "due"
    reached = [days for days in rule.before if left <= days]
    return f"before-{min(reached)}" if reached else ""
