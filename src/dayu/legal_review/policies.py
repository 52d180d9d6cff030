"""Who names the review body, submits, assigns, reviews, supplements and withdraws."""

from __future__ import annotations

from django.utils.translation import gettext as _

from dayu.core.actors import Actor
from dayu.law.refusals import ALLOWED, Verdict, refuse
from dayu.legal_review.models import LegalReview
from dayu.org.models import Agency

SUBMITTERS = ("handler", "unit_head")
ASSIGNERS = ("review_head", "agency_head")


def may_name_body(organ: Agency | None, *, actor: Actor) -> Verdict:
    """The head or an administrator of the organ names who reviews its decisions."""
    if actor.is_system:
        return ALLOWED
    if organ is None or not actor.holds("agency_head", "administrator") or actor.organ_id != organ.pk:
        return refuse("core.not_permitted", act=_("确定法制审核机构"))
    return ALLOWED


def may_answer_scope(subject: str | None, *, actor: Actor) -> Verdict:
    """Handlers answer the questions of scope."""
    return _holds(actor, SUBMITTERS, _("判断审核范围"))


def may_submit(subject: str | None, *, actor: Actor) -> Verdict:
    """Handlers submit a draft."""
    return _holds(actor, SUBMITTERS, _("提交法制审核"))


def may_withdraw(review: LegalReview | None, *, actor: Actor) -> Verdict:
    """Handlers of the organ take a submission back."""
    return _holds(actor, SUBMITTERS, _("撤回送审")) & _of_organ(review, actor)


def may_supply(review: LegalReview | None, *, actor: Actor) -> Verdict:
    """Handlers of the organ bring what the reviewer asked for."""
    return _holds(actor, SUBMITTERS, _("补正送审材料")) & _of_organ(review, actor)


def may_assign(review: LegalReview | None, *, actor: Actor) -> Verdict:
    """The head of the review body assigns; a reviewer of the body may take a review."""
    verdict = _holds(actor, (*ASSIGNERS, "legal_reviewer"), _("分办法制审核"))
    if verdict.allowed and (review is None or review.reviewing_agency_id != actor.organ_id):
        return refuse("legal_review.other_body")
    return verdict


def may_judge(review: LegalReview | None, *, actor: Actor) -> Verdict:
    """Only the reviewer to whom it was assigned."""
    verdict = _holds(actor, ("legal_reviewer", "review_head"), _("法制审核"))
    if verdict.allowed and (review is None or review.reviewer_id is None or review.reviewer_id != actor.person_id):
        return refuse("legal_review.not_your_review")
    return verdict


def may_ask_confirmation(review: LegalReview | None, *, actor: Actor) -> Verdict:
    """The handlers of the organ ask; so does the system when a discussion was concluded."""
    return ALLOWED if actor.is_system else may_withdraw(review, actor=actor)


def may_confirm(review: LegalReview | None, *, actor: Actor) -> Verdict:
    """A reviewer of the body that gave the opinion."""
    verdict = _holds(actor, ("legal_reviewer", "review_head"), _("确认审核意见"))
    if verdict.allowed and (review is None or review.reviewing_agency_id != actor.organ_id):
        return refuse("legal_review.other_body")
    return verdict


def _holds(actor: Actor, posts: tuple[str, ...], act: str) -> Verdict:
    if actor.organ_id is None or actor.person_id is None or not actor.holds(*posts):
        return refuse("core.not_permitted", act=act)
    return ALLOWED


def _of_organ(review: LegalReview | None, actor: Actor) -> Verdict:
    if review is None or review.organ_id != actor.organ_id:
        return refuse("legal_review.other_organ")
    return ALLOWED
