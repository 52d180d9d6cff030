"""初次违法: what the register of penalties knows of a party, over all cases of this installation and its credit events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from dayu.cases.models import CaseParty, JournalEntry
from dayu.core.audit import subject_key
from dayu.parties.models import Party
from dayu.parties.selectors import credit_of

_LIFE = ("decision_sealed", "decision_revoked")


@dataclass(frozen=True, slots=True)
class EarlierPenalty:
    """One penalty before a day that still stands."""

    decided_on: date
    case_no: str  # empty where only the register of parties knows of it


def earlier_penalties_of(party: CaseParty, *, before: date) -> tuple[EarlierPenalty, ...]:
    """Penalties decided before `before` in other cases against the same party, oldest first.

    The same is who has the same entry in the register, the same number of papers or the same code; a revoked decision
    does not count. Whoever asks hears of all of them: a first violation is one everywhere, not in one organ.
    """
    same = _same(party)
    rows = JournalEntry.objects.filter(kind__in=_LIFE, party__in=same).order_by("happened_on", "id")
    standing: dict[int, EarlierPenalty] = {}
    for pk, kind, on, case_no in rows.values_list("party_id", "kind", "happened_on", "case__case_no"):
        if kind == "decision_revoked":
            standing.pop(pk, None)
        elif on < before:
            standing[pk] = EarlierPenalty(on, case_no)
    counted = {f"cases.caseparty:{pk}" for pk in same.values_list("pk", flat=True)} | {subject_key(party)}
    found = [*standing.values(), *_registered(party, before=before, counted=counted)]
    return tuple(sorted(found, key=lambda one: one.decided_on))


def _same(party: CaseParty) -> QuerySet[CaseParty]:
    who = Q()
    for name in ("person_key", "id_no", "uscc"):
        if value := getattr(party, name):
            who |= Q(**{name: value})
    others = CaseParty.objects.exclude(case=party.case_id)
    return others.filter(who) if who else others.none()


def _registered(party: CaseParty, *, before: date, counted: set[str]) -> list[EarlierPenalty]:
    """Penalties that only the register of parties knows: taken over, or imposed by others."""
    if not party.person_key.startswith("parties.party:"):
        return []
    known = Party.objects.filter(pk=int(party.person_key.rpartition(":")[2])).first()
    events = credit_of(known) if known is not None else []
    return [
        EarlierPenalty(e.happened_on, "")
        for e in events
        if e.kind == "penalty" and e.happened_on < before and e.subject not in counted
    ]
