"""When people are reminded of a deadline (提醒): before the last day as the territory's parameter `reminder_days` says,
afterwards upward as `rulebook/reminders.toml` says. Both are defaults until somebody confirms them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from dayu.basis.selectors import parameter
from dayu.law.rulebook import load_toml
from dayu.org.policies import NATION


@dataclass(frozen=True, slots=True)
class ReminderRule:
    """How many units before the last day, and who else hears of it afterwards."""

    before: tuple[int, ...]  # largest first
    overdue: Mapping[int, tuple[str, ...]]  # units after the last day -> posts above
    confirmation: str

    @property
    def horizon_days(self) -> int:
        """Calendar days looked ahead: working days never lie further away, the longest holidays included."""
        return 2 * max(self.before, default=0) + 10

    @property
    def first_overdue_stage(self) -> str:
        """The stage at which a deadline counts as passed."""
        return f"overdue-{min(self.overdue)}"

    def upward(self, stage: str) -> tuple[str, ...]:
        """The posts that a stage is told to beside the holder."""
        return self.overdue[int(stage.rsplit("-", 1)[1])] if stage.startswith("overdue") else ()


def reminder_rule(territory: str, on: date) -> ReminderRule:
    """The rule of a territory on a day."""
    set_here = parameter("reminder_days", territory or NATION, on)
    days = set_here.value if isinstance(set_here.value, tuple) else ()
    return ReminderRule(
        before=tuple(sorted((int(d) for d in days), reverse=True)),
        overdue={row["after"]: tuple(row["upward"]) for row in load_toml("reminders.toml")["overdue"]},
        confirmation=set_here.confirmation,
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
