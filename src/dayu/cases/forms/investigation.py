"""Forms of the investigation: facts, orders to correct, the clock, report, and what is known of the act."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dayu.cases.forms.base import CaseForm, DayField, PaperField, WordsField, word_choices
from dayu.core.files import store_upload
from dayu.documents.models import ServiceMedia
from dayu.documents.services import GivenMedia
from dayu.law.conditions.clock import PAUSE_GROUNDS
from dayu.law.conditions.correction import UNNEEDED_REASONS
from dayu.law.fact_conditions import fact_kinds
from dayu.law.violations import violation, violation_keys

PROOFS = [
    ("receipt", _("送达回证（签收、回执）")), ("witness", _("见证人签名")), ("recording", _("拍照或者录像")),
    ("consent", _("电子送达同意书")), ("reason", _("公告送达的理由和经过")),
]  # fmt: skip


class FactForm(CaseForm):
    """列明待证事实."""

    text = WordsField(
        label=_("要证明的事实"), max_length=500, help_text=_("一条只写一件事：谁、何时、何地、做了什么、多少。")
    )


class LinkForm(CaseForm):
    """关联证据: what the piece proves."""

    proves = WordsField(label=_("证明什么"), required=False, max_length=300, rows=2)


class OrderForm(CaseForm):
    """责令改正: what to do and by when."""

    papers = ("cease_order", "correction_order")
    content = WordsField(label=_("责令内容"), max_length=1000, help_text=_("停止什么、恢复到什么状态。"))
    days = forms.IntegerField(label=_("期限（日）"), min_value=1, max_value=365, initial=10)
    document = PaperField(label=_("责令文书"))
    on = DayField(
        label=_("已经责令的日期"),
        required=False,
        help_text=_("责令在此前已经作出（包括其他机关移送前作出）的，写当时的日期；现在作出的留空。"),
    )
    by_organ = forms.CharField(label=_("作出机关"), max_length=120, required=False, help_text=_("其他机关作出的才写。"))
    explanation = WordsField(
        label=_("情况说明"), required=False, max_length=500, help_text=_("补录的责令有瑕疵时写明。")
    )

    def fill(self) -> None:
        """The demand that the violation calls for."""
        self.start(content=str(_("立即停止违法行为")))


class ServeForm(CaseForm):
    """送达: how, and with which proof."""

    papers = ("proof_of_service",)
    method = forms.ChoiceField(label=_("送达方式"), widget=forms.RadioSelect)
    proofs = forms.MultipleChoiceField(
        label=_("凭据"),
        choices=PROOFS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_(
            "直接送达要送达回证；留置要见证人或者拍照录像；邮寄要回执；电子送达要同意书；公告要写明理由和经过。"
        ),
    )

    def fill(self) -> None:
        """The ways of serving that the law knows."""
        self.fields["method"].choices = word_choices("serving_methods")  # type: ignore[attr-defined]
        self.start(method="direct")


class ServeOrderForm(ServeForm):
    """送达责令通知书."""

    on = DayField(
        label=_("已经送达的日期"), required=False, help_text=_("此前已经送达的写当时的日期；现在送达的留空。")
    )
    explanation = WordsField(label=_("情况说明"), required=False, max_length=500)


class ServeAnnouncedForm(ServeForm):
    """送达告知书、决定书: the particulars go into the proof of service; public notice names its own day."""

    field_order = (
        "method", "proofs", "place", "receiver", "receiver_relation", "witness", "refusal", "tracking_no", "channel",
        "announced_on", "ground", "media_kind", "media_file", "explanation",
    )  # fmt: skip

    place = forms.CharField(label=_("送达地点"), required=False, max_length=200)
    receiver = forms.CharField(label=_("签收人"), required=False, max_length=64)
    receiver_relation = forms.CharField(label=_("与受送达人的关系"), required=False, max_length=60)
    refusal = forms.CharField(label=_("拒收事由"), required=False, max_length=300)
    witness = forms.CharField(label=_("见证人"), required=False, max_length=120)
    tracking_no = forms.CharField(label=_("邮件号"), required=False, max_length=60)
    channel = forms.CharField(label=_("电子送达或者公告的渠道"), required=False, max_length=200)
    ground = WordsField(label=_("公告送达的理由和经过"), required=False, max_length=1000, rows=2)
    media_kind = forms.ChoiceField(label=_("凭据类别"), choices=[("", "—"), *ServiceMedia.KINDS], required=False)
    media_file = forms.FileField(label=_("凭据（照片、录像、回执）"), required=False)
    explanation = WordsField(
        label=_("情况说明"),
        required=False,
        max_length=1000,
        rows=2,
        help_text=_("送达有瑕疵的写明；瑕疵与说明一并留存。"),
    )

    announced_on = DayField(label=_("公告日期"), required=False, help_text=_("公告送达的填写；公告满三十日视为送达。"))

    def fill(self) -> None:
        """The address that the party confirmed."""
        super().fill()
        if self.party is not None:
            self.start(place=self.party.service_address or self.party.address, receiver=self.party.name)

    def arguments(self) -> dict[str, Any]:
        """What was told; an uploaded proof is kept first."""
        values = {k: v for k, v in self.cleaned_data.items() if v not in ("", None, [])}
        upload, kind = values.pop("media_file", None), values.pop("media_kind", "")
        if values.get("method") in ("mail", "public_notice", "electronic"):
            values.pop("receiver", None)
        if upload is not None:
            values["media"] = [GivenMedia(kind or "other", store_upload(upload), upload.name)]
        return values


class UnneededForm(CaseForm):
    """认定无须责令改正."""

    ground = forms.ChoiceField(
        label=_("情形"),
        choices=[("already_corrected", _("已经改正")), ("cannot_be_corrected", _("无法改正"))],
        widget=forms.RadioSelect,
    )
    reason = WordsField(label=_("理由"), max_length=500)

    def clean_ground(self) -> str:
        """A listed ground."""
        value: str = self.cleaned_data["ground"]
        if value not in UNNEEDED_REASONS:
            raise forms.ValidationError(_("请选择列明的情形。"))
        return value


class VerifyCorrectionForm(CaseForm):
    """复查改正情况."""

    papers = ("recheck_record",)
    result = forms.ChoiceField(
        label=_("复查结果"),
        choices=[("corrected", _("已经改正")), ("not_corrected", _("没有改正"))],
        widget=forms.RadioSelect,
    )
    findings = WordsField(label=_("现场情况"), max_length=1000)
    document = PaperField(label=_("复查记录"))


class MannerForm(CaseForm):
    """How something was carried out."""

    manner = WordsField(label=_("办理情况"), max_length=500)


class ExtensionForm(CaseForm):
    """延长办案期限."""

    days = forms.IntegerField(label=_("延长（日）"), min_value=1, max_value=60, initial=30)
    reason = WordsField(
        label=_("理由"), max_length=500, help_text=_("案情复杂等不能按期办结的具体原因。须在期限届满前批准。")
    )


class PauseForm(CaseForm):
    """中止计算办案期限."""

    ground = forms.ChoiceField(label=_("事由"))
    reason = WordsField(label=_("情况说明"), max_length=500)

    def fill(self) -> None:
        """Listed grounds only."""
        self.fields["ground"].choices = word_choices("pauses", PAUSE_GROUNDS)  # type: ignore[attr-defined]


class ReportForm(CaseForm):
    """调查终结报告."""

    papers = ("investigation_report",)
    suggestion = WordsField(
        rows=5, label=_("处理建议"), max_length=2000, help_text=_("违法事实、证据、定性、裁量和建议。")
    )
    document = PaperField(label=_("调查终结报告"))

    def fill(self) -> None:
        """The facts as they are listed."""
        facts = "；".join(f.text for f in self.page.facts)
        if facts:
            self.start(suggestion=str(_("经查：%(facts)s。建议给予行政处罚。") % {"facts": facts}))


class ExamineForm(CaseForm):
    """审查调查结果."""

    route = forms.ChoiceField(label=_("审查结论"), widget=forms.RadioSelect)
    opinion = WordsField(label=_("意见"), max_length=1000, required=False)

    def fill(self) -> None:
        """The four ways of 处罚法五十七条."""
        self.fields["route"].choices = word_choices("routes")  # type: ignore[attr-defined]
        self.start(route="penalise")


# -- what is known of the act ------------------------------------------------------------------------------------------

PARTIAL = _("可以只写到年或者月，例如 2026-02。")


def violation_choices() -> list[tuple[str, str]]:
    """All violations of the catalogue."""
    return [("", str(_("还不确定"))), *((key, violation(key).name) for key in violation_keys())]


class CaseFactsForm(CaseForm):
    """修改案件信息: violation, dates, place."""

    title = forms.CharField(label=_("案由"), max_length=200)
    violation = forms.ChoiceField(label=_("违法行为"), required=False)
    summary = WordsField(label=_("案情"), required=False, max_length=4000, rows=4)
    source_type = forms.CharField(label=_("案件来源"), required=False, max_length=40)
    acted_from = forms.CharField(label=_("行为开始"), required=False, max_length=10, help_text=PARTIAL)
    acted_to = forms.CharField(label=_("行为终了"), required=False, max_length=10, help_text=PARTIAL)
    discovered_on = forms.CharField(label=_("发现日期"), required=False, max_length=10, help_text=PARTIAL)
    place = forms.CharField(label=_("地点"), required=False, max_length=200)
    reach = forms.CharField(label=_("河段"), required=False, max_length=80)

    def fill(self) -> None:
        """What is known."""
        self.fields["violation"].choices = violation_choices()  # type: ignore[attr-defined]
        case = self.page.case
        self.start(**{name: getattr(case, name) for name in self.fields})

    def arguments(self) -> dict[str, Any]:
        """Only what changed."""
        case = self.page.case
        return {k: v for k, v in self.cleaned_data.items() if getattr(case, k) != v}


class DiscretionFactsForm(CaseForm):
    """裁量事实: what ranges, thresholds and benchmarks ask for, as the assessment of this party found it."""

    def fill(self) -> None:
        """A field for each fact that is asked or known."""
        known, kinds = dict(self.page.case.facts), fact_kinds()
        english = (get_language() or "").startswith("en")
        for name in self.wanted():
            kind = kinds[name]
            question, label = (kind.en, kind.label_en) if english else (kind.zh, kind.label_zh)
            field: forms.Field
            if kind.kind == "number":
                field = forms.DecimalField(label=label, required=False, min_value=0, help_text=question,
                                           widget=forms.TextInput(attrs={"inputmode": "decimal"}))  # fmt: skip
            else:
                options = list(zip(kind.choices, kind.choices_zh or kind.choices, strict=True))
                if kind.kind == "yes_no":
                    options = [("True", str(_("是"))), ("False", str(_("否")))]
                field = forms.ChoiceField(label=label, required=False, choices=[("", str(_("还不清楚"))), *options],
                                          help_text=question)  # fmt: skip
            self.fields[name] = field
            if name in known:
                self.start(**{name: known[name] if not isinstance(known[name], bool) else str(known[name])})

    def wanted(self) -> list[str]:
        """Names of the facts, those that are asked for first."""
        kinds = fact_kinds()
        asked: list[str] = []
        for party in self.page.parties:
            found = self.page.assessment(party)
            if found is None:
                continue
            asked += [q for q in found.questions if q in kinds]
            if found.benchmark is not None:
                asked += list(found.benchmark.factors)
        asked += [name for name in self.page.case.facts if name in kinds]
        return [n for n in dict.fromkeys(asked) if not kinds[n].derived and n != "treated_as"]

    def arguments(self) -> dict[str, Any]:
        """All facts of the case, those of the form renewed."""
        facts = dict(self.page.case.facts)
        for name, value in self.cleaned_data.items():
            if value in ("", None):
                facts.pop(name, None)
            elif fact_kinds()[name].kind == "yes_no":
                facts[name] = value == "True"
            else:
                facts[name] = format(value, "f") if isinstance(value, Decimal) else value
        return {"facts": facts}
