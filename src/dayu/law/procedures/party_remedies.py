"""Reconsideration and litigation of the party (当事人复议、诉讼): what the organ records, and what it carries out."""

from __future__ import annotations

from dataclasses import replace

from dayu.law.citations import cite
from dayu.law.conditions import answering, decision, records
from dayu.law.conditions.filing import a_reason_is_given
from dayu.law.conditions.matter import Happened, NotHappened, OneOf, Stated
from dayu.law.journal import Entry, later
from dayu.law.procedure import MAY, Duty, Procedure, Step
from dayu.law.procedures.matter_duties import LatestOf, MustAfter
from dayu.law.procedures.ordinary_penalty import ORDINARY_PENALTY
from dayu.law.refusals import ALLOWED, Verdict, refuse
from dayu.law.running_limits import LimitRule
from dayu.law.situation import Situation

R, G, P = "reconsideration-law", "litigation-law", "penalty-law"
OBEY = cite(R, 77, 1, anchor="应当履行行政复议决定书")
OUTCOMES = ("upheld", "changed", "revoked", "confirmed_illegal", "invalid", "ordered_to_act", "withdrawn", "mediated")
STOP = cite(R, 42, anchor="应当停止执行")
APPEAL = cite(G, 85, anchor="向上一级人民法院提起上诉")
CLOSED = ("reconsideration_decided", "reconsideration_not_accepted")
_own = ORDINARY_PENALTY.step


def _carrying_out(s: Situation, party: str | None) -> Duty:
    if answering.outcome_waits(s, party):
        return Duty("must", "outcome_against_us", (OBEY,))
    return Duty("not", "no_outcome_against_us", (OBEY,))


def an_outcome_waits(s: Situation, party: str | None) -> Verdict:
    """Only an outcome against the organ is carried out."""
    return ALLOWED if answering.outcome_waits(s, party) else refuse("answering.no_outcome_against", OBEY)


def _withdrawing(s: Situation, party: str | None) -> Duty:
    """处罚法四十八条二款: what was published and is overturned is withdrawn within three days."""
    basis = cite(P, 48, 2, anchor="应当在三日内撤回")
    against = answering.overturned(s, party, ("reconsideration_decided", "suit_decided"))
    published = s.last("decision_published", party)
    if against is not None and later(published, s.last("publication_withdrawn", party)):
        return Duty("must", "outcome_against_us", (basis,))
    return Duty("not", "nothing_published", (basis,))


def _withdrawn(s: Situation, party: str | None) -> Entry | None:
    return s.last("publication_withdrawn", party)


def _awaited(step: Step, filed: str, *answers: str) -> Step:
    """A step that becomes due with each remedy filed, and is done by any answer to it."""
    duty = MustAfter((filed,), "remedy_runs", OBEY, MAY, answers)
    return replace(step, duty=duty, done_when=LatestOf(answers, (filed,)), mainline=True, moves=True)


def overturned_and_published(s: Situation, entry: Entry) -> bool:
    """The three days run where something public was overturned."""
    return entry.params.get("outcome") in answering.OVERTURNED and s.has("decision_published", entry.party)


PARTY_REMEDIES = Procedure(
    key="party_remedies",
    steps=(
        replace(
            _own("record_reconsideration"), stage="reconsideration", moves=True, requires=(
                decision.there_is_a_decision, NotHappened(("reconsideration_filed",), cite(R, 30, 1, 7, anchor="未受理过该申请人"),
                                                          since=CLOSED),
                NotHappened(("suit_filed",), cite(R, 30, 1, 7, anchor="人民法院未受理过"), since=("suit_decided",)),
            ),
            leads_to=("record_reconsideration_acceptance", "record_reconsideration_refusal"),
        ),
        Step(
            "record_reconsideration_acceptance", "reconsideration", "reconsideration_accepted",
            (cite(R, 30, 1, anchor="应当予以受理"),), per_party=True, duty=MAY, repeatable=True,
            requires=(records.reconsideration_is_open, NotHappened(("reconsideration_accepted",), OBEY, ("reconsideration_filed",))),
            limit="reconsider_decide",
        ),
        Step(
            "record_reconsideration_refusal", "reconsideration", "reconsideration_not_accepted",
            (cite(R, 30, 2, anchor="决定不予受理并说明理由"),), per_party=True, duty=MAY, repeatable=True,
            requires=(
                Happened(("reconsideration_filed",), OBEY, "", (*CLOSED, "reconsideration_accepted")), a_reason_is_given,
            ),
        ),
        _awaited(
            replace(
                _own("record_reconsideration_decision"), stage="reconsideration", leads_to=("record_suit", "carry_out_outcome"),
                requires=(
                    records.reconsideration_is_open, OneOf("outcome", OUTCOMES, cite(R, 62, 1, anchor="六十日内作出行政复议决定")),
                ),
            ),
            "reconsideration_filed", *CLOSED,
        ),
        Step(
            "stop_enforcement", "reconsideration", "enforcement_stopped", (STOP,), per_party=True, duty=MAY, repeatable=True,
            requires=(
                Happened(("reconsideration_filed", "suit_filed"), STOP, "", ("enforcement_restarted",)),
                OneOf("ground", ("organ_sees_need", "body_sees_need", "party_asked", "other_law"), STOP),
            ),
            roles=("agency_head",), leads_to=("restart_enforcement",),
        ),
        Step(
            "restart_enforcement", "reconsideration", "enforcement_restarted", (STOP,), per_party=True, repeatable=True,
            duty=MAY, requires=(Happened(("enforcement_stopped",), STOP, "", ("enforcement_restarted",)),),
        ),
        replace(
            _own("record_suit"), stage="suit", moves=True,
            requires=(
                decision.there_is_a_decision, answering.reconsideration_comes_first,
                NotHappened(("suit_filed",), cite(G, 46, 1, anchor="六个月内提出"), since=("suit_decided",)),
                NotHappened(("reconsideration_filed",), cite(G, 45, anchor="不服复议决定的"), since=CLOSED),
            ),
        ),
        _awaited(
            replace(
                _own("record_judgment"), stage="suit", leads_to=("appeal_judgment", "carry_out_outcome"), limit="appeal",
                requires=(records.suit_is_open, OneOf("outcome", OUTCOMES, cite(G, 81, anchor="作出第一审判决"))),
            ),
            "suit_filed", "suit_decided",
        ),
        Step(
            "appeal_judgment", "suit", "appeal_filed", (APPEAL,), per_party=True, duty=MAY, repeatable=True,
            requires=(Happened(("suit_decided",), APPEAL, "", ("appeal_filed",)), Stated(("appellant",), APPEAL)),
        ),
        _awaited(
            Step(
                "record_appeal_judgment", "suit", "suit_decided", (APPEAL,), per_party=True, repeatable=True,
                requires=(Happened(("appeal_filed",), APPEAL, "", ("suit_decided",)), OneOf("outcome", OUTCOMES, APPEAL)),
            ),
            "appeal_filed", "suit_decided",
        ),
        Step(
            "carry_out_outcome", "result", "outcome_carried_out", (OBEY,), per_party=True, mainline=True, repeatable=True,
            duty=_carrying_out, done_when=LatestOf(("outcome_carried_out",), ("reconsideration_decided", "suit_decided")),
            requires=(an_outcome_waits, Stated(("manner",), OBEY)), roles=("agency_head",),
        ),
        replace(
            _own("withdraw_publication"), stage="result", mainline=True, duty=_withdrawing, done_when=_withdrawn, moves=True,
        ),
    ),
    limits_rules=(
        LimitRule("reconsider", "decision_served", ("reconsideration_filed", "suit_filed"), per_party=True),
        LimitRule("sue", "decision_served", ("suit_filed", "reconsideration_filed"), per_party=True),
        LimitRule("reconsider_accept", "reconsideration_filed", ("reconsideration_accepted", *CLOSED), per_party=True),
        LimitRule("reconsider_decide", "reconsideration_accepted", CLOSED, per_party=True, days_from=lambda e: 30
                  if e.params.get("mode") == "simplified" else None),
        LimitRule("sue_after_reconsider", "reconsideration_decided", ("suit_filed",), per_party=True),
        LimitRule("suit_decide", "suit_filed", ("suit_decided",), per_party=True),
        LimitRule("appeal", "suit_decided", ("appeal_filed",), per_party=True),
        *(
            LimitRule(
                "withdraw_publicity", kind, ("publication_withdrawn",), per_party=True, when=overturned_and_published,
                act="withdraw_publication",
            )
            for kind in ("reconsideration_decided", "suit_decided")
        ),
    ),
    stages=("reconsideration", "suit", "result"),
)
