"""Which document types rest on an article of a law: their own basis and what they must be released by."""

from __future__ import annotations

from collections.abc import Iterator

from dayu.basis.impact import Touched, cited_articles, register_finder
from dayu.documents import facts


@register_finder
def types_resting_on(law: str, articles: frozenset[int]) -> Iterator[Touched]:
    """Document types that name one of the articles."""
    for key, definition in facts.definitions().items():
        bases = [*definition.basis, *(b for hold in definition.holds for b in hold.basis)]
        bases += [b for version in definition.versions for element in version.elements for b in element.basis]
        for article in cited_articles(bases, law, articles):
            yield Touched("rulebook.document", f"rulebook.document:{key}", definition.title, article)
