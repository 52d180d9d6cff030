"""The case (案件), the matters it grew from, and the officers who handle it."""

from __future__ import annotations

from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from dayu.core.actors import Actor
from dayu.core.records import VersionedModel, VisibleQuerySet
from dayu.core.territories import in_scopes
from dayu.org.models import Agency, OrgUnit, Person

M = TypeVar("M", bound=models.Model)


class CaseScopedQuerySet(VisibleQuerySet[M]):
    """Rows of cases; `case_path` leads from a row to its case."""

    case_path = ""

    def visible_to(self, actor: Actor) -> Self:
        """Cases of organs within the actor's scopes; a post that only administers sees no case."""
        if actor.is_system:
            return self
        if actor.is_stranger or actor.posts <= {"administrator"}:
            return self.none()
        prefix = f"{self.case_path}__" if self.case_path else ""
        return self.filter(in_scopes(actor, territory_path=f"{prefix}organ__territory__path", organ=f"{prefix}organ_id"))

    def in_sight_of(self, actor: Actor) -> Self:
        """The same rows as `visible_to`, for the newest few of very many. The organ is only compared with a list, never
        looked up (hence the expression), so that another index is read from its newest end, as far as the page shows."""
        if actor.is_system or actor.is_stranger or actor.posts <= {"administrator"}:
            return self.visible_to(actor)
        organs = Agency.objects.filter(in_scopes(actor, territory_path="territory__path", organ="pk")).order_by()
        prefix = f"{self.case_path}__" if self.case_path else ""
        return self.alias(organ_compared=Coalesce(f"{prefix}organ_id", 0)).filter(organ_compared__in=organs.values("pk"))


def rows_of(path: str) -> Any:
    """A manager for rows whose case lies at the end of `path`: they are seen with their case."""
    return type("RowsOfCaseQuerySet", (CaseScopedQuerySet,), {"case_path": path}).as_manager()


class CaseQuerySet(CaseScopedQuerySet["Case"]):
    """Cases."""

    def open(self) -> Self:
        """Cases that are neither closed nor ended."""
        return self.filter(closed_on=None, ended_on=None)

    def handled_by(self, person_id: int) -> Self:
        """Cases in which the person is a present officer."""
        return self.filter(officers__person_id=person_id, officers__until_on=None).distinct()


class CaseSource(models.TextChoices):
    """How the case came into the program."""

    APP = "app", _("系统办理")
    TAKEOVER = "takeover", _("接续办理")
    LEDGER = "ledger", _("旧台账导入")


class Case(VersionedModel):
    """处罚案件: one matter of an organ, with one or several parties.

    Its stage is what the procedure derives from its journal; `stage` and the dates beside it are kept answers, renewed
    with every entry. `facts` are the quantities that ranges and benchmarks ask for (`volume_m3`, `value_yuan` …).
    """

    organ = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="cases", verbose_name=_("承办机关"))
    unit = models.ForeignKey(
        OrgUnit, null=True, blank=True, on_delete=models.PROTECT, related_name="cases", verbose_name=_("承办机构")
    )
    case_no = models.CharField(_("案号"), max_length=60, blank=True)
    title = models.CharField(_("案由"), max_length=200)
    summary = models.TextField(_("案情"), blank=True)
    source_type = models.CharField(_("案件来源"), max_length=40, blank=True)
    violation = models.CharField(_("违法行为"), max_length=80, blank=True)
    facts = models.JSONField(_("裁量事实"), default=dict, blank=True)
    acted_from = models.CharField(_("行为开始"), max_length=10, blank=True, help_text=_("可以只写到月"))
    acted_to = models.CharField(_("行为终了"), max_length=10, blank=True)
    discovered_on = models.CharField(_("发现日期"), max_length=10, blank=True)
    place = models.CharField(_("地点"), max_length=200, blank=True)
    latitude = models.FloatField(_("纬度"), null=True, blank=True)
    longitude = models.FloatField(_("经度"), null=True, blank=True)
    reach = models.CharField(_("河段"), max_length=80, blank=True)
    procedure = models.CharField(_("程序"), max_length=30, default="ordinary_penalty")
    source = models.CharField(_("来源"), max_length=10, choices=CaseSource, default=CaseSource.APP)
    source_note = models.CharField(_("来源说明"), max_length=200, blank=True)
    opened_at = models.DateTimeField(_("建立时间"))
    opened_by = models.CharField(_("建立人"), max_length=64)
    stage = models.CharField(_("阶段"), max_length=20, default="lead")
    filed_on = models.DateField(_("立案日期"), null=True, blank=True)
    decided_on = models.DateField(_("决定日期"), null=True, blank=True)
    closed_on = models.DateField(_("结案日期"), null=True, blank=True)
    ended_on = models.DateField(_("终结日期"), null=True, blank=True)
    archived_on = models.DateField(_("归档日期"), null=True, blank=True)
    decision_due_on = models.DateField(_("办案期限"), null=True, blank=True)
    entries = models.PositiveIntegerField(_("经过条数"), default=0)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="absorbed", verbose_name=_("并入案件")
    )
    split_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="split_into", verbose_name=_("分自案件")
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        app_label = "cases"
        verbose_name = _("处罚案件")
        verbose_name_plural = _("处罚案件")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(fields=["organ", "case_no"], condition=~Q(case_no=""), name="case_no_once"),
        ]
        indexes = [
            models.Index(fields=["organ", "-id"], name="case_organ"),
            models.Index(fields=["organ", "stage", "-id"], name="case_stage"),
            models.Index(fields=["organ", "-filed_on", "-id"], name="case_filed"),
            models.Index(fields=["violation", "-id"], name="case_violation"),
            models.Index(fields=["organ", "stage"], condition=Q(closed_on=None, ended_on=None), name="case_open"),
        ]

    def __str__(self) -> str:
        return f"{self.case_no} {self.title}".strip()

    @property
    def territory_code(self) -> str:
        """The territory whose rules and calendar apply."""
        return str(self.organ.territory_id)

    @property
    def is_over(self) -> bool:
        """Whether nothing more is done in it but archiving and remedies."""
        return self.closed_on is not None or self.ended_on is not None


class CaseOrigin(models.Model):
    """案件由来: a matter (lead, inspection, absorbed case) whose papers, orders and evidence now belong to this case."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="origins")
    subject = models.CharField(_("事项"), max_length=80)
    title = models.CharField(_("名称"), max_length=200, blank=True)
    url = models.CharField(_("地址"), max_length=300, blank=True)
    joined_at = models.DateTimeField(_("并入时间"))

    objects = rows_of("case")

    class Meta:
        app_label = "cases"
        verbose_name = _("案件由来")
        verbose_name_plural = _("案件由来")
        constraints = [models.UniqueConstraint(fields=["case", "subject"], name="origin_once")]
        indexes = [models.Index(fields=["subject"], name="origin_subject")]

    def __str__(self) -> str:
        return self.title or self.subject


class CaseOfficerQuerySet(CaseScopedQuerySet["CaseOfficer"]):
    """Officers of cases; seen with the case."""

    case_path = "case"

    def present(self) -> Self:
        """Those who handle the case now, the recused among them."""
        return self.filter(until_on=None)


class CaseOfficer(models.Model):
    """办案人员: a person who handles the case between two days, and what he said about his own interest."""

    ROLES = [("lead", _("主办")), ("assist", _("协办"))]

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="officers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="case_roles", verbose_name=_("执法人员"))
    role = models.CharField(_("角色"), max_length=8, choices=ROLES, default="assist")
    from_on = models.DateField(_("起始日"))
    until_on = models.DateField(_("最后一日"), null=True, blank=True)
    interest_declared_at = models.DateTimeField(_("回避声明时间"), null=True, blank=True)
    interest = models.CharField(_("利害关系"), max_length=300, blank=True, help_text=_("空为声明没有利害关系"))
    recused_on = models.DateField(_("回避日期"), null=True, blank=True)

    objects = CaseOfficerQuerySet.as_manager()

    class Meta:
        app_label = "cases"
        verbose_name = _("办案人员")
        verbose_name_plural = _("办案人员")
        ordering = ["case_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["case", "person"], condition=Q(until_on=None), name="officer_once_in_a_case"),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")), name="officer_days_in_order"
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)
