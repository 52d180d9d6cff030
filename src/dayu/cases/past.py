"""Decided cases as the what-if of benchmarks reads them: what each party did, and what it was fined."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress

from dayu.basis.selectors import county_of
from dayu.cases.models import CaseParty
from dayu.core.actors import Actor
from dayu.law.fact_conditions import FactValue, UnknownFact, read_facts
from dayu.law.partial_dates import UnreadableDate, partial_date
from dayu.law.party_kinds import UnknownPartyKind, party_kind
from dayu.law.what_if import PastCase


def decided_cases(actor: Actor, violations: frozenset[str]) -> Iterator[PastCase]:
    """The parties of decided cases of these violations that the actor may see. One whose facts cannot be read is left out."""
    rows = CaseParty.objects.visible_to(actor).filter(case__violation__in=violations, decided_on__isnull=False)
    for party in rows.select_related("case__organ").order_by("case_id", "id").iterator(chunk_size=500):
        with suppress(UnknownFact, UnknownPartyKind, UnreadableDate):
            yield _past(party)


def _past(party: CaseParty) -> PastCase:
    case = party.case
    facts: dict[str, FactValue] = read_facts({**case.facts, **party.facts})
    if party.treated_as:
        facts["treated_as"] = party.treated_as
    if party.fine_yuan:
        facts |= {"order_unmet": True, "order_unmet_twice": True}  # a fine was lawful only behind the gate
    acted = partial_date(case.acted_to or case.acted_from)
    return PastCase(
        f"{case.case_no or case.title} {party.name}".strip(), case.violation, county_of(case.territory_code),
        party_kind(party.kind), facts, acted.last, party.fine_yuan, decided_on=party.decided_on,
    )  # fmt: skip
