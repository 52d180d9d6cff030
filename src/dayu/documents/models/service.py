"""Service of documents (送达): what happened, how, to whom, with which proofs and which defects."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dayu.core.files import StoredFile
from dayu.core.records import AppendOnlyModel
from dayu.documents.models.documents import Document, DocumentScopedQuerySet


class ServingMethod(models.TextChoices):
    """The ways in which a document reaches a party."""

    DIRECT = "direct", _("直接送达")
    LEAVE = "leave", _("留置送达")
    MAIL = "mail", _("邮寄送达")
    ENTRUSTED = "entrusted", _("委托送达")
    ELECTRONIC = "electronic", _("电子送达")
    PUBLIC_NOTICE = "public_notice", _("公告送达")


class ServiceQuerySet(DocumentScopedQuerySet["ProofOfService"]):
    """Proofs of service; seen with their document."""

    document_path = "document"


class ProofOfService(AppendOnlyModel):
    """送达回证: a service that happened. It is recorded even when defective; the gate before the next step weighs the defects.

    `happened_at` is when the paper was handed over, left, received or published; `served_on` the day that counts (of a
    public notice the last day of its period). `effective` tells whether the law counts it as service at all.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="proofs")
    method = models.CharField(_("送达方式"), max_length=16, choices=ServingMethod)
    recipient = models.CharField(_("受送达人"), max_length=120)
    place = models.CharField(_("送达地点"), max_length=200)
    happened_at = models.DateTimeField(_("送达时间"))
    served_on = models.DateField(_("视为送达日期"))
    receiver = models.CharField(_("收件人"), max_length=64, blank=True)
    receiver_relation = models.CharField(_("与受送达人关系"), max_length=60, blank=True)
    refusal = models.CharField(_("拒收事由"), max_length=300, blank=True)
    witness = models.CharField(_("见证人"), max_length=120, blank=True)
    servers = models.JSONField(_("送达人"), default=list)
    consent = models.CharField(_("电子送达同意书"), max_length=80, blank=True)
    channel = models.CharField(_("渠道"), max_length=200, blank=True)
    tracking_no = models.CharField(_("邮件号"), max_length=60, blank=True)
    ground = models.CharField(_("公告理由和经过"), max_length=500, blank=True)
    defects = models.JSONField(_("瑕疵"), default=list)
    explanation = models.CharField(_("情况说明"), max_length=1000, blank=True)
    effective = models.BooleanField(_("构成送达"), default=True)
    working = models.JSONField(_("计算过程"), default=list)
    recorded_by = models.CharField(_("录入人"), max_length=64)
    entered_at = models.DateTimeField(_("录入时间"))

    objects = ServiceQuerySet.as_manager()

    class Meta:
        app_label = "documents"
        verbose_name = _("送达回证")
        verbose_name_plural = _("送达回证")
        ordering = ["document_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(defects=[]) | ~Q(explanation=""), name="defective_service_is_explained"
            )
        ]

    def __str__(self) -> str:
        return f"{self.document} {self.served_on}"


class ServiceMedia(AppendOnlyModel):
    """送达凭据: a recording, photograph, postal receipt or screen shot of a service."""

    KINDS = [
        ("recording", _("录音录像")),
        ("receipt", _("签收回证")),
        ("postal", _("邮寄回执")),
        ("screen", _("截屏")),
        ("publication", _("公告载体")),
        ("other", _("其他")),
    ]

    proof = models.ForeignKey(ProofOfService, on_delete=models.PROTECT, related_name="media")
    kind = models.CharField(_("类别"), max_length=12, choices=KINDS)
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("名称"), max_length=200)

    class Meta:
        app_label = "documents"
        verbose_name = _("送达凭据")
        verbose_name_plural = _("送达凭据")
        ordering = ["proof_id", "id"]

    def __str__(self) -> str:
        return self.name
