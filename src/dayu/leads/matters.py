"""How pages of lower domains call a lead."""

from __future__ import annotations

from dayu.core.actors import Actor
from dayu.leads.models import Lead
from dayu.records.matters import Matter, describes


@describes("leads.lead")
def describe_lead(pk: int, actor: Actor) -> Matter | None:
    """A lead by its number."""
    lead = Lead.objects.visible_to(actor).filter(pk=pk).first()
    if lead is None:
        return None
    return Matter(f"leads.lead:{pk}", lead.title, number=lead.number, url=lead.get_absolute_url())
