"""Orders to stop or correct that hang on a lead (practice 2): by this organ or, before a transfer, by another."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dayu.core import clock
from dayu.core.actions import action, note, note_subject, present_act
from dayu.core.actors import Actor
from dayu.core.files import StoredFile
from dayu.core.refused import refuse_now
from dayu.leads.models import Lead, LeadOrder
from dayu.leads.policies import may_work_on_lead
from dayu.leads.services.timeline import add_entry
from dayu.work.holders import person
from dayu.work.models import Task
from dayu.work.services import close_task, end_deadlines_of, open_task, start_deadline


@action(label=gettext_lazy("登记责令"), policy=may_work_on_lead, doors={"office", "field"})
def record_order(
    lead: Lead,
    *,
    actor: Actor,
    moment: datetime,
    kind: str,
    text: str,
    ordered_on: date,
    ordered_by: str = "",
    served_on: date | None = None,
    days: int | None = None,
    document_no: str = "",
    explanation: str = "",
    file: StoredFile | None = None,
) -> LeadOrder:
    """An order that was given, with its own days. Entered later than the day after, it says why."""
    today = clock.legal_date(moment)
    _check_order(kind, text, ordered_on, served_on, today)
    if (today - ordered_on).days > 1 and not explanation.strip():
        refuse_now("leads.explain_late_entry", day=ordered_on.isoformat())
    act = present_act()
    order = LeadOrder(
        lead=lead, kind=kind, text=text.strip(), document_no=document_no, ordered_on=ordered_on,
        ordered_by=ordered_by.strip() or lead.organ.name, served_on=served_on, days=days, explanation=explanation.strip(),
        file=file, entered_at=act.entered_at if act else moment, entered_by=actor.name,
    )  # fmt: skip
    order.save()
    if served_on is not None and days:
        _start_clock(order, actor, moment)
    note_subject(order, related=lead)
    note(kind=kind, ordered_on=ordered_on, ordered_by=order.ordered_by, due=order.due_on)
    words = {"kind": order.get_kind_display(), "by": order.ordered_by, "text": order.text}
    add_entry(lead, "ordered", _("%(by)s%(kind)s：%(text)s") % words, actor=actor,
              happened_at=clock.legal_moment(ordered_on))  # fmt: skip
    return order


@action(label=gettext_lazy("核实责令结果"), policy=may_work_on_lead, doors={"office", "field"})
def record_order_result(
    lead: Lead, *, actor: Actor, moment: datetime, order: LeadOrder, result: str, result_on: date, words: str
) -> LeadOrder:
    """Whether the order was met; 责令前已自行改正 and 无法改正 are possible, with their reason."""
    if order.lead_id != lead.pk or result not in dict(LeadOrder.RESULTS):
        refuse_now("leads.unknown_result", result=result)
    if not words.strip():
        refuse_now("leads.words_needed")
    if result_on < order.ordered_on or result_on > clock.legal_date(moment):
        refuse_now("leads.result_day", day=result_on.isoformat())
    order.result, order.result_on, order.result_note = result, result_on, words.strip()
    order.save()
    end_deadlines_of(order, moment=moment)
    close_task(order, "leads.record_order_result", moment=moment, by=actor)
    note_subject(order, related=lead)
    note(result=result, on=result_on)
    text = _("责令结果：%(result)s。%(words)s") % {"result": order.get_result_display(), "words": words.strip()}
    add_entry(lead, "order_result", text, actor=actor, happened_at=clock.legal_moment(result_on))
    return order


def _start_clock(order: LeadOrder, actor: Actor, moment: datetime) -> None:
    lead = order.lead
    deadline = start_deadline(
        order,
        "ordered",
        starts=order.served_on or order.ordered_on,
        days=order.days,
        organ_id=lead.organ_id,
        territory=lead.territory_id,
        related=lead,
        title=str(order.get_kind_display()),
        start_event=_("责令通知送达"),
        responsible_person_id=actor.person_id,
        responsible_unit_id=actor.unit_id,
        url=lead.get_absolute_url(),
        moment=moment,
    )
    order.due_on = deadline.due_on
    order.save(update_fields=["due_on"])
    officer = lead.officers.filter(ended_at=None).select_related("person").first()
    open_task(
        order,
        "leads.record_order_result",
        title=_("核实是否改正：%(text)s") % {"text": order.text[:80]},
        button=_("去核实"),
        holder=person(officer.person_id if officer else actor.person_id or 0),
        organ_id=lead.organ_id,
        territory=lead.territory_id,
        url=lead.get_absolute_url(),
        related=lead,
        matter_no=lead.number,
        matter_title=lead.title,
        deadline=deadline,
        manner=Task.ACT,
        moment=moment,
    )


def _check_order(kind: str, text: str, ordered_on: date, served_on: date | None, today: date) -> None:
    if kind not in dict(LeadOrder.KINDS):
        refuse_now("leads.unknown_order", kind=kind)
    if not text.strip():
        refuse_now("leads.words_needed")
    if ordered_on > today or (served_on is not None and (served_on < ordered_on or served_on > today)):
        refuse_now("leads.order_days")
