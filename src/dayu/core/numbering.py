"""Gap-free numbers (文号): one series per organ, kind and year; taken in the act's own transaction.

A number that was taken and then voided stays visible with its reason. Numbers already given out by a paper register are
reserved first (`reserve_numbers`) and skipped.
"""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _


class NumberSeries(models.Model):
    """文号序列: the last number given out of one series."""

    key = models.CharField(_("序列"), max_length=120)
    year = models.PositiveSmallIntegerField(_("年度"))
    last = models.PositiveIntegerField(_("末号"), default=0)

    class Meta:
        app_label = "core"
        verbose_name = _("文号序列")
        verbose_name_plural = _("文号序列")
        constraints = [models.UniqueConstraint(fields=["key", "year"], name="one_series_a_year")]

    def __str__(self) -> str:
        return f"{self.key} {self.year}"


class TakenNumber(models.Model):
    """文号: one number of a series and what took it."""

    series = models.ForeignKey(NumberSeries, on_delete=models.PROTECT, related_name="taken")
    value = models.PositiveIntegerField(_("号"))
    taken_by = models.CharField(_("用于"), max_length=80)
    taken_at = models.DateTimeField(_("取号时间"))
    voided_at = models.DateTimeField(_("作废时间"), null=True)
    void_reason = models.CharField(_("作废原因"), max_length=200, blank=True)

    class Meta:
        app_label = "core"
        verbose_name = _("文号")
        verbose_name_plural = _("文号")
        constraints = [models.UniqueConstraint(fields=["series", "value"], name="number_once")]

    def __str__(self) -> str:
        return f"{self.series} {self.value}"


def take_number(key: str, year: int, *, taken_by: str, moment: datetime) -> TakenNumber:
    """The next number of the series. Call inside an action: a rollback gives the number back, so no gap arises."""
    NumberSeries.objects.get_or_create(key=key, year=year)
    series = NumberSeries.objects.select_for_update().get(key=key, year=year)
    value = series.last + 1
    while TakenNumber.objects.filter(series=series, value=value).exists():  # reserved by the paper register
        value += 1
    series.last = value
    series.save(update_fields=["last"])
    return TakenNumber.objects.create(series=series, value=value, taken_by=taken_by, taken_at=moment)


def take_given_number(key: str, year: int, value: int, *, taken_by: str, moment: datetime) -> TakenNumber:
    """A number that the office's own register has already given out. Taking it twice breaks a constraint."""
    series, _created = NumberSeries.objects.get_or_create(key=key, year=year)
    return TakenNumber.objects.create(series=series, value=value, taken_by=taken_by, taken_at=moment)


def void_number(number: TakenNumber, *, reason: str, moment: datetime) -> TakenNumber:
    """Mark a number as voided; it is never given out again."""
    number.voided_at, number.void_reason = moment, reason
    number.save(update_fields=["voided_at", "void_reason"])
    return number
