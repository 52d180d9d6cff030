"""Verification (核查): assigned to officers, within its limit, ending with the four conditions of filing answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dayu.core import clock
from dayu.core.actions import action, note
from dayu.core.actors import Actor
from dayu.core.events import publish
from dayu.core.refused import refuse_now
from dayu.law.time_limits import is_in_force
from dayu.leads.events import LeadVerified
from dayu.leads.grounds import all_met, conditions, conditions_basis
from dayu.leads.models import Lead, LeadOfficer
from dayu.leads.policies import may_assign, may_extend, may_work_on_lead
from dayu.leads.services.registering import concern_party, must_be_open
from dayu.leads.services.timeline import add_entry
from dayu.org.models import OrgUnit, Person
from dayu.work.holders import person
from dayu.work.models import RunningDeadline
from dayu.work.services import close_task, end_deadlines_of, extend_deadline, open_task, start_deadline

LIMIT = "lead_verify"


@action(label=gettext_lazy("分派核查"), policy=may_assign)
def assign_lead(
    lead: Lead, *, actor: Actor, moment: datetime, officers: Sequence[Person], unit: OrgUnit | None = None
) -> Lead:
    """Officers verify the lead; the limit runs from the day it was received, whoever holds it."""
    must_be_open(lead)
    if lead.verified_at is not None:
        refuse_now("leads.is_verified")
    _check_officers(lead, officers)
    lead.officers.filter(ended_at=None).exclude(person__in=officers).update(ended_at=moment)
    for officer in officers:
        if not lead.officers.filter(person=officer, ended_at=None).exists():
            LeadOfficer.objects.create(lead=lead, person=officer, assigned_at=moment)
    lead.unit = unit or officers[0].unit
    lead.stage = "verifying"
    lead.save()
    deadline = verification_deadline(lead) or _start_clock(lead, officers[0], moment)
    if deadline is not None:
        deadline.responsible_person_id, deadline.responsible_unit_id = officers[0].pk, officers[0].unit_id
        deadline.save()
    close_task(lead, "leads.assign_lead", moment=moment, by=actor)
    _ask_to_verify(lead, officers[0], deadline, actor, moment)
    concern_party(lead, moment=moment)
    names = "、".join(o.name for o in officers)
    add_entry(lead, "assigned", _("分派给%(names)s核查") % {"names": names}, actor=actor, happened_at=moment)
    note(officers=names)
    return lead


@action(label=gettext_lazy("延长核查期限"), policy=may_extend)
def extend_verification(lead: Lead, *, actor: Actor, moment: datetime, days: int, reason: str) -> Lead:
    """经负责人批准延长: so many working days, within what the rulebook allows."""
    must_be_open(lead)
    if not reason.strip():
        refuse_now("leads.words_needed")
    deadline = verification_deadline(lead)
    if deadline is None:
        refuse_now("leads.no_clock")
    extend_deadline(
        deadline, days=days, reason=reason.strip(), by=actor, granted_on=clock.legal_date(moment), moment=moment
    )
    words = {"days": days, "due": deadline.due_on, "reason": reason.strip()}
    add_entry(lead, "extended", _("核查期限延长%(days)s个工作日至%(due)s：%(reason)s") % words, actor=actor,
              happened_at=moment)  # fmt: skip
    note(days=days, reason=reason.strip(), due=deadline.due_on)
    return lead


@action(label=gettext_lazy("提交核查结果"), policy=may_work_on_lead, doors={"office", "field"})
def verify_lead(
    lead: Lead, *, actor: Actor, moment: datetime, finding: str, answers: Mapping[str, bool]
) -> Lead:
    """What was found, and each condition of filing answered with yes or no. It may be corrected until it is disposed of."""
    must_be_open(lead)
    if lead.stage == "deciding":
        refuse_now("leads.is_being_decided")
    if not finding.strip():
        refuse_now("leads.words_needed")
    missing = [row["zh"] for key, row in conditions().items() if not isinstance(answers.get(key), bool)]
    if missing:
        refuse_now("leads.condition_unanswered", conditions_basis(), conditions="、".join(missing))
    lead.finding = finding.strip()
    lead.conditions = {key: answers[key] for key in conditions()}
    lead.verified_at, lead.stage = moment, "verified"
    lead.save()
    end_deadlines_of(lead, moment=moment, limit_keys=[LIMIT])
    close_task(lead, "leads.verify_lead", moment=moment, by=actor)
    close_task(lead, "leads.assign_lead", moment=moment, by=actor)
    met = all_met(lead.conditions)
    _ask_to_dispose(lead, actor, moment, met)
    text = _("核查完毕，四项立案条件均具备") if met else _("核查完毕，不完全具备立案条件")
    add_entry(lead, "verified", text, actor=actor, happened_at=moment)
    note(conditions=lead.conditions)
    publish(LeadVerified(lead.pk, met), moment=moment)
    return lead


def verification_deadline(lead: Lead) -> RunningDeadline | None:
    """The running limit of the verification."""
    return RunningDeadline.objects.open().filter(subject=f"leads.lead:{lead.pk}", limit_key=LIMIT).first()


def _check_officers(lead: Lead, officers: Sequence[Person]) -> None:
    if not officers:
        refuse_now("leads.officers_needed")
    for officer in officers:
        if officer.agency_id != lead.organ_id or officer.left_on is not None:
            refuse_now("leads.not_of_the_organ", officer=officer.name)


def _start_clock(lead: Lead, officer: Person, moment: datetime) -> RunningDeadline | None:
    """The limit of the day of receipt; leads older than the limit have none."""
    if not is_in_force(LIMIT, clock.legal_date(lead.received_at)):
        return None
    return start_deadline(
        lead,
        LIMIT,
        starts=clock.legal_date(lead.received_at),
        start_event=_("收到线索"),
        organ_id=lead.organ_id,
        territory=lead.territory_id,
        title=_("线索核查"),
        responsible_person_id=officer.pk,
        responsible_unit_id=officer.unit_id,
        url=lead.get_absolute_url(),
        moment=moment,
    )


def _ask_to_verify(
    lead: Lead, officer: Person, deadline: RunningDeadline | None, actor: Actor, moment: datetime
) -> None:
    open_task(
        lead,
        "leads.verify_lead",
        title=_("核查线索：%(title)s") % {"title": lead.title},
        button=_("去核查"),
        holder=person(officer.pk, unit_id=officer.unit_id),
        organ_id=lead.organ_id,
        territory=lead.territory_id,
        url=lead.get_absolute_url(),
        matter_no=lead.number,
        matter_title=lead.title,
        deadline=deadline,
        awaited_by_id=actor.person_id if actor.person_id != officer.pk else None,
        awaited_by_unit_id=actor.unit_id if actor.unit_id != officer.unit_id else None,
        moment=moment,
    )


def _ask_to_dispose(lead: Lead, actor: Actor, moment: datetime, met: bool) -> None:
    lead_officer = lead.officers.filter(ended_at=None).select_related("person").first()
    officer_id = lead_officer.person_id if lead_officer is not None else actor.person_id
    open_task(
        lead,
        "leads.dispose",
        title=(_("申请立案：%(title)s") if met else _("提出处置意见：%(title)s")) % {"title": lead.title},
        button=_("去处置"),
        holder=person(officer_id or 0),
        organ_id=lead.organ_id,
        territory=lead.territory_id,
        url=lead.get_absolute_url(),
        matter_no=lead.number,
        matter_title=lead.title,
        why=_("有案必立：具备立案条件的应当立案") if met else "",
        basis=[conditions_basis()],
        moment=moment,
    )
