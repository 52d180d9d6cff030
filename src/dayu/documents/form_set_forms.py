"""Forms of the pages of issued sets: bringing one in, ending one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class FormSetForm(forms.Form):
    """A unified set of forms, as a TOML file or pasted."""

    MOST_BYTES = 2_000_000

    file = forms.FileField(label=_("格式文件（TOML）"), required=False)
    text = forms.CharField(
        label=_("或粘贴全文"), required=False, widget=forms.Textarea(attrs={"rows": 12}),
        help_text=_("开头写 name、issuer（ministry、province、city）、issued_by、document、territory、edition、valid_from，"
                    "每种文书一个 [[forms]]，写 key 和 extends，以及与所扩展版本不同的 heading、more_fields、body。"),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The text, from whichever it was given."""
        given = super().clean() or {}
        upload = given.pop("file", None)
        if upload is not None:
            if (upload.size or 0) > self.MOST_BYTES:
                raise forms.ValidationError(_("文件太大"))
            try:
                given["text"] = upload.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                raise forms.ValidationError(_("读不出文字，请另存为 UTF-8 文本")) from None
        if not given.get("text", "").strip():
            raise forms.ValidationError(_("选择文件或者粘贴全文"))
        return given


class EndFormSetForm(forms.Form):
    """When and why a set of forms ends."""

    last_day = forms.DateField(
        label=_("最后有效日"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = forms.CharField(label=_("停用依据"), max_length=200)
