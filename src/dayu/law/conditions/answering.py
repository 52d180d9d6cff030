"""The organ before others (复议、诉讼、检察建议): which remedy comes first, evidence as of the decision, who appears."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from dayu.law.citations import cite
from dayu.law.course import day, decision
from dayu.law.journal import Entry, later
from dayu.law.refusals import ALLOWED, Verdict, refuse
from dayu.law.situation import Situation

REVIEW_FIRST = cite("reconsideration-law", 23, 1, 1, anchor="对当场作出的行政处罚决定不服")
BURDEN = cite("litigation-law", 34, 1, anchor="应当提供作出该行政行为的证据")
NOT_COLLECTED = cite("reconsideration-law", 46, 1, anchor="不得自行向申请人")
NOT_COLLECTED_IN_COURT = cite("litigation-law", 35, anchor="不得自行向原告、第三人")
HEAD_APPEARS = cite("litigation-law", 3, 3, anchor="负责人应当出庭应诉")
OVERTURNED = frozenset({"changed", "revoked", "confirmed_illegal", "invalid", "ordered_to_act"})


@dataclass(frozen=True, slots=True)
class EvidenceLists:
    """Evidence as the organ had it when it decided, and what came later; only the first carries the decision."""

    frozen: tuple[str, ...]
    later: tuple[str, ...]


def evidence_lists(pieces: Iterable[tuple[str, date]], *, decided_on: date) -> EvidenceLists:
    """Pieces with the day on which the organ had them, in order: as of the decision, and apart from them the later ones."""
    known = sorted(pieces, key=lambda piece: (piece[1], piece[0]))
    return EvidenceLists(
        tuple(key for key, on in known if on <= decided_on), tuple(key for key, on in known if on > decided_on)
    )


def reconsideration_comes_first(s: Situation, party: str | None) -> Verdict:
    """复议法二十三条: against a fine decided on the spot a suit follows only a reconsideration."""
    sealed = decision(s, party)
    on_the_spot = s.has("told_on_the_spot", party) or (sealed is not None and sealed.params.get("procedure") == "summary")
    if not on_the_spot or s.has("reconsideration_decided", party):
        return ALLOWED
    return refuse("answering.reconsider_first", REVIEW_FIRST, remedy="record_reconsideration")


def evidence_is_as_of_the_decision(s: Situation, party: str | None) -> Verdict:
    """行诉法三十四条: what the organ had when it decided. Later pieces are listed apart, and prove nothing for it."""
    pieces, decided = s.proposal.get("evidence"), _decided_on(s)
    if not isinstance(pieces, list | tuple) or decided is None:
        return ALLOWED
    apart = evidence_lists([(str(key), on) for key, on in pieces], decided_on=decided).later
    if not apart:
        return ALLOWED
    return refuse("answering.evidence_is_later", BURDEN, remedy="list_later_evidence", pieces="、".join(apart), on=decided)


def nothing_is_collected_now(s: Situation, party: str | None) -> Verdict:
    """复议法四十六条、行诉法三十五条: no collecting from applicant, plaintiff, third persons or witnesses meanwhile."""
    if s.proposal.get("collected_from_the_other_side"):
        return refuse("answering.collected_meanwhile", NOT_COLLECTED, NOT_COLLECTED_IN_COURT)
    return ALLOWED


def somebody_fit_appears(s: Situation, party: str | None) -> Verdict:
    """行诉法三条三款: the head; who cannot, says why and sends staff of the organ, never a lawyer alone."""
    who = s.proposal.get("who")
    if who is None or who == "head":
        return ALLOWED
    if who == "staff" and str(s.proposal.get("reason") or "").strip():
        return ALLOWED
    return refuse("answering.head_absent", HEAD_APPEARS)


def _decided_on(s: Situation) -> date | None:
    received = s.journal.last_of(("reconsideration_copy_received", "suit_copy_received"))
    return day(received.params, "decided_on") if received else None


def simplified_days(entry: Entry) -> int | None:
    """Five days instead of ten in the simplified procedure (复议法五十四条)."""
    return 5 if entry.params.get("mode") == "simplified" else None


def urgent_days(entry: Entry) -> int | None:
    """Fifteen days instead of two months where the harm may grow."""
    return 15 if entry.params.get("urgent") else None


def overturned(s: Situation, party: str | None, kinds: tuple[str, ...]) -> Entry | None:
    """The latest outcome, where it goes against the organ."""
    found = s.journal.last_of(kinds, party)
    return found if found is not None and _against(found.params) else None


def _against(params: Mapping[str, Any]) -> bool:
    return params.get("outcome") in OVERTURNED


def outcome_waits(s: Situation, party: str | None) -> bool:
    """An outcome against the organ that nobody has carried out yet."""
    against = overturned(s, party, ("reconsideration_decided", "suit_decided"))
    return against is not None and not later(s.last("outcome_carried_out", party), against)
