"""Forms made from questions that the law leaves to a person: yes or no, with a reason or with evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dayu.cases.forms.base import CaseForm
from dayu.law.situation import Answer

YES_NO = [("yes", _("是")), ("no", _("否"))]


class QuestionForm(CaseForm):
    """One pair of fields for each question: the answer, and why (or on what evidence)."""

    reason_label: Any = _("理由")
    reason_hint: Any = ""
    reason_for_yes = False  # otherwise a "no" needs it

    def questions(self) -> Iterable[tuple[str, str, str]]:
        """Key, question and hint, in order."""
        raise NotImplementedError

    def answered(self) -> Mapping[str, Answer]:
        """What was answered before."""
        return {}

    def fill(self) -> None:
        """Two fields for each question, filled with what was answered before."""
        known = self.answered()
        added: dict[str, forms.Field] = {}
        for key, question, hint in self.questions():
            added[f"q_{key}"] = forms.ChoiceField(
                label=question, choices=YES_NO, widget=forms.RadioSelect, required=False, help_text=hint
            )
            added[f"why_{key}"] = forms.CharField(
                label=self.reason_label, required=False, max_length=500, help_text=self.reason_hint
            )
            before = known.get(key)
            if before is not None and before.value is not None:
                said = before.reason or "；".join(before.evidence)
                self.initial.setdefault(f"q_{key}", "yes" if before.value else "no")
                self.initial.setdefault(f"why_{key}", said)
        self.fields = {**added, **self.fields}

    def pairs(self) -> list[tuple[Any, Any]]:
        """Bound fields by question, for the template."""
        return [(self[f"q_{key}"], self[f"why_{key}"]) for key, _question, _hint in self.questions()]

    def others(self) -> list[Any]:
        """The fields that are no questions."""
        names = {f"{kind}_{key}" for key, _q, _h in self.questions() for kind in ("q", "why")}
        return [self[name] for name in self.fields if name not in names]

    def clean(self) -> dict[str, Any]:
        """A reason where the answer needs one."""
        values: dict[str, Any] = super().clean() or {}
        for key, _question, _hint in self.questions():
            said = values.get(f"q_{key}")
            needs = said == ("yes" if self.reason_for_yes else "no")
            if needs and not values.get(f"why_{key}", "").strip():
                words = _("回答“是”须写明证据。") if self.reason_for_yes else _("回答“否”须写明理由。")
                self.add_error(f"why_{key}", words)
        return values

    def answers(self) -> dict[str, tuple[bool, str]]:
        """Question -> (yes or no, reason), for those that were answered and are new or changed."""
        before = self.answered()
        found = {}
        for key, _question, _hint in self.questions():
            said = self.cleaned_data.get(f"q_{key}")
            if not said:
                continue
            why = self.cleaned_data.get(f"why_{key}", "").strip()
            known = before.get(key)
            same = known is not None and known.value == (said == "yes")
            if same and known is not None and why == (known.reason or "；".join(known.evidence)):
                continue
            found[key] = (said == "yes", why)
        return found
