"""What the public may read of the basis library: the laws that were imported, article by article."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dayu.basis.selectors import article_on


@dataclass(frozen=True, slots=True)
class PublicArticle:
    """One article as it stood on a day."""

    law: str
    edition: str
    number: int
    text: str


def article(law: str, number: int, on: date) -> PublicArticle | None:
    """The article's text on a day; None where nobody imported the law."""
    found = article_on(law, number, on)
    if found is None:
        return None
    return PublicArticle(found.edition.statute.name, found.edition.edition, found.number, found.text)
