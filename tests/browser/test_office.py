"""The office in a real browser: keys, the arithmetic beside the list, the light phone page, nothing against accessibility."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser.looking import violations

from dayu.core import clock
from dayu.office.tests.conftest import ask, limited_task
from dayu.work.services import notify

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = ["/", "/?scope=agency", "/?group=soon", "/approvals/", "/notifications/", "/search/?q=采砂", "/settings/"]


def at(month: int, day: int) -> Any:
    return clock.legal_moment(date(2026, month, day))


@pytest.fixture
def friday(transactional_db: None) -> Iterator[None]:
    clock.move_to(clock.legal_moment(date(2026, 11, 20), 10))
    yield
    clock.move_to(None)


@pytest.fixture
def work(friday: None, county: Any) -> Any:
    """A small day of work."""
    limited_task(county, "publish", number=9, start=at(11, 9), title="公开处罚决定")
    limited_task(county, "register_preserve", number=17, start=at(11, 12), title="处理登记保存的物品")
    limited_task(county, "hearing_request", number=14, start=at(11, 17), title="听证申请期未满", manner="watch")
    limited_task(county, "decision", number=3, start=at(8, 28), title="作出决定")
    ask(county.officer, number=18)
    notify(county.officer.person_id, "将到期：处理登记保存的物品", "/", moment=at(11, 20))
    return county


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_axe_finds_nothing_and_nothing_is_too_wide(sign_in: Callable[..., Page], work: Any, phone: bool) -> None:
    page = sign_in("unit_head", phone=phone)
    for address in PAGES:
        page.goto(address)
        assert violations(page) == [], address
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0, (
            address
        )


def test_slash_searches_and_j_and_enter_open_the_most_urgent_act(sign_in: Callable[..., Page], work: Any) -> None:
    page = sign_in("officer")
    page.keyboard.press("/")
    expect(page.locator("[data-search]")).to_be_focused()
    page.keyboard.press("Escape")
    page.locator("body").click(position={"x": 600, "y": 880})
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(".task.is-here")).to_contain_text("处理登记保存的物品")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cases/17/")


def test_the_arithmetic_opens_beside_the_list(sign_in: Callable[..., Page], work: Any) -> None:
    page = sign_in("officer")
    page.locator(".task", has_text="处理登记保存的物品").locator("[data-arith]").click()
    panel = page.locator("#arith")
    expect(panel).to_contain_text("11-23 周一")
    expect(panel).to_contain_text("期限届满")
    expect(page.locator(".task[data-open]")).to_contain_text("处理登记保存的物品")
    assert violations(page) == []


def test_on_a_phone_the_arithmetic_is_a_sheet_that_closes(sign_in: Callable[..., Page], work: Any) -> None:
    page = sign_in("officer", phone=True)
    page.locator(".task", has_text="公开处罚决定").locator("[data-arith]").click()
    panel = page.locator("#arith")
    expect(panel).to_be_visible()
    assert violations(page) == []
    panel.get_by_role("link", name="关闭").click()
    expect(panel).to_be_hidden()


def test_a_leader_approves_on_a_phone_without_a_script(new_page: Callable[..., Page], work: Any) -> None:
    page = new_page(phone=True, java_script_enabled=False, user_agent="Mobile MicroMessenger/8.0")
    page.goto("/accounts/login/?next=/approvals/")
    page.fill("input[name=login]", "unit_head")
    page.fill("input[name=password]", "clear-river-2026")
    page.click("form button[type=submit]")
    expect(page.locator(".phone")).to_contain_text("采挖约 46 立方米")
    page.get_by_role("button", name="同意", exact=True).click()
    expect(page.locator(".phone")).to_contain_text("已同意")
    expect(page.locator(".phone")).to_contain_text("都已签完")


def test_returning_without_a_reason_is_stopped_before_it_is_sent(sign_in: Callable[..., Page], work: Any) -> None:
    page = sign_in("unit_head")
    page.goto("/approvals/")
    page.get_by_role("button", name="退回").click()
    assert page.url.endswith("/approvals/")
    page.fill("textarea[name=opinion]", "请补勘验笔录")
    page.get_by_role("button", name="退回").click()
    expect(page.locator(".toasts")).to_contain_text("已退回")


def test_a_lost_connection_keeps_what_was_typed(sign_in: Callable[..., Page], work: Any) -> None:
    page = sign_in("officer")
    page.context.set_offline(True)
    page.locator(".task").first.locator("[data-arith]").click()
    expect(page.locator(".toasts")).to_contain_text("网络不通")
    page.context.set_offline(False)


@pytest.mark.parametrize("address", ["/accounts/password/change/", "/accounts/2fa/", "/accounts/logout/"])
def test_the_pages_of_ones_own_keys_look_like_the_house(sign_in: Callable[..., Page], work: Any, address: str) -> None:
    page = sign_in("officer")
    page.goto(address)
    expect(page.locator(".plainpage")).to_be_visible()
    assert violations(page) == []
