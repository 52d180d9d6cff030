"""The timeline (全程留痕): structured events of a matter with their times, places, papers and recordings."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from dayu.core.records import AppendOnlyModel
from dayu.org.models import Agency
from dayu.records.models.visibility import RecordQuerySet


class TimelineEvent(AppendOnlyModel):
    """过程事件: one thing that happened in a matter.

    `stage` is a key of the procedure's own (`filing`, `investigation` …); `document` an opaque key of a paper; `media`
    the digests of stored recordings and pictures. Server time and device time stand beside the time of the event.
    """

    subject = models.CharField(_("所属事项"), max_length=80)
    organ = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name=_("机关"))
    stage = models.CharField(_("环节"), max_length=40)
    kind = models.CharField(_("类型"), max_length=60)
    title = models.CharField(_("事项"), max_length=200)
    actor_name = models.CharField(_("人员"), max_length=120)
    account_id = models.BigIntegerField(_("账号"), null=True)
    happened_at = models.DateTimeField(_("事件时间"))
    ended_at = models.DateTimeField(_("结束时间"), null=True)
    entered_at = models.DateTimeField(_("服务器时间"))
    device_time = models.DateTimeField(_("设备时间"), null=True)
    device = models.CharField(_("设备"), max_length=120, blank=True)
    place = models.CharField(_("地点"), max_length=200, blank=True)
    latitude = models.FloatField(_("纬度"), null=True)
    longitude = models.FloatField(_("经度"), null=True)
    document = models.CharField(_("文书"), max_length=80, blank=True)
    source = models.CharField(_("来源记录"), max_length=80, blank=True)
    media = models.JSONField(_("音像"), default=list, blank=True)
    note = models.CharField(_("说明"), max_length=300, blank=True)

    objects = RecordQuerySet["TimelineEvent"].as_manager()

    class Meta:
        app_label = "records"
        verbose_name = _("过程事件")
        verbose_name_plural = _("过程事件")
        ordering = ["happened_at", "id"]
        indexes = [models.Index(fields=["subject", "happened_at", "id"], name="timeline_subject")]

    def __str__(self) -> str:
        return self.title
