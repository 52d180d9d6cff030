"""The bundle for a court (应诉材料): evidence frozen as of the decision, later evidence apart, the course, the basis texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dayu.basis.models import Article
from dayu.basis.selectors import article_on
from dayu.cases.models import CaseParty, JournalEntry
from dayu.cases.selectors import subjects_of
from dayu.core import clock
from dayu.law.citations import laws
from dayu.law.words import has_word, word
from dayu.records.models import EvidenceItem

_ARTICLE = re.compile(r"第([零一二三四五六七八九十百千]+)条")
_DIGITS = {sign: value for value, sign in enumerate("零一二三四五六七八九")}
_UNITS = {"十": 10, "百": 100, "千": 1000}


@dataclass(frozen=True, slots=True)
class CatalogueLine:
    """One line of the evidence catalogue: its number, the piece, what it proves, and on which pages it stands."""

    number: int
    item: EvidenceItem
    proves: str
    pages: str


@dataclass(frozen=True, slots=True)
class CourseLine:
    """One thing that happened."""

    on: date
    text: str


@dataclass(frozen=True, slots=True)
class BasisText:
    """An article that the decision rests on, as it stood on the day of the act; empty where nobody imported it."""

    cited: str
    text: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """Everything together."""

    party: CaseParty
    decided_on: date | None
    acted_on: date | None
    frozen: Sequence[CatalogueLine]
    later: Sequence[CatalogueLine]
    course: Sequence[CourseLine]
    basis: Sequence[BasisText]


def bundle_of(party: CaseParty) -> Bundle:
    """What the organ had when it decided, and apart from it what came later (evidence of after the decision proves nothing)."""
    items = list(
        EvidenceItem.objects.filter(subject__in=subjects_of(party.case), withdrawn_at=None)
        .prefetch_related("files", "case_links")
        .order_by("taken_at", "id")
    )
    before = [i for i in items if party.decided_on is None or _known_on(i) <= party.decided_on]
    after = [i for i in items if i not in before]
    frozen, page = _lines(before, 1, 1)
    later, _page = _lines(after, len(frozen) + 1, page)
    acted = _day_of_act(party)
    return Bundle(party, party.decided_on, acted, frozen, later, _course(party), _basis(party, acted))


def _known_on(item: EvidenceItem) -> date:
    """The day on which the organ had the piece."""
    return clock.legal_date(item.taken_at)


def _lines(items: Sequence[EvidenceItem], number: int, page: int) -> tuple[list[CatalogueLine], int]:
    lines = []
    for item in items:
        last = page + max(1, sum(max(1, f.pages) for f in item.files.all())) - 1
        proves = "；".join(x.note for x in item.case_links.all() if x.unlinked_at is None and x.note)
        lines.append(CatalogueLine(number, item, proves, str(page) if last == page else f"{page}–{last}"))
        number, page = number + 1, last + 1
    return lines, page


def _course(party: CaseParty) -> list[CourseLine]:
    entries = JournalEntry.objects.filter(case=party.case).order_by("happened_on", "sequence")
    return [
        CourseLine(e.happened_on, word("entries", e.kind) if has_word("entries", e.kind) else e.kind)
        for e in entries
        if e.party_id in (None, party.pk)
    ]


def _basis(party: CaseParty, acted: date | None) -> list[BasisText]:
    cited = [str(text) for text in party.draft.basis] if party.draft is not None else []
    return [BasisText(text, _text_of(text, acted)) for text in cited]


def _text_of(cited: str, day: date | None) -> str:
    found = _ARTICLE.search(cited)
    if found is None or day is None:
        return ""
    key = next((k for k, known in laws().items() if known.name in cited or known.short in cited), "")
    row = article_on(key, arabic(found[1]), day) if key else None
    return _words(row) if row is not None else ""


def _words(article: Article) -> str:
    lines = []
    for paragraph in article.paragraphs:
        lines += [paragraph.get("text", ""), *paragraph.get("items", ())]
    return "\n".join(line for line in lines if line)


def arabic(numeral: str) -> int:
    """四十四 is 44."""
    total = digit = 0
    for sign in numeral:
        if sign in _UNITS:
            total, digit = total + (digit or 1) * _UNITS[sign], 0
        else:
            digit = _DIGITS[sign]
    return total + digit


def _day_of_act(party: CaseParty) -> date | None:
    for text in (party.case.acted_to, party.case.acted_from):
        try:
            return date.fromisoformat(text)
        except ValueError:
            continue
    return party.decided_on
