"""Which open cases rest on an article of a law: those whose violation is punished under it."""

from __future__ import annotations

from collections.abc import Iterator

from dayu.basis.impact import Touched, cited_articles, register_finder
from dayu.cases.models import Case
from dayu.core.audit import subject_key
from dayu.law.violations import violation, violation_keys


@register_finder
def open_cases_resting_on(law: str, articles: frozenset[int]) -> Iterator[Touched]:
    """Open cases, each once for each article; the text that applies to each is that of the day of the act."""
    cited = {key: set(_articles_of(key, law, articles)) for key in violation_keys()}
    concerned = [key for key, found in cited.items() if found]
    rows = Case.objects.filter(violation__in=concerned, closed_on=None, ended_on=None, merged_into=None)
    for case in rows.select_related("organ").order_by("id"):
        for article in sorted(cited[case.violation]):
            label = f"{case.case_no} {case.title}".strip()
            place = case.organ.territory_id
            yield Touched("cases.case", subject_key(case), label, article, case.organ_id, place)


def _articles_of(key: str, law: str, articles: frozenset[int]) -> Iterator[int]:
    known = violation(key)
    yield from cited_articles([*known.prohibited_by, *(c for v in known.versions for c in v.citations)], law, articles)
