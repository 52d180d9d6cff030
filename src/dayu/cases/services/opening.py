"""Opening a case, its parties and officers, and what is known of it before and beside the procedure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from dayu.cases.events import CaseOpened
from dayu.cases.models import Case, CaseOfficer, CaseOrigin, CaseParty, CaseSource
from dayu.cases.policies import may_lead_unit, may_open_case, may_work_on
from dayu.cases.selectors import case_url
from dayu.cases.services.indexing import index_case
from dayu.cases.services.journal import perform, refresh
from dayu.core import clock
from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.audit import plain, subject_key
from dayu.core.events import publish
from dayu.core.refused import refuse_now
from dayu.law.assess_input import InputError, read_input
from dayu.law.party_kinds import party_kinds
from dayu.org.models import OrgUnit, Person
from dayu.parties.models import Party
from dayu.parties.services import involve_party, name_officers

CASE_FIELDS = frozenset({
    "title", "summary", "source_type", "violation", "facts", "acted_from", "acted_to", "discovered_on", "place", "latitude",
    "longitude", "reach",
})  # fmt: skip
PARTY_FIELDS = frozenset({
    "kind", "name", "person_key", "id_type", "id_no", "uscc", "gender", "born_on", "legal_representative",
    "representative_duty", "guardian", "address", "phone", "service_address", "electronic_consent", "facts",
})  # fmt: skip
# What says who the party is: it changes only by `correct_party` once a paper carries it.
IDENTITY_FIELDS = frozenset({"kind", "name", "id_type", "id_no", "uscc"})


@dataclass(frozen=True, slots=True)
class Origin:
    """A matter that a case grows from: its opaque key, and what a person calls it."""

    subject: str
    title: str = ""
    url: str = ""


@action(label=_("建立案件"), policy=may_open_case, doors={"office", "field", "system"})
def open_case(
    target: None,
    *,
    actor: Actor,
    moment: datetime,
    title: str,
    unit: OrgUnit | None = None,
    origins: Sequence[Origin] = (),
    officers: Sequence[Person] = (),
    source: str = CaseSource.APP,
    source_note: str = "",
    **known: Any,
) -> Case:
    """A case before filing. Leads and inspections it grows from hand over their papers, orders and evidence."""
    _only(known, CASE_FIELDS)
    if not title.strip():
        refuse_now("cases.title_missing")
    case = Case(
        organ_id=actor.organ_id, unit=unit, unit_id=unit.pk if unit else actor.unit_id, title=title.strip(), source=source,
        source_note=source_note, opened_at=moment, opened_by=actor.name, **known,
    )
    _check_facts(case)
    case.save()
    for origin in origins:
        CaseOrigin.objects.create(case=case, subject=origin.subject, title=origin.title, url=origin.url, joined_at=moment)
    for position, person in enumerate(officers):
        _officer(case, person, "assist" if position else "lead", moment)
    note_subject(case)
    note(title=case.title, origins=[o.subject for o in origins])
    index_case(case)
    publish(CaseOpened(case.pk, tuple(o.subject for o in origins)), moment=moment)
    return case


@action(label=_("修改案件信息"), policy=may_work_on)
def amend_case(case: Case, *, actor: Actor, moment: datetime, **known: Any) -> Case:
    """What is known of the act: violation, quantities, dates, place. Ranges and thresholds follow at once."""
    _only(known, CASE_FIELDS)
    _require_going_on(case)
    before = {name: getattr(case, name) for name in known}
    for name, value in known.items():
        setattr(case, name, value)
    _check_facts(case)
    case.save()
    note(changed={k: [plain(before[k]), plain(v)] for k, v in known.items() if before[k] != v})
    refresh(case, today=clock.legal_date(moment))
    index_case(case)
    return case


@action(label=_("并入线索、检查"), policy=may_work_on)
def join_origin(case: Case, *, actor: Actor, moment: datetime, origin: Origin) -> CaseOrigin:
    """A further lead or inspection belongs to this case: its papers and evidence come with it."""
    row, _made = CaseOrigin.objects.get_or_create(
        case=case, subject=origin.subject, defaults={"title": origin.title, "url": origin.url, "joined_at": moment}
    )
    note(origin=origin.subject)
    return row


@action(label=_("登记当事人"), policy=may_work_on)
def add_party(
    case: Case,
    *,
    actor: Actor,
    moment: datetime,
    name: str = "",
    kind: str = "",
    registered: Party | None = None,
    **known: Any,
) -> CaseParty:
    """A party of the case. Facts and evidence are shared; everything from the notice on runs by party.

    A party of the register (`registered`) brings what is known of it; from then on the case is a purpose to read it.
    """
    _only(known, PARTY_FIELDS)
    if registered is not None:
        known = from_register(registered) | {k: v for k, v in known.items() if v}
        name, kind = name or registered.name, kind or registered.law_kind.name
    _require_going_on(case)
    if kind not in party_kinds():
        refuse_now("cases.unknown_party_kind", kind=kind)
    if not name.strip():
        refuse_now("cases.name_missing")
    party = CaseParty(case=case, position=case.parties.count() + 1, name=name.strip(), kind=kind, **known)
    party.save()
    if registered is not None:
        involve_party(
            registered, case, title=case.title, matter_no=case.case_no, url=case_url(case), organ_id=case.organ_id,
            officers=list(case.officers.filter(until_on=None).values_list("person_id", flat=True)), moment=moment,
        )
    note_subject(party, related=case)
    note(name=party.name, kind=kind)
    refresh(case, today=clock.legal_date(moment))
    index_case(case)
    return party


@action(label=_("修改当事人联系方式"), policy=may_work_on)
def amend_party(party: CaseParty, *, actor: Actor, moment: datetime, **known: Any) -> CaseParty:
    """Address, phone, representative, consent: nothing that says who the party is, so nothing is voided by it.

    Before any paper was made the identity may be amended as well; afterwards `correct_party` is the way.
    """
    _only(known, PARTY_FIELDS)
    if IDENTITY_FIELDS & set(known) and party.draft_id is not None:
        refuse_now("cases.identity_is_corrected")
    before = {name: getattr(party, name) for name in known}
    for name, value in known.items():
        setattr(party, name, value)
    party.save()
    note(changed=sorted(k for k, v in known.items() if before[k] != v))
    if {"facts", "kind"} & set(known):
        refresh(party.case, today=clock.legal_date(moment))
    index_case(party.case)
    return party


@action(label=_("认定当事人类型"), policy=may_work_on)
def treat_party_as(party: CaseParty, *, actor: Actor, moment: datetime, side: str, reason: str) -> CaseParty:
    """A person decides on which side of 公民 / 单位 a finer kind stands; until then the lower threshold counts."""
    if side not in ("citizen", "organisation"):
        refuse_now("cases.unknown_party_kind", kind=side)
    if not reason.strip():
        refuse_now("cases.reason_missing")
    party.treated_as, party.treated_reason = side, reason.strip()
    party.save()
    note(side=side, reason=reason.strip())
    refresh(party.case, today=clock.legal_date(moment))
    return party


@action(label=_("写明法定幅度"), policy=may_work_on)
def state_range(
    party: CaseParty, *, actor: Actor, moment: datetime, min_yuan: str, max_yuan: str, basis: str, reason: str
) -> CaseParty:
    """Where local law sets the amount, or the rules leave it open, a person states the range and where it stands."""
    if not basis.strip() or not reason.strip():
        refuse_now("cases.reason_missing")
    party.stated_range = {
        "min_yuan": min_yuan, "max_yuan": max_yuan, "basis": basis.strip(), "reason": reason.strip(), "by": actor.name,
        "at": plain(moment),
    }
    party.save()
    note(**party.stated_range)
    refresh(party.case, today=clock.legal_date(moment))
    return party


@action(label=_("指派执法人员"), policy=may_lead_unit)
def assign_officer(
    case: Case, *, actor: Actor, moment: datetime, person: Person, role: str = "assist", instead_of: Person | None = None
) -> CaseOfficer:
    """Give the case to an officer, in place of another where named."""
    today = clock.legal_date(moment)
    if instead_of is not None:
        for row in case.officers.filter(person=instead_of, until_on=None):
            row.until_on = max(today, row.from_on)
            row.save()
    if case.officers.filter(person=person, until_on=None).exists():
        refuse_now("cases.already_an_officer", officer=person.name)
    row = _officer(case, person, role, moment)
    name_officers(case, list(case.officers.filter(until_on=None).values_list("person_id", flat=True)))
    names = [o.person.name for o in case.officers.filter(until_on=None).select_related("person")]
    perform(case, "assign_officers", actor=actor, moment=moment, params={"officers": names}, subject=person.name)
    note(officers=names)
    return row


@action(label=_("声明有无利害关系"), policy=may_work_on)
def declare_interest(case: Case, *, actor: Actor, moment: datetime, interest: str = "") -> CaseOfficer:
    """Each officer says whether an interest of his own is at stake; an interest is a request for recusal."""
    row = case.officers.filter(person_id=actor.person_id, until_on=None).first()
    if row is None:
        refuse_now("cases.not_an_officer")
    assert row is not None
    row.interest_declared_at, row.interest = moment, interest.strip()
    row.save()
    note(interest=interest.strip())
    if row.interest:
        perform(
            case, "request_recusal", actor=actor, moment=moment, subject=str(row.person_id),
            params={"name": actor.name, "by": "self", "reason": row.interest},
        )
    return row


def from_register(party: Party) -> dict[str, Any]:
    """What the register of parties knows, under the names of a case party."""
    numbers = {i.kind: i.value for i in party.identifiers.filter(withdrawn_at=None)}
    known = {
        "person_key": subject_key(party), "address": party.address, "phone": party.phone, "gender": party.sex,
        "born_on": party.born_on, "service_address": party.served_at_address, "uscc": numbers.get("uscc", ""),
        "id_no": numbers.get("id_card", ""), "id_type": "居民身份证" if "id_card" in numbers else "",
        "guardian": party.guardian.name if party.guardian else "",
    }
    return {name: value for name, value in known.items() if value}


def _officer(case: Case, person: Person, role: str, moment: datetime) -> CaseOfficer:
    return CaseOfficer.objects.create(case=case, person=person, role=role, from_on=clock.legal_date(moment))


def _only(known: Mapping[str, Any], allowed: frozenset[str]) -> None:
    unknown = sorted(set(known) - allowed)
    if unknown:
        raise TypeError(f"unknown fields {unknown}")


def _require_going_on(case: Case) -> None:
    if case.is_over:
        refuse_now("cases.case_is_over")


def _check_facts(case: Case) -> None:
    """An unknown violation, fact or date is refused here, so that no rule is ever asked about it."""
    if not case.violation:
        return
    told = {
        "violation": case.violation, "party": "citizen", "facts": dict(case.facts), "acted_from": case.acted_from or None,
        "acted_to": case.acted_to or None, "discovered_on": case.discovered_on or None,
    }
    try:
        read_input(told)
    except InputError as error:
        refuse_now("cases.facts_unreadable", error=str(error))
