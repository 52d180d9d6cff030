"""May this act be done at all? Item, subject, territory, post and officer must all match on the day (法无授权不可为)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from dayu.core.actors import Actor
from dayu.core.territories import lies_in
from dayu.law.citations import cite, laws
from dayu.law.refusals import ALLOWED, Refusal, Verdict, all_of, refuse
from dayu.law.violations import UnknownViolation, violation
from dayu.org.models import Agency, EnforcementSubject, Person, PostKey
from dayu.org.models.organisations import valid_on
from dayu.org.policies import certificate_valid, may_administer, subject_may_act
from dayu.org.selectors import latest_subject_of
from dayu.powers.catalogue import department_of
from dayu.powers.models import EnforcementItem, PowerAssignment

TRANSFER = "leads.propose_disposal"


def may_exercise(
    item: EnforcementItem | None,
    *,
    subject: EnforcementSubject | None,
    territory: str,
    post: str,
    officer: Person | int,
    on: date,
) -> Verdict:
    """Whether the officer, in the post, may exercise the item for the subject in the territory on the day.

    Each part that does not match is a refusal of its own: 事项不符, 主体不符, 地域不符, 岗位不符, 执法证件无效.
    """
    if item is None:
        return refuse("powers.item_mismatch", _basis(), item=_("未列入清单的事项"), why=_("清单中没有这一事项"))
    if item.agency_id is None or item.department != "water":
        return _other_department(item.name, item.get_department_display(), item.basis)
    person = officer if isinstance(officer, Person) else Person.objects.select_related("unit").get(pk=officer)
    return all_of(
        [
            _item_in_force(item, on),
            _subject_matches(item, subject, on),
            _territory_matches(item, subject, territory),
            _post_matches(item, person, post, on),
            certificate_valid(person, on=on, matter=item.matter, territory=territory),
        ]
    )


def may_act_on_violation(
    violation_key: str, *, agency: Agency | int, territory: str, post: str, officer: Person | int, on: date
) -> Verdict:
    """`may_exercise` for the item that covers a violation in the list of the agency."""
    item = item_for(violation_key, agency=agency, on=on)
    if item is None:
        return _not_in_list(violation_key)
    subject = latest_subject_of(agency, on=on, matter=item.matter)
    return may_exercise(item, subject=subject, territory=territory, post=post, officer=officer, on=on)


def item_for(violation_key: str, *, agency: Agency | int, on: date) -> EnforcementItem | None:
    """The item of the agency that covers a violation on a day; else another department's item for it."""
    pk = agency.pk if isinstance(agency, Agency) else agency
    found = EnforcementItem.objects.filter(valid_on(on), violations__violation=violation_key)
    return found.filter(agency_id=pk).first() or found.filter(agency=None).first()


def _not_in_list(violation_key: str) -> Verdict:
    """Nothing in the agency's list: say whose matter it is where the rulebook knows."""
    try:
        known = violation(violation_key)
    except UnknownViolation:
        return refuse("powers.item_mismatch", _basis(), item=violation_key, why=_("清单中没有这一事项"))
    department = department_of(known)
    if department == "water":
        return refuse("powers.item_mismatch", _basis(), item=known.name, why=_("本机关的清单中没有这一事项"))
    return _other_department(known.name, dict(EnforcementItem.DEPARTMENTS)[department], known.authority)


def _other_department(name: str, department: Any, basis: str) -> Verdict:
    params = {"item": name, "department": str(department)}
    reason = _("{item}由{department}管辖（{basis}）").format(item=name, department=department, basis=basis)
    prefilled = {"disposal": "transferred", "target_text": str(department), "reason": reason}
    return Verdict((Refusal("powers.other_department", params, (_basis(),), TRANSFER, prefilled),))


def _basis() -> Any:
    return cite("penalty-law", 17, anchor="法定职权范围")


def _item_in_force(item: EnforcementItem, on: date) -> Verdict:
    if item.frozen_from is not None and item.frozen_from <= on:
        return _frozen(item)
    if item.valid_from <= on and (item.valid_until is None or on <= item.valid_until):
        return ALLOWED
    return refuse(
        "powers.item_mismatch", _basis(), item=item.name, why=_("事项在{day}不在有效期内").format(day=on.isoformat())
    )


def _frozen(item: EnforcementItem) -> Verdict:
    law, article = item.frozen_by["law"], item.frozen_by["article"]
    known = laws().get(law)
    name = known.short if known is not None else law
    basis = [cite(law, article)] if known is not None else []
    return refuse("powers.item_frozen", *basis, item=item.name, law=name, article=article, day=f"{item.frozen_from}")


def _subject_matches(item: EnforcementItem, subject: EnforcementSubject | None, on: date) -> Verdict:
    if subject is None:
        return refuse("powers.subject_mismatch", _basis(), item=item.name, subject=_("无"))
    acts_for = {subject.agency_id}
    if subject.entrusted_by is not None:
        acts_for.add(subject.entrusted_by.agency_id)
    if item.agency_id not in acts_for:
        return refuse("powers.subject_mismatch", _basis(), item=item.name, subject=subject.printed_name)
    return subject_may_act(subject, on=on, matter=item.matter)


def _territory_matches(item: EnforcementItem, subject: EnforcementSubject | None, territory: str) -> Verdict:
    places = [item.territory_id, *([subject.territory_id] if subject is not None else [])]
    if all(lies_in(territory, place) for place in places):
        return ALLOWED
    return refuse(
        "powers.territory_mismatch",
        cite("penalty-law", 22, anchor="违法行为发生地"),
        item=item.name,
        territory=territory,
    )


def _post_matches(item: EnforcementItem, person: Person, post: str, on: date) -> Verdict:
    assigned = PowerAssignment.objects.filter(valid_on(on), item=item, unit_id=person.unit_id, post_key=post)
    if person.unit_id is not None and assigned.exists():
        return ALLOWED
    label = dict(PostKey.choices).get(post, post)
    unit = person.unit.name if person.unit is not None else _("未指定内设机构")
    return refuse("powers.post_mismatch", _basis(), item=item.name, officer=person.name, unit=unit, post=str(label))


def may_keep_items(target: Any, *, actor: Actor, agency: Agency | None = None) -> Verdict:
    """Administrators and the head of legal review keep the list of their agency."""
    if actor.is_system:
        return ALLOWED
    place = _agency_of(target) or agency
    if actor.holds("review_head") and place is not None and place.pk == actor.organ_id:
        return ALLOWED
    return may_administer(place, actor=actor)


def may_publish_benchmark(target: Any, *, actor: Actor) -> Verdict:
    """Disclosure officers and the head of legal review publish what their own agency applies."""
    if actor.is_system:
        return ALLOWED
    place = _agency_of(target)
    if actor.holds("disclosure_officer", "review_head") and place is not None and place.pk == actor.organ_id:
        return ALLOWED
    return refuse("core.not_permitted", act=_("公布裁量基准"))


def _agency_of(target: Any) -> Agency | None:
    if isinstance(target, Agency):
        return target
    if isinstance(target, PowerAssignment):
        return target.item.agency
    found: Agency | None = getattr(target, "agency", None)
    return found
