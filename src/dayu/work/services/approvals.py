"""Approvals: asking, signing, and every way of sending a request on. The rules stand in `approval_flow`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dayu.core import clock
from dayu.core.actions import action, note, note_subject
from dayu.core.actors import Actor
from dayu.core.audit import plain, subject_key
from dayu.core.files import StoredFile
from dayu.core.refused import refuse_now
from dayu.work import approval_flow as flows
from dayu.work import people
from dayu.work.approval_flow import Flow, Signer
from dayu.work.holders import Holder
from dayu.work.models import ApprovalRequest, ApprovalStep
from dayu.work.policies import (
    may_answer_for_request,
    may_note_phone,
    may_reassign_signature,
    may_request,
    may_sign,
    may_sign_step,
    stands_in_for,
)
from dayu.work.services.approval_rows import find_flow, store_flow, write_mark
from dayu.work.services.flows import flow_for


@action(label=gettext_lazy("提交审批"), policy=may_request)
def request_approval(
    subject: Any,
    *,
    actor: Actor,
    moment: datetime,
    flow_key: str,
    title: str,
    digest: str,
    deciding_facts: Sequence[tuple[str, str]],
    url: str,
    related: Any = None,
    matter_no: str = "",
    facts: Mapping[str, Any] | None = None,
    file: StoredFile | None = None,
    file_name: str = "",
) -> ApprovalRequest:
    """Ask for agreement to exactly what `digest` names. `facts` decide which steps of the flow are needed."""
    if ApprovalRequest.objects.filter(subject=subject_key(subject), flow_key=flow_key, finished_at=None).exists():
        refuse_now("work.request_is_open")
    if actor.person_id is None or actor.organ_id is None:
        raise ValueError("the policy lets only persons of an organ ask")
    definition = flow_for(flow_key, organ_id=actor.organ_id, on=clock.legal_date(moment))
    flow = flows.begin(requester_id=actor.person_id, digest=digest, signers=definition.signers(actor, facts or {}))
    _require_people(flow, actor, clock.legal_date(moment))
    request = ApprovalRequest.objects.create(
        flow_key=flow_key,
        flow_digest=definition.digest,
        subject=subject_key(subject),
        related=subject_key(related) if related is not None else subject_key(subject),
        matter_no=matter_no,
        title=title,
        deciding_facts=[[str(label), str(value)] for label, value in deciding_facts],
        facts=plain(facts or {}),
        digest=digest,
        file=file,
        file_name=file_name,
        url=url,
        organ_id=actor.organ_id,
        territory=actor.territory,
        requested_by_id=actor.person_id,
        requested_by_name=actor.name,
        requested_by_unit_id=actor.unit_id,
        requested_at=moment,
    )
    note_subject(request, related=request.related)
    note(flow=flow_key, title=title, digest=digest)
    write_mark(request, "submit", actor=actor, moment=moment)
    store_flow(request, flow, moment=moment)
    return request


@action(label=gettext_lazy("同意"), policy=may_sign)
def agree_to_request(
    request: ApprovalRequest,
    *,
    actor: Actor,
    moment: datetime,
    digest: str,
    words: str = "",
    position: int | None = None,
) -> ApprovalRequest:
    """同意 what `digest` names; the last agreement grants the request. Another digest is refused: the paper changed."""
    if digest != request.digest:
        refuse_now("work.paper_changed")
    step = _my_step(request, actor, moment, position, waiting=True)
    return _move(request, "agree", step, actor, moment, words, lambda f: flows.agree(f, step.position))


@action(label=gettext_lazy("不同意"), policy=may_sign)
def refuse_request(
    request: ApprovalRequest, *, actor: Actor, moment: datetime, words: str, position: int | None = None
) -> ApprovalRequest:
    """不同意, with the reason in words: the request ends."""
    _reason(words)
    step = _my_step(request, actor, moment, position, waiting=True)
    return _move(request, "refuse", step, actor, moment, words, lambda f: flows.refuse(f, step.position))


@action(label=gettext_lazy("退回"), policy=may_sign)
def return_request(
    request: ApprovalRequest,
    *,
    actor: Actor,
    moment: datetime,
    words: str,
    position: int | None = None,
    to_position: int | None = None,
) -> ApprovalRequest:
    """退回 to the one who asked, or (`to_position`) to an earlier signer, with the reason in words."""
    _reason(words)
    step = _my_step(request, actor, moment, position, waiting=True)
    if to_position is None:
        move: Callable[[Flow], Flow] = lambda f: flows.return_to_requester(f, step.position)  # noqa: E731
    else:
        move = lambda f: flows.return_to_signer(f, step.position, to_position)  # noqa: E731
    return _move(request, "return", step, actor, moment, words, move)


@action(label=gettext_lazy("撤回"), policy=may_answer_for_request)
def withdraw_request(request: ApprovalRequest, *, actor: Actor, moment: datetime, words: str = "") -> ApprovalRequest:
    """撤回: take it back while it is on its way; it waits on the requester until resubmitted or given up."""
    return _move(request, "withdraw", None, actor, moment, words, flows.withdraw)


@action(label=gettext_lazy("重新提交"), policy=may_answer_for_request)
def resubmit_request(
    request: ApprovalRequest,
    *,
    actor: Actor,
    moment: datetime,
    digest: str,
    words: str = "",
    deciding_facts: Sequence[tuple[str, str]] | None = None,
    file: StoredFile | None = None,
    file_name: str = "",
) -> ApprovalRequest:
    """重新提交 after a return or withdrawal. A changed digest asks every signer again."""
    before = find_flow(request)
    request.digest = digest
    if deciding_facts is not None:
        request.deciding_facts = [[str(label), str(value)] for label, value in deciding_facts]
    if file is not None:
        request.file, request.file_name = file, file_name
    after = flows.resubmit(before, digest=digest)
    request.round = after.round
    write_mark(request, "resubmit", actor=actor, moment=moment, words=words)
    note(digest=digest, round=after.round)
    store_flow(request, after, moment=moment, before=before, by=actor, words=words)
    return request


@action(label=gettext_lazy("放弃审批"), policy=may_answer_for_request)
def drop_request(request: ApprovalRequest, *, actor: Actor, moment: datetime, words: str) -> ApprovalRequest:
    """放弃 what was returned or taken back, with the reason."""
    _reason(words)
    return _move(request, "drop", None, actor, moment, words, flows.drop)


@action(label=gettext_lazy("委托签批"), policy=may_sign)
def delegate_signature(
    request: ApprovalRequest,
    *,
    actor: Actor,
    moment: datetime,
    person_id: int,
    words: str = "",
    position: int | None = None,
) -> ApprovalRequest:
    """委托: another person signs in one's place this once."""
    step = _my_step(request, actor, moment, position, waiting=True)
    return _move(request, "delegate", step, actor, moment, words, lambda f: flows.delegate(f, step.position, person_id))


@action(label=gettext_lazy("请人会签"), policy=may_sign)
def countersign_request(
    request: ApprovalRequest,
    *,
    actor: Actor,
    moment: datetime,
    person_ids: Sequence[int],
    words: str = "",
    position: int | None = None,
) -> ApprovalRequest:
    """会签: further persons sign beside the present signer; all must agree."""
    step = _my_step(request, actor, moment, position, waiting=True)
    return _move(
        request, "countersign", step, actor, moment, words, lambda f: flows.countersign(f, step.position, person_ids)
    )


@action(label=gettext_lazy("加签"), policy=may_sign)
def add_signer(
    request: ApprovalRequest,
    *,
    actor: Actor,
    moment: datetime,
    person_id: int,
    before: bool,
    words: str = "",
    position: int | None = None,
) -> ApprovalRequest:
    """加签: one more signer, before one's own signature or right after it."""
    step = _my_step(request, actor, moment, position, waiting=True)
    return _move(
        request,
        "add_signer",
        step,
        actor,
        moment,
        words,
        lambda f: flows.add_signer(f, step.position, person_id, before=before),
    )


@action(label=gettext_lazy("登记电话批准"), policy=may_note_phone)
def note_phone_approval(
    request: ApprovalRequest, *, actor: Actor, moment: datetime, position: int, words: str
) -> ApprovalRequest:
    """电话批准: `moment` is when the call was made, `words` what was said. The signer signs afterwards (补签)."""
    _reason(words)
    step = _step(request, position)
    if may_sign_step(step, actor=actor, moment=moment):
        refuse_now("work.sign_instead_of_phone")
    return _move(request, "note_phone", step, actor, moment, words, lambda f: flows.note_phone(f, position))


@action(label=gettext_lazy("补签电话批准"), policy=may_sign)
def confirm_phone_approval(
    request: ApprovalRequest, *, actor: Actor, moment: datetime, words: str = "", position: int | None = None
) -> ApprovalRequest:
    """补签: the signer confirms what he agreed to by telephone."""
    step = _my_step(request, actor, moment, position, waiting=False)
    return _move(
        request, "confirm_phone", step, actor, moment, words, lambda f: flows.confirm_phone(f, step.position)
    )


@action(label=gettext_lazy("否认电话批准"), policy=may_sign)
def disown_phone_approval(
    request: ApprovalRequest, *, actor: Actor, moment: datetime, words: str, position: int | None = None
) -> ApprovalRequest:
    """否认: the signer says that he did not agree by telephone."""
    _reason(words)
    step = _my_step(request, actor, moment, position, waiting=False)
    return _move(request, "disown_phone", step, actor, moment, words, lambda f: flows.disown_phone(f, step.position))


@action(label=gettext_lazy("改派审批"), policy=may_reassign_signature, doors={"office", "system"})
def reassign_signature(
    request: ApprovalRequest,
    *,
    actor: Actor,
    moment: datetime,
    words: str,
    position: int | None = None,
    person_id: int | None = None,
    holder: Holder | None = None,
) -> ApprovalRequest:
    """改派: a place (or, without `position`, the request itself) passes on because its person left or cannot act."""
    _reason(words)
    if position is None:
        if person_id is None:
            refuse_now("work.name_the_signers")
        return _move(
            request, "reassign", None, actor, moment, words, lambda f: flows.reassign_requester(f, int(person_id or 0))
        )
    step = _step(request, position)
    to = holder or Holder(person_id, step.holder_unit_id)
    return _move(request, "reassign", step, actor, moment, words, lambda f: flows.reassign(f, position, to))


def _move(
    request: ApprovalRequest,
    kind: str,
    step: ApprovalStep | None,
    actor: Actor,
    moment: datetime,
    words: str,
    move: Callable[[Flow], Flow],
) -> ApprovalRequest:
    """Apply one move of the mechanism and keep its mark."""
    before = find_flow(request)
    after = move(before)
    place = ""
    if step is not None and kind not in ("note_phone", "reassign"):
        place = _in_place_of(step, actor, moment)
    write_mark(request, kind, actor=actor, moment=moment, words=words, step=step, in_place_of=place)
    note(mark=kind, words=words, step=step.label if step else "", in_place_of=place)
    note_subject(request, related=request.related)
    store_flow(request, after, moment=moment, before=before, by=actor, words=words)
    return request


def _in_place_of(step: ApprovalStep, actor: Actor, moment: datetime) -> str:
    """Whose signature this is in truth: the principal of a delegation, or the post that a deputy stands in for."""
    why = stands_in_for(step, actor=actor, moment=moment)
    if why == "delegation" and step.holder_person_id is not None and step.holder_person_id != actor.person_id:
        return _("受%(name)s委托") % {"name": people.names_of([step.holder_person_id]).get(step.holder_person_id, "")}
    if why == "duty" and not actor.holds(step.holder_post):
        return _("值班代行")
    if step.principal_person_id is not None:
        name = people.names_of([step.principal_person_id]).get(step.principal_person_id, "")
        return _("受%(name)s委托") % {"name": name}
    return ""


def _my_step(
    request: ApprovalRequest, actor: Actor, moment: datetime, position: int | None, *, waiting: bool
) -> ApprovalStep:
    """The place that the actor signs: the named one, or the first that waits on him."""
    flow = find_flow(request)
    asked: tuple[Signer, ...] = flows.waiting_signers(flow) if waiting else flows.unconfirmed_signers(flow)
    wanted = {s.position for s in asked} if position is None else {position}
    mine = [
        s for s in request.steps.all() if s.position in wanted and may_sign_step(s, actor=actor, moment=moment)
    ]
    if not mine:
        refuse_now("work.not_asked_now" if waiting else "work.nothing_by_phone")
    return mine[0]


def _step(request: ApprovalRequest, position: int) -> ApprovalStep:
    step = request.steps.filter(position=position).first()
    if step is None:
        refuse_now("work.not_a_signer")
        raise LookupError(position)
    return step


def _reason(words: str) -> None:
    if not words.strip():
        refuse_now("work.reason_needed")


def _require_people(flow: Flow, actor: Actor, on: date) -> None:
    """Each place needs somebody who can sign it; otherwise the request would wait on nobody."""
    for signer in flow.signers:
        others = [
            p
            for p in people.persons_of(signer.holder, organ_id=actor.organ_id or 0, on=on)
            if p != actor.person_id
        ]
        if not others:
            refuse_now("work.nobody_holds_the_post", step=signer.label)
