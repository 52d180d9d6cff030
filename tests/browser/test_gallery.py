"""The components in a real browser: nothing against accessibility, nothing too wide for a phone, all keys work."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.browser.looking import too_wide, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = ["/ui-gallery/", "/ui-gallery/phone/", "/ui-gallery/portal/", "/ui-gallery/error/422/", "/accounts/login/"]


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_and_nothing_is_too_wide(new_page: Callable[..., Page], address: str, phone: bool) -> None:
    page = new_page(phone=phone)
    page.goto(address)
    assert violations(page) == []
    assert too_wide(page) == 0


def test_the_arithmetic_opens_on_the_screen_and_closes_with_escape(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto("/ui-gallery/")
    first = page.locator("details[data-popup]:has(.why)").first
    first.locator("summary").click()
    sheet = first.locator(".pop__sheet")
    expect(sheet).to_be_visible()
    box = sheet.bounding_box()
    assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= 1280
    assert violations(page) == []
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()


def test_only_one_sheet_is_open_at_a_time(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto("/ui-gallery/")
    whys = page.locator("details[data-popup] > .why")
    whys.nth(0).click()
    whys.nth(3).click(force=True)
    expect(page.locator("details[data-popup][open]")).to_have_count(1)


def test_j_and_k_walk_through_a_list_and_enter_opens(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto("/ui-gallery/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    expect(page.locator("[data-list] .is-here")).to_contain_text("泽水罚立〔2026〕10号")
    page.keyboard.press("Enter")
    page.wait_for_url("**/*#case-10")


def test_typed_text_survives_a_closed_page(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto("/ui-gallery/portal/")
    page.goto("/ui-gallery/phone/")
    page.fill("textarea[name=opinion]", "请补充测算人签名")
    page.wait_for_timeout(700)
    page.goto("/ui-gallery/portal/")
    page.goto("/ui-gallery/phone/")
    expect(page.locator("textarea[name=opinion]")).to_have_value("请补充测算人签名")
    page.get_by_role("button", name="不要了").click()
    expect(page.locator("textarea[name=opinion]")).to_have_value("")


def test_the_rail_folds_and_stays_folded(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto("/ui-gallery/")
    page.locator("[data-rail-fold]").click()
    page.goto("/ui-gallery/")
    box = page.locator("#rail").bounding_box()
    assert box is not None and box["width"] < 60
    assert violations(page) == []


def test_on_a_phone_the_menu_opens_without_a_script(new_page: Callable[..., Page]) -> None:
    page = new_page(phone=True, java_script_enabled=False)
    page.goto("/ui-gallery/")
    page.get_by_role("link", name="全部", exact=True).last.click()
    expect(page.get_by_role("link", name="法制审核").first).to_be_visible()
    page.get_by_role("link", name="关闭菜单").click()
    expect(page.locator("#rail")).to_be_hidden()


def test_a_picture_can_be_enlarged_and_turned(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto("/ui-gallery/")
    page.get_by_role("button", name="放大").click()
    page.get_by_role("button", name="转动").click()
    stage = page.locator("dayu-viewer")
    expect(stage).to_have_attribute("data-zoom", "2")
    expect(stage).to_have_attribute("data-turn", "1")


def test_larger_letters_in_the_portal_stay(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.goto("/ui-gallery/portal/")
    page.get_by_role("button", name="字号放大").click()
    page.goto("/ui-gallery/portal/")
    assert page.evaluate("getComputedStyle(document.body).fontSize") == "20px"
    assert violations(page) == []
