"""Dossiers (案卷): one for each case, its parts in order, its bound volumes, and what was added after archiving."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dayu.cases.models import Case
from dayu.core.actors import Actor
from dayu.core.files import StoredFile
from dayu.core.records import AppendOnlyModel, VersionedModel, VisibleQuerySet
from dayu.core.territories import in_scopes
from dayu.org.models import Agency


class DossierQuerySet(VisibleQuerySet["Dossier"]):
    """Dossiers."""

    def visible_to(self, actor: Actor) -> Self:
        """People of the organ and of what oversees it; administering gives no right to content."""
        if actor.is_system:
            return self
        if actor.is_stranger or actor.posts <= {"administrator"}:
            return self.none()
        return self.filter(in_scopes(actor, territory_path="organ__territory__path", organ="organ_id"))


class Dossier(VersionedModel):
    """案卷: compiled as often as wanted until it is archived; from then on only sheets are added, each with its reason."""

    MODES = [("single", _("一卷")), ("main_and_secondary", _("正卷、副卷"))]

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="dossier", verbose_name=_("案件"))
    organ = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name=_("机关"))
    kind = models.CharField(_("案卷类型"), max_length=30, default="ordinary_penalty")
    title = models.CharField(_("案卷题名"), max_length=200)
    mode = models.CharField(_("分卷"), max_length=20, choices=MODES, default="main_and_secondary")
    retention = models.CharField(_("保管期限"), max_length=10, blank=True)
    archive_no = models.CharField(_("归档号"), max_length=20, blank=True)
    fonds_no = models.CharField(_("全宗号"), max_length=20, blank=True)
    catalogue_no = models.CharField(_("目录号"), max_length=20, blank=True)
    file_no = models.CharField(_("案卷号"), max_length=20, blank=True)
    remark = models.TextField(_("情况说明"), blank=True)
    compiled_by = models.CharField(_("立卷人"), max_length=64)
    compiled_at = models.DateTimeField(_("立卷时间"))
    checked_by = models.CharField(_("检查人"), max_length=64, blank=True)
    archived_at = models.DateTimeField(_("归档时间"), null=True, blank=True)
    archived_by = models.CharField(_("归档人"), max_length=64, blank=True)
    digest = models.CharField(_("案卷校验值"), max_length=64, blank=True)

    objects = DossierQuerySet.as_manager()

    class Meta:
        app_label = "dossiers"
        verbose_name = _("案卷")
        verbose_name_plural = _("案卷")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["organ", "archive_no"], condition=~Q(archive_no=""), name="archive_no_once"
            ),
            models.CheckConstraint(
                condition=Q(archived_at=None) | (~Q(archive_no="") & ~Q(digest="") & ~Q(retention="")),
                name="archived_dossier_is_complete",
            ),
        ]
        indexes = [models.Index(fields=["organ", "archived_at", "-id"], name="dossier_organ")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("dossiers:dossier", args=[self.pk])

    @property
    def is_archived(self) -> bool:
        """Whether it may no longer be changed."""
        return self.archived_at is not None


class DossierPart(VersionedModel):
    """卷内文件: one piece in its place. `source` is the key of what it is made from; pages are those of its volume."""

    VOLUMES = [("main", _("正卷")), ("secondary", _("副卷"))]

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="parts")
    volume = models.CharField(_("卷别"), max_length=10, choices=VOLUMES)
    position = models.PositiveIntegerField(_("序号"))
    source = models.CharField(_("来源"), max_length=120)
    key = models.CharField(_("种类"), max_length=40)
    title = models.CharField(_("题名"), max_length=200)
    document_no = models.CharField(_("文号"), max_length=80, blank=True)
    responsible = models.CharField(_("责任者"), max_length=120, blank=True)
    dated = models.DateField(_("日期"), null=True, blank=True)
    first_page = models.PositiveIntegerField(_("起页"), null=True, blank=True)
    last_page = models.PositiveIntegerField(_("止页"), null=True, blank=True)
    remark = models.CharField(_("备注"), max_length=200, blank=True)
    generated = models.BooleanField(_("按记录生成"), default=False)
    arranged = models.BooleanField(_("人工调整"), default=False)
    left_out_reason = models.CharField(_("不入卷的理由"), max_length=200, blank=True)

    class Meta:
        app_label = "dossiers"
        verbose_name = _("卷内文件")
        verbose_name_plural = _("卷内文件")
        ordering = ["dossier_id", "volume", "position"]
        constraints = [models.UniqueConstraint(fields=["dossier", "source"], name="dossier_part_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def pages(self) -> str:
        """As the index writes it: 10-12."""
        if self.first_page is None or self.last_page is None:
            return ""
        return str(self.first_page) if self.first_page == self.last_page else f"{self.first_page}-{self.last_page}"


class MissingExplained(AppendOnlyModel):
    """缺件说明: why a part that should be there is not. It stands in the closing note."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="explanations")
    key = models.CharField(_("缺少的材料"), max_length=120)
    title = models.CharField(_("名称"), max_length=200)
    reason = models.CharField(_("说明"), max_length=300)
    explained_by = models.CharField(_("说明人"), max_length=64)
    explained_at = models.DateTimeField(_("时间"))

    class Meta:
        app_label = "dossiers"
        verbose_name = _("缺件说明")
        verbose_name_plural = _("缺件说明")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["dossier", "key"], name="missing_part_explained_once")]

    def __str__(self) -> str:
        return self.title


class BoundVolume(AppendOnlyModel):
    """成卷文件: the merged PDF of one volume as it was archived."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="volumes")
    volume = models.CharField(_("卷别"), max_length=10, choices=DossierPart.VOLUMES)
    pdf = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("文件"))
    pieces = models.PositiveIntegerField(_("件数"))
    pages = models.PositiveIntegerField(_("页数"))
    bound_at = models.DateTimeField(_("成卷时间"))

    class Meta:
        app_label = "dossiers"
        verbose_name = _("成卷文件")
        verbose_name_plural = _("成卷文件")
        ordering = ["dossier_id", "volume"]
        constraints = [models.UniqueConstraint(fields=["dossier", "volume"], name="bound_volume_once")]

    def __str__(self) -> str:
        return f"{self.dossier} {self.get_volume_display()}"


class AddedSheet(AppendOnlyModel):
    """补充页: what came after archiving, with its reason. The archived volumes stay as they were."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="added_sheets")
    position = models.PositiveIntegerField(_("序号"))
    volume = models.CharField(_("卷别"), max_length=10, choices=DossierPart.VOLUMES)
    title = models.CharField(_("题名"), max_length=200)
    reason = models.CharField(_("补充理由"), max_length=300)
    pdf = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", verbose_name=_("文件"))
    pages = models.PositiveIntegerField(_("页数"))
    added_by = models.CharField(_("补充人"), max_length=64)
    added_at = models.DateTimeField(_("补充时间"))

    class Meta:
        app_label = "dossiers"
        verbose_name = _("补充页")
        verbose_name_plural = _("补充页")
        ordering = ["dossier_id", "position"]
        constraints = [models.UniqueConstraint(fields=["dossier", "position"], name="added_sheet_position_once")]

    def __str__(self) -> str:
        return self.title
