"""Deferral and installments of a fine (延期、分期缴纳罚款): on application, for hardship, and what follows when it lapses."""

from __future__ import annotations

from dataclasses import replace

from dayu.law.citations import cite
from dayu.law.conditions import decision, enforcement, performance
from dayu.law.conditions.filing import a_reason_is_given
from dayu.law.conditions.matter import Happened, NotHappened, OneOf, Stated
from dayu.law.course import pay_due
from dayu.law.journal import Entry, later
from dayu.law.procedure import MAY, Duty, Procedure, Step
from dayu.law.procedures.ordinary_limits import SETTLED
from dayu.law.procedures.ordinary_penalty import ORDINARY_PENALTY
from dayu.law.refusals import ALLOWED, Verdict, refuse
from dayu.law.running_limits import LimitRule
from dayu.law.situation import Situation

P = "penalty-law"
HARDSHIP = cite(P, 66, 2, anchor="确有经济困难")
GRANTED = cite(P, 66, 2, anchor="可以暂缓或者分期缴纳")
WINDOW = cite(P, 72, 2, anchor="缴纳罚款期限结束之日起计算")
ANSWERS = ("deferral_approved", "deferral_refused", "deferral_withdrawn")


def _answering(s: Situation, party: str | None) -> Duty:
    """An application that nobody answered waits for the head."""
    applied = s.last("deferral_applied", party)
    if later(applied, s.journal.last_of((*ANSWERS, "fine_paid"), party)):
        return Duty("must", "deferral_asked_for", (HARDSHIP,))
    return Duty("not", "no_deferral_asked_for", (HARDSHIP,))


def _answered(s: Situation, party: str | None) -> Entry | None:
    answer = s.journal.last_of(ANSWERS, party)
    return answer if later(answer, s.last("deferral_applied", party)) else None


def _lapsing(s: Situation, party: str | None) -> Duty:
    if enforcement.deferral_ran_out(s, party):
        return Duty("must", "deferral_over", (WINDOW,))
    return Duty("not", "deferral_runs", (WINDOW,))


def it_ran_out(s: Situation, party: str | None) -> Verdict:
    """The lapse is recorded when the time granted is over and the fine still open."""
    return ALLOWED if enforcement.deferral_ran_out(s, party) else refuse("enforcement.deferral_still_runs", WINDOW)


def _lapsed(s: Situation, party: str | None) -> Entry | None:
    lapsed = s.last("deferral_lapsed", party)
    return lapsed if later(lapsed, s.last("deferral_approved", party)) else None


def _paying(s: Situation, party: str | None) -> Duty:
    if _lapsed(s, party) is not None:
        return Duty("may", "deferral_over", (WINDOW,))
    return enforcement.unless_settled(s, party)


UNANSWERED = Happened(("deferral_applied",), HARDSHIP, "apply_for_deferral", ANSWERS)
FINE_DEFERRAL = Procedure(
    key="fine_deferral",
    steps=(
        Step(
            "apply_for_deferral", "application", "deferral_applied", (HARDSHIP,), per_party=True, by_party=True, repeatable=True,
            requires=(
                Happened(("decision_served",), HARDSHIP), performance.there_is_a_fine,
                NotHappened(("deferral_applied",), HARDSHIP, since=ANSWERS), OneOf("plan", ("deferral", "installments"), GRANTED),
                Stated(("hardship", "evidence"), HARDSHIP),
            ),
            duty=enforcement.may_unless_settled, marks=(enforcement.deferral_is_asked_in_time,),
            documents=("defer_application",), leads_to=("approve_deferral", "refuse_deferral", "withdraw_application"),
        ),
        replace(
            ORDINARY_PENALTY.step("approve_deferral"), stage="decision", after=("apply_for_deferral",), duty=_answering,
            mainline=True, done_when=_answered, leads_to=("record_payment", "note_lapse"),
            requires=(decision.there_is_a_penalty, performance.there_is_a_fine, UNANSWERED, performance.deferral_was_applied_for),
        ),
        Step(
            "refuse_deferral", "decision", "deferral_refused", (GRANTED,), per_party=True, duty=MAY, repeatable=True,
            roles=("agency_head",), requires=(UNANSWERED, a_reason_is_given), documents=("deferral_notice",),
        ),
        Step(
            "withdraw_application", "decision", "deferral_withdrawn", (HARDSHIP,), per_party=True, duty=MAY, repeatable=True,
            by_party=True, requires=(UNANSWERED,),
        ),
        replace(
            ORDINARY_PENALTY.step("record_payment"), stage="payment", after=(), duty=_paying, leads_to=(),
        ),
        Step(
            "note_lapse", "payment", "deferral_lapsed", (WINDOW,), per_party=True, duty=_lapsing, mainline=True,
            repeatable=True, done_when=_lapsed, requires=(it_ran_out,), limit="court_apply_deferred",
        ),
    ),
    limits_rules=(
        LimitRule(
            "court_apply_deferred", "deferral_approved", (*SETTLED, "court_applied"), per_party=True, forward_from=pay_due,
        ),
    ),
    stages=("application", "decision", "payment"),
)
