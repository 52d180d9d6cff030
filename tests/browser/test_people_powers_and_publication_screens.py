"""Screens of organisations, people, powers, basis, rivers and publication at 1280 and 360; a decision is published by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from tests.browser.looking import BOTH_WIDTHS, too_wide, violations

from dayu.basis.services import import_statute, set_parameter
from dayu.basis.tests.test_import_statute import TEXT
from dayu.core import clock
from dayu.core.territories import Territory
from dayu.disclosure.tests.situations import make_publication
from dayu.org.services import note_conduct, plan_duty, record_yearly_check, suspend_certificate
from dayu.powers.models import EnforcementItem
from dayu.powers.tests.test_publish_benchmark import local_benchmark, publish
from dayu.rivers.services import add_reach, register_river

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TODAY = date(2026, 11, 20)
NOW = clock.legal_moment(TODAY, 9)

# name of the picture, who looks, address
SCREENS = [
    ("agency", "administrator", "/org/agencies/{agency}/"),
    ("person", "administrator", "/org/people/{person}/"),
    ("person-appoint", "administrator", "/org/people/{person}/appoint/"),
    ("person-leave", "administrator", "/org/people/{person}/leave/"),
    ("certificate-new", "administrator", "/org/people/{person}/certificate/"),
    ("people-import", "administrator", "/org/import/{agency}/"),
    ("territories", "administrator", "/org/territories/"),
    ("power-item", "review_head", "/powers/{item}/"),
    ("benchmarks", "review_head", "/powers/benchmarks/"),
    ("benchmark", "review_head", "/powers/benchmarks/{benchmark}/"),
    ("basis-edition", "review_head", "/basis/editions/{edition}/"),
    ("basis-article", "review_head", "/basis/articles/soil-conservation-law/53/"),
    ("basis-import", "review_head", "/basis/import/?key=penalty-law"),
    ("parameters", "review_head", "/basis/parameters/"),
    ("parameter-set", "review_head", "/basis/parameters/closing_days/"),
    ("river", "registrar", "/rivers/{river}/"),
    ("river-new", "registrar", "/rivers/new/"),
    ("publication", "disclosure_officer", "/disclosure/{ready}/"),
    ("publication-waiting", "disclosure_officer", "/disclosure/{waiting}/"),
    ("publication-revise", "disclosure_officer", "/disclosure/{ready}/revise/"),
    ("publication-correct", "disclosure_officer", "/disclosure/{public}/correct/"),
    ("publication-withhold", "head", "/disclosure/{ready}/withhold/"),
]


@pytest.fixture
def scene(transactional_db: None, county: Any) -> Iterator[dict[str, Any]]:
    """A county with something in every list."""
    public = make_publication(county, at="published", moment=clock.legal_moment(date(2026, 11, 3), 9))
    ready = make_publication(county, at="served", moment=clock.legal_moment(date(2026, 11, 12), 9), name="欧阳青松")
    waiting = make_publication(county, moment=clock.legal_moment(date(2026, 11, 18), 9), name="李四明")
    clock.move_to(NOW)
    by = {"actor": county.administrator, "moment": NOW}
    person = county.people["second_officer"]
    certificate = person.certificates.get()
    record_yearly_check(certificate, year=2025, checked_on=date(2025, 12, 1), passed=True, **by)
    suspend_certificate(certificate, from_on=date(2026, 11, 19), reason="投诉核查期间", **by)
    note_conduct(
        person, actor=county.unit_head, moment=NOW, kind="commendation", text="汛期连续值守", noted_on=date(2026, 8, 1)
    )
    plan_duty(
        county.agency, actor=county.head, moment=NOW, day=date(2026, 11, 21), person=county.people["deputy_head"],
        role="deputy_approver",
    )  # fmt: skip
    edition = import_statute(
        None, actor=county.reviewer, moment=NOW, key="demo-water-saving", name="沧宁省节约用水条例（示例）",
        short_name="节水条例", level="local-regulation", edition="2020-01-01", in_force_from=date(2020, 3, 1), text=TEXT,
    )  # fmt: skip
    set_parameter(
        county.agency.territory, actor=county.review_head, moment=NOW, key="closing_days", value=10,
        clause="泽川县水利局规程第三条", valid_from=date(2026, 1, 1),
    )  # fmt: skip
    publish(county, county.disclosure_officer)
    river = register_river(
        None, actor=county.registrar, moment=NOW, code="FA001", name="白鹿河", territory=county.agency.territory,
        length_km=Decimal("24.5"), source_place="白鹿山", mouth_place="沧江口",
    )  # fmt: skip
    add_reach(
        river, actor=county.registrar, moment=NOW, name="龙尾段", territory=Territory.objects.get(code="990121101"),
        from_km=Decimal("9.2"), until_km=Decimal("24.5"),
    )  # fmt: skip
    yield {
        "agency": county.agency.pk,
        "person": person.pk,
        "item": EnforcementItem.objects.get(agency=county.agency, code="soil-53-1-no-plan").pk,
        "benchmark": local_benchmark().key,
        "edition": edition.pk,
        "river": river.pk,
        "public": public.publication_id,
        "ready": ready.publication_id,
        "waiting": waiting.publication_id,
    }
    clock.move_to(None)


@pytest.mark.parametrize("phone", BOTH_WIDTHS)
def test_the_screens_are_accessible_and_fit(
    scene: dict[str, Any], sign_in: Callable[..., Page], phone: bool, screens_folder: Path | None
) -> None:
    pages: dict[str, Page] = {}
    wrong: list[str] = []
    for name, who, pattern in SCREENS:
        page = pages.get(who) or pages.setdefault(who, sign_in(who, phone=phone))
        answer = page.goto(pattern.format(**scene))
        assert answer is not None and answer.status == 200, name
        wrong += [f"{name}: {v}" for v in violations(page)]
        if too_wide(page):
            wrong.append(f"{name}: {too_wide(page)} px too wide")
        if screens_folder is not None:
            page.screenshot(path=screens_folder / f"{name}-{360 if phone else 1280}.png", full_page=True)
    assert wrong == []


def test_a_name_found_in_the_text_is_hidden_and_the_decision_published(
    scene: dict[str, Any], sign_in: Callable[..., Page], new_page: Callable[..., Page]
) -> None:
    page = sign_in("disclosure_officer")
    page.goto("/")
    page.click("a:has-text('去公示')")
    page.wait_for_url(lambda url: url.endswith(f"/disclosure/{scene['ready']}/"))
    page.click("summary:has-text('办理')")
    page.click("a:has-text('修改公示内容')")
    page.fill("textarea[name=facts_text]", "2026年2月20日夜间在白鹿河龙尾段采砂46立方米，搬运人赵铁柱在场。")
    page.fill("input[name=hide_names]", "赵铁柱")
    page.fill("input[name=reason]", "写清楚在场的人")
    page.click("button:has-text('修改公示内容')")
    assert "赵某在场" in page.inner_text("main") and "赵铁柱" not in page.inner_text("main")
    page.click("main a:has-text('公示处罚决定')")
    page.click("button:has-text('公示处罚决定')")
    assert "已公示" in page.inner_text("main")
    stranger = new_page()
    stranger.goto("/public/decisions/")
    assert "欧阳某" in stranger.inner_text("main") and "欧阳青松" not in stranger.content()
