"""Acts on enforcement certificates and qualifications."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.events import publish
from dayu.core.refused import refuse_now
from dayu.core.territories import Territory
from dayu.org.events import CertificateExpiring, CertificateStandingChanged
from dayu.org.models import (
    CertificateAlert,
    CertificateCheck,
    CertificateSuspension,
    EnforcementCertificate,
    Person,
    Qualification,
)
from dayu.org.policies import may_administer, may_run_as_system


@action(label=_("登记执法证件"), policy=may_administer)
def issue_certificate(
    person: Person,
    *,
    actor: Actor,
    moment: datetime,
    number: str,
    issuing_authority: str,
    issued_in: Territory,
    region: Territory,
    valid_from: date,
    valid_until: date,
    matters: list[str] | None = None,
    filed_with: Territory | None = None,
) -> EnforcementCertificate:
    """A certificate of the province, or of another issuer once it is filed with the province."""
    if valid_until < valid_from:
        refuse_now("org.dates_out_of_order")
    if EnforcementCertificate.objects.filter(number=number).exists():
        refuse_now("org.certificate_no_taken", certificate=number)
    if person.left_on is not None:
        refuse_now("org.person_left", person=person.name, on=person.left_on.isoformat())
    certificate = EnforcementCertificate.objects.create(
        person=person,
        number=number,
        issuing_authority=issuing_authority,
        issued_in=issued_in,
        region=region,
        valid_from=valid_from,
        valid_until=valid_until,
        matters=matters or [],
        filed_with=filed_with,
    )
    note(number=number, valid_from=valid_from, valid_until=valid_until)
    note_subject(certificate, related=person)
    _tell(certificate, valid_from, moment)
    return certificate


@action(label=_("暂扣执法证件"), policy=may_administer)
def suspend_certificate(
    certificate: EnforcementCertificate,
    *,
    actor: Actor,
    moment: datetime,
    from_on: date,
    reason: str,
    until_on: date | None = None,
) -> EnforcementCertificate:
    """From a day on the certificate does not count, until it is given back."""
    _must_not_be_revoked(certificate)
    if until_on is not None and until_on < from_on:
        refuse_now("org.dates_out_of_order")
    if certificate.standing_on(from_on) == "suspended":
        refuse_now("org.already_suspended", certificate=certificate.number)
    CertificateSuspension.objects.create(certificate=certificate, from_on=from_on, until_on=until_on, reason=reason)
    note(from_on=from_on, until_on=until_on, reason=reason)
    note_subject(certificate, related=certificate.person)
    _tell(certificate, from_on, moment)
    return certificate


@action(label=_("发还执法证件"), policy=may_administer)
def resume_certificate(
    certificate: EnforcementCertificate, *, actor: Actor, moment: datetime, last_day: date
) -> EnforcementCertificate:
    """The last day of the present suspension."""
    present = certificate.suspensions.filter(until_on=None).order_by("-from_on").first()
    if present is None:
        refuse_now("org.not_suspended", certificate=certificate.number)
    if last_day < present.from_on:
        refuse_now("org.dates_out_of_order")
    present.until_on = last_day
    present.save(update_fields=["until_on"])
    note(last_day=last_day)
    note_subject(certificate, related=certificate.person)
    _tell(certificate, last_day, moment)
    return certificate


@action(label=_("收回、注销执法证件"), policy=may_administer)
def revoke_certificate(
    certificate: EnforcementCertificate, *, actor: Actor, moment: datetime, revoked_on: date, reason: str
) -> EnforcementCertificate:
    """From that day the certificate never counts again; earlier acts stay as they were."""
    _must_not_be_revoked(certificate)
    certificate.revoked_on, certificate.revoked_reason = revoked_on, reason
    certificate.save(update_fields=["revoked_on", "revoked_reason"])
    note(revoked_on=revoked_on, reason=reason)
    note_subject(certificate, related=certificate.person)
    _tell(certificate, revoked_on, moment)
    return certificate


@action(label=_("登记证件年检"), policy=may_administer)
def record_yearly_check(
    certificate: EnforcementCertificate,
    *,
    actor: Actor,
    moment: datetime,
    year: int,
    checked_on: date,
    passed: bool,
    remark: str = "",
) -> CertificateCheck:
    """The result of a yearly check; a failed one stops the certificate until a later check is passed."""
    _must_not_be_revoked(certificate)
    check = CertificateCheck.objects.create(
        certificate=certificate, year=year, checked_on=checked_on, passed=passed, remark=remark
    )
    note(year=year, passed=passed)
    note_subject(check, related=certificate)
    _tell(certificate, checked_on, moment)
    return check


@action(label=_("登记资格"), policy=may_administer)
def record_qualification(
    person: Person,
    *,
    actor: Actor,
    moment: datetime,
    kind: str,
    valid_from: date,
    number: str = "",
    issued_by: str = "",
    valid_until: date | None = None,
) -> Qualification:
    """A dated qualification: legal profession, legal review, presiding at hearings."""
    if kind not in dict(Qualification.KINDS):
        refuse_now("org.unknown_choice", field="kind", value=kind)
    if valid_until is not None and valid_until < valid_from:
        refuse_now("org.dates_out_of_order")
    qualification = Qualification.objects.create(
        person=person, kind=kind, number=number, issued_by=issued_by, valid_from=valid_from, valid_until=valid_until
    )
    note(kind=kind, valid_from=valid_from)
    note_subject(qualification, related=person)
    return qualification


@action(label=_("提醒证件到期"), policy=may_run_as_system, doors={"system"})
def alert_expiring_certificate(
    certificate: EnforcementCertificate, *, actor: Actor, moment: datetime, on: date, alert_days: int
) -> CertificateAlert:
    """Tell the holder and the agency, once for each window."""
    alert, created = CertificateAlert.objects.get_or_create(
        certificate=certificate,
        valid_until=certificate.valid_until,
        alert_days=alert_days,
        defaults={"alerted_on": on},
    )
    if created:
        holder = certificate.person
        publish(
            CertificateExpiring(certificate.pk, holder.pk, holder.agency_id, certificate.valid_until, alert_days),
            moment=moment,
        )
    note(number=certificate.number, valid_until=certificate.valid_until, alert_days=alert_days)
    note_subject(alert, related=certificate)
    return alert


def _must_not_be_revoked(certificate: EnforcementCertificate) -> None:
    if certificate.revoked_on is not None:
        refuse_now("org.certificate_revoked", certificate=certificate.number, on=certificate.revoked_on.isoformat())


def _tell(certificate: EnforcementCertificate, on: date, moment: datetime) -> None:
    standing = EnforcementCertificate.objects.get(pk=certificate.pk).standing_on(on)
    publish(CertificateStandingChanged(certificate.pk, certificate.person_id, on, standing), moment=moment)
