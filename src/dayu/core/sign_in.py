"""Signing in: accounts are made by administrators, never by strangers; demo logins are listed in demo mode only."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedSignup(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no type information
    """No open sign-up."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def get_user_search_fields(self) -> list[str]:
        """Accounts are found by their name only."""
        return ["username"]

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """Names are given by administrators."""
