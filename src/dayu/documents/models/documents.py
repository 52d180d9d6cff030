"""A document (文书) through its life, its revisions, and the holds that keep it from being sealed."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dayu.core.actors import Actor
from dayu.core.files import StoredFile
from dayu.core.numbering import TakenNumber
from dayu.core.records import AppendOnlyModel, VersionedModel, VisibleQuerySet
from dayu.core.territories import in_scopes
from dayu.org.models import Agency

M = TypeVar("M", bound=models.Model)


class DocumentLife(models.TextChoices):
    """Where a document stands. Only acts change it; whether a draft is on hold follows from its holds."""

    DRAFT = "draft", _("草稿")
    SEALED = "sealed", _("已定稿")
    ISSUED = "issued", _("已印发")
    SERVED = "served", _("已送达")
    VOIDED = "voided", _("已作废")


CURRENT_LIVES = (DocumentLife.DRAFT, DocumentLife.SEALED, DocumentLife.ISSUED, DocumentLife.SERVED)


class DocumentScopedQuerySet(VisibleQuerySet[M]):
    """Rows of documents; `document_path` leads from a row to the document."""

    document_path = ""

    def visible_to(self, actor: Actor) -> Self:
        """Rows of organs within the actor's scopes; a post that only administers gives no right to content."""
        if actor.is_system:
            return self
        if actor.is_stranger or actor.posts <= {"administrator"}:
            return self.none()
        prefix = f"{self.document_path}__" if self.document_path else ""
        return self.filter(
            in_scopes(actor, territory_path=f"{prefix}organ__territory__path", organ=f"{prefix}organ_id")
        )


class DocumentQuerySet(DocumentScopedQuerySet["Document"]):
    """Documents."""

    def of(self, *subjects: str) -> Self:
        """Documents of one or several matters: a case also carries what hung on its lead."""
        return self.filter(subject__in=subjects)

    def for_party(self, party: str) -> Self:
        """Documents addressed to one party, and those that concern all parties."""
        return self.filter(party__in=("", party))

    def current(self) -> Self:
        """Everything but voided documents."""
        return self.exclude(life=DocumentLife.VOIDED)


class Document(VersionedModel):
    """文书: one paper of a matter, made from a dated version of its definition.

    `digest` covers the whole text; `substance_digest` covers party, facts, evidence, basis, kind, amount and manner, and
    is what holds are released for. `subject` and `party` are opaque keys of higher domains.
    """

    key = models.CharField(_("文书种类"), max_length=60)
    title = models.CharField(_("名称"), max_length=100)
    form_version = models.CharField(_("格式版本"), max_length=20)
    form_digest = models.CharField(_("格式校验值"), max_length=64)
    organ = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name=_("机关"))
    subject = models.CharField(_("所属事项"), max_length=80)
    party = models.CharField(_("当事人"), max_length=80, blank=True)
    fields = models.JSONField(_("栏目"), default=dict)
    digest = models.CharField(_("文本校验值"), max_length=64)
    substance_digest = models.CharField(_("实质内容校验值"), max_length=64)
    letterhead = models.CharField(_("版头"), max_length=12, default="red")
    life = models.CharField(_("状态"), max_length=8, choices=DocumentLife, default=DocumentLife.DRAFT)
    number = models.CharField(_("文号"), max_length=80, blank=True)
    taken_number = models.OneToOneField(
        TakenNumber, null=True, on_delete=models.PROTECT, related_name="document", verbose_name=_("所取文号")
    )
    dated = models.DateField(_("落款日期"), null=True)
    drafted_by = models.CharField(_("起草人"), max_length=64)
    drafted_by_account = models.BigIntegerField(null=True)
    drafted_at = models.DateTimeField(_("起草时间"))
    sealed_at = models.DateTimeField(_("定稿时间"), null=True)
    issued_at = models.DateTimeField(_("印发时间"), null=True)
    served_on = models.DateField(_("送达日期"), null=True)
    voided_at = models.DateTimeField(_("作废时间"), null=True)
    void_reason = models.CharField(_("作废原因"), max_length=200, blank=True)
    replaces = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="replaced_by", verbose_name=_("替代文书")
    )
    pdf = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")
    page_images = models.JSONField(_("页面"), default=list)
    zones = models.JSONField(_("留白区域"), default=list)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        app_label = "documents"
        verbose_name = _("文书")
        verbose_name_plural = _("文书")
        ordering = ["id"]
        indexes = [
            models.Index(fields=["subject", "id"], name="document_subject"),
            models.Index(fields=["organ", "-id"], name="document_organ"),
            models.Index(fields=["key", "life", "id"], name="document_kind"),
            models.Index(fields=["key", "form_version"], condition=Q(life="draft"), name="document_drafts"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["organ", "number"], condition=~Q(number=""), name="document_number_once"),
            models.CheckConstraint(
                condition=Q(voided_at=None) | ~Q(void_reason=""), name="voided_document_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(sealed_at=None, life__in=("draft", "voided")) | Q(sealed_at__isnull=False),
                name="document_beyond_draft_is_sealed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}".strip()

    @property
    def mark(self) -> str:
        """The id in the code on each page."""
        return f"{self.pk:08X}" if self.pk else ""

    @property
    def sealed(self) -> bool:
        """Whether the text is final."""
        return self.sealed_at is not None


class DocumentRevision(AppendOnlyModel):
    """文书修改记录: each text that a draft had, and who wrote it."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="revisions")
    sequence = models.PositiveIntegerField(_("次序"))
    fields = models.JSONField(_("栏目"), default=dict)
    digest = models.CharField(max_length=64)
    substance_digest = models.CharField(max_length=64)
    written_by = models.CharField(_("修改人"), max_length=64)
    written_at = models.DateTimeField(_("修改时间"))
    reason = models.CharField(_("修改说明"), max_length=200, blank=True)

    class Meta:
        app_label = "documents"
        verbose_name = _("文书修改记录")
        verbose_name_plural = _("文书修改记录")
        ordering = ["document_id", "sequence"]
        constraints = [models.UniqueConstraint(fields=["document", "sequence"], name="revision_once")]

    def __str__(self) -> str:
        return f"{self.document} {self.sequence}"


class Hold(models.Model):
    """待完成事项: what must be done for exactly this substance before the document may be sealed."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="holds")
    kind = models.CharField(_("事项"), max_length=40)
    label = models.CharField(_("名称"), max_length=60)
    basis = models.JSONField(_("依据"), default=list)

    class Meta:
        app_label = "documents"
        verbose_name = _("待完成事项")
        verbose_name_plural = _("待完成事项")
        ordering = ["document_id", "id"]
        constraints = [models.UniqueConstraint(fields=["document", "kind"], name="one_hold_of_a_kind")]

    def __str__(self) -> str:
        return self.label


class HoldRelease(AppendOnlyModel):
    """事项办结: one hold released, or taken back, for one substance. The newest row of a hold and digest counts."""

    OUTCOMES = [("passed", _("通过")), ("not_needed", _("不需要")), ("withdrawn", _("撤回"))]

    hold = models.ForeignKey(Hold, on_delete=models.PROTECT, related_name="releases")
    digest = models.CharField(_("对应实质内容"), max_length=64)
    outcome = models.CharField(_("结论"), max_length=12, choices=OUTCOMES)
    reason = models.CharField(_("说明"), max_length=500, blank=True)
    source = models.CharField(_("来源记录"), max_length=80, blank=True)
    released_by = models.CharField(_("办理人"), max_length=64)
    released_at = models.DateTimeField(_("办理时间"))

    class Meta:
        app_label = "documents"
        verbose_name = _("事项办结")
        verbose_name_plural = _("事项办结")
        ordering = ["hold_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="passed") | ~Q(reason=""), name="other_outcome_has_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.hold} {self.outcome}"


class DocumentAttachment(AppendOnlyModel):
    """文书附件: a file that belongs to a document."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="attachments")
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(_("名称"), max_length=200)
    attached_by = models.CharField(_("上传人"), max_length=64)
    attached_at = models.DateTimeField(_("上传时间"))

    class Meta:
        app_label = "documents"
        verbose_name = _("文书附件")
        verbose_name_plural = _("文书附件")
        ordering = ["document_id", "id"]

    def __str__(self) -> str:
        return self.name
