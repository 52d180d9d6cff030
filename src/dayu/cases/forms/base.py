"""What the forms of acts share: they know the case, the party and who fills them, and hand over the act's arguments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from dayu.cases.models import CaseParty
from dayu.cases.screen_reads import CasePage, PaperRow
from dayu.core.actors import Actor
from dayu.core.audit import subject_key
from dayu.documents.models import Document
from dayu.law.words import tables
from dayu.org.models import Person

WIDE = {"data-wide": ""}


class DayField(forms.DateField):
    """A day, typed with the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class MomentField(forms.DateTimeField):
    """A moment in local time."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class WordsField(forms.CharField):
    """Some lines of text."""

    def __init__(self, *, rows: int = 3, **options: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows, **WIDE}), **options)


class LinesField(WordsField):
    """A list: one line each."""

    def prepare_value(self, value: Any) -> Any:
        """Lists are shown as lines."""
        return "\n".join(map(str, value)) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> list[str]:
        """The lines that say something."""
        return [line.strip() for line in super().clean(value).splitlines() if line.strip()]


class MoneyField(forms.DecimalField):
    """An amount in yuan."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            max_digits=14, decimal_places=2, min_value=0, widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            localize=False, **options,
        )  # fmt: skip

    def to_python(self, value: Any) -> Any:
        """Thousands may be marked: 20,000."""
        return super().to_python(value.replace(",", "").replace("，", "") if isinstance(value, str) else value)


class PeopleField(forms.TypedChoiceField):
    """One of the people of the organ; the form offers who may be chosen."""

    def __init__(self, **options: Any) -> None:
        super().__init__(empty_value=None, **options)

    def offer(self, people: Iterable[Person]) -> None:
        """Offer these people, by name and unit."""
        known = {str(p.pk): p for p in people}
        words = [(k, f"{p.name}（{p.unit.name}）" if p.unit is not None else p.name) for k, p in known.items()]
        self.choices = [("", "—"), *words]
        self.coerce = lambda key: known[key]


class PaperField(forms.TypedChoiceField):
    """A paper of the case that carries the act; the form offers those of its kinds."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, empty_value=None, label=options.pop("label", _("文书")), **options)

    def offer(self, papers: Iterable[PaperRow]) -> None:
        """Offer these papers, by title, number and where they stand."""
        words = [(str(d.pk), f"{d.title} {d.number}（{d.life_name}）".replace(" （", "（")) for d in papers]
        self.choices = [("", _("不选（以后再附）")), *words]
        self.coerce = lambda key: Document.objects.get(pk=int(key))


class CaseForm(forms.Form):
    """A form of an act. `fill` sets choices and defaults; `arguments` is what the action gets."""

    papers: tuple[str, ...] = ()

    def __init__(
        self, data: Any = None, files: Any = None, *, page: CasePage, party: CaseParty | None = None, **options: Any
    ) -> None:
        super().__init__(data, files, **options)
        self.page, self.party = page, party
        self.fill()
        if "document" in self.fields:
            self.offer_papers()

    @property
    def actor(self) -> Actor:
        """Who fills the form."""
        return self.page.actor

    def fill(self) -> None:
        """Limit choices and set what is known already."""

    def start(self, **known: Any) -> None:
        """What the fields start with, unless a draft of the form says otherwise."""
        for name, value in known.items():
            if name in self.fields:
                self.initial.setdefault(name, value)

    def offer_people(self, name: str, people: Iterable[Person]) -> None:
        """Offer these people in a field."""
        field = self.fields[name]
        assert isinstance(field, PeopleField)
        field.offer(people)

    def offer_papers(self) -> None:
        """Offer the papers of the kinds of this act, the newest first; a single draft is chosen."""
        field = self.fields["document"]
        if not isinstance(field, PaperField):
            return
        rows = [d for d in self.page.papers if not self.papers or d.key in self.papers]
        if self.party is not None:
            rows = [d for d in rows if d.party in ("", subject_key(self.party))]
        field.offer(rows)
        drafts = [d.pk for d in rows if not d.sealed]
        if len(drafts) == 1:
            self.start(document=drafts[0])

    def arguments(self) -> dict[str, Any]:
        """The act's own arguments."""
        return dict(self.cleaned_data)


def word_choices(table: str, keys: Iterable[str] | None = None) -> list[tuple[str, str]]:
    """Choices from a table of words, in its order."""
    english = (get_language() or "").startswith("en")
    words: Mapping[str, Mapping[str, str]] = tables()[table]
    wanted = words if keys is None else [k for k in words if k in set(keys)]
    return [(key, words[key]["en" if english else "zh"]) for key in wanted]


class NothingForm(CaseForm):
    """An act without particulars."""


class ReasonForm(CaseForm):
    """An act that needs its reason."""

    reason = WordsField(label=_("理由"), max_length=1000)


class OpinionForm(CaseForm):
    """An act with an opinion."""

    opinion = WordsField(label=_("意见"), max_length=1000, required=False)
