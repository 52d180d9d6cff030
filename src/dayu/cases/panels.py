"""What higher domains add to the pages of a case: a panel on a tab (payments, dossier, publication, remedies).

    add_panel("costs", lambda case, actor: Panel(_("缴款"), "fines/_case_panel.html", {"lines": …}))

A higher domain registers in its `apps.py`; this domain knows none of them. A panel costs its own statements: at most two.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

from dayu.cases.doors import lead_act_to
from dayu.cases.models import Case
from dayu.core.actors import Actor

__all__ = ["Panel", "add_panel", "lead_act_to", "panels_of"]

TABS = ("now", "costs", "people", "related", "documents", "evidence")


@dataclass(frozen=True, slots=True)
class Panel:
    """A card with a title and the template that fills it; `count` joins the number on the tab's head."""

    title: str | Promise
    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    url: str = ""
    action: str | Promise = ""


Maker = Callable[[Case, Actor], "Panel | None"]
_makers: dict[str, list[Maker]] = {tab: [] for tab in TABS}


def add_panel(tab: str, maker: Maker) -> None:
    """Add a panel to a tab. `maker` answers None where it has nothing to say."""
    if tab not in _makers:
        raise ValueError(f"a case has no tab {tab!r}; tabs are {', '.join(TABS)}")
    if maker not in _makers[tab]:
        _makers[tab].append(maker)


def panels_of(tab: str, case: Case, actor: Actor) -> list[Panel]:
    """The panels that have something to say, in the order in which they were added."""
    return [panel for maker in _makers[tab] if (panel := maker(case, actor)) is not None]
