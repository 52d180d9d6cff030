"""The pages of the API in a real browser: what it offers, and one's own tokens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from tests.browser.looking import too_wide, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_what_the_api_offers_is_readable_by_everybody(
    new_page: Callable[..., Page], county: Any, screens_folder: Path | None, phone: bool
) -> None:
    page = new_page(phone=phone)
    for name, address in (("api-docs", "/api/docs"), ("api-action", "/api/docs/org.issue_certificate/")):
        page.goto(address)
        assert violations(page) == [] and too_wide(page) <= 0, address
        if screens_folder is not None:
            page.screenshot(path=screens_folder / f"{name}-{360 if phone else 1280}.png", full_page=name == "api-action")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_a_token_is_made_shown_once_and_ended(
    sign_in: Callable[..., Page], county: Any, live_server: Any, screens_folder: Path | None
) -> None:
    page = sign_in("officer")
    page.goto("/api/tokens/")
    assert violations(page) == []
    page.get_by_label("用途").fill("每晚取数")
    page.get_by_label("最后一日").fill("2027-03-01")
    page.get_by_role("button", name="新建令牌").click()
    secret = page.locator("[data-secret]").inner_text()
    assert violations(page) == [] and too_wide(page) <= 0
    if screens_folder is not None:
        page.screenshot(path=screens_folder / "api-tokens-1280.png", full_page=True)
    headers = {"Authorization": f"Bearer {secret}"}
    assert page.request.get(f"{live_server.url}/api/me", headers=headers).json()["signed_in"] is True
    page.get_by_role("link", name="停用").click()
    page.get_by_role("button", name="停用接口令牌").click()
    expect(page.get_by_text("已停用")).to_be_visible()
    assert page.request.get(f"{live_server.url}/api/me", headers=headers).status == 401
