"""The party in a case (当事人): who it is, for this case, and what was decided about it so far."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dayu.cases.models.case import Case, CaseScopedQuerySet, rows_of
from dayu.core.records import AppendOnlyModel, VersionedModel


class CasePartyQuerySet(CaseScopedQuerySet["CaseParty"]):
    """Parties of cases; seen with the case."""

    case_path = "case"


class CaseParty(VersionedModel):
    """当事人: one party of one case. Notice, defence, hearing, amount, service, payment and remedies run by party.

    `kind` is one of `rulebook/party-kinds.toml`. `person_key` is the opaque key of the party in the register of parties.
    Thresholds that a person decided against the lower default stand in `treated_as` with the reason.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="parties")
    position = models.PositiveSmallIntegerField(_("顺序"), default=1)
    kind = models.CharField(_("类型"), max_length=30, default="citizen")
    name = models.CharField(_("姓名或者名称"), max_length=120)
    person_key = models.CharField(_("执法对象"), max_length=80, blank=True)
    id_type = models.CharField(_("证件类型"), max_length=30, blank=True)
    id_no = models.CharField(_("证件号码"), max_length=40, blank=True)
    uscc = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    gender = models.CharField(_("性别"), max_length=4, blank=True)
    born_on = models.DateField(_("出生日期"), null=True, blank=True)
    legal_representative = models.CharField(_("法定代表人（负责人）"), max_length=64, blank=True)
    representative_duty = models.CharField(_("职务"), max_length=40, blank=True)
    guardian = models.CharField(_("监护人"), max_length=64, blank=True)
    address = models.CharField(_("住所（住址）"), max_length=200, blank=True)
    phone = models.CharField(_("电话"), max_length=40, blank=True)
    service_address = models.CharField(_("确认的送达地址"), max_length=200, blank=True)
    electronic_consent = models.CharField(_("电子送达同意书"), max_length=80, blank=True)
    treated_as = models.CharField(
        _("按何种当事人处理"), max_length=12, blank=True, choices=[("citizen", _("公民")), ("organisation", _("单位"))]
    )
    treated_reason = models.CharField(_("理由"), max_length=300, blank=True)
    facts = models.JSONField(_("本人的裁量事实"), default=dict, blank=True)
    stated_range = models.JSONField(
        _("人工确定的幅度"), default=dict, blank=True, help_text=_("min_yuan、max_yuan、basis、reason、by")
    )
    draft = models.ForeignKey(
        "cases.PenaltyDraft", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("现行草案")
    )
    stage = models.CharField(_("阶段"), max_length=20, blank=True)
    fine_yuan = models.DecimalField(_("罚款"), max_digits=14, decimal_places=2, null=True, blank=True)
    decision_no = models.CharField(_("决定书文号"), max_length=80, blank=True)
    decided_on = models.DateField(_("决定日期"), null=True, blank=True)
    served_on = models.DateField(_("送达日期"), null=True, blank=True)
    pay_due_on = models.DateField(_("缴款期限"), null=True, blank=True)
    paid_on = models.DateField(_("缴清日期"), null=True, blank=True)
    paid_yuan = models.DecimalField(_("已缴"), max_digits=14, decimal_places=2, default=0)
    left_on = models.DateField(_("离开本案"), null=True, blank=True)
    moved_to = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="moved_from", verbose_name=_("转至")
    )

    objects = CasePartyQuerySet.as_manager()

    class Meta:
        app_label = "cases"
        verbose_name = _("当事人")
        verbose_name_plural = _("当事人")
        ordering = ["case_id", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(treated_as="") | ~Q(treated_reason=""), name="treated_party_has_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["name"], name="caseparty_name"),
            models.Index(fields=["id_no"], name="caseparty_id_no"),
            models.Index(fields=["uscc"], name="caseparty_uscc"),
            models.Index(
                fields=["-decided_on", "-id"], condition=models.Q(decided_on__isnull=False), name="caseparty_decided"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        """The party in the journal of its case."""
        return str(self.pk)

    @property
    def natural_person(self) -> bool:
        """Whether age and capacity matter."""
        return self.kind in ("citizen", "individual_business", "minor")


class PartyCorrection(AppendOnlyModel):
    """当事人更正: what was wrong in a party's name or papers, and what followed for each paper that carried it."""

    MANNERS = [
        ("clerical", _("笔误补正")),
        ("unserved", _("未送达文书重作")),
        ("wrong_subject", _("主体错误，撤销重办")),
        ("succession", _("死亡、注销，承受人承接")),
    ]

    party = models.ForeignKey(CaseParty, on_delete=models.PROTECT, related_name="corrections")
    manner = models.CharField(_("方式"), max_length=14, choices=MANNERS)
    before = models.JSONField(_("更正前"), default=dict)
    after = models.JSONField(_("更正后"), default=dict)
    reason = models.CharField(_("理由"), max_length=300)
    papers = models.JSONField(_("涉及文书"), default=list)
    corrected_by = models.CharField(_("办理人"), max_length=64)
    corrected_at = models.DateTimeField(_("时间"))

    objects = rows_of("party__case")

    class Meta:
        app_label = "cases"
        verbose_name = _("当事人更正")
        verbose_name_plural = _("当事人更正")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.reason[:40]
