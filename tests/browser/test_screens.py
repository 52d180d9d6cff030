"""Every screen at 1280 and 360 pixels: axe finds nothing, nothing is too wide; with `--take-screens` they are drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from tests.browser.looking import draw, too_wide, violations

from dayu.cases.tests.situations import make_case
from dayu.core import clock
from dayu.office.tests.conftest import ask, limited_task
from dayu.work import holders
from dayu.work.services import notify, open_task

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# name of the picture, who looks, address
SCREENS = [
    ("my-work", "officer", "/"),
    ("my-work-unit", "unit_head", "/?scope=unit"),
    ("approvals", "unit_head", "/approvals/"),
    ("approval", "unit_head", "/work/approvals/{approval}/"),
    ("approvals-light", "unit_head", "/approvals/?light=1"),
    ("notifications", "officer", "/notifications/"),
    ("search", "officer", "/search/?q=采砂"),
    ("settings", "officer", "/settings/"),
    ("cases", "officer", "/cases/"),
    ("case-now", "officer", "/cases/{case}/"),
    ("case-history", "officer", "/cases/{case}/timeline/"),
    ("case-documents", "officer", "/cases/{case}/documents/"),
    ("case-evidence", "officer", "/cases/{case}/evidence/"),
    ("case-discretion", "officer", "/cases/{case}/discretion/"),
    ("case-people", "officer", "/cases/{case}/people/"),
    ("case-acts", "officer", "/cases/{case}/acts/"),
    ("case-chart", "officer", "/cases/{case}/chart/"),
    ("case-limits", "officer", "/cases/{case}/limits/"),
    ("case-costs", "officer", "/cases/{decided}/costs/"),
    ("case-log", "officer", "/cases/{decided}/log/"),
    ("case-new", "officer", "/cases/new/"),
    ("penalties", "officer", "/cases/penalties/"),
    ("leads", "officer", "/leads/"),
    ("lead-new", "officer", "/leads/new/"),
    ("parties", "officer", "/parties/"),
    ("party-new", "officer", "/parties/new/"),
    ("documents", "officer", "/documents/"),
    ("legal-review-queue", "reviewer", "/legal-review/"),
    ("fines", "fine_clerk", "/fines/"),
    ("remedies", "officer", "/remedies/"),
    ("inspections", "officer", "/inspections/"),
    ("powers", "officer", "/powers/"),
    ("basis", "officer", "/basis/"),
    ("dossiers", "archivist", "/dossiers/"),
    ("publications", "disclosure_officer", "/disclosure/"),
    ("publications-late", "disclosure_officer", "/disclosure/late/"),
    ("rivers", "officer", "/rivers/"),
    ("organisation", "administrator", "/org/"),
    ("people", "administrator", "/org/people/"),
    ("certificates", "administrator", "/org/certificates/"),
    ("components", "officer", "/ui-gallery/"),
]
STRANGERS = [
    ("sign-in", "/accounts/login/"),
    ("not-found", "/nowhere/"),
    ("portal", "/public/"),
    ("portal-decisions", "/public/decisions/"),
    ("portal-verify", "/public/verify/"),
    ("portal-officers", "/public/officers/"),
    ("portal-powers", "/public/powers/"),
    ("portal-rivers", "/public/rivers/"),
    ("portal-tip", "/public/tips/"),
    ("portal-follow", "/public/tips/follow/"),
    ("portal-guide", "/public/guide/"),
]


def at(month: int, day: int) -> datetime:
    return clock.legal_moment(date(2026, month, day))


@pytest.fixture
def day(transactional_db: None, county: Any) -> Iterator[dict[str, int]]:
    """Friday 20 November 2026 in the county, with work of every kind; ids that addresses need, by name."""
    decided = make_case(county, at="decided", moment=at(9, 1), fine=60_000)
    drafted = make_case(county, at="drafted", moment=at(10, 19), fine=60_000, parties=2)
    clock.move_to(clock.legal_moment(date(2026, 11, 20), 10))
    limited_task(county, "publish", number=909, start=at(11, 9), title="公开处罚决定")
    limited_task(county, "serve_decision", number=910, start=at(11, 11), title="送达处罚决定书")
    limited_task(county, "register_preserve", number=917, start=at(11, 12), title="处理先行登记保存的物品")
    limited_task(county, "lead_verify", number=963, start=at(11, 10), title="办结线索核查")
    limited_task(
        county, "hearing_request", number=914, start=at(11, 17), title="听证申请期未满，此前不得决定", manner="watch"
    )
    limited_task(county, "decision", number=903, start=at(8, 28), title="作出决定，或报批延长期限")
    limited_task(county, "decision", number=912, start=at(10, 16), title="作出决定")
    open_task(
        "cases.case:931", "legal_review.review", title="法制审核", holder=holders.person(county.reviewer.person_id),
        organ_id=county.agency.pk, url="/", moment=at(11, 17), matter_no="泽水罚立〔2026〕11号",
        awaited_by_id=county.officer.person_id,
    )  # fmt: skip
    request = ask(county.officer, number=918)
    ask(county.second_officer, number=919)
    notify(county.officer.person_id, "将到期：处理先行登记保存的物品，11-23", "/", moment=at(11, 20), urgent=True)
    notify(county.officer.person_id, "已同意：立案", "/", moment=at(11, 18))
    yield {"approval": request.pk, "case": drafted.case.pk, "decided": decided.case.pk}
    clock.move_to(None)


@pytest.mark.parametrize("phone", [False, True], ids=["1280", "360"])
def test_every_screen_is_accessible_fits_and_can_be_drawn(
    sign_in: Callable[..., Page],
    new_page: Callable[..., Page],
    day: dict[str, int],
    phone: bool,
    screens_folder: Path | None,
) -> None:
    wrong: list[str] = []
    pages: dict[str, Page] = {}
    for name, user, address in [*SCREENS, *((n, "", a) for n, a in STRANGERS)]:
        if user not in pages:
            pages[user] = sign_in(user, phone=phone) if user else new_page(phone=phone)
        page = pages[user]
        response = page.goto(address.format(**day))
        assert response is not None and (response.ok or name == "not-found"), address
        wrong += [f"{name}: {v}" for v in violations(page)]
        if too_wide(page):
            wrong.append(f"{name} is {too_wide(page)} px too wide")
        if screens_folder is not None:
            draw(page, screens_folder / f"{name}-{360 if phone else 1280}.png")
    assert wrong == []
