"""Bodies and their offices: agencies with their names over time, internal units, and enforcement subjects."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dayu.core.records import VersionedModel
from dayu.org.models.visibility import AgencyQuerySet, AgencyScopedQuerySet


def valid_on(day: date) -> Q:
    """Rows whose `valid_from` and `valid_until` (last day, inclusive) hold `day`."""
    return (Q(valid_from=None) | Q(valid_from__lte=day)) & (Q(valid_until=None) | Q(valid_until__gte=day))


class Agency(VersionedModel):
    """机关/单位: a body with a territory and up to two parents, one in business and one in administration.

    `name` is the present name. Papers of a past day take `name_on(day)`.
    """

    KINDS = [
        ("government", _("人民政府")),
        ("corps", _("兵团、师、团场")),
        ("water_authority", _("水行政主管部门")),
        ("institution", _("事业单位")),
        ("supervision_brigade", _("水政监察队伍")),
        ("comprehensive_enforcement", _("综合行政执法机构")),
        ("township", _("乡镇人民政府（街道办事处）")),
        ("basin_authority", _("流域管理机构")),
        ("justice_department", _("司法行政部门")),
        ("chief_office", _("河长制办公室")),
        ("other_department", _("其他部门")),
    ]

    kind = models.CharField(_("类别"), max_length=30, choices=KINDS)
    territory = models.ForeignKey(
        "core.Territory", on_delete=models.PROTECT, related_name="agencies", verbose_name=_("地区")
    )
    name = models.CharField(_("名称"), max_length=100)
    short_name = models.CharField(_("简称"), max_length=40, blank=True)
    sign = models.CharField(_("机关代字"), max_length=20, blank=True, help_text=_("用于文号，例如“泽水”"))
    uscc = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    postcode = models.CharField(_("邮政编码"), max_length=10, blank=True)
    phone = models.CharField(_("电话"), max_length=40, blank=True)
    business_parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="business_children",
        verbose_name=_("业务上级"),
    )
    administrative_parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="administrative_children",
        verbose_name=_("行政上级"),
    )
    successor = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="predecessors",
        verbose_name=_("职权承继单位"),
    )
    valid_from = models.DateField(_("成立"), null=True, blank=True)
    valid_until = models.DateField(_("撤销前最后一日"), null=True, blank=True)

    objects = AgencyQuerySet["Agency"].as_manager()

    class Meta:
        verbose_name = _("机关单位")
        verbose_name_plural = _("机关单位")
        ordering = ["territory_id", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_from=None) | Q(valid_until__gte=F("valid_from")),
                name="agency_dates_in_order",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of the agency."""
        return reverse("org:agency", args=[self.pk])

    def name_on(self, day: date) -> str:
        """The name that the body bore on `day`: old cases keep the old name."""
        bore = [n for n in self.names.all() if n.valid_from is None or n.valid_from <= day]
        return max(bore, key=lambda n: n.valid_from or date.min).name if bore else self.name

    def exists_on(self, day: date) -> bool:
        """Whether the body existed on `day`."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


class AgencyName(models.Model):
    """机关曾用名: a name and the day from which it was borne."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="names")
    name = models.CharField(_("名称"), max_length=100)
    valid_from = models.DateField(_("启用"), null=True, blank=True)
    basis = models.CharField(_("依据"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("机关名称沿革")
        verbose_name_plural = _("机关名称沿革")
        ordering = ["agency_id", "valid_from"]
        constraints = [models.UniqueConstraint(fields=["agency", "valid_from"], name="one_name_from_a_day")]

    def __str__(self) -> str:
        return self.name


class OrgUnit(VersionedModel):
    """内设机构: an office within an agency. Only units with enforcement power start enforcement acts."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="units", verbose_name=_("所属机关"))
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    name = models.CharField(_("名称"), max_length=60)
    has_enforcement_power = models.BooleanField(_("有行政执法权"), default=False)
    enforcement_basis = models.CharField(_("执法权依据"), max_length=200, blank=True)
    valid_from = models.DateField(_("设立"), null=True, blank=True)
    valid_until = models.DateField(_("撤销前最后一日"), null=True, blank=True)

    objects = AgencyScopedQuerySet["OrgUnit"].as_manager()

    class Meta:
        verbose_name = _("内设机构")
        verbose_name_plural = _("内设机构")
        ordering = ["agency_id", "id"]

    def __str__(self) -> str:
        return self.name


class EnforcementSubject(VersionedModel):
    """执法主体: the organ in whose name enforcement is done.

    A statutory organ and an authorised organisation act in their own name; an entrusted body acts in the name of the
    organ that entrusted it, which is what its papers print.
    """

    KINDS = [
        ("statutory", _("法定行政机关")),
        ("authorised", _("法律法规授权组织")),
        ("entrusted", _("受委托组织")),
    ]

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="subjects", verbose_name=_("单位"))
    kind = models.CharField(_("主体类型"), max_length=12, choices=KINDS)
    entrusted_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="entrusted", verbose_name=_("委托机关")
    )
    basis = models.CharField(_("依据"), max_length=300)
    matters = models.JSONField(_("执法领域"), default=list, help_text=_("空表示依据所及的全部领域"))
    territory = models.ForeignKey(
        "core.Territory", on_delete=models.PROTECT, related_name="+", verbose_name=_("地域范围")
    )
    printed_name = models.CharField(_("文书署名"), max_length=100)
    official_seal_name = models.CharField(_("印章名称"), max_length=100, blank=True)
    official_seal = models.ForeignKey(
        "core.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("印章图样")
    )
    valid_from = models.DateField(_("起始日"))
    valid_until = models.DateField(_("最后一日"), null=True, blank=True)
    end_reason = models.CharField(_("终止原因"), max_length=200, blank=True)

    objects = AgencyScopedQuerySet["EnforcementSubject"].as_manager()

    class Meta:
        verbose_name = _("执法主体")
        verbose_name_plural = _("执法主体")
        ordering = ["agency_id", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(kind="entrusted") & Q(entrusted_by__isnull=False))
                | (~Q(kind="entrusted") & Q(entrusted_by__isnull=True)),
                name="entrusted_names_its_organ",
            )
        ]

    def __str__(self) -> str:
        return self.printed_name

    @property
    def name_on_paper(self) -> str:
        """The name that papers print: an entrusted body prints the organ that entrusted it."""
        return self.entrusted_by.name_on_paper if self.entrusted_by is not None else self.printed_name
