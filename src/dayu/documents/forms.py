"""Forms of documents: the editor made from a definition, and the forms of single acts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dayu.core import clock
from dayu.core.files import store_upload
from dayu.documents import facts
from dayu.documents.models import OrganPaper, ServiceMedia, ServingMethod, SignatureManner
from dayu.documents.services import GivenMedia
from dayu.paper.definitions import Field, Version

SPARE_ROWS, MOST_PHOTOS = 3, 40
UNCONFIRMED = _("通行做法，未经核实")


class RowsWidget(forms.Widget):
    """A small table of inputs: what is filled, and three spare rows."""

    template_name = "documents/rows_widget.html"

    def __init__(self, columns: tuple[tuple[str, str], ...]) -> None:
        super().__init__()
        self.columns = columns

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """The rows with the name, value and spoken label of each input."""
        context: dict[str, Any] = super().get_context(name, value, attrs)
        rows = [*(value or []), *({} for _n in range(SPARE_ROWS))]
        context["columns"] = [label for _key, label in self.columns]
        context["rows"] = [
            [{"name": f"{name}-{n}-{key}", "value": row.get(key, ""), "label": f"{label} {n + 1}"}
             for key, label in self.columns]
            for n, row in enumerate(rows)
        ]
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[dict[str, str]] | None:
        """The rows that hold something."""
        rows = []
        for n in range(400):
            if f"{name}-{n}-{self.columns[0][0]}" not in data:
                break
            row = {key: str(data.get(f"{name}-{n}-{key}", "")).strip() for key, _label in self.columns}
            if any(row.values()):
                rows.append({k: v for k, v in row.items() if v})
        return rows

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        """An empty table was emptied, not left out."""
        return False


class RowsField(forms.Field):
    """A table field of a document."""

    def to_python(self, value: Any) -> Any:
        """None where nothing is filled."""
        return value or None


class LinesField(forms.CharField):
    """A list: one line each."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        """A line for each item."""
        return "\n".join(str(v) for v in value) if isinstance(value, (list, tuple)) else value

    def to_python(self, value: Any) -> Any:
        """An item for each line that holds something."""
        lines = [line.strip() for line in str(value or "").splitlines() if line.strip()]
        return lines or None


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or not answered."""

    def __init__(self, **options: Any) -> None:
        choices = [("", _("未填")), ("True", _("是")), ("False", _("否"))]
        super().__init__(choices=choices, coerce=lambda v: v == "True", empty_value=None, **options)


class DayInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def format_value(self, value: Any) -> Any:
        """The form that the browser's own control wants."""
        return value.isoformat() if isinstance(value, date) else value


class MomentInput(forms.DateTimeInput):
    """The browser's own date and time."""

    input_type = "datetime-local"

    def format_value(self, value: Any) -> Any:
        """The form that the browser's own control wants."""
        return value.strftime("%Y-%m-%dT%H:%M") if isinstance(value, datetime) else value


class DocumentForm(forms.Form):
    """The fields of one version. Nothing is required here: a draft may be unfinished, and guided writing says what lacks."""

    def __init__(self, version: Version, values: Mapping[str, Any], data: Any = None) -> None:
        super().__init__(data, initial=dict(values), prefix="f", use_required_attribute=False)
        self.version = version
        for spec in version.fields:
            self.fields[spec.id] = form_field(spec)

    def mark_needed(self, values: Mapping[str, Any]) -> None:
        """Say on the page which fields are needed given the others; call after validation, which needs none of them."""
        for spec in self.version.fields:
            self.fields[spec.id].required = spec.needed(values)

    def values(self) -> dict[str, Any]:
        """The values as the document keeps them; None empties a field."""
        return {name: _kept(value) for name, value in self.cleaned_data.items()}


def form_field(spec: Field) -> forms.Field:
    """The form field of one field of a document."""
    hint = spec.hint if spec.confirmed else f"{spec.hint}（{UNCONFIRMED}）" if spec.hint else UNCONFIRMED
    options: dict[str, Any] = {"label": spec.label, "required": False, "help_text": hint}
    if spec.type == "text":
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 4}), **options)
    if spec.type == "list":
        return LinesField(widget=forms.Textarea(attrs={"rows": 4}), **options)
    if spec.type == "table":
        return RowsField(widget=RowsWidget(spec.columns), **options)
    if spec.type == "bool":
        return YesNoField(**options)
    if spec.type == "enum" and spec.choices:
        return _choice(spec, options)
    if spec.type == "date":
        return forms.CharField(widget=DayInput(), **options)
    if spec.type == "datetime":
        return forms.CharField(widget=MomentInput(), **options)
    mode = {"int": "numeric", "money_yuan": "decimal", "phone": "tel"}.get(spec.type)
    return forms.CharField(widget=forms.TextInput(attrs={"inputmode": mode} if mode else {}), **options)


def _choice(spec: Field, options: dict[str, Any]) -> forms.Field:
    if spec.many:
        return forms.MultipleChoiceField(
            choices=[(c, c) for c in spec.choices], widget=forms.CheckboxSelectMultiple, **options
        )
    return forms.ChoiceField(choices=[("", "—"), *((c, c) for c in spec.choices)], **options)


def _kept(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    if value in ("", []):
        return None
    return value


class SealForm(forms.Form):
    """Sealing: a number of the office's own register, who approved the use of the seal, how many copies."""

    given_number = forms.IntegerField(
        label=_("登记簿已给的号"), required=False, min_value=1, help_text=_("机关登记簿已经给号的填写，否则由系统取下一个号")
    )
    approved_by = forms.CharField(label=_("用印批准人"), required=False, max_length=64)
    copies = forms.IntegerField(label=_("份数"), min_value=1, max_value=200, initial=2)


class ReasonForm(forms.Form):
    """A reason in words."""

    reason = forms.CharField(label=_("理由"), max_length=200, widget=forms.Textarea(attrs={"rows": 3}))


class MomentField(forms.DateTimeField):
    """A moment in local time."""

    widget = MomentInput(format="%Y-%m-%dT%H:%M")


class ServiceForm(forms.Form):
    """What happened when the document was served."""

    method = forms.ChoiceField(label=_("送达方式"), choices=ServingMethod.choices)
    moment = MomentField(label=_("送达时间"), help_text=_("公告送达填写公告发布时间"))
    recipient = forms.CharField(label=_("受送达人"), max_length=120)
    place = forms.CharField(label=_("送达地点"), max_length=200)
    receiver = forms.CharField(label=_("收件人"), max_length=64, required=False)
    receiver_relation = forms.CharField(label=_("与受送达人的关系"), max_length=60, required=False)
    servers = LinesField(label=_("送达人"), required=False, help_text=_("每行一人"), widget=forms.Textarea(attrs={"rows": 2}))
    witness = forms.CharField(label=_("见证人"), max_length=120, required=False)
    refusal = forms.CharField(label=_("拒收事由"), max_length=300, required=False)
    channel = forms.CharField(
        label=_("电子送达或者公告的渠道"), max_length=200, required=False,
        help_text=_("电子送达以已定稿的送达地址确认书中的书面同意为准"),
    )
    tracking_no = forms.CharField(label=_("邮件号"), max_length=60, required=False)
    ground = forms.CharField(label=_("公告送达的理由和经过"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    media_kind = forms.ChoiceField(label=_("凭据类别"), choices=[("", "—"), *ServiceMedia.KINDS], required=False)
    media_file = forms.FileField(label=_("凭据"), required=False)
    explanation = forms.CharField(
        label=_("情况说明"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("已经发生的送达有瑕疵时填写；瑕疵与说明一并留存"),
    )

    def given(self) -> dict[str, Any]:
        """The arguments of the act; an uploaded proof is kept first."""
        values = dict(self.cleaned_data)
        upload, kind = values.pop("media_file"), values.pop("media_kind")
        values["servers"] = values["servers"] or []
        values["media"] = [GivenMedia(kind or "other", store_upload(upload), upload.name)] if upload else []
        return values


class SignatureForm(forms.Form):
    """Who signed, when, and how."""

    role = forms.CharField(
        label=_("身份"), max_length=40, help_text=_("例如：当事人、见证人、执法人员。执法人员签名时核对其执法证件。")
    )
    name = forms.CharField(label=_("姓名"), max_length=64)
    manner = forms.ChoiceField(label=_("方式"), choices=SignatureManner.choices)
    moment = MomentField(label=_("签名时间"))
    scanned_at = MomentField(label=_("扫描时间"), required=False)
    refusal_reason = forms.CharField(label=_("拒签原因"), max_length=200, required=False)

    def clean_moment(self) -> datetime:
        """Nobody signed in the future."""
        moment: datetime = self.cleaned_data["moment"]
        if moment > clock.now():
            raise forms.ValidationError(_("签名时间晚于现在"))
        return moment


class UploadForm(forms.Form):
    """One file."""

    file = forms.FileField(label=_("文件"))


class PhotoForm(forms.Form):
    """A photographed page."""

    file = forms.FileField(
        label=_("照片"), widget=forms.ClearableFileInput(attrs={"accept": "image/*", "capture": "environment"})
    )


class ManyFilesInput(forms.ClearableFileInput):
    """Several pictures at once."""

    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Several files; a single one is a list as well."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each file is checked by itself."""
        given = data if isinstance(data, (list, tuple)) else [data]
        if len(given) > MOST_PHOTOS:
            raise forms.ValidationError(_("一次最多上传%(n)s张照片"), params={"n": MOST_PHOTOS})
        return [super(ManyFilesField, self).clean(one, initial) for one in given]


class PhotosForm(forms.Form):
    """Photographed pages of any documents: the code on each page says where it belongs."""

    files = ManyFilesField(label=_("照片"), widget=ManyFilesInput(attrs={"accept": "image/*"}))


class AttachForm(forms.Form):
    """A file that belongs to a document."""

    name = forms.CharField(label=_("名称"), max_length=200)
    file = forms.FileField(label=_("文件"))

    def given(self) -> dict[str, Any]:
        """The arguments of the act; the upload is kept first."""
        return {"name": self.cleaned_data["name"], "stored": store_upload(self.cleaned_data["file"])}


class KindForm(forms.Form):
    """Which matter, and which kind of paper."""

    subject = forms.CharField(
        label=_("所属案件、线索"), max_length=80, help_text=_("填案号、线索编号，或者同一案件里另一份文书的文号。")
    )
    key = forms.ChoiceField(label=_("文书种类"))

    def __init__(self, *args: Any, matter: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if matter is not None:  # named in the head of the page already
            self.fields["subject"].widget = forms.HiddenInput()
            self.initial["subject"] = matter.subject
        self.fields["key"].choices = [(k, d.title) for k, d in facts.definitions().items()]


class EnterForm(forms.Form):
    """A paper that exists: its number in the office's own register, its day, scans, and where it comes from."""

    number = forms.CharField(
        label=_("文号"), max_length=80, required=False, help_text=_("机关登记簿已经给出的文号，照原件填写；系统不再发出同一个号。")
    )
    dated = forms.DateField(label=_("落款日期"), widget=DayInput())
    explanation = forms.CharField(
        label=_("情况说明"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("例如：启用系统前在纸上办理。")
    )
    files = ManyFilesField(
        label=_("扫描件"), required=False, widget=ManyFilesInput(attrs={"accept": "image/*,application/pdf"})
    )

    def __init__(self, *args: Any, blank: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if blank:
            del self.fields["number"]

    def clean_dated(self) -> date:
        """What exists bears no future day."""
        day: date = self.cleaned_data["dated"]
        if day > clock.today():
            raise forms.ValidationError(_("落款日期晚于今天"))
        return day

    def given(self) -> dict[str, Any]:
        """The arguments of the act; uploads are kept first."""
        values = dict(self.cleaned_data)
        values["scans"] = [(store_upload(u), u.name) for u in values.pop("files") or [] if u]
        return values


class OrganPaperForm(forms.Form):
    """The organ's paper, and how it forms the numbers of single kinds."""

    letterhead = forms.ChoiceField(label=_("版头"), choices=OrganPaper.LETTERHEADS)
    offset_x_mm = forms.FloatField(label=_("右移（毫米）"), min_value=-40, max_value=40)
    offset_y_mm = forms.FloatField(label=_("下移（毫米）"), min_value=-40, max_value=40)
    number_forms = LinesField(
        label=_("文号格式"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("每行一种，例如：行政处罚决定书 罚决字 {organ}{code}〔{year}〕第{seq}号。不填的按默认格式。"),
    )

    def __init__(self, *args: Any, initial: Any = None, **kwargs: Any) -> None:
        shown = dict(initial or {})
        titles = {k: d.title for k, d in facts.definitions().items()}
        forms_now = shown.get("number_forms") or {}
        shown["number_forms"] = [f"{titles.get(k, k)} {f.get('code', '')} {f.get('pattern', '')}" for k, f in forms_now.items()]
        super().__init__(*args, initial=shown, **kwargs)

    def clean_number_forms(self) -> dict[str, dict[str, str]]:
        """Title, code, pattern: three words a line."""
        keys = {d.title: k for k, d in facts.definitions().items()}
        found = {}
        for line in self.cleaned_data["number_forms"] or []:
            words = line.split()
            if len(words) != 3 or words[0] not in keys:
                raise forms.ValidationError(_("看不懂这一行：%(line)s"), params={"line": line})
            found[keys[words[0]]] = {"code": words[1], "pattern": words[2]}
        return found


class BlanksForm(forms.Form):
    """How many blank forms of which kind."""

    key = forms.ChoiceField(label=_("文书种类"))
    copies = forms.IntegerField(label=_("份数"), min_value=1, max_value=50, initial=5)

    def __init__(self, *args: Any, kinds: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].choices = kinds
