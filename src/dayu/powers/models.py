"""Enforcement items, their assignment to units and posts, and published benchmarks."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dayu.core.actors import Actor
from dayu.core.records import VersionedModel, VisibleQuerySet
from dayu.org.models import PostKey

M = TypeVar("M", bound=models.Model)


class PowersQuerySet(VisibleQuerySet[M]):
    """Powers are public law: whoever works in the administration may see them; strangers read `public.py`."""

    def visible_to(self, actor: Actor) -> Self:
        """Everything for people who signed in, nothing for strangers."""
        return self.none() if actor.is_stranger else self


class EnforcementItem(VersionedModel):
    """执法事项: something an agency may do, on which basis, in which territory, between which days.

    An item without agency belongs to another department; it is listed so that a refusal can say whose it is.
    """

    ACT_TYPES = [
        ("penalty", _("行政处罚")),
        ("licence", _("行政许可")),
        ("coercion", _("行政强制")),
        ("inspection", _("行政检查")),
        ("collection", _("行政征收")),
        ("confirmation", _("行政确认")),
        ("other", _("其他职权")),
    ]
    DEPARTMENTS = [
        ("water", _("水行政主管部门")),
        ("basin", _("流域管理机构")),
        ("ecology", _("生态环境主管部门")),
        ("natural_resources", _("自然资源主管部门")),
        ("housing", _("住房城乡建设（排水、供水）主管部门")),
        ("transport", _("交通运输、海事主管部门")),
        ("agriculture", _("农业农村主管部门")),
        ("development", _("发展改革主管部门")),
        ("police", _("公安机关")),
        ("government", _("人民政府")),
        ("other", _("其他部门")),
    ]

    code = models.CharField(_("事项编码"), max_length=60)
    name = models.CharField(_("事项名称"), max_length=200)
    act_type = models.CharField(_("职权类型"), max_length=16, choices=ACT_TYPES)
    matter = models.CharField(_("领域"), max_length=40, blank=True)
    department = models.CharField(_("主管部门"), max_length=20, choices=DEPARTMENTS, default="water")
    agency = models.ForeignKey(
        "org.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="items", verbose_name=_("实施机关")
    )
    territory = models.ForeignKey(
        "core.Territory", on_delete=models.PROTECT, related_name="+", verbose_name=_("适用地域")
    )
    basis = models.CharField(_("依据"), max_length=500)
    violation_keys = models.JSONField(_("违法行为"), default=list)
    supervision_phone = models.CharField(_("监督电话"), max_length=40, blank=True)
    valid_from = models.DateField(_("启用"))
    valid_until = models.DateField(_("最后一日"), null=True, blank=True)
    end_reason = models.CharField(_("终止原因"), max_length=200, blank=True)
    frozen_from = models.DateField(_("依据变更施行日"), null=True, blank=True)
    frozen_by = models.JSONField(_("变更的依据"), default=dict, blank=True)

    objects = PowersQuerySet["EnforcementItem"].as_manager()

    class Meta:
        verbose_name = _("执法事项")
        verbose_name_plural = _("执法事项")
        ordering = ["code", "id"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "code", "valid_from"], name="item_code_once_in_an_agency"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="item_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of the item."""
        return reverse("powers:item", args=[self.pk])


class ItemViolation(models.Model):
    """事项与违法行为: which violation of the rulebook an item covers, so that a violation finds its item."""

    item = models.ForeignKey(EnforcementItem, on_delete=models.PROTECT, related_name="violations")
    violation = models.CharField(_("违法行为"), max_length=80, db_index=True)

    class Meta:
        verbose_name = _("事项所含违法行为")
        verbose_name_plural = _("事项所含违法行为")
        constraints = [models.UniqueConstraint(fields=["item", "violation"], name="violation_once_in_an_item")]

    def __str__(self) -> str:
        return self.violation


class PowerAssignment(models.Model):
    """职权分解: a unit and a kind of post that exercise an item between two days."""

    item = models.ForeignKey(EnforcementItem, on_delete=models.PROTECT, related_name="assignments")
    unit = models.ForeignKey("org.OrgUnit", on_delete=models.PROTECT, related_name="powers", verbose_name=_("内设机构"))
    post_key = models.CharField(_("岗位"), max_length=24, choices=PostKey.choices)
    valid_from = models.DateField(_("起始日"))
    valid_until = models.DateField(_("最后一日"), null=True, blank=True)

    objects = PowersQuerySet["PowerAssignment"].as_manager()

    class Meta:
        verbose_name = _("职权分解")
        verbose_name_plural = _("职权分解")
        ordering = ["item_id", "unit_id"]
        constraints = [
            models.UniqueConstraint(fields=["item", "unit", "post_key", "valid_from"], name="power_assigned_once")
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.unit}"


class BenchmarkPublication(models.Model):
    """裁量基准公布: an agency publishes the benchmark that it applies, in the version named by its digest."""

    agency = models.ForeignKey("org.Agency", on_delete=models.PROTECT, related_name="benchmark_publications")
    benchmark = models.CharField(_("裁量基准"), max_length=80)
    digest = models.CharField(_("内容摘要"), max_length=64)
    published_on = models.DateField(_("公布日"))
    published_by = models.CharField(_("公布人"), max_length=64)
    withdrawn_on = models.DateField(_("撤下日"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("撤下原因"), max_length=200, blank=True)

    objects = PowersQuerySet["BenchmarkPublication"].as_manager()

    class Meta:
        verbose_name = _("裁量基准公布")
        verbose_name_plural = _("裁量基准公布")
        ordering = ["agency_id", "benchmark", "-published_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "benchmark"],
                condition=Q(withdrawn_on=None),
                name="benchmark_published_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return self.benchmark
