"""Forms of the records pages. Their fields carry the names of the actions' arguments where that is possible."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from dayu.core import clock
from dayu.core.actors import Actor
from dayu.core.files import store_upload
from dayu.org.models import Person
from dayu.org.selectors import holders_of
from dayu.records.facts import GivenFile, PreservedThing, Proceedings
from dayu.records.models import EvidenceKind, PreservedItem
from dayu.records.models.evidence import EvidenceForm as EvidenceFormKind
from dayu.records.models.proceedings import ProceedingsKind, SignatureState

THINGS = 5  # lines of the list of things on one page


class MomentField(forms.DateTimeField):
    """A moment, typed with the browser's own calendar and clock, by the clock on the wall."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"], **kwargs)


class _ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once."""

    widget = _ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Each file on its own."""
        given: Sequence[Any] = data if isinstance(data, (list, tuple)) else [data]
        found = [super(FilesField, self).clean(d, initial) for d in given]
        return [f for f in found if f is not None and f is not False]


def kept(uploads: Sequence[UploadedFile]) -> list[GivenFile]:
    """Uploaded files, stored, with the names people gave them."""
    return [GivenFile(store_upload(u), (u.name or "")[:160]) for u in uploads]


def officers_of(actor: Actor) -> Any:
    """The officers of the actor's organ."""
    if actor.organ_id is None:
        return Person.objects.none()
    return holders_of("handler", "unit_head", agency=actor.organ_id, on=clock.today())


class OfficerForm(forms.Form):
    """Forms that name officers of the organ."""

    officer_fields: Sequence[str] = ()

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.officer_fields:
            self.fields[name].queryset = officers_of(actor)  # type: ignore[attr-defined]


class TakeEvidenceForm(OfficerForm):
    """One piece of evidence."""

    officer_fields = ("taken_by", "second_taker")

    kind = forms.ChoiceField(label=_("证据种类"), choices=EvidenceKind.choices)
    name = forms.CharField(label=_("名称"), max_length=120)
    files = FilesField(label=_("文件"), required=False, help_text=_("原始文件，按原样保存，不作改动"))
    source = forms.CharField(label=_("来源"), max_length=200, help_text=_("何处、何人提供，或者如何取得"))
    taken_at = MomentField(label=_("取证时间"))
    place = forms.CharField(label=_("取证地点"), max_length=200, required=False)
    taken_by = forms.ModelChoiceField(label=_("取证人"), queryset=None, required=False)
    second_taker = forms.ModelChoiceField(label=_("取证人（二）"), queryset=None, required=False)
    provided_by = forms.CharField(label=_("提供人"), max_length=100, required=False)
    form = forms.ChoiceField(label=_("形式"), choices=EvidenceFormKind.choices)
    original_kept_at = forms.CharField(label=_("原件（原物）存放处"), max_length=200, required=False)
    proves = forms.CharField(label=_("证明对象"), max_length=300, required=False)
    device = forms.CharField(label=_("设备"), max_length=120, required=False)
    device_time = MomentField(label=_("设备时间"), required=False)
    extraction = forms.CharField(label=_("提取过程"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    quantity = forms.CharField(label=_("数量"), max_length=60, required=False)

    @staticmethod
    def arguments(given: dict[str, Any]) -> dict[str, Any]:
        """Cleaned values as the action takes them."""
        rest = {k: v for k, v in given.items() if k not in ("taken_by", "second_taker")}
        takers = [p for p in (given["taken_by"], given["second_taker"]) if p is not None]
        return {**rest, "takers": takers, "files": kept(given["files"])}


class CheckEvidenceForm(forms.Form):
    """True, lawful, relevant."""

    is_true = forms.BooleanField(label=_("真实"), required=False)
    is_lawful = forms.BooleanField(label=_("合法"), required=False)
    is_relevant = forms.BooleanField(label=_("关联"), required=False)
    remark = forms.CharField(
        label=_("说明"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("有一项不成立的，写明原因"),
    )  # fmt: skip


class AmendEvidenceForm(forms.Form):
    """What is said about a piece."""

    name = forms.CharField(label=_("名称"), max_length=120)
    source = forms.CharField(label=_("来源"), max_length=200)
    provided_by = forms.CharField(label=_("提供人"), max_length=100, required=False)
    place = forms.CharField(label=_("取证地点"), max_length=200, required=False)
    form = forms.ChoiceField(label=_("形式"), choices=EvidenceFormKind.choices)
    original_kept_at = forms.CharField(label=_("原件（原物）存放处"), max_length=200, required=False)
    proves = forms.CharField(label=_("证明对象"), max_length=300, required=False)
    quantity = forms.CharField(label=_("数量"), max_length=60, required=False)


class AddFileForm(forms.Form):
    """A further file."""

    upload = forms.FileField(label=_("文件"))


class WordsForm(forms.Form):
    """Words to add."""

    text = forms.CharField(label=_("内容"), widget=forms.Textarea(attrs={"rows": 3}))


class ReasonForm(forms.Form):
    """A reason."""

    reason = forms.CharField(label=_("原因"), max_length=200)


class WordsAndReasonForm(WordsForm):
    """Words to add and why."""

    reason = forms.CharField(label=_("原因"), max_length=200)


class ProceedingsForm(OfficerForm):
    """A record of proceedings as it was written."""

    officer_fields = ("asks", "writes")

    kind = forms.ChoiceField(label=_("种类"), choices=ProceedingsKind.choices)
    place = forms.CharField(label=_("地点"), max_length=200)
    started_at = MomentField(label=_("开始时间"))
    ended_at = MomentField(label=_("结束时间"))
    asks = forms.ModelChoiceField(label=_("询问（检查、勘验）人"), queryset=None)
    writes = forms.ModelChoiceField(label=_("记录人"), queryset=None, required=False)
    examined_name = forms.CharField(label=_("被询问（检查、勘验）人"), max_length=120, required=False)
    examined_role = forms.CharField(label=_("身份"), max_length=60, required=False)
    examined_identity = forms.CharField(label=_("证件号码"), max_length=40, required=False)
    examined_phone = forms.CharField(label=_("联系电话"), max_length=30, required=False)
    certificates_shown = forms.BooleanField(label=_("已出示执法证件"), required=False)
    rights_told = forms.BooleanField(label=_("已告知权利义务"), required=False)
    text = forms.CharField(label=_("正文"), required=False, widget=forms.Textarea(attrs={"rows": 8}))
    pages = forms.IntegerField(label=_("页数"), min_value=1, max_value=999, initial=1)
    corrections = forms.IntegerField(label=_("涂改处数"), min_value=0, max_value=999, initial=0)
    corrections_signed = forms.BooleanField(label=_("涂改处已确认"), required=False)
    signature = forms.ChoiceField(label=_("签名情况"), choices=SignatureState.choices)
    signature_note = forms.CharField(label=_("签名说明"), max_length=200, required=False)
    witness_name = forms.CharField(label=_("见证人"), max_length=60, required=False)
    officers_signed = forms.BooleanField(label=_("执法人员已签名"), required=False)
    is_minor = forms.BooleanField(label=_("未成年人"), required=False)
    guardian_name = forms.CharField(label=_("监护人"), max_length=60, required=False)
    interpreter_name = forms.CharField(label=_("翻译"), max_length=60, required=False)
    interpreter_signed = forms.BooleanField(label=_("翻译已签名"), required=False)
    files = FilesField(label=_("签名页扫描件、录音录像"), required=False)
    explanation = forms.CharField(
        label=_("情况说明"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("笔录有瑕疵而事情确已发生的，在此写明，瑕疵随笔录保留"),
    )  # fmt: skip

    @staticmethod
    def written(given: dict[str, Any]) -> Proceedings:
        """Cleaned values as the record that was written."""
        rest = {k: v for k, v in given.items() if k not in ("explanation", "asks", "writes")}
        asks, writes = given["asks"], given["writes"]
        officers = [(asks, "asks")] + ([(writes, "writes")] if writes is not None and writes != asks else [])
        return Proceedings(**{**rest, "officers": officers, "files": kept(given["files"])})


class ProposePreservationForm(OfficerForm):
    """Advance registration: who holds what, where, and why it cannot wait. Up to `THINGS` things on one page."""

    officer_fields = ("first_officer", "second_officer")

    holder_name = forms.CharField(label=_("持有人"), max_length=120)
    reason = forms.CharField(label=_("保存理由"), max_length=300)
    place = forms.CharField(label=_("保存地点"), max_length=200)
    kept_in_place = forms.BooleanField(label=_("就地保存"), required=False, initial=True)
    keeper = forms.CharField(label=_("保管人"), max_length=100, required=False)
    first_officer = forms.ModelChoiceField(label=_("执法人员"), queryset=None)
    second_officer = forms.ModelChoiceField(label=_("执法人员（二）"), queryset=None, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, THINGS + 1):
            first = number == 1
            self.fields[f"name_{number}"] = forms.CharField(label=_("物品名称"), max_length=120, required=first)
            self.fields[f"specification_{number}"] = forms.CharField(
                label=_("规格型号"), max_length=120, required=False
            )
            self.fields[f"quantity_{number}"] = forms.CharField(label=_("数量"), max_length=40, required=first)

    @staticmethod
    def arguments(given: dict[str, Any]) -> dict[str, Any]:
        """Cleaned values as the action takes them."""
        things = [
            PreservedThing(given[f"name_{n}"], given[f"quantity_{n}"], given[f"specification_{n}"])
            for n in range(1, THINGS + 1)
            if given[f"name_{n}"]
        ]
        officers = [p for p in (given["first_officer"], given["second_officer"]) if p is not None]
        plain = {k: given[k] for k in ("holder_name", "reason", "place", "kept_in_place", "keeper")}
        return {**plain, "officers": officers, "things": things}


class CarryOutForm(forms.Form):
    """When and how a preservation was carried out."""

    happened_at = MomentField(label=_("登记保存时间"))
    urgent_reason = forms.CharField(
        label=_("紧急理由"), max_length=300, required=False, help_text=_("未经批准先实施的，写明为什么不能等")
    )
    explanation = forms.CharField(label=_("情况说明"), max_length=500, required=False)


class DisposalForm(forms.Form):
    """A decision about each thing that has none."""

    def __init__(self, *args: Any, items: Sequence[PreservedItem], heads: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("暂不处理")), *PreservedItem.DISPOSALS]
        for item in items:
            label = f"{item.position}. {item.name} {item.quantity}"
            self.fields[f"disposal_{item.pk}"] = forms.ChoiceField(label=label, choices=choices, required=False)
            self.fields[f"note_{item.pk}"] = forms.CharField(label=_("处理说明"), max_length=200, required=False)
        self.fields["approved_by"] = forms.ModelChoiceField(
            label=_("作出决定的负责人"),
            queryset=heads,
            required=False,
            help_text=_("由承办人录入纸质决定的，选择签字的负责人"),
        )

    @staticmethod
    def arguments(given: dict[str, Any]) -> dict[str, Any]:
        """Cleaned values as the action takes them."""
        chosen = {int(k.removeprefix("disposal_")): v for k, v in given.items() if k.startswith("disposal_") and v}
        decisions = {pk: (disposal, given[f"note_{pk}"]) for pk, disposal in chosen.items()}
        return {"decisions": decisions, "approved_by": given["approved_by"]}
