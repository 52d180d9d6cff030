"""Running deadlines (期限): budgets of days with their suspensions, and the last day that follows."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dayu.core.actors import Actor
from dayu.core.records import AppendOnlyModel, VersionedModel, VisibleQuerySet


class DeadlineQuerySet(VisibleQuerySet["RunningDeadline"]):
    """Running deadlines."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the actor's organ."""
        if actor.is_system:
            return self
        if actor.organ_id is None or actor.is_stranger:
            return self.none()
        return self.filter(organ_id=actor.organ_id)

    def open(self) -> Self:
        """Those that still run."""
        return self.filter(ended_at=None)


class RunningDeadline(VersionedModel):
    """期限: one time limit that runs for a subject. The last day is computed from the event, never typed in.

    `limit_key` names the limit in the rulebook (`decision`, `hearing_request` …). `exclusions` are pairs of days, both
    included, that do not count; `extensions` are grants `{days, granted_on, granted_by, reason}`.
    """

    subject = models.CharField(_("对象"), max_length=80)
    related = models.CharField(_("所属事项"), max_length=80)
    title = models.CharField(_("名称"), max_length=120)
    limit_key = models.CharField(_("期限"), max_length=40)
    organ_id = models.BigIntegerField(_("机构"))
    territory = models.CharField(_("地区"), max_length=12, blank=True)
    starts_on = models.DateField(_("起算日"))
    starts_at = models.DateTimeField(_("起算时刻"), null=True)
    start_event = models.CharField(_("起算事由"), max_length=120, blank=True)
    given_days = models.PositiveIntegerField(_("给定天数"), null=True)
    exclusions = models.JSONField(_("不计入的期间"), default=list, blank=True)
    extensions = models.JSONField(_("延长"), default=list, blank=True)
    due_on = models.DateField(_("到期日"))
    due_at = models.DateTimeField(_("到期时刻"), null=True)
    unit = models.CharField(_("单位"), max_length=20)
    provisional = models.BooleanField(_("暂定"), default=False)
    confirmation = models.CharField(_("确认"), max_length=1, default="V")
    calendar_version = models.CharField(_("日历版本"), max_length=64, blank=True)
    working = models.JSONField(_("计算过程"), default=list)
    basis = models.JSONField(_("依据"), default=list)
    notes = models.JSONField(_("说明"), default=list)
    responsible_person_id = models.BigIntegerField(_("责任人"), null=True)
    responsible_unit_id = models.BigIntegerField(_("责任机构"), null=True)
    url = models.CharField(_("地址"), max_length=300, blank=True)
    ended_at = models.DateTimeField(_("终了时间"), null=True)
    ended_how = models.CharField(
        _("终了原因"),
        max_length=12,
        blank=True,
        choices=[("met", _("已完成")), ("lapsed", _("已届满")), ("void", _("不再适用"))],
    )

    objects = DeadlineQuerySet.as_manager()

    class Meta:
        app_label = "work"
        verbose_name = _("期限")
        verbose_name_plural = _("期限")
        indexes = [
            models.Index(fields=["due_on", "id"], condition=Q(ended_at=None), name="deadline_open"),
            models.Index(fields=["subject", "limit_key"], name="deadline_subject"),
            models.Index(fields=["related"], name="deadline_related"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.due_on}"


class DeadlineChange(AppendOnlyModel):
    """期限变动: the last day moved, and why: an extension, an exclusion, or a calendar that changed."""

    deadline = models.ForeignKey(RunningDeadline, on_delete=models.PROTECT, related_name="changes")
    due_before = models.DateField(_("原到期日"))
    due_after = models.DateField(_("现到期日"))
    why = models.CharField(_("原因"), max_length=300)
    calendar_before = models.CharField(max_length=64, blank=True)
    calendar_after = models.CharField(max_length=64, blank=True)
    changed_at = models.DateTimeField(_("时间"))
    changed_by = models.CharField(_("变动人"), max_length=64)

    class Meta:
        app_label = "work"
        verbose_name = _("期限变动")
        verbose_name_plural = _("期限变动")
        ordering = ["id"]

    def __str__(self) -> str:
        return f"{self.due_before} → {self.due_after}"


class Reminder(AppendOnlyModel):
    """提醒: one reminder that was sent for one last day. A moved last day is reminded of again."""

    deadline = models.ForeignKey(RunningDeadline, on_delete=models.PROTECT, related_name="reminders")
    due_on = models.DateField(_("到期日"))
    stage = models.CharField(_("阶段"), max_length=12)
    sent_at = models.DateTimeField(_("时间"))

    class Meta:
        app_label = "work"
        verbose_name = _("提醒")
        verbose_name_plural = _("提醒")
        constraints = [models.UniqueConstraint(fields=["deadline", "due_on", "stage"], name="reminded_once")]

    def __str__(self) -> str:
        return f"{self.stage} {self.due_on}"
