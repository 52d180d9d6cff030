"""Who may hand over work, sign, delegate and read notices."""

from __future__ import annotations

from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from dayu.core import clock
from dayu.core.actors import Actor
from dayu.law.refusals import ALLOWED, Verdict, refuse
from dayu.org.models import DutyShift
from dayu.work.holders import is_held_by
from dayu.work.models import ApprovalRequest, ApprovalStep, Delegation, Task

HEADS = ("unit_head", "agency_head", "administrator")
DEPUTISED_POSTS = ("agency_head", "unit_head", "review_head")  # what a deputy on the duty roster may sign for


def may_reassign_task(task: Task | None, *, actor: Actor) -> Verdict:
    """Heads of the organ hand work to somebody else."""
    if task is None or not actor.holds(*HEADS) or task.organ_id != actor.organ_id:
        return refuse("core.not_permitted", act=_("改派待办"))
    return ALLOWED


def may_hand_over(person: str | None, *, actor: Actor) -> Verdict:
    """The system when an officer left, or an administrator."""
    if actor.is_system or actor.holds("administrator"):
        return ALLOWED
    return refuse("core.not_permitted", act=_("移交离岗人员待办"))


def may_run_jobs(target: None, *, actor: Actor) -> Verdict:
    """Background work is done by the system."""
    return ALLOWED if actor.is_system else refuse("core.not_permitted", act=_("运行后台任务"))


def may_read_notices(person: str | None, *, actor: Actor) -> Verdict:
    """Everybody his own."""
    return ALLOWED if actor.person_id is not None else refuse("core.not_permitted", act=_("查看通知"))


def may_request(subject: object, *, actor: Actor) -> Verdict:
    """Whoever works in an organ may ask for an approval; the act it is for has its own policy."""
    if actor.person_id is None or actor.organ_id is None:
        return refuse("core.not_permitted", act=_("提交审批"))
    return ALLOWED


def may_answer_for_request(request: ApprovalRequest | None, *, actor: Actor) -> Verdict:
    """The one who asked."""
    if request is None or actor.person_id is None or request.requested_by_id != actor.person_id:
        return refuse("work.not_the_requester")
    return ALLOWED


def may_sign(request: ApprovalRequest | None, *, actor: Actor, moment: datetime) -> Verdict:
    """Those on whom a signature waits, or who stand in for them."""
    if request is None or actor.person_id is None:
        return refuse("work.not_the_signer")
    if any(may_sign_step(step, actor=actor, moment=moment) for step in request.steps.all()):
        return ALLOWED
    return refuse("work.not_the_signer")


def may_note_phone(request: ApprovalRequest | None, *, actor: Actor) -> Verdict:
    """The one who asked, or a colleague of the same organ who took the call."""
    if request is None or actor.person_id is None or request.organ_id != actor.organ_id:
        return refuse("core.not_permitted", act=_("登记电话批准"))
    return ALLOWED


def may_reassign_signature(request: ApprovalRequest | None, *, actor: Actor) -> Verdict:
    """Heads of the organ, or the system when an officer left."""
    if actor.is_system:
        return ALLOWED
    if request is None or not actor.holds(*HEADS) or request.organ_id != actor.organ_id:
        return refuse("core.not_permitted", act=_("改派审批"))
    return ALLOWED


def may_sign_step(step: ApprovalStep, *, actor: Actor, moment: datetime) -> bool:
    """Whether the actor holds the place, or stands in for who does."""
    held = is_held_by(
        actor,
        person_id=step.holder_person_id,
        unit_id=step.holder_unit_id,
        post=step.holder_post,
        organ_id=step.organ_id,
    )
    return held or stands_in_for(step, actor=actor, moment=moment) != ""


def stands_in_for(step: ApprovalStep, *, actor: Actor, moment: datetime) -> str:
    """In whose place the actor may sign: `delegation`, `duty`, or nothing."""
    day = clock.legal_date(moment)
    if step.holder_person_id is not None and signs_for(actor, step.holder_person_id, day):
        return "delegation"
    if (
        step.holder_person_id is None
        and step.holder_post in DEPUTISED_POSTS
        and step.organ_id == actor.organ_id
        and DutyShift.objects.filter(
            agency_id=step.organ_id, day=day, role="deputy_approver", person_id=actor.person_id
        ).exists()
    ):
        return "duty"
    return ""


def signs_for(actor: Actor, principal_id: int, day: date) -> bool:
    """Whether the principal has delegated at least his signatures to the actor for this day."""
    return delegations_on(day).filter(principal_id=principal_id, delegate_id=actor.person_id).exists()


def delegations_on(day: date) -> QuerySet[Delegation]:
    """Delegations that hold on a day."""
    return Delegation.objects.filter(valid_from__lte=day, valid_until__gte=day, revoked_at=None)


def may_delegate(principal: object, *, actor: Actor) -> Verdict:
    """Everybody who works in an organ delegates what waits for himself."""
    if actor.person_id is None or actor.organ_id is None:
        return refuse("core.not_permitted", act=_("委托办理"))
    return ALLOWED


def may_revoke_delegation(delegation: Delegation | None, *, actor: Actor) -> Verdict:
    """The principal himself, or an administrator of the organ."""
    if delegation is None or actor.person_id is None:
        return refuse("core.not_permitted", act=_("撤销委托"))
    if delegation.principal_id == actor.person_id:
        return ALLOWED
    if actor.holds("administrator") and delegation.organ_id == actor.organ_id:
        return ALLOWED
    return refuse("core.not_permitted", act=_("撤销委托"))


def may_administer(target: object, *, actor: Actor) -> Verdict:
    """Administrators of an organ."""
    return ALLOWED if actor.holds("administrator") else refuse("core.not_permitted", act=_("维护流程与日历"))


def may_extend(deadline: object, *, actor: Actor) -> Verdict:
    """Heads extend; a higher domain calls this inside its own approved act."""
    if actor.is_system or actor.holds(*HEADS, "handler"):
        return ALLOWED
    return refuse("core.not_permitted", act=_("延长期限"))
