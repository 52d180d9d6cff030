"""Who compiles, archives and adds to dossiers."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from dayu.cases.models import Case
from dayu.cases.policies import may_work_on
from dayu.core.actors import Actor
from dayu.dossiers.models import Dossier, DossierPart
from dayu.law.refusals import ALLOWED, Verdict, refuse

POSTS = ("handler", "unit_head", "agency_head", "archivist")


def _case_of(target: Any) -> Case | None:
    match target:
        case Case():
            return target
        case Dossier():
            return target.case
        case DossierPart():
            return target.dossier.case
    return None


def may_compile(target: Case | Dossier | DossierPart | None, *, actor: Actor) -> Verdict:
    """The officers of the case gather and order it; the archivist of the organ may do so too."""
    case = _case_of(target)
    if actor.is_system:
        return ALLOWED
    if case is None or not actor.holds(*POSTS) or actor.organ_id != case.organ_id:
        return refuse("core.not_permitted", act=_("整理案卷"))
    return ALLOWED if actor.holds("archivist") else may_work_on(case, actor=actor)


def may_archive(target: Dossier | None, *, actor: Actor) -> Verdict:
    """The archivist of the organ archives; where there is none, the officers of the case do."""
    return may_compile(target, actor=actor)


def may_add_sheet(target: Dossier | None, *, actor: Actor) -> Verdict:
    """After archiving only the archivist and heads add sheets."""
    case = _case_of(target)
    if case is None or actor.organ_id != case.organ_id or not actor.holds("archivist", "unit_head", "agency_head"):
        return refuse("core.not_permitted", act=_("补充案卷"))
    return ALLOWED
