"""What rests on an article: records that cite it, rules of the rulebook, and whatever higher domains register here.

A domain that keeps something which rests on law without noting citations tells how to find it:

    register_finder(open_cases_resting_on)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy as _

from dayu.basis.models import Citation
from dayu.core.territories import Territory
from dayu.law.benchmarks import benchmarks
from dayu.law.citations import Citation as LawCitation
from dayu.law.time_limits import time_limits
from dayu.law.violations import violation, violation_keys


@dataclass(frozen=True, slots=True)
class Touched:
    """Something that rests on an article. `kind` is the model's label, or `rulebook.limit` and the like."""

    kind: str
    subject: str
    label: str
    article: int | None = None
    organ_id: int | None = None
    territory: str | None = None


Finder = Callable[[str, frozenset[int]], Iterable[Touched]]
_FINDERS: list[Finder] = []

KINDS = {
    "rulebook.violation": _("违法行为"),
    "rulebook.tier": _("裁量阶次"),
    "rulebook.limit": _("期限"),
    "rulebook.document": _("文书格式"),
}


def register_finder(finder: Finder) -> Finder:
    """Ask this function too, for a law and the numbers of the articles that change."""
    if finder not in _FINDERS:
        _FINDERS.append(finder)
    return finder


def resting_on(law: str, articles: Iterable[int]) -> list[Touched]:
    """All that rests on any of the articles, each once for each article it cites."""
    wanted = frozenset(articles)
    if not wanted:
        return []
    found: dict[tuple[str, int | None], Touched] = {}
    for finder in (_citing_records, _rules, *_FINDERS):
        for one in finder(law, wanted):
            found.setdefault((one.subject, one.article), one)
    return list(found.values())


def kind_name(kind: str) -> str:
    """The kind in words."""
    if kind in KINDS:
        return str(KINDS[kind])
    try:
        return str(apps.get_model(kind)._meta.verbose_name)
    except (LookupError, ValueError):
        return kind


def cited_articles(citations: Iterable[Any], law: str, wanted: frozenset[int]) -> Iterator[int]:
    """Which of the wanted articles some citations name."""
    return iter(sorted({c.article for c in citations if c.law == law and c.article in wanted}))


def _citing_records(law: str, wanted: frozenset[int]) -> Iterator[Touched]:
    for row in Citation.objects.filter(law=law, article__in=wanted).order_by("id"):
        kind = row.subject.rpartition(":")[0]
        yield Touched(kind, row.subject, row.label or row.subject, row.article, row.organ_id, row.territory_id)


def _rules(law: str, wanted: frozenset[int]) -> Iterator[Touched]:
    """Violations, tiers of benchmarks and limits of the rulebook."""
    here = frozenset(Territory.objects.values_list("code", flat=True))
    for key in violation_keys():
        known = violation(key)
        cited: list[LawCitation] = [*known.prohibited_by, *(c for v in known.versions for c in v.citations)]
        for article in cited_articles(cited, law, wanted):
            yield Touched("rulebook.violation", f"rulebook.violation:{key}", known.name, article)
            yield from _tiers(key, article, here)
    for key, versions in time_limits().items():
        for article in cited_articles([c for v in versions for c in v.citations], law, wanted):
            yield Touched("rulebook.limit", f"rulebook.limit:{key}", versions[-1].name, article)


def _tiers(violation_key: str, article: int, here: frozenset[str]) -> Iterator[Touched]:
    """The tiers that measure a violation, of benchmarks that hold somewhere in this installation."""
    for found in benchmarks().values():
        if violation_key not in found.violations or found.territory not in here:
            continue
        for tier in found.tiers:
            subject, label = f"rulebook.tier:{found.key}/{tier.name}", f"{found.name} {tier.name}"
            yield Touched("rulebook.tier", subject[:120], label[:200], article, territory=found.territory)
