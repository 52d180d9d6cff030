"""Who keeps the basis library and the parameters of a territory."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from dayu.basis.models import Statute
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


def may_settle_impact(target: Any, *, actor: Actor) -> Verdict:
    """An organ settles its own records; what rests on the rulebook is settled by keepers of the library."""
    if actor.is_system:
        return ALLOWED
    if target is not None and target.organ_id not in (None, actor.organ_id):
        return refuse("core.not_permitted", act=_("处理依据变更"))
    if not actor.holds("legal_reviewer", "review_head", "administrator"):
        return refuse("core.not_permitted", act=_("处理依据变更"))
    return ALLOWED


def may_cite(statute: Statute, *, territory: str, on: date) -> Verdict:
    """Whether a new act in a territory may rest on a statute on a day: in force, and made for that place (PLN-01)."""
    if statute.territory_id is not None and not lies_in(territory, statute.territory_id):
        return refuse("basis.not_citable", name=statute.name, why=_("不适用于本地"))
    in_force = Q(in_force_until=None) | Q(in_force_until__gte=on)
    if not statute.editions.filter(in_force, in_force_from__lte=on).exists():
        return refuse("basis.not_citable", name=statute.name, why=_("{day}无效").format(day=on.isoformat()))
    return ALLOWED
