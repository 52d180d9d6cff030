"""Unified sets of forms (统一格式文书) of the ministry, a province or a city, and drafts that went over to another form."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dayu.core.records import AppendOnlyModel, VersionedModel
from dayu.core.territories import Territory
from dayu.documents.models.documents import Document
from dayu.documents.models.paper import PaperQuerySet


class FormIssuer(models.TextChoices):
    """Who may issue forms that bind others. A county or a bureau may not: what it makes itself is no unified form."""

    MINISTRY = "ministry", _("国务院部门统一")
    PROVINCE = "province", _("省级统一")
    CITY = "city", _("市级统一")


class FormSet(VersionedModel):
    """文书格式套: forms that hold in a territory from a day on. A later set takes the place of its forms by itself."""

    name = models.CharField(_("名称"), max_length=120)
    issuer = models.CharField(_("级别"), max_length=10, choices=FormIssuer)
    issued_by = models.CharField(_("发布机关"), max_length=120)
    source_document = models.CharField(_("发布文件"), max_length=200, blank=True)
    territory = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+", verbose_name=_("适用地区"))
    edition = models.CharField(_("版本"), max_length=13)
    valid_from = models.DateField(_("启用"))
    valid_until = models.DateField(_("最后有效日"), null=True)
    entered_by = models.CharField(_("录入人"), max_length=64)
    entered_at = models.DateTimeField(_("录入时间"))
    end_reason = models.CharField(_("停用依据"), max_length=200, blank=True)

    class Meta:
        app_label = "documents"
        verbose_name = _("文书格式套")
        verbose_name_plural = _("文书格式套")
        ordering = ["territory_id", "-valid_from", "id"]
        constraints = [
            models.UniqueConstraint(fields=["territory", "edition"], name="form_set_edition_once"),
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")), name="form_set_days_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.edition}）"

    def get_absolute_url(self) -> str:
        """The page of the set."""
        return reverse("documents:form_set", args=[self.pk])

    @property
    def form_version(self) -> str:
        """The id of the versions of this set."""
        return f"{self.territory_id}-{self.edition}"


class FormVariant(AppendOnlyModel):
    """文书格式: one form of a set, as it was issued. `content` is a version as the rulebook writes them."""

    form_set = models.ForeignKey(FormSet, on_delete=models.PROTECT, related_name="variants")
    key = models.CharField(_("文书种类"), max_length=60)
    content = models.JSONField(_("格式内容"), default=dict)

    class Meta:
        app_label = "documents"
        verbose_name = _("文书格式")
        verbose_name_plural = _("文书格式")
        ordering = ["form_set_id", "id"]
        constraints = [models.UniqueConstraint(fields=["form_set", "key"], name="one_form_of_a_kind_in_a_set")]

    def __str__(self) -> str:
        return f"{self.form_set} {self.key}"


class FormMove(AppendOnlyModel):
    """换用格式: a draft went over to the form in force, and what that changed."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="form_moves")
    from_version = models.CharField(_("原格式"), max_length=20)
    to_version = models.CharField(_("现格式"), max_length=20)
    difference = models.JSONField(_("差别"), default=dict)
    moved_by = models.CharField(_("办理人"), max_length=64)
    moved_at = models.DateTimeField(_("换用时间"))

    objects = PaperQuerySet["FormMove"].as_manager()

    class Meta:
        app_label = "documents"
        verbose_name = _("换用格式")
        verbose_name_plural = _("换用格式")
        ordering = ["document_id", "id"]

    def __str__(self) -> str:
        return f"{self.document} {self.from_version} → {self.to_version}"
