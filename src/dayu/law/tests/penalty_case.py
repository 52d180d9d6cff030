"""A penalty case for tests: it does acts only when the procedure allows them, and moves its own day forward."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from dayu.law.calendar import national_calendar
from dayu.law.conditions.filing import FILING_QUESTIONS
from dayu.law.conditions.review import REVIEW_QUESTIONS
from dayu.law.journal import Entry
from dayu.law.leniency import LeniencyAnswer, checklist
from dayu.law.procedure_deadlines import answering
from dayu.law.procedures.ordinary_penalty import ORDINARY_PENALTY
from dayu.law.refusals import Verdict
from dayu.law.situation import Answer, Bounds, Draft, FactView, OfficerView, PartyView, Situation
from dayu.law.substance import Substance, substance_digest

DEADLINE = answering(national_calendar())
NO = Answer(False, "经核查不存在", by="officer")
YES = Answer(True, "经核查属实", ("E1",), by="officer")
A, B = "zhang", "li"


def no_leniency() -> tuple[LeniencyAnswer, ...]:
    """Every question of the checklist answered with no."""
    return tuple(LeniencyAnswer(item.key, False) for item in checklist(natural_person=True))


def leniency(**proven: str) -> tuple[LeniencyAnswer, ...]:
    """The checklist with some questions answered with a yes and its evidence."""
    return tuple(
        LeniencyAnswer(a.item, True, proven[a.item]) if a.item in proven else a for a in no_leniency()
    )


def make_draft(amount: int | None = 20_000, **changes: Any) -> Draft:
    """A complete draft of a fine; its digest follows its substance."""
    draft = Draft(
        amount_yuan=None if amount is None else Decimal(amount), kinds=frozenset({"fine"} if amount else {"warning"}),
        facts=frozenset({"F1"}), basis=frozenset({"water-law:65:2"}), remedies_text="六十日内申请复议，六个月内起诉",
    )
    draft = replace(draft, **changes)
    return replace(draft, digest=digest_of(draft))


def digest_of(draft: Draft) -> str:
    """The digest as the substance of the draft gives it."""
    return substance_digest(Substance(
        ("张某", "1"), tuple(draft.facts), ("E1",), tuple(draft.basis), tuple(draft.kinds), draft.amount_yuan,
        draft.confiscated_yuan,
    ))


def make_party(key: str = A, **changes: Any) -> PartyView:
    """A party whose fine of 20,000 is ordinary: below the thresholds, inside the range, every question answered."""
    party = PartyView(
        key, {"zhang": "张某", "li": "李某"}.get(key, key), make_draft(),
        Bounds(True, Decimal(10_000), Decimal(100_000), False, Decimal(15_000), Decimal(90_000)),
        hearing_required=False, discussion_required=False, limitation_barred=False, leniency=no_leniency(),
        review_answers=dict.fromkeys(REVIEW_QUESTIONS, NO),
    )
    return replace(party, **changes)


class PenaltyCase:
    """A case that only moves by acts. `do` fails when an act is refused; `refused` fails when it is allowed."""

    def __init__(self, *parties: PartyView, today: date = date(2026, 3, 2)) -> None:
        self.situation = Situation(
            today=today,
            parties=parties or (make_party(),),
            officers=(
                OfficerView("chen", "陈某", date(2024, 1, 1), date(2028, 12, 31)),
                OfficerView("zhou", "周某", date(2024, 1, 1), date(2028, 12, 31)),
            ),
            facts=(FactView("F1", "无证采砂", 2, 0),),
            answers=dict.fromkeys(FILING_QUESTIONS, YES),
            deadline=DEADLINE,
        )

    @property
    def today(self) -> date:
        """The day of the case."""
        return self.situation.today

    def wait(self, days: int) -> PenaltyCase:
        """Let days pass."""
        self.situation = replace(self.situation, today=self.today + timedelta(days=days))
        return self

    def change(self, **changes: Any) -> PenaltyCase:
        """Change what is outside the journal (officers, facts, answers)."""
        self.situation = replace(self.situation, **changes)
        return self

    def party(self, key: str = A, **changes: Any) -> PenaltyCase:
        """Change what is known of one party."""
        parties = tuple(replace(p, **changes) if p.key == key else p for p in self.situation.parties)
        return self.change(parties=parties)

    def draft(self, amount: int | None, key: str = A, **changes: Any) -> PenaltyCase:
        """Write another draft."""
        return self.party(key, draft=make_draft(amount, **changes))

    def verdict(self, act: str, party: str | None = None, /, **proposal: Any) -> Verdict:
        """What the procedure says."""
        return ORDINARY_PENALTY.allowed(act, self.situation, party, **proposal)

    def refused(self, act: str, party: str | None = None, /, **proposal: Any) -> set[str]:
        """The rules that refuse the act; it must be refused."""
        verdict = self.verdict(act, party, **proposal)
        assert not verdict.allowed, f"{act} was allowed"
        return {r.rule.split(".", 1)[1] for r in verdict.refusals}

    def do(self, act: str, party: str | None = None, /, **proposal: Any) -> PenaltyCase:
        """Do the act today; a refusal fails the test with its reasons."""
        verdict = self.verdict(act, party, **proposal)
        assert verdict.allowed, f"{act} refused: {[r.as_json()['reason'] for r in verdict.refusals]}"
        return self.record(ORDINARY_PENALTY.step(act).records, party, **self.particulars(act, party, proposal))

    def record(self, kind: str, party: str | None = None, /, on: date | None = None, **values: Any) -> PenaltyCase:
        """Put an entry into the journal without asking: for what already happened."""
        fields = {k: values.pop(k) for k in ("subject", "digest", "taken_over", "defect", "explanation") if k in values}
        entry = Entry(kind, on or self.today, None, party, params=values, **fields)
        return self.change(journal=self.situation.journal.adding(entry))

    def particulars(self, act: str, party: str | None, proposal: dict[str, Any]) -> dict[str, Any]:
        """What a door records with the act: the terms of the draft where they count."""
        values = dict(proposal)
        draft = self.situation.draft(party)
        if draft is not None and act in _WITH_TERMS:
            values |= {
                "amount_yuan": str(draft.amount_yuan or 0), "kinds": sorted(draft.kinds),
                "facts": sorted(draft.facts), "basis": sorted(draft.basis),
                "confiscated_yuan": str(draft.confiscated_yuan), "includes_order": draft.includes_order,
                "digest": draft.digest,
            }
        if act in ("give_penalty_notice", "serve_penalty_notice"):
            given = self.situation.last("penalty_notice_given", party)
            values.setdefault("hearing_offered", bool(given and given.params.get("hearing_offered")))
            if act == "serve_penalty_notice" and given is not None:
                values |= {k: given.params[k] for k in ("amount_yuan", "kinds", "facts", "basis", "confiscated_yuan")}
        return values

    # -- shortcuts through the procedure, each step asked for ----------------------------------------------------------

    def filed(self) -> PenaltyCase:
        """From a lead to filing."""
        return self.do("register_lead").do("verify_lead").do("request_filing").do("file_case")

    def investigated(self) -> PenaltyCase:
        """From a lead to the head's examination of the report, with an order to correct."""
        self.filed()
        for view in self.situation.parties:
            self.do("order_correction", view.key, content="停止采砂", days=10)
            self.do("serve_correction_order", view.key, method="direct", proofs=("receipt",), days=10)
        return self.do("report_investigation").do("examine_report", route="penalise")

    def notified(self, party: str = A, *, hearing: bool = False) -> PenaltyCase:
        """To a served notice."""
        if not self.situation.has("report_examined"):
            self.investigated()
        self.do("give_penalty_notice", party, hearing_offered=hearing)
        return self.do("serve_penalty_notice", party, method="direct", proofs=("receipt",))

    def decided(self, party: str = A) -> PenaltyCase:
        """To a decision without review or discussion."""
        if not self.situation.has("penalty_notice_served", party):
            self.notified(party)
        if not self.situation.has("defence_waived", party):
            self.do("waive_defence", party, written=True)
        return self.do("decide_penalty", party)

    def reviewed(self, party: str = A) -> PenaltyCase:
        """Through a passed legal review of the draft as it is."""
        return self.do("submit_legal_review", party).do("pass_legal_review", party)

    def served(self, party: str = A) -> PenaltyCase:
        """To a decision that reached the party."""
        if not self.situation.has("decision_sealed", party):
            self.decided(party)
        return self.do("serve_decision", party, method="direct", proofs=("receipt",))

    def performed(self, party: str = A) -> PenaltyCase:
        """Published, paid, corrected."""
        if not self.situation.has("decision_served", party):
            self.served(party)
        self.do("publish_decision", party)
        self.do("record_payment", party, channel="bank", amount_yuan="20000", complete=True)
        return self.do("verify_correction", party, result="corrected")


_WITH_TERMS = frozenset({
    "give_penalty_notice", "decide_penalty", "hold_collective_discussion", "submit_legal_review", "pass_legal_review",
    "confirm_legal_review",
})
