"""Acts on territories, agencies, internal units and enforcement subjects."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.events import publish
from dayu.core.files import StoredFile
from dayu.core.refused import refuse_now
from dayu.core.territories import Territory, make_territory
from dayu.law.citations import cite
from dayu.org.events import AgencyRenamed
from dayu.org.models import Agency, AgencyName, EnforcementSubject, OrgUnit
from dayu.org.policies import NATION, may_administer


@action(label=_("登记行政区划"), policy=may_administer)
def register_territory(
    parent: Territory | None, *, actor: Actor, moment: datetime, code: str, name: str, level: str
) -> Territory:
    """A territory below `parent`, or the nation when there is none; an existing code is renamed."""
    if level not in dict(Territory.LEVELS):
        refuse_now("org.unknown_choice", field="level", value=level)
    if parent is None and code != NATION:
        refuse_now("org.territory_without_parent", code=code)
    if parent is not None and code[:2] != parent.code[:2] and parent.code != NATION:
        refuse_now("org.territory_code_elsewhere", code=code, parent=parent.name)
    known = Territory.objects.filter(code=code).first()
    if known is not None and known.parent_id != (parent.code if parent else None):
        refuse_now("org.territory_code_taken", code=code, name=known.name)
    territory = make_territory(code, name, level, parent)
    note(code=code, name=name, level=level)
    note_subject(territory)
    return territory


@action(label=_("登记机关单位"), policy=may_administer)
def register_agency(
    target: None,
    *,
    actor: Actor,
    moment: datetime,
    name: str,
    kind: str,
    territory: Territory,
    short_name: str = "",
    sign: str = "",
    uscc: str = "",
    address: str = "",
    postcode: str = "",
    phone: str = "",
    business_parent: Agency | None = None,
    administrative_parent: Agency | None = None,
    valid_from: date | None = None,
) -> Agency:
    """A body with its territory and parents; its first name holds from the day it was set up."""
    if kind not in dict(Agency.KINDS):
        refuse_now("org.unknown_choice", field="kind", value=kind)
    agency = Agency.objects.create(
        name=name,
        kind=kind,
        territory=territory,
        short_name=short_name,
        sign=sign,
        uscc=uscc,
        address=address,
        postcode=postcode,
        phone=phone,
        business_parent=business_parent,
        administrative_parent=administrative_parent,
        valid_from=valid_from,
    )
    AgencyName.objects.create(agency=agency, name=name, valid_from=valid_from)
    note(name=name, kind=kind, territory=territory.code)
    note_subject(agency)
    return agency


@action(label=_("变更机关名称"), policy=may_administer)
def rename_agency(
    agency: Agency, *, actor: Actor, moment: datetime, name: str, valid_from: date, basis: str = ""
) -> Agency:
    """Another name from a day on. Papers of earlier days keep the name of their day."""
    newest = max((n.valid_from or date.min for n in agency.names.all()), default=date.min)
    if valid_from <= newest:
        refuse_now("org.name_before_present_one", on=valid_from.isoformat())
    note(before=agency.name, name=name, valid_from=valid_from, basis=basis)
    AgencyName.objects.create(agency=agency, name=name, valid_from=valid_from, basis=basis)
    agency.name = name
    agency.save(update_fields=["name"])
    publish(AgencyRenamed(agency.pk, valid_from, name), moment=moment)
    return agency


@action(label=_("撤并机关单位"), policy=may_administer)
def close_agency(
    agency: Agency, *, actor: Actor, moment: datetime, valid_until: date, successor: Agency | None = None
) -> Agency:
    """The body ends after a day; its powers and open matters go to the successor. Old matters keep its name."""
    if agency.valid_from is not None and valid_until < agency.valid_from:
        refuse_now("org.dates_out_of_order")
    agency.valid_until, agency.successor = valid_until, successor
    agency.save(update_fields=["valid_until", "successor"])
    note(valid_until=valid_until, successor=str(successor or ""))
    return agency


@action(label=_("设立内设机构"), policy=may_administer)
def add_unit(
    agency: Agency,
    *,
    actor: Actor,
    moment: datetime,
    name: str,
    has_enforcement_power: bool = False,
    enforcement_basis: str = "",
    parent: OrgUnit | None = None,
    valid_from: date | None = None,
) -> OrgUnit:
    """An office of the agency; enforcement power needs its basis named."""
    if has_enforcement_power and not enforcement_basis:
        refuse_now("org.power_without_basis", cite("penalty-law", 17, anchor="法定职权范围"), unit=name)
    unit = OrgUnit.objects.create(
        agency=agency,
        name=name,
        has_enforcement_power=has_enforcement_power,
        enforcement_basis=enforcement_basis,
        parent=parent,
        valid_from=valid_from,
    )
    note(name=name, has_enforcement_power=has_enforcement_power)
    note_subject(unit, related=agency)
    return unit


@action(label=_("变更内设机构"), policy=may_administer)
def change_unit(
    unit: OrgUnit,
    *,
    actor: Actor,
    moment: datetime,
    name: str,
    has_enforcement_power: bool,
    enforcement_basis: str = "",
) -> OrgUnit:
    """Another name, or enforcement power given or taken away."""
    if has_enforcement_power and not enforcement_basis:
        refuse_now("org.power_without_basis", cite("penalty-law", 17, anchor="法定职权范围"), unit=name)
    note(before=[unit.name, unit.has_enforcement_power], after=[name, has_enforcement_power])
    unit.name, unit.has_enforcement_power, unit.enforcement_basis = name, has_enforcement_power, enforcement_basis
    unit.save(update_fields=["name", "has_enforcement_power", "enforcement_basis"])
    return unit


@action(label=_("撤销内设机构"), policy=may_administer)
def close_unit(unit: OrgUnit, *, actor: Actor, moment: datetime, valid_until: date) -> OrgUnit:
    """The office ends after a day; nobody may still work in it."""
    working = unit.people.filter(left_on=None).count()
    if working:
        refuse_now("org.unit_still_has_people", unit=unit.name, people=working)
    unit.valid_until = valid_until
    unit.save(update_fields=["valid_until"])
    note(valid_until=valid_until)
    return unit


@action(label=_("登记执法主体"), policy=may_administer)
def register_subject(
    agency: Agency,
    *,
    actor: Actor,
    moment: datetime,
    kind: str,
    basis: str,
    valid_from: date,
    printed_name: str = "",
    matters: list[str] | None = None,
    territory: Territory | None = None,
    entrusted_by: EnforcementSubject | None = None,
    official_seal_name: str = "",
    official_seal: StoredFile | None = None,
    valid_until: date | None = None,
) -> EnforcementSubject:
    """The agency may enforce in its own name, or, when entrusted, in the name of the organ that entrusts it."""
    if kind not in dict(EnforcementSubject.KINDS):
        refuse_now("org.unknown_choice", field="kind", value=kind)
    if (kind == "entrusted") != (entrusted_by is not None):
        refuse_now("org.entrustment_needs_organ", cite("penalty-law", 20, 1, anchor="书面委托"))
    if not basis.strip():
        refuse_now("org.subject_without_basis", cite("penalty-law", 17, anchor="法定职权范围"))
    subject = EnforcementSubject.objects.create(
        agency=agency,
        kind=kind,
        basis=basis,
        matters=matters or [],
        territory=territory or agency.territory,
        entrusted_by=entrusted_by,
        printed_name=printed_name or agency.name,
        official_seal_name=official_seal_name or printed_name or agency.name,
        official_seal=official_seal,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    note(kind=kind, printed_name=subject.printed_name, basis=basis, valid_from=valid_from)
    note_subject(subject, related=agency)
    return subject


@action(label=_("终止执法主体资格"), policy=may_administer)
def end_subject(
    subject: EnforcementSubject, *, actor: Actor, moment: datetime, valid_until: date, reason: str
) -> EnforcementSubject:
    """The last day on which the subject may act; what it decides the next day is refused."""
    if valid_until < subject.valid_from:
        refuse_now("org.dates_out_of_order")
    subject.valid_until, subject.end_reason = valid_until, reason
    subject.save(update_fields=["valid_until", "end_reason"])
    note(valid_until=valid_until, reason=reason)
    return subject
