"""Notifications (通知) by bell and text message, with delivery receipts."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dayu.core.actors import Actor
from dayu.core.records import VisibleQuerySet


class NotificationQuerySet(VisibleQuerySet["Notification"]):
    """Notifications."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own only."""
        return self.filter(person_id=actor.person_id) if actor.person_id is not None else self.none()


class Notification(models.Model):
    """通知: something a person should know, with the page it leads to."""

    person_id = models.BigIntegerField(_("接收人"))
    text = models.CharField(_("内容"), max_length=300)
    url = models.CharField(_("地址"), max_length=300, blank=True)
    subject = models.CharField(_("对象"), max_length=80, blank=True)
    urgent = models.BooleanField(_("紧急"), default=False)
    created_at = models.DateTimeField(_("时间"))
    read_at = models.DateTimeField(_("已读时间"), null=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        app_label = "work"
        verbose_name = _("通知")
        verbose_name_plural = _("通知")
        indexes = [
            models.Index(fields=["person_id", "-id"], name="notice_person"),
            models.Index(fields=["person_id"], condition=Q(read_at=None), name="notice_unread"),
        ]

    def __str__(self) -> str:
        return self.text


class SmsMessage(models.Model):
    """短信: one text message, what the gateway answered, and whether it arrived."""

    WAITING, SENT, DELIVERED, FAILED = "waiting", "sent", "delivered", "failed"

    notification = models.ForeignKey(Notification, null=True, on_delete=models.PROTECT, related_name="messages")
    phone = models.CharField(_("手机号"), max_length=20)
    text = models.CharField(_("内容"), max_length=300)
    standing = models.CharField(
        _("送达情况"),
        max_length=10,
        default=WAITING,
        choices=[(WAITING, _("待发送")), (SENT, _("已提交")), (DELIVERED, _("已送达")), (FAILED, _("失败"))],
    )
    receipt = models.CharField(_("回执号"), max_length=120, blank=True)
    attempts = models.PositiveSmallIntegerField(_("次数"), default=0)
    error = models.CharField(_("错误"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("产生时间"))
    sent_at = models.DateTimeField(_("提交时间"), null=True)
    delivered_at = models.DateTimeField(_("送达时间"), null=True)

    class Meta:
        app_label = "work"
        verbose_name = _("短信")
        verbose_name_plural = _("短信")
        indexes = [models.Index(fields=["standing", "id"], name="sms_standing")]

    def __str__(self) -> str:
        return f"{self.phone} {self.standing}"
