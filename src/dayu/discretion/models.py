"""Drafts of benchmarks, benchmarks that were issued, and who has read them."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dayu.core.actors import Actor
from dayu.core.records import VersionedModel, VisibleQuerySet

M = TypeVar("M", bound=models.Model)


class BenchmarkQuerySet(VisibleQuerySet[M]):
    """Issued benchmarks are public law: whoever works in the administration may see them."""

    def visible_to(self, actor: Actor) -> Self:
        """Everything for people who signed in, nothing for strangers."""
        return self.none() if actor.is_stranger else self


class DraftQuerySet(VisibleQuerySet["BenchmarkDraft"]):
    """Drafts are seen where they are written and by whoever supervises that place."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own organ's, and for supervisors those of their territory and below."""
        if actor.is_system:
            return self
        if actor.is_stranger:
            return self.none()
        mine = Q(agency_id=actor.organ_id or 0)
        if actor.holds("supervisor") and actor.territory:
            mine |= Q(agency__territory__path__contains=f"/{actor.territory}/")
        return self.filter(mine)


class BenchmarkDraft(VersionedModel):
    """裁量基准草案: the table as it stands, and the opinion on exactly this content."""

    AGREED, RETURNED = "agreed", "returned"
    OPINIONS = [(AGREED, _("同意")), (RETURNED, _("退回"))]

    agency = models.ForeignKey(
        "org.Agency", on_delete=models.PROTECT, related_name="benchmark_drafts", verbose_name=_("制定机关")
    )
    key = models.CharField(_("代号"), max_length=60)
    table = models.JSONField(_("内容"))
    digest = models.CharField(_("内容摘要"), max_length=64)
    written_by_id = models.BigIntegerField(_("起草人"))
    changed_at = models.DateTimeField(_("修改时间"))
    opinion = models.CharField(_("意见"), max_length=8, choices=OPINIONS, blank=True)
    opinion_words = models.CharField(_("意见内容"), max_length=500, blank=True)
    opinion_by = models.CharField(_("提出意见的人"), max_length=64, blank=True)
    opinion_at = models.DateTimeField(_("提出意见的时间"), null=True, blank=True)
    issued_at = models.DateTimeField(_("印发时间"), null=True, blank=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("裁量基准草案")
        verbose_name_plural = _("裁量基准草案")
        ordering = ["-changed_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "key"], condition=Q(issued_at=None), name="benchmark_drafted_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return str(self.table.get("name", self.key))

    def get_absolute_url(self) -> str:
        """The page of the draft."""
        return reverse("discretion:draft", args=[self.pk])


class DiscretionBenchmark(models.Model):
    """裁量基准: one issued version. Its table never changes; it ends, or is frozen while it leaves its parent."""

    agency = models.ForeignKey(
        "org.Agency", on_delete=models.PROTECT, related_name="discretion_benchmarks", verbose_name=_("制定机关")
    )
    key = models.CharField(_("代号"), max_length=60)
    number = models.PositiveIntegerField(_("版次"))
    table = models.JSONField(_("内容"))
    digest = models.CharField(_("内容摘要"), max_length=64)
    in_force_from = models.DateField(_("施行"))
    in_force_until = models.DateField(_("最后一日"), null=True, blank=True)
    frozen_on = models.DateField(_("冻结"), null=True, blank=True)
    frozen_why = models.CharField(_("冻结原因"), max_length=300, blank=True)
    issued_at = models.DateTimeField(_("印发时间"))
    issued_by = models.CharField(_("印发人"), max_length=64)

    objects = BenchmarkQuerySet["DiscretionBenchmark"].as_manager()

    class Meta:
        verbose_name = _("裁量基准")
        verbose_name_plural = _("裁量基准")
        ordering = ["agency_id", "key", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["agency", "key", "number"], name="benchmark_version_once"),
            models.CheckConstraint(
                condition=Q(in_force_until=None) | Q(in_force_until__gte=F("in_force_from")),
                name="benchmark_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return str(self.table.get("name", self.key))

    @property
    def rule_key(self) -> str:
        """Its id among all benchmarks: agency, key and version."""
        return f"{self.agency_id}.{self.key}.v{self.number}"

    def get_absolute_url(self) -> str:
        """The page of the version."""
        return reverse("discretion:benchmark", args=[self.pk])


class BenchmarkReading(models.Model):
    """裁量基准学习签收: who must read an issued version, and since when they have."""

    benchmark = models.ForeignKey(DiscretionBenchmark, on_delete=models.PROTECT, related_name="readings")
    person_id = models.BigIntegerField(_("人员"))
    read_at = models.DateTimeField(_("签收时间"), null=True, blank=True)

    objects = BenchmarkQuerySet["BenchmarkReading"].as_manager()

    class Meta:
        verbose_name = _("裁量基准学习签收")
        verbose_name_plural = _("裁量基准学习签收")
        constraints = [models.UniqueConstraint(fields=["benchmark", "person_id"], name="benchmark_read_once")]

    def __str__(self) -> str:
        return f"{self.benchmark_id} {self.person_id}"
