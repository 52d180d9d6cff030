"""On-site checks with their officers, findings and orders."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dayu.core.actors import Actor
from dayu.core.records import VersionedModel, VisibleQuerySet
from dayu.core.territories import Territory, in_scopes
from dayu.inspections.steps import Progress
from dayu.leads.models import Lead
from dayu.org.models import Agency, OrgUnit, Person
from dayu.parties.models import Party
from dayu.records.models import RecordOfProceedings
from dayu.rivers.models import River


class CheckResult(models.TextChoices):
    """How a check ends."""

    NO_PROBLEM = "no_problem", _("未发现问题")
    CORRECTED = "corrected", _("当场改正")
    ORDER = "order", _("责令改正")
    LEAD = "lead", _("转为线索")


class CheckQuerySet(VisibleQuerySet["OnSiteCheck"]):
    """On-site checks."""

    def visible_to(self, actor: Actor) -> Self:
        """Checks of organs within the actor's scopes."""
        if actor.is_system:
            return self
        if actor.is_stranger or actor.posts <= {"administrator"}:
            return self.none()
        return self.filter(in_scopes(actor, territory_path="organ__territory__path", organ="organ_id"))


class OnSiteCheck(VersionedModel):
    """现场检查: two officers look at a place. It verifies a lead, or stands alone and may found one."""

    number = models.CharField(_("检查编号"), max_length=60, unique=True)
    organ = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name=_("机关"))
    unit = models.ForeignKey(
        OrgUnit, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("承办机构")
    )
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+", verbose_name=_("地区"))
    lead = models.ForeignKey(
        Lead, null=True, blank=True, on_delete=models.PROTECT, related_name="checks", verbose_name=_("核查的线索")
    )
    party = models.ForeignKey(
        Party, null=True, blank=True, on_delete=models.PROTECT, related_name="checks", verbose_name=_("被检查人")
    )
    object_text = models.CharField(_("检查对象"), max_length=200)
    place = models.CharField(_("地点"), max_length=200)
    longitude = models.FloatField(_("经度"), null=True, blank=True)
    latitude = models.FloatField(_("纬度"), null=True, blank=True)
    river = models.ForeignKey(
        River, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("河湖")
    )
    purpose = models.CharField(_("检查事由"), max_length=200)
    opened_at = models.DateTimeField(_("建立时间"))
    arrived_at = models.DateTimeField(_("到场"), null=True)
    shown_at = models.DateTimeField(_("亮证"), null=True)
    told_at = models.DateTimeField(_("告知"), null=True)
    looked_at = models.DateTimeField(_("检查完"), null=True)
    present_name = models.CharField(_("在场人"), max_length=60, blank=True)
    present_role = models.CharField(_("在场人身份"), max_length=60, blank=True)
    answer = models.CharField(_("对权利告知的回答"), max_length=300, blank=True)
    asks_recusal = models.BooleanField(_("申请回避"), default=False)
    record = models.ForeignKey(
        RecordOfProceedings, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("现场笔录")
    )
    result = models.CharField(_("检查结果"), max_length=10, choices=CheckResult.choices, blank=True)
    result_text = models.TextField(_("结果说明"), blank=True)
    concluded_at = models.DateTimeField(_("结束时间"), null=True)
    founded_lead = models.ForeignKey(
        Lead, null=True, on_delete=models.PROTECT, related_name="founded_by", verbose_name=_("转出的线索")
    )
    entered_late = models.BooleanField(_("补录"), default=False)
    explanation = models.CharField(_("补录说明"), max_length=300, blank=True)
    entered_at = models.DateTimeField(_("录入时间"))

    objects = CheckQuerySet.as_manager()

    class Meta:
        app_label = "inspections"
        verbose_name = _("现场检查")
        verbose_name_plural = _("现场检查")
        indexes = [models.Index(fields=["organ", "-id"], name="check_organ")]
        constraints = [
            models.CheckConstraint(
                condition=Q(result="", concluded_at=None) | (~Q(result="") & Q(concluded_at__isnull=False)),
                name="check_result_has_its_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.object_text}"

    def get_absolute_url(self) -> str:
        """The page of the check."""
        return reverse("inspections:check", args=[self.pk])

    @property
    def subject(self) -> str:
        """Under which key its records and evidence hang: the lead's where it verifies one, else its own."""
        return f"leads.lead:{self.lead_id}" if self.lead_id else f"inspections.onsitecheck:{self.pk}"

    @property
    def progress(self) -> Progress:
        """How far it is."""
        return Progress(
            arrived=self.arrived_at is not None,
            shown=self.shown_at is not None,
            told=self.told_at is not None,
            looked=self.looked_at is not None,
            written=self.record_id is not None,
            concluded=self.concluded_at is not None,
        )


class CheckOfficer(models.Model):
    """检查人员: an officer of the check; the others confirm that they are there with a password of their own."""

    check_done = models.ForeignKey(OnSiteCheck, on_delete=models.PROTECT, related_name="officers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    leads = models.BooleanField(_("主办"), default=False)
    certificate_no = models.CharField(_("执法证号"), max_length=40, blank=True)
    confirmed_at = models.DateTimeField(_("确认在场"), null=True)

    class Meta:
        app_label = "inspections"
        verbose_name = _("检查人员")
        verbose_name_plural = _("检查人员")
        ordering = ["-leads", "id"]
        constraints = [models.UniqueConstraint(fields=["check_done", "person"], name="check_officer_once")]

    def __str__(self) -> str:
        return str(self.person)


class CheckFinding(models.Model):
    """检查发现: one thing that was found; with `violation` where it matches a penalty item."""

    check_done = models.ForeignKey(OnSiteCheck, on_delete=models.PROTECT, related_name="findings")
    text = models.CharField(_("情况"), max_length=500)
    violation = models.CharField(_("涉嫌违法行为"), max_length=80, blank=True)
    noted_at = models.DateTimeField(_("时间"))
    noted_by = models.CharField(_("记录人"), max_length=64)
    withdrawn_at = models.DateTimeField(_("更正时间"), null=True)
    withdrawn_reason = models.CharField(_("更正原因"), max_length=200, blank=True)

    class Meta:
        app_label = "inspections"
        verbose_name = _("检查发现")
        verbose_name_plural = _("检查发现")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text


class CheckOrder(models.Model):
    """责令改正: an order from a check that founded no lead; followed until somebody has looked again."""

    check_done = models.ForeignKey(OnSiteCheck, on_delete=models.PROTECT, related_name="orders")
    text = models.CharField(_("内容"), max_length=500)
    days = models.PositiveSmallIntegerField(_("期限（日）"))
    due_on = models.DateField(_("届满日期"))
    document_no = models.CharField(_("文号"), max_length=80, blank=True)
    met = models.BooleanField(_("已改正"), null=True)
    met_on = models.DateField(_("核实日期"), null=True)
    met_note = models.CharField(_("核实情况"), max_length=300, blank=True)

    class Meta:
        app_label = "inspections"
        verbose_name = _("检查责令")
        verbose_name_plural = _("检查责令")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text
