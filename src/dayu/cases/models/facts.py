"""Facts to be proved (待证事实), the evidence that supports them, and the answers that persons gave."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dayu.cases.models.case import Case, CaseScopedQuerySet, rows_of
from dayu.cases.models.parties import CaseParty
from dayu.core.records import AppendOnlyModel, VersionedModel
from dayu.org.models import Person
from dayu.records.models import EvidenceItem


class CaseFactQuerySet(CaseScopedQuerySet["CaseFact"]):
    """Facts of cases; seen with the case."""

    case_path = "case"


class CaseFact(VersionedModel):
    """待证事实: one fact of the case, shared by its parties. Dropped facts stay readable."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="case_facts")
    position = models.PositiveSmallIntegerField(_("序号"))
    text = models.CharField(_("事实"), max_length=500)
    dropped_on = models.DateField(_("不再认定"), null=True, blank=True)
    dropped_reason = models.CharField(_("理由"), max_length=200, blank=True)

    objects = CaseFactQuerySet.as_manager()

    class Meta:
        app_label = "cases"
        verbose_name = _("待证事实")
        verbose_name_plural = _("待证事实")
        ordering = ["case_id", "position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(dropped_on=None) | ~Q(dropped_reason=""), name="dropped_fact_has_a_reason"
            )
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def key(self) -> str:
        """The fact in drafts and notices."""
        return f"F{self.pk}"


class CaseEvidence(models.Model):
    """证明关系: a piece of evidence supports a fact of the case."""

    fact = models.ForeignKey(CaseFact, on_delete=models.PROTECT, related_name="links")
    item = models.ForeignKey(EvidenceItem, on_delete=models.PROTECT, related_name="case_links", verbose_name=_("证据"))
    note = models.CharField(_("证明内容"), max_length=300, blank=True)
    linked_by = models.CharField(_("办理人"), max_length=64)
    linked_at = models.DateTimeField(_("时间"))
    unlinked_at = models.DateTimeField(_("解除时间"), null=True, blank=True)
    unlinked_reason = models.CharField(_("解除理由"), max_length=200, blank=True)

    objects = rows_of("fact__case")

    class Meta:
        app_label = "cases"
        verbose_name = _("证明关系")
        verbose_name_plural = _("证明关系")
        ordering = ["fact_id", "id"]
        constraints = [
            models.UniqueConstraint(fields=["fact", "item"], condition=Q(unlinked_at=None), name="evidence_linked_once")
        ]

    def __str__(self) -> str:
        return f"{self.item} → {self.fact}"


class CaseAnswer(AppendOnlyModel):
    """问题回答: a person's answer to a question the law leaves open. The latest answer of a question counts.

    `table` is `filing` (立案条件) or `leniency` (减免情节); a yes about leniency names its evidence.
    """

    TABLES = [("filing", _("立案条件")), ("leniency", _("减免情节"))]

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="answers")
    party = models.ForeignKey(CaseParty, null=True, on_delete=models.PROTECT, related_name="answers")
    table = models.CharField(_("问题表"), max_length=10, choices=TABLES)
    question = models.CharField(_("问题"), max_length=40)
    value = models.BooleanField(_("是"))
    reason = models.CharField(_("理由"), max_length=500, blank=True)
    evidence = models.CharField(_("证据"), max_length=500, blank=True)
    answered_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("回答人"))
    answered_at = models.DateTimeField(_("时间"))

    objects = rows_of("case")

    class Meta:
        app_label = "cases"
        verbose_name = _("问题回答")
        verbose_name_plural = _("问题回答")
        ordering = ["id"]
        indexes = [models.Index(fields=["case", "table", "question", "-id"], name="answer_question")]

    def __str__(self) -> str:
        return f"{self.question} {self.value}"
