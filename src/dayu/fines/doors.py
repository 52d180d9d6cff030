"""What fines tell the pages of a case: where money is entered, and the panel on the tab of costs."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dayu.cases.doors import lead_act_to
from dayu.cases.models import Case
from dayu.cases.panels import Panel, add_panel
from dayu.core import clock
from dayu.core.actors import Actor
from dayu.fines.selectors import lines_of_case

LED = {
    "record_payment": "pay", "approve_deferral": "defer", "decide_additional_fine": "additional",
    "demand_performance": "demand",
}  # fmt: skip


def _address(act: str, party: str | None) -> str:
    return reverse("fines:of_party", args=[int(party), act]) if party else ""


def _lead(act: str, page: str) -> None:
    lead_act_to(act, lambda case, party: _address(page, party))


for _act, _page in LED.items():
    _lead(_act, _page)


def panel(case: Case, actor: Actor) -> Panel | None:
    """罚缴: the lines of the case with what is owed today; nothing before a fine was served."""
    lines = lines_of_case(case, actor, today=clock.today())
    if not lines:
        return None
    return Panel(_("罚缴台账"), "fines/_case_panel.html", {"lines": lines}, url=reverse("fines:list"), action=_("全部罚款"))


add_panel("costs", panel)
