"""Matching: which registered parties may be the one that is being registered. Suggestions only; a person decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q

from dayu.core.actors import Actor
from dayu.parties.identifiers import tidy
from dayu.parties.models import Party, PartyLink

CERTAIN, LIKELY, POSSIBLE = "certain", "likely", "possible"
_RANK = {CERTAIN: 0, LIKELY: 1, POSSIBLE: 2}
MOST = 20


@dataclass(frozen=True, slots=True)
class Match:
    """A party that may be the same, how sure that is, and by what."""

    party: Party
    sureness: str
    by: str  # identifier | name_and_phone | name


def find_matches(
    actor: Actor,
    *,
    name: str,
    identifiers: Mapping[str, str] | None = None,
    phone: str = "",
    besides: Party | None = None,
) -> list[Match]:
    """Parties within the actor's scope with the same number, or the same name; the surest first."""
    values = [tidy(v) for v in (identifiers or {}).values() if v]
    same_number = Q(identifiers__value__in=values, identifiers__withdrawn_at=None) if values else Q(pk__in=[])
    candidates = Party.objects.visible_to(actor).filter(same_number | Q(name=name)).distinct()
    if besides is not None:
        candidates = candidates.exclude(pk=besides.pk)
    found = [_match(p, name, values, phone) for p in candidates.prefetch_related("identifiers")[:MOST]]
    return sorted(found, key=lambda m: (_RANK[m.sureness], m.party.pk))


def _match(party: Party, name: str, values: Sequence[str], phone: str) -> Match:
    if any(i.value in values and i.withdrawn_at is None for i in party.identifiers.all()):
        return Match(party, CERTAIN, "identifier")
    if party.name == name and phone and party.phone == phone:
        return Match(party, LIKELY, "name_and_phone")
    return Match(party, POSSIBLE, "name")


def same_parties(party: Party) -> list[Party]:
    """All records that were found to stand for the same party: the newest finding about a pair counts."""
    known, frontier = {party.pk: party}, [party.pk]
    while frontier:
        links = PartyLink.objects.filter(Q(one_id__in=frontier) | Q(other_id__in=frontier)).select_related("one", "other")
        frontier = []
        for one, other in _present_pairs(links):
            for side in (one, other):
                if side.pk not in known:
                    known[side.pk] = side
                    frontier.append(side.pk)
    del known[party.pk]
    return list(known.values())


def _present_pairs(links: Iterable[PartyLink]) -> Iterable[tuple[Party, Party]]:
    seen: set[frozenset[int]] = set()
    for link in sorted(links, key=lambda x: -x.pk):
        pair = frozenset((link.one_id, link.other_id))
        if pair in seen:
            continue
        seen.add(pair)
        if link.relation == "same":
            yield link.one, link.other
