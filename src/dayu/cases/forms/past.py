"""接续、补录: one step that already happened on paper, with its date and what is known of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dayu.cases import facts
from dayu.cases.doors import act_name
from dayu.cases.forms.base import CaseForm, DayField, MoneyField, WordsField, word_choices
from dayu.cases.models import CaseParty


class PastForm(CaseForm):
    """补录已经发生的步骤."""

    act = forms.ChoiceField(label=_("步骤"))
    on = DayField(label=_("发生日期"), help_text=_("当时的日期；公告送达写视为送达的那一天。"))
    party_id = forms.TypedChoiceField(label=_("当事人"), coerce=int, required=False, empty_value=None)
    document = forms.CharField(
        label=_("纸质文书"), required=False, max_length=80, help_text=_("名称和文号；扫描件另在证据里登记。")
    )
    amount_yuan = MoneyField(label=_("罚款（元）"), required=False, help_text=_("告知、决定、缴款写明金额。"))
    method = forms.ChoiceField(label=_("送达方式"), required=False)
    days = forms.IntegerField(
        label=_("文书写明的天数"), required=False, min_value=1, max_value=365, help_text=_("责令的期限。")
    )
    hearing_offered = forms.BooleanField(label=_("已告知听证权利"), required=False)
    defence_until = DayField(label=_("陈述申辩期限届满"), required=False)
    detail = WordsField(label=_("内容"), required=False, max_length=1000)
    explanation = WordsField(
        label=_("情况说明"),
        required=False,
        max_length=1000,
        help_text=_("有瑕疵（缺第二名执法人员、晚送达等）的必须说明。"),
    )

    def __init__(self, *args: Any, wanted: str = "", **options: Any) -> None:
        self.wanted = wanted
        super().__init__(*args, **options)

    def fill(self) -> None:
        """All steps of the procedure; the parties of the case."""
        steps = facts.procedure_of(self.page.case).steps
        self.fields["act"].choices = [(s.act, act_name(s.act)) for s in steps]  # type: ignore[attr-defined]
        present = [(p["id"], p["name"]) for p in self.page.party_names if not p["left_on"]]
        self.fields["party_id"].choices = [("", _("全案")), *present]  # type: ignore[attr-defined]
        self.fields["method"].choices = [("", "—"), *word_choices("serving_methods")]  # type: ignore[attr-defined]
        self.start(act=self.wanted)
        if len(present) == 1:
            self.start(party_id=present[0][0])

    def clean(self) -> dict[str, Any]:
        """A step of one party names the party."""
        values: dict[str, Any] = super().clean() or {}
        step = facts.procedure_of(self.page.case).by_act.get(values.get("act", ""))
        if step is not None and step.per_party and not values.get("party_id"):
            self.add_error("party_id", _("这一步按当事人办理，请选择当事人。"))
        if step is not None and not step.per_party:
            values["party_id"] = None
        return values

    def arguments(self) -> dict[str, Any]:
        """The step with its particulars; what was left open is left out."""
        values = self.cleaned_data
        party = CaseParty.objects.filter(pk=values["party_id"]).first() if values.get("party_id") else None
        params: dict[str, Any] = {}
        for name in ("amount_yuan", "days", "method", "detail"):
            if values.get(name) not in (None, ""):
                params[name] = str(values[name]) if name == "amount_yuan" else values[name]
        if values.get("hearing_offered"):
            params["hearing_offered"] = True
        if values.get("defence_until"):
            params["defence_until"] = values["defence_until"].isoformat()
        if values.get("amount_yuan"):
            params["kinds"] = ["fine"]
        return {
            "act": values["act"],
            "on": values["on"],
            "party": party,
            "params": params,
            "document": values["document"],
            "explanation": values["explanation"],
        }
