"""The screens of a case in a real browser, at 1280 and 360 pixels: axe finds nothing, nothing is too wide, work gets done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from tests.browser.looking import BOTH_WIDTHS, too_wide, violations

from dayu.cases import services
from dayu.cases.models import DefencePoint
from dayu.cases.tests.situations import Played, draft_for, make_case
from dayu.core import clock
from dayu.records import services as records

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MONDAY = clock.legal_moment(date(2026, 11, 16), 9)

# name of the picture, address
SCREENS = [
    ("case-now", "/cases/{rich}/"),
    ("case-parties", "/cases/{two}/"),
    ("case-filed", "/cases/{filed}/"),
    ("case-timeline", "/cases/{rich}/timeline/"),
    ("case-documents", "/cases/{rich}/documents/"),
    ("case-evidence", "/cases/{rich}/evidence/"),
    ("case-discretion", "/cases/{rich}/discretion/"),
    ("case-costs", "/cases/{closed}/costs/"),
    ("case-people", "/cases/{rich}/people/"),
    ("case-related", "/cases/{rich}/related/"),
    ("case-log", "/cases/{rich}/log/"),
    ("case-limits", "/cases/{rich}/limits/"),
    ("case-chart", "/cases/{rich}/chart/"),
    ("case-acts", "/cases/{rich}/acts/"),
    ("act-draft", "/cases/{rich}/acts/write_draft/"),
    ("act-answers", "/cases/{rich}/acts/answer_points/"),
    ("act-leniency", "/cases/{rich}/acts/answer_leniency/"),
    ("act-filing", "/cases/{open}/acts/request_filing/"),
    ("act-service", "/cases/{two}/acts/serve_penalty_notice/"),
    ("act-discussion", "/cases/{rich}/acts/hold_collective_discussion/"),
    ("act-past", "/cases/{filed}/past/"),
    ("ledger", "/cases/"),
    ("ledger-penalties", "/cases/penalties/"),
    ("case-new", "/cases/new/"),
    ("ledger-import", "/cases/import/"),
    ("print-timeline", "/cases/{rich}/print/timeline/"),
    ("print-files", "/cases/{rich}/print/files/"),
]


@dataclass
class Scene:
    """Some cases at different stages."""

    county: Any
    rich: Played
    two: Played
    filed: Played
    open: Played
    closed: Played

    def address(self, pattern: str) -> str:
        """With the numbers of the cases."""
        names = ("rich", "two", "filed", "open", "closed")
        return pattern.format(**{n: getattr(self, n).case.pk for n in names})


@pytest.fixture
def scene(transactional_db: None, county: Any) -> Iterator[Scene]:
    """Similar decided cases, one with a plea and a heavier draft, one with two parties, others before and behind."""
    for number, fine in enumerate((20_000, 22_000, 28_000)):
        made = make_case(county, at="decided", fine=fine, moment=MONDAY - timedelta(days=200 - number))
        assert made.case.decided_on
    closed = make_case(county, at="closed", moment=MONDAY - timedelta(days=120))
    rich = make_case(county, at="notified", moment=MONDAY)
    services.submit_defence(
        rich.party, points=["沙堆是村里清淤留下的", "方量没有那么多", "家庭困难"], **rich.by("officer")
    )
    for point in DefencePoint.objects.filter(defence__party=rich.party)[:2]:
        services.answer_defence_point(point, adopted=False, answer="经核查不成立", **rich.by("officer"))
    fact = services.add_fact(rich.case, text="采挖 46 立方米", **rich.by("officer"))
    item = records.add_evidence(
        f"cases.case:{rich.case.pk}", kind="document", name="方量测算表", source="测量单位提供", taken_at=rich.moment,
        provided_by="泽川测绘院", **rich.by("officer"),
    )  # fmt: skip
    services.link_evidence(fact, item=item, proves="方量", **rich.by("officer"))
    draft_for(rich, 0, 30_000)
    two = make_case(county, at="drafted", parties=2, moment=MONDAY)
    services.give_penalty_notice(two.other(0), hearing_offered=True, **two.by("officer"))
    filed = make_case(county, at="filed", moment=MONDAY)
    opened = make_case(county, at="verified", moment=MONDAY)
    clock.move_to(clock.legal_moment(date(2026, 11, 20), 10))
    yield Scene(county, rich, two, filed, opened, closed)
    clock.move_to(None)


@pytest.mark.parametrize("phone", BOTH_WIDTHS)
def test_screens_of_a_case_are_accessible_and_fit(
    scene: Scene, sign_in: Callable[..., Page], phone: bool, screens_folder: Path | None
) -> None:
    page = sign_in("officer", phone=phone)
    wrong: list[str] = []
    for name, pattern in SCREENS:
        page.goto(scene.address(pattern))
        wrong += [f"{name}: {v}" for v in violations(page)]
        if too_wide(page):
            wrong.append(f"{name}: {too_wide(page)} px too wide")
        if screens_folder is not None:
            page.screenshot(path=screens_folder / f"{name}-{360 if phone else 1280}.png", full_page=True)
    assert wrong == []
