"""The lawful order of an on-site check (现场检查): what has been done, what comes next, and why the next is not possible yet."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ARRIVE, SHOW, TELL, LOOK, WRITE, CONCLUDE = "arrive", "show", "tell", "look", "write", "conclude"
NAMES: dict[str, str | Promise] = {
    ARRIVE: _("到场"),
    SHOW: _("亮证、说明来意"),
    TELL: _("告知权利义务"),
    LOOK: _("检查"),
    WRITE: _("现场笔录"),
    CONCLUDE: _("检查结果"),
}
ORDER = tuple(NAMES)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a check is: the moments of its steps, in whatever form the caller keeps them."""

    arrived: bool
    shown: bool
    told: bool
    looked: bool
    written: bool
    concluded: bool

    @property
    def done(self) -> dict[str, bool]:
        """Step -> whether it was done."""
        return dict(
            zip(ORDER, (self.arrived, self.shown, self.told, self.looked, self.written, self.concluded), strict=True)
        )

    @property
    def here(self) -> str:
        """The step that comes now; empty when all are done."""
        return next((step for step, done in self.done.items() if not done), "")


def missing_before(progress: Progress, step: str) -> str:
    """The first step that must come before `step` and was not done; empty when `step` may be done."""
    for earlier in ORDER[: ORDER.index(step)]:
        if not progress.done[earlier]:
            return earlier
    return ""
