"""Standing in for somebody (代理): delegation by a person. Deputies and the duty roster belong to `org`."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Delegation(models.Model):
    """委托: for some days a person lets another act on what waits for him. `covers` says whether all of it or signatures only."""

    ALL, SIGNING = "all", "signing"

    organ_id = models.BigIntegerField(_("机构"))
    principal_id = models.BigIntegerField(_("委托人"))
    delegate_id = models.BigIntegerField(_("受托人"))
    covers = models.CharField(
        _("范围"), max_length=8, default=ALL, choices=[(ALL, _("全部待办")), (SIGNING, _("仅审批签批"))]
    )
    valid_from = models.DateField(_("自"))
    valid_until = models.DateField(_("至"))
    reason = models.CharField(_("原因"), max_length=200)
    created_at = models.DateTimeField(_("登记时间"))
    revoked_at = models.DateTimeField(_("撤销时间"), null=True)

    class Meta:
        app_label = "work"
        verbose_name = _("委托")
        verbose_name_plural = _("委托")
        constraints = [
            models.CheckConstraint(condition=Q(valid_until__gte=F("valid_from")), name="delegation_days"),
            models.CheckConstraint(condition=~Q(principal_id=F("delegate_id")), name="delegation_to_another"),
        ]
        indexes = [models.Index(fields=["delegate_id", "valid_from", "valid_until"], name="delegation_delegate")]

    def __str__(self) -> str:
        return f"{self.principal_id} → {self.delegate_id}"
