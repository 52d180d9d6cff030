"""Calendars (工作日历): notices entered in the application, and what each calendar looked like when it was used."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from dayu.core.records import AppendOnlyModel


class HolidayNotice(AppendOnlyModel):
    """节假日安排: one year's days off and make-up days as a notice gave them. A later entry replaces an earlier one."""

    year = models.PositiveSmallIntegerField(_("年度"))
    territory = models.CharField(_("地区"), max_length=12, blank=True)
    notice = models.CharField(_("通知"), max_length=200)
    holidays = models.JSONField(_("安排"))  # [{"name", "from", "until", "make_up_days": [...]}]
    entered_at = models.DateTimeField(_("录入时间"))
    entered_by = models.CharField(_("录入人"), max_length=64)

    class Meta:
        app_label = "work"
        verbose_name = _("节假日安排")
        verbose_name_plural = _("节假日安排")
        ordering = ["id"]
        indexes = [models.Index(fields=["territory", "year"], name="holiday_notice")]

    def __str__(self) -> str:
        return f"{self.year} {self.notice}"


class CalendarSnapshot(AppendOnlyModel):
    """日历版本: a calendar that deadlines were computed with, so that a later one can be compared with it."""

    version = models.CharField(_("版本"), max_length=64, unique=True)
    territory = models.CharField(_("地区"), max_length=12, blank=True)
    working_days = models.JSONField(_("调休上班日"))
    days_off = models.JSONField(_("放假日"))
    provisional_years = models.JSONField(_("暂定年度"))
    stored_at = models.DateTimeField(_("记录时间"))

    class Meta:
        app_label = "work"
        verbose_name = _("日历版本")
        verbose_name_plural = _("日历版本")

    def __str__(self) -> str:
        return self.version
