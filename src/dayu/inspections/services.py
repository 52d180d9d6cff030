"""The acts of an on-site check, in their lawful order; and entering a check that was done on paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dayu.core import clock
from dayu.core.actions import action, note, note_subject, present_act
from dayu.core.actors import Actor
from dayu.core.events import publish
from dayu.core.numbering import take_number
from dayu.core.refused import refuse_now, require
from dayu.core.search import index_record
from dayu.inspections.events import CheckConcluded
from dayu.inspections.models import CheckFinding, CheckOfficer, CheckOrder, CheckResult, OnSiteCheck
from dayu.inspections.policies import may_open_check, may_work_on_check, result_is_lawful
from dayu.inspections.steps import ARRIVE, CONCLUDE, LOOK, NAMES, SHOW, TELL, WRITE, missing_before
from dayu.law.citations import Citation, cite
from dayu.law.violations import violation_keys
from dayu.leads.models import Lead, LeadSource
from dayu.leads.services import add_note, record_order, register_lead
from dayu.org.models import Agency, Person
from dayu.org.policies import check_officers, dressed_as_prescribed
from dayu.parties.models import Party
from dayu.parties.services import end_involvements_of, involve_party
from dayu.records.facts import Proceedings
from dayu.records.models.proceedings import ProceedingsKind
from dayu.records.services import record_proceedings
from dayu.rivers.models import River
from dayu.work.holders import person as by_person
from dayu.work.services import close_task, end_deadlines_of, open_task, start_deadline

SHOW_BASIS: tuple[Citation, ...] = (cite("penalty-law", 55, 1, anchor="主动向当事人"),)
WRITE_BASIS: tuple[Citation, ...] = (cite("penalty-law", 55, 2, anchor="应当制作笔录"),)


@action(label=gettext_lazy("开始现场检查"), policy=may_open_check, doors={"office", "field"})
def open_check(
    target: None,
    *,
    actor: Actor,
    moment: datetime,
    object_text: str,
    place: str,
    purpose: str,
    officers: Sequence[Person],
    lead: Lead | None = None,
    party: Party | None = None,
    longitude: float | None = None,
    latitude: float | None = None,
    river: River | None = None,
) -> OnSiteCheck:
    """Begin a check with the officers who will do it; the one who opens it is among them."""
    if not (object_text.strip() and place.strip() and purpose.strip()):
        refuse_now("inspections.words_needed")
    if all(o.pk != actor.person_id for o in officers):
        refuse_now("inspections.opener_takes_part")
    if lead is not None and (lead.organ_id != actor.organ_id or lead.disposal):
        refuse_now("inspections.lead_is_not_open")
    require(check_officers(officers, on=clock.legal_date(moment), territory=actor.territory).verdict)
    check = _make(
        actor, moment, object_text=object_text.strip(), place=place.strip(), purpose=purpose.strip(), lead=lead,
        party=party or (lead.party if lead else None), longitude=longitude, latitude=latitude, river=river,
        unit_id=actor.unit_id,
    )  # fmt: skip
    for officer in officers:
        CheckOfficer.objects.create(check_done=check, person=officer, leads=officer.pk == actor.person_id)
    _concern_party(check, officers, moment)
    _index(check)
    note_subject(check, related=lead)
    note(number=check.number, officers=[o.name for o in officers])
    if lead is not None:
        text = _("开展现场检查 %(number)s") % {"number": check.number}
        add_note(lead, actor=actor, moment=moment, text=text, url=check.get_absolute_url())
    return check


@action(label=gettext_lazy("确认到场"), policy=may_work_on_check, doors={"office", "field"})
def arrive(
    check: OnSiteCheck, *, actor: Actor, moment: datetime, present_name: str, present_role: str, dressed: bool = False
) -> OnSiteCheck:
    """The officer is there; who of the other side is there, and in what capacity. Uniform where it is prescribed."""
    _in_order(check, ARRIVE)
    if not present_name.strip():
        refuse_now("inspections.who_is_present")
    people = [o.person for o in check.officers.select_related("person")]
    require(dressed_as_prescribed(people, confirmed=dressed))
    check.officers.filter(person_id=actor.person_id).update(confirmed_at=moment)
    check.arrived_at, check.present_name, check.present_role = moment, present_name.strip(), present_role.strip()
    check.save()
    note(present=check.present_role)
    return check


@action(label=gettext_lazy("同事确认在场"), policy=may_work_on_check, doors={"office", "field"})
def confirm_presence(
    check: OnSiteCheck, *, actor: Actor, moment: datetime, officer: Person, secret: str
) -> CheckOfficer:
    """Another officer confirms on the same telephone, with a password of his own, that he is there."""
    if check.concluded_at is not None:
        refuse_now("inspections.is_concluded")
    row = check.officers.filter(person=officer).first()
    if row is None:
        refuse_now("inspections.not_an_officer", number=check.number)
    account = officer.account
    if account is None or not account.is_active or not account.check_password(secret):
        refuse_now("inspections.wrong_secret", officer=officer.name)
    row.confirmed_at = moment
    row.save(update_fields=["confirmed_at"])
    note(officer=officer.name)
    return row


@action(label=gettext_lazy("换检查人员"), policy=may_work_on_check, doors={"office", "field"})
def replace_officer(
    check: OnSiteCheck, *, actor: Actor, moment: datetime, leaving: Person, coming: Person
) -> OnSiteCheck:
    """A colleague takes the place of one who cannot be there, before certificates are shown."""
    if check.shown_at is not None:
        refuse_now("inspections.certificates_are_shown")
    if leaving.pk == actor.person_id:
        refuse_now("inspections.opener_takes_part")
    others = [o.person for o in check.officers.exclude(person=leaving).select_related("person")]
    if coming in others or not check.officers.filter(person=leaving).exists():
        refuse_now("inspections.not_an_officer", number=check.number)
    require(check_officers([*others, coming], on=clock.legal_date(moment), territory=actor.territory).verdict)
    check.officers.filter(person=leaving).update(person=coming, confirmed_at=None)
    _concern_party(check, [*others, coming], moment)
    note(leaving=leaving.name, coming=coming.name)
    return check


@action(label=gettext_lazy("亮证、说明来意"), policy=may_work_on_check, doors={"office", "field"})
def show_certificates(check: OnSiteCheck, *, actor: Actor, moment: datetime) -> OnSiteCheck:
    """主动出示执法证件: every officer is there and holds a valid certificate; their numbers are kept with the check."""
    _in_order(check, SHOW)
    rows = list(check.officers.select_related("person"))
    missing = [o.person.name for o in rows if o.confirmed_at is None]
    if missing:
        refuse_now(
            "inspections.officer_not_confirmed",
            cite("penalty-law", 42, 1, anchor="不得少于两人"),
            officer="、".join(missing),
        )
    found = check_officers([o.person for o in rows], on=clock.legal_date(moment), territory=check.territory_id)
    require(found.verdict)
    numbers = {person_id: number for person_id, _name, number in found.certificates}
    for row in rows:
        row.certificate_no = numbers.get(row.person_id, "")
        row.save(update_fields=["certificate_no"])
    check.shown_at = moment
    check.save()
    note(certificates=sorted(numbers.values()))
    return check


@action(label=gettext_lazy("告知权利义务"), policy=may_work_on_check, doors={"office", "field"})
def tell_rights(
    check: OnSiteCheck, *, actor: Actor, moment: datetime, answer: str, asks_recusal: bool = False
) -> OnSiteCheck:
    """Purpose, basis, rights and duties were told; what was answered. Asking for recusal is noted and goes to the head."""
    _in_order(check, TELL)
    if not answer.strip():
        refuse_now("inspections.words_needed")
    check.told_at, check.answer, check.asks_recusal = moment, answer.strip(), asks_recusal
    check.save()
    note(asks_recusal=asks_recusal)
    return check


@action(label=gettext_lazy("记录检查发现"), policy=may_work_on_check, doors={"office", "field"})
def note_finding(
    check: OnSiteCheck, *, actor: Actor, moment: datetime, text: str, violation: str = ""
) -> CheckFinding:
    """One thing that was found, and the penalty item that it matches, where it does."""
    _in_order(check, LOOK, again=True)
    if not text.strip():
        refuse_now("inspections.words_needed")
    if violation and violation not in violation_keys():
        refuse_now("inspections.unknown_violation", violation=violation)
    row = CheckFinding.objects.create(
        check_done=check, text=text.strip(), violation=violation, noted_at=moment, noted_by=actor.name
    )
    note_subject(row, related=check)
    note(violation=violation)
    return row


@action(label=gettext_lazy("更正检查发现"), policy=may_work_on_check, doors={"office", "field"})
def withdraw_finding(
    check: OnSiteCheck, *, actor: Actor, moment: datetime, finding: CheckFinding, reason: str
) -> CheckFinding:
    """A finding that was wrong no longer counts; it stays readable with the reason."""
    if check.record_id is not None:
        refuse_now("inspections.record_is_written")
    if finding.check_done_id != check.pk or finding.withdrawn_at is not None or not reason.strip():
        refuse_now("inspections.words_needed")
    finding.withdrawn_at, finding.withdrawn_reason = moment, reason.strip()
    finding.save()
    note(reason=reason.strip())
    return finding


@action(label=gettext_lazy("检查完毕"), policy=may_work_on_check, doors={"office", "field"})
def finish_looking(check: OnSiteCheck, *, actor: Actor, moment: datetime) -> OnSiteCheck:
    """The look is over; the record is written next."""
    _in_order(check, LOOK)
    check.looked_at = moment
    check.save()
    return check


@action(label=gettext_lazy("制作现场笔录"), policy=may_work_on_check, doors={"office", "field"})
def write_record(
    check: OnSiteCheck,
    *,
    actor: Actor,
    moment: datetime,
    text: str,
    signature: str,
    signature_note: str = "",
    witness_name: str = "",
    officers_signed: bool = True,
    explanation: str = "",
) -> OnSiteCheck:
    """现场笔录 of what was found, read by the person present and signed, or with a note why not (55 II)."""
    _in_order(check, WRITE)
    if not text.strip():
        refuse_now("inspections.words_needed")
    assert check.arrived_at is not None and check.looked_at is not None
    written = Proceedings(
        kind=ProceedingsKind.ON_SITE,
        place=check.place,
        started_at=check.arrived_at,
        ended_at=check.looked_at,
        officers=_roles(check),
        examined_name=check.present_name,
        examined_role=check.present_role,
        witness_name=witness_name,
        certificates_shown=check.shown_at is not None,
        rights_told=check.told_at is not None,
        text=text.strip(),
        signature=signature,
        signature_note=signature_note,
        officers_signed=officers_signed,
    )
    check.record = record_proceedings(
        check.subject, actor=actor, moment=moment, written=written, explanation=explanation
    )
    check.save()
    return check


@action(label=gettext_lazy("作出检查结果"), policy=may_work_on_check, doors={"office", "field"})
def conclude_check(
    check: OnSiteCheck,
    *,
    actor: Actor,
    moment: datetime,
    result: str,
    words: str,
    order_text: str = "",
    order_days: int | None = None,
    document_no: str = "",
) -> OnSiteCheck:
    """未发现问题, 当场改正, 责令改正 or 转为线索. What matches a penalty item is not ended by rectification."""
    _in_order(check, CONCLUDE)
    if result not in CheckResult.values:
        refuse_now("inspections.unknown_result", result=result)
    if not words.strip():
        refuse_now("inspections.words_needed")
    require(result_is_lawful(check, result))
    if result == CheckResult.ORDER and (not order_text.strip() or not order_days):
        refuse_now("inspections.order_needs_days")
    check.result, check.result_text, check.concluded_at = result, words.strip(), moment
    check.save()
    if order_text.strip() and order_days:
        _order(check, actor, moment, order_text.strip(), order_days, document_no)
    if result == CheckResult.LEAD and check.lead_id is None:
        check.founded_lead = _found_lead(check, actor, moment)
        check.save()
    if check.lead is not None:
        text = _("现场检查 %(number)s：%(result)s。%(words)s") % {
            "number": check.number,
            "result": check.get_result_display(),
            "words": words.strip(),
        }
        add_note(check.lead, actor=actor, moment=moment, text=text[:500], url=check.get_absolute_url())
    if not check.orders.filter(met=None).exists():
        end_involvements_of(check, moment=moment)
    _index(check)
    note(result=result, words=words.strip())
    publish(CheckConcluded(check.pk, result, check.lead_id or check.founded_lead_id), moment=moment)
    return check


@action(label=gettext_lazy("复查责令改正"), policy=may_work_on_check, doors={"office", "field"})
def record_recheck(
    check: OnSiteCheck, *, actor: Actor, moment: datetime, order: CheckOrder, met: bool, words: str
) -> CheckOrder:
    """Somebody looked again. An order that was not met founds a lead."""
    if order.check_done_id != check.pk or order.met is not None:
        refuse_now("inspections.order_is_closed")
    if not words.strip():
        refuse_now("inspections.words_needed")
    order.met, order.met_on, order.met_note = met, clock.legal_date(moment), words.strip()
    order.save()
    end_deadlines_of(order, moment=moment)
    close_task(order, "inspections.record_recheck", moment=moment, by=actor)
    if not met and check.founded_lead_id is None:
        check.founded_lead = _found_lead(check, actor, moment, because=_("责令改正逾期未改正：%(text)s") % {"text": order.text})
        check.save()
    if not check.orders.filter(met=None).exists():
        end_involvements_of(check, moment=moment)
    note(met=met, words=words.strip())
    return order


@action(label=gettext_lazy("补录现场检查"), policy=may_open_check)
def enter_past_check(
    target: None,
    *,
    actor: Actor,
    moment: datetime,
    object_text: str,
    place: str,
    purpose: str,
    present_name: str,
    present_role: str,
    written: Proceedings,
    findings: Sequence[tuple[str, str]],
    explanation: str,
    lead: Lead | None = None,
    party: Party | None = None,
) -> OnSiteCheck:
    """A check that was done on paper: taken with its own times, its defects and a written explanation (practice 1).

    `findings` are `(text, violation)`; the check is then concluded like any other.
    """
    if not explanation.strip():
        refuse_now("inspections.explain_late_entry")
    if written.ended_at > moment:
        refuse_now("inspections.time_to_come")
    check = _make(
        actor, moment, object_text=object_text.strip(), place=place.strip(), purpose=purpose.strip(), lead=lead,
        party=party or (lead.party if lead else None), unit_id=actor.unit_id, entered_late=True,
        explanation=explanation.strip(), arrived_at=written.started_at, looked_at=written.ended_at,
        shown_at=written.started_at if written.certificates_shown else None,
        told_at=written.started_at if written.rights_told else None,
        present_name=present_name.strip(), present_role=present_role.strip(),
    )  # fmt: skip
    people = [p for p, _role in written.officers]
    found = check_officers(people, on=clock.legal_date(written.started_at), territory=actor.territory)
    numbers = {person_id: number for person_id, _name, number in found.certificates}
    for officer in people:
        CheckOfficer.objects.create(
            check_done=check, person=officer, leads=officer == people[0], certificate_no=numbers.get(officer.pk, ""),
            confirmed_at=written.started_at,
        )  # fmt: skip
    for text, key in findings:
        CheckFinding.objects.create(
            check_done=check, text=text, violation=key, noted_at=written.started_at, noted_by=actor.name
        )
    on_site = replace(written, kind=ProceedingsKind.ON_SITE, place=place)
    check.record = record_proceedings(
        check.subject, actor=actor, moment=moment, written=on_site, explanation=explanation.strip()
    )
    check.save()
    _concern_party(check, people, moment)
    _index(check)
    note_subject(check, related=lead)
    note(number=check.number, explanation=explanation.strip())
    return check


def _make(actor: Actor, moment: datetime, **fields: Any) -> OnSiteCheck:
    act = present_act()
    organ = Agency.objects.get(pk=actor.organ_id)
    number = take_number(
        f"inspections:{organ.pk}", clock.legal_date(moment).year, taken_by="inspections.onsitecheck", moment=moment
    )
    check = OnSiteCheck(
        number=f"{organ.sign or organ.pk}检查〔{number.series.year}〕{number.value}号",
        organ=organ,
        territory_id=organ.territory_id,
        opened_at=moment,
        entered_at=act.entered_at if act is not None else moment,
        **fields,
    )
    check.save()
    return check


def _in_order(check: OnSiteCheck, step: str, *, again: bool = False) -> None:
    """Each step once, in the lawful order; a paper check that was entered late is concluded with what it has."""
    if check.concluded_at is not None:
        refuse_now("inspections.is_concluded")
    if check.entered_late and step == CONCLUDE:
        return
    progress = check.progress
    if progress.done[step] and not (again and not progress.looked):
        refuse_now("inspections.step_is_done", step=str(NAMES[step]))
    missing = missing_before(progress, step)
    if missing in (ARRIVE, SHOW):
        refuse_now("inspections.show_first", *SHOW_BASIS, step=str(NAMES[step]))
    if missing == WRITE:
        refuse_now("inspections.write_first", *WRITE_BASIS)
    if missing:
        refuse_now("inspections.step_missing", step=str(NAMES[step]), missing=str(NAMES[missing]))


def _roles(check: OnSiteCheck) -> list[tuple[Person, str]]:
    rows = list(check.officers.select_related("person"))
    return [(o.person, "asks" if i == 0 else "writes") for i, o in enumerate(rows)]


def _concern_party(check: OnSiteCheck, officers: Sequence[Person], moment: datetime) -> None:
    if check.party is not None:
        involve_party(
            check.party,
            check,
            title=_("现场检查：%(object)s") % {"object": check.object_text},
            matter_no=check.number,
            url=check.get_absolute_url(),
            organ_id=check.organ_id,
            officers=[o.pk for o in officers],
            moment=moment,
            role="inspected",
        )


def _order(check: OnSiteCheck, actor: Actor, moment: datetime, text: str, days: int, document_no: str) -> None:
    """The order hangs on the lead where there is one; else on the check, with its own clock."""
    day = clock.legal_date(moment)
    if check.lead is not None:
        record_order(
            check.lead, actor=actor, moment=moment, kind="correct", text=text, ordered_on=day, served_on=day, days=days,
            document_no=document_no,
        )  # fmt: skip
        return
    order = CheckOrder(check_done=check, text=text, days=days, due_on=day, document_no=document_no)
    order.save()
    deadline = start_deadline(
        order,
        "ordered",
        starts=day,
        days=days,
        organ_id=check.organ_id,
        territory=check.territory_id,
        related=check,
        title=_("责令改正"),
        start_event=_("责令通知送达"),
        responsible_person_id=actor.person_id,
        responsible_unit_id=actor.unit_id,
        url=check.get_absolute_url(),
        moment=moment,
    )
    order.due_on = deadline.due_on
    order.save(update_fields=["due_on"])
    open_task(
        order,
        "inspections.record_recheck",
        title=_("复查是否改正：%(text)s") % {"text": text[:80]},
        button=_("去复查"),
        holder=by_person(actor.person_id or 0, unit_id=actor.unit_id),
        organ_id=check.organ_id,
        territory=check.territory_id,
        url=check.get_absolute_url(),
        related=check,
        matter_no=check.number,
        matter_title=check.object_text,
        deadline=deadline,
        moment=moment,
    )


def _found_lead(check: OnSiteCheck, actor: Actor, moment: datetime, *, because: str = "") -> Lead:
    findings = list(check.findings.filter(withdrawn_at=None))
    matched = next((f.violation for f in findings if f.violation), "")
    lead: Lead = register_lead(
        None,
        actor=actor,
        moment=moment,
        source=LeadSource.INSPECTION,
        source_no=check.number,
        title=(because or findings[0].text)[:120],
        content="\n".join([because, *[f.text for f in findings]]).strip(),
        place=check.place,
        longitude=check.longitude,
        latitude=check.latitude,
        river=check.river,
        party=check.party,
        object_text=check.object_text,
        violation=matched,
    )
    return lead


def _index(check: OnSiteCheck) -> None:
    index_record(
        "inspections.onsitecheck",
        check.pk,
        title=f"{check.number} {check.object_text}",
        subtitle=check.place,
        url=check.get_absolute_url(),
        text=f"{check.purpose} {check.result_text}",
        moment=check.opened_at,
    )
