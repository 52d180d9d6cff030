"""Forms of drafting: the leniency checklist, the draft decision, and the scope of legal review."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from dayu.cases.first_violation import EarlierPenalty, earlier_penalties_of
from dayu.cases.forms.base import CaseForm, LinesField, MoneyField, PaperField, WordsField, word_choices
from dayu.cases.forms.questions import QuestionForm
from dayu.core import clock
from dayu.core.ui.words import short_amount
from dayu.law.conditions.review import REVIEW_QUESTIONS
from dayu.law.leniency import checklist
from dayu.law.situation import Answer
from dayu.law.wording import tier_lines


class LeniencyForm(QuestionForm):
    """核查减免情节: a yes counts only with its evidence."""

    reason_label = _("证据或者查询情况")
    reason_for_yes = True

    def questions(self) -> Iterable[tuple[str, str, str]]:
        """The checklist for this party."""
        assert self.party is not None
        english = (get_language() or "").startswith("en")
        for item in checklist(natural_person=self.party.natural_person):
            hint = item.citation.text()
            if item.key == "first_offence":
                hint = f"{hint}　{self._looked_up()}"
            yield item.key, item.en if english else item.zh, hint

    @cached_property
    def _known(self) -> tuple[EarlierPenalty, ...]:
        assert self.party is not None
        return earlier_penalties_of(self.party, before=clock.today())

    def _looked_up(self) -> str:
        """What the register of penalties says, beside the question whether it is the first time."""
        if not self._known:
            return gettext("查询处罚台账：没有既往处罚。")
        cases = "、".join(p.case_no or p.decided_on.isoformat() for p in self._known)
        return gettext("查询处罚台账：既往处罚 %(count)s 次（%(cases)s）。") % {"count": len(self._known), "cases": cases}

    def answered(self) -> Mapping[str, Answer]:
        """The answers of this party."""
        assert self.party is not None
        view = self.page.situation.party(self.party.key)
        known = view.leniency if view else ()
        return {a.item: Answer(a.answer, a.evidence) for a in known}


class ScopeForm(QuestionForm):
    """判断是否应当法制审核: what is open counts as yes."""

    def questions(self) -> Iterable[tuple[str, str, str]]:
        """The soft questions of scope."""
        for key, words in word_choices("questions", REVIEW_QUESTIONS):
            yield key, words, REVIEW_QUESTIONS[key].text()

    def answered(self) -> Mapping[str, Answer]:
        """The answers for this party."""
        assert self.party is not None
        view = self.page.situation.party(self.party.key)
        return view.review_answers if view else {}


class SubmitReviewForm(CaseForm):
    """提交法制审核: the handler signs for the package."""

    papers = ("penalty_decision",)
    document = PaperField(label=_("处罚决定书草案"), help_text=_("不选时按现行草案起草一份。"))
    truth_signed = forms.BooleanField(label=_("我保证送审材料真实、准确、完整。"))


class DraftForm(CaseForm):
    """起草处罚意见: what is proposed for the party."""

    kinds = forms.MultipleChoiceField(label=_("处罚种类"), widget=forms.CheckboxSelectMultiple)
    amount_yuan = MoneyField(label=_("罚款（元）"), required=False)
    confiscated_yuan = MoneyField(label=_("没收金额（元）"), required=False)
    fact_keys = forms.MultipleChoiceField(label=_("认定的事实"), widget=forms.CheckboxSelectMultiple, required=False)
    basis = LinesField(label=_("处罚依据"), help_text=_("每行一条，写明条、款、项。"))
    law_violated = LinesField(label=_("违反的规定"), required=False, help_text=_("每行一条。"))
    orders = LinesField(label=_("同时责令"), required=False, help_text=_("每行一项；已另行责令的可以不写。"))
    manner = WordsField(label=_("履行方式和期限"), max_length=1000, rows=2)
    other_content = LinesField(label=_("其他处罚内容"), required=False, help_text=_("没收物品、吊销证件等，每行一项。"))
    reasoning = WordsField(label=_("裁量理由"), required=False, max_length=4000, rows=5)
    deviation_reason = WordsField(
        label=_("偏离裁量基准的理由"),
        required=False,
        max_length=1000,
        help_text=_("金额不在适用的裁量档内时必须写明；须经法制审核和集体讨论。"),
    )
    reason = forms.CharField(label=_("这一版为什么修改"), required=False, max_length=300)

    def fill(self) -> None:
        """The draft as it stands, else what the rules say about the violation."""
        self.fields["kinds"].choices = word_choices("penalty_kinds")  # type: ignore[attr-defined]
        self.fields["fact_keys"].choices = [  # type: ignore[attr-defined]
            (f"F{f.id}", f"{f.position} {f.text}") for f in self.page.facts
        ]
        assert self.party is not None
        draft = self.party.draft
        if draft is None:
            del self.fields["reason"]
            self._from_rules()
            return
        self.start(
            kinds=draft.kinds, amount_yuan=_shown(draft.amount_yuan), confiscated_yuan=_shown(draft.confiscated_yuan),
            fact_keys=draft.facts, basis=draft.basis, law_violated=draft.law_violated, orders=draft.orders,
            manner=draft.manner, other_content=draft.other_content.splitlines(), reasoning=draft.reasoning,
            deviation_reason=draft.deviation_reason,
        )  # fmt: skip

    def _from_rules(self) -> None:
        """One thing is entered once: facts, articles and the reasoning come from the case and from the rules."""
        assert self.party is not None
        found = self.page.assessment(self.party)
        self.start(fact_keys=[f"F{f.id}" for f in self.page.facts], kinds=["fine"])
        self.start(manner=str(_("自收到本决定书之日起十五日内到指定银行或者通过电子支付系统缴纳罚款。")))
        if found is None or found.version is None:
            return
        self.start(basis=[c.text() for c in found.version.citations])
        self.start(law_violated=[c.text() for c in found.violation.prohibited_by])
        if found.benchmark is not None and found.tier is not None:
            self.start(reasoning="\n".join(tier_lines(found.benchmark, found.tier, found.told.facts)))
            low, high = found.tier.min_yuan, found.tier.max_yuan
            if low is not None and high is not None:
                words = {"low": short_amount(low), "high": short_amount(high)}
                self.fields["amount_yuan"].help_text = _("系统建议 %(low)s 至 %(high)s，由你决定。") % words

    def clean(self) -> dict[str, Any]:
        """A fine has an amount, and an amount is a fine."""
        values: dict[str, Any] = super().clean() or {}
        fined, amount = "fine" in values.get("kinds", ()), values.get("amount_yuan") or Decimal(0)
        if fined and not amount:
            self.add_error("amount_yuan", _("写明罚款金额。"))
        if amount and not fined:
            self.add_error("kinds", _("有金额的须选“罚款”。"))
        return values

    def arguments(self) -> dict[str, Any]:
        """As the act wants them."""
        values = dict(self.cleaned_data)
        values["amount_yuan"] = values["amount_yuan"] or None
        values["confiscated_yuan"] = values["confiscated_yuan"] or Decimal(0)
        values["other_content"] = "\n".join(values["other_content"])
        return values


def _shown(amount: Decimal | None) -> str:
    return "" if not amount else format(amount.normalize(), "f")
