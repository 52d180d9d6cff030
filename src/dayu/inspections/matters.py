"""How pages of lower domains call a check."""

from __future__ import annotations

from dayu.core.actors import Actor
from dayu.inspections.models import OnSiteCheck
from dayu.records.matters import Matter, describes


@describes("inspections.onsitecheck")
def describe_check(pk: int, actor: Actor) -> Matter | None:
    """A check by its number."""
    check = OnSiteCheck.objects.visible_to(actor).filter(pk=pk).first()
    if check is None:
        return None
    return Matter(
        f"inspections.onsitecheck:{pk}", check.object_text, number=check.number, url=check.get_absolute_url()
    )
