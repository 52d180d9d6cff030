"""Reads of the leads domain: the pool by filters, one lead with all that hangs on it, and what higher domains take over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from dayu.core import clock
from dayu.core.actors import Actor
from dayu.core.search import SearchKind
from dayu.leads.models import Disposal, Lead, LeadLink, LeadOfficer, LeadOrder, LeadSource
from dayu.records.selectors import evidence_of, preservations_of, proceedings_of
from dayu.work.models import RunningDeadline


def filtered_leads(actor: Actor, filters: Mapping[str, str]) -> QuerySet[Lead]:
    """The pool: `q`, `source`, `stage`, `disposal`, `mine`, `from`, `until`, `due` (overdue)."""
    found = Lead.objects.visible_to(actor)
    for word in filters.get("q", "").split():
        found = found.filter(
            Q(title__contains=word) | Q(number__contains=word) | Q(place__contains=word) | Q(source_no=word)
        )
    if filters.get("source", "") in LeadSource.values:
        found = found.filter(source=filters["source"])
    if filters.get("stage", "") in dict(Lead.STAGES):
        found = found.filter(stage=filters["stage"])
    if filters.get("disposal", "") in Disposal.values:
        found = found.filter(disposal=filters["disposal"])
    if filters.get("mine") and actor.person_id is not None:
        mine = LeadOfficer.objects.filter(person_id=actor.person_id, ended_at=None).values("lead_id")
        found = found.filter(pk__in=mine)
    found = _between(found, filters)
    if filters.get("due") == "overdue":
        late = RunningDeadline.objects.open().filter(limit_key="lead_verify", due_on__lt=clock.today())
        ids = [int(s.rsplit(":", 1)[1]) for s in late.values_list("subject", flat=True)]
        found = found.filter(pk__in=ids)
    return found


def lead_deadlines(leads: Sequence[Lead]) -> dict[int, RunningDeadline]:
    """Lead id -> its running limit of verification, in one statement."""
    keys = {f"leads.lead:{lead.pk}": lead.pk for lead in leads}
    rows = RunningDeadline.objects.open().filter(subject__in=keys, limit_key="lead_verify")
    return {keys[r.subject]: r for r in rows}


@dataclass(frozen=True, slots=True)
class LinkedLead:
    """Another lead, and what was found about the two."""

    link: LeadLink
    other: Lead


def links_of(lead: Lead) -> list[LinkedLead]:
    """Linked leads, also those only suggested, newest first; pairs found to be different are left out."""
    rows = LeadLink.objects.filter(Q(one=lead) | Q(other=lead)).exclude(finding="different")
    return [
        LinkedLead(link, link.other if link.one_id == lead.pk else link.one)
        for link in rows.select_related("one", "other").order_by("-id")
    ]


def with_everything(leads: QuerySet[Lead]) -> QuerySet[Lead]:
    """A lead's page in few statements."""
    return leads.select_related("organ", "unit", "river", "party", "territory").prefetch_related(
        "materials__file",
        "entries",
        "orders__file",
        "proposals",
        "feedbacks",
        Prefetch("officers", queryset=LeadOfficer.objects.filter(ended_at=None).select_related("person")),
    )


@dataclass(frozen=True, slots=True)
class LeadHoldings:
    """What hangs on a lead and goes with it into a case: orders, evidence, records of proceedings, preservations."""

    orders: Sequence[LeadOrder]
    evidence: Sequence[object]
    proceedings: Sequence[object]
    preservations: Sequence[object]


def holdings_of(lead: Lead, *, actor: Actor) -> LeadHoldings:
    """For the page of the lead, and for the case that takes it over."""
    key = f"leads.lead:{lead.pk}"
    return LeadHoldings(
        orders=list(lead.orders.all()),
        evidence=evidence_of(key, actor=actor),
        proceedings=proceedings_of(key, actor=actor),
        preservations=preservations_of(key, actor=actor),
    )


def orders_of_subjects(subjects: Iterable[str]) -> list[LeadOrder]:
    """Orders that hang on any of these matters, for a case that grew from them."""
    ids = [int(s.rsplit(":", 1)[1]) for s in subjects if s.startswith("leads.lead:")]
    return list(LeadOrder.objects.filter(lead_id__in=ids).select_related("lead"))


def lead_of_key(key: str) -> Lead | None:
    """The lead behind an opaque key."""
    if not key.startswith("leads.lead:"):
        return None
    return Lead.objects.filter(pk=int(key.rsplit(":", 1)[1])).first()


def balance(actor: Actor, *, first: date, last: date) -> dict[str, int]:
    """Leads received between two days, by disposal and open: the sum equals all (CLU-03)."""
    rows = _between(Lead.objects.visible_to(actor), {"from": first.isoformat(), "until": last.isoformat()})
    found = dict.fromkeys(["", *Disposal.values], 0)
    for disposal in rows.values_list("disposal", flat=True):
        found[disposal] += 1
    return found


def _between(found: QuerySet[Lead], filters: Mapping[str, str]) -> QuerySet[Lead]:
    first, last = _day(filters.get("from", "")), _day(filters.get("until", ""))
    if first is not None:
        found = found.filter(received_at__gte=datetime.combine(first, time.min, clock.LEGAL_ZONE))
    if last is not None:
        found = found.filter(received_at__lte=datetime.combine(last, time.max, clock.LEGAL_ZONE))
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _visible(actor: Actor, ids: Sequence[str]) -> Iterable[int]:
    return Lead.objects.visible_to(actor).filter(pk__in=ids).values_list("pk", flat=True)


LEAD_KIND = SearchKind("leads.lead", _("线索"), _visible)
