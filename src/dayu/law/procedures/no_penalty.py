"""Not penalising (不予行政处罚), the exemption of a first violation included: proven ground by ground, with education."""

from __future__ import annotations

from dataclasses import replace

from dayu.law.citations import cite
from dayu.law.conditions import decision, filing, leniency, officers, parties, sparing
from dayu.law.conditions.matter import Happened, NotHappened, OneOf, Open, Stated
from dayu.law.course import no_penalty
from dayu.law.journal import Entry
from dayu.law.procedure import MAY, MUST, Procedure, Step
from dayu.law.procedures.ordinary_limits import SERVED
from dayu.law.procedures.ordinary_penalty import ORDINARY_PENALTY
from dayu.law.running_limits import LimitRule
from dayu.law.situation import Situation

P = "penalty-law"
FIRST = cite(P, 33, 1, anchor="初次违法且危害后果轻微")
EDUCATE = cite(P, 33, 3, anchor="应当对当事人进行教育")
SPARED = cite(P, 57, 1, 2, anchor="依法可以不予行政处罚的")
GROUNDS = (
    "slight_corrected_harmless", "first_offence", "no_fault", "under_14", "no_capacity", "out_of_time",
    "facts_not_established", "court_fined",
)


def _educated(s: Situation, party: str | None) -> Entry | None:
    decided = no_penalty(s, party)
    educated = s.last("education_recorded", party)
    return educated if decided is not None else None


NO_PENALTY = Procedure(
    key="no_penalty",
    steps=(
        Step(
            "look_up_earlier_penalties", "examination", "earlier_penalties_looked_up", (FIRST,), per_party=True, duty=MAY,
            requires=(Stated(("searched_by", "result"), FIRST),), repeatable=True, leads_to=("propose_no_penalty",),
        ),
        replace(
            ORDINARY_PENALTY.step("order_correction"), stage="examination", duty=MAY, mainline=False, done_when=None,
            leads_to=("verify_correction",),
        ),
        replace(
            ORDINARY_PENALTY.step("verify_correction"), stage="examination", duty=MAY, mainline=False, done_when=None,
            requires=(officers.at_least_two_officers, officers.certificates_are_valid), leads_to=(),
        ),
        Step(
            "propose_no_penalty", "examination", "no_penalty_proposed", (cite(P, 57, 1, anchor="应当对调查结果进行审查"),),
            per_party=True, repeatable=True, mainline=True, missing="procedure.report_unexamined",
            requires=(
                NotHappened(("decision_sealed", "no_penalty_decided"), SPARED, since=("decision_revoked",)),
                parties.there_is_a_party, officers.at_least_two_officers, OneOf("ground", GROUNDS, SPARED),
                Stated(("facts", "evidence"), cite(P, 40, anchor="必须查明事实")), leniency.leniency_was_examined,
            ),
            documents=("investigation_report",), leads_to=("sign_commitment", "exempt_from_penalty", "return_proposal"),
        ),
        Step(
            "sign_commitment", "examination", "commitment_signed", (EDUCATE,), after=("propose_no_penalty",), per_party=True,
            duty=MAY, repeatable=True, requires=(Stated(("promise",), EDUCATE),), by_party=True,
        ),
        Step(
            "return_proposal", "examination", "no_penalty_proposal_returned", (SPARED,), after=("propose_no_penalty",),
            per_party=True, duty=MAY, repeatable=True, roles=("agency_head",), requires=(filing.a_reason_is_given,),
            leads_to=("propose_no_penalty", "leave_to_penalty"),
        ),
        Step(
            "exempt_from_penalty", "decision", "no_penalty_decided", (SPARED,), after=("propose_no_penalty",), per_party=True,
            requires=(
                decision.not_yet_decided, Happened(("no_penalty_proposed",), SPARED, "propose_no_penalty",
                                                   ("no_penalty_proposal_returned",)),
                officers.at_least_two_officers, leniency.leniency_was_examined, OneOf("ground", GROUNDS, SPARED),
                sparing.ground_is_proven, sparing.first_violation_is_looked_up, sparing.correction_was_prompt,
                leniency.education_is_planned, decision.no_crime_blocks_sparing,
            ),
            marks=(decision.decision_is_in_time,), mainline=True, missing="procedure.no_decision", limit="serve_decision",
            documents=("decision_approval", "no_penalty_decision"), roles=("agency_head",), leads_to=("serve_decision",),
        ),
        replace(
            ORDINARY_PENALTY.step("serve_decision"), after=("exempt_from_penalty",), limit="", leads_to=("educate_party",),
        ),
        Step(
            "educate_party", "closing", "education_recorded", (EDUCATE,), after=("exempt_from_penalty",), per_party=True,
            duty=MUST, requires=(Stated(("content",), EDUCATE),), done_when=_educated, repeatable=True, mainline=True,
            missing="procedure.education_missing", documents=("law_education_record",),
        ),
        Step(
            "leave_to_penalty", "decision", "turned_ordinary", (cite(P, 57, 1, 1, anchor="确有应受行政处罚的违法行为"),),
            duty=MAY, roles=("agency_head",), requires=(
                NotHappened(("no_penalty_decided",), SPARED, since=("decision_revoked",)), filing.a_reason_is_given,
            ),
        ),
        Step(
            "close_spared", "closing", "closed", (cite(P, 47, anchor="归档保存"),), after=("serve_decision", "educate_party"),
            mainline=True, documents=("closing_approval",), roles=("agency_head",),
        ),
    ),
    limits_rules=(LimitRule("serve_decision", "no_penalty_decided", SERVED, per_party=True, act="serve_decision"),),
    always=(Open(("turned_ordinary", "closed"), cite(P, 47, anchor="全过程记录")),),
    stages=("examination", "decision", "service", "closing"),
)
