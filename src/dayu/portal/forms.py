"""Forms of the portal: a tip, and the code to follow it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dayu.core import clock
from dayu.leads import public as leads
from dayu.portal.place import Place

LARGEST = 20 << 20
SIGNATURES = {
    b"\xff\xd8\xff": "image/jpeg", b"\x89PNG\r\n\x1a\n": "image/png", b"GIF8": "image/gif", b"%PDF-": "application/pdf",
}  # fmt: skip
FAMILIES = {b"ftyp": ("video/mp4", 4), b"WEBP": ("image/webp", 8)}
TAKEN = "image/*,video/mp4,video/quicktime,application/pdf"


def media_type_of(head: bytes) -> str:
    """What a file is by its first bytes, not by its name; empty for anything that is no picture, film or PDF."""
    for signature, kind in SIGNATURES.items():
        if head.startswith(signature):
            return kind
    for mark, (kind, place) in FAMILIES.items():
        if head[place : place + 4] == mark:
            return kind
    return ""


class SeveralFiles(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True


class PicturesField(forms.FileField):
    """Photographs, films and PDFs that came with a tip."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        """Every file is looked at; one that does not fit is named."""
        files: Sequence[Any] = data if isinstance(data, list | tuple) else [data]
        found = [super(PicturesField, self).clean(f, initial) for f in files if f]
        if len(found) > leads.MOST_FILES:
            raise ValidationError(_("最多 %(most)s 个文件"), params={"most": leads.MOST_FILES})
        for file in found:
            self._look_at(file)
        return found

    def _look_at(self, file: UploadedFile[Any]) -> None:
        if file.size is None or file.size > LARGEST:
            raise ValidationError(_("“%(name)s”超过 20 MB"), params={"name": file.name})
        kind = media_type_of(file.read(16))
        file.seek(0)
        if not kind:
            raise ValidationError(_("“%(name)s”不是照片、视频或者 PDF"), params={"name": file.name})
        file.content_type = kind


class TipForm(forms.Form):
    """我要举报. Only what was seen and where must be said."""

    content = forms.CharField(
        label=_("看到了什么"), max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}), help_text=_("什么人、什么船或者车、在做什么、多大范围。看到多少写多少。"),
    )  # fmt: skip
    place = forms.CharField(
        label=_("在哪里"), max_length=200, help_text=_("河名和附近的村、桥、码头，例如：白鹿河青石桥下游 300 米。")
    )
    longitude = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    latitude = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    happened_at = forms.DateTimeField(
        label=_("什么时候"), required=False, widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
    )  # fmt: skip
    pictures = PicturesField(
        label=_("照片、视频"), required=False, widget=SeveralFiles(attrs={"accept": TAKEN}),
        help_text=_("最多 9 个，每个不超过 20 MB。照片原样保存，可能带有拍摄时间和位置。"),
    )  # fmt: skip
    organ = forms.ChoiceField(label=_("举报给"))
    anonymous = forms.BooleanField(label=_("匿名举报"), required=False, initial=True)
    name = forms.CharField(label=_("姓名、单位"), max_length=80, required=False)
    phone = forms.CharField(
        label=_("联系电话"), max_length=40, required=False,
        help_text=_("只有承办人能看到，每次查看都有记录。"),
    )  # fmt: skip
    keep_secret = forms.BooleanField(label=_("请为我保密"), required=False, initial=True)

    def __init__(self, *args: Any, place: Place, **options: Any):
        super().__init__(*args, **options)
        self.organs = {str(o.pk): o for o in leads.tip_organs()}
        self.fields["organ"].choices = [(pk, o.name) for pk, o in self.organs.items()]  # type: ignore[attr-defined]
        here = next((pk for pk, o in self.organs.items() if o.territory_id == place.territory), "")
        self.fields["organ"].initial = here

    def clean_organ(self) -> Any:
        """The organ itself."""
        return self.organs[self.cleaned_data["organ"]]

    def clean_happened_at(self) -> Any:
        """Nothing was seen in the future."""
        moment = self.cleaned_data["happened_at"]
        if moment is not None and timezone.is_aware(moment) and moment > clock.now():
            raise ValidationError(_("时间在将来，请核对"))
        return moment

    def clean(self) -> dict[str, Any]:
        """Half a position is none."""
        data = super().clean() or self.cleaned_data
        if data.get("longitude") is None or data.get("latitude") is None:
            data["longitude"] = data["latitude"] = None
        return data


class FollowForm(forms.Form):
    """查举报进度."""

    code = forms.CharField(
        label=_("查询码"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("举报后页面上显示的 12 位字母和数字，大小写和连字符都可以。"),
    )  # fmt: skip
