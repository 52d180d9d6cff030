"""Who records money, decides about it, keeps receipts and forfeited goods."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from dayu.cases.models import CaseParty
from dayu.cases.policies import may_decide, may_record_money, may_work_on
from dayu.core.actors import Actor
from dayu.fines.models import FineDue, FineReceipt, ForfeitedItem
from dayu.law.refusals import ALLOWED, Verdict, refuse

KEEPERS = ("fine_clerk", "unit_head", "agency_head")


def may_take_payment(target: FineDue, *, actor: Actor) -> Verdict:
    """The fine clerk and those who work on the case."""
    return may_record_money(target.party, actor=actor)


def may_choose(target: FineDue, *, actor: Actor) -> Verdict:
    """The head of the organ: additional fine, deferral, installments."""
    return may_decide(target.party, actor=actor)


def may_demand(target: FineDue, *, actor: Actor) -> Verdict:
    """Those who work on the case."""
    return may_work_on(target.party, actor=actor)


def may_keep_receipts(target: Any, *, actor: Actor) -> Verdict:
    """Receipts are kept by the fine clerk and heads of the organ."""
    if actor.is_system:
        return ALLOWED
    organ = target.organ_id if isinstance(target, FineReceipt) else actor.organ_id
    if actor.organ_id is None or actor.organ_id != organ or not actor.holds(*KEEPERS):
        return refuse("core.not_permitted", act=_("管理罚没款收据"))
    return ALLOWED


def may_keep_goods(target: CaseParty | ForfeitedItem, *, actor: Actor) -> Verdict:
    """Those who work on the case, and the fine clerk."""
    return may_record_money(target.party if isinstance(target, ForfeitedItem) else target, actor=actor)


def may_run_as_system(target: Any, *, actor: Actor) -> Verdict:
    """What follows from the case by itself."""
    return ALLOWED if actor.is_system else refuse("core.not_permitted", act=_("系统登记罚款台账"))
