"""Seals, prints and signatures, and what comes back from paper: edited Word files and photographed pages."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dayu.core.files import StoredFile
from dayu.core.records import AppendOnlyModel, VersionedModel
from dayu.documents.models.documents import Document, DocumentScopedQuerySet, M
from dayu.org.models import Agency


class PaperQuerySet(DocumentScopedQuerySet[M]):
    """Rows that belong to a document and are seen with it."""

    document_path = "document"


class OrganPaper(VersionedModel):
    """机关用纸与文号格式: how an organ's paper looks and how it forms its numbers.

    `number_forms` is `{kind: {"code": "罚决字", "pattern": "{organ}{code}〔{year}〕第{seq}号"}}`; offsets in millimetres
    shift the text on pre-printed paper.
    """

    LETTERHEADS = [("red", _("套红打印")), ("plain", _("不套红")), ("preprinted", _("预印红头纸"))]

    organ = models.OneToOneField(Agency, on_delete=models.PROTECT, related_name="+", verbose_name=_("机关"))
    letterhead = models.CharField(_("版头"), max_length=12, choices=LETTERHEADS, default="red")
    offset_x_mm = models.FloatField(_("右移（毫米）"), default=0)
    offset_y_mm = models.FloatField(_("下移（毫米）"), default=0)
    number_forms = models.JSONField(_("文号格式"), default=dict)

    class Meta:
        app_label = "documents"
        verbose_name = _("机关用纸与文号格式")
        verbose_name_plural = _("机关用纸与文号格式")

    def __str__(self) -> str:
        return f"{self.organ}"


class SealUse(AppendOnlyModel):
    """用印登记: which seal was put on which paper, by whom, on whose approval."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="seal_uses")
    seal = models.CharField(_("印章"), max_length=100)
    number = models.CharField(_("文号"), max_length=80, blank=True)
    copies = models.PositiveSmallIntegerField(_("份数"), default=1)
    digest = models.CharField(_("文本校验值"), max_length=64)
    used_by = models.CharField(_("用印人"), max_length=64)
    approved_by = models.CharField(_("批准人"), max_length=64, blank=True)
    used_at = models.DateTimeField(_("用印时间"))
    entered_at = models.DateTimeField(_("登记时间"))

    objects = PaperQuerySet["SealUse"].as_manager()

    class Meta:
        app_label = "documents"
        verbose_name = _("用印登记")
        verbose_name_plural = _("用印登记")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.seal} {self.number}"


class PrintRun(AppendOnlyModel):
    """印制记录: a document left as paper or file; drafts carry a watermark."""

    KINDS = [("draft", _("送审稿")), ("issued", _("正式文书")), ("docx", _("Word 文件"))]

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="prints")
    kind = models.CharField(_("类别"), max_length=6, choices=KINDS)
    digest = models.CharField(max_length=64)
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    printed_by = models.CharField(_("印制人"), max_length=64)
    printed_at = models.DateTimeField(_("印制时间"))

    class Meta:
        app_label = "documents"
        verbose_name = _("印制记录")
        verbose_name_plural = _("印制记录")
        ordering = ["document_id", "id"]

    def __str__(self) -> str:
        return f"{self.document} {self.kind}"


class SignatureManner(models.TextChoices):
    """How somebody signed."""

    HAND = "hand", _("手写签名")
    FINGERPRINT = "fingerprint", _("捺指印")
    STAMP = "stamp", _("盖章")
    ELECTRONIC = "electronic", _("电子签名")
    REFUSED = "refused", _("拒绝签名")


class Signature(AppendOnlyModel):
    """签名: who signed. When it was signed, scanned and entered are three different times."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="signatures")
    role = models.CharField(_("身份"), max_length=40)
    name = models.CharField(_("姓名"), max_length=64)
    manner = models.CharField(_("方式"), max_length=12, choices=SignatureManner)
    signed_at = models.DateTimeField(_("签名时间"))
    scanned_at = models.DateTimeField(_("扫描时间"), null=True)
    entered_at = models.DateTimeField(_("录入时间"))
    refusal_reason = models.CharField(_("拒签原因"), max_length=200, blank=True)

    class Meta:
        app_label = "documents"
        verbose_name = _("签名")
        verbose_name_plural = _("签名")
        ordering = ["document_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(manner="refused") | ~Q(refusal_reason=""), name="refused_signature_has_a_reason"
            ),
            models.CheckConstraint(condition=Q(entered_at__gte=F("signed_at")), name="signed_before_entered"),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.name}"


class ReturnedDocx(models.Model):
    """退回的 Word 稿: an edited file that came back, and what it changed."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="returned")
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    base_digest = models.CharField(_("对应文本"), max_length=64)
    fixed_added = models.JSONField(_("固定文字增加"), default=list)
    fixed_removed = models.JSONField(_("固定文字删除"), default=list)
    returned_by = models.CharField(_("上传人"), max_length=64)
    returned_at = models.DateTimeField(_("上传时间"))

    objects = PaperQuerySet["ReturnedDocx"].as_manager()

    class Meta:
        app_label = "documents"
        verbose_name = _("退回的 Word 稿")
        verbose_name_plural = _("退回的 Word 稿")
        ordering = ["document_id", "-id"]

    def __str__(self) -> str:
        return f"{self.document}"


class ReturnedField(models.Model):
    """退回稿的一处改动: one field that came back different, and what was decided about it."""

    returned = models.ForeignKey(ReturnedDocx, on_delete=models.PROTECT, related_name="differences")
    path = models.CharField(_("栏目"), max_length=80)
    kind = models.CharField(_("类型"), max_length=10)
    issued = models.TextField(_("原文"), blank=True)
    value = models.TextField(_("改为"), blank=True)
    decided = models.CharField(
        _("处理"), max_length=10, blank=True, choices=[("accepted", _("采纳")), ("rejected", _("不采纳"))]
    )
    decided_by = models.CharField(_("处理人"), max_length=64, blank=True)
    decided_at = models.DateTimeField(_("处理时间"), null=True)

    class Meta:
        app_label = "documents"
        verbose_name = _("退回稿改动")
        verbose_name_plural = _("退回稿改动")
        ordering = ["returned_id", "id"]
        constraints = [models.UniqueConstraint(fields=["returned", "path"], name="one_difference_of_a_field")]

    def __str__(self) -> str:
        return self.path


class ScanOutcome(models.TextChoices):
    """What the comparison of a photographed page found."""

    SAME = "same", _("一致")
    DIFFERS = "differs", _("有改动")
    OTHER_TEXT = "other_text", _("旧稿或另一文本")
    OTHER_DOCUMENT = "other_document", _("另一份文书")
    NO_CODE = "no_code", _("未找到二维码")
    UNREADABLE = "unreadable", _("无法比对")


class ScanPage(AppendOnlyModel):
    """回扫页: one photographed page, which page it is, and where it differs from the approved text."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="scans")
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    page = models.PositiveSmallIntegerField(_("页码"), default=0)
    outcome = models.CharField(_("比对结果"), max_length=16, choices=ScanOutcome)
    similarity = models.FloatField(_("相似度"), default=0)
    marks = models.JSONField(_("改动位置"), default=list)
    aligned = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    photographed_at = models.DateTimeField(_("拍摄时间"), null=True)
    scanned_by = models.CharField(_("上传人"), max_length=64)
    scanned_at = models.DateTimeField(_("上传时间"))

    class Meta:
        app_label = "documents"
        verbose_name = _("回扫页")
        verbose_name_plural = _("回扫页")
        ordering = ["document_id", "page", "id"]

    def __str__(self) -> str:
        return f"{self.document} {self.page}"
