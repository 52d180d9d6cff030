"""Steps that several kinds of enforcement share: demand, plea, suspension, termination, and what a review decides."""

from __future__ import annotations

from dataclasses import replace

from dayu.law.citations import cite
from dayu.law.conditions.filing import a_reason_is_given
from dayu.law.conditions.matter import Happened, NotHappened, OneOf, Stated
from dayu.law.procedure import MAY, Step
from dayu.law.procedures.matter_duties import LatestOf, MustAfter
from dayu.law.procedures.ordinary_penalty import ORDINARY_PENALTY
from dayu.law.running_limits import LimitRule

C = "compulsion-law"
DEMAND = cite(C, 35, 1, anchor="催告应当以书面形式作出")
PLEA = cite(C, 36, anchor="应当进行记录、复核")
REVIEWED = cite(C, 44, anchor="不申请行政复议或者提起行政诉讼")
SUSPEND = cite(C, 39, 1, anchor="中止执行")
RESUME = cite(C, 39, 2, anchor="行政机关应当恢复执行")
TERMINATE = cite(C, 40, 1, anchor="终结执行")
GROUNDS_TO_SUSPEND = ("unable_to_perform", "third_party_claim", "irreparable_loss", "other_suspension")
GROUNDS_TO_TERMINATE = (
    "person_died", "organisation_ended", "object_lost", "decision_revoked_basis", "other_termination",
)
OUTCOMES = ("upheld", "changed", "revoked", "confirmed_illegal", "invalid", "withdrawn", "mediated")
NOT_SUSPENDED = NotHappened(
    ("enforcement_suspended",), SUSPEND, since=("enforcement_resumed",), remedy="resume_enforcement"
)
DEMANDED = LimitRule(
    "enforcement_demand", "enforcement_demanded",
    ("duty_performed", "enforcement_decided", "enforcement_terminated"), days_param="days",
)

PLEAS = (
    Step(
        "submit_enforcement_plea", "demand", "enforcement_plea_submitted", (cite(C, 36, anchor="有权进行陈述和申辩"),), duty=MAY,
        repeatable=True, by_party=True, requires=(Happened(("enforcement_demanded", "demand_served"), PLEA),),
        leads_to=("examine_enforcement_plea",),
    ),
    Step(
        "examine_enforcement_plea", "demand", "enforcement_plea_examined", (PLEA,), repeatable=True,
        duty=MustAfter(("enforcement_plea_submitted",), "pleaded", PLEA, MAY, ("enforcement_plea_examined",)),
        done_when=LatestOf(("enforcement_plea_examined",), ("enforcement_plea_submitted",)),
        requires=(
            Happened(("enforcement_plea_submitted",), PLEA, "", ("enforcement_plea_examined",)),
            Stated(("result", "reason"), PLEA),
        ),
        documents=("reminder_plea_review",),
    ),
)

def suspension_after(*kinds: str) -> tuple[Step, ...]:
    """Suspension, resumption and termination of an enforcement that began with one of these entries."""
    begun = Happened(kinds, SUSPEND)
    return (
        Step(
            "suspend_enforcement", "execution", "enforcement_suspended", (SUSPEND,), duty=MAY, repeatable=True,
            requires=(begun, NOT_SUSPENDED, OneOf("ground", GROUNDS_TO_SUSPEND, SUSPEND), a_reason_is_given),
            documents=("execution_change",), roles=("agency_head",), leads_to=("resume_enforcement", "terminate_enforcement"),
        ),
        Step(
            "resume_enforcement", "execution", "enforcement_resumed", (RESUME,), repeatable=True, roles=("agency_head",),
            duty=MustAfter(
                ("enforcement_suspended",), "suspended", RESUME, MAY,
                ("enforcement_resumed", "enforcement_given_up", "enforcement_terminated"),
            ),
            done_when=LatestOf(("enforcement_resumed",), ("enforcement_suspended",)),
            requires=(
                Happened(("enforcement_suspended",), RESUME, "suspend_enforcement", ("enforcement_resumed",)), a_reason_is_given,
            ),
            documents=("execution_change",),
        ),
        Step(
            "terminate_enforcement", "execution", "enforcement_terminated", (TERMINATE,), duty=MAY, roles=("agency_head",),
            requires=(begun, OneOf("ground", GROUNDS_TO_TERMINATE, TERMINATE), a_reason_is_given), documents=("execution_change",),
        ),
    )


def _reviewed(act: str, *requires: Happened, outcome: bool = False) -> Step:
    """A step of the party's remedies, said of one matter instead of one party."""
    step = ORDINARY_PENALTY.step(act)
    if outcome:
        filed = requires[0].kinds
        duty = MustAfter(filed, "remedy_runs", REVIEWED, MAY, (step.records,))
        step = replace(step, duty=duty, done_when=LatestOf((step.records,), filed))
    demanded = (OneOf("outcome", OUTCOMES, cite(C, 40, 1, 4, anchor="行政决定被撤销的")),) if outcome else ()
    return replace(step, stage="remedies", per_party=False, requires=(*requires, *demanded), leads_to=())


def remedies_after(kind: str) -> tuple[Step, ...]:
    """Reconsideration and suit against the decision whose service is recorded as `kind`."""
    served = cite("litigation-law", 46, 1, anchor="六个月内提出")
    filed, sued = ("reconsideration_filed",), ("suit_filed",)
    return (
        _reviewed("record_reconsideration", Happened((kind,), served)),
        _reviewed("record_reconsideration_decision", Happened(filed, served, "", ("reconsideration_decided",)), outcome=True),
        _reviewed("record_suit", Happened((kind,), served)),
        _reviewed("record_judgment", Happened(sued, served, "", ("suit_decided",)), outcome=True),
    )
