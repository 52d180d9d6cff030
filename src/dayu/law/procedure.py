"""The procedure engine: from a list of steps and the situation of a case it derives what may be done, what is done,
what is next, which limits run, and the flow chart. There is no other way to change the stage of a case."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, Literal

from dayu.law.calendar import NotComputable
from dayu.law.citations import Citation
from dayu.law.course import day
from dayu.law.journal import Entry
from dayu.law.refusals import ALLOWED, Refusal, Verdict
from dayu.law.rulebook import RulebookError
from dayu.law.running_limits import LimitRule as LimitRule
from dayu.law.running_limits import RunningLimit as RunningLimit
from dayu.law.running_limits import running
from dayu.law.situation import Situation
from dayu.law.words import Term

Condition = Callable[[Situation, str | None], Verdict]
DutyKind = Literal["must", "may", "not"]
StateKind = Literal["done", "now", "ahead", "not", "overtaken"]


@dataclass(frozen=True, slots=True)
class Duty:
    """Whether a step 应当 (must), 可以 (may) or 不适用 (not) be done here, and the key of the reason."""

    kind: DutyKind
    why: str = ""
    basis: tuple[Citation, ...] = ()


MUST = Duty("must")
MAY = Duty("may")
DutyRule = Callable[[Situation, str | None], Duty]
DoneRule = Callable[[Situation, str | None], Entry | None]


@dataclass(frozen=True, slots=True)
class Step:
    """One step (步骤) of a procedure. Only literals and named conditions stand here.

    `records` is the kind of journal entry that the act leaves. `after` are acts that must be done before, where they
    apply; what is missing is refused with the `missing` rule of that earlier step. `requires` must all allow;
    `marks` do not block, they are written into the entry as its defect. `basis` is the article that founds the step.
    A step with `holds=False` has to be done in time, and the case does not stand still for it meanwhile. One with
    `moves=False` leaves stage, deciding dates and amounts as they are (tested), so that kept answers need no renewal.
    """

    act: str
    stage: str
    records: str
    basis: tuple[Citation, ...]
    after: tuple[str, ...] = ()
    requires: tuple[Condition, ...] = ()
    marks: tuple[Condition, ...] = ()
    per_party: bool = False
    duty: Duty | DutyRule = MUST
    mainline: bool = False
    repeatable: bool = False
    done_when: DoneRule | None = None
    missing: str = "procedure.step_missing"
    limit: str = ""
    documents: tuple[str, ...] = ()
    roles: tuple[str, ...] = ("handler",)
    leads_to: tuple[str, ...] = ()
    by_party: bool = False
    holds: bool = True
    moves: bool = True


@dataclass(frozen=True, slots=True)
class StepState:
    """One line of the left column: a step, for one party or for the case, and how it stands.

    "overtaken" means: no record of it, and a step that needs it was done all the same (paper taken over half-way).
    """

    step: Step
    party: str | None
    state: StateKind
    duty: Duty
    entry: Entry | None = None
    refusals: tuple[Refusal, ...] = ()

    @property
    def on(self) -> date | None:
        """The day it was done."""
        return self.entry.on if self.entry else None


@dataclass(frozen=True, slots=True)
class NextAct:
    """An act that comes next: for whom, whether it is allowed now, and the limit that drives it."""

    act: str
    party: str | None
    verdict: Verdict
    duty: Duty
    limit: RunningLimit | None = None


@dataclass(frozen=True, slots=True)
class Node:
    """One box of the flow chart."""

    act: str
    stage: str
    per_party: bool
    duty: DutyKind | Literal["depends"]
    basis: tuple[str, ...]
    limit: str
    mainline: bool


@dataclass(frozen=True, slots=True)
class Edge:
    """One arrow of the flow chart: `required` where the later step is refused without the earlier."""

    source: str
    target: str
    required: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """Boxes and arrows of a procedure, in the order of its steps."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


@dataclass(frozen=True)
class Procedure:
    """A procedure (程序): its steps in order, its limits, and the answers derived from them.

    One that runs on the "case" reads the journal of the case and leaves its entries there; one that runs on a "matter"
    (a list of seized goods, an application) has a journal of its own for each.
    """

    key: str
    steps: tuple[Step, ...]
    limits_rules: tuple[LimitRule, ...] = ()
    always: tuple[Condition, ...] = ()
    stages: tuple[str, ...] = ()
    runs_on: Literal["case", "matter"] = "case"
    after_end: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def by_act(self) -> Mapping[str, Step]:
        """The steps by the name of their act."""
        found = {step.act: step for step in self.steps}
        if len(found) != len(self.steps):
            raise RulebookError(f"procedure {self.key} names an act twice")
        unknown = {a for s in self.steps for a in (*s.after, *s.leads_to)} - set(found)
        if unknown:
            raise RulebookError(f"procedure {self.key} refers to unknown acts {sorted(unknown)}")
        return found

    @cached_property
    def _needed_by(self) -> Mapping[str, tuple[Step, ...]]:
        """For each act the main-line steps that need it, directly or through others."""
        direct: dict[str, set[str]] = {step.act: set(step.after) for step in self.steps}
        grown = True
        while grown:
            grown = False
            for needed in direct.values():
                more = set().union(*(direct[a] for a in needed)) - needed if needed else set()
                if more:
                    needed |= more
                    grown = True
        main = [step for step in self.steps if step.mainline]
        return {act: tuple(step for step in main if act in direct[step.act]) for act in direct}

    @cached_property
    def kinds(self) -> frozenset[str]:
        """Every kind of entry that a step leaves."""
        return frozenset(step.records for step in self.steps)

    def step(self, act: str) -> Step:
        """The step of an act."""
        try:
            return self.by_act[act]
        except KeyError:
            raise RulebookError(f"procedure {self.key} has no act {act!r}") from None

    def duty(self, step: Step, s: Situation, party: str | None) -> Duty:
        """Whether the step must, may or need not be done for this party now."""
        return step.duty if isinstance(step.duty, Duty) else step.duty(s, party)

    def done(self, step: Step, s: Situation, party: str | None) -> Entry | None:
        """The entry that shows the step as done, or None."""
        if step.done_when is not None:
            return step.done_when(s, party)
        return s.journal.last(step.records, party)

    def allowed(self, act: str, s: Situation, party: str | None = None, /, **proposal: Any) -> Verdict:
        """Whether the act may be done today, with every reason against it. `proposal` are its particulars."""
        if proposal:
            s = replace(s, proposal={**s.proposal, **proposal})
        return self._verdict(self.step(act), s, party)

    def marks(self, act: str, s: Situation, party: str | None = None, /, **proposal: Any) -> tuple[Refusal, ...]:
        """What does not block the act but has to be written into its entry (e.g. decided too late)."""
        if proposal:
            s = replace(s, proposal={**s.proposal, **proposal})
        return tuple(r for c in self.step(act).marks for r in _mark(c, s, party))

    def past_defects(
        self, act: str, s: Situation, party: str | None = None, /, *, on: date, **proposal: Any
    ) -> tuple[Refusal, ...]:
        """What was wrong with an act that already happened on that day: it is recorded, with these as its defects."""
        then = replace(s, today=on, proposal={**s.proposal, **proposal})
        return self._verdict(self.step(act), then, party).refusals + self.marks(act, then, party)

    def _verdict(self, step: Step, s: Situation, party: str | None) -> Verdict:
        return Verdict(_distinct(self._refusals(step, s, party)))

    def _refusals(self, step: Step, s: Situation, party: str | None) -> Iterator[Refusal]:
        """Every reason against the act, the cheap ones first; who only wants to know whether stops at the first."""
        blocked = self._blocked(step, s, party)
        if blocked:
            yield from blocked
            return
        for act in step.after:
            yield from self._missing(self.by_act[act], step, s, party)
        for condition in step.requires:
            yield from _reasons(condition, s, party, step.basis)
        yield from self._misdated(step, s, party)

    def _blocked(self, step: Step, s: Situation, party: str | None) -> tuple[Refusal, ...]:
        """What makes every further question idle: the case is over, the party is not here, the step does not apply."""
        if step.act not in self.after_end:
            over = tuple(r for condition in self.always for r in condition(s, party).refusals)
            if over:
                return over
        if step.per_party:
            stray = self._stray(step, s, party)
            if stray is not None:
                return (stray,)
        duty = self.duty(step, s, party)
        if duty.kind == "not":
            words = {"act": _act(step), "why": Term("reasons", duty.why)}
            return (Refusal("procedure.not_applicable", words, duty.basis or step.basis),)
        entry = None if step.repeatable else self.done(step, s, party)
        if entry is None:
            return ()
        return (Refusal("procedure.already_done", {"act": _act(step), "on": entry.on}, step.basis),)

    def _stray(self, step: Step, s: Situation, party: str | None) -> Refusal | None:
        if party is None:
            return Refusal("procedure.party_not_named", {"act": _act(step)}, step.basis)
        if s.party(party) is None or s.journal.has("party_split_off", party):
            return Refusal("procedure.not_a_party", {"act": _act(step), "party": party}, step.basis)
        return None

    def _missing(self, earlier: Step, step: Step, s: Situation, party: str | None) -> Iterable[Refusal]:
        if not earlier.per_party or step.per_party:
            return self._missing_for(earlier, step, s, party if earlier.per_party else None)
        return [r for view in s.active_parties() for r in self._missing_for(earlier, step, s, view.key)]

    def _missing_for(self, earlier: Step, step: Step, s: Situation, party: str | None) -> tuple[Refusal, ...]:
        if self.done(earlier, s, party) is not None or self.duty(earlier, s, party).kind != "must":
            return ()
        words = {"act": _act(step), "step": _act(earlier)}
        return (Refusal(earlier.missing, words, earlier.basis, earlier.act),)

    def _misdated(self, step: Step, s: Situation, party: str | None) -> Iterable[Refusal]:
        on = day(s.proposal, "on")
        if on is None:
            return ()
        if on > s.today:
            return (Refusal("procedure.future_dated", {"on": on}, step.basis),)
        for act in step.after:
            earlier = self.by_act[act]
            entry = self.done(earlier, s, party if earlier.per_party else None)
            if entry is not None and on < entry.on:
                words = {"on": on, "step": _act(earlier), "earlier": entry.on}
                return (Refusal("procedure.back_dated", words, earlier.basis),)
        return ()

    # -- what the screens show -------------------------------------------------------------------------------------

    def progress(self, s: Situation) -> tuple[StepState, ...]:
        """The main line for the left column: each step once, or once per party; the first open ones are "now"."""
        return tuple(self._states(s, explain=True))

    def _states(self, s: Situation, *, explain: bool) -> Iterator[StepState]:
        arrived: set[str | None] = set()
        ended = any(not c(s, None).allowed for c in self.always)
        for step in self.steps:
            if step.mainline:
                for party in self._parties_of(step, s):
                    yield self._state(step, s, party, arrived, ended, explain)

    def _parties_of(self, step: Step, s: Situation) -> Sequence[str | None]:
        if not step.per_party:
            return (None,)
        return tuple(view.key for view in s.active_parties())

    def _state(
        self, step: Step, s: Situation, party: str | None, arrived: set[str | None], ended: bool, explain: bool
    ) -> StepState:
        duty = self.duty(step, s, party)
        entry = self.done(step, s, party)
        if entry is not None:
            return StepState(step, party, "done", duty, entry)
        if duty.kind == "not" or (ended and step.act not in self.after_end):
            return StepState(step, party, "not", duty)
        if self._overtaken(step, s, party):
            return StepState(step, party, "overtaken", duty)
        if duty.kind != "must" or party in arrived or None in arrived or (party is None and arrived):
            return StepState(step, party, "ahead", duty)
        if step.holds:
            arrived.add(party)
        refusals = self._verdict(step, s, party).refusals if explain else ()
        return StepState(step, party, "now", duty, None, refusals)

    def _overtaken(self, step: Step, s: Situation, party: str | None) -> bool:
        return any(
            self.done(later, s, party if later.per_party else None) is not None
            for later in self._needed_by[step.act]
            if party is not None or not later.per_party or s.journal.has(later.records)
        )

    def stage(self, s: Situation, party: str | None = None) -> str:
        """Where the case stands: the stage of the first step that is "now" (for one party, or the least advanced)."""
        for state in self._states(s, explain=False):
            if state.state == "now" and state.step.holds and (party is None or state.party in (None, party)):
                return state.step.stage
        return self._after_the_last(s)

    def stage_of_each(self, s: Situation) -> Mapping[str | None, str]:
        """The stage of the case (under None) and of each party, derived in one pass."""
        found: dict[str | None, str] = {}
        wanted: list[str | None] = [None, *(view.key for view in s.parties)]
        for state in self._states(s, explain=False):
            if state.state != "now" or not state.step.holds:
                continue
            for key in wanted if state.party is None else (None, state.party):
                found.setdefault(key, state.step.stage)
        return {key: found.get(key) or self._after_the_last(s) for key in wanted}

    def _after_the_last(self, s: Situation) -> str:
        return "ended" if not s.journal.has("archived") else "archived"

    def next_acts(self, s: Situation) -> tuple[NextAct, ...]:
        """What comes next: the step that is now (with what blocks it), then whatever else is allowed, in order."""
        running = {(limit.act, limit.party): limit for limit in self.limits(s) if limit.met_by is None and limit.act}
        now = {(state.step.act, state.party): state for state in self.progress(s) if state.state == "now"}
        first: list[NextAct] = []
        others: list[NextAct] = []
        for step in self.steps:
            for party in self._parties_of(step, s):
                key = (step.act, party)
                state = now.get(key)
                limit = running.get(key) or running.get((step.act, None))
                if state is not None:
                    first.append(NextAct(step.act, party, Verdict(state.refusals), state.duty, limit))
                    continue
                if next(self._refusals(step, s, party), None) is None:
                    again = self.done(step, s, party) is not None
                    others.append(NextAct(step.act, party, ALLOWED, MAY if again else self.duty(step, s, party), limit))
        others.sort(key=lambda act: (act.limit is None, act.duty.kind != "must"))
        return (*first, *others)

    def limits(self, s: Situation) -> tuple[RunningLimit, ...]:
        """Every limit that the journal started, with the days left out and the extensions granted."""
        found: list[RunningLimit] = []
        for rule in self.limits_rules:
            if s.journal.has(rule.starts):
                found += running(rule, s)
        return tuple(found)

    def chart(self) -> Chart:
        """The flow chart of the declaration itself: for the lawbook, and under "you are here" on the case page."""
        nodes = tuple(
            Node(
                step.act, step.stage, step.per_party, step.duty.kind if isinstance(step.duty, Duty) else "depends",
                tuple(c.text() for c in step.basis), step.limit, step.mainline,
            )
            for step in self.steps
        )
        required = [Edge(earlier, step.act, True) for step in self.steps for earlier in step.after]
        possible = [Edge(step.act, target, False) for step in self.steps for target in step.leads_to]
        return Chart(nodes, tuple(required + possible))


def _reasons(
    condition: Condition, s: Situation, party: str | None, basis: tuple[Citation, ...]
) -> tuple[Refusal, ...]:
    """What speaks against it. A limit that cannot be told (no table of that year) is a reason, never a crash or a guess;
    it then cites what founds the step."""
    try:
        return condition(s, party).refusals
    except NotComputable as unknown:
        return (replace(unknown.refusal, basis=unknown.refusal.basis or basis),)


def _mark(condition: Condition, s: Situation, party: str | None) -> tuple[Refusal, ...]:
    """A mark says what was wrong; what nobody can tell was not wrong."""
    try:
        return condition(s, party).refusals
    except NotComputable:
        return ()


def _act(step: Step) -> Term:
    return Term("acts", step.act)


def _distinct(refusals: Iterable[Refusal]) -> tuple[Refusal, ...]:
    kept: list[Refusal] = []
    for refusal in refusals:
        if refusal not in kept:
            kept.append(refusal)
    return tuple(kept)
