"""Evidence (证据): what it is, where it came from, its files, and whether it was found true, lawful and relevant."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dayu.core.files import StoredFile
from dayu.core.records import AppendOnlyModel, VersionedModel
from dayu.org.models import Agency, Person
from dayu.records.models.visibility import RecordQuerySet


class EvidenceKind(models.TextChoices):
    """证据种类: the eight kinds of 行政处罚法第四十六条, in its order."""

    DOCUMENT = "document", _("书证")
    OBJECT = "object", _("物证")
    AUDIOVISUAL = "audiovisual", _("视听资料")
    ELECTRONIC = "electronic", _("电子数据")
    TESTIMONY = "testimony", _("证人证言")
    PARTY_STATEMENT = "party_statement", _("当事人的陈述")
    EXPERT_OPINION = "expert_opinion", _("鉴定意见")
    SCENE_RECORD = "scene_record", _("勘验笔录、现场笔录")


class EvidenceForm(models.TextChoices):
    """证据形式: whether the thing itself was taken, or a copy or extract of it."""

    ORIGINAL = "original", _("原件（原物）")
    COPY = "copy", _("复制件")
    EXTRACT = "extract", _("节录本")
    PHOTO = "photo", _("照片")


class EvidenceQuerySet(RecordQuerySet["EvidenceItem"]):
    """Evidence."""

    def present(self) -> Self:
        """Evidence that was not withdrawn."""
        return self.filter(withdrawn_at=None)

    def with_check(self) -> Self:
        """With `checked_digest` and `checked_well` of the latest check, for lists."""
        latest = EvidenceCheck.objects.filter(item=OuterRef("pk")).order_by("-id")
        return self.annotate(
            checked_digest=Subquery(latest.values("digest")[:1]), checked_well=Subquery(latest.values("passed")[:1])
        )


class EvidenceItem(VersionedModel):
    """证据: one piece. `subject` is the matter it was taken for, as an opaque key; higher domains link it to their facts.

    Where it was taken by officers both are named; where somebody handed it in, `provided_by` says who. A copy says where
    the original is kept. Evidence is never deleted, only withdrawn with a reason.
    """

    subject = models.CharField(_("所属事项"), max_length=80, db_index=True)
    organ = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name=_("取证机关"))
    kind = models.CharField(_("证据种类"), max_length=20, choices=EvidenceKind.choices)
    name = models.CharField(_("名称"), max_length=120)
    description = models.TextField(_("内容摘要"), blank=True)
    proves = models.CharField(_("证明对象"), max_length=300, blank=True)
    form = models.CharField(_("形式"), max_length=10, choices=EvidenceForm.choices, default=EvidenceForm.ORIGINAL)
    original_kept_at = models.CharField(_("原件（原物）存放处"), max_length=200, blank=True)
    source = models.CharField(_("来源"), max_length=200)
    provided_by = models.CharField(_("提供人"), max_length=100, blank=True)
    taken_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("取证人")
    )
    second_taker = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("取证人（二）")
    )
    taken_at = models.DateTimeField(_("取证时间"))
    device_time = models.DateTimeField(_("设备时间"), null=True, blank=True)
    place = models.CharField(_("取证地点"), max_length=200, blank=True)
    latitude = models.FloatField(_("纬度"), null=True, blank=True)
    longitude = models.FloatField(_("经度"), null=True, blank=True)
    device = models.CharField(_("设备"), max_length=120, blank=True)
    extraction = models.TextField(
        _("提取过程"), blank=True, help_text=_("电子数据、通话录音、聊天记录：来源设备、提取方法、校验值")
    )
    quantity = models.CharField(_("数量"), max_length=60, blank=True)
    pages = models.PositiveIntegerField(_("页数"), default=0)
    is_sample = models.BooleanField(_("抽样取证"), default=False)
    business_secret = models.BooleanField(_("商业秘密"), default=False)
    entered_at = models.DateTimeField(_("录入时间"))
    entered_by = models.CharField(_("录入人"), max_length=64)
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("撤回原因"), max_length=200, blank=True)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        app_label = "records"
        verbose_name = _("证据")
        verbose_name_plural = _("证据")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(second_taker=None) | Q(taken_by__isnull=False), name="first_taker_first"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("records:evidence", args=[self.pk])

    @property
    def takers(self) -> list[Person]:
        """The officers who took it."""
        return [p for p in (self.taken_by, self.second_taker) if p is not None]


class EvidenceFile(AppendOnlyModel):
    """证据文件: one stored file of a piece of evidence, in its original bytes."""

    item = models.ForeignKey(EvidenceItem, on_delete=models.PROTECT, related_name="files", verbose_name=_("证据"))
    stored = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("文件"))
    name = models.CharField(_("文件名"), max_length=160)
    position = models.PositiveSmallIntegerField(_("顺序"))
    pages = models.PositiveIntegerField(_("页数"), default=0)
    recorded_from = models.DateTimeField(_("录制开始"), null=True, blank=True)
    recorded_until = models.DateTimeField(_("录制结束"), null=True, blank=True)

    class Meta:
        app_label = "records"
        verbose_name = _("证据文件")
        verbose_name_plural = _("证据文件")
        ordering = ["item_id", "position"]
        constraints = [models.UniqueConstraint(fields=["item", "position"], name="evidence_file_position_once")]

    def __str__(self) -> str:
        return self.name


class EvidenceCheck(AppendOnlyModel):
    """查证: whether a piece was found true, lawful and relevant, by whom, over which content. The latest one counts."""

    item = models.ForeignKey(EvidenceItem, on_delete=models.PROTECT, related_name="checks", verbose_name=_("证据"))
    is_true = models.BooleanField(_("真实"))
    is_lawful = models.BooleanField(_("合法"))
    is_relevant = models.BooleanField(_("关联"))
    passed = models.BooleanField(_("可采用"))
    remark = models.CharField(_("说明"), max_length=300, blank=True)
    checked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name=_("查证人"))
    checked_at = models.DateTimeField(_("查证时间"))
    digest = models.CharField(_("内容摘要值"), max_length=64)

    class Meta:
        app_label = "records"
        verbose_name = _("查证记录")
        verbose_name_plural = _("查证记录")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(passed=False) | Q(is_true=True, is_lawful=True, is_relevant=True),
                name="passed_means_all_three",
            )
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.checked_at:%Y-%m-%d}"


class EvidenceSupplement(AppendOnlyModel):
    """补充说明: a later note to a piece of evidence (补正、异议、重新鉴定), never a change of it."""

    item = models.ForeignKey(EvidenceItem, on_delete=models.PROTECT, related_name="supplements", verbose_name=_("证据"))
    text = models.TextField(_("内容"))
    added_by = models.CharField(_("补充人"), max_length=64)
    added_at = models.DateTimeField(_("时间"))

    class Meta:
        app_label = "records"
        verbose_name = _("证据补充说明")
        verbose_name_plural = _("证据补充说明")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:40]
