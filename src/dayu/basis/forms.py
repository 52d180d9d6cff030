"""Forms of the basis library."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from dayu.basis.importing import UnreadableStatute
from dayu.basis.models import ChangeImpact, Statute
from dayu.basis.official_files import text_of_file
from dayu.law.citations import laws


class DayField(forms.DateField):
    """A day, typed with the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class ImportForm(forms.Form):
    """One edition from its official text, as a file or pasted."""

    key = forms.CharField(
        label=_("代号"), max_length=60, help_text=_("规则库已有的依据用同一代号，例如 penalty-law；新的自拟英文代号")
    )
    name = forms.CharField(label=_("全称"), max_length=200, required=False, help_text=_("规则库已有的可留空"))
    short_name = forms.CharField(label=_("简称"), max_length=80, required=False)
    level = forms.ChoiceField(label=_("效力级别"), choices=[("", "—"), *Statute.LEVELS], required=False)
    issuer = forms.CharField(label=_("制定机关"), max_length=120, required=False)
    edition = forms.DateField(
        label=_("公布日期（版本）"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    in_force_from = DayField(label=_("施行日期"))
    in_force_until = DayField(label=_("最后有效日"), required=False)
    file = forms.FileField(label=_("文本文件（Word、txt 或 Markdown）"), required=False)
    text = forms.CharField(label=_("或粘贴全文"), required=False, widget=forms.Textarea(attrs={"rows": 10}))

    def clean_file(self) -> str:
        """The text of the file."""
        upload: UploadedFile[bytes] | None = self.cleaned_data.get("file")
        if upload is None:
            return ""
        try:
            return text_of_file(upload.name or "", upload.read())
        except UnreadableStatute as fault:
            raise forms.ValidationError(str(fault)) from fault

    def clean(self) -> dict[str, Any]:
        """What the rulebook knows need not be typed."""
        found: dict[str, Any] = super().clean() or {}
        known = laws().get(found.get("key", ""))
        if known is not None:
            found["name"] = found.get("name") or known.name
            found["short_name"] = found.get("short_name") or known.short
            found["level"] = found.get("level") or known.level
        for name in ("name", "level"):
            if not found.get(name):
                self.add_error(name, _("规则库没有这个代号，请填写"))
        found["short_name"] = found.get("short_name") or found.get("name", "")
        found["text"] = found.get("file") or found.get("text", "")
        if not found["text"]:
            self.add_error("text", _("选择文件或粘贴全文"))
        found.pop("file", None)
        if found.get("edition"):
            found["edition"] = found["edition"].isoformat()
        return found


class EndForm(forms.Form):
    """依据废止或失效."""

    in_force_until = DayField(label=_("最后有效日"))
    reason = forms.CharField(label=_("原因"), max_length=200, required=False)


class ParameterForm(forms.Form):
    """设置地区规则."""

    value = forms.CharField(label=_("取值"), max_length=500)
    clause = forms.CharField(label=_("依据条款"), max_length=300, required=False)
    valid_from = DayField(label=_("启用日期"))
    valid_until = DayField(label=_("最后有效日"), required=False, help_text=_("没有终止日的留空"))
    confirmation = forms.ChoiceField(
        label=_("核实情况"), choices=[("V", _("已核对原文")), ("S", _("二手资料")), ("U", _("未核实"))]
    )


class EndValueForm(forms.Form):
    """终止地区规则."""

    valid_until = DayField(label=_("最后有效日"))


class SettleForm(forms.Form):
    """What became of a record after the law it rests on changed."""

    outcome = forms.ChoiceField(label=_("处理结果"), choices=ChangeImpact.OUTCOMES, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("说明"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("核对了什么，改了什么。"),
    )  # fmt: skip
