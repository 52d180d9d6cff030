"""Forms up to filing: lead, verification, the four conditions, the head's answer, and ways out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dayu.cases.forms.base import CaseForm, ReasonForm, WordsField, word_choices
from dayu.cases.forms.questions import QuestionForm
from dayu.law.conditions.filing import DECLINE_GROUNDS, FILING_QUESTIONS
from dayu.law.situation import Answer

SOURCES = [
    ("检查", _("检查")), ("巡查", _("巡查")), ("举报", _("举报")), ("投诉", _("投诉")), ("交办", _("交办")), ("移送", _("移送")),
    ("媒体", _("媒体")), ("遥感", _("遥感")), ("视频监控", _("视频监控")), ("其他", _("其他")),
]  # fmt: skip


class RegisterLeadForm(CaseForm):
    """登记线索."""

    source = forms.ChoiceField(label=_("案件来源"), choices=SOURCES)

    def fill(self) -> None:
        """The source that was entered with the case."""
        self.start(source=self.page.case.source_type)


class VerifyLeadForm(CaseForm):
    """核查线索."""

    result = WordsField(label=_("核查情况"), max_length=1000, help_text=_("两名执法人员到场核查，看到什么、是否属实。"))


class FilingForm(QuestionForm):
    """报请立案: the conditions, each with its reason, and the opinion."""

    reason_label = _("理由")
    opinion = WordsField(label=_("承办意见"), max_length=1000)

    def questions(self) -> Iterable[tuple[str, str, str]]:
        """The four conditions of filing."""
        for key, words in word_choices("questions", FILING_QUESTIONS):
            yield key, words, FILING_QUESTIONS[key].text()

    def answered(self) -> Mapping[str, Answer]:
        """What was answered before."""
        return self.page.situation.answers

    def fill(self) -> None:
        """The opinion starts with what is known of the case."""
        super().fill()
        self.start(opinion=str(_("建议立案调查。")))


class FileCaseForm(CaseForm):
    """批准立案."""

    opinion = WordsField(label=_("批准意见"), max_length=500, initial=_("同意立案。"))
    given_number = forms.CharField(
        label=_("登记簿已给的案号"), required=False, max_length=60, help_text=_("留空由系统取下一个号。")
    )


class DeclineForm(CaseForm):
    """不予立案."""

    ground = forms.ChoiceField(label=_("列明的理由"))
    reason = WordsField(label=_("情况说明"), max_length=1000)

    def fill(self) -> None:
        """Only grounds that the rules list."""
        self.fields["ground"].choices = word_choices("decline_grounds", DECLINE_GROUNDS)  # type: ignore[attr-defined]


class TransferForm(ReasonForm):
    """移送有管辖权的机关."""

    receiver = forms.CharField(label=_("受移送机关"), max_length=120)
    field_order = ("receiver", "reason")

    def arguments(self) -> dict[str, Any]:
        """Receiver and reason."""
        return {"receiver": self.cleaned_data["receiver"], "reason": self.cleaned_data["reason"]}
