"""The situation of a case on one day: everything the procedure needs to answer, passed in and never fetched."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dayu.law.calendar import national_calendar
from dayu.law.journal import Entry, Journal, nothing
from dayu.law.leniency import LeniencyAnswer


@dataclass(frozen=True, slots=True)
class LimitRequest:
    """A time limit to compute: `key` as in section 6 of the table of limits, from which day, with what left out.

    `excluded` are days that do not count, both ends included. `fixed` is a date that a paper itself names.
    """

    key: str
    start: date
    start_at: datetime | None = None
    days: int | None = None
    excluded: tuple[tuple[date, date], ...] = ()
    extension_days: int = 0
    fixed: date | None = None


Deadline = Callable[[LimitRequest], date]
Holiday = Callable[[date], str]


def no_deadlines(request: LimitRequest) -> date:
    """Stands where nobody passed a deadline engine: asking is then an error, never a guess."""
    raise LookupError(f"no deadline engine was passed in to answer {request.key}")


def national_holiday(day: date) -> str:
    """The name of the public holiday by the national calendar, empty where there is none."""
    return national_calendar().holiday(day)


@dataclass(frozen=True, slots=True)
class Answer:
    """A person's answer to a question the law leaves open: who said it, why, and on what evidence."""

    value: bool | None = None
    reason: str = ""
    evidence: tuple[str, ...] = ()
    by: str = ""

    @property
    def proven(self) -> bool:
        """Yes, and evidence stands behind it."""
        return self.value is True and bool(self.evidence)


@dataclass(frozen=True, slots=True)
class Draft:
    """What the draft decision now says about one party. `digest` is that of its substance (see `law.substance`)."""

    amount_yuan: Decimal | None = None
    kinds: frozenset[str] = frozenset()
    confiscated_yuan: Decimal = Decimal(0)
    facts: frozenset[str] = frozenset()
    basis: frozenset[str] = frozenset()
    digest: str = ""
    remedies_text: str = ""
    deviation_reason: str = ""
    includes_order: bool = False
    missing: tuple[str, ...] = ()

    @property
    def fines(self) -> bool:
        """Whether it imposes a fine."""
        return self.amount_yuan is not None and self.amount_yuan > 0


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the law and the benchmark allow for this party. `known` is False until law or a person states the range."""

    known: bool = False
    min_yuan: Decimal | None = None
    max_yuan: Decimal | None = None
    optional: bool = False
    tier_min_yuan: Decimal | None = None
    tier_max_yuan: Decimal | None = None
    basis: str = ""
    tier_open: tuple[bool, bool] = (False, False)  # which ends do not belong to the tier


@dataclass(frozen=True, slots=True)
class DefencePoint:
    """One point of a plea (申辩意见) and whether it was answered, and adopted."""

    key: str
    label: str = ""
    answered: bool = False
    adopted: bool = False


@dataclass(frozen=True, slots=True)
class PartyView:
    """One party (当事人) as the procedure sees it. Thresholds that nobody could decide are None and count as met."""

    key: str
    name: str = ""
    draft: Draft | None = None
    bounds: Bounds = Bounds()
    order_first: bool = False
    hearing_required: bool | None = None
    discussion_required: bool | None = None
    limitation_barred: bool | None = None
    natural_person: bool = True
    threshold_side: str = ""  # citizen | organisation; empty counts as the lower figure until a person decides
    leniency: Sequence[LeniencyAnswer] = ()
    review_answers: Mapping[str, Answer] = field(default_factory=nothing)
    points: tuple[DefencePoint, ...] = ()
    package_missing: tuple[str, ...] = ()
    electronic_consent: bool = False


@dataclass(frozen=True, slots=True)
class OfficerView:
    """One officer who handles the case: `certificate_until` is the last valid day, None where there is none."""

    key: str
    name: str = ""
    certificate_from: date | None = None
    certificate_until: date | None = None
    recused: bool = False

    def certified_on(self, day: date) -> bool:
        """Whether a certificate (执法证) was valid on that day."""
        if self.certificate_until is None or day > self.certificate_until:
            return False
        return self.certificate_from is None or self.certificate_from <= day


@dataclass(frozen=True, slots=True)
class FactView:
    """One fact to be proved, and how many pieces of evidence support it, checked and unchecked."""

    key: str
    label: str = ""
    checked: int = 0
    unchecked: int = 0


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything the procedure may look at. `proposal` holds the particulars of the act that is being asked about."""

    today: date
    journal: Journal = field(default_factory=Journal)
    parties: Sequence[PartyView] = ()
    officers: Sequence[OfficerView] = ()
    facts: Sequence[FactView] = ()
    answers: Mapping[str, Answer] = field(default_factory=nothing)
    settings: Mapping[str, Any] = field(default_factory=nothing)
    proposal: Mapping[str, Any] = field(default_factory=nothing)
    deadline: Deadline = no_deadlines
    holiday: Holiday = national_holiday

    def party(self, key: str | None) -> PartyView | None:
        """The party with this key, or None."""
        for party in self.parties:
            if party.key == key:
                return party
        return None

    def draft(self, key: str | None) -> Draft | None:
        """What the draft says about this party, or None."""
        party = self.party(key)
        return party.draft if party else None

    def last(self, kind: str, party: str | None = None) -> Entry | None:
        """The latest entry of a kind, see `Journal.last`."""
        return self.journal.last(kind, party)

    def has(self, kind: str, party: str | None = None) -> bool:
        """Whether it ever happened, see `Journal.has`."""
        return self.journal.has(kind, party)

    def setting(self, key: str) -> Any:
        """A value that a territory may set, else the default of `DEFAULT_SETTINGS`."""
        return self.settings.get(key, DEFAULT_SETTINGS[key])

    def proposing(self, **proposal: Any) -> Situation:
        """The same situation, asked about an act with these particulars."""
        return replace(self, proposal=proposal)

    def active_parties(self) -> tuple[PartyView, ...]:
        """The parties that have not left the case by a split or a dropped accusation."""
        return tuple(p for p in self.parties if not self.journal.has("party_split_off", p.key))


# Values the documents leave open: each is a default that no document sets, until a territory profile does.
DEFAULT_SETTINGS: Mapping[str, Any] = {
    "education_required": True,
    "extension_days_total": 60,
    "discussion_quorum": 3,
    "defence_working_days": 5,
    "publication_required": True,
    # The night (夜间) in which nothing is enforced, as the hours at which it begins and ends.
    "night_hours": (22, 6),
    # Whether an ordinary weekend counts as a day on which nothing is enforced, beside the public holidays.
    "weekend_is_holiday": False,
    # From which fine a penalty counts as major (重大行政处罚), and whether every penalty does where nothing is set.
    "major_penalty_yuan": None,
    "every_penalty_is_major_without_threshold": True,
    # Blocks of numbers allotted to devices for slips decided on the spot.
    "number_blocks": (),
}
