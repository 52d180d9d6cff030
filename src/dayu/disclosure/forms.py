"""Forms of acts on publications."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dayu.core.clock import today
from dayu.disclosure.grounds import grounds_for
from dayu.disclosure.models import Publication

NEEDS_A_GROUND = _("不予公开须有法定依据，请从列出的依据中选择；没有依据的应当公示。")
NO_GROUND = {"required": NEEDS_A_GROUND, "invalid_choice": NEEDS_A_GROUND}


class DayField(forms.DateField):
    """A day, typed with the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class NamesField(forms.CharField):
    """Names separated by 、 or commas."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=_("另行隐去的姓名"), required=False, max_length=300,
            help_text=_("正文里还有其他自然人的，逐个填写，用顿号分开；附件随之重新生成"), **kwargs,
        )  # fmt: skip

    def clean(self, value: Any) -> list[str]:
        """A list of names."""
        text = super().clean(value)
        return [n.strip() for n in text.replace("，", "、").replace(",", "、").split("、") if n.strip()]


class PublicationForm(forms.Form):
    """Knows the publication it is about."""

    def __init__(self, *args: Any, publication: Publication, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.publication = publication


class ContentForm(PublicationForm):
    """What the public will read."""

    category = forms.CharField(label=_("违法行为类型"), max_length=300)
    facts_text = forms.CharField(label=_("违法事实"), widget=forms.Textarea(attrs={"rows": 6}), max_length=5000)
    basis = forms.CharField(label=_("处罚依据"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000)
    conclusion = forms.CharField(label=_("处罚内容"), widget=forms.Textarea(attrs={"rows": 2}), max_length=2000)
    hide_names = NamesField()


class ReviseForm(ContentForm):
    """修改公示内容."""

    ends_on = DayField(label=_("公示截止日"), required=False)
    reason = forms.CharField(label=_("修改理由"), max_length=300)


class CorrectForm(ContentForm):
    """更正公示内容."""

    public_note = forms.CharField(label=_("更正说明（公众可见）"), max_length=300)


class ConfirmForm(PublicationForm):
    """Nothing to fill in: only to confirm."""


class WithholdForm(PublicationForm):
    """决定不予公开."""

    ground = forms.ChoiceField(label=_("法定依据"), error_messages=NO_GROUND)
    reason = forms.CharField(label=_("理由"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500)
    review_on = DayField(label=_("复核日期"), help_text=_("到期须复核是否仍应不公开"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = grounds_for(self.publication.agency.territory_id, today())
        self.fields["ground"].choices = [
            ("", _("请选择")),
            *((g.key, f"{g.name}（{g.citation.text()}）") for g in offered.values()),
        ]


class ReviewForm(PublicationForm):
    """复核不予公开."""

    keep = forms.TypedChoiceField(
        label=_("复核结论"),
        choices=[("1", _("继续不予公开")), ("0", _("恢复公示"))],
        coerce=lambda v: v == "1",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("理由"), max_length=500)
    review_on = DayField(label=_("下次复核日期"), required=False)


class WithdrawForm(PublicationForm):
    """撤回公示."""

    reason = forms.CharField(label=_("撤回理由（公众可见）"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500)
