"""What the party says: defence with its points, and the hearing."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dayu.cases.models.case import rows_of
from dayu.cases.models.parties import CaseParty
from dayu.core.records import AppendOnlyModel, VersionedModel
from dayu.org.models import Person


class Defence(AppendOnlyModel):
    """陈述、申辩: what a party said in writing or orally upon a notice. `final` when it says that it has no more to add."""

    party = models.ForeignKey(CaseParty, on_delete=models.PROTECT, related_name="defences")
    oral = models.BooleanField(_("口头"), default=False)
    text = models.TextField(_("内容"))
    document = models.CharField(_("文书"), max_length=80, blank=True)
    final = models.BooleanField(_("表示没有补充"), default=False)
    submitted_on = models.DateField(_("提出日期"))
    recorded_by = models.CharField(_("录入人"), max_length=64)
    recorded_at = models.DateTimeField(_("录入时间"))

    objects = rows_of("party__case")

    class Meta:
        app_label = "cases"
        verbose_name = _("陈述、申辩")
        verbose_name_plural = _("陈述、申辩")
        ordering = ["party_id", "id"]

    def __str__(self) -> str:
        return self.text[:40]


class DefencePoint(VersionedModel):
    """申辩意见: one point of a defence and the organ's answer: adopted or not, with the reason."""

    defence = models.ForeignKey(Defence, on_delete=models.PROTECT, related_name="points")
    position = models.PositiveSmallIntegerField(_("序号"))
    text = models.CharField(_("意见"), max_length=1000)
    adopted = models.BooleanField(_("采纳"), null=True)
    answer = models.TextField(_("理由"), blank=True)
    answered_by = models.CharField(_("答复人"), max_length=64, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True)

    objects = rows_of("defence__party__case")

    class Meta:
        app_label = "cases"
        verbose_name = _("申辩意见")
        verbose_name_plural = _("申辩意见")
        ordering = ["defence_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["defence", "position"], name="defence_point_once"),
            models.CheckConstraint(condition=Q(adopted=None) | ~Q(answer=""), name="answered_point_has_a_reason"),
        ]

    def __str__(self) -> str:
        return self.text[:40]


class Hearing(VersionedModel):
    """听证: asked for, announced, held or ended. Open unless a secret is at stake."""

    party = models.ForeignKey(CaseParty, on_delete=models.PROTECT, related_name="hearings")
    requested_on = models.DateField(_("申请日期"))
    presider = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("主持人")
    )
    recorder = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("记录人"))
    scheduled_at = models.DateTimeField(_("举行时间"), null=True)
    place = models.CharField(_("地点"), max_length=200, blank=True)
    is_open = models.BooleanField(_("公开"), default=True)
    closed_reason = models.CharField(_("不公开的理由"), max_length=200, blank=True)
    notice_served_on = models.DateField(_("通知送达"), null=True)
    held_on = models.DateField(_("举行日期"), null=True)
    transcript = models.CharField(_("听证笔录"), max_length=80, blank=True)
    opinion = models.TextField(_("听证意见"), blank=True)
    ended_reason = models.CharField(_("终止、不受理的理由"), max_length=300, blank=True)

    objects = rows_of("party__case")

    class Meta:
        app_label = "cases"
        verbose_name = _("听证")
        verbose_name_plural = _("听证")
        ordering = ["party_id", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(is_open=True) | ~Q(closed_reason=""), name="closed_hearing_has_a_reason")
        ]

    def __str__(self) -> str:
        return f"{self.party} {self.requested_on}"
