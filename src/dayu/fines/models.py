"""The ledger of fines, slips of payment, receipts, deferrals, forfeited goods."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from dayu.cases.models import Case, CaseParty, JournalEntry
from dayu.cases.models.case import CaseScopedQuerySet, rows_of
from dayu.core.actors import Actor
from dayu.core.files import StoredFile
from dayu.core.records import AppendOnlyModel, VersionedModel, VisibleQuerySet
from dayu.core.territories import in_scopes
from dayu.org.models import Agency


def _yuan(name: Any, **options: Any) -> Any:
    return models.DecimalField(name, max_digits=14, decimal_places=2, **options)


class FineDueQuerySet(CaseScopedQuerySet["FineDue"]):
    """Lines of the ledger; seen with their case."""

    case_path = "case"

    def open(self) -> Self:
        """Fines that are neither paid nor ended nor taken back."""
        return self.filter(settled_on=None, ended_on=None, revoked_on=None)


class FineDue(VersionedModel):
    """处罚台账: what one party owes by one decision that was served. All columns but the keys are kept answers, renewed from the
    journal of the case and the slips; nobody types them."""

    IMPOSED, REDUCED, WAIVED = "imposed", "reduced", "waived"
    CHOICES = [(IMPOSED, _("加处")), (REDUCED, _("减少加处")), (WAIVED, _("不加处"))]

    party = models.ForeignKey(CaseParty, on_delete=models.PROTECT, related_name="fines_due", verbose_name=_("当事人"))
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="fines_due", verbose_name=_("案件"))
    served_entry = models.OneToOneField(JournalEntry, on_delete=models.PROTECT, related_name="+")
    decision_no = models.CharField(_("决定书文号"), max_length=80, blank=True)
    fine_yuan = _yuan(_("罚款"))
    served_on = models.DateField(_("送达日期"))
    first_due_on = models.DateField(_("原缴款期限"))
    due_on = models.DateField(_("缴款期限"))
    paid_yuan = _yuan(_("已缴罚款"), default=Decimal(0))
    additional_paid_yuan = _yuan(_("已缴加处罚款"), default=Decimal(0))
    settled_on = models.DateField(_("缴清日期"), null=True, blank=True)
    ended_on = models.DateField(_("终结日期"), null=True, blank=True)
    ended_how = models.CharField(_("终结方式"), max_length=40, blank=True)
    revoked_on = models.DateField(_("决定撤销日期"), null=True, blank=True)
    choice = models.CharField(_("加处罚款的决定"), max_length=8, choices=CHOICES, blank=True)
    choice_on = models.DateField(_("加处决定日期"), null=True, blank=True)
    choice_reason = models.CharField(_("加处决定理由"), max_length=1000, blank=True)
    reduced_to_yuan = _yuan(_("减为"), null=True, blank=True)
    demanded_on = models.DateField(_("催告送达日期"), null=True, blank=True)
    applied_on = models.DateField(_("申请法院日期"), null=True, blank=True)

    objects = FineDueQuerySet.as_manager()

    class Meta:
        app_label = "fines"
        verbose_name = _("处罚台账")
        verbose_name_plural = _("处罚台账")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(fine_yuan__gt=0), name="fine_due_above_zero"),
            models.CheckConstraint(condition=Q(paid_yuan__lte=F("fine_yuan")), name="fine_not_overpaid"),
        ]
        indexes = [
            models.Index(fields=["settled_on", "due_on"], name="fine_due_open"),
            models.Index(fields=["decision_no"], name="fine_due_decision_no"),
        ]

    def __str__(self) -> str:
        return f"{self.decision_no} {self.party.name}".strip()

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("fines:fine", args=[self.pk])

    @property
    def unpaid_yuan(self) -> Decimal:
        """What is left of the fine itself."""
        return Decimal(self.fine_yuan - self.paid_yuan)

    @property
    def is_open(self) -> bool:
        """Whether the fine itself still waits."""
        return self.settled_on is None and self.ended_on is None and self.revoked_on is None


class Channel(models.TextChoices):
    """How money may come in (行政处罚法第六十七条至第六十九条); the keys are those of the law core."""

    BANK = "bank", _("银行")
    E_PAYMENT = "e_payment", _("电子支付")
    ON_THE_SPOT = "on_the_spot", _("依法当场收缴")
    COURT = "court", _("法院执行款")


class PaymentSlip(VersionedModel):
    """缴款单: money that came in, in one piece. A part settles the fine, what is over settles the additional fine."""

    due = models.ForeignKey(FineDue, on_delete=models.PROTECT, related_name="slips", verbose_name=_("处罚台账"))
    entry = models.OneToOneField(JournalEntry, null=True, on_delete=models.PROTECT, related_name="+")
    amount_yuan = _yuan(_("到账金额"))
    fine_yuan = _yuan(_("其中罚款"))
    additional_yuan = _yuan(_("其中加处罚款"), default=Decimal(0))
    paid_on = models.DateField(_("到账日期"))
    channel = models.CharField(_("缴款渠道"), max_length=12, choices=Channel.choices)
    reference = models.CharField(_("银行流水号、支付单号"), max_length=80, blank=True)
    ground = models.CharField(_("当场收缴的法定理由"), max_length=200, blank=True)
    payer = models.CharField(_("缴款人"), max_length=120, blank=True)
    recorded_by = models.CharField(_("登记人"), max_length=64)
    recorded_at = models.DateTimeField(_("登记时间"))
    voided_on = models.DateField(_("作废日期"), null=True, blank=True)

    objects = rows_of("due__case")

    class Meta:
        app_label = "fines"
        verbose_name = _("缴款单")
        verbose_name_plural = _("缴款单")
        ordering = ["paid_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount_yuan__gt=0) & Q(amount_yuan=F("fine_yuan") + F("additional_yuan")),
                name="slip_parts_make_the_whole",
            ),
            models.UniqueConstraint(
                fields=["channel", "reference"], condition=~Q(reference="") & Q(voided_on=None), name="slip_reference_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paid_on} {self.amount_yuan}"


class ReceiptQuerySet(VisibleQuerySet[models.Model]):
    """Receipts and receipt books of organs within the actor's scopes."""

    def visible_to(self, actor: Actor) -> Self:
        """Like cases: administering alone gives no right to content."""
        if actor.is_system:
            return self
        if actor.is_stranger or actor.posts <= {"administrator"}:
            return self.none()
        return self.filter(in_scopes(actor, territory_path="organ__territory__path", organ="organ_id"))


class ReceiptBook(AppendOnlyModel):
    """票据簿导入: one Excel file of old paper receipts, with what went in and each row that did not."""

    organ = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name=_("机关"))
    source_note = models.CharField(_("来源"), max_length=120)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    taken = models.PositiveIntegerField(_("导入张数"))
    failures = models.JSONField(_("没有导入的行"), default=list)
    imported_by = models.CharField(_("导入人"), max_length=64)
    imported_at = models.DateTimeField(_("导入时间"))

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        app_label = "fines"
        verbose_name = _("票据簿导入")
        verbose_name_plural = _("票据簿导入")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.source_note

    def get_absolute_url(self) -> str:
        """Its page, with the failed rows by name."""
        return reverse("fines:book", args=[self.pk])


class FineReceipt(VersionedModel):
    """罚没款收据: one official receipt. `slip` is its line in the ledger; one without stays visible as unmatched."""

    organ = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", verbose_name=_("机关"))
    number = models.CharField(_("票据号"), max_length=60)
    amount_yuan = _yuan(_("金额"))
    issued_on = models.DateField(_("开票日期"))
    payer = models.CharField(_("缴款人"), max_length=120, blank=True)
    decision_no = models.CharField(_("决定书文号"), max_length=80, blank=True)
    note = models.CharField(_("备注"), max_length=200, blank=True)
    slip = models.OneToOneField(
        PaymentSlip, null=True, blank=True, on_delete=models.PROTECT, related_name="receipt", verbose_name=_("台账行")
    )
    book = models.ForeignKey(
        ReceiptBook, null=True, blank=True, on_delete=models.PROTECT, related_name="receipts", verbose_name=_("来源")
    )
    registered_by = models.CharField(_("登记人"), max_length=64)
    registered_at = models.DateTimeField(_("登记时间"))

    objects = ReceiptQuerySet.as_manager()

    class Meta:
        app_label = "fines"
        verbose_name = _("罚没款收据")
        verbose_name_plural = _("罚没款收据")
        ordering = ["-issued_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["organ", "number"], name="receipt_number_once"),
            models.CheckConstraint(condition=Q(amount_yuan__gt=0), name="receipt_above_zero"),
        ]

    def __str__(self) -> str:
        return self.number


class Deferral(AppendOnlyModel):
    """暂缓、分期缴纳: granted on application for real hardship; the last day to pay moves to `until`."""

    due = models.ForeignKey(FineDue, on_delete=models.PROTECT, related_name="deferrals", verbose_name=_("处罚台账"))
    entry = models.OneToOneField(JournalEntry, on_delete=models.PROTECT, related_name="+")
    applied_on = models.DateField(_("申请日期"), null=True, blank=True)
    granted_on = models.DateField(_("批准日期"))
    until = models.DateField(_("延至"))
    reason = models.CharField(_("理由"), max_length=500)
    granted_by = models.CharField(_("批准人"), max_length=64)

    objects = rows_of("due__case")

    class Meta:
        app_label = "fines"
        verbose_name = _("暂缓、分期缴纳")
        verbose_name_plural = _("暂缓、分期缴纳")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.until}"


class Installment(AppendOnlyModel):
    """分期的一期: a part of the fine and the last day on which it is to be paid."""

    deferral = models.ForeignKey(Deferral, on_delete=models.PROTECT, related_name="installments")
    number = models.PositiveSmallIntegerField(_("期次"))
    due_on = models.DateField(_("缴款期限"))
    amount_yuan = _yuan(_("金额"))

    objects = rows_of("deferral__due__case")

    class Meta:
        app_label = "fines"
        verbose_name = _("分期")
        verbose_name_plural = _("分期")
        ordering = ["deferral_id", "number"]
        constraints = [models.UniqueConstraint(fields=["deferral", "number"], name="installment_number_once")]

    def __str__(self) -> str:
        return f"{self.due_on} {self.amount_yuan}"


class ForfeitedItem(VersionedModel):
    """没收财物: goods taken by a decision, from the day they came in to their disposal; proceeds go to the treasury."""

    MANNERS = [("auctioned", _("公开拍卖、变卖，价款上缴国库")), ("destroyed", _("依法销毁")), ("handed_over", _("移交有关部门"))]

    party = models.ForeignKey(CaseParty, on_delete=models.PROTECT, related_name="forfeited_items", verbose_name=_("当事人"))
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="forfeited_items", verbose_name=_("案件"))
    name = models.CharField(_("名称"), max_length=120)
    quantity = models.CharField(_("数量"), max_length=60)
    received_on = models.DateField(_("接收日期"))
    place = models.CharField(_("存放地点"), max_length=120)
    keeper = models.CharField(_("保管人"), max_length=64)
    manner = models.CharField(_("处理方式"), max_length=12, choices=MANNERS, blank=True)
    disposed_on = models.DateField(_("处理日期"), null=True, blank=True)
    proceeds_yuan = _yuan(_("价款"), null=True, blank=True)
    voucher = models.CharField(_("缴库凭证、销毁记录、移交清单"), max_length=120, blank=True)
    registered_by = models.CharField(_("登记人"), max_length=64)
    registered_at = models.DateTimeField(_("登记时间"))

    objects = rows_of("case")

    class Meta:
        app_label = "fines"
        verbose_name = _("没收财物")
        verbose_name_plural = _("没收财物")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(disposed_on=None, manner="") | (~Q(manner="") & ~Q(voucher="") & Q(disposed_on__isnull=False)),
                name="disposal_has_manner_and_voucher",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.quantity}"

    def get_absolute_url(self) -> str:
        """The ledger of goods."""
        return reverse("fines:forfeited")
