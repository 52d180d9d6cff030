"""People: who works where, which posts they hold on which days, duty, and notes on conduct."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dayu.core.records import AppendOnlyModel, VersionedModel
from dayu.org.models.organisations import Agency, OrgUnit
from dayu.org.models.visibility import AgencyScopedQuerySet, PersonScopedQuerySet


class PostKey(models.TextChoices):
    """What a post lets its holder do; each domain's policies name these keys."""

    HANDLER = "handler", _("承办人")
    UNIT_HEAD = "unit_head", _("承办机构负责人")
    AGENCY_HEAD = "agency_head", _("机关负责人")
    DEPUTY_HEAD = "deputy_head", _("机关副职负责人")
    LEGAL_REVIEWER = "legal_reviewer", _("法制审核人员")
    REVIEW_HEAD = "review_head", _("法制审核机构负责人")
    HEARING_PRESIDER = "hearing_presider", _("听证主持人")
    REGISTRAR = "registrar", _("线索登记")
    ARCHIVIST = "archivist", _("档案管理")
    DISCLOSURE_OFFICER = "disclosure_officer", _("公示员")
    FINE_CLERK = "fine_clerk", _("罚款对账")
    SUPERVISOR = "supervisor", _("执法监督")
    ADMINISTRATOR = "administrator", _("管理员")


POST_NAMES: Mapping[str, str | Promise] = {post.value: post.label for post in PostKey}


def post_name(key: str) -> str:
    """A post in words: 承办人, 机关负责人; an unknown key as it is."""
    return str(POST_NAMES.get(key, key))


class Person(VersionedModel):
    """人员: somebody who works for an agency. One account signs in for one person."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="person",
        verbose_name=_("账号"),
    )
    name = models.CharField(_("姓名"), max_length=40)
    staff_no = models.CharField(_("工号"), max_length=30, blank=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="people", verbose_name=_("单位"))
    unit = models.ForeignKey(
        OrgUnit, null=True, blank=True, on_delete=models.PROTECT, related_name="people", verbose_name=_("内设机构")
    )
    title = models.CharField(_("职务"), max_length=60, blank=True)
    phone = models.CharField(_("手机号"), max_length=20, blank=True)
    must_wear_uniform = models.BooleanField(_("应着执法服装"), default=False)
    uniform_issued_on = models.DateField(_("服装发放日"), null=True, blank=True)
    badge_no = models.CharField(_("胸徽号"), max_length=30, blank=True)
    joined_on = models.DateField(_("到岗"), null=True, blank=True)
    left_on = models.DateField(_("离岗"), null=True, blank=True)
    left_reason = models.CharField(_("离岗原因"), max_length=100, blank=True)

    objects = AgencyScopedQuerySet["Person"].as_manager()

    class Meta:
        verbose_name = _("人员")
        verbose_name_plural = _("人员")
        ordering = ["agency_id", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["agency", "staff_no"], condition=~Q(staff_no=""), name="staff_no_once_in_an_agency"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The page of the person."""
        return reverse("org:person", args=[self.pk])


class Post(models.Model):
    """岗位: a place in an agency (often in one unit) from which a key of powers follows."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="posts", verbose_name=_("单位"))
    unit = models.ForeignKey(
        OrgUnit, null=True, blank=True, on_delete=models.PROTECT, related_name="posts", verbose_name=_("内设机构")
    )
    key = models.CharField(_("岗位类别"), max_length=24, choices=PostKey.choices)
    title = models.CharField(_("岗位名称"), max_length=60, blank=True)
    sees_territory = models.BooleanField(_("可查看本地区各单位"), default=False)

    objects = AgencyScopedQuerySet["Post"].as_manager()

    class Meta:
        verbose_name = _("岗位")
        verbose_name_plural = _("岗位")
        ordering = ["agency_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "key"], name="one_post_of_a_key_in_a_unit"),
            models.UniqueConstraint(
                fields=["agency", "key"], condition=Q(unit=None), name="one_post_of_a_key_in_an_agency"
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.get_key_display())


class PostHolding(models.Model):
    """任职: a person in a post between two days. A deputy's holding names the person deputised for."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="holdings", verbose_name=_("人员"))
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="holdings", verbose_name=_("岗位"))
    deputises_for = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="deputies", verbose_name=_("代理对象")
    )
    valid_from = models.DateField(_("起始日"))
    valid_until = models.DateField(_("最后一日"), null=True, blank=True)
    basis = models.CharField(_("任命依据"), max_length=200, blank=True)
    end_reason = models.CharField(_("结束原因"), max_length=100, blank=True)

    objects = PersonScopedQuerySet["PostHolding"].as_manager()

    class Meta:
        verbose_name = _("任职记录")
        verbose_name_plural = _("任职记录")
        ordering = ["person_id", "valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")) | Q(end_reason__gt=""),
                name="holding_dates_in_order",
            )
        ]
        indexes = [models.Index(fields=["person", "valid_from"], name="holding_person")]

    def __str__(self) -> str:
        return f"{self.person} {self.post}"


class DutyShift(models.Model):
    """值班: who is on duty on a day, and who approves in place of the head."""

    ROLES = [("on_duty", _("值班")), ("deputy_approver", _("代批负责人"))]

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="shifts", verbose_name=_("单位"))
    day = models.DateField(_("日期"))
    role = models.CharField(_("任务"), max_length=16, choices=ROLES)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="shifts", verbose_name=_("人员"))

    objects = AgencyScopedQuerySet["DutyShift"].as_manager()

    class Meta:
        verbose_name = _("值班安排")
        verbose_name_plural = _("值班安排")
        ordering = ["agency_id", "day", "role"]
        constraints = [models.UniqueConstraint(fields=["agency", "day", "role", "person"], name="on_duty_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.person}"


class ConductNote(AppendOnlyModel):
    """平时考核记录: a note on conduct, ethics or a commendation. Never changed; a correction is a further note."""

    KINDS = [
        ("commendation", _("表扬")),
        ("reminder", _("提醒")),
        ("criticism", _("批评")),
        ("complaint", _("投诉")),
        ("correction", _("更正")),
    ]

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="conduct_notes", verbose_name=_("人员"))
    kind = models.CharField(_("类别"), max_length=14, choices=KINDS)
    text = models.TextField(_("内容"))
    noted_on = models.DateField(_("日期"))
    noted_by = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("记录人")
    )

    objects = PersonScopedQuerySet["ConductNote"].as_manager()

    class Meta:
        verbose_name = _("平时考核记录")
        verbose_name_plural = _("平时考核记录")
        ordering = ["person_id", "-noted_on", "-id"]

    def __str__(self) -> str:
        return f"{self.person} {self.get_kind_display()}"
