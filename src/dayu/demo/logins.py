"""The logins that the sign-in page lists, in demo mode only."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from dayu.core.context import provide
from dayu.demo.county import BUREAU, PASSWORD
from dayu.org.models import Person


@provide
def demo_logins(request: HttpRequest) -> dict[str, Any]:
    """`demo_logins` for the sign-in page; nothing anywhere else and nothing outside demo mode."""
    if not settings.DAYU_DEMO or not request.path.startswith("/accounts/login"):
        return {}
    people = Person.objects.filter(agency__sign=BUREAU).exclude(account=None).select_related("account", "unit")
    return {
        "demo_logins": [
            {
                "name": person.name,
                "post": f"{person.unit.name if person.unit else ''} {person.title}".strip(),
                "username": person.account.username,
                "password": PASSWORD,
            }
            for person in people.order_by("pk")
            if person.account is not None
        ]
    }
