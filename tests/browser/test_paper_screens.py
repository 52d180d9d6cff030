"""Screens of the paper side at 1280 and 360 pixels: entering papers, blank forms, the organ's paper, seals; transfer; the switch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from tests.browser.looking import BOTH_WIDTHS, draw, too_wide, violations

from dayu.cases.tests.situations import make_case
from dayu.core import clock
from dayu.documents.models import Document
from dayu.documents.services import issue_blank_forms
from dayu.documents.services.blanks import UNUSED, blank_kinds
from dayu.org import services as org

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SCREENS = [
    ("documents-enter", "officer", "/documents/enter/?subject=cases.case:{case}"),
    ("documents-enter-fields", "officer", "/documents/enter/?subject=cases.case:{case}&key=penalty_decision"),
    ("documents-blanks", "officer", "/documents/blanks/"),
    ("documents-blanks-new", "officer", "/documents/blanks/new/"),
    ("documents-blank-use", "officer", "/documents/blanks/{blank}/use/"),
    ("documents-seals", "officer", "/documents/seals/"),
    ("document-sealed", "officer", "/documents/{paper}/"),
    ("lead-transfer", "officer", "/leads/transfer/?target_text=生态环境主管部门&reason=排污由生态环境主管部门管辖"),
    ("documents-organ-paper", "archivist", "/documents/organ-paper/"),
    ("powers-without-list", "stranger", "/powers/"),
    ("cases-switch", "supervisor", "/cases/"),
    ("organisation-two-parents", "administrator", "/org/"),
]


@pytest.fixture
def day(transactional_db: None, county: Any) -> Iterator[dict[str, int]]:
    """A decided case, blank forms that are out, and a regiment with two parents."""
    decided = make_case(county, at="decided", moment=clock.legal_moment(date(2026, 9, 1)))
    clock.move_to(clock.legal_moment(date(2026, 11, 20), 10))
    issue_blank_forms(None, actor=county.officer, moment=clock.now(), key=blank_kinds()[0].key, copies=3)
    by = {"actor": county.administrator, "moment": clock.now(), "territory": county.agency.territory, "kind": "corps"}
    division = org.register_agency(None, name="第九师水利局", **by)
    chiefs = org.register_agency(None, name="苍阳地区河长制办公室", **by | {"kind": "chief_office"})
    org.register_agency(None, name="第九师一六三团", business_parent=chiefs, administrative_parent=division, **by)
    yield {
        "case": decided.case.pk, "blank": Document.objects.filter(subject=UNUSED).earliest("pk").pk,
        "paper": Document.objects.get(key="penalty_decision").pk,
    }  # fmt: skip
    clock.move_to(None)


@pytest.mark.parametrize("phone", BOTH_WIDTHS)
def test_every_screen_of_the_paper_side_is_accessible_and_fits(
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
        if name == "cases-switch" and not phone:
            page.click("summary:has-text('换地区')")
        if screens_folder is not None:
            draw(page, screens_folder / f"{name}-{360 if phone else 1280}.png")
    assert wrong == []
