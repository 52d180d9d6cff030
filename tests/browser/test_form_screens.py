"""Screens of document types and unified forms at 1280 and 360 pixels: catalogue, a type, sets, a draft that changed its form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from tests.browser.looking import BOTH_WIDTHS, draw, too_wide, violations

from dayu.core import clock
from dayu.core.actors import SYSTEM
from dayu.documents import services
from dayu.documents.tests.test_form_sets import CITY_FIELDS, bring, forms, letter_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SCREENS = [
    ("document-types", "administrator", "/documents/types/"),
    ("document-types-found", "administrator", "/documents/types/?q=查封"),
    ("document-type", "administrator", "/documents/types/penalty_decision/"),
    ("document-type-city", "administrator", "/documents/types/assistance_letter/"),
    ("form-sets", "administrator", "/documents/forms/"),
    ("form-set", "administrator", "/documents/forms/{set}/"),
    ("form-set-import", "administrator", "/documents/forms/import/"),
    ("document-form-changed", "officer", "/documents/{draft}/form/"),
    ("document-moved", "officer", "/documents/{draft}/"),
]


@pytest.fixture
def day(transactional_db: None, county: Any) -> Iterator[dict[str, int]]:
    """A draft that changed from the usual form to the first set of the city; a second set is to come."""
    morning = clock.legal_moment(date(2026, 11, 20), 10)
    clock.move_to(morning)
    draft = letter_of(county.agency, actor=county.officer, moment=clock.legal_moment(date(2026, 11, 18), 10))
    first = bring(forms(name="苍阳市行政执法文书统一格式", by="苍阳市司法局", valid_from="2026-11-19", more=CITY_FIELDS))
    bring(forms(name="苍阳市行政执法文书统一格式", by="苍阳市司法局", edition="2027-1", valid_from="2027-01-01",
                heading="协助调查函（2027）", more=CITY_FIELDS))
    services.move_outdated_drafts(actor=SYSTEM, moment=morning)
    yield {"set": first.pk, "draft": draft.pk}
    clock.move_to(None)


@pytest.mark.parametrize("phone", BOTH_WIDTHS)
def test_every_screen_of_types_and_forms_is_accessible_and_fits(
    sign_in: Callable[..., Page], day: dict[str, int], phone: bool, screens_folder: Path | None
) -> None:
    wrong: list[str] = []
    pages: dict[str, Page] = {}
    for name, user, address in SCREENS:
        if user not in pages:
            pages[user] = sign_in(user, phone=phone)
        page = pages[user]
        response = page.goto(address.format(**day))
        assert response is not None and response.ok, address
        wrong += [f"{name}: {v}" for v in violations(page)]
        if too_wide(page):
            wrong.append(f"{name} is {too_wide(page)} px too wide")
        if screens_folder is not None:
            draw(page, screens_folder / f"{name}-{360 if phone else 1280}.png")
    assert wrong == []
