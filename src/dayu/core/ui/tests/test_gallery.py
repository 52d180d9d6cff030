"""The gallery and the frames render, without anything that a strict content security policy forbids."""

from __future__ import annotations

import re

import pytest
from django.test import Client

PAGES = ["/ui-gallery/", "/ui-gallery/phone/", "/ui-gallery/portal/", "/accounts/login/"]
ERRORS = [400, 403, 404, 409, 422, 500]

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", PAGES)
def test_a_page_holds_no_inline_script_or_style(client: Client, page: str) -> None:
    html = client.get(page).content.decode()
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", html)
    assert html.count('id="main"') == 1 and 'class="skip"' in html


@pytest.mark.parametrize("status", ERRORS)
def test_an_error_page_shows_back_what_was_typed(client: Client, status: int) -> None:
    response = client.get(f"/ui-gallery/error/{status}/")
    html = response.content.decode()
    assert response.status_code == status
    assert "沙堆是村里清淤留下的" in html and "您填写的内容都在这里" in html


def test_an_unknown_address_keeps_what_was_posted(client: Client) -> None:
    response = client.post("/nowhere/", {"opinion": "写了很久的意见", "password": "secret"})
    html = response.content.decode()
    assert response.status_code == 404
    assert "写了很久的意见" in html and "secret" not in html
