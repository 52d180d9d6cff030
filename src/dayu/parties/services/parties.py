"""Registering, changing, naming, linking and classing parties; reading their protected fields on purpose."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from dayu.core import clock
from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.audit import subject_key
from dayu.core.events import publish
from dayu.core.files import StoredFile
from dayu.core.refused import refuse_now
from dayu.core.search import index_record
from dayu.parties import matching
from dayu.parties.events import PartyRenamed, PartyStandingChanged
from dayu.parties.identifiers import ID_CARD, birthday_of, covered_name, is_valid, tidy
from dayu.parties.models import (
    Party,
    PartyIdentifier,
    PartyKind,
    PartyLink,
    PartyName,
    Representative,
)
from dayu.parties.policies import (
    may_change_party,
    may_decide_class,
    may_read_protected,
    may_register_party,
    purposes_for,
)

CHANGEABLE = frozenset(
    {"phone", "address", "served_at_address", "occupation", "sex", "born_on", "guardian", "belongs_to", "operator"}
)
OF_AGE = 18


@action(label=_("登记当事人"), policy=may_register_party, doors={"office", "field"})
def register_party(
    target: None,
    *,
    actor: Actor,
    moment: datetime,
    kind: str,
    name: str,
    identifiers: Mapping[str, str] | None = None,
    despite_match: bool = False,
    source: str = "",
    territory: str = "",
    **details: Any,
) -> Party:
    """Register a party. A party of the organ with the same number is refused unless `despite_match` (then link them)."""
    if kind not in PartyKind.values:
        refuse_now("parties.unknown_kind", kind=kind)
    if not name.strip():
        refuse_now("parties.name_needed")
    numbers = _checked(identifiers or {}, clock.legal_date(moment))
    if not despite_match:
        _refuse_certain_match(actor, name.strip(), numbers)
    party = Party(
        kind=kind,
        name=name.strip(),
        organ_id=actor.organ_id,
        territory_id=territory or actor.territory,
        source=source,
        registered_at=moment,
        registered_by_id=actor.person_id,
    )
    _set(party, details)
    if ID_CARD in numbers and party.born_on is None:
        party.born_on = birthday_of(numbers[ID_CARD])
    _check_age(party, clock.legal_date(moment))
    party.save()
    PartyIdentifier.objects.bulk_create(
        [PartyIdentifier(party=party, kind=k, value=v, noted_at=moment) for k, v in numbers.items()]
    )
    index_party(party, moment=moment)
    note_subject(party)
    note(kind=kind, identifiers=sorted(numbers), source=source)
    return party


@action(label=_("修改当事人信息"), policy=may_change_party)
def change_party(party: Party, *, actor: Actor, moment: datetime, **details: Any) -> Party:
    """Correct telephone, addresses, occupation, guardian, the unit it belongs to. The name has an act of its own."""
    changed = sorted(k for k, v in details.items() if getattr(party, k, None) != v)
    _set(party, details)
    _check_age(party, clock.legal_date(moment))
    party.save()
    index_party(party, moment=moment)
    note(changed=changed)
    return party


@action(label=_("变更当事人名称"), policy=may_change_party)
def rename_party(party: Party, *, actor: Actor, moment: datetime, name: str, until: date, reason: str) -> Party:
    """The party bears another name, or the name was written wrongly; the earlier one stays visible."""
    if not reason.strip():
        refuse_now("parties.reason_needed")
    if not name.strip() or name.strip() == party.name:
        refuse_now("parties.same_name")
    before = party.name
    PartyName.objects.create(
        party=party, name=before, until=until, reason=reason, changed_by=actor.name, changed_at=moment
    )
    party.name = name.strip()
    party.save()
    index_party(party, moment=moment)
    note(reason=reason, until=until)
    publish(PartyRenamed(party.pk, before, party.name, reason), moment=moment)
    return party


@action(label=_("登记证件号码"), policy=may_change_party)
def add_identifier(party: Party, *, actor: Actor, moment: datetime, kind: str, value: str) -> PartyIdentifier:
    """A further number; its check character must be right."""
    numbers = _checked({kind: value}, clock.legal_date(moment))
    if party.identifiers.filter(kind=kind, value=numbers[kind], withdrawn_at=None).exists():
        refuse_now("parties.identifier_is_there")
    row = PartyIdentifier.objects.create(party=party, kind=kind, value=numbers[kind], noted_at=moment)
    index_party(party, moment=moment)
    note(kind=kind)
    return row


@action(label=_("更正证件号码"), policy=may_change_party)
def withdraw_identifier(party: Party, *, actor: Actor, moment: datetime, identifier_id: int, reason: str) -> Party:
    """A number that was wrong no longer counts; that it was entered stays on record."""
    if not reason.strip():
        refuse_now("parties.reason_needed")
    if not party.identifiers.filter(pk=identifier_id, withdrawn_at=None).update(withdrawn_at=moment):
        refuse_now("parties.no_such_identifier")
    index_party(party, moment=moment)
    note(reason=reason)
    return party


@action(label=_("登记代表人、代理人"), policy=may_change_party)
def name_representative(
    party: Party,
    *,
    actor: Actor,
    moment: datetime,
    role: str,
    name: str,
    valid_from: date,
    valid_until: date | None = None,
    position: str = "",
    phone: str = "",
    id_card: str = "",
    authority: str = "",
    paper: StoredFile | None = None,
) -> Representative:
    """Who speaks for the party. An authorised representative needs the extent of the authority in words."""
    if role not in dict(Representative.ROLES):
        refuse_now("parties.unknown_role", role=role)
    if role in ("authorised", "lawyer") and not authority.strip():
        refuse_now("parties.authority_needed")
    if valid_until is not None and valid_until < valid_from:
        refuse_now("parties.days_in_order")
    if id_card and not is_valid(ID_CARD, tidy(id_card), today=clock.legal_date(moment)):
        refuse_now("parties.identifier_invalid", kind=str(dict(PartyIdentifier.KINDS)[ID_CARD]))
    note(role=role)
    return Representative.objects.create(
        party=party,
        role=role,
        name=name.strip(),
        position=position,
        phone=phone,
        id_card=tidy(id_card),
        authority=authority,
        paper=paper,
        valid_from=valid_from,
        valid_until=valid_until,
    )


@action(label=_("认定当事人类别"), policy=may_decide_class)
def decide_party_class(party: Party, *, actor: Actor, moment: datetime, treated_as: str, reason: str) -> Party:
    """公民 or 法人或者其他组织: until somebody decides, with a reason, the lower threshold applies (practice 5)."""
    if treated_as not in ("citizen", "organisation"):
        refuse_now("parties.unknown_class", value=treated_as)
    if not party.law_kind.ask:
        refuse_now("parties.class_is_clear", kind=party.get_kind_display())
    if not reason.strip():
        refuse_now("parties.reason_needed")
    party.treated_as, party.treated_reason = treated_as, reason.strip()
    party.treated_by, party.treated_at = actor.name, moment
    party.save()
    note(treated_as=treated_as, reason=reason)
    return party


@action(label=_("登记当事人状况"), policy=may_change_party)
def record_party_standing(
    party: Party, *, actor: Actor, moment: datetime, standing: str, on: date, words: str
) -> Party:
    """Death, deregistration, vanished, or found again, with the day and what shows it."""
    if standing not in dict(Party.STANDINGS):
        refuse_now("parties.unknown_standing", value=standing)
    if standing == party.standing:
        refuse_now("parties.same_standing")
    if on > clock.legal_date(moment):
        refuse_now("parties.day_in_the_future", day=on.isoformat())
    if not words.strip():
        refuse_now("parties.reason_needed")
    party.standing, party.standing_on, party.standing_note = standing, on, words.strip()
    party.save()
    note(standing=standing, on=on, words=words)
    publish(PartyStandingChanged(party.pk, standing, on), moment=moment)
    return party


@action(label=_("关联当事人"), policy=may_change_party)
def link_parties(
    party: Party, *, actor: Actor, moment: datetime, other: Party, reason: str, relation: str = "same"
) -> PartyLink:
    """Two records stand for the same party (or were found not to). Neither is changed; a later finding replaces this one."""
    if party.pk == other.pk:
        refuse_now("parties.link_to_another")
    if not Party.objects.visible_to(actor).filter(pk=other.pk).exists():
        refuse_now("core.not_permitted", act=str(_("关联当事人")))
    if not reason.strip():
        refuse_now("parties.reason_needed")
    note(other=subject_key(other), relation=relation, reason=reason)
    return PartyLink.objects.create(
        one=party, other=other, relation=relation, reason=reason, linked_at=moment, linked_by=actor.name
    )


@action(label=_("查阅受保护信息"), policy=may_read_protected)
def disclose_party(party: Party, *, actor: Actor, moment: datetime) -> Party:
    """Open the protected fields for the matter one handles; without one it is refused and the attempt is kept."""
    note(purpose=purposes_for(actor, [party], moment=moment).get(party.pk, ""))
    return party


def index_party(party: Party, *, moment: datetime) -> None:
    """Make the party findable. What the index shows of a person is covered; the full name only finds it."""
    shown = covered_name(party.name) if party.is_natural_person else party.name
    numbers = party.identifiers.filter(withdrawn_at=None).values_list("value", flat=True)
    earlier = party.earlier_names.values_list("name", flat=True)
    index_record(
        "parties.party",
        party.pk,
        title=shown,
        subtitle=str(party.get_kind_display()),
        url=party.get_absolute_url(),
        text=" ".join([party.name, *earlier, *numbers, party.phone]),
        moment=moment,
    )


def _checked(identifiers: Mapping[str, str], today: date) -> dict[str, str]:
    kinds = dict(PartyIdentifier.KINDS)
    found = {}
    for kind, value in identifiers.items():
        if not value.strip():
            continue
        if kind not in kinds:
            refuse_now("parties.unknown_identifier", kind=kind)
        number = tidy(value)
        if not is_valid(kind, number, today=today):
            refuse_now("parties.identifier_invalid", kind=str(kinds[kind]))
        found[kind] = number
    return found


def _refuse_certain_match(actor: Actor, name: str, numbers: Mapping[str, str]) -> None:
    for match in matching.find_matches(actor, name=name, identifiers=numbers):
        if match.sureness == matching.CERTAIN and match.party.organ_id == actor.organ_id:
            shown = covered_name(match.party.name) if match.party.is_natural_person else match.party.name
            refuse_now("parties.already_registered", party=shown, remedy=match.party.get_absolute_url())


def _set(party: Party, details: Mapping[str, Any]) -> None:
    for name, value in details.items():
        if name not in CHANGEABLE:
            raise TypeError(f"{name} is not changed here")
        setattr(party, name, value)


def _check_age(party: Party, today: date) -> None:
    """A minor has a guardian, and is one: both follow from the birthday where it is known."""
    if party.guardian_id is not None and party.guardian_id == party.pk:
        refuse_now("parties.own_guardian")
    if party.born_on is None:
        return
    had_birthday = (today.month, today.day) >= (party.born_on.month, party.born_on.day)
    of_age = today.year - party.born_on.year - (0 if had_birthday else 1) >= OF_AGE
    if party.kind == PartyKind.CITIZEN and not of_age:
        refuse_now("parties.is_a_minor")
    if party.kind == PartyKind.MINOR and of_age:
        refuse_now("parties.is_of_age")
