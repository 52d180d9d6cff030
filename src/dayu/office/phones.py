"""Whether a page is opened on a phone: then the light page is shown, which also works inside chat applications."""

from __future__ import annotations

import re

from django.http import HttpRequest

_PHONE = re.compile(r"Mobile|MicroMessenger|DingTalk|wxwork|Lark|Android|iPhone", re.IGNORECASE)


def is_phone(request: HttpRequest) -> bool:
    """By the address (`?light=1` or `?light=0`), else by what the browser says of itself."""
    asked = request.GET.get("light")
    if asked in {"0", "1"}:
        return asked == "1"
    return bool(_PHONE.search(request.headers.get("User-Agent", "")))
