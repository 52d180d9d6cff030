"""Officers (执法人员): are there two, are their certificates valid, and is none of them recused?"""

from __future__ import annotations

from dayu.law.citations import cite
from dayu.law.course import outcome
from dayu.law.journal import later
from dayu.law.refusals import ALLOWED, Verdict, all_of, refuse
from dayu.law.situation import Situation

TWO_OFFICERS = cite("penalty-law", 42, 1, anchor="执法人员不得少于两人")
QUALIFIED = cite("penalty-law", 42, 1, anchor="具有行政执法资格")
CERTIFICATE = cite("penalty-law", 55, 1, anchor="有关人员出示执法证件")
RECUSAL = cite("penalty-law", 43, 1, anchor="应当回避")
HEAD_DECIDES_RECUSAL = cite("penalty-law", 43, 3, anchor="由行政机关负责人决定")


def at_least_two_officers(s: Situation, party: str | None) -> Verdict:
    """处罚法四十二条一款: no fewer than two, those who are recused not counted."""
    acting = sum(1 for officer in s.officers if not officer.recused)
    if acting >= 2:
        return ALLOWED
    return refuse("procedure.one_officer", TWO_OFFICERS, remedy="assign_officers", count=acting)


def certificates_are_valid(s: Situation, party: str | None) -> Verdict:
    """处罚法四十二条一款、五十五条一款: each acting officer holds a certificate that is valid today."""
    return all_of(
        refuse(
            "procedure.certificate_expired", QUALIFIED, CERTIFICATE, remedy="assign_officers",
            officer=officer.name or officer.key, until=officer.certificate_until or "—",
        )
        for officer in s.officers
        if not officer.recused and not officer.certified_on(s.today)
    )


def actor_is_not_recused(s: Situation, party: str | None) -> Verdict:
    """处罚法四十三条一款: a recused officer signs nothing more in this case."""
    actor = s.proposal.get("officer")
    for officer in s.officers:
        if officer.recused and officer.key == actor:
            return refuse("procedure.officer_recused", RECUSAL, officer=officer.name or officer.key)
    return ALLOWED


def recusal_requests_are_decided(s: Situation, party: str | None) -> Verdict:
    """处罚法四十三条三款: investigation goes on meanwhile, a decision does not."""
    decided = {e.subject: e for e in s.journal.all("recusal_decided")}
    return all_of(
        refuse(
            "procedure.recusal_undecided", HEAD_DECIDES_RECUSAL, remedy="decide_recusal",
            officer=request.params.get("name") or request.subject,
        )
        for request in s.journal.all("recusal_requested")
        if request.subject not in decided or later(request, decided[request.subject])
    )


def recusal_is_requested(s: Situation, party: str | None) -> Verdict:
    """The head decides on a request or a statement that is there."""
    subject = s.proposal.get("subject")
    pending = [r for r in s.journal.all("recusal_requested") if subject in (None, r.subject)]
    decided = {e.subject: e for e in s.journal.all("recusal_decided")}
    if any(r.subject not in decided or later(r, decided[r.subject]) for r in pending):
        return ALLOWED
    return refuse("procedure.no_recusal_request", HEAD_DECIDES_RECUSAL, remedy="request_recusal")


def recusal_comes_in_time(s: Situation, party: str | None) -> Verdict:
    """A recusal is asked for before the decisions; afterwards remedies are the way."""
    if s.parties and all(outcome(s, p.key) for p in s.parties):
        return refuse("procedure.recusal_too_late", RECUSAL)
    return ALLOWED
