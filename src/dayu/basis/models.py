"""Statutes with editions and articles, citations of articles by records, and values that territories set."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dayu.core.actors import Actor
from dayu.core.records import AppendOnlyModel, VisibleQuerySet
from dayu.core.territories import in_scopes


class Statute(models.Model):
    """依据: a law, regulation or rule. `key` is the rulebook's key where the rulebook knows it."""

    LEVELS = [
        ("law", _("法律")),
        ("administrative-regulation", _("行政法规")),
        ("ministry-rule", _("部门规章")),
        ("local-regulation", _("地方性法规")),
        ("local-rule", _("地方政府规章")),
        ("interpretation", _("司法解释")),
        ("policy", _("规范性文件")),
    ]

    key = models.CharField(_("代号"), max_length=60, unique=True)
    name = models.CharField(_("名称"), max_length=200)
    short_name = models.CharField(_("简称"), max_length=80)
    level = models.CharField(_("效力级别"), max_length=30, choices=LEVELS)
    issuer = models.CharField(_("制定机关"), max_length=120, blank=True)
    territory = models.ForeignKey(
        "core.Territory", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("适用地域")
    )

    class Meta:
        verbose_name = _("依据")
        verbose_name_plural = _("依据")
        ordering = ["level", "name"]

    def __str__(self) -> str:
        return self.name


class Edition(models.Model):
    """版本: the text of a statute between two days, as imported from an official file."""

    statute = models.ForeignKey(Statute, on_delete=models.PROTECT, related_name="editions")
    edition = models.CharField(_("版本"), max_length=10, help_text=_("公布日期，例如 2021-01-22"))
    in_force_from = models.DateField(_("施行日"))
    in_force_until = models.DateField(_("最后有效日"), null=True, blank=True)
    source = models.ForeignKey(
        "core.StoredFile", null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("来源文件")
    )
    imported_at = models.DateTimeField(_("导入时间"))

    class Meta:
        verbose_name = _("依据版本")
        verbose_name_plural = _("依据版本")
        ordering = ["statute_id", "in_force_from"]
        constraints = [
            models.UniqueConstraint(fields=["statute", "edition"], name="one_text_for_an_edition"),
            models.CheckConstraint(
                condition=Q(in_force_until=None) | Q(in_force_until__gte=F("in_force_from")),
                name="edition_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statute.short_name}({self.edition})"

    def get_absolute_url(self) -> str:
        """The page of the edition."""
        return reverse("basis:edition", args=[self.pk])


class Article(AppendOnlyModel):
    """条文: one article of an edition. `paragraphs` is `[{"text": …, "items": [...]}]`."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="articles")
    number = models.PositiveSmallIntegerField(_("条"))
    chapter = models.CharField(_("章节"), max_length=120, blank=True)
    paragraphs = models.JSONField(_("款项"), default=list)

    class Meta:
        verbose_name = _("条文")
        verbose_name_plural = _("条文")
        ordering = ["edition_id", "number"]
        constraints = [models.UniqueConstraint(fields=["edition", "number"], name="one_article_of_a_number")]

    def __str__(self) -> str:
        return f"{self.edition} {self.number}"

    @property
    def text(self) -> str:
        """All paragraphs and items, one a line."""
        lines: list[str] = []
        for paragraph in self.paragraphs:
            lines += [paragraph["text"], *paragraph["items"]]
        return "\n".join(lines)

    def part(self, paragraph: int | None, item: int | None = None) -> str:
        """One paragraph (款) with its items, or one item (项); empty where there is none."""
        if paragraph is None and item is None:
            return self.text
        rows: list[dict[str, Any]] = self.paragraphs
        row = rows[(paragraph or 1) - 1] if 0 < (paragraph or 1) <= len(rows) else None
        if row is None:
            return ""
        if item is None:
            return "\n".join([row["text"], *row["items"]])
        return str(row["items"][item - 1]) if 0 < item <= len(row["items"]) else ""


class CitationQuerySet(VisibleQuerySet["Citation"]):
    """Citations that an actor may see."""

    def visible_to(self, actor: Actor) -> Self:
        """Those of the nation's rules, and those of records of organs within the actor's scopes."""
        if actor.is_system:
            return self
        if actor.is_stranger:
            return self.none()
        return self.filter(Q(territory=None) | in_scopes(actor, territory_path="territory__path", organ="organ_id"))


class Citation(models.Model):
    """援引: a record that cites an article, so that a change of the article finds what rests on it.

    `subject` is the record's key (`powers.enforcementitem:3`); the library does not know the record.
    """

    law = models.CharField(_("依据代号"), max_length=60)
    edition = models.CharField(_("版本"), max_length=10, blank=True)
    article = models.PositiveSmallIntegerField(_("条"), null=True)
    paragraph = models.PositiveSmallIntegerField(_("款"), null=True)
    item = models.PositiveSmallIntegerField(_("项"), null=True)
    subject = models.CharField(_("援引对象"), max_length=80)
    label = models.CharField(_("说明"), max_length=200, blank=True)
    organ_id = models.BigIntegerField(_("机构"), null=True)
    territory = models.ForeignKey("core.Territory", null=True, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField(_("登记时间"))

    objects = CitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("援引")
        verbose_name_plural = _("援引")
        ordering = ["law", "article", "id"]
        indexes = [
            models.Index(fields=["law", "article"], name="citation_article"),
            models.Index(fields=["subject"], name="citation_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.law} {self.article} <- {self.subject}"


class ProfileValue(models.Model):
    """地区规则: a value that a territory sets for a parameter between two days.

    A published value never changes; a new one begins and the old one ends.
    """

    territory = models.ForeignKey(
        "core.Territory", on_delete=models.PROTECT, related_name="profile_values", verbose_name=_("地区")
    )
    key = models.CharField(_("参数"), max_length=60)
    value = models.JSONField(_("取值"))
    clause = models.CharField(_("依据条款"), max_length=300)
    confirmation = models.CharField(_("核实情况"), max_length=1)
    valid_from = models.DateField(_("启用"))
    valid_until = models.DateField(_("最后有效日"), null=True, blank=True)
    entered_at = models.DateTimeField(_("录入时间"))
    entered_by = models.CharField(_("录入人"), max_length=64)

    class Meta:
        verbose_name = _("地区规则")
        verbose_name_plural = _("地区规则")
        ordering = ["territory_id", "key", "valid_from"]
        constraints = [models.UniqueConstraint(fields=["territory", "key", "valid_from"], name="one_value_from_a_day")]

    def __str__(self) -> str:
        return f"{self.territory_id} {self.key}"


class ChangeImpactQuerySet(VisibleQuerySet["ChangeImpact"]):
    """What a change of law touches, as far as an actor may see it."""

    def visible_to(self, actor: Actor) -> Self:
        """The nation's rules for everybody signed in, records of organs within the actor's scopes."""
        if actor.is_system:
            return self
        if actor.is_stranger:
            return self.none()
        return self.filter(Q(territory=None) | in_scopes(actor, territory_path="territory__path", organ="organ_id"))

    def open(self) -> Self:
        """Those that nobody has settled."""
        return self.filter(settled_at=None)

    def freezing(self, on: Any) -> Self:
        """Unsettled on or after the day from which the change counts."""
        return self.open().filter(freezes_on__lte=on)


class ChangeImpact(models.Model):
    """待调整事项: one record that rests on an article which a new edition changed or which lapsed.

    Whoever answers for it settles it before `freezes_on`; from that day on an unsettled item is frozen (POW-02).
    """

    OUTCOMES = [
        ("kept", _("经核对，不需调整")),
        ("adjusted", _("已调整")),
        ("ended", _("已取消")),
    ]

    law = models.CharField(_("依据代号"), max_length=60)
    edition = models.ForeignKey(
        Edition, null=True, on_delete=models.PROTECT, related_name="impacts", verbose_name=_("新版本")
    )
    article = models.PositiveSmallIntegerField(_("原条文"), null=True)
    new_article = models.PositiveSmallIntegerField(_("新条文"), null=True)
    kind = models.CharField(_("种类"), max_length=40)
    subject = models.CharField(_("对象"), max_length=120)
    label = models.CharField(_("名称"), max_length=200)
    organ_id = models.BigIntegerField(_("机构"), null=True)
    territory = models.ForeignKey("core.Territory", null=True, on_delete=models.PROTECT, related_name="+")
    found_at = models.DateTimeField(_("发现时间"))
    freezes_on = models.DateField(_("变更施行日"))
    settled_at = models.DateTimeField(_("处理时间"), null=True)
    settled_by = models.CharField(_("处理人"), max_length=64, blank=True)
    outcome = models.CharField(_("处理结果"), max_length=10, choices=OUTCOMES, blank=True)
    reason = models.CharField(_("处理说明"), max_length=500, blank=True)

    objects = ChangeImpactQuerySet.as_manager()

    class Meta:
        verbose_name = _("待调整事项")
        verbose_name_plural = _("待调整事项")
        ordering = ["freezes_on", "kind", "id"]
        indexes = [
            models.Index(fields=["subject", "settled_at"], name="impact_subject"),
            models.Index(fields=["settled_at", "freezes_on"], name="impact_open"),
        ]

    def __str__(self) -> str:
        return f"{self.law} {self.article} -> {self.subject}"
