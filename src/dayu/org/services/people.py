"""Acts on people: registering, posts, deputies and duty, leaving, conduct and uniform."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dayu.core.accounts import Account
from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.events import publish
from dayu.core.refused import refuse_now
from dayu.org.events import OfficerLeft
from dayu.org.models import (
    Agency,
    ConductNote,
    DutyShift,
    EnforcementCertificate,
    OrgUnit,
    Person,
    Post,
    PostHolding,
    PostKey,
)
from dayu.org.models.organisations import valid_on
from dayu.org.policies import may_administer, may_appoint_deputy, may_note_conduct, may_plan_duty

LEAVING = {"retirement": _("退休"), "resignation": _("离职"), "other": _("其他")}


@action(label=_("登记人员"), policy=may_administer)
def register_person(
    agency: Agency,
    *,
    actor: Actor,
    moment: datetime,
    name: str,
    unit: OrgUnit | None = None,
    username: str = "",
    password: str = "",
    staff_no: str = "",
    title: str = "",
    phone: str = "",
    must_wear_uniform: bool = False,
    joined_on: date | None = None,
) -> Person:
    """Somebody who works for the agency. A user name makes an account; without a password it is set by link later."""
    if unit is not None and unit.agency_id != agency.pk:
        refuse_now("org.unit_of_another_agency", unit=unit.name)
    if username and Account.objects.filter(username=username).exists():
        refuse_now("org.username_taken", username=username)
    if staff_no and Person.objects.filter(agency=agency, staff_no=staff_no).exists():
        refuse_now("org.staff_no_taken", staff_no=staff_no)
    account = None
    if username:
        account = Account.objects.create_user(username, password or None, display_name=name, phone=phone)
    person = Person.objects.create(
        account=account,
        name=name,
        agency=agency,
        unit=unit,
        staff_no=staff_no,
        title=title,
        phone=phone,
        must_wear_uniform=must_wear_uniform,
        joined_on=joined_on,
    )
    note(name=name, unit=unit.name if unit else "", username=username)
    note_subject(person, related=agency)
    return person


@action(label=_("修改人员资料"), policy=may_administer)
def change_person(
    person: Person,
    *,
    actor: Actor,
    moment: datetime,
    name: str,
    title: str = "",
    phone: str = "",
    unit: OrgUnit | None = None,
) -> Person:
    """A corrected name, title, phone, or another unit of the same agency."""
    if unit is not None and unit.agency_id != person.agency_id:
        refuse_now("org.unit_of_another_agency", unit=unit.name)
    changed = [f for f, v in (("name", name), ("title", title), ("phone", phone)) if getattr(person, f) != v]
    note(changed=changed, unit=[str(person.unit or ""), str(unit or "")])
    person.name, person.title, person.phone, person.unit = name, title, phone, unit
    person.save(update_fields=["name", "title", "phone", "unit"])
    return person


@action(label=_("任职"), policy=may_administer)
def appoint_to_post(
    person: Person,
    *,
    actor: Actor,
    moment: datetime,
    key: str,
    valid_from: date,
    agency: Agency | None = None,
    unit: OrgUnit | None = None,
    title: str = "",
    basis: str = "",
    valid_until: date | None = None,
) -> PostHolding:
    """The person holds a post from a day on. A post of a key exists once in a unit and may have several holders."""
    if key not in PostKey.values:
        refuse_now("org.unknown_choice", field="key", value=key)
    if person.left_on is not None and person.left_on <= valid_from:
        refuse_now("org.person_left", person=person.name, on=person.left_on.isoformat())
    if valid_until is not None and valid_until < valid_from:
        refuse_now("org.dates_out_of_order")
    place = agency or person.agency
    post, _created = Post.objects.get_or_create(
        agency=place,
        unit=unit or (person.unit if place == person.agency else None),
        key=key,
        defaults={"title": title, "sees_territory": key == PostKey.SUPERVISOR},
    )
    overlapping = PostHolding.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=valid_from), person=person, post=post, deputises_for=None
    )
    if overlapping.exists():
        refuse_now("org.already_in_post", person=person.name, post=str(post))
    holding = PostHolding.objects.create(
        person=person, post=post, valid_from=valid_from, valid_until=valid_until, basis=basis
    )
    note(post=key, title=str(post), valid_from=valid_from, valid_until=valid_until)
    note_subject(holding, related=person)
    return holding


@action(label=_("免去岗位"), policy=may_administer)
def end_post(holding: PostHolding, *, actor: Actor, moment: datetime, last_day: date, reason: str) -> PostHolding:
    """The last day in the post."""
    if last_day < holding.valid_from - timedelta(days=1):
        refuse_now("org.dates_out_of_order")
    holding.valid_until, holding.end_reason = last_day, reason
    holding.save(update_fields=["valid_until", "end_reason"])
    note(last_day=last_day, reason=reason)
    note_subject(holding, related=holding.person)
    return holding


@action(label=_("指定代理"), policy=may_appoint_deputy)
def appoint_deputy(
    principal: Person,
    *,
    actor: Actor,
    moment: datetime,
    deputy: Person,
    key: str,
    valid_from: date,
    valid_until: date,
    basis: str = "",
) -> PostHolding:
    """While the principal is absent the deputy holds the principal's post; every act shows both."""
    own = (
        PostHolding.objects.filter(valid_on(valid_from), person=principal, post__key=key, deputises_for=None)
        .select_related("post")
        .first()
    )
    if own is None:
        refuse_now("org.not_in_post", person=principal.name, post=str(PostKey(key).label))
    if deputy.pk == principal.pk or valid_until < valid_from:
        refuse_now("org.dates_out_of_order")
    holding = PostHolding.objects.create(
        person=deputy,
        post=own.post,
        deputises_for=principal,
        valid_from=valid_from,
        valid_until=valid_until,
        basis=basis,
    )
    note(post=key, principal=principal.name, deputy=deputy.name, valid_from=valid_from, valid_until=valid_until)
    note_subject(holding, related=principal)
    return holding


@action(label=_("安排值班"), policy=may_plan_duty)
def plan_duty(
    agency: Agency, *, actor: Actor, moment: datetime, day: date, person: Person, role: str = "on_duty"
) -> DutyShift:
    """Somebody of the agency is on duty, or approves in place of the head, on a day."""
    if role not in dict(DutyShift.ROLES):
        refuse_now("org.unknown_choice", field="role", value=role)
    if person.agency_id != agency.pk or (person.left_on is not None and person.left_on <= day):
        refuse_now("org.person_not_here", person=person.name)
    shift, _created = DutyShift.objects.get_or_create(agency=agency, day=day, role=role, person=person)
    note(day=day, person=person.name, role=role)
    note_subject(shift, related=agency)
    return shift


@action(label=_("人员离岗"), policy=may_administer)
def retire_officer(
    person: Person, *, actor: Actor, moment: datetime, left_on: date, kind: str = "retirement"
) -> Person:
    """The same day: account frozen, certificates withdrawn, posts ended; whoever holds tasks hears of it."""
    if kind not in LEAVING:
        refuse_now("org.unknown_choice", field="kind", value=kind)
    _must_be_here(person)
    person.left_on, person.left_reason = left_on, str(LEAVING[kind])
    person.save(update_fields=["left_on", "left_reason"])
    _end_powers(person, left_on, str(LEAVING[kind]))
    if person.account is not None:
        _freeze(person.account, str(LEAVING[kind]))
    note(left_on=left_on, kind=kind)
    publish(OfficerLeft(person.pk, person.agency_id, person.account_id, left_on, kind), moment=moment)
    return person


@action(label=_("人员调动"), policy=may_administer)
def transfer_officer(
    person: Person, *, actor: Actor, moment: datetime, on: date, agency: Agency, unit: OrgUnit | None = None
) -> Person:
    """To another agency from a day on: posts and certificates of the old one end, the account goes along."""
    _must_be_here(person)
    if agency.pk == person.agency_id:
        refuse_now("org.transfer_within_agency", person=person.name)
    if unit is not None and unit.agency_id != agency.pk:
        refuse_now("org.unit_of_another_agency", unit=unit.name)
    left, reason = person.agency, str(_("调动"))
    _end_powers(person, on, reason)
    person.agency, person.unit = agency, unit
    person.save(update_fields=["agency", "unit"])
    note(before=left.name, after=agency.name, on=on)
    publish(OfficerLeft(person.pk, left.pk, person.account_id, on, "transfer"), moment=moment)
    return person


@action(label=_("冻结账号"), policy=may_administer)
def freeze_account(person: Person, *, actor: Actor, moment: datetime, reason: str) -> Person:
    """The person can no longer sign in; nothing else changes."""
    if person.account is None or not person.account.is_active:
        refuse_now("org.no_open_account", person=person.name)
    _freeze(person.account, reason)
    note(reason=reason)
    return person


@action(label=_("恢复账号"), policy=may_administer)
def reopen_account(person: Person, *, actor: Actor, moment: datetime) -> Person:
    """The person may sign in again; not after having left."""
    _must_be_here(person)
    if person.account is None or person.account.is_active:
        refuse_now("org.no_frozen_account", person=person.name)
    person.account.is_active, person.account.frozen_reason = True, ""
    person.account.save(update_fields=["is_active", "frozen_reason"])
    return person


@action(label=_("记录平时考核"), policy=may_note_conduct)
def note_conduct(
    person: Person, *, actor: Actor, moment: datetime, kind: str, text: str, noted_on: date
) -> ConductNote:
    """A note that stays; a wrong one is answered by a correction."""
    if kind not in dict(ConductNote.KINDS):
        refuse_now("org.unknown_choice", field="kind", value=kind)
    written = ConductNote.objects.create(
        person=person, kind=kind, text=text, noted_on=noted_on, noted_by_id=actor.person_id
    )
    note(kind=kind, noted_on=noted_on)
    note_subject(written, related=person)
    return written


@action(label=_("发放执法服装和标识"), policy=may_administer)
def issue_uniform(person: Person, *, actor: Actor, moment: datetime, issued_on: date, badge_no: str = "") -> Person:
    """From now on a check-in of this person asks whether uniform and badge are worn."""
    _must_be_here(person)
    person.must_wear_uniform, person.uniform_issued_on, person.badge_no = True, issued_on, badge_no
    person.save(update_fields=["must_wear_uniform", "uniform_issued_on", "badge_no"])
    note(issued_on=issued_on, badge_no=badge_no)
    return person


def _must_be_here(person: Person) -> None:
    if person.left_on is not None:
        refuse_now("org.person_left", person=person.name, on=person.left_on.isoformat())


def _freeze(account: Account, reason: str) -> None:
    account.is_active, account.frozen_reason = False, reason
    account.save(update_fields=["is_active", "frozen_reason"])


def _end_powers(person: Person, on: date, reason: str) -> None:
    """Posts end the day before `on`, certificates stop counting on it, planned duty from it falls away."""
    last_day = on - timedelta(days=1)
    open_holdings = PostHolding.objects.filter(Q(person=person) | Q(deputises_for=person))
    open_holdings.filter(Q(valid_until=None) | Q(valid_until__gte=on)).update(valid_until=last_day, end_reason=reason)
    EnforcementCertificate.objects.filter(person=person, revoked_on=None).update(revoked_on=on, revoked_reason=reason)
    DutyShift.objects.filter(person=person, day__gte=on).delete()
