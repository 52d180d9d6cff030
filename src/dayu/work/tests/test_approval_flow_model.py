"""Model test of the approval mechanism: whatever people do in whatever order, no request is lost and no signer skipped."""

from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from dayu.core.refused import Refused
from dayu.work import approval_flow as flows
from dayu.work.approval_flow import Signer
from dayu.work.holders import Holder

REQUESTER = 1
PEOPLE = st.integers(min_value=1, max_value=9)
POSITIONS = st.integers(min_value=1, max_value=8)


@st.composite
def signers(draw: st.DrawFn) -> list[Signer]:
    stages = draw(st.lists(st.integers(min_value=1, max_value=2), min_size=1, max_size=3))
    found, position = [], 0
    for stage, width in enumerate(stages, start=1):
        for _ in range(width):
            position += 1
            holder = draw(st.sampled_from([Holder(person_id=position + 1), Holder(post="agency_head")]))
            found.append(Signer(position, stage, holder, by_phone_allowed=draw(st.booleans())))
    return found


class ApprovalMachine(RuleBasedStateMachine):
    """Drives every move, allowed or not. A refused move must leave the request as it was."""

    @initialize(places=signers())
    def start(self, places: list[Signer]) -> None:
        self.flow = flows.begin(requester_id=REQUESTER, digest="d1", signers=places)
        self.asked_by_flow = {s.position for s in places}
        self.agreed: dict[int, str] = {}  # position -> digest that was agreed to, kept by the test itself

    def attempt(self, move, position: int | None = None, mark: str = "") -> None:
        before = self.flow
        try:
            self.flow = move(before)
        except Refused:
            assert self.flow is before
            return
        if mark:
            self.agreed[position] = before.digest

    @rule(position=POSITIONS)
    def agree(self, position: int) -> None:
        self.attempt(lambda f: flows.agree(f, position), position, "agree")

    @rule(position=POSITIONS)
    def agree_by_phone(self, position: int) -> None:
        self.attempt(lambda f: flows.note_phone(f, position), position, "phone")

    @rule(position=POSITIONS)
    def confirm(self, position: int) -> None:
        self.attempt(lambda f: flows.confirm_phone(f, position))

    @rule(position=POSITIONS)
    def disown(self, position: int) -> None:
        self.attempt(lambda f: flows.disown_phone(f, position))

    @rule(position=POSITIONS)
    def send_back(self, position: int) -> None:
        self.attempt(lambda f: flows.return_to_requester(f, position))

    @rule(position=POSITIONS, earlier=POSITIONS)
    def send_to_earlier_signer(self, position: int, earlier: int) -> None:
        self.attempt(lambda f: flows.return_to_signer(f, position, earlier))

    @rule()
    def withdraw(self) -> None:
        self.attempt(flows.withdraw)

    @rule(digest=st.sampled_from(["d1", "d2", "d3"]))
    def resubmit(self, digest: str) -> None:
        self.attempt(lambda f: flows.resubmit(f, digest=digest))

    @rule(position=POSITIONS, person=PEOPLE)
    def delegate(self, position: int, person: int) -> None:
        self.attempt(lambda f: flows.delegate(f, position, person))

    @rule(position=POSITIONS, persons=st.lists(PEOPLE, min_size=0, max_size=2))
    def countersign(self, position: int, persons: list[int]) -> None:
        if len(self.flow.signers) < 8:
            self.attempt(lambda f: flows.countersign(f, position, persons))

    @rule(position=POSITIONS, person=PEOPLE, before=st.booleans())
    def add_signer(self, position: int, person: int, before: bool) -> None:
        if len(self.flow.signers) < 8:
            self.attempt(lambda f: flows.add_signer(f, position, person, before=before))

    @rule(position=POSITIONS, person=PEOPLE)
    def reassign(self, position: int, person: int) -> None:
        self.attempt(lambda f: flows.reassign(f, position, Holder(person_id=person)))

    @precondition(lambda self: len(self.flow.signers) > 1)
    @rule(position=POSITIONS)
    def refuse(self, position: int) -> None:
        self.attempt(lambda f: flows.refuse(f, position))

    @precondition(lambda self: self.flow.standing in ("returned", "withdrawn"))
    @rule()
    def drop(self) -> None:
        self.attempt(flows.drop)

    @invariant()
    def always_with_somebody_or_finished(self) -> None:
        assert flows.holders(self.flow) or self.flow.finished

    @invariant()
    def open_means_that_a_signature_is_asked_for(self) -> None:
        assert bool(flows.waiting_signers(self.flow)) == (self.flow.standing == flows.OPEN)

    @invariant()
    def no_signer_is_skipped(self) -> None:
        for signer in self.flow.signers:
            if signer.has_agreed:
                assert self.agreed.get(signer.position) == self.flow.digest, "an agreement to another digest counts"
        if self.flow.standing == flows.GRANTED:
            assert all(s.has_agreed for s in self.flow.signers)
            assert self.asked_by_flow <= {s.position for s in self.flow.signers}

    @invariant()
    def later_stages_wait_for_earlier_ones(self) -> None:
        waiting = flows.waiting_signers(self.flow)
        if waiting:
            assert all(s.has_agreed for s in self.flow.signers if s.stage < waiting[0].stage)

    @invariant()
    def nobody_signs_for_himself(self) -> None:
        assert all(s.holder.person_id != self.flow.requester_id for s in self.flow.signers)

    @invariant()
    def an_unsigned_telephone_approval_stays_with_its_signer(self) -> None:
        if self.flow.standing == flows.GRANTED:
            by_phone = [s.holder for s in self.flow.signers if s.answer == flows.BY_PHONE]
            assert list(flows.holders(self.flow)) == by_phone


TestApprovals = ApprovalMachine.TestCase
TestApprovals.settings = settings(max_examples=150, stateful_step_count=25, deadline=None)
