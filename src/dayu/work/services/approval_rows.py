"""The rows of an approval: read into the pure state, and written back with tasks, notices and events."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from dayu.core import clock
from dayu.core.actors import Actor
from dayu.core.audit import subject_key
from dayu.core.events import publish
from dayu.work import approval_flow as flows
from dayu.work import people
from dayu.work.approval_flow import Flow, Signer
from dayu.work.events import ApprovalDropped, ApprovalGranted, ApprovalRefused, ApprovalReturned
from dayu.work.holders import Holder
from dayu.work.models import ApprovalMark, ApprovalRequest, ApprovalStep, Task
from dayu.work.services.notices import notify
from dayu.work.services.tasks import open_task

SIGN, CONFIRM, ANSWER = "work.sign", "work.confirm_phone", "work.answer_return"


def find_flow(request: ApprovalRequest) -> Flow:
    """The state of a request, from its rows. The row is locked where the database can."""
    ApprovalRequest.objects.select_for_update().filter(pk=request.pk).values_list("version", flat=True).first()
    request.refresh_from_db(fields=["standing", "round", "digest", "requested_by_id", "version"])
    signers = tuple(
        Signer(
            position=s.position,
            stage=s.stage,
            holder=Holder(s.holder_person_id, s.holder_unit_id, s.holder_post),
            label=s.label,
            origin=s.origin,
            answer=s.answer,
            by_phone_allowed=s.by_phone_allowed,
            principal_id=s.principal_person_id,
        )
        for s in request.steps.all()
    )
    return Flow(request.requested_by_id, request.digest, signers, request.standing, request.round)


def write_mark(
    request: ApprovalRequest,
    kind: str,
    *,
    actor: Actor,
    moment: datetime,
    words: str = "",
    step: ApprovalStep | None = None,
    in_place_of: str = "",
) -> ApprovalMark:
    """Append what somebody did."""
    return ApprovalMark.objects.create(
        request=request,
        step=step,
        kind=kind,
        person_id=actor.person_id,
        person_name=actor.name,
        in_place_of=in_place_of,
        words=words[:500],
        digest=request.digest,
        round=request.round,
        moment=moment,
        entered_at=clock.now(),
    )


def store_flow(
    request: ApprovalRequest,
    flow: Flow,
    *,
    moment: datetime,
    before: Flow | None = None,
    by: Actor | None = None,
    words: str = "",
) -> None:
    """Write the state back; then tasks, notices and events follow from it."""
    _store_steps(request, flow, moment, by, before)
    request.standing, request.round, request.digest = flow.standing, flow.round, flow.digest
    if flow.requester_id != request.requested_by_id:
        request.requested_by_id = flow.requester_id
        request.requested_by_name = people.names_of([flow.requester_id]).get(flow.requester_id, "")
    if flow.finished and request.finished_at is None:
        request.finished_at = moment
    request.save()
    request._prefetched_objects_cache = {}
    _sync_tasks(request, flow, moment, by, words)
    if before is None or before.standing != flow.standing:
        _tell(request, flow, moment, before, by, words)


def _store_steps(
    request: ApprovalRequest, flow: Flow, moment: datetime, by: Actor | None, before: Flow | None
) -> None:
    rows = {s.position: s for s in request.steps.all()}
    known = {s.position: s for s in before.signers} if before else {}
    for signer in flow.signers:
        if known.get(signer.position) == signer and signer.position in rows:
            continue
        row = rows.get(signer.position) or ApprovalStep(
            request=request, position=signer.position, organ_id=request.organ_id
        )
        answered_now = bool(signer.answer) and signer.answer != row.answer
        row.stage, row.label, row.origin, row.answer = signer.stage, signer.label, signer.origin, signer.answer
        row.holder_person_id, row.holder_unit_id = signer.holder.person_id, signer.holder.unit_id
        row.holder_post, row.by_phone_allowed = signer.holder.post, signer.by_phone_allowed
        row.principal_person_id = signer.principal_id
        if answered_now:
            row.answered_at, row.answered_by_id = moment, by.person_id if by else None
            row.answered_by_name = by.name if by else ""
        if not signer.answer:
            row.answered_at, row.answered_by_id, row.answered_by_name = None, None, ""
        row.save()


def _sync_tasks(request: ApprovalRequest, flow: Flow, moment: datetime, by: Actor | None, words: str) -> None:
    """Whoever holds the request has a task; nobody else has one."""
    wanted: dict[tuple[str, str], tuple[Holder, str, str]] = {}
    for signer in flows.waiting_signers(flow):
        wanted[SIGN, str(signer.position)] = (signer.holder, request.title, _("去签批"))
    for signer in flows.unconfirmed_signers(flow):
        title = _("补签电话批准：%(title)s") % {"title": request.title}
        wanted[CONFIRM, str(signer.position)] = (signer.holder, title, _("去补签"))
    if flow.standing in (flows.RETURNED, flows.WITHDRAWN):
        title = _("修改后重新提交：%(title)s") % {"title": request.title}
        holder = Holder(flow.requester_id, request.requested_by_unit_id)
        wanted[ANSWER, ""] = (holder, title, _("去修改"))
    present = {(t.act, t.slot): t for t in Task.objects.open().filter(subject=subject_key(request))}
    for place in present.keys() - wanted.keys():
        Task.objects.filter(pk=present[place].pk).update(
            closed_at=moment, closed_by_id=by.person_id if by else None, outcome=Task.DONE
        )
    for place, (holder, title, button) in wanted.items():
        task = present.get(place)
        if task is None or task.holder != holder:
            _open(request, place, holder, title, button, moment, words)


def _open(
    request: ApprovalRequest,
    place: tuple[str, str],
    holder: Holder,
    title: str,
    button: str,
    moment: datetime,
    words: str,
) -> None:
    act, slot = place
    task = open_task(
        request,
        act,
        slot=slot,
        title=title[:200],
        button=button,
        holder=holder,
        organ_id=request.organ_id,
        territory=request.territory,
        related=request.related,
        matter_no=request.matter_no,
        url=approval_url(request) if act != ANSWER else request.url,
        why=_("退回意见：%(words)s") % {"words": words} if act == ANSWER and words else "",
        awaited_by_id=None if act == ANSWER else request.requested_by_id,
        awaited_by_unit_id=None if act == ANSWER else request.requested_by_unit_id,
        moment=moment,
    )
    for person_id in people.persons_of(holder, organ_id=request.organ_id, on=clock.legal_date(moment)):
        if act != ANSWER:  # the requester hears of the return itself
            notify(person_id, task.title, task.url, moment=moment, subject=subject_key(request), sms=act == SIGN)


def _tell(
    request: ApprovalRequest, flow: Flow, moment: datetime, before: Flow | None, by: Actor | None, words: str
) -> None:
    """Events for higher domains and the requester's bell when a request ended or came back."""
    names = (request.pk, request.flow_key, request.subject, request.related)
    person_id, name = (by.person_id, by.name) if by else (None, "")
    if flow.standing == flows.GRANTED:
        by_phone = bool(flows.unconfirmed_signers(flow))
        publish(ApprovalGranted(*names, request.digest, person_id, name, by_phone), moment=moment)
        _ring(request, _("已同意：%(title)s"), moment, by)
    elif flow.standing == flows.REFUSED:
        disowned = before is not None and before.standing == flows.GRANTED
        publish(ApprovalRefused(*names, request.digest, person_id, name, words, disowned), moment=moment)
        _ring(request, _("不同意：%(title)s"), moment, by)
    elif flow.standing == flows.RETURNED:
        publish(ApprovalReturned(*names, request.digest, person_id, name, words), moment=moment)
        _ring(request, _("已退回：%(title)s"), moment, by)
    elif flow.standing == flows.DROPPED:
        publish(ApprovalDropped(*names, words), moment=moment)


def _ring(request: ApprovalRequest, text: str, moment: datetime, by: Actor | None) -> None:
    if by is None or by.person_id != request.requested_by_id:
        notify(
            request.requested_by_id,
            text % {"title": request.title},
            request.url,
            moment=moment,
            subject=subject_key(request),
        )


def approval_url(request: ApprovalRequest) -> str:
    """The page of a request: opens in any browser, also inside chat applications."""
    return f"/work/approvals/{request.pk}/"


