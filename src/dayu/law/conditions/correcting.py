"""Self-correction (自我纠错): a slip, a revocation, a change; and what follows for the public, the ledger and the money."""

from __future__ import annotations

from dayu.law.citations import cite
from dayu.law.journal import Entry, later
from dayu.law.procedure import Duty
from dayu.law.refusals import ALLOWED, Verdict, refuse
from dayu.law.situation import Situation

CORRECT = cite("penalty-law", 75, 2, anchor="发现有错误的，应当主动改正")
HEAVIER = cite("penalty-law", 44, anchor="应当告知当事人")
WITHDRAW = cite("penalty-law", 48, 2, anchor="应当在三日内撤回")
RETURN = cite("compulsion-law", 41, anchor="应当恢复原状或者退还财物")
REAL = ("decision_revoked", "decision_changed", "illegality_confirmed")


def corrected(s: Situation, party: str | None) -> Entry | None:
    """The correction of substance after the error was found."""
    found = s.journal.last_of(REAL, party)
    return found if later(found, s.last("error_found", party)) else None


def withdrawing(s: Situation, party: str | None) -> Duty:
    """处罚法四十八条二款: what was published and is corrected is withdrawn within three days, with the reasons."""
    published = s.last("decision_published", party)
    if corrected(s, party) is not None and later(published, s.last("publication_withdrawn", party)):
        return Duty("must", "corrected_and_published", (WITHDRAW,))
    return Duty("not", "nothing_published", (WITHDRAW,))


def refunding(s: Situation, party: str | None) -> Duty:
    """What was paid on a decision that falls is paid back."""
    if corrected(s, party) is not None and s.has("fine_paid", party):
        return Duty("must", "corrected_and_paid", (RETURN,))
    return Duty("not", "nothing_paid", (RETURN,))


def entering(s: Situation, party: str | None) -> Duty:
    """Every correction of substance stands in the ledger and counts in the rate of corrected decisions."""
    if corrected(s, party) is not None:
        return Duty("must", "corrected", (CORRECT,))
    return Duty("not", "not_corrected_yet", (CORRECT,))


def change_is_not_heavier(s: Situation, party: str | None) -> Verdict:
    """A change to the party's disadvantage takes notice and hearing anew: revoke and decide again."""
    if s.proposal.get("heavier"):
        return refuse("correcting.heavier_needs_a_new_notice", HEAVIER, remedy="revoke_decision")
    return ALLOWED
