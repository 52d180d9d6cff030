"""Who may register, verify and dispose of leads, and who may learn who sent them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from dayu.core.actors import Actor
from dayu.law.refusals import ALLOWED, Verdict, refuse
from dayu.leads.models import Lead

KEEPERS = ("handler", "unit_head", "registrar")
DECIDERS = ("unit_head", "agency_head")


def may_register_lead(target: Any, *, actor: Actor) -> Verdict:
    """Everybody who works for an organ: offices without enforcement power hand over what they see. Jobs too."""
    if actor.is_system or (actor.organ_id is not None and actor.person_id is not None):
        return ALLOWED
    return refuse("core.not_permitted", act=_("登记线索"))


def may_import_leads(target: Any, *, actor: Actor) -> Verdict:
    """Officers and registrars take over whole ledgers."""
    if actor.is_system or (actor.organ_id is not None and actor.holds(*KEEPERS)):
        return ALLOWED
    return refuse("core.not_permitted", act=_("导入线索"))


def may_send_tip(target: Any, *, actor: Actor) -> Verdict:
    """Everybody, also without signing in."""
    return ALLOWED


def may_assign(lead: Lead | None, *, actor: Actor) -> Verdict:
    """The head of a unit, the head of the organ, or the registrar of the organ."""
    return _within(lead, actor, (*DECIDERS, "registrar"), _("分派线索"))


def may_work_on_lead(lead: Lead | None, *, actor: Actor) -> Verdict:
    """Whoever verifies it, and the heads."""
    verdict = _within(lead, actor, ("handler", *DECIDERS), _("办理线索"))
    if not verdict.allowed or lead is None or actor.holds(*DECIDERS):
        return verdict
    if lead.officers.filter(person_id=actor.person_id, ended_at=None).exists():
        return ALLOWED
    return refuse("leads.not_the_verifier", lead=lead.number)


def may_add_to_lead(lead: Lead | None, *, actor: Actor) -> Verdict:
    """Keepers of the organ add material and answers."""
    return _within(lead, actor, (*KEEPERS, "agency_head"), _("补充线索"))


def may_extend(lead: Lead | None, *, actor: Actor) -> Verdict:
    """经负责人批准: the head of the organ, or of the unit."""
    return _within(lead, actor, DECIDERS, _("延长核查期限"))


def may_file_lead(lead: Lead | None, *, actor: Actor) -> Verdict:
    """Filing is decided in the case; its domain tells the lead inside its own act."""
    if actor.is_system:
        return ALLOWED
    return _within(lead, actor, ("handler", *DECIDERS), _("登记立案结果"))


def is_system(target: Any, *, actor: Actor) -> Verdict:
    """What follows from an approval is done by the system."""
    return ALLOWED if actor.is_system else refuse("core.not_permitted", act=_("系统任务"))


def may_learn_informant(lead: Lead | None, *, actor: Actor, moment: datetime) -> Verdict:
    """Only the one who registered it, the registrar, and who verifies it while it is open."""
    verdict = _within(lead, actor, KEEPERS, _("查看举报人"))
    if not verdict.allowed or lead is None:
        return verdict
    if actor.holds("registrar") or lead.registered_by_id == actor.person_id:
        return ALLOWED
    if lead.disposal == "" and lead.officers.filter(person_id=actor.person_id, ended_at=None).exists():
        return ALLOWED
    return refuse("leads.informant_is_protected")


def _within(lead: Lead | None, actor: Actor, posts: tuple[str, ...], act: str) -> Verdict:
    if lead is None or actor.organ_id is None or not actor.holds(*posts):
        return refuse("core.not_permitted", act=act)
    if lead.organ_id != actor.organ_id:
        return refuse("core.not_permitted", act=act)
    return ALLOWED
