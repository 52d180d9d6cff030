"""Who may take, check and register evidence, write records, and decide about what was kept."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from dayu.core.actors import Actor
from dayu.law.refusals import ALLOWED, Verdict, refuse
from dayu.records.models import EvidenceItem, EvidencePreservation, PreservedItem, RecordOfProceedings

FIELD_POSTS = ("handler", "unit_head")
DECIDING_POSTS = ("agency_head",)


def _organ_of(target: Any) -> int | None:
    match target:
        case EvidenceItem() | EvidencePreservation() | RecordOfProceedings():
            return int(target.organ_id)
        case PreservedItem():
            return int(target.preservation.organ_id)
    return None


def _own(target: Any, actor: Actor, posts: tuple[str, ...], act: str) -> Verdict:
    if not actor.holds(*posts) or actor.organ_id is None or actor.person_id is None:
        return refuse("core.not_permitted", act=act)
    organ = _organ_of(target)
    if organ is not None and organ != actor.organ_id:
        return refuse("records.other_organ")
    return ALLOWED


def may_take_evidence(target: Any, *, actor: Actor) -> Verdict:
    """Officers of the organ take evidence and describe it."""
    return _own(target, actor, FIELD_POSTS, _("取证"))


def may_check_evidence(target: Any, *, actor: Actor) -> Verdict:
    """Officers and heads of the organ check evidence."""
    return _own(target, actor, (*FIELD_POSTS, "agency_head"), _("查证"))


def may_record(target: Any, *, actor: Actor) -> Verdict:
    """Officers of the organ enter records of proceedings."""
    return _own(target, actor, FIELD_POSTS, _("录入笔录"))


def may_propose_preservation(target: Any, *, actor: Actor) -> Verdict:
    """Officers of the organ ask for advance registration and carry it out."""
    return _own(target, actor, FIELD_POSTS, _("先行登记保存"))


def may_approve_preservation(target: Any, *, actor: Actor) -> Verdict:
    """The head of the organ agrees (行政处罚法第五十六条: 经行政机关负责人批准)."""
    return _own(target, actor, DECIDING_POSTS, _("批准先行登记保存"))


def may_decide_preserved(target: Any, *, actor: Actor) -> Verdict:
    """The head decides; an officer may enter a decision that the head signed on paper and then names the head."""
    return _own(target, actor, (*DECIDING_POSTS, *FIELD_POSTS), _("对登记保存物品作出处理决定"))


def may_release_lapsed(target: Any, *, actor: Actor) -> Verdict:
    """The system marks what lapsed; officers and heads release."""
    if actor.is_system:
        return ALLOWED
    return _own(target, actor, (*DECIDING_POSTS, *FIELD_POSTS), _("解除登记保存"))


def may_find_lapsed(target: Any, *, actor: Actor) -> Verdict:
    """Only the periodic job."""
    return ALLOWED if actor.is_system else refuse("core.not_permitted", act=_("认定登记保存逾期"))
