"""Advance registration and preservation (先行登记保存): what was registered, who agreed, and what became of each thing."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dayu.core.files import StoredFile
from dayu.core.records import VersionedModel
from dayu.org.models import Agency, Person
from dayu.records.models.visibility import RecordQuerySet


class PreservationQuerySet(RecordQuerySet["EvidencePreservation"]):
    """Preservations."""

    def undecided(self) -> Self:
        """Carried out, with a thing that nobody has decided about."""
        return self.filter(preserved_at__isnull=False, items__disposal="").distinct()


class EvidencePreservation(VersionedModel):
    """先行登记保存: evidence that may be lost or hard to get later is registered and kept (行政处罚法第五十六条).

    The head of the organ agrees beforehand, or afterwards where the matter could not wait. Within seven working days the
    organ decides about each thing; what is not decided by then is released.
    """

    subject = models.CharField(_("所属事项"), max_length=80, db_index=True)
    organ = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name=_("机关"))
    holder_name = models.CharField(_("持有人"), max_length=120)
    reason = models.CharField(_("保存理由"), max_length=300)
    place = models.CharField(_("保存地点"), max_length=200)
    kept_in_place = models.BooleanField(_("就地保存"), default=True)
    keeper = models.CharField(_("保管人"), max_length=100, blank=True)
    first_officer = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("执法人员"))
    second_officer = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("执法人员（二）")
    )
    proposed_at = models.DateTimeField(_("报请时间"))
    approved_at = models.DateTimeField(_("批准时间"), null=True, blank=True)
    approved_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("批准人")
    )
    preserved_at = models.DateTimeField(_("登记保存时间"), null=True, blank=True)
    entered_at = models.DateTimeField(_("录入时间"), null=True, blank=True)
    urgent_reason = models.CharField(_("紧急理由"), max_length=300, blank=True)
    defects = models.JSONField(_("瑕疵"), default=list, blank=True)
    explanation = models.CharField(_("情况说明"), max_length=500, blank=True)
    decide_by = models.DateField(_("处理决定期限"), null=True, blank=True)
    lapsed_at = models.DateTimeField(_("逾期认定时间"), null=True, blank=True)

    objects = PreservationQuerySet.as_manager()

    class Meta:
        app_label = "records"
        verbose_name = _("先行登记保存")
        verbose_name_plural = _("先行登记保存")
        ordering = ["-id"]
        indexes = [models.Index(fields=["decide_by"], condition=Q(lapsed_at=None), name="preservation_decide_by")]
        constraints = [
            models.CheckConstraint(
                condition=Q(approved_at=None) | Q(approved_by__isnull=False), name="approved_by_somebody"
            )
        ]

    def __str__(self) -> str:
        return f"{self.holder_name} {self.place}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("records:preservation", args=[self.pk])


class PreservedItem(models.Model):
    """登记保存的物品: one thing on the list, and what was decided about it."""

    DISPOSALS = [
        ("record_and_return", _("采取记录、复制、拍照、录像等证据保全措施后返还")),
        ("appraise", _("送交鉴定")),
        ("transfer", _("移送有关部门处理")),
        ("impound", _("依法查封、扣押")),
        ("confiscate", _("依法没收")),
        ("release", _("解除登记保存")),
    ]

    preservation = models.ForeignKey(EvidencePreservation, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField(_("序号"))
    name = models.CharField(_("物品名称"), max_length=120)
    specification = models.CharField(_("规格型号"), max_length=120, blank=True)
    quantity = models.CharField(_("数量"), max_length=40)
    condition = models.CharField(_("形态、成色"), max_length=120, blank=True)
    photo = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    disposal = models.CharField(_("处理决定"), max_length=20, choices=DISPOSALS, blank=True)
    disposal_note = models.CharField(_("处理说明"), max_length=200, blank=True)
    disposed_at = models.DateTimeField(_("处理时间"), null=True, blank=True)
    disposed_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("决定人")
    )
    released_by_lapse = models.BooleanField(_("逾期解除"), default=False)

    class Meta:
        app_label = "records"
        verbose_name = _("登记保存的物品")
        verbose_name_plural = _("登记保存的物品")
        ordering = ["preservation_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["preservation", "position"], name="preserved_item_position_once"),
            models.CheckConstraint(condition=Q(disposal="") | Q(disposed_at__isnull=False), name="disposal_has_a_time"),
        ]

    def __str__(self) -> str:
        return self.name
