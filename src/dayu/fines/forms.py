"""Forms about money, receipts and goods."""

from __future__ import annotations

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as _text
from django.utils.translation import gettext_lazy as _

from dayu.core import clock
from dayu.fines.models import Channel, FineDue, ForfeitedItem


def _today() -> date:
    return clock.today()


class DayField(forms.DateField):
    """A day, typed with the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class YuanField(forms.DecimalField):
    """An amount in yuan."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_digits=14, decimal_places=2, min_value=Decimal("0.01"), **options)


class PaymentForm(forms.Form):
    """登记缴款."""

    amount_yuan = YuanField(label=_("到账金额（元）"))
    paid_on = DayField(label=_("到账日期"), initial=_today)
    channel = forms.ChoiceField(label=_("缴款渠道"), choices=Channel.choices)
    reference = forms.CharField(label=_("银行流水号、支付单号"), max_length=80, required=False)
    receipt_no = forms.CharField(
        label=_("罚没款收据票据号"), max_length=60, required=False,
        help_text=_("财政部门统一制发的票据；还没有开出的，以后补登。"),
    )
    payer = forms.CharField(label=_("缴款人"), max_length=120, required=False, help_text=_("不填即为当事人。"))
    ground = forms.CharField(
        label=_("当场收缴的法定理由"), max_length=200, required=False,
        help_text=_("只有行政处罚法第六十八条、第六十九条的情形可以当场收缴。"),
    )


class ReceiptForm(forms.Form):
    """补登罚没款收据."""

    receipt_no = forms.CharField(label=_("票据号"), max_length=60)
    issued_on = DayField(label=_("开票日期"), initial=_today)

    def __init__(self, *args: Any, due: FineDue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = due.slips.filter(receipt=None, voided_on=None)  # type: ignore[attr-defined]
        self.fields["slip"] = forms.ModelChoiceField(
            label=_("缴款单"), queryset=waiting, initial=waiting.first(), help_text=_("金额取自缴款单，不另填写。")
        )
        self.order_fields(["slip", "receipt_no", "issued_on"])


class AdditionalFineForm(forms.Form):
    """决定加处罚款."""

    impose = forms.TypedChoiceField(
        label=_("决定"), coerce=lambda v: v == "1", choices=[("1", _("加处")), ("0", _("不加处"))], widget=forms.RadioSelect
    )
    reduced_to_yuan = YuanField(label=_("减为（元）"), required=False, help_text=_("不减少的不填。"))
    reason = forms.CharField(
        label=_("理由"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500, required=False,
        help_text=_("不加处或者减少的必须写明。"),
    )  # fmt: skip


class DeferralForm(forms.Form):
    """批准暂缓、分期缴纳."""

    applied_on = DayField(label=_("当事人申请日期"), initial=_today)
    until = DayField(label=_("延至（末期到期日）"))
    reason = forms.CharField(label=_("经济困难的情况"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500)
    installments = forms.CharField(
        label=_("分期"), required=False, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("每行一期：日期和金额，例如 2026-05-01 5000；只延期不分期的不填。"),
    )  # fmt: skip

    def clean_installments(self) -> list[tuple[date, Decimal]]:
        """Days and amounts, one a line."""
        rows = []
        for number, line in enumerate(self.cleaned_data["installments"].splitlines(), start=1):
            if not line.strip():
                continue
            try:
                day, amount = line.replace("，", " ").replace(",", "").split()
                rows.append((date.fromisoformat(day), Decimal(amount.removesuffix("元"))))
            except (ValueError, InvalidOperation) as error:
                raise forms.ValidationError(_text("第 {n} 行看不懂").format(n=number)) from error
        return rows


class ConfirmForm(forms.Form):
    """Nothing to fill in: only to confirm."""


class ReceiptBookForm(forms.Form):
    """导入旧票据簿."""

    file = forms.FileField(label=_("Excel 文件"), widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}))
    source_note = forms.CharField(
        label=_("来源"), max_length=120, help_text=_("例如“2017 年纸质罚没款收据存根”。每一张都带着这个来源标记。")
    )


class MatchForm(forms.Form):
    """收据对应台账."""

    def __init__(self, *args: Any, slips: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slip"] = SlipChoice(label=_("金额相同、还没有收据的缴款"), queryset=slips)


class SlipChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A slip with its party and decision."""

    def label_from_instance(self, obj: Any) -> str:
        """泽水罚决〔2026〕1号 张某 2026-03-20 20,000.00."""
        return f"{obj.due.decision_no} {obj.due.party.name} {obj.paid_on} {obj.amount_yuan:,.2f}"


class ForfeitedItemForm(forms.Form):
    """登记没收财物."""

    name = forms.CharField(label=_("名称"), max_length=120)
    quantity = forms.CharField(label=_("数量"), max_length=60)
    received_on = DayField(label=_("接收日期"), initial=_today)
    place = forms.CharField(label=_("存放地点"), max_length=120)
    keeper = forms.CharField(label=_("保管人"), max_length=64)


class DisposalForm(forms.Form):
    """登记没收财物的处理."""

    manner = forms.ChoiceField(label=_("处理方式"), choices=ForfeitedItem.MANNERS)
    disposed_on = DayField(label=_("处理日期"), initial=_today)
    proceeds_yuan = YuanField(label=_("价款（元）"), required=False, help_text=_("拍卖、变卖的填写；价款全部上缴国库。"))
    voucher = forms.CharField(label=_("缴库凭证、销毁记录或者移交清单"), max_length=120)
