"""Reads of parties: what may be shown of one, lists with covered fields, and what the search may answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from dayu.core.access import note_access
from dayu.core.actors import Actor
from dayu.core.search import SearchKind
from dayu.parties.identifiers import covered_address, covered_name, covered_number, covered_phone
from dayu.parties.matching import same_parties
from dayu.parties.models import CreditEvent, Party, Representative
from dayu.parties.policies import purposes_for


@dataclass(frozen=True, slots=True)
class PartyFields:
    """The fields of a party as they may be shown."""

    name: str
    identifiers: tuple[tuple[str, str], ...]
    phone: str
    address: str
    served_at_address: str
    born: str
    covered: bool


@dataclass(frozen=True, slots=True)
class PartyReading:
    """A party as one actor may see it; `purpose` is the matter that opens the protected fields, empty when none does."""

    party: Party
    fields: PartyFields
    purpose: str


def read_fields(party: Party, *, covered: bool) -> PartyFields:
    """The fields, protected ones covered or open. Names and numbers of organisations are public anyway."""
    numbers = [(str(i.get_kind_display()), i.value) for i in party.identifiers.all() if i.withdrawn_at is None]
    if not covered:
        born = party.born_on.isoformat() if party.born_on else ""
        return PartyFields(
            party.name, tuple(numbers), party.phone, party.address, party.served_at_address, born, covered=False
        )
    person = party.is_natural_person
    return PartyFields(
        name=covered_name(party.name) if person else party.name,
        identifiers=tuple((k, covered_number(v)) for k, v in numbers) if person else tuple(numbers),
        phone=covered_phone(party.phone) if party.phone else "",
        address=covered_address(party.address) if person else party.address,
        served_at_address=covered_address(party.served_at_address),
        born="****" if party.born_on and person else "",
        covered=True,
    )


def read_party(party: Party, *, actor: Actor, now: datetime) -> PartyReading:
    """One party for a page; the reading is recorded with its purpose, or as covered."""
    return read_parties([party], actor=actor, now=now)[0]


def read_parties(parties: Sequence[Party], *, actor: Actor, now: datetime) -> list[PartyReading]:
    """Parties for a page, in two statements beside their own; the reading is recorded (SEC-01)."""
    purposes = purposes_for(actor, parties, moment=now)
    found = []
    for party in parties:
        purpose = purposes.get(party.pk, "")
        note_access([party], purpose=purpose, masked=not purpose)
        found.append(PartyReading(party, read_fields(party, covered=not purpose), purpose))
    return found


def shown_name(party: Party, *, actor: Actor, now: datetime) -> str:
    """The name alone, covered without a purpose."""
    return read_party(party, actor=actor, now=now).fields.name


def representatives_on(party: Party, day: date) -> list[Representative]:
    """Who speaks for the party on a day."""
    return [
        r
        for r in party.representatives.all()
        if r.valid_from <= day and (r.valid_until is None or day <= r.valid_until)
    ]


def credit_of(party: Party) -> list[CreditEvent]:
    """Credit events that still count, newest first; with those of records found to be the same party."""
    everyone = [party, *same_parties(party)]
    revoked = CreditEvent.objects.filter(party__in=everyone, revokes__isnull=False).values("revokes_id")
    found = CreditEvent.objects.filter(party__in=everyone, revokes=None).exclude(pk__in=revoked)
    return list(found.order_by("-happened_on", "-id"))


def earlier_penalties(party: Party, *, since: date) -> int:
    """How many penalties that still count the party has had since a day: a fact for discretion."""
    return sum(1 for e in credit_of(party) if e.kind == "penalty" and e.happened_on >= since)


def _visible(actor: Actor, ids: Sequence[str]) -> Iterable[int]:
    return Party.objects.visible_to(actor).filter(pk__in=ids).values_list("pk", flat=True)


PARTY_KIND = SearchKind("parties.party", _("当事人"), _visible)
