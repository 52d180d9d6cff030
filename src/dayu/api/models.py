"""Personal tokens for programs, and files that programs brought."""

from __future__ import annotations

from datetime import date, datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dayu.core.actors import Actor
from dayu.core.records import AppendOnlyModel, VersionedModel, VisibleQuerySet


class ApiTokenQuerySet(VisibleQuerySet["ApiToken"]):
    """Tokens."""

    def visible_to(self, actor: Actor) -> Self:
        """Everybody sees the own tokens; nobody sees those of others."""
        if actor.is_system:
            return self
        return self.filter(account_id=actor.account_id) if actor.account_id is not None else self.none()


class ApiToken(VersionedModel):
    """接口令牌: lets a program act as a person, until a day. Only the digest of the secret is kept."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="api_tokens", verbose_name=_("账号")
    )
    label = models.CharField(_("用途"), max_length=80)
    digest = models.CharField(_("校验值"), max_length=64, unique=True)
    hint = models.CharField(_("开头几位"), max_length=12)
    may_write = models.BooleanField(_("可以办理"), default=False)
    created_at = models.DateTimeField(_("创建时间"))
    expires_on = models.DateField(_("最后一日"))
    revoked_at = models.DateTimeField(_("停用时间"), null=True)
    revoke_reason = models.CharField(_("停用原因"), max_length=200, blank=True)
    last_used_on = models.DateField(_("最近使用"), null=True)

    objects = ApiTokenQuerySet.as_manager()

    class Meta:
        app_label = "api"
        verbose_name = _("接口令牌")
        verbose_name_plural = _("接口令牌")
        ordering = ["-id"]
        constraints = [models.CheckConstraint(condition=~Q(label=""), name="api_token_has_a_label")]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        """The list in which it stands."""
        return reverse("api:tokens")

    def counts_on(self, day: date) -> bool:
        """Whether it opens the door on `day`."""
        return self.revoked_at is None and day <= self.expires_on


class UploadedFile(AppendOnlyModel):
    """接口上传的文件: who brought a file in, so that a digest alone opens nobody else's file."""

    account_id = models.BigIntegerField(_("账号"))
    stored = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, related_name="+", verbose_name=_("文件"))
    name = models.CharField(_("名称"), max_length=200)
    uploaded_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(_("上传时间"))

    class Meta:
        app_label = "api"
        verbose_name = _("接口上传的文件")
        verbose_name_plural = _("接口上传的文件")
        indexes = [models.Index(fields=["account_id", "stored"], name="uploaded_by")]

    def __str__(self) -> str:
        return self.name
