"""Pages by key: every row once, forwards and backwards, whatever the sizes."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.http import QueryDict

from dayu.core import clock
from dayu.core.models import SearchEntry
from dayu.core.ui.paging import key_page

pytestmark = pytest.mark.django_db
ORDER = ("-moment", "id")


@pytest.fixture
def entries() -> list[int]:
    start = clock.now()
    for i in range(23):
        SearchEntry.objects.create(
            kind="t", object_id=str(i), title=f"条目 {i}", url="/", grams="", moment=start + timedelta(hours=i // 3)
        )
    return list(SearchEntry.objects.order_by(*ORDER).values_list("id", flat=True))


def test_paging_forwards_and_backwards_shows_every_row_once(entries: list[int]) -> None:
    seen: list[int] = []
    query = QueryDict("kind=t")
    pages = []
    while True:
        page = key_page(SearchEntry.objects.filter(kind="t"), ORDER, query=query, size=5)
        pages.append([r.pk for r in page.rows])
        seen += pages[-1]
        link = page.pager(query).next_url
        if not link:
            break
        assert "kind=t" in link
        query = QueryDict(link[1:])
    assert seen == entries
    back = page.pager(query).previous_url
    backwards = []
    while back:
        query = QueryDict(back[1:])
        page = key_page(SearchEntry.objects.filter(kind="t"), ORDER, query=query, size=5)
        backwards.append([r.pk for r in page.rows])
        back = page.pager(query).previous_url
    assert backwards == pages[-2::-1]


@pytest.mark.parametrize("mark", ["x", "bm8", "W10", "eyJhIjoxfQ", "W1tdLDFd"])
def test_a_mark_that_cannot_be_read_starts_at_the_beginning(entries: list[int], mark: str) -> None:
    page = key_page(SearchEntry.objects.all(), ORDER, query=QueryDict(f"after={mark}"), size=4)
    assert [r.pk for r in page.rows] == entries[:4]


def test_the_number_of_statements_does_not_depend_on_the_page(entries: list[int], django_assert_num_queries) -> None:
    query = QueryDict()
    with django_assert_num_queries(1):
        page = key_page(SearchEntry.objects.all(), ORDER, query=query, size=10)
    with django_assert_num_queries(1):
        key_page(SearchEntry.objects.all(), ORDER, query=QueryDict(page.pager(query).next_url[1:]), size=10)
