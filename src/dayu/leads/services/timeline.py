"""The timeline of a lead: each act appends one line, in the act's own transaction."""

from __future__ import annotations

from datetime import datetime

from dayu.core.actions import present_act
from dayu.core.actors import Actor
from dayu.leads.models import Lead, LeadEntry


def add_entry(lead: Lead, kind: str, text: str, *, actor: Actor, happened_at: datetime, url: str = "") -> LeadEntry:
    """Append what happened; when it was entered is taken from the act."""
    act = present_act()
    return LeadEntry.objects.create(
        lead=lead,
        kind=kind,
        text=text[:500],
        happened_at=happened_at,
        entered_at=act.entered_at if act is not None else happened_at,
        by=actor.name,
        url=url,
    )
