"""Self-correction and revocation (自我纠错、撤销): find, examine, correct, serve, withdraw, pay back, enter the ledger."""

from __future__ import annotations

from dataclasses import replace

from dayu.law.citations import cite
from dayu.law.conditions import correcting, decision, service
from dayu.law.conditions.filing import a_reason_is_given
from dayu.law.conditions.matter import Happened, NotHappened, OneOf, Stated
from dayu.law.journal import Entry, later
from dayu.law.procedure import MAY, Condition, Duty, Procedure, Step
from dayu.law.procedures.matter_duties import LatestOf
from dayu.law.procedures.ordinary_penalty import ORDINARY_PENALTY
from dayu.law.running_limits import LimitRule
from dayu.law.situation import Situation

P = "penalty-law"
FIND = cite(P, 75, 2, anchor="应当认真审查")
INVALID = cite(P, 38, 2, anchor="违反法定程序构成重大且明显违法")
SERVE = cite(P, 61, 1, anchor="在七日内依照")
COMPENSATE = cite("compulsion-law", 68, 1, anchor="依法给予赔偿")
SOURCES = ("own_review", "complaint", "superior", "reconsideration", "court", "procurator")
RESULTS = ("slip", "error_of_substance", "no_error")
DONE = ("paper_corrected", "error_denied", *correcting.REAL)
SINCE_FOUND = LatestOf(DONE, ("error_found",))


def _substance(s: Situation, party: str | None) -> Duty:
    """An error of substance is corrected; a slip only mended; what is no error stays."""
    examined = s.last("error_examined", party)
    result = examined.params.get("result") if examined else None
    if result == "error_of_substance":
        return Duty("must", "error_of_substance", (correcting.CORRECT,))
    return Duty("may" if result is None else "not", "no_error_of_substance", (correcting.CORRECT,))


def _slip(s: Situation, party: str | None) -> Duty:
    examined = s.last("error_examined", party)
    if examined is not None and examined.params.get("result") == "slip":
        return Duty("must", "error_is_a_slip", (correcting.CORRECT,))
    return Duty("not", "error_is_no_slip", (correcting.CORRECT,))


def _denying(s: Situation, party: str | None) -> Duty:
    examined = s.last("error_examined", party)
    if examined is not None and examined.params.get("result") == "no_error":
        return Duty("must", "no_error_found", (FIND,))
    return Duty("not", "an_error_was_found", (FIND,))


def _serving(s: Situation, party: str | None) -> Duty:
    if later(s.journal.last_of(("paper_corrected", *correcting.REAL), party), s.last("error_found", party)):
        return Duty("must", "corrected", (SERVE,))
    return Duty("not", "not_corrected_yet", (SERVE,))


def _after(*kinds: str) -> LatestOf:
    return LatestOf(kinds, ("error_found",))


def _published(s: Situation, entry: Entry) -> bool:
    return s.has("decision_published", entry.party)


def _correct(act: str, records: str, *more: Condition) -> Step:
    """One way to correct an error of substance; whichever is chosen, the correction is done."""
    return Step(
        act, "correction", records, (correcting.CORRECT,), after=("examine_error",), per_party=True, repeatable=True,
        requires=(NotHappened(DONE, correcting.CORRECT, since=("error_found",)), a_reason_is_given, *more),
        duty=_substance, mainline=act == "revoke_decision", done_when=SINCE_FOUND, documents=("decision_change",),
        roles=("agency_head",), leads_to=("serve_correction",),
    )


SELF_CORRECTION = Procedure(
    key="self_correction",
    steps=(
        Step(
            "find_error", "finding", "error_found", (FIND,), per_party=True, repeatable=True, mainline=True,
            requires=(
                decision.there_is_a_decision, OneOf("source", SOURCES, FIND), Stated(("facts",), FIND),
                NotHappened(("error_found",), FIND, since=DONE),
            ),
            leads_to=("examine_error",),
        ),
        Step(
            "examine_error", "finding", "error_examined", (FIND,), after=("find_error",), per_party=True, repeatable=True,
            mainline=True, done_when=_after("error_examined"), roles=("legal_reviewer",),
            requires=(
                OneOf("result", RESULTS, FIND), a_reason_is_given,
                Happened(("error_found",), FIND, "find_error", ("error_examined",)),
            ),
            leads_to=("correct_slip", "revoke_decision", "change_decision", "confirm_illegality", "deny_error"),
        ),
        Step(
            "correct_slip", "correction", "paper_corrected", (correcting.CORRECT,), after=("examine_error",), per_party=True,
            duty=_slip, repeatable=True, mainline=True, done_when=_after("paper_corrected"), documents=("correction_notice",),
            requires=(
                NotHappened(DONE, correcting.CORRECT, since=("error_found",)), Stated(("old_text", "new_text"), correcting.CORRECT),
            ),
            leads_to=("serve_correction",),
        ),
        _correct("revoke_decision", "decision_revoked", decision.there_is_a_decision),
        _correct("change_decision", "decision_changed", correcting.change_is_not_heavier, Stated(("new_text",), correcting.CORRECT)),
        _correct("confirm_illegality", "illegality_confirmed", Stated(("facts",), INVALID)),
        Step(
            "deny_error", "correction", "error_denied", (FIND,), after=("examine_error",), per_party=True, duty=_denying,
            repeatable=True, mainline=True, done_when=_after("error_denied"), roles=("agency_head",),
            requires=(NotHappened(DONE, FIND, since=("error_found",)), a_reason_is_given),
        ),
        Step(
            "serve_correction", "consequences", "correction_served", (SERVE,), per_party=True, repeatable=True, mainline=True,
            duty=_serving, done_when=_after("correction_served"), documents=("proof_of_service",), limit="serve_decision",
            requires=(service.service_is_proved,),
        ),
        replace(
            ORDINARY_PENALTY.step("withdraw_publication"), stage="consequences", mainline=True, moves=True,
            duty=correcting.withdrawing, done_when=_after("publication_withdrawn"), limit="withdraw_publicity",
        ),
        Step(
            "refund_payment", "consequences", "payment_refunded", (correcting.RETURN,), per_party=True, repeatable=True,
            duty=correcting.refunding, mainline=True, done_when=_after("payment_refunded"),
            requires=(Stated(("amount_yuan",), correcting.RETURN),),
        ),
        Step(
            "restore_what_was_taken", "consequences", "restored", (correcting.RETURN,), per_party=True, duty=MAY,
            repeatable=True, moves=False, roles=("agency_head",),
            requires=(
                Happened(correcting.REAL, correcting.RETURN, "", ("error_found",)), Stated(("manner",), correcting.RETURN),
            ),
        ),
        Step(
            "compensate", "consequences", "compensated", (COMPENSATE,), per_party=True, duty=MAY, repeatable=True, moves=False,
            requires=(
                Happened(correcting.REAL, COMPENSATE, "", ("error_found",)), Stated(("amount_yuan", "reason"), COMPENSATE),
            ),
            roles=("agency_head",),
        ),
        Step(
            "enter_correction", "consequences", "correction_entered", (cite(P, 75, 1, anchor="加强对行政处罚的监督检查"),), per_party=True,
            repeatable=True, duty=correcting.entering, mainline=True, done_when=_after("correction_entered"),
            requires=(OneOf("source", SOURCES, FIND),),
        ),
    ),
    limits_rules=(
        *(
            LimitRule(
                "withdraw_publicity", kind, ("publication_withdrawn",), per_party=True, when=_published,
                act="withdraw_publication",
            )
            for kind in correcting.REAL
        ),
        *(
            LimitRule("serve_decision", kind, ("correction_served",), per_party=True, act="serve_correction")
            for kind in ("decision_changed", "decision_revoked")
        ),
    ),
    stages=("finding", "correction", "consequences"),
)
