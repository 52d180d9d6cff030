"""Registering leads from every source, adding to them, and linking those that tell of the same thing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from dayu.core import clock
from dayu.core.actions import action, note, note_subject, present_act
from dayu.core.actors import Actor
from dayu.core.events import publish
from dayu.core.files import StoredFile
from dayu.core.numbering import take_number
from dayu.core.refused import Refused, refuse_now
from dayu.core.search import index_record
from dayu.law.refusals import worded
from dayu.leads.events import LeadRegistered
from dayu.leads.models import Informant, Lead, LeadLink, LeadMaterial, LeadSource
from dayu.leads.nearness import near_leads
from dayu.leads.policies import may_add_to_lead, may_import_leads, may_register_lead, may_work_on_lead
from dayu.leads.services.timeline import add_entry
from dayu.org.models import Agency
from dayu.parties.models import Party
from dayu.parties.services import involve_party
from dayu.work.holders import post
from dayu.work.services import open_task

AMENDABLE = frozenset(
    {"title", "content", "happened_at", "place", "longitude", "latitude", "river", "party", "object_text", "violation"}
)
MOST_ROWS = 2000


@dataclass(frozen=True, slots=True)
class GivenMaterial:
    """A file that came with a lead: stored already, with the name a person gave it."""

    stored: StoredFile
    name: str


@dataclass(frozen=True, slots=True)
class Sender:
    """Who sent a lead."""

    name: str = ""
    phone: str = ""
    anonymous: bool = False
    wants_answer: bool = True
    keep_secret: bool = False


@dataclass(slots=True)
class ImportOutcome:
    """How an import went."""

    done: int = 0
    failures: list[dict[str, Any]] = field(default_factory=list)


@action(label=gettext_lazy("登记线索"), policy=may_register_lead, doors={"office", "field", "system"})
def register_lead(
    target: None,
    *,
    actor: Actor,
    moment: datetime,
    source: str,
    title: str,
    content: str,
    place: str,
    received_at: datetime | None = None,
    source_no: str = "",
    sender: Sender | None = None,
    materials: Sequence[GivenMaterial] = (),
    organ: Agency | None = None,
    **known: Any,
) -> Lead:
    """Register a lead of any source. It gets a gap-free number, a task for whoever assigns it, and its near neighbours."""
    if source not in LeadSource.values or source == LeadSource.PUBLIC:
        refuse_now("leads.unknown_source", source=source)
    body = organ or Agency.objects.get(pk=actor.organ_id)
    lead = make_lead(
        body, actor=actor, moment=moment, source=source, title=title, content=content, place=place,
        received_at=received_at or moment, source_no=source_no, **known,
    )  # fmt: skip
    if sender is not None:
        keep_sender(lead, sender)
    keep_materials(lead, materials, by=actor.name, moment=moment)
    return lead


def make_lead(
    body: Agency, *, actor: Actor, moment: datetime, source: str, title: str, content: str, place: str,
    received_at: datetime, source_no: str = "", **known: Any,
) -> Lead:  # fmt: skip
    """The lead itself with number, timeline, task, index and neighbours. Called by the acts that take leads in."""
    _check(title, content, place, received_at, moment, known)
    act = present_act()
    number = take_number(f"leads:{body.pk}", clock.legal_date(received_at).year, taken_by="leads.lead", moment=moment)
    lead = Lead(
        number=f"{body.sign or body.pk}线索〔{number.series.year}〕{number.value}号",
        organ=body,
        territory_id=known.pop("territory_id", "") or body.territory_id,
        source=source,
        source_no=source_no,
        title=title.strip(),
        content=content.strip(),
        place=place.strip(),
        received_at=received_at,
        registered_by_id=actor.person_id,
        registered_by_name=actor.name,
        entered_at=act.entered_at if act is not None else moment,
        **known,
    )
    lead.save()
    note_subject(lead)
    note(number=lead.number, source=source)
    add_entry(lead, "registered", _("登记：%(source)s") % {"source": lead.get_source_display()}, actor=actor,
              happened_at=received_at)  # fmt: skip
    _link_near(lead, actor, moment)
    concern_party(lead, moment=moment)
    index_lead(lead)
    publish(LeadRegistered(lead.pk, source), moment=moment)
    open_task(
        lead,
        "leads.assign_lead",
        title=_("分派线索：%(title)s") % {"title": lead.title},
        button=_("去分派"),
        holder=post("unit_head", unit_id=lead.unit_id),
        organ_id=body.pk,
        territory=lead.territory_id,
        url=lead.get_absolute_url(),
        matter_no=lead.number,
        matter_title=lead.title,
        why=_("收到的线索须及时核查"),
        moment=moment,
    )
    return lead


@action(label=gettext_lazy("补正线索信息"), policy=may_work_on_lead)
def amend_lead(lead: Lead, *, actor: Actor, moment: datetime, **known: Any) -> Lead:
    """Correct what is known while the lead is open; what was said before stays in the audit entry."""
    must_be_open(lead)
    if unknown := set(known) - AMENDABLE:
        raise TypeError(f"a lead has no {sorted(unknown)} to amend")
    changed = sorted(k for k, v in known.items() if getattr(lead, k) != v)
    for name, value in known.items():
        setattr(lead, name, value)
    _check(lead.title, lead.content, lead.place, lead.received_at, moment, known)
    lead.save()
    concern_party(lead, moment=moment)
    index_lead(lead)
    add_entry(lead, "amended", _("补正线索信息"), actor=actor, happened_at=moment)
    note(changed=changed)
    return lead


@action(label=gettext_lazy("添加线索材料"), policy=may_add_to_lead, doors={"office", "field"})
def add_material(lead: Lead, *, actor: Actor, moment: datetime, materials: Sequence[GivenMaterial]) -> Lead:
    """Add files. Files of a disposed lead are added too: the past may become better known."""
    if not materials:
        refuse_now("leads.no_files")
    keep_materials(lead, materials, by=actor.name, moment=moment)
    add_entry(lead, "material", _("添加材料%(n)s份") % {"n": len(materials)}, actor=actor, happened_at=moment)
    note(files=[m.stored.sha256 for m in materials])
    return lead


@action(label=gettext_lazy("记录线索情况"), policy=may_add_to_lead, doors={"office", "field"})
def add_note(
    lead: Lead, *, actor: Actor, moment: datetime, text: str, happened_at: datetime | None = None, url: str = ""
) -> Lead:
    """Note something in the timeline: a call, a visit, a document received. `url` leads to what it speaks of."""
    if not text.strip():
        refuse_now("leads.words_needed")
    when = happened_at or moment
    if when > moment:
        refuse_now("leads.time_to_come")
    add_entry(lead, "note", text.strip(), actor=actor, happened_at=when, url=url)
    note(text=text.strip())
    return lead


@action(label=gettext_lazy("核对线索关联"), policy=may_add_to_lead)
def decide_link(
    lead: Lead, *, actor: Actor, moment: datetime, other: Lead, finding: str, why: str = ""
) -> LeadLink:
    """Two leads tell of the same thing, or do not. Neither is merged away."""
    if finding not in ("same", "different"):
        refuse_now("leads.unknown_finding", finding=finding)
    if lead.pk == other.pk or lead.organ_id != other.organ_id:
        refuse_now("leads.link_within_the_organ")
    first, second = sorted((lead, other), key=lambda x: x.pk)
    link = LeadLink.objects.filter(one=first, other=second).first()
    if link is None:
        link = LeadLink(one=first, other=second, why=why or _("人工关联"), found_at=moment)
    link.finding, link.decided_by, link.decided_at = finding, actor.name, moment
    if why:
        link.why = why[:200]
    link.save()
    for side, beside in ((first, second), (second, first)):
        text = _("与%(number)s：%(finding)s") % {"number": beside.number, "finding": link.get_finding_display()}
        add_entry(side, "linked", text, actor=actor, happened_at=moment, url=beside.get_absolute_url())
    note(other=other.number, finding=finding)
    return link


@action(label=gettext_lazy("导入线索"), policy=may_import_leads)
def import_leads(
    target: None, *, actor: Actor, moment: datetime, rows: Sequence[tuple[int, Mapping[str, Any]]], note_text: str
) -> ImportOutcome:
    """Register each row of an earlier ledger; failed rows are named, the good ones stay. `note_text` marks the source."""
    if len(rows) > MOST_ROWS:
        refuse_now("leads.too_many_rows", most=MOST_ROWS)
    sources = {str(label): value for value, label in LeadSource.choices}
    outcome = ImportOutcome()
    for number, row in rows:
        values = dict(row)
        source = sources.get(values.pop("source", ""), "")
        try:
            lead = register_lead(None, actor=actor, moment=moment, source=source, **values)
            add_entry(lead, "imported", _("导入：%(source)s") % {"source": note_text}, actor=actor, happened_at=moment)
            outcome.done += 1
        except Refused as refused:
            reasons = [worded(r, get_language() or "zh").reason for r in refused.refusals]
            outcome.failures.append({"row": number, "reason": "；".join(reasons), "values": dict(row)})
    note(rows=len(rows), done=outcome.done, failed=len(outcome.failures), source=note_text)
    return outcome


def must_be_open(lead: Lead) -> None:
    """A disposed lead is not worked on any more."""
    if lead.disposal:
        refuse_now("leads.is_disposed", disposal=str(lead.get_disposal_display()))


def keep_sender(lead: Lead, sender: Sender, *, follow_digest: str = "", sender_mark: str = "") -> Informant:
    """Keep who sent the lead, apart from it and under an opaque key."""
    return Informant.objects.create(
        lead=lead,
        anonymous=sender.anonymous,
        name="" if sender.anonymous else sender.name.strip(),
        phone="" if sender.anonymous else sender.phone.strip(),
        wants_answer=sender.wants_answer,
        keep_secret=sender.keep_secret,
        follow_digest=follow_digest,
        sender_mark=sender_mark,
    )


def keep_materials(
    lead: Lead, materials: Sequence[GivenMaterial], *, by: str, moment: datetime, from_informant: bool = False
) -> None:
    """Attach files."""
    for given in materials:
        LeadMaterial.objects.create(
            lead=lead, file=given.stored, name=given.name[:160], from_informant=from_informant, added_at=moment, added_by=by
        )


def index_lead(lead: Lead) -> None:
    """Make the lead findable."""
    index_record(
        "leads.lead",
        lead.pk,
        title=f"{lead.number} {lead.title}",
        subtitle=f"{lead.get_source_display()} {lead.place}",
        url=lead.get_absolute_url(),
        text=f"{lead.content} {lead.object_text} {lead.source_no}",
        moment=lead.received_at,
    )


def concern_party(lead: Lead, *, moment: datetime) -> None:
    """Whoever verifies the lead may read about its party."""
    party: Party | None = lead.party
    if party is None:
        return
    people = list(lead.officers.filter(ended_at=None).values_list("person_id", flat=True))
    involve_party(
        party,
        lead,
        title=lead.title,
        matter_no=lead.number,
        url=lead.get_absolute_url(),
        organ_id=lead.organ_id,
        officers=people,
        moment=moment,
        role="suspected",
    )


def _link_near(lead: Lead, actor: Actor, moment: datetime) -> None:
    for other, metres in near_leads(lead):
        first, second = sorted((lead, other), key=lambda x: x.pk)
        why = _("相距%(m)s米，时间相近") % {"m": round(metres)}
        LeadLink.objects.get_or_create(one=first, other=second, defaults={"why": why, "found_at": moment})
        text = _("系统提示可能与%(number)s为同一事项：%(why)s") % {"number": other.number, "why": why}
        add_entry(lead, "link_suggested", text, actor=actor, happened_at=moment, url=other.get_absolute_url())


def _check(
    title: str, content: str, place: str, received_at: datetime, moment: datetime, known: Mapping[str, Any]
) -> None:
    if not (title.strip() and content.strip() and place.strip()):
        refuse_now("leads.words_needed")
    if received_at > moment:
        refuse_now("leads.time_to_come")
    happened = known.get("happened_at")
    if happened is not None and happened > moment:
        refuse_now("leads.time_to_come")
    if (known.get("latitude") is None) != (known.get("longitude") is None):
        refuse_now("leads.half_a_place")
