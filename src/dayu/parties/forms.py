"""Forms of the parties domain."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dayu.core.actors import Actor
from dayu.core.files import store_upload
from dayu.core.ui.excel_in import SheetError, read_sheet
from dayu.parties.models import Party, PartyIdentifier, PartyKind, PartyLink, RegulatedObject, Representative
from dayu.parties.services.imports import COLUMNS, REQUIRED


class DayField(forms.DateField):
    """A day, typed with the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PartyChoice(forms.ModelChoiceField):
    """A party chosen by its record number or exact name, within the actor's scope; no list of everybody is shown."""

    widget = forms.TextInput

    def __init__(self, *, actor: Actor, **kwargs: Any) -> None:
        super().__init__(queryset=Party.objects.visible_to(actor), **kwargs)

    def to_python(self, value: Any) -> Party | None:
        """By number, else by the exact name when only one party bears it."""
        text = str(value or "").strip()
        if not text:
            return None
        found = self.queryset.filter(pk=int(text)) if text.isdigit() else self.queryset.filter(name=text)
        rows = list(found[:2])
        if len(rows) == 1:
            return rows[0]
        raise ValidationError(gettext("有多个同名当事人，请填登记号") if rows else gettext("没有这个当事人，请先登记"))


class ContactForm(forms.Form):
    """What may be corrected without further ado."""

    sex = forms.ChoiceField(label=_("性别"), choices=[("", "—"), ("男", _("男")), ("女", _("女"))], required=False)
    born_on = DayField(label=_("出生日期"), required=False)
    phone = forms.CharField(label=_("联系电话"), max_length=40, required=False)
    address = forms.CharField(label=_("住所（住址）"), max_length=200, required=False)
    served_at_address = forms.CharField(
        label=_("送达地址"), max_length=200, required=False, help_text=_("当事人确认的送达地址；与住所相同的不填。")
    )
    occupation = forms.CharField(label=_("职业、经营范围"), max_length=120, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["guardian"] = PartyChoice(
            actor=actor, label=_("监护人"), required=False, help_text=_("未成年人填写。填登记号或姓名。")
        )
        self.fields["belongs_to"] = PartyChoice(
            actor=actor, label=_("所属（被挂靠）单位"), required=False, help_text=_("分公司、项目部、挂靠船舶填写。")
        )
        self.fields["operator"] = PartyChoice(
            actor=actor, label=_("经营者、实际控制人"), required=False, help_text=_("个体工商户、船舶、借用名义的填写。")
        )


class NewPartyForm(ContactForm):
    """A new party."""

    field_order = ["kind", "name", "id_card", "uscc", "vessel"]

    kind = forms.ChoiceField(label=_("类别"), choices=PartyKind.choices)
    name = forms.CharField(label=_("名称（姓名）"), max_length=120, help_text=_("与证件一致，一个字都不能差。"))
    id_card = forms.CharField(label=_("公民身份号码"), max_length=18, required=False)
    uscc = forms.CharField(label=_("统一社会信用代码"), max_length=18, required=False)
    vessel = forms.CharField(label=_("船名号"), max_length=60, required=False)
    despite_match = forms.BooleanField(label=_("已核对：确是另一当事人，仍然登记"), required=False)

    def clean(self) -> dict[str, Any]:
        """The numbers as one mapping, as the action takes them."""
        data = super().clean() or {}
        data["identifiers"] = {k: data.pop(k) for k in ("id_card", "uscc", "vessel") if data.get(k)}
        for empty in ("id_card", "uscc", "vessel"):
            data.pop(empty, None)
        return data


class RenameForm(forms.Form):
    """Another name."""

    name = forms.CharField(label=_("新名称（姓名）"), max_length=120)
    until = DayField(label=_("原名称使用至"))
    reason = forms.CharField(label=_("原因"), max_length=200, help_text=_("例如：工商变更登记；笔录误写。"))


class IdentifierForm(forms.Form):
    """A further number."""

    kind = forms.ChoiceField(label=_("证件种类"), choices=PartyIdentifier.KINDS)
    value = forms.CharField(label=_("号码"), max_length=60)


class RepresentativeForm(forms.Form):
    """Who speaks for the party."""

    role = forms.ChoiceField(label=_("身份"), choices=Representative.ROLES)
    name = forms.CharField(label=_("姓名"), max_length=60)
    position = forms.CharField(label=_("职务"), max_length=60, required=False)
    phone = forms.CharField(label=_("电话"), max_length=40, required=False)
    id_card = forms.CharField(label=_("公民身份号码"), max_length=18, required=False)
    authority = forms.CharField(label=_("代理权限"), max_length=200, required=False)
    valid_from = DayField(label=_("自"))
    valid_until = DayField(label=_("至"), required=False)
    paper = forms.FileField(label=_("授权书、证明"), required=False)

    def clean_paper(self) -> Any:
        """The paper is kept under its digest."""
        upload = self.cleaned_data.get("paper")
        return store_upload(upload) if upload else None


class ClassForm(forms.Form):
    """Citizen or organisation."""

    treated_as = forms.ChoiceField(
        label=_("认定为"),
        choices=[("citizen", _("公民")), ("organisation", _("法人或者其他组织"))],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("理由"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


class StandingForm(forms.Form):
    """What became of the party."""

    standing = forms.ChoiceField(label=_("状况"), choices=Party.STANDINGS)
    on = DayField(label=_("日期"))
    words = forms.CharField(label=_("依据、说明"), max_length=200)


class LinkForm(forms.Form):
    """Which other record stands for the same party."""

    relation = forms.ChoiceField(label=_("结论"), choices=PartyLink.RELATIONS, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("理由"), max_length=200)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"] = PartyChoice(actor=actor, label=_("另一当事人"), help_text=_("填登记号或名称。"))
        self.order_fields(["other", "relation", "reason"])


class ObjectForm(forms.Form):
    """A project, site, vessel or intake."""

    kind = forms.ChoiceField(label=_("类别"), choices=RegulatedObject.KINDS)
    name = forms.CharField(label=_("名称"), max_length=120)
    place = forms.CharField(label=_("位置"), max_length=200, required=False)
    longitude = forms.FloatField(label=_("经度"), required=False, min_value=-180, max_value=180)
    latitude = forms.FloatField(label=_("纬度"), required=False, min_value=-90, max_value=90)
    permit_no = forms.CharField(label=_("许可证（批复）号"), max_length=80, required=False)


class ImportForm(forms.Form):
    """A sheet of parties."""

    file = forms.FileField(label=_("Excel 文件"), help_text=_("首行为列名：") + "、".join(COLUMNS))
    source = forms.CharField(label=_("来源"), max_length=80, help_text=_("例如：2019年纸质台账。"))

    def clean(self) -> dict[str, Any]:
        """The rows of the sheet, or why it cannot be read."""
        data = super().clean() or {}
        upload = data.pop("file", None)
        if upload is None:
            return data
        try:
            rows = read_sheet(upload, COLUMNS, required=REQUIRED)
        except SheetError as error:
            raise ValidationError(str(error)) from error
        data["rows"] = [(r.number, dict(r.values)) for r in rows]
        return data


class ExportForm(forms.Form):
    """What the list is for."""

    reason = forms.CharField(label=_("用途"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
