"""Reconsiderations, lawsuits and procuratorial recommendations, with the organ's own days in them."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dayu.cases.models import Case, CaseParty
from dayu.core.actors import Actor
from dayu.core.files import StoredFile
from dayu.core.records import VersionedModel, VisibleQuerySet
from dayu.core.territories import in_scopes
from dayu.org.models import Agency, Person


class RemedyQuerySet(VisibleQuerySet[models.Model]):
    """Rows that belong to a case's party."""

    def visible_to(self, actor: Actor) -> Self:
        """With the case."""
        if actor.is_system:
            return self
        if actor.is_stranger or actor.posts <= {"administrator"}:
            return self.none()
        organ = "party__case__organ"
        return self.filter(in_scopes(actor, territory_path=f"{organ}__territory__path", organ=f"{organ}_id"))


class RemedyResult(models.TextChoices):
    """How a remedy ended."""

    UPHELD = "upheld", _("维持、驳回")
    CHANGED = "changed", _("变更")
    REVOKED = "revoked", _("撤销")
    UNLAWFUL = "unlawful", _("确认违法或无效")
    ORDERED = "ordered", _("责令履行、重作")
    WITHDRAWN = "withdrawn", _("撤回、终止")
    MEDIATED = "mediated", _("调解、和解")


class Reconsideration(VersionedModel):
    """行政复议: the party asks the government above to look at the decision again; the organ answers within its limit."""

    party = models.ForeignKey(CaseParty, on_delete=models.PROTECT, related_name="reconsiderations")
    body = models.CharField(_("复议机关"), max_length=120)
    number = models.CharField(_("复议案号"), max_length=80, blank=True)
    claim = models.TextField(_("复议请求"), blank=True)
    filed_on = models.DateField(_("申请日期"))
    copy_received_on = models.DateField(_("收到申请书副本"), null=True, blank=True)
    simplified = models.BooleanField(_("适用简易程序"), default=False)
    handler = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("承办人")
    )
    answered_on = models.DateField(_("提交答复"), null=True, blank=True)
    answer_no = models.CharField(_("答复书文号"), max_length=80, blank=True)
    answer_late = models.BooleanField(_("逾期答复"), default=False)
    execution_stayed = models.BooleanField(_("停止执行"), default=False)
    decided_on = models.DateField(_("复议决定日期"), null=True, blank=True)
    received_on = models.DateField(_("收到复议决定"), null=True, blank=True)
    result = models.CharField(_("结果"), max_length=12, choices=RemedyResult.choices, blank=True)
    result_text = models.TextField(_("结果说明"), blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(_("录入时间"))

    objects = RemedyQuerySet.as_manager()

    class Meta:
        app_label = "remedies"
        verbose_name = _("行政复议")
        verbose_name_plural = _("行政复议")
        ordering = ["-filed_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_on=None) | Q(decided_on__gte=F("filed_on")), name="reconsidered_in_order"
            ),
            models.CheckConstraint(
                condition=Q(decided_on=None, result="") | (Q(decided_on__isnull=False) & ~Q(result="")),
                name="reconsideration_result_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.number}".strip()

    def get_absolute_url(self) -> str:
        """The page of the reconsideration."""
        return reverse("remedies:reconsideration", args=[self.pk])


class Litigation(VersionedModel):
    """行政诉讼: one instance of a lawsuit against the decision, with the organ as defendant."""

    INSTANCES = [("first", _("一审")), ("second", _("二审")), ("retrial", _("再审"))]

    party = models.ForeignKey(CaseParty, on_delete=models.PROTECT, related_name="suits")
    court = models.CharField(_("法院"), max_length=120)
    number = models.CharField(_("案号"), max_length=80, blank=True)
    instance = models.CharField(_("审级"), max_length=8, choices=INSTANCES, default="first")
    claim = models.TextField(_("诉讼请求"), blank=True)
    filed_on = models.DateField(_("起诉日期"))
    copy_received_on = models.DateField(_("收到起诉状副本"), null=True, blank=True)
    handler = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("承办人")
    )
    answered_on = models.DateField(_("提交答辩状"), null=True, blank=True)
    evidence_on = models.DateField(_("提交证据"), null=True, blank=True)
    answer_late = models.BooleanField(_("逾期"), default=False)
    hearing_on = models.DateField(_("开庭日期"), null=True, blank=True)
    head_appeared = models.BooleanField(_("负责人出庭"), null=True)
    head_name = models.CharField(_("出庭负责人"), max_length=64, blank=True)
    absence_reason = models.CharField(_("未出庭理由"), max_length=300, blank=True)
    execution_stayed = models.BooleanField(_("停止执行"), default=False)
    judged_on = models.DateField(_("裁判日期"), null=True, blank=True)
    final = models.BooleanField(_("已生效"), default=False)
    result = models.CharField(_("结果"), max_length=12, choices=RemedyResult.choices, blank=True)
    result_text = models.TextField(_("结果说明"), blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(_("录入时间"))

    objects = RemedyQuerySet.as_manager()

    class Meta:
        app_label = "remedies"
        verbose_name = _("行政诉讼")
        verbose_name_plural = _("行政诉讼")
        ordering = ["-filed_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(judged_on=None) | Q(judged_on__gte=F("filed_on")), name="judged_in_order"
            ),
            models.CheckConstraint(
                condition=Q(judged_on=None, result="") | (Q(judged_on__isnull=False) & ~Q(result="")),
                name="judgment_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.court} {self.number}".strip()

    def get_absolute_url(self) -> str:
        """The page of the suit."""
        return reverse("remedies:suit", args=[self.pk])


class ProcuratorialRecommendationQuerySet(VisibleQuerySet["ProcuratorialRecommendation"]):
    """Procuratorial recommendations."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of organs within the actor's scopes."""
        if actor.is_system:
            return self
        if actor.is_stranger or actor.posts <= {"administrator"}:
            return self.none()
        return self.filter(in_scopes(actor, territory_path="organ__territory__path", organ="organ_id"))


class ProcuratorialRecommendation(VersionedModel):
    """检察建议: what the procuratorate recommends, and the organ's reply within its limit."""

    organ = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name=_("机关"))
    case = models.ForeignKey(
        Case, null=True, blank=True, on_delete=models.PROTECT, related_name="recommendations", verbose_name=_("相关案件")
    )
    procuratorate = models.CharField(_("检察院"), max_length=120)
    number = models.CharField(_("文号"), max_length=80)
    content = models.TextField(_("建议内容"))
    received_on = models.DateField(_("收到日期"))
    urgent = models.BooleanField(_("紧急情形"), default=False)
    handler = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("承办人")
    )
    replied_on = models.DateField(_("书面回复"), null=True, blank=True)
    reply_text = models.TextField(_("回复内容"), blank=True)
    reply_late = models.BooleanField(_("逾期回复"), default=False)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(_("录入时间"))

    objects = ProcuratorialRecommendationQuerySet.as_manager()

    class Meta:
        app_label = "remedies"
        verbose_name = _("检察建议")
        verbose_name_plural = _("检察建议")
        ordering = ["-received_on", "-id"]
        constraints = [models.UniqueConstraint(fields=["organ", "number"], name="recommendation_once")]

    def __str__(self) -> str:
        return f"{self.procuratorate} {self.number}"

    def get_absolute_url(self) -> str:
        """The page of the recommendation."""
        return reverse("remedies:recommendation", args=[self.pk])
