"""The journal of a case (经过): rows that are only added, and a small index that keeps loading it equally quick for ever."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from dayu.cases.models.case import Case, CaseScopedQuerySet
from dayu.cases.models.parties import CaseParty
from dayu.core.records import AppendOnlyModel


class JournalQuerySet(CaseScopedQuerySet["JournalEntry"]):
    """Entries; seen with their case."""

    case_path = "case"


class JournalEntry(AppendOnlyModel):
    """案件经过: one thing that happened. `happened_on` is its legal date, `entered_at` when it was typed.

    `kind` is one of `rulebook/words/entries.toml`; `source` names the row that carries it (a document, a review, a proof
    of service), so that it is entered once. Defect and explanation stay for ever.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="journal")
    sequence = models.PositiveIntegerField(_("序号"))
    kind = models.CharField(_("种类"), max_length=40)
    happened_on = models.DateField(_("日期"))
    happened_at = models.DateTimeField(_("时间"), null=True)
    party = models.ForeignKey(CaseParty, null=True, on_delete=models.PROTECT, related_name="journal", verbose_name=_("当事人"))
    subject = models.CharField(_("对象"), max_length=120, blank=True)
    digest = models.CharField(_("实质内容校验值"), max_length=64, blank=True)
    params = models.JSONField(_("内容"), default=dict)
    source = models.CharField(_("来源记录"), max_length=120, blank=True)
    entered_at = models.DateTimeField(_("录入时间"))
    entered_by = models.CharField(_("录入人"), max_length=64)
    taken_over = models.BooleanField(_("补录"), default=False)
    defect = models.CharField(_("瑕疵"), max_length=200, blank=True)
    explanation = models.CharField(_("情况说明"), max_length=1000, blank=True)

    objects = JournalQuerySet.as_manager()

    class Meta:
        app_label = "cases"
        verbose_name = _("案件经过")
        verbose_name_plural = _("案件经过")
        ordering = ["case_id", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["case", "sequence"], name="journal_sequence_once"),
            models.UniqueConstraint(
                fields=["case", "kind", "source"], condition=~Q(source=""), name="journal_source_once"
            ),
        ]
        indexes = [models.Index(fields=["kind", "happened_on"], name="journal_kind")]

    def __str__(self) -> str:
        return f"{self.happened_on} {self.kind}"


class CaseKept(models.Model):
    """经过索引: the essential entries of a case, all that a decision can depend on, in one row that is locked by every act.

    A kept answer, made again from the journal at any time (`services.journal.rebuild_kept`): the first and the last entry
    of each kind, party and subject, and every entry with a defect.
    """

    case = models.OneToOneField(Case, primary_key=True, on_delete=models.CASCADE, related_name="kept")
    essence = models.JSONField(_("要点"), default=list)

    class Meta:
        app_label = "cases"
        verbose_name = _("经过索引")
        verbose_name_plural = _("经过索引")

    def __str__(self) -> str:
        return str(self.case_id)
