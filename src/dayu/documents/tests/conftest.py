"""Fixtures of documents: a library that holds one invented edition of a law."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from dayu.basis.models import Article, Edition, Statute


@pytest.fixture
def library(db: None) -> Statute:
    """The water law with articles 1 to 82, their texts left out."""
    statute = Statute.objects.create(key="water-law", name="中华人民共和国水法", short_name="水法", level="law")
    edition = Edition.objects.create(
        statute=statute, edition="2016-07-02", in_force_from=date(2016, 7, 2),
        imported_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    Article.objects.bulk_create([
        Article(edition=edition, number=n, paragraphs=[{"text": f"条文{n}", "items": []}]) for n in range(1, 83)
    ])
    return statute
