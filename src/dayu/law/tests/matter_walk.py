"""Walks through any procedure for tests: acts only when allowed, fills in what the declaration demands, finds the end."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from dayu.law.conditions.matter import Answered, OneOf, Open, Stated
from dayu.law.journal import Entry, Journal
from dayu.law.procedure import Procedure, Step
from dayu.law.refusals import Verdict, worded
from dayu.law.situation import Answer, FactView, OfficerView, PartyView, Situation
from dayu.law.tests.penalty_case import DEADLINE, NO, YES, A, make_party

MONDAY = date(2026, 3, 2)
OFFICERS = (
    OfficerView("chen", "陈某", date(2020, 1, 1), date(2032, 12, 31)),
    OfficerView("zhou", "周某", date(2020, 1, 1), date(2032, 12, 31)),
)
Fill = Callable[["Walk", random.Random], dict[str, Any]]
Watch = Callable[["Walk", Step, dict[str, Any]], None]


def questions_of(procedure: Procedure) -> dict[str, Answer]:
    """Every question that the declaration asks, answered the way that lets it go on."""
    found: dict[str, Answer] = {}
    for step in procedure.steps:
        for condition in step.requires:
            if isinstance(condition, Answered):
                found |= dict.fromkeys(condition.questions, YES if condition.wanted else NO)
    return found


class Walk:
    """One matter that moves by acts only. `do` fails when an act is refused."""

    def __init__(
        self, procedure: Procedure, *parties: PartyView, today: date = MONDAY, fills: Mapping[str, Fill] | None = None,
        journal: tuple[Entry, ...] = (), **settings: Any,
    ) -> None:
        self.procedure = procedure
        self.acts_done: set[str] = set()
        self.rare: frozenset[str] = frozenset()
        self.waits: tuple[int, ...] = (1, 1, 2, 5, 11, 35, 100, 700)
        self.fills = fills or {}
        self.situation = Situation(
            today=today, journal=Journal(journal), parties=parties or (make_party(),), officers=OFFICERS,
            facts=(FactView("F1", "无证采砂", 2, 0),), answers=questions_of(procedure), settings=settings, deadline=DEADLINE,
        )

    @property
    def today(self) -> date:
        """The day."""
        return self.situation.today

    def wait(self, days: int = 0, *, until: date | None = None) -> Walk:
        """Let days pass, or go to a day."""
        self.situation = replace(self.situation, today=until or self.today + timedelta(days=days))
        return self

    def change(self, **changes: Any) -> Walk:
        """Change what lies outside the journal."""
        self.situation = replace(self.situation, **changes)
        return self

    def answer(self, **answers: bool | None) -> Walk:
        """Answer questions otherwise."""
        given = {k: Answer(v, "经核查", by="officer") for k, v in answers.items()}
        return self.change(answers={**self.situation.answers, **given})

    def fill(self, act: str, rng: random.Random | None = None, **values: Any) -> dict[str, Any]:
        """What a diligent person states with the act: all that the declaration demands, then `values`."""
        rng = rng or random.Random(0)
        step = self.procedure.step(act)
        stated: dict[str, Any] = {"reason": "有理由"}
        for condition in step.requires:
            if isinstance(condition, Stated):
                stated |= {key: _plausible(key) for key in condition.keys}
            elif isinstance(condition, OneOf):
                stated[condition.key] = rng.choice(condition.choices)
        if act in self.fills:
            stated |= self.fills[act](self, rng)
        return {**stated, **values}

    def verdict(self, act: str, party: str | None = None, **values: Any) -> Verdict:
        """What the procedure says to the act as a diligent person would propose it."""
        return self.procedure.allowed(act, self.situation, self._party(act, party), **self.fill(act, **values))

    def refused(self, act: str, party: str | None = None, **values: Any) -> set[str]:
        """The rules that refuse the act; it must be refused."""
        verdict = self.verdict(act, party, **values)
        assert not verdict.allowed, f"{act} was allowed"
        return {refusal.rule for refusal in verdict.refusals}

    def reasons(self, act: str, party: str | None = None, **values: Any) -> str:
        """The refusal in Chinese words, with its articles."""
        verdict = self.verdict(act, party, **values)
        return "；".join(worded(r).reason + "".join(c.text() for c in r.basis) for r in verdict.refusals)

    def do(self, act: str, party: str | None = None, **values: Any) -> Walk:
        """Do it today."""
        filled = self.fill(act, **values)
        verdict = self.procedure.allowed(act, self.situation, self._party(act, party), **filled)
        assert verdict.allowed, f"{act} on {self.today}: {[r.as_json() for r in verdict.refusals]}"
        return self.record(self.procedure.step(act).records, self._party(act, party), **filled)

    def record(self, kind: str, party: str | None = None, **values: Any) -> Walk:
        """Put an entry into the journal without asking."""
        values = dict(values)
        entry = Entry(
            kind, values.pop("on", None) or self.today, values.pop("at", None), party, str(values.pop("subject", "")),
            params=values,
        )
        return self.change(journal=self.situation.journal.adding(entry))

    def _party(self, act: str, party: str | None) -> str | None:
        return (party or self.situation.parties[0].key) if self.procedure.step(act).per_party else None

    def duty(self, act: str, party: str | None = None) -> str:
        """must, may or not."""
        return self.procedure.duty(self.procedure.step(act), self.situation, self._party(act, party)).kind

    def next_musts(self) -> set[str]:
        """The acts that come next and must be done."""
        return {n.act for n in self.procedure.next_acts(self.situation) if n.duty.kind == "must"}

    def due(self, key: str) -> date:
        """The last day of a limit that runs."""
        found = [limit for limit in self.procedure.limits(self.situation) if limit.request.key == key]
        assert found, f"{key} does not run"
        return DEADLINE(found[-1].request)

    def running(self) -> set[str]:
        """The limits that run and nobody has met."""
        return {limit.request.key for limit in self.procedure.limits(self.situation) if limit.met_by is None}

    @property
    def finished(self) -> bool:
        """Nothing is left that must be done."""
        return self.procedure.stage(self.situation) in ("ended", "archived")

    # -- walks ---------------------------------------------------------------------------------------------------------

    def open_acts(self, rng: random.Random) -> Iterator[tuple[Step, dict[str, Any]]]:
        """Every act that is allowed now; checks that each refusal has words in both languages, and an article."""
        for step in self.procedure.steps:
            values = self.fill(step.act, rng)
            verdict = self.procedure.allowed(step.act, self.situation, self._party(step.act, None), **values)
            if verdict.allowed:
                yield step, values
            for refusal in verdict.refusals:
                assert worded(refusal, "zh").reason
                assert worded(refusal, "en").reason
                assert refusal.basis, f"{self.procedure.key}.{step.act} is refused by {refusal.rule} without an article"

    def stumble(self, rng: random.Random, moves: int, watch: Watch) -> None:
        """Random acts, days and disturbances; `watch` sees every act before it is done."""
        for _ in range(moves):
            choices = list(self.open_acts(rng))
            fresh = [choice for choice in choices if choice[0].act not in self.acts_done]
            staying = [choice for choice in choices if not self._is_rare(choice[0])]
            if rng.random() < 0.3 and self._advance(rng, watch):
                continue
            if fresh and rng.random() < 0.3:
                choices = fresh
            elif staying and rng.random() < 0.97:
                choices = staying
            if choices and rng.random() < 0.7:
                step, values = rng.choice(choices)
                watch(self, step, values)
                stage = self.procedure.stage(self.situation)
                self._enter(step, values)
                if not step.moves:
                    assert self.procedure.stage(self.situation) == stage, f"{step.act} moved the stage"
                continue
            self._disturb(rng)

    def _is_rare(self, step: Step) -> bool:
        """What ends the whole matter, or leaves nothing to enforce, is tried seldom."""
        ends = {kind for one in self.procedure.always if isinstance(one, Open) for kind in one.ends}
        return step.act in self.rare or step.records in ends | {"fine_paid", "enforcement_terminated"}

    def _enter(self, step: Step, values: dict[str, Any]) -> None:
        self.acts_done.add(step.act)
        self.record(step.records, self._party(step.act, None), **values)

    def _disturb(self, rng: random.Random) -> None:
        change = rng.randrange(8)
        if change == 0:
            first, second = self.situation.officers
            self.change(officers=(first, replace(second, recused=rng.random() < 0.4)))
        elif change == 1 and self.situation.answers:
            key = rng.choice(sorted(self.situation.answers))
            self.answer(**{key: rng.choice((True, False, None))})
        elif change == 2:
            self.repair()
        else:
            self.wait(rng.choice(self.waits) if self.today.year < 2027 else 1)

    def repair(self) -> None:
        """A diligent handler puts right what lies outside the journal."""
        officers = tuple(replace(o, recused=False) for o in self.situation.officers)
        self.change(officers=officers, answers={**self.situation.answers, **questions_of(self.procedure)})

    def finish(self, rng: random.Random, moves: int = 400) -> bool:
        """Do what must be done, else what the refusals name as the way out, else what is open, else wait."""
        self.repair()
        for _ in range(moves):
            if self.finished:
                return True
            if not self._advance(rng) and not (rng.random() < 0.03 and self._do_something_optional(rng)):
                self.wait(rng.choice((1, 4, 15)))
        return self.finished

    def _advance(self, rng: random.Random, watch: Watch | None = None) -> bool:
        """What must be done next, or what its refusals name as the way out."""
        musts = [entry.act for entry in self.procedure.next_acts(self.situation) if entry.duty.kind == "must"]
        return any(self._try(act, rng, watch) for act in musts)

    def _do_something_optional(self, rng: random.Random) -> bool:
        optional = [s.act for s in self.procedure.steps if s.leads_to and not self.situation.has(s.records)]
        rng.shuffle(optional)
        return any(self._try(act, rng, depth=0) for act in optional)

    def _try(self, act: str, rng: random.Random, watch: Watch | None = None, depth: int = 2) -> bool:
        ways_out: dict[str, None] = {}
        for _ in range(4):
            values = self.fill(act, rng)
            verdict = self.procedure.allowed(act, self.situation, self._party(act, None), **values)
            if verdict.allowed:
                if watch is not None:
                    watch(self, self.procedure.step(act), values)
                self._enter(self.procedure.step(act), values)
                return True
            ways_out |= dict.fromkeys(r.remedy for r in verdict.refusals if r.remedy in self.procedure.by_act)
        return depth > 0 and any(self._try(way, rng, watch, depth - 1) for way in ways_out)


def _plausible(key: str) -> Any:
    return {"days": 10, "person": "chen", "amount_yuan": "1000", "count": 0}.get(key, "x")


@dataclass(frozen=True)
class Start:
    """From where a procedure is explored: its parties, what the journal already holds, and what people fill in.

    `before` says the same law once more: for an act, groups of entries of which one each must lie before it.
    """

    parties: Callable[[], tuple[PartyView, ...]] = lambda: (make_party(),)
    journal: Callable[[], tuple[Entry, ...]] = lambda: ()
    fills: Mapping[str, Fill] = field(default_factory=dict)
    before: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    watch: Mapping[str, Callable[[Walk, dict[str, Any]], None]] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)
    waits: tuple[int, ...] = (1, 1, 2, 5, 11, 35, 100, 700)
    rare: frozenset[str] = frozenset()

    def walk(self, procedure: Procedure, **changes: Any) -> Walk:
        """A walk from here."""
        settings = {**self.settings, **changes}
        walk = Walk(procedure, *self.parties(), fills=self.fills, journal=self.journal(), **settings)
        walk.waits, walk.rare = self.waits, self.rare
        return walk


__all__ = ["MONDAY", "A", "Fill", "Start", "Walk", "questions_of"]
