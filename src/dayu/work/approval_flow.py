"""The approval mechanism (会签、退回、撤回、委托、加签) as pure functions over a frozen state.

A request is always with somebody or finished: `holders` is empty only when nothing is left to do. It is granted only when
every signer has agreed to the digest that is asked for. A model test drives these functions at random.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dayu.core.refused import refuse_now
from dayu.work.holders import Holder

OPEN, RETURNED, WITHDRAWN = "open", "returned", "withdrawn"
GRANTED, REFUSED, DROPPED = "granted", "refused", "dropped"
FINISHED = frozenset({GRANTED, REFUSED, DROPPED})
AGREED, BY_PHONE = "agreed", "by_phone"
FLOW, COUNTERSIGN, ADDED = "flow", "countersign", "added"


@dataclass(frozen=True, slots=True)
class Signer:
    """One place for a signature. Signers of one stage sign side by side; stages follow each other."""

    position: int  # names the place for good; stages may be renumbered, positions never
    stage: int
    holder: Holder
    label: str = ""
    origin: str = FLOW
    answer: str = ""
    by_phone_allowed: bool = False
    principal_id: int | None = None  # who delegated

    @property
    def has_agreed(self) -> bool:
        """Whether the flow may go on past this place."""
        return self.answer in (AGREED, BY_PHONE)


@dataclass(frozen=True, slots=True)
class Flow:
    """One request on its way."""

    requester_id: int
    digest: str
    signers: tuple[Signer, ...]
    standing: str = OPEN
    round: int = 1

    @property
    def finished(self) -> bool:
        """Granted, refused or dropped."""
        return self.standing in FINISHED

    def signer(self, position: int) -> Signer:
        """The place with this number."""
        for signer in self.signers:
            if signer.position == position:
                return signer
        raise KeyError(position)


def begin(*, requester_id: int, digest: str, signers: Iterable[Signer]) -> Flow:
    """A request that starts. Without any signer nothing could be asked: that is an error of the definition."""
    places = tuple(sorted(signers, key=lambda s: (s.stage, s.position)))
    if not places:
        refuse_now("work.flow_without_signers")
    if len({s.position for s in places}) != len(places):
        raise ValueError("two signers have the same position")
    _forbid_own(requester_id, (s.holder for s in places))
    return Flow(requester_id, digest, places)


def waiting_signers(flow: Flow) -> tuple[Signer, ...]:
    """Those whose signature is asked for now: all of the first stage that is not complete."""
    if flow.standing != OPEN:
        return ()
    missing = [s for s in flow.signers if not s.has_agreed]
    first = min(s.stage for s in missing)
    return tuple(s for s in missing if s.stage == first)


def unconfirmed_signers(flow: Flow) -> tuple[Signer, ...]:
    """Those who agreed by telephone and have not signed yet (补签)."""
    if flow.standing in (REFUSED, DROPPED):
        return ()
    return tuple(s for s in flow.signers if s.answer == BY_PHONE)


def holders(flow: Flow) -> tuple[Holder, ...]:
    """On whom the request waits; empty only when it is finished and nothing is left to sign."""
    held = [s.holder for s in (*waiting_signers(flow), *unconfirmed_signers(flow))]
    if flow.standing in (RETURNED, WITHDRAWN):
        held.append(Holder(person_id=flow.requester_id))
    return tuple(held)


def agree(flow: Flow, position: int) -> Flow:
    """同意. The last agreement grants the request."""
    _asked(flow, position)
    return _settled(_with(flow, position, answer=AGREED))


def refuse(flow: Flow, position: int) -> Flow:
    """不同意: the request ends."""
    _asked(flow, position)
    return replace(flow, standing=REFUSED)


def return_to_requester(flow: Flow, position: int) -> Flow:
    """退回: the requester holds it again; agreements stay for the digest that they were given for."""
    _asked(flow, position)
    return replace(flow, standing=RETURNED)


def return_to_signer(flow: Flow, position: int, earlier: int) -> Flow:
    """退回上一环节: an earlier signer decides again, and everybody after him."""
    signer = _asked(flow, position)
    target = _known(flow, earlier)
    if target.stage >= signer.stage:
        refuse_now("work.return_goes_back")
    signers = tuple(replace(s, answer="") if s.stage >= target.stage else s for s in flow.signers)
    return replace(flow, signers=signers)


def withdraw(flow: Flow) -> Flow:
    """撤回: the requester takes it back while it is on its way."""
    if flow.standing != OPEN:
        refuse_now("work.nothing_to_withdraw")
    return replace(flow, standing=WITHDRAWN)


def resubmit(flow: Flow, *, digest: str) -> Flow:
    """重新提交. Another digest is another request: everybody signs again. The same digest goes on where it stopped."""
    if flow.standing not in (RETURNED, WITHDRAWN):
        refuse_now("work.nothing_to_resubmit")
    signers = flow.signers
    if digest != flow.digest:
        signers = tuple(replace(s, answer="") for s in signers)
    again = replace(flow, digest=digest, signers=signers, standing=OPEN, round=flow.round + 1)
    return _settled(again)


def drop(flow: Flow) -> Flow:
    """放弃: the requester gives up what was returned to him or what he took back."""
    if flow.standing not in (RETURNED, WITHDRAWN):
        refuse_now("work.nothing_to_drop")
    return replace(flow, standing=DROPPED)


def delegate(flow: Flow, position: int, to: int) -> Flow:
    """委托: another person signs in this place; who delegated stays visible."""
    signer = _asked(flow, position)
    _forbid_own(flow.requester_id, [Holder(person_id=to)])
    if signer.holder.person_id == to:
        refuse_now("work.delegate_to_another")
    return _with(
        flow, position, holder=Holder(to, signer.holder.unit_id), principal_id=signer.principal_id or signer.holder.person_id
    )


def countersign(flow: Flow, position: int, persons: Sequence[int]) -> Flow:
    """会签: further persons sign beside the present signer; all must agree before it goes on."""
    signer = _asked(flow, position)
    return _join(flow, signer.stage, persons, COUNTERSIGN, signer)


def add_signer(flow: Flow, position: int, person_id: int, *, before: bool) -> Flow:
    """加签: one more signer, before the present stage (which then waits) or right after it."""
    signer = _asked(flow, position)
    stage = signer.stage if before else signer.stage + 1
    moved = tuple(replace(s, stage=s.stage + 1) if s.stage >= stage else s for s in flow.signers)
    return _join(replace(flow, signers=moved), stage, [person_id], ADDED, signer)


def note_phone(flow: Flow, position: int) -> Flow:
    """电话批准: agreed by telephone; the flow goes on, the signature follows."""
    signer = _asked(flow, position)
    if not signer.by_phone_allowed:
        refuse_now("work.phone_not_allowed")
    return _settled(_with(flow, position, answer=BY_PHONE))


def confirm_phone(flow: Flow, position: int) -> Flow:
    """补签: the signer confirms what he agreed to by telephone."""
    _unconfirmed(flow, position)
    return _with(flow, position, answer=AGREED)


def disown_phone(flow: Flow, position: int) -> Flow:
    """否认: he says that he did not agree. On its way the place is open again; what was granted is refused."""
    _unconfirmed(flow, position)
    opened = _with(flow, position, answer="")
    return replace(opened, standing=REFUSED) if flow.standing == GRANTED else opened


def reassign(flow: Flow, position: int, holder: Holder) -> Flow:
    """改派: the place passes to another holder because its person left."""
    signer = _known(flow, position)
    if flow.finished and signer.answer != BY_PHONE:
        refuse_now("work.request_is_finished")
    if signer.answer == AGREED:
        refuse_now("work.already_signed")
    _forbid_own(flow.requester_id, [holder])
    return _with(flow, position, holder=holder)


def reassign_requester(flow: Flow, person_id: int) -> Flow:
    """改派: somebody else answers for the request because its requester left."""
    if flow.finished:
        refuse_now("work.request_is_finished")
    _forbid_own(person_id, (s.holder for s in flow.signers if not s.has_agreed))
    return replace(flow, requester_id=person_id)


def _settled(flow: Flow) -> Flow:
    if all(s.has_agreed for s in flow.signers):
        return replace(flow, standing=GRANTED)
    return flow


def _with(flow: Flow, position: int, **changed: object) -> Flow:
    signers = tuple(replace(s, **changed) if s.position == position else s for s in flow.signers)  # type: ignore[arg-type]
    return replace(flow, signers=signers)


def _join(flow: Flow, stage: int, persons: Sequence[int], origin: str, by: Signer) -> Flow:
    if not persons or len(set(persons)) != len(persons):
        refuse_now("work.name_the_signers")
    _forbid_own(flow.requester_id, (Holder(person_id=p) for p in persons))
    present = {s.holder.person_id for s in flow.signers if s.stage == stage and s.holder.person_id is not None}
    if present.intersection(persons) or by.holder.person_id in persons:
        refuse_now("work.signer_is_there")
    free = max(s.position for s in flow.signers) + 1
    joined = tuple(
        Signer(free + i, stage, Holder(person_id=p), label=by.label, origin=origin) for i, p in enumerate(persons)
    )
    return replace(flow, signers=tuple(sorted((*flow.signers, *joined), key=lambda s: (s.stage, s.position))))


def _known(flow: Flow, position: int) -> Signer:
    try:
        return flow.signer(position)
    except KeyError:
        refuse_now("work.not_a_signer")
        raise


def _asked(flow: Flow, position: int) -> Signer:
    signer = _known(flow, position)
    if flow.finished:
        refuse_now("work.request_is_finished")
    if signer not in waiting_signers(flow):
        refuse_now("work.not_asked_now")
    return signer


def _unconfirmed(flow: Flow, position: int) -> Signer:
    signer = _known(flow, position)
    if signer not in unconfirmed_signers(flow):
        refuse_now("work.nothing_by_phone")
    return signer


def _forbid_own(requester_id: int, places: Iterable[Holder]) -> None:
    """Nobody approves what he asked for himself."""
    if any(h.person_id == requester_id for h in places):
        refuse_now("work.own_request")
