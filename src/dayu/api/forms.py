"""Forms of the token page."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class NewTokenForm(forms.Form):
    """A token of one's own."""

    label = forms.CharField(label=_("用途"), max_length=80, help_text=_("哪个程序用它做什么，例如：上级台账每晚取数"))
    expires_on = forms.DateField(
        label=_("最后一日"), widget=forms.DateInput(attrs={"type": "date"}), help_text=_("最长一年，到期自动失效")
    )
    may_write = forms.BooleanField(label=_("可以办理（不勾选只能查询）"), required=False)


class RevokeTokenForm(forms.Form):
    """Ending a token."""

    reason = forms.CharField(label=_("停用原因"), max_length=200, required=False)
