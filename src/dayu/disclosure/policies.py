"""Who may publish, withhold, correct and withdraw."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from dayu.core.actors import Actor
from dayu.disclosure.models import Publication
from dayu.law.refusals import ALLOWED, Verdict, refuse


def may_run_as_system(target: Any, *, actor: Actor) -> Verdict:
    """What follows from the case by itself."""
    return ALLOWED if actor.is_system else refuse("core.not_permitted", act=_("系统生成公示"))


def may_publish(publication: Publication, *, actor: Actor) -> Verdict:
    """The disclosure officer of the organ, or its head, publishes, edits, corrects and withdraws."""
    return _of_the_organ(publication, actor, _("公示处罚决定"), "disclosure_officer", "agency_head")


def may_withhold(publication: Publication, *, actor: Actor) -> Verdict:
    """Only the head of the organ decides that a decision stays unpublished."""
    return _of_the_organ(publication, actor, _("决定不予公开"), "agency_head")


def _of_the_organ(publication: Publication, actor: Actor, act: str, *posts: str) -> Verdict:
    if actor.is_system:
        return ALLOWED
    if actor.organ_id != publication.agency_id or not actor.holds(*posts):
        return refuse("core.not_permitted", act=act)
    return ALLOWED
