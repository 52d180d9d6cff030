"""Fixtures of tests that drive a real browser against a real server."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.cast import PASSWORD

# Playwright's event loop runs in the test's thread; the ORM is used from that thread only, never from the loop.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--take-screens", action="store_true", help="write docs/screens/*.png")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for all browser tests of a process."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium: Browser, live_server) -> Iterator[Callable[..., Page]]:
    """Open pages of a given size on the live server; script errors fail the test."""
    contexts: list[BrowserContext] = []
    problems: list[str] = []

    def make(*, phone: bool = False, **options: object) -> Page:
        size = PHONE if phone else DESKTOP
        context = chromium.new_context(
            base_url=live_server.url, viewport=size, locale="zh-CN", has_touch=phone, is_mobile=phone, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: problems.append(f"{page.url}: {error}"))
        page.on(
            "console",
            lambda message: problems.append(f"{page.url}: {message.text}")
            if message.type == "error" and "Content Security Policy" in message.text
            else None,
        )
        return page

    yield make
    for context in contexts:
        context.close()
    assert problems == []


@pytest.fixture
def sign_in(new_page: Callable[..., Page]) -> Callable[..., Page]:
    """A page on which somebody signed in through the sign-in form."""

    def enter(username: str, *, phone: bool = False, password: str = PASSWORD) -> Page:
        page = new_page(phone=phone)
        page.goto("/accounts/login/")
        page.fill("input[name=login]", username)
        page.fill("input[name=password]", password)
        page.click("form[action] button[type=submit]:visible")
        page.wait_for_url(lambda url: "/accounts/login" not in url)
        return page

    return enter


@pytest.fixture
def screens_folder(request: pytest.FixtureRequest) -> Path | None:
    """Where screenshots go, when they are asked for."""
    if not request.config.getoption("--take-screens"):
        return None
    folder = Path(__file__).resolve().parent.parent / "docs" / "screens"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
