"""Tasks: higher domains open and close them inside their own acts; heads hand them to somebody else."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dayu.core import clock
from dayu.core.actions import action, note
from dayu.core.actors import Actor
from dayu.core.audit import subject_key
from dayu.core.refused import refuse_now
from dayu.law.citations import Citation
from dayu.work import people
from dayu.work.holders import Holder
from dayu.work.models import RunningDeadline, Task
from dayu.work.policies import may_hand_over, may_reassign_task
from dayu.work.services.notices import notify


def open_task(
    subject: Any,
    act: str,
    *,
    title: str,
    holder: Holder,
    organ_id: int,
    url: str,
    moment: datetime,
    related: Any = None,
    matter_no: str = "",
    matter_title: str = "",
    why: str = "",
    basis: Sequence[Citation] = (),
    deadline: RunningDeadline | None = None,
    territory: str = "",
    button: str = "",
    manner: str = Task.ACT,
    slot: str = "",
    awaited_by_id: int | None = None,
    awaited_by_unit_id: int | None = None,
) -> Task:
    """Let `act` on `subject` wait on `holder`. The same act on the same subject waits once: an open task is renewed.

    `related` is the matter (the case, the lead) that the list shows; `slot` tells two waits for the same act apart.
    """
    key = subject_key(subject)
    values: dict[str, Any] = {
        "title": title,
        "button": button,
        "manner": manner,
        "related": subject_key(related) if related is not None else key,
        "matter_no": matter_no,
        "matter_title": matter_title,
        "url": url,
        "why": why,
        "basis": [c.as_json() for c in basis],
        "organ_id": organ_id,
        "territory": territory,
        "awaited_by_id": awaited_by_id,
        "awaited_by_unit_id": awaited_by_unit_id,
    }
    task = Task.objects.open().filter(subject=key, act=act, slot=slot).first()
    if task is None:
        task = Task(subject=key, act=act, slot=slot, opened_at=moment, held_since=moment)
    for name, value in values.items():
        setattr(task, name, value)
    task.set_deadline(deadline)
    _hand(task, people.in_unit(holder), moment)
    task.save()
    return task


def close_task(
    subject: Any, act: str, *, moment: datetime, by: Actor | None = None, slot: str = "", reason: str = ""
) -> int:
    """The act was done: what waited for it is finished. Answers how many tasks that were (0 or 1)."""
    open_ones = Task.objects.open().filter(subject=subject_key(subject), act=act, slot=slot)
    return _close(open_ones, Task.DONE, moment, by, reason)


def close_tasks_of(subject: Any, *, moment: datetime, by: Actor | None = None, acts: Sequence[str] = ()) -> int:
    """Finish all open tasks of a subject, or those for `acts`."""
    open_ones = Task.objects.open().filter(subject=subject_key(subject))
    return _close(open_ones.filter(act__in=acts) if acts else open_ones, Task.DONE, moment, by, "")


def drop_tasks_of(target: Any, *, reason: str, moment: datetime, by: Actor | None = None) -> int:
    """The whole matter (or subject) needs nothing more: its open tasks are dropped with a reason."""
    key = subject_key(target)
    open_ones = Task.objects.open().filter(Q(subject=key) | Q(related=key))
    return _close(open_ones, Task.DROPPED, moment, by, reason)


@action(label=gettext_lazy("改派待办"), policy=may_reassign_task)
def reassign_task(task: Task, *, actor: Actor, moment: datetime, person_id: int, reason: str) -> Task:
    """改派: the task passes to another person; its clock goes on."""
    if task.closed_at is not None:
        refuse_now("work.task_is_closed")
    if task.act.startswith("work.sign"):
        refuse_now("work.reassign_the_signature")
    before = task.holder
    if before.person_id == person_id:
        refuse_now("work.same_holder")
    _hand(task, people.in_unit(Holder(person_id)), moment)
    task.left_person_id = None
    task.save()
    names = people.names_of([before.person_id, person_id])
    note(to=names.get(person_id, ""), before=names.get(before.person_id or 0, before.post), reason=reason)
    notify(
        person_id, _("待办改派给您：%(task)s") % {"task": task}, task.url, moment=moment, subject=subject_key(task), sms=True
    )
    return task


@action(label=gettext_lazy("移交离岗人员待办"), policy=may_hand_over, doors={"office", "system"})
def hand_over_tasks_of(person_id: str, *, actor: Actor, moment: datetime, organ_id: int) -> int:
    """ORG-14: somebody left. His tasks go to the head of his unit, marked 待重新指派; their clocks go on."""
    left = int(person_id.rsplit(":", 1)[-1])
    count = 0
    for task in Task.objects.open().filter(holder_person_id=left, organ_id=organ_id):
        task.left_person_id = left
        _hand(task, _head_above(task, clock.legal_date(moment)), moment)
        task.save()
        count += 1
    RunningDeadline.objects.open().filter(responsible_person_id=left, organ_id=organ_id).update(
        responsible_person_id=None
    )
    note(tasks=count)
    return count


def _head_above(task: Task, on: Any) -> Holder:
    """The head of the unit, where it has one; else the head of the organ."""
    if task.holder_unit_id is not None:
        head = Holder(unit_id=task.holder_unit_id, post="unit_head")
        if people.persons_of(head, organ_id=task.organ_id, on=on):
            return head
    return Holder(post="agency_head")


def _hand(task: Task, holder: Holder, moment: datetime) -> None:
    if (task.holder_person_id, task.holder_unit_id, task.holder_post) != (
        holder.person_id,
        holder.unit_id,
        holder.post,
    ):
        task.held_since = moment
    task.holder_person_id, task.holder_unit_id, task.holder_post = holder.person_id, holder.unit_id, holder.post


def _close(tasks: Any, outcome: str, moment: datetime, by: Actor | None, reason: str) -> int:
    return tasks.update(
        closed_at=moment, closed_by_id=by.person_id if by else None, outcome=outcome, outcome_reason=reason[:200]
    )
