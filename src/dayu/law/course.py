"""The course of a case so far: short questions about the journal that many conditions ask."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from dayu.law.journal import Entry, later
from dayu.law.situation import LimitRequest, Situation

ENDINGS = ("filing_declined", "filing_withdrawn", "investigation_terminated", "case_transferred", "case_merged")
CRIME_RETURNED = ("police_declined", "prosecution_declined", "crime_exempted")
FINE_ENDINGS = ("court_refused", "enforcement_terminated", "court_enforced")


@dataclass(frozen=True, slots=True)
class Terms:
    """What a notice or a discussion fixed for a party: amount, kinds, confiscation, facts and basis."""

    amount_yuan: Decimal
    kinds: frozenset[str]
    confiscated_yuan: Decimal
    facts: frozenset[str]
    basis: frozenset[str]


def terms_of(entry: Entry) -> Terms:
    """The terms recorded with an entry; amounts are kept as strings."""
    params = entry.params
    return Terms(
        yuan(params, "amount_yuan"),
        frozenset(params.get("kinds", ())),
        yuan(params, "confiscated_yuan"),
        frozenset(params.get("facts", ())),
        frozenset(params.get("basis", ())),
    )


def yuan(params: Mapping[str, Any], key: str) -> Decimal:
    """An amount of a journal entry, 0 where there is none."""
    return Decimal(str(params.get(key) or 0))


def day(params: Mapping[str, Any], key: str) -> date | None:
    """A date of a journal entry or proposal, given as a date or in ISO form."""
    value = params.get(key)
    if value is None or value == "":
        return None
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def ending(s: Situation) -> Entry | None:
    """What ended the whole case before a decision: declined, withdrawn, terminated, transferred, merged."""
    return s.journal.last_of(ENDINGS)


def served_notice(s: Situation, party: str | None) -> Entry | None:
    """The latest advance notice that reached the party."""
    return s.last("penalty_notice_served", party)


def given_notice(s: Situation, party: str | None) -> Entry | None:
    """The latest advance notice, served or not."""
    return s.last("penalty_notice_given", party)


def notice_is_served(s: Situation, party: str | None) -> bool:
    """Whether the latest notice given is also the latest one served."""
    given, served = given_notice(s, party), served_notice(s, party)
    if served is None:
        return False
    return given is None or not given.subject or given.subject == served.subject


def pleaded(s: Situation, party: str | None) -> bool:
    """Whether this party ever used the right to be heard: a defence, or a hearing held at its request."""
    return s.has("defence_submitted", party) or s.has("hearing_held", party)


def decision(s: Situation, party: str | None) -> Entry | None:
    """The penalty decision in force for the party: sealed and not revoked since."""
    sealed = s.last("decision_sealed", party)
    return None if sealed is None or later(s.last("decision_revoked", party), sealed) else sealed


def no_penalty(s: Situation, party: str | None) -> Entry | None:
    """The decision not to penalise, if it stands."""
    decided = s.last("no_penalty_decided", party)
    return None if decided is None or later(s.last("decision_revoked", party), decided) else decided


def outcome(s: Situation, party: str | None) -> Entry | None:
    """The decision of either kind that stands for the party."""
    return decision(s, party) or no_penalty(s, party)


def crime_is_open(s: Situation) -> bool:
    """Whether suspicion of a crime waits for police, prosecutor or court."""
    raised = s.journal.last_of(("crime_suspected", "crime_filed"))
    return later(raised, s.journal.last_of((*CRIME_RETURNED, "crime_ruled_out")))


def pauses(s: Situation, began: str = "clock_paused", ended: str = "clock_resumed") -> tuple[tuple[date, date], ...]:
    """The days that do not count against the limit, both ends included; an open pause runs until today."""
    ends = {e.subject: e.on for e in s.journal.all(ended)}
    return tuple((p.on, ends.get(p.subject, s.today)) for p in s.journal.all(began))


def extension_days(s: Situation) -> int:
    """All days of extension that were approved."""
    return sum(int(e.params.get("days", 0)) for e in s.journal.all("extension_approved"))


def pay_due(s: Situation, party: str | None) -> date | None:
    """The last day to pay: 15 days after service, or the end of a deferral or of the instalments granted."""
    served = s.last("decision_served", party)
    if served is None:
        return None
    deferred = s.last("deferral_approved", party)
    until = day(deferred.params, "until") if deferred and later(deferred, decision(s, party)) else None
    return until or s.deadline(LimitRequest("pay", served.on))


def fine_is_settled(s: Situation, party: str | None) -> bool:
    """Paid in full, or ended lawfully: the court refused, enforced, or enforcement was terminated."""
    decided = decision(s, party)
    if decided is None or yuan(decided.params, "amount_yuan") == 0:
        return True
    paid = s.last("fine_paid", party)
    if later(paid, decided) and paid is not None and paid.params.get("complete"):
        return True
    return later(s.journal.last_of(FINE_ENDINGS, party), decided)


def suit_ends(s: Situation, party: str | None) -> date | None:
    """The last day on which the party may sue: six months from service, or fifteen days from a reconsideration."""
    served = s.last("decision_served", party)
    if served is None:
        return None
    reviewed = s.last("reconsideration_decided", party)
    if reviewed is not None and later(reviewed, served):
        return s.deadline(LimitRequest("sue_after_reconsider", reviewed.on))
    return s.deadline(LimitRequest("sue", served.on))


def court_window_ends(s: Situation, party: str | None) -> date | None:
    """The last day to ask the court: three months from the end of the time to sue, or of a deferral (强制法五十三条)."""
    served, decided = s.last("decision_served", party), decision(s, party)
    if served is None:
        return None
    deferred = s.last("deferral_approved", party)
    until = day(deferred.params, "until") if deferred and later(deferred, decided) else None
    if until is not None:
        return s.deadline(LimitRequest("court_apply_deferred", until))
    reviewed, sued = s.last("reconsideration_decided", party), suit_ends(s, party)
    if reviewed is not None and later(reviewed, served) and sued is not None:
        return s.deadline(LimitRequest("court_window", sued))
    return s.deadline(LimitRequest("court_apply", served.on))
