"""What every page's frame needs. Domains above add entries by registering them here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest

from dayu.core import clock

Provider = Callable[[HttpRequest], dict[str, Any]]
_providers: list[Provider] = []


def provide(function: Provider) -> Provider:
    """Register a function whose answer joins every page's context (the rail, the bell)."""
    _providers.append(function)
    return function


def frame(request: HttpRequest) -> dict[str, Any]:
    """The context processor."""
    context: dict[str, Any] = {"actor": getattr(request, "actor", None), "today": clock.today()}
    for provider in _providers:
        context.update(provider(request))
    return context
