"""Forms of the leads domain."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from dayu.core import clock
from dayu.core.actors import Actor
from dayu.core.files import store_upload
from dayu.core.ui.excel_in import SheetError, read_sheet
from dayu.law.violations import violation, violation_keys
from dayu.leads.grounds import conditions, grounds
from dayu.leads.models import Disposal, Lead, LeadLink, LeadOrder, LeadSource, SenderFeedback
from dayu.leads.services.registering import GivenMaterial, Sender
from dayu.org.models import Person
from dayu.parties.forms import DayField, PartyChoice
from dayu.rivers.models import River

IMPORT_COLUMNS = {
    "来源": "source",
    "来件编号": "source_no",
    "收到时间": "received_at",
    "标题": "title",
    "内容": "content",
    "地点": "place",
    "涉及对象": "object_text",
}
IMPORT_REQUIRED = ("来源", "标题", "内容", "地点")


class MomentField(forms.DateTimeField):
    """A moment, by the clock on the wall."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d"], **kwargs)


class FilesInput(forms.ClearableFileInput):
    """Several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, stored under their digests."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[GivenMaterial]:
        """The files as the action takes them."""
        uploads = [u for u in (data if isinstance(data, (list, tuple)) else [data]) if u]
        if self.required and not uploads:
            raise ValidationError(self.error_messages["required"], code="required")
        single = super().clean
        return [GivenMaterial(store_upload(single(u, initial)), u.name) for u in uploads]


def violation_choices() -> list[tuple[str, Any]]:
    """All violations of the rulebook, by subject."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for key in violation_keys():
        known = violation(key)
        groups.setdefault(known.subject, []).append((key, known.name))
    return [("", "—"), *groups.items()]


def rivers_of(actor: Actor) -> QuerySet[River]:
    """Rivers that an officer may name."""
    return River.objects.visible_to(actor).filter(removed_on=None)


class KnownForm(forms.Form):
    """What is known of what happened."""

    title = forms.CharField(label=_("标题"), max_length=120, help_text=_("一句话：何处、何事。"))
    content = forms.CharField(label=_("内容"), widget=forms.Textarea(attrs={"rows": 4}))
    place = forms.CharField(label=_("地点"), max_length=200)
    happened_at = MomentField(label=_("发生时间"), required=False)
    longitude = forms.FloatField(label=_("经度"), required=False, min_value=-180, max_value=180)
    latitude = forms.FloatField(label=_("纬度"), required=False, min_value=-90, max_value=90)
    object_text = forms.CharField(label=_("涉及对象"), max_length=200, required=False)
    violation = forms.ChoiceField(label=_("涉嫌违法行为"), required=False, choices=violation_choices)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["river"] = forms.ModelChoiceField(label=_("河湖"), queryset=rivers_of(actor), required=False)
        self.fields["party"] = PartyChoice(
            actor=actor, label=_("涉嫌当事人"), required=False, help_text=_("已登记的，填登记号或名称；没有的可先不填。")
        )


class LeadForm(KnownForm):
    """A new lead."""

    field_order = ["source", "source_no", "received_at", "title", "content", "place", "happened_at"]

    source = forms.ChoiceField(
        label=_("来源"), choices=[c for c in LeadSource.choices if c[0] != LeadSource.PUBLIC]
    )
    source_no = forms.CharField(label=_("来件编号"), max_length=80, required=False)
    received_at = MomentField(label=_("收到时间"), required=False, help_text=_("不填即为现在。"))
    materials = FilesField(label=_("材料"), required=False)
    sender_name = forms.CharField(label=_("举报人、来件单位"), max_length=80, required=False)
    sender_phone = forms.CharField(label=_("联系方式"), max_length=40, required=False)
    anonymous = forms.BooleanField(label=_("匿名"), required=False)
    keep_secret = forms.BooleanField(label=_("要求保密"), required=False)

    def clean(self) -> dict[str, Any]:
        """The sender as one thing, apart from the lead."""
        data = super().clean() or {}
        name, phone = data.pop("sender_name", ""), data.pop("sender_phone", "")
        anonymous, secret = data.pop("anonymous", False), data.pop("keep_secret", False)
        if name or phone or anonymous:
            data["sender"] = Sender(name, phone, anonymous=anonymous, keep_secret=secret)
        return data


class AssignForm(forms.Form):
    """Who verifies."""

    def __init__(self, *args: Any, organ_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = Person.objects.filter(agency_id=organ_id, left_on=None, unit__has_enforcement_power=True)
        self.fields["officers"] = forms.ModelMultipleChoiceField(
            label=_("核查人员"),
            queryset=people.select_related("unit"),
            widget=forms.CheckboxSelectMultiple,
            help_text=_("第一人为主办。现场检查须两人以上。"),
        )

    def clean_officers(self) -> list[Person]:
        """In the order in which they were chosen on the form."""
        return list(self.cleaned_data["officers"])


class ExtendForm(forms.Form):
    """More time."""

    days = forms.IntegerField(label=_("延长（工作日）"), min_value=1)
    reason = forms.CharField(label=_("理由"), widget=forms.Textarea(attrs={"rows": 3}))


class VerifyForm(forms.Form):
    """What was found, and the conditions of filing."""

    finding = forms.CharField(label=_("核查情况"), widget=forms.Textarea(attrs={"rows": 6}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = "en" if (get_language() or "").startswith("en") else "zh"
        for key, row in conditions().items():
            self.fields[f"condition_{key}"] = forms.TypedChoiceField(
                label=row[language],
                choices=[("yes", _("是")), ("no", _("否"))],
                widget=forms.RadioSelect,
                coerce=lambda v: v == "yes",
            )

    def clean(self) -> dict[str, Any]:
        """The answers as one mapping."""
        data = super().clean() or {}
        data["answers"] = {k: data.pop(f"condition_{k}") for k in conditions() if f"condition_{k}" in data}
        return data


class DisposeForm(forms.Form):
    """A disposal that the heads must agree to."""

    disposal = forms.ChoiceField(
        label=_("处置"),
        choices=[(d.value, d.label) for d in (Disposal.DECLINED, Disposal.TRANSFERRED, Disposal.INVALID)],
        widget=forms.RadioSelect,
    )
    ground = forms.ChoiceField(label=_("不予立案的法定理由"), required=False)
    target_text = forms.CharField(label=_("移送给"), max_length=200, required=False, help_text=_("移送时填写接收机关。"))
    reason = forms.CharField(label=_("具体理由"), widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = get_language() or "zh"
        listed = [(g.key, f"{g.text(language)}（{g.citation.text()}）") for g in grounds().values()]
        self.fields["ground"].choices = [("", "—"), *listed]  # type: ignore[attr-defined]


class LeadChoice(forms.ModelChoiceField):
    """Another lead of the organ, by its number or row."""

    widget = forms.TextInput

    def __init__(self, *, actor: Actor, **kwargs: Any) -> None:
        super().__init__(queryset=Lead.objects.visible_to(actor), **kwargs)

    def to_python(self, value: Any) -> Lead | None:
        """By its number as written, or the number of its page."""
        text = str(value or "").strip()
        found = self.queryset.filter(pk=int(text)) if text.isdigit() else self.queryset.filter(number=text)
        lead = found.first() if text else None
        if text and lead is None:
            raise ValidationError(_text("没有编号为“%(number)s”的线索") % {"number": text})
        return lead


class TransferForm(forms.Form):
    """Which lead goes to which organ, and why."""

    target_text = forms.CharField(label=_("移送给"), max_length=200)
    reason = forms.CharField(label=_("具体理由"), widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead"] = LeadChoice(actor=actor, label=_("线索编号"), help_text=_("已核查、尚未处置的线索。"))
        self.order_fields(["lead", "target_text", "reason"])


class JoinForm(forms.Form):
    """Into which lead."""

    reason = forms.CharField(label=_("理由"), max_length=200)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"] = LeadChoice(actor=actor, label=_("并入的线索编号"))
        self.order_fields(["into", "reason"])


class LinkForm(forms.Form):
    """Whether two leads tell of the same thing."""

    finding = forms.ChoiceField(label=_("结论"), choices=LeadLink.FINDINGS[1:], widget=forms.RadioSelect)
    why = forms.CharField(label=_("说明"), max_length=200, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"] = LeadChoice(actor=actor, label=_("另一线索编号"))
        self.order_fields(["other", "finding", "why"])


class MaterialForm(forms.Form):
    """Files."""

    materials = FilesField(label=_("材料"))


class NoteForm(forms.Form):
    """A line for the timeline."""

    text = forms.CharField(label=_("情况"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500)
    happened_at = MomentField(label=_("时间"), required=False, help_text=_("不填即为现在。"))


class OrderForm(forms.Form):
    """An order that was given."""

    kind = forms.ChoiceField(label=_("种类"), choices=LeadOrder.KINDS)
    text = forms.CharField(label=_("内容"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500)
    document_no = forms.CharField(label=_("文号"), max_length=80, required=False)
    ordered_on = DayField(label=_("作出日期"))
    ordered_by = forms.CharField(
        label=_("作出机关"), max_length=100, required=False, help_text=_("本机关作出的不填；移送前由其他机关作出的填写。")
    )
    served_on = DayField(label=_("送达日期"), required=False)
    days = forms.IntegerField(label=_("期限（日）"), required=False, min_value=1, help_text=_("通知书上写明的天数。"))
    file = forms.FileField(label=_("扫描件"), required=False)
    explanation = forms.CharField(
        label=_("补录说明"), max_length=300, required=False, help_text=_("不是当日或次日录入的，写明原因。")
    )

    def clean_file(self) -> Any:
        """Kept under its digest."""
        upload = self.cleaned_data.get("file")
        return store_upload(upload) if upload else None


class OrderResultForm(forms.Form):
    """Whether it was met."""

    result = forms.ChoiceField(label=_("结果"), choices=LeadOrder.RESULTS, widget=forms.RadioSelect)
    result_on = DayField(label=_("核实日期"))
    words = forms.CharField(label=_("核实情况"), widget=forms.Textarea(attrs={"rows": 3}), max_length=300)


class FeedbackForm(forms.Form):
    """What the sender was told."""

    channel = forms.ChoiceField(label=_("方式"), choices=SenderFeedback.CHANNELS[1:])
    text = forms.CharField(label=_("内容"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500)


class ReasonForm(forms.Form):
    """Why one must know."""

    reason = forms.CharField(label=_("查看理由"), max_length=200)


class ImportForm(forms.Form):
    """A sheet of leads of earlier years."""

    file = forms.FileField(label=_("Excel 文件"), help_text=_("首行为列名：") + "、".join(IMPORT_COLUMNS))
    note_text = forms.CharField(label=_("来源说明"), max_length=80, help_text=_("例如：2024年线索登记簿。"))

    def clean(self) -> dict[str, Any]:
        """The rows of the sheet, moments read, or why it cannot be read."""
        data = super().clean() or {}
        upload = data.pop("file", None)
        if upload is None:
            return data
        try:
            rows = read_sheet(upload, IMPORT_COLUMNS, required=IMPORT_REQUIRED)
        except SheetError as error:
            raise ValidationError(str(error)) from error
        data["rows"] = [(r.number, _typed(dict(r.values))) for r in rows]
        return data


def _typed(values: dict[str, Any]) -> dict[str, Any]:
    text = values.pop("received_at", "")
    if text:
        try:
            values["received_at"] = MomentField().clean(text).astimezone(clock.LEGAL_ZONE)
        except ValidationError:
            raise ValidationError(_text("“%(text)s”不是时间") % {"text": text}) from None
    return values
