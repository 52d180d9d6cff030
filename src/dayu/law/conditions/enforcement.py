"""Enforcement (强制执行): is the window of the court open, was the plea examined, and does the decision still stand?"""

from __future__ import annotations

from dayu.law.citations import cite
from dayu.law.course import court_window_ends, day, decision, fine_is_settled, pay_due
from dayu.law.journal import Entry, later
from dayu.law.procedure import MAY, MUST, Duty
from dayu.law.refusals import ALLOWED, Verdict, refuse
from dayu.law.situation import Situation
from dayu.law.words import Term

WINDOW = cite("compulsion-law", 53, anchor="自期限届满之日起三个月内")
PLEA = cite("compulsion-law", 36, anchor="应当进行记录、复核")
REVOKED = cite("compulsion-law", 40, 1, 4, anchor="行政决定被撤销的")
HARDSHIP = cite("penalty-law", 66, 2, anchor="确有经济困难")
PAID = cite("penalty-law", 66, 1, anchor="予以履行")
OVERTURNED = frozenset({"revoked", "invalid", "changed"})


def court_window_is_open(s: Situation, party: str | None) -> Verdict:
    """强制法五十三条: within three months of the end of the time to sue; later only with a reason that excuses."""
    until = court_window_ends(s, party)
    if until is None or s.today <= until or s.proposal.get("lateness_reason"):
        return ALLOWED
    return refuse("enforcement.window_closed", WINDOW, until=until)


def plea_is_examined(s: Situation, party: str | None) -> Verdict:
    """强制法三十六条: what the party says upon the demand is recorded and examined."""
    said = s.last("enforcement_plea_submitted", party)
    if said is None or later(s.last("enforcement_plea_examined", party), said):
        return ALLOWED
    return refuse("enforcement.plea_unexamined", PLEA, remedy="examine_enforcement_plea")


def decision_still_stands(s: Situation, party: str | None) -> Verdict:
    """强制法四十条一款四项: what was revoked or changed on review is not enforced as it was."""
    for kind in ("reconsideration_decided", "suit_decided"):
        decided = s.last(kind, party)
        if decided is not None and decided.params.get("outcome") in OVERTURNED:
            how = Term("choices", str(decided.params["outcome"]))
            return refuse("enforcement.decision_overturned", REVOKED, remedy="terminate_enforcement", how=how)
    return ALLOWED


def something_is_owed(s: Situation, party: str | None) -> Verdict:
    """There is a fine that nobody has settled."""
    if decision(s, party) is not None and not fine_is_settled(s, party):
        return ALLOWED
    return refuse("enforcement.nothing_owed", PAID)


def unless_settled(s: Situation, party: str | None) -> Duty:
    """Enforcement of a fine falls away once it is settled."""
    return Duty("not", "fine_settled", (PAID,)) if fine_is_settled(s, party) else MUST


def may_unless_settled(s: Situation, party: str | None) -> Duty:
    """What may follow while the fine is open."""
    return Duty("not", "fine_settled", (PAID,)) if fine_is_settled(s, party) else MAY


def settled(s: Situation, party: str | None) -> Entry | None:
    """What settled the fine."""
    if decision(s, party) is None or not fine_is_settled(s, party):
        return None
    return s.journal.last_of(("fine_paid", "court_refused", "enforcement_terminated", "court_enforced"), party)


def deferral_is_asked_in_time(s: Situation, party: str | None) -> Verdict:
    """A mark: asked for before the time to pay was over; the law sets no limit, practice expects it."""
    due = pay_due(s, party)
    if due is None or s.today <= due:
        return ALLOWED
    return refuse("enforcement.deferral_asked_late", HARDSHIP, until=due)


def deferral_ran_out(s: Situation, party: str | None) -> bool:
    """Whether the time granted is over and the fine still open."""
    deferred = s.last("deferral_approved", party)
    until = day(deferred.params, "until") if deferred else None
    return until is not None and s.today > until and not fine_is_settled(s, party)
