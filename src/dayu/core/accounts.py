"""Accounts (账号): who can sign in. What a person may do follows from the posts that `org` keeps, never from here."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.utils.translation import gettext_lazy as _


class AccountManager(BaseUserManager["Account"]):
    """Creates accounts; used by `manage.py createsuperuser` and by the organisation domain."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> Account:
        """An account with a usable password, or none when it signs in by card or link."""
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> Account:
        """An administrator of the installation."""
        return self.create_user(username, password, is_staff=True, is_superuser=True, **fields)


class Account(AbstractBaseUser, PermissionsMixin):
    """账号: a sign-in name. Frozen accounts cannot sign in; nothing is ever deleted."""

    username = models.CharField(_("登录名"), max_length=64, unique=True)
    display_name = models.CharField(_("显示姓名"), max_length=64, blank=True)
    email = models.EmailField(_("电子邮箱"), blank=True)
    phone = models.CharField(_("手机号"), max_length=20, blank=True)
    is_staff = models.BooleanField(_("安装管理员"), default=False)
    is_active = models.BooleanField(_("可登录"), default=True)
    frozen_reason = models.CharField(_("冻结原因"), max_length=200, blank=True)
    language = models.CharField(_("界面语言"), max_length=10, blank=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    objects: AccountManager = AccountManager()

    class Meta:
        app_label = "core"
        verbose_name = _("账号")
        verbose_name_plural = _("账号")

    def __str__(self) -> str:
        return self.display_name or self.username

    def get_full_name(self) -> str:
        """The name to show."""
        return str(self)
