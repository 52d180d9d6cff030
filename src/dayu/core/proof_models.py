"""The tables of the proof log (防删改记录): which audit entry is which leaf, and what was signed when."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from dayu.core.audit import AuditEntry
from dayu.core.records import AppendOnlyModel


class ProofEntry(AppendOnlyModel):
    """防删改记录: one leaf of the log. Indexes have no gaps; the leaf is the entry's commitment, kept here as well."""

    index = models.PositiveBigIntegerField(_("序号"), primary_key=True)
    entry = models.OneToOneField(AuditEntry, on_delete=models.PROTECT, related_name="proof", verbose_name=_("操作记录"))
    leaf = models.CharField(_("承诺值"), max_length=64)

    class Meta:
        app_label = "core"
        verbose_name = _("防删改记录")
        verbose_name_plural = _("防删改记录")

    def __str__(self) -> str:
        return f"#{self.index}"


class Checkpoint(AppendOnlyModel):
    """检查点: the signed root of the log at one moment. The signed note is also kept outside the database."""

    size = models.PositiveBigIntegerField(_("记录数"), primary_key=True)
    root = models.CharField(_("根值"), max_length=64)
    note = models.TextField(_("签名文本"))
    signed_at = models.DateTimeField(_("签发时间"), db_index=True)

    class Meta:
        app_label = "core"
        verbose_name = _("检查点")
        verbose_name_plural = _("检查点")

    def __str__(self) -> str:
        return f"{self.size} {self.root[:8]}"
