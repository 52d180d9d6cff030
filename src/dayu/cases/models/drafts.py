"""Drafts of the decision for one party, in versions, and the advance notices that were given on them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dayu.cases.models.case import rows_of
from dayu.cases.models.parties import CaseParty
from dayu.core.records import AppendOnlyModel, VersionedModel


class PenaltyDraft(AppendOnlyModel):
    """处罚草案: one version of what is proposed for one party. `digest` is that of its substance.

    `facts` are keys of the case's facts, `basis` articles with edition; `bounds` and `thresholds` are what the rules said
    when it was written, with the receipt that explains them.
    """

    party = models.ForeignKey(CaseParty, on_delete=models.PROTECT, related_name="drafts")
    number = models.PositiveSmallIntegerField(_("版次"))
    kinds = models.JSONField(_("处罚种类"), default=list)
    amount_yuan = models.DecimalField(_("罚款"), max_digits=14, decimal_places=2, null=True)
    confiscated_yuan = models.DecimalField(_("没收金额"), max_digits=14, decimal_places=2, default=0)
    other_content = models.TextField(_("其他处罚内容"), blank=True)
    facts = models.JSONField(_("认定事实"), default=list)
    evidence = models.JSONField(_("证据"), default=list)
    basis = models.JSONField(_("处罚依据"), default=list)
    law_violated = models.JSONField(_("违反的规定"), default=list)
    orders = models.JSONField(_("责令内容"), default=list)
    manner = models.TextField(_("履行方式和期限"), blank=True)
    reasoning = models.TextField(_("裁量理由"), blank=True)
    deviation_reason = models.TextField(_("偏离基准的理由"), blank=True)
    bounds = models.JSONField(_("幅度"), default=dict)
    thresholds = models.JSONField(_("应否听证、讨论"), default=dict)
    receipt = models.JSONField(_("计算凭据"), default=dict)
    substance = models.JSONField(_("实质内容"), default=dict)
    digest = models.CharField(_("实质内容校验值"), max_length=64)
    reason = models.CharField(_("修改理由"), max_length=300, blank=True)
    written_by = models.CharField(_("起草人"), max_length=64)
    written_at = models.DateTimeField(_("时间"))

    objects = rows_of("party__case")

    class Meta:
        app_label = "cases"
        verbose_name = _("处罚草案")
        verbose_name_plural = _("处罚草案")
        ordering = ["party_id", "number"]
        constraints = [
            models.UniqueConstraint(fields=["party", "number"], name="draft_number_once"),
            models.CheckConstraint(condition=Q(amount_yuan=None) | Q(amount_yuan__gte=0), name="fine_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.party} v{self.number}"


class PenaltyNotice(VersionedModel):
    """事先告知: one advance notice to one party: what was told, on which draft, and when it arrived."""

    party = models.ForeignKey(CaseParty, on_delete=models.PROTECT, related_name="notices")
    number = models.PositiveSmallIntegerField(_("次"))
    draft = models.ForeignKey(PenaltyDraft, null=True, on_delete=models.PROTECT, related_name="notices")
    document = models.CharField(_("文书"), max_length=80, blank=True)
    terms = models.JSONField(_("告知内容"), default=dict)
    hearing_offered = models.BooleanField(_("告知听证权利"), default=False)
    defence_days = models.PositiveSmallIntegerField(_("陈述申辩期限"), default=5)
    given_on = models.DateField(_("制作日期"))
    served_on = models.DateField(_("送达日期"), null=True)
    defence_until = models.DateField(_("陈述申辩期限届满"), null=True)

    objects = rows_of("party__case")

    class Meta:
        app_label = "cases"
        verbose_name = _("事先告知")
        verbose_name_plural = _("事先告知")
        ordering = ["party_id", "number"]
        constraints = [models.UniqueConstraint(fields=["party", "number"], name="notice_number_once")]

    def __str__(self) -> str:
        return f"{self.party} {self.number}"
