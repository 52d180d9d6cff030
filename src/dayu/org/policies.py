"""Who may change the organisation, and the verdicts that every enforcement act asks for: officers, unit, subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from dayu.core.actors import Actor
from dayu.core.territories import Territory, lies_in, paths_of
from dayu.law.citations import cite
from dayu.law.refusals import ALLOWED, Verdict, all_of, refuse
from dayu.org.models import (
    Agency,
    EnforcementCertificate,
    EnforcementSubject,
    OrgUnit,
    Person,
    Post,
    PostHolding,
)
from dayu.org.models.certificates import STANDINGS
from dayu.org.models.organisations import valid_on

LEAST_OFFICERS = 2
NATION = "000000"


@dataclass(frozen=True, slots=True)
class OfficerCheck:
    """The result of looking at officers and their certificates on a day: kept in the record of the act."""

    verdict: Verdict
    certificates: tuple[tuple[int, str, str], ...]  # (person id, name, number) of the certificates that counted


def enough_officers(officers: Sequence[Person | int], *, on: date, matter: str = "", territory: str = "") -> Verdict:
    """Whether at least two officers with certificates valid on `on`, for `matter`, in `territory` act together."""
    return check_officers(officers, on=on, matter=matter, territory=territory).verdict


def check_officers(
    officers: Sequence[Person | int], *, on: date, matter: str = "", territory: str = ""
) -> OfficerCheck:
    """`enough_officers` together with the certificate numbers that counted. Judged by the standing on that day."""
    ids = list(dict.fromkeys(o.pk if isinstance(o, Person) else o for o in officers))
    people = {p.pk: p for p in Person.objects.filter(pk__in=ids)}
    certificates = list(
        EnforcementCertificate.objects.filter(person_id__in=ids).prefetch_related("suspensions", "checks")
    )
    path = _path_of(territory)
    verdicts: list[Verdict] = []
    counted: list[tuple[int, str, str]] = []
    if len(ids) < LEAST_OFFICERS:
        verdicts.append(
            refuse("org.too_few_officers", cite("penalty-law", 42, 1, anchor="不得少于两人"), officers=len(ids))
        )
    for person_id in ids:
        own = [c for c in certificates if c.person_id == person_id]
        fitting = next((c for c in own if not _defect(c, on=on, matter=matter, path=path)), None)
        if fitting is not None:
            counted.append((person_id, people[person_id].name, fitting.number))
            continue
        verdicts.append(_invalid(people.get(person_id), own, on=on, matter=matter, path=path))
    return OfficerCheck(all_of(verdicts), tuple(counted))


def certificate_valid(person: Person, *, on: date, matter: str = "", territory: str = "") -> Verdict:
    """Whether one person holds a certificate that counts on `on`: asked when somebody signs."""
    verdict = check_officers([person], on=on, matter=matter, territory=territory).verdict
    return Verdict(tuple(r for r in verdict.refusals if r.rule != "org.too_few_officers"))


def _invalid(
    person: Person | None, own: Sequence[EnforcementCertificate], *, on: date, matter: str, path: str
) -> Verdict:
    if not own:
        number, defect = _("无"), _("未持有执法证件")
    else:
        newest = max(own, key=lambda c: c.valid_until)
        number, defect = newest.number, _defect(newest, on=on, matter=matter, path=path)
    return refuse(
        "org.certificate_invalid",
        cite("penalty-law", 42, 1, anchor="具有行政执法资格"),
        officer=person.name if person is not None else "?",
        certificate=number,
        defect=defect,
        on=on.isoformat(),
    )


def _defect(certificate: EnforcementCertificate, *, on: date, matter: str, path: str) -> str:
    """What is wrong with a certificate on a day, in words; empty when nothing is."""
    standing = certificate.standing_on(on)
    if standing != "valid":
        return str(STANDINGS[standing])
    if matter and certificate.matters and matter not in certificate.matters:
        return _("执法领域不符")
    if path and f"/{certificate.region_id}/" not in path:
        return _("执法区域不符")
    if path and not _issuer_counts(certificate, path):
        return _("发证机关不符，且未在本地备案")
    return ""


def _issuer_counts(certificate: EnforcementCertificate, path: str) -> bool:
    """Issued by the province (or below it) in which the act takes place, or filed there (经备案)."""
    if certificate.filed_with_id and f"/{certificate.filed_with_id}/" in path:
        return True
    return f"/{certificate.issued_in_id}/" in path and certificate.issued_in_id != NATION


def _path_of(territory: str) -> str:
    return paths_of([territory]).get(territory, f"/{territory}/") if territory else ""


def unit_may_enforce(unit: OrgUnit | None, *, on: date) -> Verdict:
    """Only units with enforcement power start enforcement acts; others hand over what they found as a lead."""
    if unit is not None and unit.has_enforcement_power and _exists(unit, on):
        return ALLOWED
    return unit_without_power(unit)


def unit_without_power(unit: OrgUnit | None) -> Verdict:
    """本单位无行政执法权，请移交线索: the way out is to register what was seen as a lead."""
    return refuse(
        "org.unit_without_power",
        cite("penalty-law", 17, anchor="具有行政处罚权"),
        remedy="leads.register_lead",
        unit=unit.name if unit is not None else _("未指定内设机构"),
    )


def subject_may_act(subject: EnforcementSubject, *, on: date, matter: str = "", printed_name: str = "") -> Verdict:
    """Whether the subject may enforce on `on`: its basis lasts, covers the matter, and papers bear the right name."""
    defect = _subject_defect(subject, on=on, matter=matter, printed_name=printed_name)
    if not defect:
        return ALLOWED
    basis = cite("penalty-law", 38, 1, anchor="不具有行政主体资格")
    return refuse("org.subject_unfit", basis, subject=subject.printed_name, defect=defect, on=on.isoformat())


def name_on_paper(agency: Agency, *, on: date) -> str:
    """The name that papers of a day bear: the agency's own of that day, or that of the organ which entrusted it."""
    held = EnforcementSubject.objects.filter(valid_on(on), agency=agency).select_related("entrusted_by__agency")
    subject = held.first()
    while subject is not None and subject.entrusted_by is not None:
        subject = subject.entrusted_by
    return agency.name_on(on) if subject is None or subject.agency_id == agency.pk else subject.agency.name_on(on)


def issued_in_own_name(agency: Agency, written: str, *, on: date) -> Verdict:
    """Papers bear the name that the agency bore that day, or that of the organ which entrusted it; no other body's."""
    name = name_on_paper(agency, on=on)
    if not written or written == name:
        return ALLOWED
    basis = cite("penalty-law", 38, 1, anchor="不具有行政主体资格")
    defect = _("文书署名应为“{name}”").format(name=name)
    return refuse("org.subject_unfit", basis, subject=written, defect=defect, on=on.isoformat())


def no_subject(agency: Agency, *, on: date) -> Verdict:
    """An organ that registered no enforcement subject decides nothing."""
    basis = cite("penalty-law", 38, 1, anchor="不具有行政主体资格")
    return refuse("org.subject_unfit", basis, subject=agency.name_on(on), defect=_("未登记执法主体"), on=on.isoformat())


def _subject_defect(subject: EnforcementSubject, *, on: date, matter: str, printed_name: str) -> str:
    if on < subject.valid_from:
        return _("执法权尚未生效")
    if subject.valid_until is not None and on > subject.valid_until:
        return _("执法权依据已终止")
    if matter and subject.matters and matter not in subject.matters:
        return _("超出授权或委托的领域")
    if printed_name and printed_name != subject.name_on_paper:
        return _("文书署名应为“{name}”").format(name=subject.name_on_paper)
    if subject.entrusted_by is not None:
        return _subject_defect(subject.entrusted_by, on=on, matter=matter, printed_name="")
    return ""


def dressed_as_prescribed(officers: Sequence[Person], *, confirmed: bool) -> Verdict:
    """Where uniform is prescribed, a check-in needs the confirmation that it and the badge are worn."""
    if confirmed or not any(o.must_wear_uniform for o in officers):
        return ALLOWED
    names = "、".join(o.name for o in officers if o.must_wear_uniform)
    return refuse("org.uniform_not_confirmed", cite("penalty-law", 55, 1, anchor="主动向当事人"), officers=names)


def may_administer(target: Any, *, actor: Actor, territory: Any = None, agency: Any = None) -> Verdict:
    """Administrators change organisations, people and certificates within the territory they administer."""
    if actor.is_system:
        return ALLOWED
    place = _place_of(target) or _place_of(agency) or _place_of(territory)
    if not actor.holds("administrator"):
        return refuse("core.not_permitted", act=_("维护机构与人员"))
    if place and not lies_in(place, actor.territory if actor.territory != NATION else ""):
        return refuse("org.outside_territory", territory=actor.territory)
    return ALLOWED


def may_run_as_system(target: Any, *, actor: Actor) -> Verdict:
    """Acts of the schedule, which no person does by hand."""
    return ALLOWED if actor.is_system else refuse("core.not_permitted", act=_("系统定时任务"))


def may_note_conduct(person: Person, *, actor: Actor) -> Verdict:
    """Heads and supervisors note conduct of people of their organ or territory; nobody notes their own."""
    if actor.is_system:
        return ALLOWED
    if not actor.holds("unit_head", "agency_head", "supervisor", "administrator") or actor.person_id == person.pk:
        return refuse("core.not_permitted", act=_("记录平时考核"))
    if not Person.objects.visible_to(actor).filter(pk=person.pk).exists():
        return refuse("org.outside_territory", territory=actor.territory)
    return ALLOWED


def may_plan_duty(agency: Agency, *, actor: Actor) -> Verdict:
    """Heads and administrators of the agency plan duty and deputies."""
    if actor.is_system or (actor.holds("agency_head", "unit_head") and actor.organ_id == agency.pk):
        return ALLOWED
    return may_administer(agency, actor=actor)


def may_appoint_deputy(principal: Person, *, actor: Actor) -> Verdict:
    """The person who will be absent names the deputy; so may heads of the organ and administrators."""
    if actor.person_id is not None and actor.person_id == principal.pk:
        return ALLOWED
    return may_plan_duty(principal.agency, actor=actor)


def _place_of(target: Any) -> str:
    """The territory code of whatever an action acts on."""
    match target:
        case None | "":
            return ""
        case str():
            return target
        case Territory():
            return str(target.code)
        case Agency():
            return str(target.territory_id)
        case OrgUnit() | EnforcementSubject() | Post() | Person():
            return str(target.agency.territory_id)
        case PostHolding() | EnforcementCertificate():
            return str(target.person.agency.territory_id)
    raise TypeError(f"no territory for {type(target).__name__}")


def _exists(unit: OrgUnit, day: date) -> bool:
    return (unit.valid_from is None or unit.valid_from <= day) and (unit.valid_until is None or day <= unit.valid_until)
