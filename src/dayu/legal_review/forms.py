"""Forms of the review pages. Their fields carry the names of the actions' arguments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dayu.core import clock
from dayu.legal_review.definitions import conclusions
from dayu.legal_review.facts import REVIEWER_POSTS
from dayu.legal_review.models import LegalReview, ReviewPoint
from dayu.org.models import Agency
from dayu.org.selectors import holders_of


def conclusion_choices() -> list[tuple[str, str]]:
    """How a review may end, in the present language."""
    english = (get_language() or "").startswith("en")
    return [(c.key, c.en if english else c.zh) for c in conclusions().values()]


class PointForm(forms.Form):
    """The answer to one point."""

    answer = forms.ChoiceField(label=_("判断"), choices=ReviewPoint.ANSWERS, widget=forms.RadioSelect)
    failing = forms.MultipleChoiceField(
        label=_("哪一点不足"), choices=ReviewPoint.ASPECTS, required=False, widget=forms.CheckboxSelectMultiple
    )
    remark = forms.CharField(label=_("说明"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    ground = forms.CharField(
        label=_("通过的理由"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("系统标红或者您认为有问题，仍可通过的，在此写明理由"),
    )  # fmt: skip


class ConcludeForm(forms.Form):
    """The opinion."""

    conclusion = forms.ChoiceField(label=_("审核结论"), choices=conclusion_choices)
    opinion = forms.CharField(label=_("审核意见"), required=False, widget=forms.Textarea(attrs={"rows": 4}))


class AskForm(forms.Form):
    """What the reviewer asks for."""

    asked_for = forms.CharField(label=_("要求补正的内容"), widget=forms.Textarea(attrs={"rows": 3}))


class SupplyForm(forms.Form):
    """What the handler answers."""

    answer = forms.CharField(label=_("补正说明"), widget=forms.Textarea(attrs={"rows": 3}))


class WithdrawForm(forms.Form):
    """Why a submission is taken back."""

    reason = forms.CharField(label=_("撤回原因"), max_length=200)


class AssignForm(forms.Form):
    """Who reviews."""

    reviewer = forms.ModelChoiceField(label=_("审核人员"), queryset=None)

    def __init__(self, *args: Any, review: LegalReview, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = holders_of(*REVIEWER_POSTS, agency=review.reviewing_agency_id, on=clock.today())
        if review.reviewing_unit_id is not None:
            people = people.filter(unit_id=review.reviewing_unit_id)
        self.fields["reviewer"].queryset = people.distinct()  # type: ignore[attr-defined]


class BodyForm(forms.Form):
    """Who reviews the decisions of the organ."""

    unit = forms.ModelChoiceField(label=_("审核机构"), queryset=None, help_text=_("不承担执法职责的内设机构"))
    basis = forms.CharField(label=_("依据"), max_length=200)
    valid_from = forms.DateField(label=_("起始日"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, *args: Any, organ: Agency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = organ.units.filter(has_enforcement_power=False)  # type: ignore[attr-defined]
