"""Forms from the notice to the hearing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dayu.cases.forms.base import CaseForm, LinesField, MomentField, PaperField, PeopleField, WordsField
from dayu.cases.models import DefencePoint
from dayu.core import clock


class NoticeForm(CaseForm):
    """制作处罚事先告知书."""

    papers = ("penalty_notice", "hearing_right_notice")
    hearing_offered = forms.BooleanField(label=_("同时告知听证权利"), required=False)
    defence_days = forms.IntegerField(label=_("陈述、申辩期限（工作日）"), min_value=1, max_value=60)
    document = PaperField(label=_("告知书"), help_text=_("选中的草稿会在同一步里取号、定稿。"))

    def fill(self) -> None:
        """The right to a hearing is told where the law asks for it; an open threshold counts as met."""
        assert self.party is not None
        view = self.page.situation.party(self.party.key)
        due = view is not None and view.hearing_required is not False
        self.start(hearing_offered=due, defence_days=self.page.situation.setting("defence_working_days"))
        if due:
            self.fields["hearing_offered"].help_text = _("本案达到听证标准，应当告知。")


class DefenceForm(CaseForm):
    """登记陈述、申辩: cut into points, each of which will be answered."""

    papers = ("defence_record",)
    points = LinesField(rows=5, label=_("意见要点"), help_text=_("每行一点，逐点答复。"))
    text = WordsField(rows=4, label=_("原文"), required=False, max_length=8000)
    oral = forms.BooleanField(label=_("口头提出，已制作笔录"), required=False)
    final = forms.BooleanField(label=_("当事人表示没有补充"), required=False)
    document = PaperField(label=_("陈述申辩笔录或者书面材料"))


class WaiverForm(CaseForm):
    """放弃权利: in which paper."""

    document = forms.CharField(
        label=_("书面材料或者笔录"),
        max_length=120,
        required=False,
        help_text=_("写明放弃权利的书面材料名称、日期或者编号。"),
    )


class AnswerPointsForm(CaseForm):
    """答复申辩意见: every point of the plea at once."""

    ANSWERS = (("", _("未答复")), ("yes", _("采纳")), ("no", _("不采纳")))

    def fill(self) -> None:
        """Two fields for each point."""
        self.points = list(
            DefencePoint.objects.filter(defence__party=self.party)
            .select_related("defence")
            .order_by("defence_id", "position")
        )
        for number, point in enumerate(self.points, 1):
            said = "" if point.adopted is None else "yes" if point.adopted else "no"
            label = _("第 %(n)s 点：%(text)s") % {"n": number, "text": point.text}
            self.fields[f"adopted_{point.pk}"] = forms.ChoiceField(label=label, choices=self.ANSWERS, required=False)
            self.fields[f"answer_{point.pk}"] = WordsField(label=_("理由"), required=False, max_length=2000, rows=2)
            self.start(**{f"adopted_{point.pk}": said, f"answer_{point.pk}": point.answer})

    def clean(self) -> dict[str, Any]:
        """An answer has its reason."""
        values: dict[str, Any] = super().clean() or {}
        for point in self.points:
            if values.get(f"adopted_{point.pk}") and not values.get(f"answer_{point.pk}", "").strip():
                self.add_error(f"answer_{point.pk}", _("写明采纳或者不采纳的理由。"))
        return values

    def given(self) -> Iterable[tuple[DefencePoint, bool, str]]:
        """The points whose answer is new or changed."""
        for point in self.points:
            said, why = (
                self.cleaned_data.get(f"adopted_{point.pk}"),
                self.cleaned_data.get(f"answer_{point.pk}", "").strip(),
            )
            if said and (point.adopted is None or point.adopted != (said == "yes") or point.answer != why):
                yield point, said == "yes", why


class ReexamineForm(CaseForm):
    """复核申辩."""

    papers = ("defence_review",)
    opinion = WordsField(
        rows=4, label=_("复核意见"), max_length=2000, help_text=_("对事实、理由和证据的复核情况和结论。")
    )
    document = PaperField(label=_("申辩复核意见"))


class PaperForm(CaseForm):
    """An act with only its paper."""

    papers = ("hearing_application",)
    document = PaperField()


class NoticeHearingForm(CaseForm):
    """通知听证: seven working days before."""

    papers = ("hearing_notice", "hearing_announcement")
    scheduled_at = MomentField(label=_("举行时间"), help_text=_("通知送达与听证之间须满七个工作日。"))
    place = forms.CharField(label=_("地点"), max_length=200)
    presider = PeopleField(label=_("主持人"), help_text=_("不得是本案调查人员。"))
    recorder = PeopleField(label=_("记录人"), required=False)
    is_open = forms.TypedChoiceField(
        label=_("是否公开"),
        coerce=lambda v: v == "True",
        choices=[("True", _("公开")), ("False", _("不公开"))],
        widget=forms.RadioSelect,
        initial="True",
    )
    closed_reason = forms.CharField(label=_("不公开的理由"), max_length=200, required=False)
    document = PaperField(label=_("听证通知书"))

    def fill(self) -> None:
        """Presiders of the organ; nobody who investigated."""
        investigators = {o.person for o in self.page.officers}
        people: list[Any] = list(self.page.people)
        self.offer_people("presider", [p for p in people if p.presides and p.pk not in investigators])
        self.offer_people("recorder", people)

    def clean(self) -> dict[str, Any]:
        """A closed hearing has its reason."""
        values: dict[str, Any] = super().clean() or {}
        if values.get("is_open") is False and not values.get("closed_reason", "").strip():
            self.add_error("closed_reason", _("写明不公开的理由。"))
        return values


class HoldHearingForm(CaseForm):
    """举行听证."""

    transcript = forms.CharField(
        label=_("听证笔录"),
        max_length=80,
        required=False,
        help_text=_("笔录的文书编号；当事人、证人核对签名或者盖章。"),
    )
    opinion = WordsField(rows=5, label=_("听证意见"), max_length=4000)


class AbsenceForm(CaseForm):
    """终止听证."""

    reason = WordsField(label=_("缺席或者退场的情况"), max_length=300)


def now_local() -> str:
    """The present moment for a field of local time."""
    return f"{clock.now().astimezone(clock.LEGAL_ZONE):%Y-%m-%dT%H:%M}"
