"""The screens of fines and remedies in a real browser, at 1280 and 360 pixels: axe finds nothing, nothing is too wide."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from tests.browser.looking import BOTH_WIDTHS, draw, too_wide, violations

from dayu.core import clock
from dayu.fines.tests.situations import make_due
from dayu.remedies.services import register_reconsideration

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# name of the picture, who looks, address
SCREENS = [
    ("fines", "fine_clerk", "/fines/?show=all"),
    ("fine", "fine_clerk", "/fines/{late}/"),
    ("fine-stayed", "fine_clerk", "/fines/{stayed}/"),
    ("fine-pay", "fine_clerk", "/fines/{late}/pay/"),
    ("fine-additional", "head", "/fines/{late}/additional/"),
    ("fine-defer", "head", "/fines/{late}/defer/"),
    ("fine-receipts", "fine_clerk", "/fines/receipts/?show=matched"),
    ("fine-goods", "fine_clerk", "/fines/forfeited/"),
    ("reconsideration", "reviewer", "/remedies/reconsiderations/{asked}/"),
    ("reconsideration-conclude", "reviewer", "/remedies/reconsiderations/{asked}/conclude/"),
    ("recommendation-new", "reviewer", "/remedies/recommendations/new/"),
]


@pytest.fixture
def scene(transactional_db: None, county: Any) -> Iterator[dict[str, int]]:
    """A fine twelve days late of which a part is paid, and one that stands still during reconsideration."""
    stayed = make_due(county).after_due(3)
    asked = register_reconsideration(
        stayed.played.party, body="泽川县人民政府", filed_on=stayed.today, copy_received_on=stayed.today,
        handler=county.people["reviewer"], claim="撤销处罚决定", **stayed.by("reviewer"),
    )  # fmt: skip
    late = make_due(county)
    late.pay(5_000, receipt_no="0026001")
    late.after_due(12)
    yield {"late": late.due.pk, "stayed": stayed.due.pk, "asked": asked.pk}
    clock.move_to(None)


@pytest.mark.parametrize("phone", BOTH_WIDTHS)
def test_screens_of_execution_are_accessible_and_fit(
    scene: dict[str, int], sign_in: Callable[..., Page], phone: bool, screens_folder: Path | None
) -> None:
    wrong: list[str] = []
    pages: dict[str, Page] = {}
    for name, who, pattern in SCREENS:
        if who not in pages:
            pages[who] = sign_in(who, phone=phone)
        page = pages[who]
        answer = page.goto(pattern.format(**scene))
        if answer is None or answer.status != 200:
            wrong.append(f"{name}: answered {answer.status if answer else 'nothing'}")
        wrong += [f"{name}: {v}" for v in violations(page)]
        if too_wide(page):
            wrong.append(f"{name}: {too_wide(page)} px too wide")
        if screens_folder is not None:
            draw(page, screens_folder / f"{name}-{360 if phone else 1280}.png")
    assert wrong == []
