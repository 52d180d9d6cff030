"""A case grows from a lead: what happened to the lead, and what hangs on it, goes into the case's own journal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from dayu.cases.models import Case, CaseAnswer, CaseParty
from dayu.cases.policies import may_open_case
from dayu.cases.services.journal import add_entry
from dayu.cases.services.opening import Origin, add_party, open_case
from dayu.core import clock
from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.audit import subject_key
from dayu.core.refused import refuse_now
from dayu.leads.models import Lead, LeadOrder
from dayu.leads.selectors import lead_of_key
from dayu.leads.services import mark_lead_declined, mark_lead_filed
from dayu.org.models import Person
from dayu.records.models import EvidencePreservation

# The lead's words for the conditions of filing and for what became of an order, in the words of the procedure.
CONDITIONS = {
    "violation_suspected": "violation_suspected", "penalty_due": "penalty_due", "own_jurisdiction": "within_jurisdiction",
    "within_limitation": "within_limitation",
}
RESULTS = {"met": "corrected", "late": "corrected", "unmet": "not_corrected"}
UNNEEDED = {"corrected_before": "already_corrected", "impossible": "cannot_be_corrected"}


@action(label=_("由线索建立案件"), policy=may_open_case, doors={"office", "field", "system"})
def open_case_from_lead(
    lead: Lead, *, actor: Actor, moment: datetime, title: str = "", officers: Sequence[Person] = ()
) -> Case:
    """The lead's source, verification, orders, evidence, preserved goods and party come with it; nothing is typed again."""
    if lead.disposal or Case.objects.filter(origins__subject=subject_key(lead), ended_on=None).exists():
        refuse_now("cases.lead_has_a_case", lead=lead.number)
    if lead.organ_id != actor.organ_id:
        refuse_now("cases.other_organ")
    people = list(officers) or [row.person for row in lead.officers.filter(ended_at=None).select_related("person")]
    known: dict[str, Any] = {
        "summary": lead.content, "source_type": lead.get_source_display(), "violation": lead.violation, "place": lead.place,
        "latitude": lead.latitude, "longitude": lead.longitude,
        "discovered_on": clock.legal_date(lead.received_at).isoformat(),
        "acted_from": clock.legal_date(lead.happened_at).isoformat() if lead.happened_at else "",
        "reach": subject_key(lead.river) if lead.river_id else "",
    }
    case = open_case(
        None, actor=actor, moment=moment, title=title.strip() or lead.title, unit=lead.unit, officers=people,
        origins=[Origin(subject_key(lead), f"{lead.number} {lead.title}", lead.get_absolute_url())], **known,
    )
    party = add_party(case, actor=actor, moment=moment, registered=lead.party) if lead.party_id and lead.party else None
    _carry_course(case, lead, actor, moment)
    for order in lead.orders.all():
        _carry_order(case, order, party, actor, moment)
    _carry_preserved(case, lead, actor, moment)
    note_subject(case, related=lead)
    note(lead=lead.number)
    return case


def _carry_course(case: Case, lead: Lead, actor: Actor, moment: datetime) -> None:
    key = subject_key(lead)
    add_entry(
        case, "lead_registered", actor=actor, moment=moment, on=clock.legal_date(lead.received_at), at=lead.received_at,
        subject=key, source=key, params={"number": lead.number, "source": lead.source},
    )
    if lead.verified_at is None:
        return
    add_entry(
        case, "lead_verified", actor=actor, moment=moment, on=clock.legal_date(lead.verified_at), at=lead.verified_at,
        subject=key, source=key, params={"result": lead.finding},
    )
    for theirs, ours in CONDITIONS.items():
        if theirs in lead.conditions:
            CaseAnswer(
                case=case, table="filing", question=ours, value=bool(lead.conditions[theirs]), reason=lead.finding[:500],
                answered_by_id=actor.person_id, answered_at=lead.verified_at,
            ).save()


def _carry_order(case: Case, order: LeadOrder, party: CaseParty | None, actor: Actor, moment: datetime) -> None:
    """An order of this or another organ, made before filing: it counts from its own days."""
    common: dict[str, Any] = {
        "actor": actor, "moment": moment, "party": party, "taken_over": True, "explanation": order.explanation,
        "subject": subject_key(order),
    }
    key, days = subject_key(order), order.days or 0
    content = {"content": order.text, "days": days, "by": order.ordered_by, "number": order.document_no}
    add_entry(case, "correction_ordered", on=order.ordered_on, source=key, params=content, **common)
    if order.served_on is not None:
        add_entry(case, "correction_order_served", on=order.served_on, source=key, params={"days": days}, **common)
    checked_on = order.result_on or order.due_on or order.ordered_on
    if order.result in RESULTS:
        result = {"result": RESULTS[order.result], "findings": order.result_note}
        add_entry(case, "correction_verified", on=checked_on, source=key, params=result, **common)
    elif order.result in UNNEEDED:
        unneeded = {"ground": UNNEEDED[order.result], "reason": order.result_note}
        add_entry(case, "correction_unneeded", on=checked_on, source=key, params=unneeded, **common)


def _carry_preserved(case: Case, lead: Lead, actor: Actor, moment: datetime) -> None:
    rows = EvidencePreservation.objects.filter(subject=subject_key(lead), preserved_at__isnull=False)
    for row in rows.prefetch_related("items"):
        assert row.preserved_at is not None
        key = subject_key(row)
        add_entry(
            case, "evidence_preserved", actor=actor, moment=moment, on=clock.legal_date(row.preserved_at),
            at=row.preserved_at, subject=key, source=key,
        )
        days = [item.disposed_at for item in row.items.all()]
        if days and all(days):
            last = max(d for d in days if d is not None)
            add_entry(
                case, "preserved_evidence_disposed", actor=actor, moment=moment, on=clock.legal_date(last), at=last,
                subject=key, source=key,
            )


def tell_leads_filed(case: Case, *, actor: Actor, moment: datetime, url: str) -> None:
    """The leads of a filed case are disposed of: filed."""
    for lead in leads_of(case):
        mark_lead_filed(
            lead, actor=actor, moment=moment, target=subject_key(case), target_text=case.case_no or case.title, target_url=url
        )


def tell_leads_declined(case: Case, *, actor: Actor, moment: datetime, reason: str, url: str) -> None:
    """The head declined to file: the leads say so, with the reason."""
    for lead in leads_of(case):
        mark_lead_declined(lead, actor=actor, moment=moment, reason=reason, target=subject_key(case), target_url=url)


def leads_of(case: Case) -> list[Lead]:
    """The leads that the case grew from."""
    found = [lead_of_key(subject) for subject in case.origins.values_list("subject", flat=True)]
    return [lead for lead in found if lead is not None]
