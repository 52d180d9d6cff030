"""Referral (移送): to the police and back, and to other organs. Each answer of police, prosecutor and court leads elsewhere."""

from __future__ import annotations

from dayu.law.citations import cite
from dayu.law.journal import Entry, later
from dayu.law.procedure import MAY, Duty
from dayu.law.refusals import ALLOWED, Verdict, refuse
from dayu.law.running_limits import LimitRule, due
from dayu.law.situation import Situation

T = "criminal-transfer-rules"
PUNISH = cite(T, 10, anchor="应当依法实施行政处罚")
RETURNED = cite("penalty-law", 27, 1, anchor="但应当给予行政处罚的")
NO_FINE = cite("penalty-law", 35, 2, anchor="不再给予罚款")
SUPERVISE = cite(T, 9, 1, anchor="依法进行立案监督")
GROUP = cite(T, 5, 1, anchor="立即指定２名或者２名以上")
REVIEW_TIME = LimitRule(
    "police_review_request", "police_declined", ("police_review_requested", "supervision_suggested", "penalty_resumed"),
    act="request_police_review",
)
SUPERVISION_TIME = LimitRule(
    "supervision_request", "police_review_decided", ("supervision_suggested", "penalty_resumed", "crime_filed"),
    act="suggest_supervision",
)
ANSWERS = ("police_declined", "prosecution_declined", "crime_exempted", "court_fined")


def answer(s: Situation) -> Entry | None:
    """The latest answer of police, prosecutor or court; a later criminal filing makes the earlier ones void."""
    found = s.journal.last_of(ANSWERS)
    return found if later(found, s.last("crime_filed")) else None


def resuming(s: Situation, party: str | None) -> Duty:
    """The penalty goes on when police declined, or the case came back without an opinion or with an exemption."""
    found = answer(s)
    if found is None or s.has("penalty_resumed"):
        return Duty("not", "not_returned", (RETURNED,))
    with_opinion = found.kind == "prosecution_declined" and found.params.get("opinion") == "with_opinion"
    if found.kind == "court_fined" or with_opinion:
        return Duty("not", "answered_otherwise", (RETURNED,))
    return Duty("must", "returned", (PUNISH, RETURNED))


def following(s: Situation, party: str | None) -> Duty:
    """An opinion of the prosecutor with a decision not to prosecute is followed and answered in writing."""
    found = answer(s)
    if found is not None and found.kind == "prosecution_declined" and found.params.get("opinion") == "with_opinion":
        return Duty("must", "opinion_received", (RETURNED,))
    return Duty("not", "no_opinion", (RETURNED,))


def excluding(s: Situation, party: str | None) -> Duty:
    """After a fine by the court the organ fines no more; what else the law provides stays possible."""
    found = answer(s)
    if found is not None and found.kind == "court_fined":
        return Duty("must", "fined_by_court", (NO_FINE,))
    return Duty("not", "not_fined_by_court", (NO_FINE,))


def awaiting(s: Situation, party: str | None) -> Duty:
    """Once the police filed, prosecutor and court answer."""
    return Duty("must", "filed_by_police", (RETURNED,)) if s.has("crime_filed") else MAY


def no_review_runs(s: Situation, party: str | None) -> Verdict:
    """While the police reconsider, or the prosecutor examines, the penalty waits for the answer."""
    for asked, answered in (
        ("police_review_requested", "police_review_decided"), ("supervision_suggested", "supervision_decided"),
    ):
        if later(s.last(asked), s.last(answered)):
            return refuse("referral.review_runs", PUNISH)
    return ALLOWED


def group_has_two(s: Situation, party: str | None) -> Verdict:
    """移送规定五条: at least two officers are named."""
    members = s.proposal.get("members")
    if members is None or len(tuple(members)) >= 2:
        return ALLOWED
    return refuse("referral.group_too_small", GROUP, count=len(tuple(members)))


def supervision_is_in_time(s: Situation, party: str | None) -> Verdict:
    """移送规定九条: three days from the refusal, or, after the police reconsidered, from their second answer."""
    limit = SUPERVISION_TIME if s.has("police_review_decided") else REVIEW_TIME
    until = due(limit, s, party)
    if until is None or s.today <= until:
        return ALLOWED
    return refuse("referral.supervision_too_late", SUPERVISE, until=until)
