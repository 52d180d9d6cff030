"""Who keeps remedies: officers of the case and heads of the organ."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from dayu.cases.models import CaseParty
from dayu.cases.policies import may_work_on
from dayu.core.actors import Actor
from dayu.law.refusals import ALLOWED, Verdict, refuse
from dayu.remedies.models import Litigation, ProcuratorialRecommendation, Reconsideration

POSTS = ("handler", "unit_head", "agency_head", "legal_reviewer", "review_head")


def may_register_remedy(party: CaseParty | None, *, actor: Actor) -> Verdict:
    """Whoever works on the case, and the legal office that answers for the organ."""
    return _on_party(party, actor)


def may_keep_remedy(remedy: Reconsideration | Litigation | None, *, actor: Actor) -> Verdict:
    """The same people; the row's own handler too."""
    if remedy is not None and remedy.handler_id is not None and remedy.handler_id == actor.person_id:
        return ALLOWED
    return _on_party(remedy.party if remedy is not None else None, actor)


def may_register_recommendation(target: Any, *, actor: Actor) -> Verdict:
    """Officers, heads and the legal office of the organ."""
    if actor.organ_id is not None and actor.holds(*POSTS):
        return ALLOWED
    return refuse("core.not_permitted", act=_("登记检察建议"))


def may_reply(recommendation: ProcuratorialRecommendation | None, *, actor: Actor) -> Verdict:
    """The same people of the organ that was addressed."""
    if recommendation is None or recommendation.organ_id != actor.organ_id:
        return refuse("core.not_permitted", act=_("回复检察建议"))
    return may_register_recommendation(None, actor=actor)


def _on_party(party: CaseParty | None, actor: Actor) -> Verdict:
    if party is None:
        return refuse("core.not_permitted", act=_("登记复议、诉讼"))
    if actor.organ_id == party.case.organ_id and actor.holds("legal_reviewer", "review_head"):
        return ALLOWED
    return may_work_on(party, actor=actor)
