"""Who keeps the register of rivers."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from dayu.core.actors import Actor
from dayu.core.territories import Territory, lies_in
from dayu.law.refusals import ALLOWED, Verdict, refuse
from dayu.rivers.models import Reach, River

NATION = "000000"


def may_keep_register(target: Any, *, actor: Actor, territory: Territory | None = None) -> Verdict:
    """Administrators and registrars keep the register of their territory."""
    if actor.is_system:
        return ALLOWED
    if not actor.holds("administrator", "registrar"):
        return refuse("core.not_permitted", act=_("维护河湖名录"))
    place = target.territory_id if isinstance(target, River) else territory.code if territory is not None else ""
    if isinstance(target, Reach):
        place = target.river.territory_id
    if place and not lies_in(place, actor.territory if actor.territory != NATION else ""):
        return refuse("rivers.outside_territory")
    return ALLOWED
