"""Model test: random walks through the procedure, watched by a second, independent statement of what is lawful."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from dayu.law.journal import Journal, essential
from dayu.law.procedures.ordinary_penalty import ORDINARY_PENALTY
from dayu.law.refusals import worded
from dayu.law.situation import Answer, DefencePoint, FactView
from dayu.law.tests.penalty_case import A, B, PenaltyCase, leniency, make_draft, make_party

Particulars = Callable[[PenaltyCase, random.Random], dict[str, Any]]

PARTICULARS: dict[str, Particulars] = {
    "order_correction": lambda c, r: {"content": "停止", "days": 5},
    "serve_correction_order": lambda c, r: {"method": "direct", "proofs": ("receipt",), "days": 5},
    "find_correction_unneeded": lambda c, r: {"ground": "already_corrected", "reason": "已恢复"},
    "preserve_evidence": lambda c, r: {"subject": f"list{len(c.situation.journal)}", "approved_by": "head"},
    "dispose_preserved_evidence": lambda c, r: {"subject": r.choice(_subjects(c, "evidence_preserved"))},
    "request_recusal": lambda c, r: {"subject": "chen"},
    "decide_recusal": lambda c, r: {"subject": "chen", "granted": False},
    "pause_clock": lambda c, r: {"subject": f"p{len(c.situation.journal)}", "ground": "appraisal"},
    "resume_clock": lambda c, r: {"subject": r.choice(_subjects(c, "clock_paused"))},
    "approve_extension": lambda c, r: {"days": 30},
    "examine_report": lambda c, r: {"route": "penalise"},
    "give_penalty_notice": lambda c, r: {"hearing_offered": r.random() < 0.8, "subject": f"n{len(c.situation.journal)}"},
    "serve_penalty_notice": lambda c, r: {"method": "direct", "proofs": ("receipt",)},
    "submit_defence": lambda c, r: {"final": True},
    "reexamine_defence": lambda c, r: {"adopted": r.random() < 0.3},
    "waive_defence": lambda c, r: {"written": True},
    "waive_hearing": lambda c, r: {"written": True},
    "notice_hearing": lambda c, r: {"held_on": (c.today + timedelta(days=14)).isoformat(), "presider": "wu"},
    "hold_hearing": lambda c, r: {"transcript": "T"},
    "hold_collective_discussion": lambda c, r: {"present": 5},
    "exempt_from_penalty": lambda c, r: {"education": "谈话", "reason": "x"},
    "serve_decision": lambda c, r: {"method": "direct", "proofs": ("receipt",)},
    "record_payment": lambda c, r: {"channel": "bank", "complete": r.random() < 0.7, "amount_yuan": "1"},
    "approve_deferral": lambda c, r: {"applied": True, "reason": "困难", "until": (c.today + timedelta(days=60)).isoformat()},
    "decide_additional_fine": lambda c, r: {"impose": True},
    "verify_correction": lambda c, r: {"result": r.choice(("corrected", "not_corrected"))},
    "decline_to_file": lambda c, r: {"ground": "duplicate", "reason": "重复"},
    "archive_dossier": lambda c, r: {"digest": "d", "missing": ()},
    "weigh_defect": lambda c, r: {"subject": "1", "fatal": False, "reason": "轻微"},
    "annul_entry": lambda c, r: {"sequence": 0, "kind": "evidence_preserved", "reason": "误录"},
}
ENDS = {
    "decline_to_file", "withdraw_filing", "transfer_case", "terminate_investigation", "merge_case", "split_party",
    "terminate_enforcement", "revoke_decision", "suspect_crime", "record_reconsideration", "record_suit", "annul_entry",
}


def _subjects(case: PenaltyCase, kind: str) -> list[str]:
    return [e.subject for e in case.situation.journal.all(kind)] or [""]


def particulars(case: PenaltyCase, act: str, rng: random.Random) -> dict[str, Any]:
    """What a person would fill in."""
    make = PARTICULARS.get(act)
    values = make(case, rng) if make else {"reason": "有理由"}
    if act == "serve_penalty_notice":
        given = case.situation.last("penalty_notice_given", None)
        values["subject"] = given.subject if given else ""
    return values


def disturb(case: PenaltyCase, rng: random.Random) -> None:
    """The world changes: drafts, evidence, officers, answers, days."""
    key = rng.choice((A, B))
    change = rng.randrange(9)
    if change == 0:
        case.party(key, draft=make_draft(rng.choice((15_000, 20_000, 30_000, 40_000, 120_000, 5_000))))
    elif change == 1:
        case.change(facts=(FactView("F1", "无证采砂", rng.choice((0, 2, 2)), 1),))
    elif change == 2:
        first = case.situation.officers[0]
        case.change(officers=(first, replace(case.situation.officers[1], recused=rng.random() < 0.2)))
    elif change == 3:
        case.party(key, hearing_required=rng.choice((True, False, None)))
    elif change == 4:
        case.party(key, discussion_required=rng.choice((True, False)))
    elif change == 5:
        case.party(key, points=(DefencePoint("p", "一", rng.random() < 0.7),))
    elif change == 6:
        case.party(key, leniency=leniency(no_fault="E1") if rng.random() < 0.2 else leniency())
    else:
        case.wait(rng.choice((1, 3, 8, 20)))


def watch(case: PenaltyCase, act: str, party: str | None) -> None:
    """The same law said once more, the long way round: fails where the engine allowed something unlawful."""
    s, journal = case.situation, list(case.situation.journal)
    of = [e.kind for e in journal if e.party in (None, party)]
    if act == "decide_penalty":
        view = s.party(party)
        assert view is not None
        assert view.draft is not None
        assert {"filed", "investigation_reported", "report_examined", "penalty_notice_served"} <= set(of)
        assert sum(1 for o in s.officers if not o.recused) >= 2
        assert all(f.checked for f in s.facts)
        assert "decision_sealed" not in of or "decision_revoked" in of
        served = [e for e in journal if e.kind == "penalty_notice_served" and e.party == party][-1]
        assert view.draft.amount_yuan is not None
        assert view.draft.amount_yuan <= int(served.params["amount_yuan"])
        assert view.bounds.min_yuan <= view.draft.amount_yuan <= view.bounds.max_yuan
        if "hearing_held" in of or view.discussion_required:
            passed = [e for e in journal if e.kind in ("legal_review_passed", "legal_review_confirmed") and e.party == party]
            assert passed
            assert passed[-1].digest == view.draft.digest
        if view.discussion_required:
            held = [e for e in journal if e.kind == "collective_discussion_held" and e.party == party]
            assert held
            assert int(held[-1].params["amount_yuan"]) == view.draft.amount_yuan
        assert not any(a.item == "no_fault" and a.proven for a in view.leniency)
    elif act == "give_penalty_notice":
        assert {"filed", "report_examined"} <= set(of)
    elif act == "serve_decision":
        assert {"decision_sealed", "no_penalty_decided"} & set(of)
    elif act == "record_payment":
        assert {"decision_sealed", "decision_served"} <= set(of)
    elif act == "close_case":
        decided = {e.party for e in journal if e.kind in ("decision_sealed", "no_penalty_decided")}
        assert decided == {A, B} or set(of) & {"case_transferred", "filing_withdrawn", "filing_declined", "case_merged"}
    elif act == "archive_dossier":
        assert "closed" in of


def allowed_acts(case: PenaltyCase, rng: random.Random) -> list[tuple[str, str | None, dict[str, Any]]]:
    """Every act for everyone; checks on the way that each refusal has words and an article."""
    found = []
    for step in ORDINARY_PENALTY.steps:
        for party in (A, B) if step.per_party else (None,):
            values = particulars(case, step.act, rng)
            verdict = case.verdict(step.act, party, **values)
            if verdict.allowed:
                found.append((step.act, party, values))
                continue
            for refusal in verdict.refusals:
                assert worded(refusal, "zh").reason
                assert worded(refusal, "en").reason
                assert refusal.basis, f"{step.act} is refused by {refusal.rule} without an article"
    return found


@pytest.mark.parametrize("seed", range(25))
def test_no_walk_finds_an_unlawful_shortcut_or_a_refusal_without_words_and_article(seed: int) -> None:
    rng = random.Random(seed)
    case = PenaltyCase(make_party(A), make_party(B, discussion_required=True))
    for _ in range(90):
        choices = allowed_acts(case, rng)
        wanted = [c for c in choices if c[0] not in ENDS] if rng.random() < 0.97 else choices
        if wanted and rng.random() < 0.8:
            act, party, values = rng.choice(wanted)
            watch(case, act, party)
            before = ORDINARY_PENALTY.stage_of_each(case.situation)
            case.do(act, party, **values)
            if not ORDINARY_PENALTY.step(act).moves:
                assert ORDINARY_PENALTY.stage_of_each(case.situation) == before, f"{act} moved the stage"
        else:
            disturb(case, rng)
        if case.situation.has("archived"):
            break
    essence = Journal(essential(case.situation.journal))
    short = replace(case.situation, journal=essence)
    for step in ORDINARY_PENALTY.steps:
        for party in (A, B) if step.per_party else (None,):
            whole = ORDINARY_PENALTY.allowed(step.act, case.situation, party)
            assert ORDINARY_PENALTY.allowed(step.act, short, party) == whole, f"{step.act} differs on the kept entries"


@pytest.mark.parametrize("seed", range(15))
def test_no_case_is_ever_without_a_lawful_way_on(seed: int) -> None:
    """From wherever a disturbed case stands, a diligent handler reaches the archive."""
    rng = random.Random(1000 + seed)
    case = PenaltyCase(make_party(A), make_party(B, discussion_required=True, hearing_required=True))
    for _ in range(rng.randrange(60)):
        choices = [c for c in allowed_acts(case, rng) if c[0] not in ENDS]
        if choices and rng.random() < 0.85:
            act, party, values = rng.choice(choices)
            case.do(act, party, **values)
        else:
            disturb(case, rng)
    repair(case)
    for _ in range(400):
        if case.situation.has("archived"):
            return
        advance(case, rng)
    pytest.fail(f"stuck at {ORDINARY_PENALTY.stage(case.situation)}")


def repair(case: PenaltyCase) -> None:
    """A diligent handler: evidence checked, points answered, two officers, a draft within notice and range."""
    officers = tuple(replace(o, recused=False) for o in case.situation.officers)
    case.change(facts=(FactView("F1", "无证采砂", 2),), officers=officers)
    for key in (A, B):
        case.party(key, points=(), leniency=leniency())
        told = case.situation.journal.all("penalty_notice_served", key)
        amounts = [int(e.params["amount_yuan"]) for e in told]
        case.party(key, draft=make_draft(min([20_000, *amounts])))


def advance(case: PenaltyCase, rng: random.Random) -> None:
    """Do the step that is now; else what its refusals name as the way out; else wait a day."""
    for entry in ORDINARY_PENALTY.next_acts(case.situation):
        if entry.duty.kind != "must":
            continue
        for act in (entry.act, *(r.remedy for r in entry.verdict.refusals)):
            if act in ENDS or act not in ORDINARY_PENALTY.by_act:
                continue
            party = entry.party if ORDINARY_PENALTY.step(act).per_party else None
            values = particulars(case, act, rng)
            if act == "give_penalty_notice":
                values["hearing_offered"] = True
            if act == "serve_penalty_notice":
                given = case.situation.last("penalty_notice_given", party)
                values["subject"] = given.subject if given else ""
            if act in ("record_payment",):
                values["complete"] = True
            if act == "verify_correction":
                values["result"] = "corrected"
            for key in (A, B) if party is None and ORDINARY_PENALTY.step(act).per_party else (party,):
                if case.verdict(act, key, **values).allowed:
                    case.do(act, key, **values)
                    return
    for act in ("record_education", "reexamine_defence", "decide_additional_fine"):
        for key in (A, B) if ORDINARY_PENALTY.step(act).per_party else (None,):
            values = particulars(case, act, rng)
            if not case.situation.has(ORDINARY_PENALTY.step(act).records, key) and case.verdict(act, key, **values).allowed:
                case.do(act, key, **values)
                return
    case.change(answers={k: Answer(True, "属实") for k in case.situation.answers}).wait(1)
