"""Who may register and change parties, and for what purpose protected fields may be read (SEC-01)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from dayu.core import clock
from dayu.core.actors import Actor
from dayu.law.refusals import ALLOWED, Verdict, refuse
from dayu.parties.models import InvolvedOfficer, Party, PartyExport, PartyInvolvement
from dayu.work.selectors import tasks_held_by

KEEPERS = ("handler", "unit_head", "registrar", "administrator")


def may_register_party(target: Any, *, actor: Actor) -> Verdict:
    """Officers and registrars of an organ."""
    if actor.is_system or (actor.organ_id is not None and actor.holds(*KEEPERS)):
        return ALLOWED
    return refuse("core.not_permitted", act=_("登记当事人"))


def may_change_party(party: Party | None, *, actor: Actor) -> Verdict:
    """Officers and registrars, for parties within their scope."""
    verdict = may_register_party(None, actor=actor)
    if not verdict.allowed or actor.is_system:
        return verdict
    if party is None or not Party.objects.visible_to(actor).filter(pk=party.pk).exists():
        return refuse("core.not_permitted", act=_("修改当事人"))
    return ALLOWED


def may_decide_class(party: Party | None, *, actor: Actor) -> Verdict:
    """Whether a party counts as citizen or organisation is decided by officers and heads, with a reason."""
    if actor.holds("handler", "unit_head", "agency_head") and party is not None:
        return may_see(party, actor=actor)
    return refuse("core.not_permitted", act=_("认定当事人类别"))


def may_see(party: Party | None, *, actor: Actor) -> Verdict:
    """Whether the record may be opened at all; its protected fields are another question."""
    if party is not None and Party.objects.visible_to(actor).filter(pk=party.pk).exists():
        return ALLOWED
    return refuse("core.not_permitted", act=_("查看当事人"))


def may_read_protected(party: Party | None, *, actor: Actor, moment: datetime) -> Verdict:
    """Protected fields are read for an act, a lead, a case or a supervision task: 与执法目的无关，不予查询."""
    if party is None or actor.person_id is None:
        return refuse("parties.no_purpose")
    seen = may_see(party, actor=actor)
    if not seen.allowed:
        return seen
    if party.pk in purposes_for(actor, [party], moment=moment):
        return ALLOWED
    return refuse("parties.no_purpose")


def purposes_for(actor: Actor, parties: Iterable[Party], *, moment: datetime) -> Mapping[int, str]:
    """Party id -> the matter for which the actor may read it; parties without purpose are left out. Two statements."""
    rows = list(parties)
    ids = [p.pk for p in rows]
    if actor.person_id is None or not ids:
        return {}
    today = clock.legal_date(moment)
    found = {
        p.pk: _("登记当日")
        for p in rows
        if p.registered_by_id == actor.person_id and clock.legal_date(p.registered_at) == today
    }
    handled = InvolvedOfficer.objects.filter(
        person_id=actor.person_id, involvement__party_id__in=ids, involvement__closed_at=None
    ).select_related("involvement")
    found.update({o.involvement.party_id: str(o.involvement) for o in handled})
    waiting = tasks_held_by(actor, on=today)
    tasked = PartyInvolvement.objects.filter(party_id__in=ids).filter(
        Q(subject__in=waiting.values("related")) | Q(subject__in=waiting.values("subject"))
    )
    found.update({i.party_id: str(i) for i in tasked})
    return found


def may_export(target: Any, *, actor: Actor) -> Verdict:
    """Officers and heads of an organ ask for lists of parties."""
    if actor.organ_id is not None and actor.holds(*KEEPERS, "agency_head", "supervisor"):
        return ALLOWED
    return refuse("core.not_permitted", act=_("批量导出当事人"))


def may_take_export(export: PartyExport | None, *, actor: Actor) -> Verdict:
    """The one who asked."""
    if export is None or actor.person_id is None or export.asked_by_id != actor.person_id:
        return refuse("core.not_permitted", act=_("下载导出文件"))
    return ALLOWED


def is_system(target: Any, *, actor: Actor) -> Verdict:
    """What follows from an approval is done by the system."""
    return ALLOWED if actor.is_system else refuse("core.not_permitted", act=_("系统任务"))
