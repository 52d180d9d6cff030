"""Rivers and lakes with their reaches."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dayu.core.actors import Actor
from dayu.core.records import VersionedModel, VisibleQuerySet

M = TypeVar("M", bound=models.Model)


class RiverQuerySet(VisibleQuerySet[M]):
    """The register is public: everybody may see it; strangers read `public.py`."""

    def visible_to(self, actor: Actor) -> Self:
        """Everything for people who signed in, nothing for strangers."""
        return self.none() if actor.is_stranger else self


class River(VersionedModel):
    """河湖: a river, lake, reservoir or canal of the register, under its code."""

    KINDS = [
        ("river", _("河流")),
        ("lake", _("湖泊")),
        ("reservoir", _("水库")),
        ("canal", _("渠道")),
        ("other", _("其他水体")),
    ]
    LEVELS = [
        ("nation", _("国家级")),
        ("province", _("省级")),
        ("city", _("市级")),
        ("county", _("县级")),
        ("township", _("乡级")),
        ("village", _("村级")),
    ]

    code = models.CharField(_("河湖代码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    other_names = models.CharField(_("别名"), max_length=120, blank=True)
    kind = models.CharField(_("类别"), max_length=10, choices=KINDS, default="river")
    level = models.CharField(_("管理级别"), max_length=10, choices=LEVELS, default="county")
    territory = models.ForeignKey(
        "core.Territory", on_delete=models.PROTECT, related_name="rivers", verbose_name=_("所在地区")
    )
    basin = models.CharField(_("流域"), max_length=40, blank=True)
    flows_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="tributaries", verbose_name=_("汇入")
    )
    length_km = models.DecimalField(_("长度（千米）"), max_digits=8, decimal_places=2, null=True, blank=True)
    area_km2 = models.DecimalField(_("水面面积（平方千米）"), max_digits=9, decimal_places=3, null=True, blank=True)
    source_place = models.CharField(_("起点"), max_length=120, blank=True)
    mouth_place = models.CharField(_("终点"), max_length=120, blank=True)
    removed_on = models.DateField(_("移出名录"), null=True, blank=True)
    removed_reason = models.CharField(_("移出原因"), max_length=200, blank=True)

    objects = RiverQuerySet["River"].as_manager()

    class Meta:
        verbose_name = _("河湖")
        verbose_name_plural = _("河湖")
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of the river."""
        return reverse("rivers:river", args=[self.pk])


class Reach(models.Model):
    """河段: a stretch of a river within one territory, counted from the source."""

    river = models.ForeignKey(River, on_delete=models.PROTECT, related_name="reaches", verbose_name=_("河湖"))
    name = models.CharField(_("河段名称"), max_length=60)
    territory = models.ForeignKey(
        "core.Territory", on_delete=models.PROTECT, related_name="reaches", verbose_name=_("所在地区")
    )
    from_km = models.DecimalField(_("起点里程"), max_digits=8, decimal_places=2, null=True, blank=True)
    until_km = models.DecimalField(_("终点里程"), max_digits=8, decimal_places=2, null=True, blank=True)
    from_place = models.CharField(_("起点"), max_length=120, blank=True)
    until_place = models.CharField(_("终点"), max_length=120, blank=True)

    objects = RiverQuerySet["Reach"].as_manager()

    class Meta:
        verbose_name = _("河段")
        verbose_name_plural = _("河段")
        ordering = ["river_id", "from_km", "id"]
        constraints = [
            models.UniqueConstraint(fields=["river", "name"], name="reach_name_once_in_a_river"),
            models.CheckConstraint(
                condition=Q(from_km=None) | Q(until_km=None) | Q(until_km__gt=F("from_km")),
                name="reach_runs_downstream",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.river.name}{self.name}"
