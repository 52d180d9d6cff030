"""Which steps a penalty needs: hearing, collective discussion, legal review, and whether it may be decided on the spot."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from dayu.law.citations import Citation, cite
from dayu.law.fact_conditions import Facts
from dayu.law.partial_dates import PartialDate
from dayu.law.party_kinds import PartyKind
from dayu.law.receipts import Step
from dayu.law.thresholds import (
    COLLECTIVE_DISCUSSION,
    HEARING,
    SUMMARY_DECISION,
    Crossing,
    ThresholdEdition,
    crosses,
    edition_on,
)
from dayu.law.violations import Measure

# Measures that are penalties with a hearing of their own whatever the amount (行政处罚法第六十三条第三、四项).
_GRAVE_MEASURES = frozenset({"revoke", "suspend_business"})


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is to be imposed on one party: the fine, or the range it can lie in, and the other penalties."""

    party: PartyKind
    facts: Facts
    low_yuan: Decimal | None
    high_yuan: Decimal | None
    measures: tuple[tuple[Measure, bool | None], ...]
    as_of: PartialDate | None
    not_before: date | None

    @property
    def revokes(self) -> bool:
        """Whether a permit is to be revoked or business suspended: as told, or because the article demands it."""
        told = self.facts.get("revoke_permit")
        if isinstance(told, bool):
            return told
        return any(m.kind in _GRAVE_MEASURES and holds and not m.optional for m, holds in self.measures)

    @property
    def must_confiscate(self) -> bool:
        """Whether the article demands confiscation."""
        return any(m.kind == "confiscate" and not m.optional and holds is not False for m, holds in self.measures)


@dataclass(frozen=True, slots=True)
class Trigger:
    """Whether a step is needed: yes, no, or None with the facts that are missing."""

    key: str
    answer: bool | None
    steps: tuple[Step, ...]
    missing: tuple[str, ...] = ()


@cache
def _review_basis() -> tuple[Citation, ...]:
    return (cite("penalty-law", 58, 1, anchor="进行法制审核"),)


@cache
def _grave_basis() -> tuple[Citation, ...]:
    return (cite("penalty-law", 63, item=3, anchor="吊销许可证件"),)


def hearing(proposal: Proposal) -> Trigger:
    """听证: the fine and the confiscation are compared apart; revoking a permit always triggers."""
    if proposal.revokes:
        return _by_ground(HEARING, "revoke", _grave_basis())
    parts = [_crossing(HEARING, proposal, proposal.low_yuan, proposal.high_yuan)]
    for fact in ("illegal_gain_yuan", "confiscated_value_yuan"):
        amount = proposal.facts.get(fact)
        if isinstance(amount, Decimal):
            parts.append(_crossing(HEARING, proposal, amount, amount))
        elif proposal.must_confiscate and fact == _confiscated_fact(proposal):
            parts.append(Crossing(HEARING, None, parts[0].side, False, None, (fact,)))
    return _joined(HEARING, parts, proposal)


def collective_discussion(proposal: Proposal) -> Trigger:
    """集体讨论: by the amount of the fine, for complex cases, and for revocations."""
    if proposal.revokes:
        return _by_ground(COLLECTIVE_DISCUSSION, "revoke", _discussion_basis())
    if proposal.facts.get("complex") is True:
        return _by_ground(COLLECTIVE_DISCUSSION, "complex", _discussion_basis())
    part = _crossing(COLLECTIVE_DISCUSSION, proposal, proposal.low_yuan, proposal.high_yuan)
    return _joined(COLLECTIVE_DISCUSSION, [part], proposal)


def legal_review(proposal: Proposal, *, hearing: Trigger, discussion: Trigger) -> Trigger:
    """法制审核: public interest, after a hearing, complex; and every penalty that is major by its amount."""
    for ground in ("hearing_held", "public_interest", "complex"):
        if proposal.facts.get(ground) is True:
            return _by_ground("legal_review", ground, _review_basis())
    for trigger in (hearing, discussion):
        if trigger.answer is True:
            return _by_ground("legal_review", trigger.key, _review_basis())
    open_facts = [g for g in ("hearing_held", "public_interest", "complex") if g not in proposal.facts]
    missing = (*open_facts, *hearing.missing, *discussion.missing)
    if missing:
        return Trigger("legal_review", None, (), tuple(dict.fromkeys(missing)))
    return Trigger(
        "legal_review",
        False,
        (Step("trigger", {"key": "legal_review", "ground": "", "answer": False}, _review_basis()),),
    )


def summary_allowed(proposal: Proposal) -> Trigger:
    """当场处罚: a small fine or a warning only; never with confiscation or revocation. Clear facts are presupposed."""
    if proposal.revokes:
        return _not_summary("revoke")
    found = _crossing(SUMMARY_DECISION, proposal, proposal.low_yuan, proposal.high_yuan)
    answer, missing = found.answer, found.missing
    if answer is not False and proposal.must_confiscate:
        fact = _confiscated_fact(proposal)
        amount = proposal.facts.get(fact)
        if isinstance(amount, Decimal) and amount > 0:
            return _not_summary("confiscate")
        if amount is None:
            answer, missing = None, (*missing, fact)
    return Trigger(SUMMARY_DECISION, answer, (_step(found, answer),), missing)


def lower_side_matters(proposal: Proposal) -> bool:
    """Whether a person must say on which side the party stands, because an answer above depends on it."""
    if not proposal.party.ask or "treated_as" in proposal.facts:
        return False
    answers = []
    for side in ("citizen", "organisation"):
        facts = dict(proposal.facts) | {"treated_as": side}
        answers.append(
            [
                _crossing(key, proposal, proposal.low_yuan, proposal.high_yuan, facts).answer
                for key in (HEARING, COLLECTIVE_DISCUSSION, SUMMARY_DECISION)
            ]
        )
    return answers[0] != answers[1]


@cache
def _discussion_basis() -> tuple[Citation, ...]:
    return (cite("penalty-law", 57, 2, anchor="集体讨论决定"),)


def _confiscated_fact(proposal: Proposal) -> str:
    """Gains where only gains are to be confiscated, else the value of the things."""
    items = [
        m.item for m, holds in proposal.measures if m.kind == "confiscate" and not m.optional and holds is not False
    ]
    return "illegal_gain_yuan" if all(i in ("违法所得", "非法所得") for i in items) else "confiscated_value_yuan"


def _crossing(
    key: str, proposal: Proposal, low: Decimal | None, high: Decimal | None, facts: Facts | None = None
) -> Crossing:
    on, not_before = None, proposal.not_before
    if proposal.as_of is not None:
        first, last = edition_on(key, proposal.as_of.first), edition_on(key, proposal.as_of.last)
        # A month in which the threshold changed leaves the day open.
        on, not_before = (proposal.as_of.last, None) if first is last else (None, proposal.as_of.first)
    return crosses(
        key,
        low_yuan=low,
        high_yuan=high,
        party=proposal.party,
        facts=proposal.facts if facts is None else facts,
        on=on,
        not_before=not_before,
    )


def _joined(key: str, parts: Iterable[Crossing], proposal: Proposal) -> Trigger:
    """One yes decides; else one open part leaves it open."""
    found = list(parts)
    yes = [p for p in found if p.answer is True]
    if yes:
        return Trigger(key, True, (_step(yes[0], True),))
    unknown = [p for p in found if p.answer is None]
    if unknown:
        return Trigger(key, None, (), tuple(dict.fromkeys(m for p in unknown for m in p.missing)))
    return Trigger(key, False, tuple(_step(p, False) for p in found))


def _step(found: Crossing, answer: bool | None) -> Step:
    figure = _figure(found.edition, found.side)
    return Step(
        "threshold",
        {
            "key": found.key,
            "figure": figure,
            "compare": found.edition.compare if found.edition else None,
            "side": found.side,
            "side_is_default": found.side_is_default,
            "edition_from": found.edition.in_force_from if found.edition else None,
            "answer": answer,
        },
        found.basis,
    )


def _figure(edition: ThresholdEdition | None, side: str) -> Decimal | None:
    return edition.figure(side) if edition else None


def _by_ground(key: str, ground: str, basis: tuple[Citation, ...]) -> Trigger:
    return Trigger(key, True, (Step("trigger", {"key": key, "ground": ground, "answer": True}, basis),))


def _not_summary(ground: str) -> Trigger:
    basis = (cite("penalty-law", 51, anchor="罚款或者警告的行政处罚"),)
    step = Step("trigger", {"key": SUMMARY_DECISION, "ground": ground, "answer": False}, basis)
    return Trigger(SUMMARY_DECISION, False, (step,))
