"""The character NUL, which no database text can hold: an address loses it, a form with it is refused."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.django_db


def test_an_address_with_a_nul_is_read_without_it(client) -> None:
    assert client.get("/public/search/?q=%00").status_code == 200


def test_a_form_with_a_nul_is_refused_in_words(client) -> None:
    answer = client.post("/public/tips/", "what=a%00b", content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 422
    assert "不能保存的字符" in answer.content.decode()
