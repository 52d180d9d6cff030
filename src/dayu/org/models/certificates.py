"""Enforcement certificates with suspensions and yearly checks, and other dated qualifications of a person."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dayu.core.records import VersionedModel
from dayu.org.models.people import Person
from dayu.org.models.visibility import PersonScopedQuerySet


class EnforcementCertificate(VersionedModel):
    """行政执法证件: lets its holder enforce, for certain matters in a certain region, until a day.

    Its standing is never typed: it follows from validity, suspensions, yearly checks and revocation, so that any past
    day can be judged. `filed_with` names the province where a certificate issued elsewhere was filed (经备案).
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="certificates", verbose_name=_("持证人"))
    number = models.CharField(_("证号"), max_length=40, unique=True)
    issuing_authority = models.CharField(_("发证机关"), max_length=100)
    issued_in = models.ForeignKey(
        "core.Territory", on_delete=models.PROTECT, related_name="+", verbose_name=_("发证机关所在地区")
    )
    filed_with = models.ForeignKey(
        "core.Territory", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("备案地区")
    )
    matters = models.JSONField(_("执法领域"), default=list, help_text=_("空表示不限领域"))
    region = models.ForeignKey("core.Territory", on_delete=models.PROTECT, related_name="+", verbose_name=_("执法区域"))
    valid_from = models.DateField(_("有效期起"))
    valid_until = models.DateField(_("有效期止"))
    revoked_on = models.DateField(_("收回、注销日"), null=True, blank=True)
    revoked_reason = models.CharField(_("收回、注销原因"), max_length=200, blank=True)

    objects = PersonScopedQuerySet["EnforcementCertificate"].as_manager()

    class Meta:
        verbose_name = _("执法证件")
        verbose_name_plural = _("执法证件")
        ordering = ["valid_until", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(valid_until__gte=F("valid_from")), name="certificate_dates_in_order")
        ]

    def __str__(self) -> str:
        return self.number

    def standing_on(self, day: date) -> str:
        """`valid`, `not_yet`, `expired`, `suspended`, `revoked` or `check_failed` on `day`."""
        if self.revoked_on is not None and self.revoked_on <= day:
            return "revoked"
        if day < self.valid_from:
            return "not_yet"
        if day > self.valid_until:
            return "expired"
        if any(s.from_on <= day and (s.until_on is None or day <= s.until_on) for s in self.suspensions.all()):
            return "suspended"
        checks = [c for c in self.checks.all() if c.checked_on <= day]
        if checks and not max(checks, key=lambda c: (c.checked_on, c.pk)).passed:
            return "check_failed"
        return "valid"


STANDINGS = {
    "valid": _("有效"),
    "not_yet": _("尚未生效"),
    "expired": _("已过期"),
    "suspended": _("已暂扣"),
    "revoked": _("已收回或注销"),
    "check_failed": _("年检未通过"),
}


class CertificateSuspension(models.Model):
    """证件暂扣: days on which a certificate does not count."""

    certificate = models.ForeignKey(EnforcementCertificate, on_delete=models.PROTECT, related_name="suspensions")
    from_on = models.DateField(_("暂扣起"))
    until_on = models.DateField(_("暂扣最后一日"), null=True, blank=True)
    reason = models.CharField(_("原因"), max_length=200)

    class Meta:
        verbose_name = _("证件暂扣")
        verbose_name_plural = _("证件暂扣")
        ordering = ["certificate_id", "from_on"]

    def __str__(self) -> str:
        return f"{self.certificate} {self.from_on}"


class CertificateCheck(models.Model):
    """证件年检: the yearly check and its result."""

    certificate = models.ForeignKey(EnforcementCertificate, on_delete=models.PROTECT, related_name="checks")
    year = models.PositiveSmallIntegerField(_("年度"))
    checked_on = models.DateField(_("年检日"))
    passed = models.BooleanField(_("通过"))
    remark = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("证件年检")
        verbose_name_plural = _("证件年检")
        ordering = ["certificate_id", "checked_on", "id"]

    def __str__(self) -> str:
        return f"{self.certificate} {self.year}"


class CertificateAlert(models.Model):
    """证件到期提醒: one alert that went out, so that each window alerts once."""

    certificate = models.ForeignKey(EnforcementCertificate, on_delete=models.PROTECT, related_name="alerts")
    valid_until = models.DateField(_("有效期止"))
    alert_days = models.PositiveSmallIntegerField(_("提前天数"))
    alerted_on = models.DateField(_("提醒日"))

    class Meta:
        verbose_name = _("证件到期提醒")
        verbose_name_plural = _("证件到期提醒")
        constraints = [
            models.UniqueConstraint(fields=["certificate", "valid_until", "alert_days"], name="alerted_once_a_window")
        ]

    def __str__(self) -> str:
        return f"{self.certificate} {self.alert_days}"


class Qualification(models.Model):
    """资格: a dated qualification such as the legal profession, hearing presider or archivist training."""

    KINDS = [
        ("legal_profession", _("法律职业资格")),
        ("legal_review", _("法制审核资格")),
        ("hearing_presider", _("听证主持资格")),
        ("recorder", _("音像记录操作")),
        ("archives", _("档案专业")),
        ("other", _("其他")),
    ]

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="qualifications", verbose_name=_("人员"))
    kind = models.CharField(_("类别"), max_length=20, choices=KINDS)
    number = models.CharField(_("证书编号"), max_length=40, blank=True)
    issued_by = models.CharField(_("颁发机关"), max_length=100, blank=True)
    valid_from = models.DateField(_("取得日"))
    valid_until = models.DateField(_("有效期止"), null=True, blank=True)

    objects = PersonScopedQuerySet["Qualification"].as_manager()

    class Meta:
        verbose_name = _("资格")
        verbose_name_plural = _("资格")
        ordering = ["person_id", "kind", "valid_from"]

    def __str__(self) -> str:
        return f"{self.person} {self.get_kind_display()}"
