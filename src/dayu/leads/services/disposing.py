"""Disposal: filed, declined, transferred, joined or invalid. Never deleted; never declined without a listed ground."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dayu.core.actions import action, note
from dayu.core.actors import Actor
from dayu.core.audit import subject_key
from dayu.core.events import publish
from dayu.core.refused import refuse_now
from dayu.leads.events import LeadDisposed
from dayu.leads.grounds import all_met, conditions_basis, grounds
from dayu.leads.models import Disposal, DisposalProposal, Lead, LeadLink
from dayu.leads.policies import is_system, may_file_lead, may_work_on_lead
from dayu.leads.services.feedback import ask_for_feedback
from dayu.leads.services.registering import must_be_open
from dayu.leads.services.timeline import add_entry
from dayu.parties.services import end_involvements_of
from dayu.work.holders import person
from dayu.work.services import close_task, close_tasks_of, end_deadlines_of, open_task, request_approval

FLOWS = {
    Disposal.DECLINED: "leads.decline",
    Disposal.TRANSFERRED: "leads.transfer",
    Disposal.INVALID: "leads.invalid",
}


@action(label=gettext_lazy("提出处置意见"), policy=may_work_on_lead)
def propose_disposal(
    lead: Lead,
    *,
    actor: Actor,
    moment: datetime,
    disposal: str,
    reason: str,
    ground: str = "",
    target_text: str = "",
) -> DisposalProposal:
    """不予立案, 移送 or 无效, with the reason; the heads agree. What meets the conditions of filing is filed (有案必立)."""
    must_be_open(lead)
    if disposal not in FLOWS:
        refuse_now("leads.unknown_disposal", disposal=disposal)
    if lead.verified_at is None:
        refuse_now("leads.verify_first")
    if lead.proposals.filter(agreed_at=None, ended_at=None).exists():
        refuse_now("leads.is_being_decided")
    if not reason.strip():
        refuse_now("leads.words_needed")
    _check_ground(lead, disposal, ground, target_text)
    proposal = DisposalProposal.objects.create(
        lead=lead,
        disposal=disposal,
        ground=ground,
        reason=reason.strip(),
        target_text=target_text.strip(),
        proposed_by_id=actor.person_id,
        proposed_by_name=actor.name,
        proposed_at=moment,
    )
    lead.stage = "deciding"
    lead.save()
    close_task(lead, "leads.dispose", moment=moment, by=actor)
    request_approval(
        proposal,
        actor=actor,
        moment=moment,
        flow_key=FLOWS[Disposal(disposal)],
        title=_("%(disposal)s：%(title)s") % {"disposal": proposal.get_disposal_display(), "title": lead.title},
        digest=_digest(proposal),
        deciding_facts=[
            (_("理由"), f"{grounds()[ground].zh}；{reason.strip()}" if ground else reason.strip()),
            (_("核查情况"), lead.finding[:200]),
        ],
        url=lead.get_absolute_url(),
        related=lead,
        matter_no=lead.number,
        facts={"asked_by_unit_head": actor.holds("unit_head")},
    )
    words = {"disposal": proposal.get_disposal_display(), "reason": reason.strip()}
    add_entry(lead, "proposed", _("提出%(disposal)s：%(reason)s") % words, actor=actor, happened_at=moment)
    note(disposal=disposal, ground=ground, reason=reason.strip())
    return proposal


@action(label=gettext_lazy("处置意见获批准"), policy=is_system, doors={"system"})
def settle_proposal(proposal: DisposalProposal, *, actor: Actor, moment: datetime, agreed_by: str) -> Lead:
    """The heads agreed: the lead ends."""
    lead = proposal.lead
    if proposal.agreed_at is not None or lead.disposal:
        return lead
    proposal.agreed_at, proposal.agreed_by = moment, agreed_by
    proposal.save()
    words = {"disposal": proposal.get_disposal_display(), "name": agreed_by}
    add_entry(lead, "disposed", _("%(name)s批准%(disposal)s") % words, actor=actor, happened_at=moment)
    return _dispose(lead, proposal.disposal, moment=moment, target_text=proposal.target_text)


@action(label=gettext_lazy("处置意见未获批准"), policy=is_system, doors={"system"})
def end_proposal(proposal: DisposalProposal, *, actor: Actor, moment: datetime, words: str) -> Lead:
    """The heads did not agree, or it was given up: the lead waits for another disposal."""
    lead = proposal.lead
    if proposal.ended_at is not None or proposal.agreed_at is not None:
        return lead
    proposal.ended_at = moment
    proposal.save()
    lead.stage = "verified"
    lead.save()
    open_task(
        lead,
        "leads.dispose",
        title=_("重新提出处置意见：%(title)s") % {"title": lead.title},
        button=_("去处置"),
        holder=person(proposal.proposed_by_id),
        organ_id=lead.organ_id,
        territory=lead.territory_id,
        url=lead.get_absolute_url(),
        matter_no=lead.number,
        matter_title=lead.title,
        why=_("处置意见未获批准：%(words)s") % {"words": words},
        moment=moment,
    )
    add_entry(lead, "not_agreed", _("处置意见未获批准：%(words)s") % {"words": words}, actor=actor, happened_at=moment)
    return lead


@action(label=gettext_lazy("并入另一线索"), policy=may_work_on_lead)
def join_lead(lead: Lead, *, actor: Actor, moment: datetime, into: Lead, reason: str) -> Lead:
    """并案: this lead is dealt with together with another. Both stay; this sender hears what becomes of the other."""
    must_be_open(lead)
    if into.pk == lead.pk or into.organ_id != lead.organ_id:
        refuse_now("leads.link_within_the_organ")
    if into.disposal == Disposal.JOINED:
        refuse_now("leads.joined_already", into=into.number)
    if into.disposal:
        refuse_now("leads.is_disposed", disposal=str(into.get_disposal_display()))
    if not reason.strip():
        refuse_now("leads.words_needed")
    first, second = sorted((lead, into), key=lambda x: x.pk)
    LeadLink.objects.update_or_create(
        one=first,
        other=second,
        defaults={"finding": "same", "why": reason.strip()[:200], "decided_by": actor.name, "decided_at": moment},
        create_defaults={
            "finding": "same",
            "why": reason.strip()[:200],
            "found_at": moment,
            "decided_by": actor.name,
            "decided_at": moment,
        },
    )
    add_entry(lead, "disposed", _("并入%(into)s：%(reason)s") % {"into": into.number, "reason": reason.strip()},
              actor=actor, happened_at=moment, url=into.get_absolute_url())  # fmt: skip
    add_entry(into, "joined", _("%(lead)s并入本线索") % {"lead": lead.number}, actor=actor, happened_at=moment,
              url=lead.get_absolute_url())  # fmt: skip
    note(into=into.number, reason=reason.strip())
    return _dispose(
        lead,
        Disposal.JOINED,
        moment=moment,
        target=subject_key(into),
        target_text=into.number,
        target_url=into.get_absolute_url(),
    )


@action(label=gettext_lazy("线索已立案"), policy=may_file_lead, doors={"office", "system"})
def mark_lead_filed(
    lead: Lead, *, actor: Actor, moment: datetime, target: str, target_text: str, target_url: str
) -> Lead:
    """The case that grew from the lead was filed. Told by the domain of cases; a second telling changes nothing."""
    if lead.disposal:
        return lead
    _end_open_proposal(lead, moment)
    text = _("立案：%(case)s") % {"case": target_text}
    add_entry(lead, "disposed", text, actor=actor, happened_at=moment, url=target_url)
    note(target=target)
    return _dispose(
        lead, Disposal.FILED, moment=moment, target=target, target_text=target_text, target_url=target_url
    )


@action(label=gettext_lazy("线索不予立案"), policy=may_file_lead, doors={"office", "system"})
def mark_lead_declined(
    lead: Lead, *, actor: Actor, moment: datetime, reason: str, target: str = "", target_url: str = ""
) -> Lead:
    """The head declined to file the case that grew from the lead. Told by the domain of cases."""
    if lead.disposal:
        return lead
    if not reason.strip():
        refuse_now("leads.words_needed")
    _end_open_proposal(lead, moment)
    add_entry(lead, "disposed", _("不予立案：%(reason)s") % {"reason": reason}, actor=actor, happened_at=moment)
    note(reason=reason, target=target)
    return _dispose(
        lead, Disposal.DECLINED, moment=moment, target=target, target_text=reason[:200], target_url=target_url
    )


def _dispose(
    lead: Lead, disposal: str, *, moment: datetime, target: str = "", target_text: str = "", target_url: str = ""
) -> Lead:
    lead.disposal, lead.disposed_at, lead.stage = disposal, moment, "disposed"
    lead.target, lead.target_text, lead.target_url = target, target_text[:200], target_url
    lead.save()
    end_deadlines_of(lead, moment=moment)
    close_tasks_of(lead, moment=moment)
    end_involvements_of(lead, moment=moment)
    if disposal != Disposal.JOINED:
        for one in [lead, *joined_leads(lead)]:
            ask_for_feedback(one, outcome=lead, moment=moment)
    publish(LeadDisposed(lead.pk, disposal, target), moment=moment)
    return lead


def joined_leads(lead: Lead) -> list[Lead]:
    """Leads that were joined into this one, and those joined into them."""
    found: list[Lead] = []
    frontier = [subject_key(lead)]
    while frontier:
        rows = list(Lead.objects.filter(disposal=Disposal.JOINED, target__in=frontier).exclude(pk__in=[x.pk for x in found]))
        found += rows
        frontier = [subject_key(r) for r in rows]
    return found


def _end_open_proposal(lead: Lead, moment: datetime) -> None:
    lead.proposals.filter(agreed_at=None, ended_at=None).update(ended_at=moment)


def _check_ground(lead: Lead, disposal: str, ground: str, target_text: str) -> None:
    if disposal == Disposal.TRANSFERRED:
        if not target_text.strip():
            refuse_now("leads.name_the_receiver")
        return
    met = all_met(lead.conditions)
    if disposal == Disposal.INVALID:
        if met:
            refuse_now("leads.must_be_filed", conditions_basis(), remedy="cases.open_case")
        return
    known = grounds().get(ground)
    if known is None:
        refuse_now("leads.ground_not_listed", conditions_basis(), remedy="cases.open_case")
    if met and not known.despite_conditions:
        refuse_now("leads.must_be_filed", conditions_basis(), known.citation, remedy="cases.open_case")


def _digest(proposal: DisposalProposal) -> str:
    content: dict[str, Any] = {
        "lead": proposal.lead_id,
        "disposal": proposal.disposal,
        "ground": proposal.ground,
        "reason": proposal.reason,
        "target": proposal.target_text,
        "finding": proposal.lead.finding,
        "conditions": proposal.lead.conditions,
    }
    return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
