"""Forms of the dossier pages. Their fields carry the names of the actions' arguments where that is possible."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dayu.dossiers.definitions import keeping
from dayu.dossiers.models import Dossier, DossierPart
from dayu.dossiers.selectors import MissingRow


class ArrangeForm(forms.Form):
    """Where a part stands."""

    volume = forms.ChoiceField(label=_("卷别"), choices=DossierPart.VOLUMES)
    position = forms.IntegerField(label=_("序号"), min_value=1, max_value=9999)


class LeaveOutForm(forms.Form):
    """Why a part is left out."""

    reason = forms.CharField(label=_("不入卷的理由"), max_length=200, required=False, help_text=_("留空表示恢复入卷"))


class ExplainForm(forms.Form):
    """Why a part is not there."""

    key = forms.ChoiceField(label=_("缺少的材料"))
    reason = forms.CharField(label=_("说明"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, missing: Sequence[MissingRow], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].choices = [(m.key, m.title) for m in missing if m.explained is None]  # type: ignore[attr-defined]


class DescribeForm(forms.Form):
    """What stands on the cover and in the closing note."""

    title = forms.CharField(label=_("案卷题名"), max_length=200)
    mode = forms.ChoiceField(label=_("分卷"), choices=Dossier.MODES)
    retention = forms.ChoiceField(label=_("保管期限"))
    fonds_no = forms.CharField(label=_("全宗号"), max_length=20, required=False)
    catalogue_no = forms.CharField(label=_("目录号"), max_length=20, required=False)
    file_no = forms.CharField(label=_("案卷号"), max_length=20, required=False)
    checked_by = forms.CharField(label=_("检查人"), max_length=64, required=False)
    remark = forms.CharField(label=_("情况说明"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["retention"].choices = [(r, r) for r in keeping().retentions]  # type: ignore[attr-defined]


class AddSheetForm(forms.Form):
    """What comes after archiving."""

    title = forms.CharField(label=_("补充材料"), max_length=200)
    reason = forms.CharField(label=_("补充理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    volume = forms.ChoiceField(label=_("卷别"), choices=DossierPart.VOLUMES)
    upload = forms.FileField(label=_("文件"), required=False)
