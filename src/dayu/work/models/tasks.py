"""Tasks: acts that wait on somebody. A task always has a holder; a constraint in the database says so."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dayu.core.actors import Actor
from dayu.core.records import VersionedModel, VisibleQuerySet
from dayu.work.holders import Holder
from dayu.work.models.deadlines import RunningDeadline

NO_DAY = date(9999, 12, 31)


class TaskQuerySet(VisibleQuerySet["Task"]):
    """Tasks."""

    def visible_to(self, actor: Actor) -> Self:
        """Everybody of the organ sees what waits on whom; strangers see nothing."""
        if actor.is_system:
            return self
        if actor.organ_id is None or actor.is_stranger:
            return self.none()
        return self.filter(organ_id=actor.organ_id)

    def open(self) -> Self:
        """What still waits."""
        return self.filter(closed_at=None)


class Task(VersionedModel):
    """待办: one act that waits on a person or a post.

    `act` is the key of the action (or of a step) that it waits for; `subject` what is acted on, `related` the matter that a
    person thinks in (the case, the lead), with its number and title for the list.
    """

    ACT, WATCH = "act", "watch"
    DONE, DROPPED = "done", "dropped"

    act = models.CharField(_("行为"), max_length=80)
    slot = models.CharField(_("细分"), max_length=80, blank=True)
    manner = models.CharField(
        _("性质"), max_length=8, choices=[(ACT, _("须办理")), (WATCH, _("须留意"))], default=ACT
    )
    title = models.CharField(_("待办"), max_length=200)
    button = models.CharField(_("按钮"), max_length=20, blank=True)
    subject = models.CharField(_("对象"), max_length=80)
    related = models.CharField(_("所属事项"), max_length=80)
    matter_no = models.CharField(_("编号"), max_length=80, blank=True)
    matter_title = models.CharField(_("事项"), max_length=200, blank=True)
    url = models.CharField(_("地址"), max_length=300)
    why = models.CharField(_("缘由"), max_length=300, blank=True)
    basis = models.JSONField(_("依据"), default=list, blank=True)

    organ_id = models.BigIntegerField(_("机构"))
    territory = models.CharField(_("地区"), max_length=12, blank=True)
    holder_person_id = models.BigIntegerField(_("承办人"), null=True)
    holder_unit_id = models.BigIntegerField(_("承办机构"), null=True)
    holder_post = models.CharField(_("岗位"), max_length=40, blank=True)
    left_person_id = models.BigIntegerField(_("原承办人"), null=True)
    awaited_by_id = models.BigIntegerField(_("等待人"), null=True)
    awaited_by_unit_id = models.BigIntegerField(_("等待机构"), null=True)

    deadline = models.ForeignKey(RunningDeadline, null=True, on_delete=models.PROTECT, related_name="tasks")
    due_on = models.DateField(_("到期日"), null=True)
    due_at = models.DateTimeField(_("到期时刻"), null=True)
    order_on = models.DateField(_("排序"), default=NO_DAY, editable=False)  # the last day, or the end of days without one
    opened_at = models.DateTimeField(_("产生时间"))
    held_since = models.DateTimeField(_("接手时间"))
    closed_at = models.DateTimeField(_("了结时间"), null=True)
    closed_by_id = models.BigIntegerField(_("了结人"), null=True)
    outcome = models.CharField(_("结果"), max_length=8, blank=True, choices=[(DONE, _("已办")), (DROPPED, _("不再需要"))])
    outcome_reason = models.CharField(_("说明"), max_length=200, blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        app_label = "work"
        verbose_name = _("待办")
        verbose_name_plural = _("待办")
        constraints = [
            models.CheckConstraint(
                condition=Q(holder_person_id__isnull=False) | ~Q(holder_post=""), name="task_has_a_holder"
            ),
            models.UniqueConstraint(
                fields=["subject", "act", "slot"], condition=Q(closed_at=None), name="task_open_once"
            ),
        ]
        indexes = [
            models.Index(fields=["holder_person_id", "order_on", "id"], condition=Q(closed_at=None), name="task_person"),
            models.Index(
                fields=["organ_id", "holder_post", "order_on", "id"], condition=Q(closed_at=None), name="task_post"
            ),
            models.Index(fields=["holder_unit_id", "order_on", "id"], condition=Q(closed_at=None), name="task_unit"),
            models.Index(fields=["organ_id", "order_on", "id"], condition=Q(closed_at=None), name="task_organ"),
            models.Index(fields=["awaited_by_id", "held_since", "id"], condition=Q(closed_at=None), name="task_awaited"),
            models.Index(
                fields=["awaited_by_unit_id", "held_since", "id"], condition=Q(closed_at=None), name="task_awaited_unit"
            ),
            models.Index(fields=["related"], name="task_related"),
            models.Index(fields=["left_person_id"], condition=Q(closed_at=None), name="task_left"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.matter_no}".strip()

    @property
    def holder(self) -> Holder:
        """On whom it waits."""
        return Holder(self.holder_person_id, self.holder_unit_id, self.holder_post)

    @property
    def to_be_reassigned(self) -> bool:
        """待重新指派: its person left, and the head of the unit holds it until somebody else is named."""
        return self.left_person_id is not None and self.closed_at is None

    def set_deadline(self, deadline: RunningDeadline | None) -> None:
        """The deadline that the task must be done by, and the day it is sorted by."""
        self.deadline = deadline
        self.due_on = deadline.due_on if deadline else None
        self.due_at = deadline.due_at if deadline else None
        self.order_on = self.due_on or NO_DAY
