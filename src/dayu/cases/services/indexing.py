"""Cases in the search index: renewed by every act that changes what one searches for."""

from __future__ import annotations

from dayu.cases.models import Case
from dayu.cases.selectors import SEARCH, case_url
from dayu.core.search import index_record


def index_case(case: Case) -> None:
    """Put the case into the search index, or renew it."""
    names = " ".join(case.parties.values_list("name", flat=True))
    index_record(
        SEARCH, case.pk, title=f"{case.case_no} {case.title}".strip(), subtitle=names, url=case_url(case),
        text=f"{case.place} {case.summary}", moment=case.opened_at,
    )
