"""Who keeps the basis library and the parameters of a territory."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from dayu.core.actors import Actor
from dayu.core.territories import Territory, lies_in
from dayu.law.refusals import ALLOWED, Verdict, refuse

NATION = "000000"


def may_keep_library(target: Any, *, actor: Actor) -> Verdict:
    """Legal reviewers, their head and administrators import statutes and end editions."""
    if actor.is_system or actor.holds("legal_reviewer", "review_head", "administrator"):
        return ALLOWED
    return refuse("core.not_permitted", act=_("维护依据库"))


def may_set_parameter(target: Any, *, actor: Actor) -> Verdict:
    """Administrators and heads of legal review set values for the territory in which they work."""
    if actor.is_system:
        return ALLOWED
    if not actor.holds("administrator", "review_head"):
        return refuse("core.not_permitted", act=_("设置地区规则"))
    code = target.code if isinstance(target, Territory) else target.territory_id
    within = actor.territory if actor.territory != NATION else ""
    if not actor.territory or not lies_in(code, within):
        return refuse("basis.outside_territory")
    return ALLOWED
